"""What is said to a member who has answered: it is heard, who sees it, and what else there is if wanted."""

from bot.domain.check_ins import Audience, Weather
from bot.domain.prompts import Content
from bot.services.check_ins import CheckInRecorded
from cogs.words import answered, lines, text

SEEN_BY = {
    Audience.FACILITATORS: "You marked it for the facilitators, so they may see it; nobody else does.",
    Audience.CIRCLE: "You marked it for the circle.",
}


def tapped(recorded: CheckInRecorded, content: Content) -> str:
    """After one tap."""
    return lines([_kept(recorded, content), _heard(recorded, content), _count(recorded)])


def filled(recorded: CheckInRecorded, content: Content, *, about_circle: str = "") -> str:
    """After the form; `about_circle` says what became of a note for the circle."""
    offered = text(content, "sc-reactivity:offer") if recorded.grounding_offered else ""
    return lines(
        [_kept(recorded, content), about_circle, offered or _heard(recorded, content), _count(recorded)]
    )


def _kept(recorded: CheckInRecorded, content: Content) -> str:
    given = recorded.check_in.answer
    chosen = " · ".join(f"{name}: **{label}**" for name, label in answered(given, content).items())
    note = "with your note" if given.note else ""
    said = " · ".join(part for part in (chosen, note) if part)
    noted = SEEN_BY.get(given.audience) or text(content, "ci-r-02")
    changed = "Changed; this is your answer now." if recorded.changed else ""
    return "\n".join(part for part in (changed, noted, said) if part)


def _heard(recorded: CheckInRecorded, content: Content) -> str:
    given = recorded.check_in.answer
    if Weather.MANY in given.weather or len(given.weather) > 2:
        return text(content, "ci-r-03")
    stormy = given.reactivity in content.grounding_offered_at
    if given.weather == (Weather.CLEAR,) and not stormy:
        return text(content, "ci-r-06")
    return text(content, "ci-r-01")


def _count(recorded: CheckInRecorded) -> str:
    return f"{recorded.count} people have answered so far." if recorded.count else ""
