"""What is logged or printed when something fails holds no word, no name and no id: types and places alone."""

import asyncio
import gc
import logging
import re
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import structlog

from bot import logs
from bot.domain.accounts import Account, Actor, Platform
from bot.domain.circles import Circle, Home, Settings
from bot.domain.errors import TooLong
from bot.domain.ids import CircleId, MemberId, OccurrenceId, OutboxId, PromptId, ShareId
from bot.domain.occurrences import Occurrence, State
from bot.domain.outbox import Letter, Recipient
from bot.domain.schedules import Kind
from bot.domain.shares import Draft, Share
from bot.settings import new_key
from tests.app.test_cli import ended

SECRET = "the violet ledger"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line that the bot's own formatting makes."""
    lines: list[str] = []
    handlers = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    for handler in handlers:
        monkeypatch.setattr(handler, "emit", lambda record, own=handler: lines.append(own.format(record)))
    assert handlers
    return lines


async def test_a_task_that_fails_unseen_is_logged_without_what_it_raised(written: list[str]) -> None:
    async def failing() -> None:
        raise ValueError(SECRET)

    task: asyncio.Task[None] | None = asyncio.create_task(failing(), name="somebody's")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    [line] = [each for each in written if "never retrieved" in each]
    assert "ValueError" in line
    assert "failing" in line
    assert SECRET not in line
    assert "somebody" not in line


@pytest.mark.parametrize("name", ["discord.client", "apscheduler", "aiohttp.server", "ours"])
def test_an_exception_is_logged_by_its_type_and_places(written: list[str], name: str) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ExceptionGroup(SECRET, [ValueError(SECRET)]) from cause
    except ExceptionGroup:
        logging.getLogger(name).exception("it failed")
        structlog.get_logger(name).exception("it failed")
    assert len(written) == 2
    for line in written:
        assert "ExceptionGroup" in line
        assert "test_an_exception_is_logged" in line
        assert SECRET not in line


def values() -> list[Any]:
    """One of each that passes through tracebacks, with secrets in every place."""
    account = Account(Platform.DISCORD, SECRET)
    home = Home(platform=Platform.DISCORD, server=SECRET, channel=SECRET, facilitators=SECRET, role=SECRET)
    circle = Circle(
        id=CircleId(1),
        home=home,
        name=SECRET,
        settings=Settings(zone=ZoneInfo("UTC")),
        made_at=NOW,
        welcome=SECRET,
    )
    return [
        account,
        Actor(account=account, server=SECRET, roles=frozenset({SECRET})),
        circle,
        Occurrence(
            id=OccurrenceId(1), circle=circle.id, schedule=None, kind=Kind.CHECK_IN, date=date(2026, 11, 23),
            due=NOW, prompt=PromptId("ck-001"), state=State.SENT, claimed_at=NOW, message=SECRET,
        ),
        Letter(
            id=OutboxId(1), circle=circle.id, recipient=Recipient.CIRCLE, facts={"text": SECRET},
            written_at=NOW, next_try_at=NOW, message=SECRET,
        ),
        Share(
            id=ShareId(1), circle=circle.id, member=MemberId(1), occurrence=None, offered_at=NOW,
            draft=Draft(text=SECRET, topic=SECRET), reason=SECRET,
        ),
        TooLong(SECRET, 5),
    ]  # fmt: skip


@pytest.mark.parametrize("value", values(), ids=lambda value: type(value).__name__)
def test_values_print_without_words_names_and_ids(value: Any) -> None:
    assert SECRET not in f"{value!r} {value}"


async def test_an_error_that_ends_a_command_is_told_by_its_type_and_places(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "trellis.db").write_text(SECRET * 100)
    status, out, err = await ended(tmp_path, "migrate", TRELLIS_KEY=new_key())
    assert status == 1
    assert out == ""
    assert "Traceback" not in err
    assert "DatabaseError" in err
    assert "storage" in err
    assert SECRET not in err


ID, TOKEN = "1576074594391949313", "MTU3NjA3NDU5NDM5MTk0OTMxMw.GhXq_a.Zp3bN7wQx5vKc9RtYf2LmD8sJh4Ue6WaOi1XyB"
PRESS = "aW50ZXJhY3Rpb246" + "Ab9" * 40
HIDING = {
    "an account": f"Ignoring exception in autocomplete for 'x' (Guild: {ID}, User: {ID})",
    "a press": f"POST https://discord.com/api/v10/webhooks/{ID}/{PRESS}/messages/@original has failed",
    "an answer": f"/interactions/{ID}/{PRESS}/callback",
    "the bot": f"Authorization: Bot {TOKEN}",
    "a database": "cannot reach postgresql+asyncpg://trellis:h4llway-Lamp@db.example/trellis",
    "a key": f"key {new_key()} is refused",
}


@pytest.mark.parametrize("said", HIDING.values(), ids=HIDING)
@pytest.mark.parametrize("name", ["discord.app_commands.tree", "discord.webhook.async_", "aiohttp", "ours"])
def test_no_line_of_a_library_names_anybody_or_opens_anything(
    written: list[str], said: str, name: str
) -> None:
    logging.getLogger(name).error(said)
    logging.getLogger(name).error("%s", said)
    structlog.get_logger(name).error("it failed", about=said)
    assert len(written) == 3
    for line in written:
        assert "[id]" in line or "[hidden]" in line
        for part in (ID, TOKEN, PRESS, "h4llway", *re.findall(r"\S{43}=", said)):
            assert part not in line


def test_places_and_events_of_ours_are_left_as_they_are(written: list[str]) -> None:
    said = "keys wrapped anew under the newest; test_that_has_a_long_name_as_many_of_ours_do 12345678901234"
    logging.getLogger("ours").error(said)
    assert said in written[0]


def test_what_a_thread_raises_is_told_by_type_and_places(
    written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    logs.take_the_rest()

    def failing() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=failing)
    thread.start()
    thread.join()
    [line] = written
    assert "ValueError" in line
    assert "failing" in line
    assert SECRET not in line
