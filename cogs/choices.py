"""What is offered to people: as they type, and from a fixed list; what is not offered is not taken."""

from collections.abc import Callable, Coroutine
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast

import structlog
from discord import AppCommandOptionType
from discord.app_commands import Choice, Command, CommandSignatureMismatch, Parameter

from bot.domain.errors import TrellisError
from cogs.actors import Interaction

log = structlog.get_logger()

Choose = Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]
OFFERED = 25  # choices (Discord)
RESOLVED = (6, 7, 8, 9, 11)  # types of options (Discord): person, channel, role, either, file
KINDS: dict[AppCommandOptionType, type] = {  # what a value is where it is no text and no id
    AppCommandOptionType.integer: int,
    AppCommandOptionType.boolean: bool,
}
E = TypeVar("E", bound=StrEnum)


def offered(choose: Choose) -> Choose:
    """Wraps an autocomplete: discord.py only logs its errors, and the person reads "loading failed"."""

    @wraps(choose)
    async def quiet(interaction: Interaction, current: str) -> list[Choice[str]]:
        try:
            return (await choose(interaction, current))[:OFFERED]
        except TrellisError:
            return []  # no circle here, or not theirs: the command itself will say it
        except Exception:
            log.exception("autocomplete failed")  # nothing can be told while somebody types
            return []

    return quiet


def is_offered(interaction: Interaction) -> bool:
    """Whether we have a command with an option that offers something for what is typed just now."""
    command, options = interaction.command, _options(cast("dict[str, Any]", interaction.data or {}))
    typed = next((each for each in options if each.get("focused")), {})
    if not isinstance(command, Command) or not isinstance(typed.get("value"), str):
        return False
    return any(each.display_name == typed["name"] and each.autocomplete for each in command.parameters)


def is_whole(interaction: Interaction) -> bool:
    """Whether all that a command names has come with it, and its values are what the command says they are.

    discord.py leaves both to Discord, and hands on None, or a year that no calendar has.
    """
    command, data = interaction.command, cast("dict[str, Any]", interaction.data or {})
    come = {str(id_) for kind in data.get("resolved", {}).values() for id_ in kind}
    parameters = command.parameters if isinstance(command, Command) else ()
    by_name = {each.display_name: each for each in parameters}
    for option in _options(data):
        value, known = option.get("value"), by_name.get(option["name"])
        if option.get("type") in RESOLVED and str(value) not in come:
            return False
        if known is not None and not _fits(known, value):
            return False
    return True


def _fits(known: Parameter, value: Any) -> bool:
    if type(value) is not KINDS.get(known.type, str):
        return False
    if not isinstance(value, int):
        return True
    low, high = known.min_value, known.max_value
    return (low is None or value >= low) and (high is None or value <= high)


def _options(data: dict[str, Any]) -> list[dict[str, Any]]:
    """A command's options, or its subcommand's."""
    options: list[dict[str, Any]] = data.get("options") or []
    inner = next((each for each in options if each.get("type") in (1, 2)), None)
    return _options(inner) if inner is not None else options


def picked(interaction: Interaction, kind: type[E], given: str) -> E:
    """The choice that an option's value stands for. CommandSignatureMismatch for one that we do not offer."""
    command = interaction.command
    if given not in set(kind) and isinstance(command, Command):
        raise CommandSignatureMismatch(command)
    return kind(given)
