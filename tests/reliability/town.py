"""A sandbox server with many circles in it, and the bot's environment for it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.accounts import Platform
from bot.domain.circles import Circle, Home, Settings
from bot.domain.occurrences import Occurrence, State
from bot.domain.schedules import DAILY, Due, Kind
from bot.settings import new_key
from sandbox import Sandbox
from storage import Storage

ZONE = ZoneInfo("Europe/Berlin")
INVITED_WITH = 0x400 | 0x800 | 0x4000 | 0x10000 | 0x20000  # view, send, embed, read history, mention roles
OURS = re.compile(r"check-in:[a-z-]+:(\d+)")


@dataclass
class Town:
    """`circles` home channels in one server, and one back room. `database`: a SQLite file unless given."""

    sandbox: Sandbox
    folder: Path
    size: int
    database: str = ""
    key: str = field(default_factory=new_key, repr=False)
    application: Any = field(init=False)
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        world = self.sandbox.world
        self.application = world.add_application("Trellis")
        mara = world.add_user("Mara")
        self.guild = world.add_guild("Town", owner=mara)
        self.role = self.guild.add_role("Facilitator")
        self.guild.add_member(mara, roles=[self.role])
        self.facilitator = self.sandbox.person(mara)
        self.channels = [self.guild.add_text_channel(f"circle-{n}") for n in range(self.size)]
        self.notes = self.guild.add_text_channel("notes")
        self.guild.invite(self.application, permissions=INVITED_WITH)
        self.environment = {
            "DISCORD_TOKEN": self.application.token,
            "DISCORD_API_URL": self.sandbox.api_url,
            "DISCORD_GATEWAY_URL": self.sandbox.gateway_url,
            "DATABASE_URL": self.database or f"sqlite+aiosqlite:///{self.folder / 'trellis.db'}",
            "TRELLIS_KEY": self.key,
        }

    async def open(self) -> Storage:
        """The database, while no bot or beside one."""
        return await Storage.open(self.environment["DATABASE_URL"], [self.environment["TRELLIS_KEY"]])

    async def found_circles(self) -> list[Circle]:
        """Makes the circles, as `/circle setup` would have long ago."""
        storage = await self.open()
        async with storage.begin() as tx:
            made = [
                await tx.circles.add(
                    self._home(channel), channel.name, Settings(zone=ZONE), datetime.now(UTC)
                )
                for channel in self.channels
            ]
            await tx.commit()
        await storage.close()
        return made

    async def promise(self, circles: Sequence[Circle], at: datetime, *, minutes: Sequence[int]) -> None:
        """As `promised`, while no bot or beside one."""
        storage = await self.open()
        await promised(storage, circles, at, minutes=minutes)
        await storage.close()

    def posted(self) -> Counter[int]:
        """How often each occurrence stands in a channel, by the ids of its components."""
        found: Counter[int] = Counter()
        for channel in self.channels:
            for message in self.sandbox.world.messages(channel):
                found.update(set(map(int, OURS.findall(str(message.components)))))
        return found

    async def kept(self, circles: Sequence[Circle], since: datetime) -> list[Occurrence]:
        """Every occurrence that the database holds."""
        storage = await self.open()
        async with storage.read() as tx:
            found = [row for circle in circles for row in await tx.occurrences.since(circle.id, since)]
        await storage.close()
        return found

    def _home(self, channel: Any) -> Home:
        return Home(
            platform=Platform.DISCORD,
            server=str(self.guild.id),
            channel=str(channel.id),
            facilitators=str(self.notes.id),
            role=str(self.role.id),
        )


async def promised(
    storage: Storage, circles: Sequence[Circle], at: datetime, *, minutes: Sequence[int]
) -> None:
    """Adds a daily schedule to each circle whose first post is due at the instant `at`."""
    local = at.astimezone(ZONE)
    async with storage.begin() as tx:
        for circle, minute in zip(circles, minutes, strict=True):
            usual = local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0).time()
            due = Due(local.date(), at)
            await tx.schedules.add(circle.id, Kind.CHECK_IN, usual, DAILY, datetime.now(UTC), due)
        await tx.commit()


def unexplained(occurrences: Sequence[Occurrence], posted: Counter[int]) -> list[Occurrence]:
    """Those that are neither sent exactly once nor missed with a reason: there are to be none."""
    return [
        one
        for one in occurrences
        if not (
            (one.state is State.SENT and posted[one.id] == 1)
            or (one.state in (State.MISSED, State.HELD) and one.reason is not None and posted[one.id] == 0)
        )
    ]
