"""What runs every second is answered from an index, with as little work for many rows as for few."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from storage import Storage, Transaction
from storage.backends import parsed
from storage.migrate import opened
from tests.storage.samples import KEY, NOW, made_circle

ROWS = 20_000
NUMBERS = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})"
FILL = (
    f"""INSERT INTO schedules (circle_id, kind, time, days, added_at, next_at)
    {NUMBERS} SELECT 1, 'check-in', CAST(i AS TEXT), '1', 0, i * 86400000000 FROM n""",
    f"""INSERT INTO outbox (circle_id, recipient, kind, sealed, written_at, next_try_at, tries, delivered_at)
    {NUMBERS} SELECT 1, 'circle', 'missed-post', CAST('' AS {{blob}}), 0, i * 86400000000, 0,
    CASE WHEN i % 2 = 0 THEN 1 END FROM n""",
    f"""INSERT INTO occurrences (circle_id, kind, date, due, state, claimed_at, message_lookup)
    {NUMBERS} SELECT 1, 'check-in', {{date}}, i, CASE WHEN i % 5000 = 0 THEN 'claimed' ELSE 'sent' END, 0,
    CAST(CAST(i AS TEXT) AS {{blob}}) FROM n""",
    f"""INSERT INTO alerts (circle_id, sealed, raised_at, next_at)
    {NUMBERS} SELECT 1, CAST('' AS {{blob}}), 0, CASE WHEN i % 5000 = 0 THEN i END FROM n""",
    "ANALYZE",
)
WORDS = {
    "postgresql": {"blob": "bytea", "date": "DATE '2026-01-01'"},
    "sqlite": {"blob": "BLOB", "date": "'2026-01-01'"},
}
Question = Callable[[Transaction], Awaitable[Any]]
QUESTIONS: dict[str, Question] = {
    "ix_schedules_next": lambda tx: tx.schedules.due(NOW, 50),
    "ix_alerts_next": lambda tx: tx.alerts.due(NOW, 50),
    "ix_outbox_waiting": lambda tx: tx.outbox.due(NOW, 50),
    "ix_occurrences_unsettled": lambda tx: tx.occurrences.unsettled(),
    "ix_occurrences_message_lookup": lambda tx: tx.occurrences.by_message("950000000000000001"),
}


@contextmanager
def heard() -> Iterator[list[tuple[str, Any]]]:
    """Every statement, with its parameters, as it goes to the driver."""
    statements: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


async def test_what_runs_every_second_is_answered_from_an_index(database_url: str) -> None:
    storage = await Storage.open(database_url, [KEY])
    await made_circle(storage)
    asked: dict[str, tuple[str, Any]] = {}
    for index, question in QUESTIONS.items():
        async with storage.begin() as tx:
            with heard() as statements:
                await question(tx)
            asked[index] = statements[-1]
    await storage.close()
    name = parsed(database_url).get_backend_name()
    explain = "EXPLAIN" if name == "postgresql" else "EXPLAIN QUERY PLAN"
    async with opened(parsed(database_url)) as connection:
        for statement in FILL:
            await connection.execute(text(statement.format(**WORDS[name])))
        for index, (statement, parameters) in asked.items():
            rows = (await connection.exec_driver_sql(f"{explain} {statement}", parameters)).all()
            plan = "\n".join(str(tuple(row)) for row in rows)
            assert index in plan
            assert "Seq Scan" not in plan.replace("Seq Scan on processes", "")  # of which there are a few
            assert not any(row[-1].startswith("SCAN") and index not in row[-1] for row in rows)


@pytest.mark.parametrize("earliest", ["schedules", "outbox", "alerts", "duty"])
async def test_the_earliest_due_instant_is_read_from_an_index(sqlite_url: str, earliest: str) -> None:
    storage = await Storage.open(sqlite_url, [KEY])
    async with storage.begin() as tx:
        with heard() as statements:
            assert await getattr(tx, earliest).next_at() is None
    await storage.close()
    async with opened(parsed(sqlite_url)) as connection:
        statement, parameters = statements[-1]
        rows = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
    assert "INDEX" in str(rows)
    assert "TEMP B-TREE" not in str(rows)
