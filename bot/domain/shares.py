"""Text that a member offers to the circle; it waits in review until a facilitator decides."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CircleId, MemberId, OccurrenceId, ShareId

MAX_SHARE = 1500  # characters, so that the post with its frame stays within Discord's 2,000


class Review(StrEnum):
    """Where a share stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One offered text. `reason` is the facilitator's, for the author."""

    id: ShareId
    circle: CircleId
    member: MemberId
    occurrence: OccurrenceId | None
    text: str = field(repr=False)
    offered_at: datetime
    review: Review = Review.WAITING
    decided_at: datetime | None = None
    reason: str = field(default="", repr=False)
    message: str | None = field(default=None, repr=False)  # the posted message's id
