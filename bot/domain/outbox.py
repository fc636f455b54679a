"""What leaves by itself: written with its cause, delivered at least once, visible when stuck."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from bot.domain.ids import CircleId, MemberId, OutboxId

NEVER = datetime(9000, 1, 1, tzinfo=UTC)  # the next try of a letter that has been given up
TAKE_DOWN = "take-down"  # the kind of a letter that deletes what another (`letter`) has posted
REVISE = "revise"  # the kind of a letter that changes what another (`letter`) has posted


class Recipient(StrEnum):
    """To whom a letter goes."""

    CIRCLE = "circle"
    FACILITATORS = "facilitators"
    MEMBER = "member"  # a DM; only after the member's own act or switch


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message on its way. `kind` names its form in the face; `facts` fill it (JSON values only)."""

    id: OutboxId
    circle: CircleId
    recipient: Recipient
    member: MemberId | None = None  # the addressee, or the member whom a note to others is about
    kind: str = ""  # such as missed-post, person-wanted, share-posted
    facts: dict[str, str | int | bool | None] = field(default_factory=dict, repr=False)
    written_at: datetime
    next_try_at: datetime
    tries: int = 0
    delivered_at: datetime | None = None
    message: str | None = field(default=None, repr=False)

    @property
    def nonce(self) -> str:
        """Our own nonce, the same at each try."""
        return f"trellis-x{self.id}"
