"""Discord is told of the commands once, and again only when they changed; they are those of the surface."""

import re
from typing import Any

from cogs.sync import plain, sync
from tests.cogs.house import House

SURFACE: dict[str, list[str]] = {  # options in order; `?` marks the optional ones
    "circle setup": ["channel", "facilitators", "role", "timezone", "name?", "region?"],
    "circle status": ["circle?"],
    "circle settings": [
        "prompt_time?",
        "discreet?",
        "quiet_from?",
        "quiet_until?",
        "region?",
        "sharing?",
        "week_starts?",
        "holidays?",
        "made_for?",
        "digest?",
        "alerts?",
        "hours?",
        "response_time?",
        "language?",
    ],
    "circle audit": [],
    "circle meeting": ["day?", "time?", "minutes?", "every?", "first?", "channel?", "where?"],
    "circle pause": ["until?", "circle?"],
    "circle resume": ["circle?"],
    "circle close": ["circle?"],
    "schedule add": ["kind", "time", "days"],
    "schedule list": [],
    "schedule remove": ["schedule"],
    "schedule skip": ["schedule", "date?"],
    "schedule preview": ["schedule", "date?"],
    "schedule edit": ["schedule", "time?", "days?"],
    "schedule pause": ["schedule", "until?"],
    "schedule resume": ["schedule"],
    "schedule fortnight": [],
    "schedule post-now": ["kind"],
    "theme plan": ["start", "curriculum?"],
    "theme calendar": [],
    "theme preview": ["week?"],
    "theme swap": ["week", "other"],
    "theme skip": ["week", "how?"],
    "theme repeat": ["week"],
    "theme edit": ["week", "theme?", "challenge?", "day?"],
    "theme hard-day": ["date", "question"],
    "theme library": ["theme?"],
    "theme clear": [],
    "theme export": [],
    "theme import": ["file"],
    "themes": [],
    "join": [],
    "leave": [],
    "checkin": [],
    "remind": ["time?", "zone?", "strength?"],
    "history": ["weeks?"],
    "review": [],
    "duty": ["state?", "until?"],
    "alerts": [],
    "shares": [],
    "privacy": [],
    "about": [],
    "help-now": ["region?"],
    "ground": ["exercise?", "minutes?"],
    "lines list": [],
    "lines add": [],
    "lines check": ["line"],
    "lines remove": ["line"],
}


def flat(commands: list[Any]) -> dict[str, list[Any]]:
    """Each command and subcommand by its full name, with its options."""
    found = {}
    for command in commands:
        subcommands = [option for option in command.get("options", ()) if option["type"] == 1]
        for each in subcommands:
            found[f"{command['name']} {each['name']}"] = each.get("options", [])
        if not subcommands and command.get("type", 1) == 1:
            found[command["name"]] = command.get("options", [])
    return found


async def test_the_commands_are_those_of_the_surface(house: House) -> None:
    tree = house.trellis.client.tree
    found = flat([command.to_dict(tree) for command in tree.get_commands()])
    for name, options in SURFACE.items():
        said = [option["name"] + ("" if option.get("required") else "?") for option in found[name]]
        assert said == options, name


async def test_every_name_and_description_fits_discord(house: House) -> None:
    tree = house.trellis.client.tree
    for command in tree.get_commands():
        said = command.to_dict(tree)
        for each in (said, *said.get("options", ())):
            for one in (each, *each.get("options", ())):
                if said["type"] == 1:
                    assert re.fullmatch(r"[a-z0-9_-]{1,32}", one["name"])
                    assert 1 <= len(one["description"]) <= 100
                    assert not re.search(r"\b(should|at least)\b", one["description"])


async def test_facilitators_commands_need_manage_server_until_the_server_says_otherwise(house: House) -> None:
    tree = house.trellis.client.tree
    said = {command.name: command.to_dict(tree) for command in tree.get_commands()}
    for name in ("circle", "schedule", "theme", "lines"):
        assert int(said[name]["default_member_permissions"]) == 0x20


def puts(house: House) -> int:
    """How often the commands were put."""
    return house.sandbox.traffic.count(method="PUT", path="/commands")


async def test_commands_are_put_once_and_not_again_after_a_restart(house: House) -> None:
    assert puts(house) == 1
    await house.restart()
    assert puts(house) == 1


async def test_a_changed_command_is_put_again(house: House) -> None:
    client = house.trellis.client
    assert not await sync(client)
    client.tree.remove_command("about")
    assert await sync(client)
    assert not await sync(client)


def test_what_discord_adds_by_itself_is_no_change() -> None:
    ours = [
        {
            "name": "about",
            "type": 1,
            "description": "What",
            "nsfw": False,
            "options": [{"type": 3, "name": "kind", "description": "k", "required": True}],
        }
    ]
    listed = [
        {
            **ours[0],
            "id": "1",
            "application_id": "2",
            "version": "3",
            "name_localizations": None,
            "default_member_permissions": None,
            "dm_permission": True,
            "contexts": None,
            "integration_types": [0],
            "options": [{"type": 3, "name": "kind", "description": "k", "required": True, "choices": []}],
        }
    ]
    assert plain(ours) == plain(listed)
    assert plain(ours) != plain([{**listed[0], "description": "Which"}])
    assert plain(ours) != plain([{**listed[0], "integration_types": [0, 1]}])
    everywhere = [{**ours[0], "integration_types": [1, 0], "contexts": [2, 1, 0]}]
    assert plain(everywhere) == plain([{**listed[0], "integration_types": [0, 1], "contexts": [0, 1, 2]}])
