"""The ladder of boundary practice: three rungs in each area, one step at a time, and every ending a good one.

The rules are those of content/boundaries.yaml (bd-rule-01 to 05). The answer to the safety question is no
value of ours: it is asked, acted on, and kept nowhere.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.areas import Domain
from bot.domain.errors import TooLong
from bot.domain.ids import AttemptId, MemberId, PromptId
from bot.domain.prompts import Prompt, Readers

TOP = 3  # rungs
MAX_LEARNED = 1000  # characters
BLANKS = 5  # fields of a form (Discord)
_BLANK = re.compile(r"_{3,}")


class Ending(StrEnum):
    """How an attempt ended; none of them is a failure, and none is shown to anyone."""

    DONE = "done"
    PART = "part"
    BADLY = "badly"
    CHANGED = "changed"
    NOT_FIT = "not-fit"


CLIMBS = frozenset({Ending.DONE, Ending.PART})  # after which the next rung of the area is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A member taking up a challenge."""

    id: AttemptId
    member: MemberId
    challenge: PromptId
    begun_at: datetime
    ended_at: datetime | None = None
    ending: Ending | None = None
    before: int | None = field(default=None, repr=False)  # 0 to 10, as felt; if wanted
    after: int | None = field(default=None, repr=False)
    learned: str = field(default="", repr=False)
    words: str = field(default="", repr=False)  # the sentence that was built, kept if asked

    @property
    def live(self) -> bool:
        """Not ended."""
        return self.ending is None


def ended(attempt: Attempt, ending: Ending, now: datetime) -> Attempt:
    """The attempt with its ending; another one takes the place of the first."""
    return replace(attempt, ending=ending, ended_at=attempt.ended_at or now)


def learned(attempt: Attempt, text: str) -> Attempt:
    """With what was learned, stripped. Raises TooLong."""
    said = text.strip()
    if len(said) > MAX_LEARNED:
        raise TooLong(said, MAX_LEARNED)
    return replace(attempt, learned=said)


def asks_safety(challenge: Prompt) -> bool:
    """Whether the safety question comes first: on rung 3, and on rung 2 where anyone else is involved."""
    return challenge.intensity == TOP or not challenge.alone


def ceiling(domain: Domain | None, attempts: Iterable[Attempt], challenges: Collection[Prompt]) -> int:
    """The highest rung open in an area: one above the highest that was tried there; 1 to begin with."""
    rungs = {one.id: one.intensity for one in challenges if one.domain is domain}
    tried = [rungs[each.challenge] for each in attempts if each.ending in CLIMBS and each.challenge in rungs]
    return min(max(tried, default=0) + 1, TOP)


def fitting(challenges: Iterable[Prompt], made_for: Readers) -> list[Prompt]:
    """Those for everyone, and those for the people that the circle is made of."""
    return [one for one in challenges if one.audience in (Readers.ALL, made_for)]


def another(challenge: Prompt, fits: Collection[Prompt], open_to: int, turn: int) -> Prompt | None:
    """One of the same rung or below that is open, areas like this one first; the turn-th of them."""
    rung = min(challenge.intensity, open_to)
    found = [one for one in fits if one.intensity <= rung and one.id != challenge.id]
    found.sort(key=lambda one: (one.domain is not challenge.domain, -one.intensity, one.id))
    return found[turn % len(found)] if found else None


def smaller(challenge: Prompt, fits: Collection[Prompt]) -> Prompt | None:
    """One a rung below, in the same area if there is one."""
    found = [one for one in fits if one.intensity == challenge.intensity - 1]
    found.sort(key=lambda one: (one.domain is not challenge.domain, one.id))
    return found[0] if found else None


def blanks(script: str) -> int:
    """How many blanks the words have to be filled in."""
    return len(_BLANK.findall(script))


def built(script: str, given: Iterable[str]) -> str:
    """The words with their blanks filled in, in order; what was left empty stays a blank."""
    values = iter(given)

    def fill(match: re.Match[str]) -> str:
        return next(values, "").strip() or match[0]

    return _BLANK.sub(fill, script)
