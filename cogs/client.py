"""The connection to Discord: one client, its command tree, and the one road for all that goes wrong."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.clock import Clock, SystemClock
from bot.domain.prompts import Content
from bot.metrics import Kind, Metrics
from bot.services.bundle import Services
from cogs import counting
from cogs.actors import language_for
from cogs.choices import is_offered, is_whole
from cogs.connect import ask_gateway, be_patient, time_heartbeats
from cogs.direct_messages import DirectMessages
from cogs.doors import Doors
from cogs.errors import ErrorRoute
from cogs.forms import Forms
from cogs.guard import hearing
from cogs.pacer import Pacer
from cogs.presses import Presses
from cogs.receiving import read_with_care
from cogs.speech import begin_speaking, spoken
from cogs.sync import sync

log = structlog.get_logger(__name__)

Setup = Callable[["TrellisClient"], Awaitable[None]]
FEATURES = (  # packages beside this file
    "circles", "closings", "meetings", "schedules", "themes", "members", "check_ins", "history", "boundaries",
    "commitments", "partners", "pairs", "looking_back", "reminders", "shares", "marked", "summaries",
    "privacy", "about",
)  # fmt: skip
FOR_HARD_MOMENTS = (
    *("grounding", "help_now", "lines", "duty", "alerts", "safety_map", "safety"),
    *("mutes", "keep_apart", "channel", "guard"),
)


class TrellisTree(app_commands.CommandTree["TrellisClient"]):
    """The slash commands; what they raise walks the client's error route."""

    def __init__(self, client: "TrellisClient") -> None:
        super().__init__(client, allowed_installs=app_commands.AppInstallationType(guild=True, user=False))

    def add_command(self, command: Any, /, **kwargs: Any) -> None:
        """As discord.py's. Where a command may be used is said outright: Discord fills in what is left out
        from the application's own settings, and then what it lists never equals what we said. One that is
        marked (cogs.anywhere) says so itself."""
        if command.allowed_contexts is None:
            command.allowed_contexts = app_commands.AppCommandContext(
                guild=True, dm_channel=not command.guild_only, private_channel=False
            )
        super().add_command(command, **kwargs)

    async def on_error(
        self, interaction: "discord.Interaction[TrellisClient]", error: app_commands.AppCommandError, /
    ) -> None:
        """discord.py's way in for whatever a command or its autocomplete raised."""
        await self.client.errors.tell(interaction, error)

    async def interaction_check(self, interaction: "discord.Interaction[TrellisClient]", /) -> bool:
        """Whether it can be read, and somebody is offered something: the library logs who typed where not."""
        if interaction.type is discord.InteractionType.autocomplete and not is_offered(interaction):
            await interaction.response.autocomplete([])
            return False
        if interaction.type is discord.InteractionType.application_command and not is_whole(interaction):
            raise app_commands.AppCommandError("unreadable")
        return True

    def _from_interaction(self, interaction: "discord.Interaction[TrellisClient]") -> None:
        """As discord.py's, where a shape that no command has ends a task unseen, and nobody is answered."""
        self.client.loop.create_task(self._answered(interaction), name="CommandTree-invoker")

    async def _answered(self, interaction: "discord.Interaction[TrellisClient]") -> None:
        begin_speaking(language_for(interaction))
        try:
            await self._call(interaction)
        except app_commands.AppCommandError as error:  # before there was a command
            await self.client.errors.tell(interaction, error)
        except Exception:  # noqa: BLE001 - what a command itself raises comes wrapped
            await self.client.errors.tell(interaction, app_commands.AppCommandError("unreadable"))


