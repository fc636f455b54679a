"""The bare bot with the libraries that Trellis stands on imported, and not one used: the floor's floor.

What this takes more than the bare bot is taken before a line of ours has run.
"""

# ruff: noqa: F401 - they are imported to be there

import aiosqlite
import prometheus_client
import pydantic_settings
import rich.console
import sqlalchemy.dialects.sqlite.aiosqlite
import sqlalchemy.ext.asyncio
import structlog
import typer
import uvloop
import yaml
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks import bare_bot

if __name__ == "__main__":
    bare_bot.main()
