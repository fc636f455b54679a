"""When something fails, nothing of what is said opens anything or names anybody."""

import asyncio
import re
import signal
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.settings import load_settings, new_key
from cogs.entrance import answers_given
from storage.backends import parsed, writing_engine
from storage.vault import Operator, Vault, new_house
from tests.app.hostility import BUTTON, PRESS, SUBMIT
from tests.app.test_cli import ended, started
from tests.app.test_logs import written as written
from tests.cogs.house import KEY, House
from tests.cogs.test_forged import planted
from tests.cogs.town import opened

TOKEN = "MTU3NjA3NDU5NDM5MTk0OTMxMw.GhXq_a.Zp3bN7wQx5vKc9RtYf2LmD8sJh4Ue6WaOi1XyB"
PASSWORD = "h4llway-Lamp%2Fkettle"
AWAY = f"postgresql+asyncpg://trellis:{PASSWORD}@127.0.0.1:1/trellis"


async def test_a_start_that_waits_for_its_database_says_so_without_a_secret_and_can_be_stopped(
    tmp_path: Path,
) -> None:
    key = new_key()
    given = {"DISCORD_TOKEN": TOKEN, "TRELLIS_KEY": key, "DATABASE_URL": AWAY, "LOG_LEVEL": "debug"}
    process = await started(tmp_path, "run", **given)
    said = b""
    async with asyncio.timeout(30):
        while b"waits for the database" not in said:
            assert process.stderr is not None
            said += await process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        out, err = await process.communicate()
    assert process.returncode == 0
    for secret in (TOKEN, key, PASSWORD, "h4llway", "trellis:"):
        assert secret not in (said + out + err).decode()


@pytest.mark.parametrize("word", ["migrate", "doctor"])
async def test_a_database_that_is_away_costs_no_secret(tmp_path: Path, word: str) -> None:
    key = new_key()
    environment = {
        "DISCORD_TOKEN": TOKEN,
        "TRELLIS_KEY": key,
        "DISCORD_API_URL": "http://127.0.0.1:1/api/v10",
    }
    status, out, err = await ended(tmp_path, word, DATABASE_URL=AWAY, LOG_LEVEL="debug", **environment)
    assert status == (2 if word == "migrate" else 1)
    assert "does not answer" in err or "Database" in out
    for secret in (TOKEN, key, PASSWORD, "h4llway", "trellis:"):
        assert secret not in out + err


async def test_what_was_given_in_the_wrong_place_is_not_said_back(tmp_path: Path) -> None:
    mistaken = f"mysql://trellis:{PASSWORD} {TOKEN}"
    names = ("DISCORD_TOKEN", "TRELLIS_KEY", "DATABASE_URL", "DISCORD_API_URL", "METRICS_PORT")
    status, out, err = await ended(tmp_path, "doctor", **dict.fromkeys(names, mistaken))
    assert status == 1
    for name in names:
        assert name in out
    for secret in (TOKEN, PASSWORD, "trellis:"):
        assert secret not in out + err


async def test_a_discord_that_fails_leaves_no_id_and_no_press_in_the_log(
    house: House, written: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    _, ada, post = await opened(house)
    acts, faults = house.sandbox.acts, house.sandbox.faults
    command = next(each for each in house.sandbox.world.commands.values() if each["name"] == "help-now")
    typed = [{"name": "region", "type": 3, "value": "Ger", "focused": True}]
    to = (ada.user, house.channel, house.application.id)
    for status in (400, 404):
        faults.fail_next("POST", r"/interactions/.*/callback", status=status, times=8)
        acts.autocomplete(ada.user, house.channel, command["id"], typed)
        for custom_id in ("check-in:answer:1", "nobody:knows:this"):
            acts.forge(*to, PRESS, planted(post, {"component_type": BUTTON, "custom_id": custom_id}), post)
        acts.forge(*to, SUBMIT, {"custom_id": "check-in:form:1", "components": []})
        await asyncio.sleep(0.5)
        await answers_given()
    failed = [each for each in written if '"error"' in each]
    assert sum("could not be told" in each for each in failed) >= 2
    assert any("what is offered for" in each for each in failed)
    said = "\n".join(written)
    for secret in (house.application.token, KEY, *house.sandbox.interactions._by_token):
        assert secret not in said
    assert not re.search(r"[0-9]{15,}", said)
    assert house.guild.id not in "".join(each.getMessage() for each in caplog.records)


async def test_nothing_that_holds_a_secret_shows_it_in_its_repr(tmp_path: Path) -> None:
    key = new_key()
    settings = load_settings(None, {"DISCORD_TOKEN": TOKEN, "TRELLIS_KEY": key, "DATABASE_URL": AWAY})
    operator = Operator([key])
    house = new_house(operator)
    vault = Vault(operator, house)
    engine = writing_engine(parsed(AWAY))
    held = [settings, operator, vault, *house.values(), make_url(AWAY), parsed(AWAY), engine, engine.url]
    shown = " ".join(f"{each!r} {each}" for each in held)
    for secret in (
        TOKEN,
        key,
        PASSWORD,
        "h4llway",
        repr(vault._house),
        vault._house.hex(),
        vault._index.hex(),
    ):
        assert secret not in shown
    await engine.dispose()
