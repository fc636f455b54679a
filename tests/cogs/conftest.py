"""A house to test in: a sandbox, a world in it, a running Trellis over real sockets on a real SQLite file."""

import warnings

with warnings.catch_warnings():  # discord.py imports audioop, which Python 3.13 drops
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord  # noqa: F401
