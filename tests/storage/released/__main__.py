"""`python -m tests.storage.released` writes what this version leaves, for later ones to upgrade from.

Run once a release, before its first new migration; a file that is there is never written again: it is what
people kept. Rows alone are written; the tables are the migration's.
"""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bot.domain.outbox import Recipient
from storage import Storage
from tests.storage import samples as it

WORDS = "I asked for an hour to myself, and took it"


async def fill(url: str) -> None:
    """A circle with two members, what they answered and offered, and a letter."""
    storage = await Storage.open(url, [it.KEY])
    circle = await it.made_circle(storage)
    ada, ben = await it.made_member(storage, circle), await it.made_member(storage, circle, it.BEN)
    schedule = await it.made_schedule(storage, circle)
    occurrence = await it.made_occurrence(storage, circle, schedule=schedule.id)
    for member in (ada, ben):
        await it.put(storage, it.check_in(member, occurrence.id))
        await it.put(storage, it.check_in(member))
    async with storage.begin() as tx:
        await tx.shares.add(circle.id, ada.id, occurrence.id, offered(), it.NOW)
        await tx.outbox.add(circle.id, Recipient.FACILITATORS, "missed-post", {"reason": "late"}, it.NOW)
        await tx.occurrences.mark_sent(occurrence.id, "940000000000000001", it.NOW)
        await tx.commit()
    await storage.close()


def offered() -> object:
    """Words for the circle, as this version has them."""
    try:
        from bot.domain.shares import Draft
    except ImportError:  # the first versions kept the words alone
        return WORDS
    return Draft(text=WORDS)


def main() -> None:
    """Writes the file of this version's migration beside this one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "trellis.db"
        asyncio.run(fill(f"sqlite+aiosqlite:///{file}"))
        with closing(sqlite3.connect(file)) as database:
            (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
            wanted = [
                row
                for row in database.iterdump()
                if row.startswith("INSERT INTO")
                and "alembic_version" not in row
                and "sqlite_sequence" not in row
            ]
    target = Path(__file__).with_name(f"{revision}.sql")
    if target.exists():
        raise SystemExit(f"{target.name} is there already.")
    target.write_text("\n".join(wanted) + "\n")


if __name__ == "__main__":
    main()
