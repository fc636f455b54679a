"""Interactions from a person's act to the bot's answer, with Discord's three seconds and fifteen minutes."""

import asyncio
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.command_rules import check_choices
from sandbox.entities import (
    EPHEMERAL,
    LOADING,
    Application,
    Channel,
    Message,
    User,
)
from sandbox.files import Upload
from sandbox.form_rules import check_modal
from sandbox.gateway import Gateway
from sandbox.limits import Limits
from sandbox.messages import Messages
from sandbox.outcomes import Modal, Outcome
from sandbox.payloads import payload, present
from sandbox.refusals import already_acknowledged, invalid, token_expired, unknown
from sandbox.validation import check_message
from sandbox.world import World

Body = dict[str, Any]
PING, COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 1, 2, 3, 4, 5
MESSAGE_COMMAND = 3  # of a command's own types
SAY, THINK, DEFER, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9  # callback types


@dataclass(slots=True, eq=False)
class Interaction:
    """One act of one person towards one bot."""

    id: str
    token: str
    kind: int
    application: Application
    user: User
    channel: Channel
    data: Body
    message: Message | None = None  # where the component stood
    outcome: Outcome = field(default_factory=Outcome)
    began: float = field(default_factory=time.monotonic)
    answered: int | None = None  # the callback's type
    original: Message | None = None
    thinking: bool = False
    modal: Modal | None = None
    timer: asyncio.TimerHandle | None = None


