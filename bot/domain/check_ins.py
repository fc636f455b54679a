"""A member's answer to the day's prompt."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

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
