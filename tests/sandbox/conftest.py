"""A fresh town for each test."""

import warnings
from collections.abc import AsyncIterator

import pytest

with warnings.catch_warnings():  # discord.py imports audioop, which Python 3.13 drops
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord  # noqa: F401

from tests.sandbox.town import Town, a_town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """With a channel's five messages in five seconds widened."""
    async with a_town() as town:
        yield town
