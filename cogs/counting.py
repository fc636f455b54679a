"""Counts what passes between Discord and us: requests by outcome, interactions by when they are answered."""

import re
from types import SimpleNamespace

import aiohttp
import discord

from bot.metrics import Kind, Metrics

_CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback$")
SWITCHING = 101  # HTTP: what follows is a web socket
KINDS = {
    discord.InteractionType.application_command: Kind.COMMAND,
    discord.InteractionType.component: Kind.COMPONENT,
    discord.InteractionType.modal_submit: Kind.FORM,
    discord.InteractionType.autocomplete: Kind.CHOICES,
}


def asked(metrics: Metrics, interaction: discord.Interaction[discord.Client]) -> None:
    """An interaction has come."""
    kind = KINDS.get(interaction.type)
    if kind is not None:
        metrics.asked(kind, interaction.id)


def watch(trace: aiohttp.TraceConfig, metrics: Metrics) -> None:
    """Counts each request that passes this trace, discord.py's own retries too."""

    async def ended(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
    ) -> None:
        status = end.response.status
        if status == SWITCHING:
            return  # the gateway's own connection
        metrics.discord(status)
        if callback := _CALLBACK.search(end.url.path):
            metrics.answered(int(callback[1]), accepted=status < 400)

    async def failed(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, _end: aiohttp.TraceRequestExceptionParams
    ) -> None:
        metrics.discord(None)

    trace.on_request_end.append(ended)
    trace.on_request_exception.append(failed)