class TrellisClient(discord.AutoShardedClient):
    """Trellis on Discord. `serve` gives it the services; `start` connects it.

    No privileged intents: guilds for channels and roles, direct messages for members who write to the bot,
    and that a rule of AutoMod was met, which carries no word of a message.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        version: str = "0",
        shard_ids: Sequence[int] | None = None,
        shard_count: int | None = None,
        guild_ready_timeout: float = 2.0,
        metrics: Metrics | None = None,
    ) -> None:
        self.pacer = Pacer()
        self.metrics = metrics or Metrics()
        trace = self.pacer.trace()
        counting.watch(trace, self.metrics)
        super().__init__(
            intents=discord.Intents(guilds=True, dm_messages=True, auto_moderation_execution=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,  # nothing that people write is kept, in memory neither
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=guild_ready_timeout,
            shard_count=shard_count,
            http_trace=trace,
        )
        read_with_care(self)
        self.shard_ids = list(shard_ids) if shard_ids else None
        self.clock = clock or SystemClock()
        self.version = version
        self.errors = ErrorRoute(self.metrics)
        self.forms = Forms()
        self.presses = Presses()
        self.direct_messages = DirectMessages()
        self.doors = Doors()
        self.tree = TrellisTree(self)
        self._services: Services | None = None
        self._logged_in = asyncio.Event()
        self._begun = False
        self._has_turn = False
        self._turn: Callable[[], Awaitable[bool]] | None = None

    @property
    def services(self) -> Services:
        """What the face may call."""
        if self._services is None:
            raise RuntimeError("serve() comes before start()")
        return self._services

    @property
    def content(self) -> Content:
        """Every text of bot/content, in the language that is spoken."""
        return self.services.content.spoken(spoken())

    def serve(self, services: Services) -> None:
        """Gives the client its services; once, before `start`."""
        self._services = services

    @property
    def seat(self) -> str:
        """Which shards are this process's; no two that live have the same."""
        return f"{','.join(map(str, sorted(self.shard_ids or ())))}/{self.shard_count or ''}"

    def share(self, turn: Callable[[], Awaitable[bool]], among: Callable[[], int]) -> None:
        """The bot with other processes: `turn` returns when a shard of this one may introduce itself
        (False: nothing is known of others), and `among` says how many there are."""
        self._turn = turn
        self.doors.among = among

    async def launch_shard(self, gateway: Any, shard_id: int, *, initial: bool = False) -> None:
        """As discord.py's, at its turn: on an open connection, Discord's heartbeats would wait with it."""
        if self._turn is not None:
            self._has_turn = await self._turn()
        await super().launch_shard(gateway, shard_id, initial=initial)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """As discord.py's, and where a session is begun anew, at its turn."""
        if self._has_turn:
            self._has_turn = False
            return
        await super().before_identify_hook(shard_id, initial=initial)
        if self._turn is not None:
            await self._turn()

    async def setup_hook(self) -> None:
        """Adds the features and syncs the commands where they changed; discord.py calls it once."""
        time_heartbeats()
        be_patient()  # in this task, from which discord.py starts all that handles interactions
        for setup in (*features(), *for_hard_moments()):
            await setup(self)
        await sync(self)
        self.shard_count = await ask_gateway(self, self.shard_count)
        self._logged_in.set()

    async def login(self, token: str) -> None:
        """As discord.py's."""
        self._begun = True
        await super().login(token)

    async def close(self) -> None:
        """As discord.py's, and harmless before the login, where the library's own fails."""
        if self._begun:
            await super().close()

    async def create_dm(self, user: discord.abc.Snowflake) -> discord.DMChannel:
        """As discord.py's, and counted."""
        self.doors.opening(user.id)
        return await super().create_dm(user)

    async def wait_until_logged_in(self) -> None:
        """Returns once messages can be sent, which is earlier than `wait_until_ready`."""
        await self._logged_in.wait()

    def add_dynamic_items(self, *items: type[Any]) -> None:
        """In place of discord.py's: presses are ours to hand on."""
        self.presses.on(*items)

    async def on_interaction(self, interaction: "discord.Interaction[TrellisClient]") -> None:
        """Presses and forms, those that nothing answers to as well; commands go their own way."""
        begin_speaking(language_for(interaction))
        counting.asked(self.metrics, interaction)
        roads = {
            discord.InteractionType.component: self.presses.pressed,
            discord.InteractionType.modal_submit: self.forms.submitted,
        }
        road = roads.get(interaction.type)
        try:
            if road is not None and not await road(interaction):
                await self.errors.unknown(interaction)
        except Exception as error:  # noqa: BLE001 - the one route for all errors
            await self.errors.tell(interaction, error)

    async def on_message(self, message: discord.Message) -> None:
        """What a person writes to the bot directly; elsewhere nothing of what is written reaches it."""
        if not message.author.bot:
            self.metrics.asked(Kind.MESSAGE)
        await self.direct_messages.received(self, message)

    async def on_automod_action(self, execution: discord.AutoModAction) -> None:
        """That a rule of Discord's word filter was met; no word of the message comes with it."""
        await hearing.heard(self, execution)

    async def on_ready(self) -> None:
        """The gateway is there, with every server that it named."""
        log.info("connected to discord", shards=len(self.shards), servers=len(self.guilds))

    async def on_shard_disconnect(self, _shard: int) -> None:
        """The gateway was lost, or closed by us."""
        self.metrics.disconnected()

    @property
    def connected(self) -> bool:
        """Whether presses arrive now: ready once, and each shard's gateway is open. `is_ready` stays true."""
        if not self.is_ready() or self.is_closed():
            return False
        return bool(self.shards) and not any(shard.is_closed() for shard in self.shards.values())

    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        """A channel came."""
        hearing.channels_changed(self, channel.guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel went."""
        hearing.channels_changed(self, channel.guild.id)


def features() -> tuple[Setup, ...]:
    """The feature packages' `setup`s, in the order in which they are added."""
    return tuple(import_module(f"cogs.{name}").setup for name in FEATURES)


def for_hard_moments() -> tuple[Setup, ...]:
    """The `setup`s of what is there when things are hard."""
    return tuple(import_module(f"cogs.{name}").setup for name in FOR_HARD_MOMENTS)
