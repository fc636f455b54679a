"""What is said to a member who has answered: it is heard, who sees it, and what else there is if wanted."""

from bot.domain.check_ins import Audience, Weather
from bot.domain.prompts import Content
from bot.services.check_ins import CheckInRecorded
from cogs.speech import Phrase, say, several
from cogs.words import answered, lines, text

SEEN_BY = {
    Audience.FACILITATORS: Phrase("Noted, and marked for the facilitators."),
    Audience.CIRCLE: Phrase("Noted. Only a note can go to the circle; the rest is just for you."),
}


def tapped(recorded: CheckInRecorded, content: Content) -> str:
    """After one tap."""
    return lines([_kept(recorded, content), _heard(recorded, content), _count(recorded)])


def filled(recorded: CheckInRecorded, content: Content, *, about_audience: str = "") -> str:
    """After the form; `about_audience` says what its audience means."""
    offered = text(content, "sc-reactivity:offer") if recorded.grounding_offered else ""
    return lines(
        [_kept(recorded, content), about_audience, offered or _heard(recorded, content), _count(recorded)]
    )


def _kept(recorded: CheckInRecorded, content: Content) -> str:
    given = recorded.check_in.answer
    chosen = " · ".join(f"{name}: **{label}**" for name, label in answered(given, content).items())
    note = say("with your note") if chosen else say("Your note is kept with it.")
    said = " · ".join(part for part in (chosen, note if given.note else "") if part)
    noted = SEEN_BY[given.audience]() if given.audience in SEEN_BY else text(content, "ci-r-02")
    changed = say("Changed; this is your answer now.") if recorded.changed else ""
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
    if not recorded.count:
        return ""
    return several("{n} person has answered so far.", "{n} people have answered so far.", recorded.count)
