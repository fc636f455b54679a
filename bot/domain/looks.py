"""Who saw what of a member: written before it is shown, and the member's to read."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.accounts import Account


class Seen(StrEnum):
    """What was looked at."""

    ANSWER = "answer"  # a check-in that its member marked for the facilitators
    AUTHOR = "author"  # who wrote a share that carries no name; unsealed for safety
    ALONGSIDE = "alongside"  # what a member shows to the one who walks alongside them
    PERSON = "person"  # that this member would like a person
    ALERT = "alert"  # an alert about this member


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look. `viewer` is None where that person has deleted what named them."""

    at: datetime
    seen: Seen
    about: date | None = None  # the day of the answer, or of the share
    reason: str = field(default="", repr=False)  # why an author was unsealed, in the facilitator's words
    viewer: Account | None = field(default=None, repr=False)
