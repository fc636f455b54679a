"""What no feature holds by itself and docs/security.md promises all the same."""

import re
from pathlib import Path

import discord
from typer.main import get_command

from bot.cli import app
from bot.settings import new_key
from cogs.client import TrellisClient
from tests.app.test_cli import ended

ROOT = Path(__file__).parents[2]


async def test_the_bot_asks_for_no_intent_that_would_let_it_read_members_or_messages() -> None:
    asked = TrellisClient().intents
    wanted = discord.Intents(guilds=True, dm_messages=True, auto_moderation_execution=True)
    assert asked.value == wanted.value
    assert not asked.value & (discord.Intents.all().value ^ wanted.value)


def test_no_secret_is_an_argument_that_others_could_see() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    named = {each.name for command in commands.values() for each in command.params}
    assert {"file", "port"} <= named
    assert not [name for name in named if re.search("token|key|secret|password|url", str(name))]


async def test_a_wrong_key_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    assert (await ended(tmp_path, "migrate", TRELLIS_KEY=new_key()))[0] == 0
    database = tmp_path / "data" / "trellis.db"
    before = database.read_bytes()
    status, _, err = await ended(tmp_path, "run", TRELLIS_KEY=new_key(), DISCORD_TOKEN="x.y.z")
    assert status == 2
    assert "does not open this database" in err
    assert database.read_bytes() == before


def test_every_pinned_dependency_has_its_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pins = re.findall(
            r"^([\w.\[\]-]+)==\S+(?: ;.*)? \\\n((?:    --hash=\S+(?: \\)?\n)+)", text, re.MULTILINE
        )
        lines = re.findall(r"^[A-Za-z0-9].*$", text, re.MULTILINE)
        assert len(pins) == len(lines) > 30
        assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", hashes) for _, hashes in pins)
    assert "--require-hashes" in (ROOT / "Makefile").read_text()
