"""A circle's weeks as a chart: a column a week, a row for each thing that can be said, a mark for a band."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from bot.domain.prompts import Content
from bot.domain.summaries import Band, Counts, WeekFigures
from cogs.charts import BLUE, FONT, GREEN, INK, LINES, ORANGE, SOFT
from cogs.dates import month_day
from cogs.speech import say
from cogs.words import clipped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

K = TypeVar("K", bound=StrEnum)
SIZE = (6.6, 5.8)  # inches
SIZES = {Band.FEW: 16.0, Band.SEVERAL: 45.0, Band.MOST: 130.0}  # of a mark's area, in points
DATED = 9  # weeks that are named on the axis


def draw(figure: "Figure", weeks: Sequence[WeekFigures], content: Content) -> None:
    """Few: a small ring; several: a dot; most: a large dot. A week with too few people is shaded."""
    rows = figure.subplots(3, 1, sharex=True, height_ratios=[8, 6, 5])
    _row(rows[0], say("Weather inside"), content.weathers, [week.weather for week in weeks], BLUE)
    _row(rows[1], say("Energy"), content.energies, [week.energy for week in weeks], GREEN)
    _row(rows[2], say("Reactivity"), content.reactivities, [week.reactivity for week in weeks], ORANGE)
    for axes in rows:
        for place, week in enumerate(weeks):
            if week.people is None:
                axes.axvspan(place - 0.5, place + 0.5, color="#e9e5d8", linewidth=0, zorder=0)
    _weeks(rows[2], weeks)
    figure.suptitle(
        say(
            "people who said it:   ○ nobody or few (up to 2)   ● several   ⬤ most     shaded: too few people"
        ),
        fontsize=9,
        color=SOFT,
        fontfamily=[FONT, "DejaVu Sans"],
    )


def _row(
    axes: "Axes",
    title: str,
    labels: Mapping[K, str],
    weeks: Sequence[Counts],
    colour: str,
) -> None:
    kinds = [str(kind) for kind in labels][::-1]
    names = list(labels.values())[::-1]
    for band, size in SIZES.items():
        places = [
            (float(week), float(level))
            for week, counts in enumerate(weeks)
            for level, kind in enumerate(kinds)
            if counts.get(kind) is band
        ]
        hollow = "#fffdf8" if band is Band.FEW else colour
        axes.scatter(
            [week for week, _ in places],
            [level for _, level in places],
            s=size,
            c=hollow,
            edgecolors=colour,
            zorder=3,
        )
    axes.set_title(title, loc="left", fontsize=11, fontweight="semibold", color=INK, pad=6)
    axes.set_ylim(-0.6, len(kinds) - 0.4)
    axes.set_yticks(range(len(kinds)), [clipped(name, 24) for name in names])
    axes.tick_params(length=0)
    axes.grid(axis="y", color=LINES, linewidth=0.6)
    axes.set_axisbelow(True)


def _weeks(axes: "Axes", weeks: Sequence[WeekFigures]) -> None:
    every = -(-len(weeks) // DATED)
    shown = range(0, len(weeks), every)
    days = [weeks[place].first for place in shown]
    axes.set_xticks([float(place) for place in shown], [month_day(day) for day in days])
    axes.set_xlim(-0.5, max(len(weeks), 4) - 0.5)
    axes.set_xlabel(say("the week's first day"), color=SOFT, fontsize=8.5)
