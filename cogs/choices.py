"""What is offered as people type; where that fails, nothing is offered and typing goes on."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import structlog
from discord.app_commands import Choice

from bot.domain.errors import TrellisError
from cogs.actors import Interaction

log = structlog.get_logger()

Choose = Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]
OFFERED = 25  # choices (Discord)


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
