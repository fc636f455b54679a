"""What is done by itself costs as little with many rows as with few: each standing job asks by index."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.town import ZONE, home_of
from bot.app import opened as built
from bot.domain.circles import Settings
from bot.settings import load_settings, new_key
from storage.backends import parsed
from storage.migrate import opened
from tests.storage.test_indexes import heard

OFTEN = timedelta(minutes=1)
WHOLE = {  # jobs that read a whole table, and why that is meant
    "screening": "every circle is remembered, so that each can be told when the database is away",
    "lines": "every circle, line and member is remembered, so that help is shown without the database",
    "departures": "a part of the members by their ids, each minute another",
    "retention": "the same, once an hour",
}


async def test_what_is_done_by_itself_every_minute_reads_no_whole_table(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'trellis.db'}"
    environment = {"DISCORD_TOKEN": "none.is.needed", "DATABASE_URL": url, "TRELLIS_KEY": new_key()}
    asked: dict[str, list[tuple[str, object]]] = {}
    async with built(load_settings(env_file=None, env=environment)) as trellis:
        async with trellis.storage.begin() as tx:
            circle = await tx.circles.add(home_of(1), "North", Settings(zone=ZONE), datetime.now(UTC))
            await tx.circles.care(circle.id, datetime.now(UTC) + OFTEN)
            await tx.commit()
        for job in trellis.scheduler._jobs:
            if job.every <= OFTEN:
                with heard() as statements:
                    await job.run()
                asked[job.name] = [each for each in statements if each[0].startswith("SELECT")]
    assert sum(bool(statements) for statements in asked.values()) > 12
    async with opened(parsed(url)) as connection:
        for name, statements in asked.items():
            for statement, parameters in statements:
                plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                steps = [str(row[-1]) for row in plan.all()]
                scans = [each for each in steps if each.startswith("SCAN") and "INDEX" not in each]
                assert name in WHOLE or scans in ([], ["SCAN CONSTANT ROW"]), f"{name}: {statement}"
