"""Finds a message of ours again by what it says, where Discord no longer knows its nonce."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

import discord

Look = dict[str, Any]  # what discord.py's `send` takes
LOOKED_THROUGH = 500  # messages


async def found(
    channel: discord.abc.Messageable,
    look: Look,
    *,
    by: int,
    since: datetime,
    others: Collection[str],
    by_buttons: bool = False,
) -> str | None:
    """The id of the message by `by` that looks so, none of `others`; None where there is none.

    `by_buttons`: it says how things stood when it left, so that one button of the same tells which it is.
    """
    wanted, ids = _said(look), _ids(look)
    async for message in channel.history(limit=LOOKED_THROUGH, after=since):
        if message.author.id != by or str(message.id) in others:
            continue
        there = _ids_of(message)
        if (by_buttons and ids & there) or (ids == there and _said_of(message) == wanted):
            return str(message.id)
    return None


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
    among = [each.get("content") for each in _walked(components)]
    return [part.strip() for part in (content, *cards, *among) if part and part.strip()]


def _ids(look: Look) -> set[str]:
    return _custom_ids(_components(look))


def _ids_of(message: discord.Message) -> set[str]:
    return _custom_ids([each.to_dict() for each in message.components])


def _custom_ids(components: Any) -> set[str]:
    return {str(each["custom_id"]) for each in _walked(components) if each.get("custom_id")}


def _components(look: Look) -> Any:
    return look["view"].to_components() if look.get("view") is not None else []


def _walked(components: Any) -> Iterator[dict[str, Any]]:
    for each in components:
        yield each
        yield from _walked(each.get("components") or ())
        if each.get("accessory"):
            yield from _walked([each["accessory"]])
