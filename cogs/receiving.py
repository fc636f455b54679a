"""What Discord sends is read with care: one event that cannot be read is passed over, and ends nothing.

discord.py lets what a parser raises out of the connection's loop, and the whole bot ends by it. A new kind of
channel, or a field that is missing in one person's press, would so be everybody's outage.
"""

import logging
from collections.abc import Callable
from typing import Any

import discord
import structlog

log = structlog.get_logger(__name__)

Parser = Callable[[Any], None]
NEEDED = frozenset({"READY", "RESUMED"})  # without these there is no connection, and silence would hide it


def read_with_care(client: discord.Client) -> None:
    """From here on an event that cannot be read is logged by its name, and the next one is read."""
    logging.getLogger("discord.app_commands.tree").addFilter(_without_who)
    parsers: dict[str, Parser] = client._connection.parsers
    for name in parsers.keys() - NEEDED:
        parsers[name] = _careful(name, parsers[name])


def _careful(name: str, parse: Parser) -> Parser:
    def parsed(data: Any) -> None:
        try:
            parse(data)
        except Exception:
            log.exception("an event could not be read", what=name)

    return parsed


def _without_who(record: logging.LogRecord) -> bool:
    """What an autocomplete raised is logged by the library with the account that was typing."""
    known = isinstance(record.msg, str) and record.msg.startswith("Ignoring exception in autocomplete")
    if known and isinstance(record.args, tuple) and record.args:
        record.msg, record.args = "an event could not be read: what is offered for %r", record.args[:1]
    return True
