"""Finds a message of ours again by what it says, where Discord no longer knows its nonce."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

import discord

Look = dict[str, Any]  # what discord.py's `send` takes
Known = Callable[[discord.Message], bool]
LOOKED_THROUGH = 500  # messages


async def found(
    channel: discord.abc.Messageable, is_it: Known, *, by: int, since: datetime, others: Collection[str]
) -> str | None:
    """The id of the oldest message by `by` that is it, none of `others`; None where there is none."""
    async for message in channel.history(limit=LOOKED_THROUGH, after=since):
        if message.author.id == by and str(message.id) not in others and is_it(message):
            return str(message.id)
    return None


def says(look: Look) -> Known:
    """Knows a message by its words and its buttons."""
    wanted, ids = _said(look), _ids(look)
    return lambda message: _ids_of(message) == ids and _said_of(message) == wanted


def has_buttons_of(look: Look) -> Known:
    """Knows one by its buttons, as it says how things stood when it left; by its words where it has none."""
    ids = _ids(look)
    return (lambda message: _ids_of(message) == ids) if ids else says(look)


def _said(look: Look) -> list[str]:
    embeds = [each for each in (look.get("embed"), *(look.get("embeds") or ())) if each is not None]
    return _texts(look.get("content"), embeds, _components(look))


def _said_of(message: discord.Message) -> list[str]:
    return _texts(message.content, message.embeds, [each.to_dict() for each in message.components])


def _texts(content: str | None, embeds: Collection[discord.Embed], components: Any) -> list[str]:
    """All that is read: the text, the cards' words, and the texts among the components."""
    cards = [
        part
        for each in embeds
        for part in (each.title, each.description, *(f"{field.name} {field.value}" for field in each.fields))
    ]
    among = [each.get("content") for each in walked(components)]
    return [part.strip() for part in (content, *cards, *among) if part and part.strip()]


def _ids(look: Look) -> set[str]:
    return _custom_ids(_components(look))


def _ids_of(message: discord.Message) -> set[str]:
    return _custom_ids([each.to_dict() for each in message.components])


def _custom_ids(components: Any) -> set[str]:
    return {str(each["custom_id"]) for each in walked(components) if each.get("custom_id")}


def _components(look: Look) -> Any:
    return look["view"].to_components() if look.get("view") is not None else []


def walked(components: Any) -> Iterator[dict[str, Any]]:
    """Each component, what lies within it after it."""
    for each in components:
        yield each
        yield from walked(each.get("components") or ())
        if each.get("accessory"):
            yield from walked([each["accessory"]])
