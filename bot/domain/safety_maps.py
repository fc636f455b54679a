"""A member's safety map: what they notice, what helps, their boundaries, their people; in their own words.

It is the map of the article (content/seed-trace.md, S45 to S48), and no clinical safety plan: nobody makes it
with them and nobody reads it, so nothing of ours asks for what such a plan holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.errors import TooLong
from bot.domain.ids import MemberId
from bot.domain.member_errors import PartTooLong
from bot.domain.members import Member

MAX_PART = 1000  # characters
MAX_LINES = 12  # of a part: what is read on a hard day is short


class MapPart(StrEnum):
    """The parts, in the order in which they are read."""

    SIGNS = "signs"
    HELPS = "helps"
    BOUNDARIES = "boundaries"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyMap:
    """One person's own; a part that is empty is left out. Its repr hides all of it."""

    parts: Mapping[MapPart, str] = field(repr=False)
    changed_at: datetime

    @property
    def empty(self) -> bool:
        """Nothing stands in it."""
        return not self.parts


def drawn(given: Mapping[MapPart, str], now: datetime) -> SafetyMap:
    """The map with just these words. Raises TooLong (MAX_PART) and PartTooLong (MAX_LINES) for a part."""
    parts = {part: _fitting(given.get(part, "")) for part in MapPart}
    return SafetyMap(
        parts=MappingProxyType({part: said for part, said in parts.items() if said}), changed_at=now
    )


def keeper(members: Sequence[Member], holding: MemberId | None) -> MemberId | None:
    """With which of a person's memberships their one map is kept; None where they are nobody's member.

    With the one that holds it while that one is active, else with their first active one.
    """
    active = [member.id for member in members if member.active]
    return holding if holding in active else next(iter(active), None)


def _fitting(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    said = "\n".join(line for line in lines if line.strip())
    if len(said) > MAX_PART:
        raise TooLong(said, MAX_PART)
    if len(said.splitlines()) > MAX_LINES:
        raise PartTooLong(len(said.splitlines()), MAX_LINES)
    return said
