"""Changes a card that nobody pressed: by the token of the last press, which counts against no global limit.

Discord bounds a bot to 50 requests a second in all, but not what it does by an interaction's token (docs,
Interactions: Receiving and Responding). So however many go through exercises at once, none waits for another.
In direct messages the bot's own way remains, for when that token's quarter of an hour is over.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import discord
from discord.http import handle_message_parameters
from discord.webhook.async_ import async_context

from bot.domain.errors import MessagesClosed, Unreachable
from bot.domain.live_runs import Place, by_token
from bot.domain.prompts import Content
from bot.services.messenger import RunShown
from cogs.grounding._cards import card_of

if TYPE_CHECKING:
    from cogs.client import TrellisClient

TOKEN_OVER = frozenset({10015, 50027})  # Discord: unknown webhook, invalid webhook token
ANSWERED_IN = timedelta(seconds=3)  # Discord: until a press is answered its token changes nothing


async def show(client: "TrellisClient", content: Content, it: RunShown) -> None:
    """The card as the run stands. Raises MessagesClosed where only another press lets us change it.

    A press that is being answered right now has its token refused yet: that raises Unreachable.
    """
    if it.place is None or client.application_id is None:
        raise Unreachable
    card = card_of(it, content)
    given: dict[str, Any] = {"content": None, **card.given()}
    if card.breath is None:
        given["attachments"] = []  # one that is there stays where it is not named
    if by_token(it.place, client.clock.now()):
        try:
            await _by_token(client, it.place, given)
        except discord.HTTPException as error:
            if error.code not in TOKEN_OVER:
                raise
        else:
            return
    await _as_bot(client, it.place, given)


async def _by_token(client: "TrellisClient", place: Place, given: dict[str, Any]) -> None:
    adapter, http = async_context.get(), cast("Any", client.http)
    with handle_message_parameters(previous_allowed_mentions=client.allowed_mentions, **given) as params:
        await adapter.edit_original_interaction_response(
            client.application_id or 0,
            place.token,
            session=http._HTTPClient__session,
            proxy=http.proxy,
            proxy_auth=http.proxy_auth,
            payload=params.payload,
            multipart=params.multipart,
            files=params.files,
        )


async def _as_bot(client: "TrellisClient", place: Place, given: dict[str, Any]) -> None:
    if place.channel is None or place.message is None:
        raise Unreachable if client.clock.now() - place.got_at <= ANSWERED_IN else MessagesClosed
    channel = client.get_partial_messageable(int(place.channel))
    await channel.get_partial_message(int(place.message)).edit(**given)
