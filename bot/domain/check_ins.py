"""A member's answer to the day's prompt."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import Empty, TooLong
from bot.domain.ids import MemberId, OccurrenceId

MAX_NOTE = 1500  # characters; a longer note is given back to be shortened
SHOWN_FROM = 5  # a count of answers is shown from this many up (surface: check-in post)


class Weather(StrEnum):
    """Mood as weather; labels stand in content/check_ins.yaml (sc-mood), in this order."""

    CLEAR = "clear"
    SOME_CLOUD = "some-cloud"
    GREY = "grey"
    RAIN = "rain"
    FOG = "fog"
    STORM = "storm"
    MANY = "many"
    UNSAID = "unsaid"


class Energy(StrEnum):
    """How much is in the tank (sc-energy)."""

    EMPTY = "empty"
    LOW = "low"
    HALF = "half"
    GOOD = "good"
    FULL = "full"
    BUZZING = "buzzing"


class Reactivity(StrEnum):
    """How easily something would set you off (sc-reactivity)."""

    STILL = "still"
    RIPPLES = "ripples"
    WAVES = "waves"
    HIGH_SEAS = "high-seas"
    FROZEN = "frozen"


class Audience(StrEnum):
    """Who may see an answer, chosen per answer, private first."""

    ME = "me"
    FACILITATORS = "facilitators"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a member said; what was not said is empty or None. The repr hides all of it."""

    weather: tuple[Weather, ...] = field(default=(), repr=False)
    energy: Energy | None = field(default=None, repr=False)
    reactivity: Reactivity | None = field(default=None, repr=False)
    note: str = field(default="", repr=False)
    audience: Audience = Audience.ME


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """A kept answer: to a posted prompt, or (`occurrence` None) to the day itself."""

    member: MemberId
    occurrence: OccurrenceId | None
    date: date
    answer: Answer
    answered_at: datetime
    changed_at: datetime | None = None


GROUNDING_OFFERED_AT = frozenset({Reactivity.WAVES, Reactivity.HIGH_SEAS, Reactivity.FROZEN})  # sc-reactivity


def checked(answer: Answer) -> Answer:
    """The answer with its note trimmed and each weather once. Raises TooLong (with the note) and Empty."""
    note = answer.note.strip()
    if len(note) > MAX_NOTE:
        raise TooLong(answer.note, MAX_NOTE)
    if not (answer.weather or answer.energy or answer.reactivity or note):
        raise Empty
    return replace(answer, weather=tuple(dict.fromkeys(answer.weather)), note=note)


def merged(
    before: CheckIn | None,
    answer: Answer,
    *,
    member: MemberId,
    occurrence: OccurrenceId | None,
    day: date,
    at: datetime,
    whole: bool = False,
) -> CheckIn:
    """The check-in after this answer: what is given replaces, what is not stays, the audience is the new one.

    `whole` is for a form that showed everything: then what is not given was taken out, and goes.
    """
    if before is None:
        return CheckIn(member=member, occurrence=occurrence, date=day, answer=answer, answered_at=at)
    kept = answer if whole else _over(before.answer, answer)
    return replace(before, answer=kept, changed_at=at)


def _over(old: Answer, new: Answer) -> Answer:
    return Answer(
        weather=new.weather or old.weather,
        energy=new.energy or old.energy,
        reactivity=new.reactivity or old.reactivity,
        note=new.note or old.note,
        audience=new.audience,
    )


def shown_count(answers: int) -> int | None:
    """The count as people may see it: None under SHOWN_FROM, where a number could point at somebody."""
    return answers if answers >= SHOWN_FROM else None


def grounding_offered(
    reactivity: Reactivity | None, offered_at: frozenset[Reactivity] = GROUNDING_OFFERED_AT
) -> bool:
    """Whether something steadying is offered after this answer (content: `grounding_offered_at`)."""
    return reactivity in offered_at
