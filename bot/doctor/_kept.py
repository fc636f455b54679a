"""What stands in the database, as far as it opens: circles, their own lines and checks, backup folders."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from bot.doctor._here import private
from bot.domain.circles import Circle
from bot.domain.errors import NotAnswered, VaultError
from bot.domain.findings import Finding, note, ok, to_do
from bot.domain.ids import CircleId
from bot.domain.lines import Line, LineId
from cogs.further_permissions import Uses
from storage import Storage, StorageError
from storage.transaction import Reading

PATIENCE = 10.0  # seconds for the database
EVER = datetime(9999, 1, 1, tzinfo=UTC)  # whenever a wish for a pair is due
NONE_YET = "There is no database yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All of it at one moment."""

    circles: Sequence[Circle]
    local: Mapping[CircleId, list[Line]] = field(repr=False)
    checks: Mapping[CircleId, Mapping[LineId, date]] = field(repr=False)
    folders: Sequence[Path]
    uses: Mapping[CircleId, Uses] = field(default_factory=dict, repr=False)


async def read(database_url: str, keys: Sequence[str]) -> tuple[list[Finding], Kept | None]:
    """How database and key stand, and what is in it; None where it does not open."""
    try:
        async with asyncio.timeout(PATIENCE):
            kept = await _read(database_url, keys)
    except VaultError as refusal:
        return [ok("Database", "It answers, and is at this version."), to_do("Key", str(refusal))], None
    except StorageError as refusal:
        return _refused(refusal), None
    except TimeoutError:
        return _away("it did not answer within ten seconds"), None
    except NotAnswered:
        return _away("another holds it, or nobody listens there"), None
    except Exception as error:  # noqa: BLE001 - whatever a driver raises; its text could quote the address
        return _away(f"{type(error).__name__} came back"), None
    readable = private(database_url)
    database = to_do("Database", readable[0].upper() + readable[1:]) if readable else None
    return [
        database or ok("Database", "It answers, and is at this version."),
        ok("Key", "TRELLIS_KEY opens the vault."),
    ], kept


async def _read(database_url: str, keys: Sequence[str]) -> Kept:
    storage = await Storage.open(database_url, keys, migrate=False)
    try:
        async with storage.read() as tx:
            circles = await tx.circles.all()
            return Kept(
                circles=circles,
                uses=await _uses(tx, circles),
                local=await tx.lines.all_local(),
                checks=await tx.lines.all_checks(),
                folders=await storage.backup_folders(),
            )
    finally:
        await storage.close()


async def _uses(tx: Reading, circles: Sequence[Circle]) -> dict[CircleId, Uses]:
    """What each circle uses that takes permissions of its own."""
    waiting = {circle for circle, _ in await tx.pairs.wishes_due(EVER)}
    found = {}
    for circle in circles:
        guard, standing = await tx.guards.get(circle.id), await tx.meetings.get(circle.id)
        meeting = standing.meeting if standing is not None and not standing.meeting.removed else None
        found[circle.id] = Uses(
            meets=meeting is not None,
            voice=meeting.channel if meeting is not None else None,
            pairs=circle.id in waiting or bool(await tx.pairs.going_on(circle.id)),
            guard=guard is not None and not guard.ending,
        )
    return found


def _refused(refusal: StorageError) -> list[Finding]:
    if str(refusal).startswith(NONE_YET):
        return [
            note("Database", "There is none yet; the first start makes it."),
            note("Key", "TRELLIS_KEY has the right form; there is nothing yet that it could open."),
        ]
    return [to_do("Database", str(refusal)), _key_unknown()]


def _away(why: str) -> list[Finding]:
    said = (
        f"Not reached: {why}. See that it is there and that DATABASE_URL names it; /help-now works meanwhile."
    )
    return [to_do("Database", said), _key_unknown()]


def _key_unknown() -> Finding:
    return note("Key", "TRELLIS_KEY has the right form; whether it opens the vault I couldn't try.")
