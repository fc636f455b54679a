"""The story in words: plain sentences from a member's own entries; what there is none of is not told."""

from collections.abc import Callable, Iterable
from datetime import date

from bot.domain.looking_back import HardDay, Year
from bot.services.looking_back import LookedBack
from cogs.dates import on_day, short_day
from cogs.speech import Phrase, say, several

Shown = Callable[[str], str]
BEGINNING = Phrase(
    "Your story here has only begun, and a beginning is enough. What you note, log and try from "
    "now on can be looked back on here; nothing needs to be caught up on."
)
TOWARD, HARD_DAYS = Phrase("What you are growing toward"), Phrase("Hard days")
LEAP = 2024  # a year that has every date
MONTHS_TOLD = 6  # returns named by their months; more are counted alone


def told(looked: LookedBack, shown: Shown) -> list[str]:
    """Its paragraphs: what was, and the words that were kept; `shown` is how the member's words appear."""
    said = [*_what_was(looked.year, shown), *_words(looked, shown)]
    return said or [BEGINNING()]


def ahead(looked: LookedBack, shown: Shown) -> dict[str, str]:
    """The goal, and the hard days with their plans; what there is none of is left out."""
    days = [_hard_day(each, looked.today, shown) for each in looked.story.hard_days]
    parts = {TOWARD: shown(looked.story.goal), HARD_DAYS: "\n".join(days)}
    return {name: said for name, said in parts.items() if said}


def as_text(looked: LookedBack) -> str:
    """The whole of it, for a file of one's own."""
    head = say("From {first} to {last}", first=on_day(looked.year.first), last=on_day(looked.year.last))
    more = [f"{name}\n{said}" for name, said in ahead(looked, str).items()]
    return "\n\n".join([head, *told(looked, str), *more]) + "\n"


def _hard_day(each: HardDay, today: date, shown: Shown) -> str:
    on = date(LEAP, each.month, each.day)
    when = "today" if each.falls_on(today) else f"{on.day} {on:%B}"
    plan = say(" Your plan: {plan}", plan=shown(each.plan)) if each.plan else ""
    return f"{shown(each.name)} ({when}).{plan}"


def _what_was(year: Year, shown: Shown) -> Iterable[str]:
    if year.weeks:
        since = short_day(year.first, year=True)
        yield say(
            "Since {since} you noted something of your own in {weeks}.",
            since=since,
            weeks=several("{n} week", "{n} weeks", year.weeks),
        )
    if year.kept:
        acts = "; ".join(shown(act.rstrip(".")) for act in year.acts)
        yield say(
            "You kept what you had said {kept}. In your words: {acts}.", kept=_times(year.kept), acts=acts
        )
    if year.returns:
        yield _returned(year.returns)
    if year.repairs:
        yield say("You mended something late {repairs}. That takes nerve.", repairs=_times(year.repairs))
    if year.practised:
        tried = several("{n} boundary practice", "{n} boundary practices", year.practised)
        yield say(
            "You tried {tried}. However each of them ended, you were the one who chose it.", tried=tried
        )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number) or f"{number} times"


def _returned(days: tuple[date, ...]) -> str:
    months = list(dict.fromkeys(f"{day:%B}" for day in days))
    when = ""
    if len(months) <= MONTHS_TOLD:
        named = months[0] if len(months) == 1 else f"{', '.join(months[:-1])} and {months[-1]}"
        when = say(", in {named}", named=named)
    return say(
        "You came back {days}{when}. It's often the harder half of keeping on.",
        days=_times(len(days)),
        when=when,
    )


def _words(looked: LookedBack, shown: Shown) -> Iterable[str]:
    kept = [each for each in looked.story.kept if looked.year.first <= each.on <= looked.year.last]
    if kept:
        yield say("Words of yours that you chose to keep:")
        yield "\n".join(f"{short_day(each.on, year=True)}: “{shown(each.words)}”" for each in kept)
