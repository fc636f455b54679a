"""The story in words: plain sentences from a member's own entries; what there is none of is not told."""

from collections.abc import Callable, Iterable
from datetime import date

from babel.dates import format_date

from bot.domain.looking_back import HardDay, Year
from bot.services.looking_back import LookedBack
from cogs.dates import on_day, short_day, written
from cogs.sentences import listed
from cogs.speech import Phrase, locale, say, several

Shown = Callable[[str], str]
BEGINNING = Phrase(
    "Your story here has only begun, and a beginning is enough. What you note, log and try from "
    "now on can be looked back on here; nothing needs to be caught up on."
)
TOWARD, HARD_DAYS = Phrase("What you are growing toward"), Phrase("Hard days")
LEAP = 2024  # a year that has every date
HARDER = Phrase("It's often the harder half of keeping on.")
MONTHS_TOLD = 6  # returns named by their months; more are counted alone


def told(looked: LookedBack, shown: Shown) -> list[str]:
    """Its paragraphs: what was, and the words that were kept; `shown` is how the member's words appear."""
    said = [*_what_was(looked.year, shown), *_words(looked, shown)]
    return said or [BEGINNING()]


def ahead(looked: LookedBack, shown: Shown) -> dict[str, str]:
    """The goal, and the hard days with their plans; what there is none of is left out."""
    days = [_hard_day(each, looked.today, shown) for each in looked.story.hard_days]
    parts = {TOWARD(): shown(looked.story.goal), HARD_DAYS(): "\n".join(days)}
    return {name: said for name, said in parts.items() if said}


def as_text(looked: LookedBack) -> str:
    """The whole of it, for a file of one's own."""
    head = say("From {first} to {last}", first=on_day(looked.year.first), last=on_day(looked.year.last))
    more = [f"{name}\n{said}" for name, said in ahead(looked, str).items()]
    return "\n\n".join([head, *told(looked, str), *more]) + "\n"


def _hard_day(each: HardDay, today: date, shown: Shown) -> str:
    on, name = date(LEAP, each.month, each.day), shown(each.name)
    said = [
        say("{name} (today).", name=name)
        if each.falls_on(today)
        else say("{name} ({day}).", name=name, day=written(on, "d MMMM", "MMMMd"))
    ]
    if each.plan:
        said.append(say("Your plan: {plan}", plan=shown(each.plan)))
    return " ".join(said)


def _what_was(year: Year, shown: Shown) -> Iterable[str]:
    if year.weeks:
        yield several(
            "Since {day} you noted something of your own in {n} week.",
            "Since {day} you noted something of your own in {n} weeks.",
            year.weeks,
            day=short_day(year.first, year=True),
        )
    if year.kept:
        acts = "; ".join(shown(act.rstrip(".")) for act in year.acts)
        yield say(
            "You kept what you had said {times}. In your words: {acts}.", times=_times(year.kept), acts=acts
        )
    if year.returns:
        yield _returned(year.returns)
    if year.repairs:
        yield say("You mended something late {times}. That takes nerve.", times=_times(year.repairs))
    if year.practised:
        yield several(
            "You tried {n} boundary practice. However each of them ended, you were the one who chose it.",
            "You tried {n} boundary practices. However each of them ended, you were the one who chose it.",
            year.practised,
        )


def _times(number: int) -> str:
    if number == 1:
        return say("once")
    return say("twice") if number == 2 else several("{n} time", "{n} times", number)


def _returned(days: tuple[date, ...]) -> str:
    months = list(dict.fromkeys(format_date(day, "LLLL", locale=locale()) for day in days))
    if len(months) > MONTHS_TOLD:
        said = say("You came back {times}.", times=_times(len(days)))
    else:
        named = listed(months, "and")
        said = say("You came back {times}, in {months}.", times=_times(len(days)), months=named)
    return f"{said} {HARDER}"


def _words(looked: LookedBack, shown: Shown) -> Iterable[str]:
    kept = [each for each in looked.story.kept if looked.year.first <= each.on <= looked.year.last]
    if kept:
        yield say("Words of yours that you chose to keep:")
        yield "\n".join(
            say("{day}: “{words}”", day=short_day(each.on, year=True), words=shown(each.words))
            for each in kept
        )
