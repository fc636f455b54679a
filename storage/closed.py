"""A circle that was deleted leaves a mark beside every backup, so that no restore brings it back to post.

The mark is a keyed hash: it says nothing of the circle, and stands among the keys (`storage.keyring`). What
is the circle's own stays readable in an older backup to who holds the operator's key, its members' does not.
"""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.closings import GRACE
from storage.tables import circles, erased
from storage.vault import Vault, Wrapped

MARK = "circle-"  # no key's name begins so


def mark_of(vault: Vault, id_: int, made_at: datetime) -> str:
    """A circle's mark. Its number may come again after a restore, but not with the instant it was made."""
    return MARK + vault.lookup("circles", "closed", str(id_), made_at.isoformat()).hex()


def marks_among(refs: Collection[str]) -> dict[str, Wrapped]:
    """The marks of these, as they stand in a keyring: there is no key to them."""
    return {ref: Wrapped("", b"") for ref in refs if ref.startswith(MARK)}


async def leave_out(source: AsyncConnection, vault: Vault, ring: Collection[str]) -> None:
    """Deletes from a copy that is to be restored the circles whose marks stand beside it."""
    rows = await source.execute(select(circles.c.id, circles.c.made_at))
    gone = [row.id for row in rows if mark_of(vault, row.id, row.made_at) in ring]
    if gone:
        await source.execute(delete(circles).where(circles.c.id.in_(gone)))


async def remember(target: AsyncConnection, ring: Collection[str]) -> None:
    """Writes down the marks of a keyring, so that other keyrings follow, too."""
    known = {row.key_ref for row in await target.execute(select(erased))}
    for mark in sorted(marks_among(ring).keys() - known):
        await target.execute(insert(erased).values(key_ref=mark))


async def put_off(target: AsyncConnection) -> None:
    """Nobody knows whether a circle that closed in a backup was kept after it: there is time to say so."""
    at = datetime.now(UTC) + GRACE
    await target.execute(update(circles).where(circles.c.closes_at < at).values(closes_at=at))
