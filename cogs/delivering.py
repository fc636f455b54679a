"""Names what can go wrong with Discord: each failure as one of ours, and none that is not."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.domain.errors import (
    ChannelGone,
    DeliveryError,
    MessagesClosed,
    NotPermitted,
    Rejected,
    Unreachable,
)

_BY_CODE: dict[int, type[DeliveryError]] = {  # Discord's JSON error codes
    10003: ChannelGone,  # unknown channel
    10004: ChannelGone,  # unknown guild
    50001: ChannelGone,  # missing access
    50007: MessagesClosed,  # cannot send messages to this user
    50013: NotPermitted,  # missing permissions
    50278: MessagesClosed,  # cannot send messages to this user: no server in common
}


@contextmanager
def delivering() -> Iterator[None]:
    """Turns whatever Discord, discord.py or the network raises into a DeliveryError.

    discord.py repeats after 500, 502 and 504 only; a 503 and a connection that is refused or dropped come
    straight through (the last two as aiohttp's errors): whether it was applied is unknown then.
    """
    try:
        yield
    except DeliveryError:
        raise
    except discord.HTTPException as error:
        raise _named(error) from error
    except (TimeoutError, aiohttp.ClientError, discord.RateLimited, OSError) as error:
        raise Unreachable from error
    except RuntimeError as error:  # aiohttp's "Session is closed", while the client stops
        raise Unreachable from error
    except discord.DiscordException as error:
        raise Rejected from error


def _named(error: discord.HTTPException) -> DeliveryError:
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]()
    if error.status == 404:
        return ChannelGone()
    if error.status == 403:
        return NotPermitted()
    if error.status in (401, 429) or error.status >= 500:
        return Unreachable()
    return Rejected()
