"""A pair's private thread on Discord: opened once, its card changed, and put away."""

from typing import TYPE_CHECKING, Literal

import discord

from bot.domain.errors import Unreachable
from bot.domain.languages import Language
from bot.services.messenger import PairShown
from cogs.pairs._look import card
from cogs.speech import say, speaking

if TYPE_CHECKING:
    from cogs.client import TrellisClient

PRIVATE: Literal[12] = 12  # channel type (Discord)
ARCHIVED = 50083  # error code (Discord)
PUT_AWAY_AFTER: Literal[10080] = 10080  # minutes without a message; the practice itself ends sooner


async def open_(client: "TrellisClient", it: PairShown) -> tuple[str, str]:
    """Its id and the card's. A thread has no nonce: one that a lost answer left is found by its name."""
    thread = await _standing(client, it) or await _made(client, it)
    for account in it.accounts.values():
        await client.http.add_user_to_thread(thread, int(account.id))
    place = _place(client, it, thread)
    async for message in place.history(limit=50):
        if client.user is not None and message.author.id == client.user.id:
            return str(thread), str(message.id)
    sent = await place.send(**card(it), silent=it.circle.settings.discreet, nonce=f"pair-{it.pair.id}")
    return str(thread), str(sent.id)


async def show(client: "TrellisClient", it: PairShown) -> None:
    """Changes the card."""
    if it.pair.thread and it.pair.message:
        place = _place(client, it, int(it.pair.thread))
        await place.get_partial_message(int(it.pair.message)).edit(**card(it))


async def close(client: "TrellisClient", it: PairShown) -> None:
    """A last word on the card; then it is put away, and can still be read by the two. Done before is fine."""
    try:
        await show(client, it)
        if it.pair.thread:
            await client.http.edit_channel(int(it.pair.thread), archived=True)
    except discord.HTTPException as error:
        if error.code != ARCHIVED:
            raise


async def _standing(client: "TrellisClient", it: PairShown) -> int | None:
    if client.user is None:
        raise Unreachable
    active = await client.http.get_active_threads(int(it.circle.home.server))
    for thread in active["threads"]:
        mine = int(thread["owner_id"]) == client.user.id
        here = str(thread["parent_id"]) == it.circle.home.channel
        if mine and here and thread["name"] in _names(it):
            return int(thread["id"])
    return None


async def _made(client: "TrellisClient", it: PairShown) -> int:
    made = await client.http.start_thread_without_message(
        int(it.circle.home.channel),
        name=_name(it),
        auto_archive_duration=PUT_AWAY_AFTER,
        type=PRIVATE,
        invitable=False,
    )
    return int(made["id"])


def _name(it: PairShown) -> str:
    """Says nothing to who sees it on a phone."""
    return say("Say it back {number}", number=it.pair.id)


def _names(it: PairShown) -> set[str]:
    """In every language: the circle may have changed its own since."""
    names = set()
    for language in Language:
        with speaking(language):
            names.add(_name(it))
    return names


def _place(client: "TrellisClient", it: PairShown, thread: int) -> discord.PartialMessageable:
    return client.get_partial_messageable(thread, guild_id=int(it.circle.home.server))
