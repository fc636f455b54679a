"""Members, what they said yes to, and what leaving means."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import CircleId, MemberId

CONSENT_VERSION = 6  # raised whenever a consent text changes its meaning
GRACE = timedelta(days=7)  # for a change of mind after leaving (surface: /leave)


class Scope(StrEnum):
    """What a member may say yes to, each on its own."""

    CHECK_INS = "check-ins"
    STREAKS = "streaks"
    FACILITATORS = "facilitators"  # facilitators may see what I mark for them
    REMINDERS = "reminders"  # by DM
    ALERTS = "alerts"  # facilitators are told where words for the circle sound like danger


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person who has joined a circle. Names nobody: the account stands sealed in the vault."""

    id: MemberId
    circle: CircleId
    joined_at: datetime
    consents: frozenset[Scope]
    consent_version: int
    left_at: datetime | None = None
    delete_at: datetime | None = None  # set while leaving; a change of mind clears both

    @property
    def active(self) -> bool:
        """Still here, not leaving."""
        return self.left_at is None


def consented(member: Member, scope: Scope) -> bool:
    """Whether an active member has said yes to this, in the words that stand now (CONSENT_VERSION)."""
    return member.active and member.consent_version == CONSENT_VERSION and scope in member.consents


def consenting(member: Member, consents: Collection[Scope]) -> Member:
    """The member having said yes to exactly these, in the words that stand now."""
    return replace(member, consents=frozenset(consents), consent_version=CONSENT_VERSION)


def leaving(member: Member, now: datetime) -> Member:
    """The member on the way out, deleted after GRACE; who is leaving already keeps the first date."""
    return replace(member, left_at=now, delete_at=now + GRACE) if member.active else member


def returning(member: Member) -> Member:
    """The member back again, with the consents as they were."""
    return replace(member, left_at=None, delete_at=None)
