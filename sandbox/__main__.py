"""`python -m sandbox`: the server alone, for a bot that connects from elsewhere on this machine."""

import argparse
import asyncio
import sys
from pathlib import Path

from sandbox.server import Sandbox

parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
parser.add_argument("--port", type=int, default=8700, help="on 127.0.0.1; 0 takes a free one")
parser.add_argument("--data", type=Path, help="where the world is kept; nowhere if left out")


def say(line: str) -> None:
    """One line for the person, or the program, that started it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def serve(port: int, data: Path | None) -> None:
    """Serves until it is stopped."""
    async with Sandbox(port=port, data=data) as sandbox:
        if not sandbox.world.applications:
            _first_world(sandbox)
        application = next(iter(sandbox.world.applications.values()))
        say(f"page            {sandbox.url}")
        say(f"DISCORD_API_URL {sandbox.api_url}")
        say(f"DISCORD_TOKEN   {application.token}")
        await asyncio.Event().wait()


def _first_world(sandbox: Sandbox) -> None:
    """A bot, a server and two people, so that there is something to begin with."""
    application = sandbox.world.add_application("Bot")
    owner = sandbox.world.add_user("Robin")
    guild = sandbox.world.add_guild("Workshop", owner)
    guild.add_member(sandbox.world.add_user("Sam"))
    guild.add_text_channel("general")
    guild.invite(application, permissions=8)


if __name__ == "__main__":
    arguments = parser.parse_args()
    try:
        asyncio.run(serve(arguments.port, arguments.data))
    except KeyboardInterrupt:
        say("Stopped.")
