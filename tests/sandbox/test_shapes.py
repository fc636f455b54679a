"""Held against Discord's own OpenAPI description (an extract of which stands beside this file)."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sandbox.command_rules import PLACES
from sandbox.locales import FALLBACKS, NAMES, PEOPLES, SERVERS
from tests.sandbox.town import Town

API: dict[str, list[str]] = json.loads((Path(__file__).parent / "discord_api.json").read_text())
COMMAND = {"name": "about", "description": "x"}
RULE = {
    "name": "Quiet",
    "event_type": 1,
    "trigger_type": 1,
    "trigger_metadata": {"keyword_filter": ["storm"]},
    "actions": [{"type": 1}],
}
EVENT = {
    "name": "Evening circle",
    "privacy_level": 2,
    "entity_type": 3,
    "scheduled_start_time": "2030-01-01T18:00:00+00:00",
    "scheduled_end_time": "2030-01-01T19:00:00+00:00",
    "entity_metadata": {"location": "The usual room"},
}


async def test_every_route_of_the_sandbox_is_one_of_discords(town: Town) -> None:
    ours = {f"{method} {re.sub(r'{[^}]*}', '{}', path)}" for method, path in town.sandbox.routes()}
    assert len(ours) > 30
    assert ours - set(API) == set()


ASKED: list[tuple[str, str, Any]] = [
    ("GET", "/gateway", None),
    ("GET", "/gateway/bot", None),
    ("GET", "/users/@me", None),
    ("GET", "/users/@me/guilds", None),
    ("GET", "/users/{application}", None),
    ("GET", "/applications/@me", None),
    ("GET", "/oauth2/applications/@me", None),
    ("GET", "/guilds/{guild}", None),
    ("GET", "/guilds/{guild}/channels", None),
    ("GET", "/guilds/{guild}/roles", None),
    ("GET", "/guilds/{guild}/members/{application}", None),
    ("PATCH", "/guilds/{guild}/members/{application}", {}),
    ("GET", "/channels/{channel}", None),
    ("POST", "/users/@me/channels", {"recipient_id": "{owner}"}),
    ("POST", "/channels/{channel}/messages", {"content": "x"}),
    ("POST", "/channels/{channel}/threads", {"name": "x"}),
    ("GET", "/channels/{thread}", None),
    ("GET", "/channels/{thread}/thread-members/{application}", None),
    ("GET", "/guilds/{guild}/threads/active", None),
    ("POST", "/applications/{application}/commands", COMMAND),
    ("PUT", "/applications/{application}/guilds/{guild}/commands", [COMMAND]),
    ("POST", "/guilds/{guild}/auto-moderation/rules", RULE),
    ("POST", "/guilds/{guild}/scheduled-events", EVENT),
]


@pytest.mark.parametrize(("method", "path", "body"), ASKED, ids=[f"{m} {p}" for m, p, _ in ASKED])
async def test_an_answer_holds_every_field_that_discord_promises(
    town: Town, method: str, path: str, body: Any
) -> None:
    ids = {
        "application": town.application.id,
        "guild": town.guild.id,
        "channel": town.channel.id,
        "thread": (await town.thread()).id,
        "owner": town.owner.id,
    }
    given = json.loads(re.sub(r'"{(\w+)}"', lambda found: f'"{ids[found[1]]}"', json.dumps(body)))
    reply = await town.ask(method, path.format(**ids), given)
    assert reply.status in (200, 201)
    promised = API[f"{method} {re.sub(r'{[^}]*}', '{}', path)}"]
    assert promised
    first = reply.body[0] if isinstance(reply.body, list) else reply.body
    assert set(promised) - set(first) == set()


def test_a_command_is_installed_and_used_where_discord_knows_it() -> None:
    known = {"integration_types": "ApplicationIntegrationType", "contexts": "InteractionContextType"}
    assert {field: set(map(int, API[name])) for field, name in known.items()} == PLACES


def test_the_languages_are_discords() -> None:
    assert set(NAMES) == set(API["AvailableLocalesEnum"])
    assert {PEOPLES, SERVERS, *FALLBACKS, *FALLBACKS.values()} <= set(NAMES)


async def test_ids_rise_and_hold_the_time_they_were_made(town: Town) -> None:
    ids = [int((await town.say({"content": "x"})).body["id"]) for _ in range(3)]
    assert ids == sorted(set(ids))
    sent = await town.say({"content": "x"})
    made = (int(sent.body["id"]) >> 22) + 1_420_070_400_000
    assert abs(made / 1000 - _seconds(sent.body["timestamp"])) < 0.1


def _seconds(timestamp: str) -> float:
    return datetime.fromisoformat(timestamp).timestamp()
