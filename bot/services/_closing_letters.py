"""What a circle and its facilitators are told of its closing; and what leaves no more in one that closes."""

from datetime import datetime

from bot.domain.circles import Circle, paused_at
from bot.domain.ids import OutboxId
from bot.domain.outbox import Letter, Recipient
from storage.transaction import Reading, Transaction

CLOSING, CLOSING_NOTE = "circle-closing", "circle-closing-note"  # to the circle, and to its facilitators
KEPT, KEPT_NOTE = "circle-kept", "circle-kept-note"
KINDS = (CLOSING, CLOSING_NOTE, KEPT, KEPT_NOTE)
CLOSED = "circle-closed"  # the last word, which no database holds
RESTING = frozenset(  # what would remind, urge, or speak of posts to come
    {
        "meeting-reminder", "reminder", "commitment-due", "commitment-quiet", "digest", "queue-ends",
        "share-late", "share-delayed", "pair-left-over", "missed-post",
    }
)  # fmt: skip


def rests(circle: Circle, letter: Letter) -> bool:
    """Whether a letter does not leave because its circle closes. Help, alerts and answers do, to the end."""
    return circle.closing is not None and letter.kind in RESTING


async def tell_closing(tx: Transaction, circle: Circle, now: datetime) -> None:
    """Writes to both channels until when the circle is there."""
    assert circle.closing is not None  # noqa: S101 - it is told of one that closes
    facts = {"at": int(circle.closing.closes_at.timestamp())}
    await tx.outbox.add(circle.id, Recipient.CIRCLE, CLOSING, facts, now)
    await tx.outbox.add(circle.id, Recipient.FACILITATORS, CLOSING_NOTE, facts, now)


async def tell_kept(tx: Transaction, circle: Circle, now: datetime) -> None:
    """Writes to both that it stays."""
    facts = {"rests": paused_at(circle, now)}
    await tx.outbox.add(circle.id, Recipient.CIRCLE, KEPT, facts, now)
    await tx.outbox.add(circle.id, Recipient.FACILITATORS, KEPT_NOTE, facts, now)


async def still_needed(tx: Reading, letter: Letter, _now: datetime) -> bool:
    """Whether it is still so: nobody is told a date that was taken back meanwhile, or changed."""
    closing = (await tx.circles.get(letter.circle)).closing
    if letter.kind in (KEPT, KEPT_NOTE):
        return closing is None
    return closing is not None and int(closing.closes_at.timestamp()) == letter.facts.get("at")


async def switch_off(_tx: Transaction, _letter: Letter) -> None:
    """Nothing: no channel is closed as somebody's direct messages are."""


def farewell(circle: Circle, now: datetime) -> Letter:
    """The last word to the facilitators of a circle that is deleted, under a nonce of its own."""
    return Letter(
        id=OutboxId(-int(circle.id)),
        circle=circle.id,
        recipient=Recipient.FACILITATORS,
        kind=CLOSED,
        written_at=now,
        next_try_at=now,
    )
