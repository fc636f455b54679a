"""What is offered to people: as they type, and from a fixed list; what is not offered is not taken."""

from collections.abc import Callable, Coroutine
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

import structlog
from discord.app_commands import Choice, Command, CommandSignatureMismatch

from bot.domain.errors import TrellisError
from cogs.actors import Interaction

log = structlog.get_logger()

Choose = Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]
OFFERED = 25  # choices (Discord)
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


def picked(interaction: Interaction, kind: type[E], given: str) -> E:
    """The choice that an option's value stands for. CommandSignatureMismatch for one that we do not offer."""
    command = interaction.command
    if given not in set(kind) and isinstance(command, Command):
        raise CommandSignatureMismatch(command)
    return kind(given)
