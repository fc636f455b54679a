"""One's own weather as a chart: three rows over the same days, rests shaded, themes named above."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.domain.check_ins import Energy, Reactivity, Weather
from bot.domain.history import Day, History
from bot.domain.prompts import Content
from cogs.charts import BLUE, GREEN, INK, LINES, ORANGE, SOFT
from cogs.dates import month_day
from cogs.speech import say
from cogs.words import clipped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = (6.6, 5.4)  # inches
REST = "#e9e5d8"
MARKS = {True: 4.0, False: 6.0}  # the size of a mark, smaller where the days are many
MANY = 60  # days
CHARACTERS = 96  # of a theme's title that fit over the whole width
READABLE = 4  # characters; a shorter rest of a title says nothing
DATES = 7  # named on the axis, about
FEWEST = 7  # days for which there is room, so that a first day does not fill it all


def draw(figure: "Figure", history: History, content: Content) -> None:
    """Weather kinds as marks (they are no scale), energy and reactivity as steps."""
    rows = figure.subplots(3, 1, sharex=True, height_ratios=[8, 6, 5])
    weathers, energies, reactivities = (
        list(labels.values()) for labels in (content.weathers, content.energies, content.reactivities)
    )
    _row(rows[0], say("Weather inside"), weathers[::-1], pad=18 if history.themes else 6)
    _row(rows[1], say("Energy"), energies)
    _row(rows[2], say("Reactivity"), reactivities)
    kinds = list(Weather)[::-1]
    small = MARKS[len(history.days) > MANY]
    sky = [(place, kinds.index(kind)) for place, day in enumerate(history.days) for kind in day.weather]
    _dots(rows[0], sky, "s", BLUE, small)
    _steps(rows[1], [_at(Energy, day.energy) for day in history.days], "o", GREEN, small)
    _steps(rows[2], [_at(Reactivity, day.reactivity) for day in history.days], "^", ORANGE, small)
    for axes in rows:
        _rests(axes, history.days)
    _themes(rows[0], history)
    _dates(rows[2], history)


def _at(kind: Any, level: Any) -> int | None:
    return None if level is None else list(kind).index(level)


def _row(axes: "Axes", title: str, labels: Sequence[str], *, pad: float = 6) -> None:
    axes.set_title(title, loc="left", fontsize=11, fontweight="semibold", color=INK, pad=pad)
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.set_yticks(range(len(labels)), [clipped(label, 24) for label in labels])
    axes.tick_params(length=0)
    axes.grid(axis="y", color=LINES, linewidth=0.6)
    axes.set_axisbelow(True)


def _dots(axes: "Axes", places: Sequence[tuple[int, int]], mark: str, colour: str, size: float) -> None:
    days, levels = [float(day) for day, _ in places], [float(level) for _, level in places]
    axes.plot(days, levels, mark, color=colour, markersize=size, clip_on=False)


def _steps(axes: "Axes", levels: Sequence[int | None], mark: str, colour: str, size: float) -> None:
    """A line joins days that follow one another; over a day without a value there is none."""
    values = [float("nan") if level is None else float(level) for level in levels]
    days = [float(day) for day in range(len(values))]
    axes.plot(days, values, f"{mark}-", color=colour, markersize=size, linewidth=1.4, clip_on=False)


def _rests(axes: "Axes", days: Sequence[Day]) -> None:
    for place, day in enumerate(days):
        if day.rest:
            axes.axvspan(place - 0.5, place + 0.5, color=REST, linewidth=0, zorder=0)


def _themes(axes: "Axes", history: History) -> None:
    first, count = history.days[0].date, len(history.days)
    room = CHARACTERS / max(count, FEWEST)  # that fit over a day
    for theme in history.themes:
        begins = max((theme.first - first).days, 0)
        ends = min((theme.last - first).days, count - 1)
        axes.axvline(begins - 0.5, color=SOFT, linewidth=0.8, linestyle=":")
        words = clipped(theme.title, max(int(room * (ends - begins + 1)), 1))
        if len(words) >= READABLE:
            axes.annotate(
                words,
                (begins - 0.5, 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(2, 3),
                textcoords="offset points",
                fontsize=7.5,
                color=SOFT,
                annotation_clip=False,
            )


def _dates(axes: "Axes", history: History) -> None:
    count = len(history.days)
    every = max(7, -(-count // DATES // 7) * 7)
    shown = range(0, count, every)
    days = [history.days[place].date for place in shown]
    axes.set_xticks([float(place) for place in shown], [month_day(day) for day in days])
    axes.set_xlim(-0.5, max(count, FEWEST) - 0.5)
    axes.set_xlabel(say("shaded: a day of rest, nothing noted"), color=SOFT, fontsize=8.5)
