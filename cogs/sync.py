"""Tells Discord of the commands, only where they differ from what it lists."""

from typing import TYPE_CHECKING, Any

import structlog
from discord.http import Route

from cogs.translating import localized

if TYPE_CHECKING:
    from cogs.client import TrellisClient

log = structlog.get_logger()

# What a command or an option may say, with what Discord takes where it is left out. All else that Discord
# lists (ids, versions, and whatever it adds one day) is its own.
_COMMAND: dict[str, Any] = {
    "name": None,
    "description": "",
    "type": 1,
    "default_member_permissions": None,
    "nsfw": False,
    "name_localizations": None,
    "description_localizations": None,
}
_OPTION: dict[str, Any] = {
    "type": None,
    "name": None,
    "description": "",
    "required": False,
    "autocomplete": False,
    "choices": [],
    "channel_types": [],
    "min_value": None,
    "max_value": None,
    "min_length": None,
    "max_length": None,
    "name_localizations": None,
    "description_localizations": None,
}


async def sync(client: "TrellisClient") -> bool:
    """Puts the tree's commands where they changed; whether they had to be put."""
    application = client.application_id
    if application is None:
        raise RuntimeError("the commands are synced after login")
    wanted = said(client)
    listed = await client.http.request(_listed(application), params={"with_localizations": "true"})
    changed = plain(wanted) != plain(listed)
    if changed:
        await client.http.bulk_upsert_global_commands(application, payload=wanted)
    log.info("commands synced", changed=changed, commands=len(wanted))
    return changed


def said(client: "TrellisClient") -> list[Any]:
    """The tree's commands as Discord is told of them, in every language."""
    return [localized(command.to_dict(client.tree)) for command in client.tree.get_commands()]


def _listed(application: int) -> Route:
    """As discord.py's, which has no way to ask for the other languages too."""
    return Route("GET", "/applications/{application_id}/commands", application_id=application)


def plain(commands: Any) -> dict[tuple[int, str], dict[str, Any]]:
    """Commands as both sides say them, by type and name, with what is left out filled in."""
    found = {}
    for command in commands:
        said = {name: command.get(name) or default for name, default in _COMMAND.items()}
        said["contexts"] = _contexts(command)
        said["integration_types"] = sorted(command.get("integration_types") or [0])
        said["options"] = [_option(option) for option in command.get("options") or ()]
        if said["default_member_permissions"] is not None:
            said["default_member_permissions"] = str(said["default_member_permissions"])
        found[(said["type"], said["name"])] = said
    return found


def _contexts(command: Any) -> list[int]:
    """Where it may be used: 0 server, 1 bot DM, 2 others (Discord); `dm_permission` is its older form."""
    if command.get("contexts") is not None:
        return sorted(command["contexts"])
    return [0] if command.get("dm_permission") is False else [0, 1, 2]


def _choice(choice: Any) -> tuple[str, Any, Any]:
    return choice["name"], choice["value"], choice.get("name_localizations") or None


def _option(option: Any) -> dict[str, Any]:
    said = {name: option.get(name) or default for name, default in _OPTION.items()}
    said["choices"] = [_choice(choice) for choice in option.get("choices") or ()]
    said["channel_types"] = sorted(option.get("channel_types") or ())
    said["options"] = [_option(inner) for inner in option.get("options") or ()]
    return said
