"""A sandbox full of servers, and the same as Trellis has it in its database after some weeks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.accounts import Account, Platform
from bot.domain.circles import Circle, Home, Settings
from bot.domain.members import CONSENT_VERSION, Scope
from bot.domain.schedules import DAILY, Due, Kind
from sandbox import Limits, Sandbox
from sandbox.entities import Channel
from sandbox.people import Person
from storage import Storage

INVITED_WITH = 0x400 | 0x800 | 0x4000 | 0x10000 | 0x20000  # view, send, embed, read history, mention roles
LIMITS = Limits(answer=30)  # Discord's own, but for the patience with a press: what is slow is to be measured
ZONE = ZoneInfo("Europe/Berlin")
ROLE = "2"  # of the facilitators where there is no sandbox
AT_ONCE = 50  # rows or so in one unit of work, of which each holds up the bot's own
CONSENTS = frozenset({Scope.CHECK_INS, Scope.STREAKS})

T = TypeVar("T")


class Town:
    """`servers` guilds, each with `circles` home channels, a back room, and `members` people."""

    def __init__(self, sandbox: Sandbox, servers: int, circles: int = 1, members: int = 0) -> None:
        world = sandbox.world
        self.sandbox = sandbox
        self.ours, self.bare = world.add_application("Ours"), world.add_application("Bare")
        self.homes: list[Channel] = []
        self._people: list[list[str]] = []
        for number in range(servers):
            guild = world.add_guild(f"Server {number}", world.add_user(f"Owner {number}"))
            guild.add_role("Facilitator")
            guild.add_text_channel("notes")
            for circle in range(circles):
                self.homes.append(guild.add_text_channel(f"circle-{circle}"))
            users = [world.add_user(f"m{number}-{each}") for each in range(members)]
            for user in users:
                guild.add_member(user)
            self._people.append([user.id for user in users])
            for application in (self.ours, self.bare):
                guild.invite(application, permissions=INVITED_WITH)

    def people(self) -> list[Person]:
        """Everyone but the owners, server by server."""
        return [self.sandbox.person(id_) for ids in self._people for id_ in ids]

    async def found(self, storage: Storage) -> list[Circle]:
        """Makes the circles with their members, as `/circle setup` and Join did weeks ago."""
        now = datetime.now(UTC)
        made = []
        for some in _parted(self.homes, AT_ONCE):
            async with storage.begin() as tx:
                for home in some:
                    circle = await tx.circles.add(_home(home), home.name, Settings(zone=ZONE), now)
                    await tx.circles.care(circle.id, now + timedelta(days=1))  # it was looked after today
                    made.append(circle)
                await tx.commit()
        for some_circles in _parted(zip(made, self.homes, strict=True), AT_ONCE // 5):
            async with storage.begin() as tx:
                for circle, home in some_circles:
                    for id_ in self._members_of(home):
                        account = Account(Platform.DISCORD, id_)
                        await tx.members.add(circle.id, account, CONSENTS, CONSENT_VERSION, now)
                await tx.commit()
        return made

    def people_of(self, home: Channel) -> list[Person]:
        """The members of a channel's server."""
        return [self.sandbox.person(id_) for id_ in self._members_of(home)]

    def _members_of(self, home: Channel) -> list[str]:
        assert home.guild is not None
        return [id_ for id_, member in home.guild.members.items() if member.user.name.startswith("m")]


async def promise(storage: Storage, circles: Iterable[Circle], at: datetime) -> None:
    """A daily check-in for each circle whose next post is due at the instant `at`."""
    usual = at.astimezone(ZONE).replace(second=0, microsecond=0).time()
    due = Due(at.astimezone(ZONE).date(), at)
    for some in _parted(circles, AT_ONCE * 5):
        async with storage.begin() as tx:
            for circle in some:
                await tx.schedules.add(circle.id, Kind.CHECK_IN, usual, DAILY, datetime.now(UTC), due)
            await tx.commit()


def home_of(number: int) -> Home:
    """A circle's place where there is no sandbox."""
    channel, back = str(1_000 + number), str(1_000_000 + number)
    return Home(platform=Platform.DISCORD, server="1", channel=channel, facilitators=back, role=ROLE)


def _home(home: Channel) -> Home:
    guild = home.guild
    assert guild is not None
    notes, role = guild.find_channel("notes"), guild.find_role("Facilitator")
    assert notes is not None
    assert role is not None
    return Home(
        platform=Platform.DISCORD, server=guild.id, channel=home.id, facilitators=notes.id, role=role.id
    )


def _parted(all_: Iterable[T], size: int) -> Iterator[list[T]]:
    each = iter(all_)
    while some := list(islice(each, size)):
        yield some
