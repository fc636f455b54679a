"""Every error of the domain has its sentence, in our tone; what was typed comes back whole."""

import asyncio
import inspect
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.domain import errors, plan_errors
from bot.domain.errors import TrellisError
from bot.domain.plan_files import Fault
from cogs.errors import ErrorRoute, Told
from cogs.sentences import UNKNOWN_COMPONENT, quoted, sentence
from tests.cogs.house import House

SAMPLES: dict[str, Any] = {
    "names": ["North", "South"],
    "circle": 3,
    "scope": "check-ins",
    "latest": None,
    "next_dates": ["2026-11-24", "2026-11-25"],
    "given": "25:61",
    "nearest": ["Europe/Berlin", "Europe/Dublin"],
    "limit": 1500,
    "text": "x" * 1501,
    "review": "approved",
    "until": datetime(2026, 12, 1, tzinfo=UTC),
    "again": datetime(2026, 12, 1, tzinfo=UTC),
    "closes_at": datetime(2026, 12, 8, tzinfo=UTC),
    "missing": [("11", "Send Messages"), ("11", "Embed Links"), ("12", "View Channel")],
    "file": "themes.yaml",
    "id_": "th-01",
    "reason": "holiday",
    "start": date(2026, 12, 7),
    "other": date(2026, 12, 14),
    "today": date(2026, 12, 9),
    "region": "AQ",
    "least": 15,
    "most": 480,
    "faults": (Fault(3, "weeks > 1", "is no date"),),
    "name": "TRELLIS_KEY",
    "first": date(2026, 12, 2),
    "rung": 1,
    "sort": "act",
    "field": "phone",
    "tier": "self_harm",
    "holder": None,
    "why": "no-permission",
}


def types() -> Iterator[type[TrellisError]]:
    """The whole tree."""
    seen = [TrellisError]
    while seen:
        kind = seen.pop()
        yield kind
        seen += [each for each in kind.__subclasses__() if each.__module__.startswith("bot.")]


def made(kind: type[TrellisError]) -> TrellisError:
    """An error of this type with sample facts."""
    if kind.__init__ is Exception.__init__:
        return kind()
    if kind is plan_errors.QuietTime:
        return plan_errors.QuietTime(time(6, 30), time(22), time(7))
    names = [
        name for name in inspect.signature(kind.__init__).parameters if name not in ("self", "args", "kwargs")
    ]
    return kind(*(SAMPLES[name] for name in names if name in SAMPLES))


@pytest.mark.parametrize("kind", list(types()), ids=lambda kind: kind.__name__)
def test_each_error_has_a_clear_sentence_of_its_own(kind: type[TrellisError]) -> None:
    said = ErrorRoute().told(made(kind))
    assert said is not None
    assert 10 < len(said.text) < 1900
    assert not re.search(
        r"\b(should|at least|must|failed|error|invalid|wrong input)\b", said.text, re.IGNORECASE
    )
    others = {sentence(made(each)) for each in types() if each is not kind}
    assert said.text not in others


def test_missing_permissions_are_listed_exactly_by_channel_and_client_name() -> None:
    said = sentence(errors.MissingPermissions(SAMPLES["missing"]))
    assert said is not None
    assert "<#11>: **Send Messages**, **Embed Links**" in said
    assert "<#12>: **View Channel**" in said


def test_an_unknown_zone_names_the_nearest_ones() -> None:
    said = sentence(errors.UnknownZone("Europe/Berlni", ["Europe/Berlin"]))
    assert said is not None
    assert "“Europe/Berlni”" in said
    assert "`Europe/Berlin`" in said


def test_a_text_that_is_too_long_comes_back_whole() -> None:
    text = "word " * 400
    told = ErrorRoute().told(errors.TooLong(text, 1500))
    assert told is not None
    assert told.embed is not None
    assert told.embed.description == text
    assert "2,000" in told.text
    assert "1,500" in told.text


def test_a_text_too_long_for_an_embed_comes_back_as_a_file() -> None:
    text = "long " * 1200
    told = ErrorRoute().told(errors.TooLong(text, 1500))
    assert told is not None
    assert told.file is not None
    assert told.file.fp.read().decode() == text


def test_a_feature_may_tell_an_error_in_its_own_way() -> None:
    route = ErrorRoute()
    route.on(errors.NotAMember, lambda error: Told(f"join {error.circle}"))
    told = route.told(errors.NotAMember(4))
    assert told is not None
    assert told.text == "join 4"


def test_what_is_typed_is_said_back_without_effect() -> None:
    said = quoted("@everyone **loud** " + "x" * 300)
    assert "@everyone" not in said
    assert "**loud**" not in said
    assert len(said) < 130


def test_discord_s_own_refusals_have_sentences_too() -> None:
    assert sentence(app_commands.NoPrivateMessage()) is not None
    assert sentence(app_commands.MissingPermissions(["manage_guild"])) is not None
    assert sentence(RuntimeError("?")) is None
    assert sentence(discord.ClientException()) is None
    assert "no longer know" in UNKNOWN_COMPONENT()


async def test_an_unexpected_error_gets_a_reference_that_stands_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.circle()
    with sqlite3.connect(house.folder / "trellis.db") as database:
        database.execute("ALTER TABLE circles RENAME TO lost")
    database.close()
    outcome = await house.facilitator.command("circle status", house.channel)
    reference = re.search(r"`([0-9a-f]{6})`", outcome.message.content)
    assert reference is not None
    assert outcome.message.ephemeral
    async with asyncio.timeout(2):
        while reference[1] not in caplog.text:  # noqa: ASYNC110 - it is logged just after it was told
            await asyncio.sleep(0.01)
    assert "no such table" not in caplog.text  # an error's own text may quote what a person wrote


async def test_an_answer_that_was_applied_and_is_repeated_counts_as_given(house: House) -> None:
    await house.circle()
    house.sandbox.faults.fail_next("POST", r"/interactions/.*/callback", status=502, after_applied=True)
    outcome = await house.facilitator.command("circle pause", house.channel)
    await outcome.settled(5)
    assert "The circle rests" in outcome.message.content


async def test_an_answer_whose_connection_broke_is_not_given_twice(house: House) -> None:
    await house.circle()
    house.sandbox.faults.drop_next("POST", r"/interactions/.*/callback", after_applied=True)
    outcome = await house.facilitator.command("circle settings", house.channel)
    assert "Something went wrong" not in outcome.message.content
    assert outcome.followups == []
