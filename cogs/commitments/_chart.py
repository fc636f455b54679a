"""The days of one commitment as a picture: a row a week, a mark a day; a miss is not drawn."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from babel.dates import format_date

from bot.domain.commitments import KEEPS, Mark
from bot.services.own_commitments import CommitmentShown
from cogs.charts import BLUE, GREEN, INK, LINES, ORANGE, SOFT
from cogs.dates import month_day
from cogs.speech import Phrase, locale, say, several

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WEEKS = 6
SIZE = (4.6, 3.4)  # inches
FORMS = {  # each with a shape of its own, so that nothing is said by colour alone
    "kept": ("o", GREEN, 9.0),
    "mended": ("D", BLUE, 7.5),
    "rest": ("_", ORANGE, 10.0),
}
NAMES = {"kept": Phrase("kept"), "mended": Phrase("mended"), "rest": Phrase("rest")}


def draw(figure: "Figure", shown: CommitmentShown) -> None:
    """Weeks from top to bottom, the newest last."""
    axes = figure.subplots()
    monday = shown.today - timedelta(days=shown.today.weekday(), weeks=WEEKS - 1)
    days = [monday + timedelta(days=n) for n in range(7 * WEEKS)]
    asked = [day for day in days if shown.commitment.begun <= day <= shown.today]
    _empty(axes, monday, [day for day in asked if not _kind(shown, day)])
    for name, (form, colour, size) in FORMS.items():
        places = [_place(monday, day) for day in asked if _kind(shown, day) == name]
        axes.plot(
            [float(x) for x, _ in places],
            [float(y) for _, y in places],
            form,
            color=colour,
            markersize=size,
            markeredgewidth=2.2 if form == "_" else 0,
            label=NAMES[name](),
            clip_on=False,
        )
    _frame(axes, monday)


def alt(shown: CommitmentShown) -> str:
    """What the picture shows, for those who hear it."""
    first = shown.today - timedelta(days=shown.today.weekday(), weeks=WEEKS - 1)
    counts = dict.fromkeys(FORMS, 0)
    for n in range((shown.today - first).days + 1):
        kind = _kind(shown, first + timedelta(days=n))
        if kind:
            counts[kind] += 1
    return several(
        "The last {weeks} weeks of one commitment, a mark a day: "
        "{n} day kept, {mended} mended, {rest} of rest.",
        "The last {weeks} weeks of one commitment, a mark a day: "
        "{n} days kept, {mended} mended, {rest} of rest.",
        counts["kept"],
        weeks=WEEKS,
        mended=counts["mended"],
        rest=counts["rest"],
    )


def _kind(shown: CommitmentShown, day: date) -> str:
    mark = shown.log.get(day)
    if mark in KEEPS:
        return "kept"
    if mark is Mark.REPAIRED:
        return "mended"
    if mark is Mark.REST or any(rest.holds(day) for rest in shown.commitment.rests):
        return "rest"
    lapses = shown.commitment.lapse_only and mark is None
    return "kept" if lapses and shown.commitment.begun <= day < shown.today else ""


def _place(monday: date, day: date) -> tuple[int, int]:
    week, weekday = divmod((day - monday).days, 7)
    return weekday, WEEKS - 1 - week


def _empty(axes: "Axes", monday: date, asked: list[date]) -> None:
    places = [_place(monday, day) for day in asked]
    axes.plot([float(x) for x, _ in places], [float(y) for _, y in places], "o", color=LINES, markersize=3.5)


def _frame(axes: "Axes", monday: date) -> None:
    weeks = [monday + timedelta(weeks=n) for n in range(WEEKS)]
    axes.set_xticks(range(7), [_weekday(monday + timedelta(days=n)) for n in range(7)])
    axes.set_yticks(range(WEEKS), [month_day(day) for day in reversed(weeks)])
    axes.set_xlim(-0.5, 6.5)
    axes.set_ylim(-0.6, WEEKS - 0.4)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.xaxis.tick_top()
    axes.set_ylabel(say("week of"), color=SOFT, fontsize=8.5)
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.04), ncols=3, frameon=False, fontsize=9, labelcolor=INK
    )


def _weekday(day: date) -> str:
    return format_date(day, "ccc", locale=locale())