class Interactions:
    """Begins interactions and takes the bots' answers."""

    def __init__(self, world: World, messages: Messages, gateway: Gateway, limits: Limits) -> None:
        self._world = world
        self._messages = messages
        self._gateway = gateway
        self._limits = limits
        self._by_token: dict[str, Interaction] = {}

    def begin(
        self,
        kind: int,
        application: Application,
        user: User,
        channel: Channel,
        data: Body,
        *,
        message: Message | None = None,
    ) -> Interaction:
        """Sends it to the bot; its outcome tells what came of it."""
        self._forget_old()
        interaction = Interaction(
            self._world.ids.next(), secrets.token_urlsafe(90), kind, application, user, channel, data, message
        )
        self._by_token[interaction.token] = interaction
        guild_id = channel.guild.id if channel.guild and present(application, channel) else None
        body = payload(self._world, interaction)
        if not self._gateway.send_interaction(application, guild_id, body):
            self._became(interaction, "failed", reason=f"{application.name} is not connected")
            return interaction
        loop = asyncio.get_running_loop()
        interaction.timer = loop.call_later(self._limits.answer, self._too_late, interaction)
        return interaction

    def callback(self, id_: str, token: str, body: Body, uploads: Sequence[Upload]) -> Interaction:
        """The first answer. Raises Refused (10062, 40060, 50035)."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != id_:
            raise unknown("interaction")
        if interaction.answered is not None:
            raise already_acknowledged()
        if time.monotonic() - interaction.began > self._limits.answer:
            raise unknown("interaction")
        kind, data = body.get("type"), body.get("data") or {}
        answers = {SAY: self._say, UPDATE: self._update, MODAL: self._modal, CHOICES: self._choices}
        if kind not in (*answers, THINK, DEFER) or not _fits(interaction, kind):
            raise invalid([("type", "BASE_TYPE_CHOICES", "This type of response does not fit here.")])
        if kind in (THINK, DEFER):
            self._defer(interaction, kind, data)
        else:
            answers[kind](interaction, data, uploads)
        interaction.answered = kind
        if interaction.timer is not None:
            interaction.timer.cancel()
        return interaction

    def of_token(self, application_id: str, token: str) -> Interaction:
        """The interaction of a webhook token that is still good. Raises Refused (50027, 10015)."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.application.id != application_id:
            raise unknown("Webhook")
        if time.monotonic() - interaction.began > self._limits.token:
            raise token_expired()
        if interaction.answered is None:
            raise unknown("Webhook")
        return interaction

    def follow_up(self, interaction: Interaction, body: Body, uploads: Sequence[Upload]) -> Message:
        """A further message; after "thinking" the first one takes that place."""
        check_message(body, files=len(uploads))
        if interaction.thinking:
            return self._end_thinking(interaction, body, uploads)
        message = self._prepared(interaction, (body.get("flags") or 0) & EPHEMERAL)
        message.kind = 0
        self._messages.place(interaction.application.bot, interaction.channel, body, uploads, message=message)
        interaction.outcome.followups.append(message)
        if interaction.outcome.state == "deferred":
            self._became(interaction, "answered", message=message)
        else:
            interaction.outcome.became(interaction.outcome.state)
        return message

    def edit_original(self, interaction: Interaction, body: Body, uploads: Sequence[Upload]) -> Message:
        """Changes the first answer, or puts it where "thinking" stood."""
        if interaction.thinking:
            check_message(body, files=len(uploads))
            return self._end_thinking(interaction, body, uploads)
        message = self.original(interaction)
        self._messages.edit(message, body, uploads, by=interaction.application.bot)
        state = "updated" if message is interaction.message else "answered"
        self._became(interaction, state, message=message)
        return message

    def original(self, interaction: Interaction) -> Message:
        """The first answer's message. Raises Refused (10008)."""
        message = interaction.original
        if message is None or (not interaction.thinking and message.id not in message.channel.messages):
            raise unknown("Message")
        return message

    def message(self, interaction: Interaction, id_: str) -> Message:
        """The first answer or a follow-up, by id or `@original`. Raises Refused (10008)."""
        if id_ == "@original" or (interaction.original is not None and interaction.original.id == id_):
            return self.original(interaction)
        found = next((each for each in interaction.outcome.followups if each.id == id_), None)
        if found is None or found.id not in found.channel.messages:
            raise unknown("Message")
        return found

    def _say(self, interaction: Interaction, data: Body, uploads: Sequence[Upload]) -> None:
        check_message(data, files=len(uploads), within="data.")
        message = self._prepared(interaction, (data.get("flags") or 0) & EPHEMERAL)
        bot = interaction.application.bot
        self._messages.place(bot, interaction.channel, data, uploads, message=message)
        interaction.original = message
        self._became(interaction, "answered", message=message)

    def _defer(self, interaction: Interaction, kind: int, data: Body) -> None:
        if kind == DEFER:
            interaction.original = interaction.message
            self._became(interaction, "deferred", message=interaction.message)
            return
        message = self._prepared(interaction, (data.get("flags") or 0) & EPHEMERAL)
        message.flags |= LOADING
        interaction.original, interaction.thinking = message, True
        self._became(interaction, "thinking")

    def _update(self, interaction: Interaction, data: Body, uploads: Sequence[Upload]) -> None:
        if interaction.message is None:
            raise unknown("Message")
        bot = interaction.application.bot
        self._messages.edit(interaction.message, data, uploads, by=bot, within="data.")
        interaction.original = interaction.message
        self._became(interaction, "updated", message=interaction.message)

    def _modal(self, interaction: Interaction, data: Body, _uploads: Sequence[Upload]) -> None:
        check_modal(data)
        modal = Modal(interaction, data["title"], data["custom_id"], data["components"])
        interaction.modal = modal
        self._became(interaction, "modal", modal=modal)

    def _choices(self, interaction: Interaction, data: Body, _uploads: Sequence[Upload]) -> None:
        choices = data.get("choices") or []
        check_choices(choices)
        interaction.outcome.became("choices", choices=choices)

    def _end_thinking(self, interaction: Interaction, body: Body, uploads: Sequence[Upload]) -> Message:
        message = self.original(interaction)
        interaction.thinking = False
        flags = (body.get("flags") or 0) & ~EPHEMERAL | message.flags & EPHEMERAL
        bot = interaction.application.bot
        self._messages.place(bot, interaction.channel, {**body, "flags": flags}, uploads, message=message)
        self._became(interaction, "answered", message=message)
        return message

    def _prepared(self, interaction: Interaction, flags: int) -> Message:
        message = Message(self._world.ids.next(), interaction.channel, interaction.application.bot)
        message.flags = flags
        message.owner = interaction.user if flags & EPHEMERAL else None
        message.kind = 20 if interaction.kind == COMMAND else 0
        message.application_id = interaction.application.id
        message.interaction_metadata = {
            "id": interaction.id,
            "type": interaction.kind,
            "user": interaction.user.json(),
            "authorizing_integration_owners": {},
        }
        if interaction.kind == COMMAND:
            message.interaction_metadata["name"] = " ".join(_words(interaction.data))
            if interaction.data["type"] == MESSAGE_COMMAND:
                message.interaction_metadata["target_message_id"] = interaction.data["target_id"]
        return message

    def _became(self, interaction: Interaction, state: str, **what: Any) -> None:
        interaction.outcome.became(state, **what)
        self._world.tell(interaction, "INTERACTION", {})

    def _too_late(self, interaction: Interaction) -> None:
        if interaction.answered is None:
            reason = f"{interaction.application.name} did not answer within {self._limits.answer:g} seconds"
            self._became(interaction, "failed", reason=reason)

    def _forget_old(self) -> None:
        """Tokens long past their time; they are met as unknown from then on."""
        now = time.monotonic()
        while self._by_token:
            oldest = next(iter(self._by_token.values()))
            if now - oldest.began < self._limits.token * 1.5:
                return
            del self._by_token[oldest.token]


def _words(data: Body) -> Iterator[str]:
    """A command's name with its subcommand's, as Discord shows them."""
    yield data["name"]
    for option in data.get("options") or ():
        if option["type"] in (1, 2):
            yield from _words(option)


def _fits(interaction: Interaction, kind: int) -> bool:
    if interaction.kind == AUTOCOMPLETE or kind == CHOICES:
        return interaction.kind == AUTOCOMPLETE and kind == CHOICES
    if kind in (DEFER, UPDATE):
        return interaction.message is not None
    return not (kind == MODAL and interaction.kind == SUBMIT)
