"""A person's hands, for tests and scripted members: they can do what Discord's client lets them do."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sandbox.acts import refused
from sandbox.entities import Application, Channel, Message, User
from sandbox.fields import filled
from sandbox.files import Upload
from sandbox.outcomes import Modal, Outcome
from sandbox.threads import Thread
from sandbox.validation import BUTTON, SELECTS, nested

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Body = dict[str, Any]
PATIENCE = 1.0  # seconds beyond the limit of an answer, for a busy machine


class Person:
    """One person. Every method raises Refused where Discord would refuse.

    `outcome` is what came of the last act so far, also while its answer is waited for, or was given up.
    """

    def __init__(self, sandbox: "Sandbox", user: User) -> None:
        self._sandbox = sandbox
        self.user = user
        self.id = user.id
        self.outcome: Outcome | None = None

    def speaks(self, locale: str) -> None:
        """Changes the language of this person's Discord, such as "es-ES"."""
        self._sandbox.world.speak(self.user, locale)

    async def command(self, name: str, channel: Channel, /, **options: Any) -> Outcome:
        """Runs `/name` (with its subcommand, such as "circle setup"); waits for the first answer."""
        command, tree = self._tree(name, options)
        interaction = self._sandbox.acts.command(self.user, channel, command["id"], tree)
        return await self._first(interaction.outcome)

    async def autocomplete(
        self, name: str, channel: Channel, /, *, focused: str, **options: Any
    ) -> list[Body]:
        """What the option `focused` offers for what is typed so far; choices as {"name", "value"}."""
        command, tree = self._tree(name, options, focused)
        interaction = self._sandbox.acts.autocomplete(self.user, channel, command["id"], tree)
        return (await self._first(interaction.outcome)).choices

    async def message_command(self, name: str, message: Message) -> Outcome:
        """Runs a command of the message's menu."""
        command = self._command(name)
        acts = self._sandbox.acts
        interaction = acts.command(self.user, message.channel, command["id"], [], target_id=message.id)
        return await self._first(interaction.outcome)

    async def press(
        self, message: Message, label: str | None = None, *, custom_id: str | None = None
    ) -> Outcome:
        """Presses a button, by its label or its custom id."""
        found = self._find(message, {BUTTON}, custom_id, label, "label")
        interaction = self._sandbox.acts.component(self.user, message, found["custom_id"])
        return await self._first(interaction.outcome)

    async def select(
        self,
        message: Message,
        values: Sequence[Any],
        *,
        custom_id: str | None = None,
        placeholder: str | None = None,
    ) -> Outcome:
        """Chooses from a select; options by value or by label, people, roles and channels by themselves."""
        found = self._find(message, SELECTS, custom_id, placeholder, "placeholder")
        by_label = {option["label"]: option["value"] for option in found.get("options") or ()}
        chosen = [by_label.get(v, v) if isinstance(v, str) else v.id for v in values]
        interaction = self._sandbox.acts.component(self.user, message, found["custom_id"], chosen)
        return await self._first(interaction.outcome)

    async def submit(self, modal: Modal | None, values: Mapping[str, Any] | None = None) -> Outcome:
        """Fills a form in (fields by label or custom id; the rest keeps its defaults) and sends it."""
        if modal is None:
            raise refused("There is no form on the screen.")
        components = filled(modal.components, values or {})
        return await self._first(self._sandbox.acts.submit(self.user, modal, components).outcome)

    async def forge(
        self,
        channel: Channel,
        application: Application,
        kind: int,
        data: Body,
        message: Message | None = None,
    ) -> Outcome:
        """Sends an interaction that the client would never send."""
        acts = self._sandbox.acts
        interaction = acts.forge(self.user, channel, application.id, kind, data, message)
        return await self._first(interaction.outcome)

    def upload(self, name: str, content: bytes, kind: str = "application/octet-stream") -> str:
        """Brings a file; give its id as the value of a command's option or of a form's field."""
        return self._sandbox.acts.upload(Upload("0", name, kind, content))

    async def send(self, channel: Channel, text: str) -> Message:
        """Writes into a channel."""
        return self._sandbox.sender.send(self.user, channel, {"content": text})

    async def dm(self, application: Application, text: str) -> Message:
        """Writes to a bot directly."""
        channel = self._sandbox.world.dm(self.user, application.bot)
        return self._sandbox.sender.send(self.user, channel, {"content": text})

    def messages(self, channel: Channel) -> list[Message]:
        """What this person sees in a channel, oldest first, their own ephemeral messages among it."""
        if not self._sandbox.world.sees(self.user, channel):
            return []
        return [m for m in channel.messages.values() if not m.ephemeral or m.owner is self.user]

    def reload(self) -> None:
        """Opens the client anew: what was for this person's eyes alone is gone, as on Discord."""
        for channel in self._sandbox.world.channels.values():
            for message in self.messages(channel):
                if message.ephemeral:
                    del channel.messages[message.id]

    def threads(self, channel: Channel, *, archived: bool = False) -> list[Thread]:
        """The threads beneath a channel that this person sees, oldest first; archived ones stand apart."""
        threads = channel.guild.threads.values() if channel.guild else ()
        beneath = [each for each in threads if each.parent is channel and each.archived is archived]
        return [thread for thread in beneath if self._sandbox.world.sees(self.user, thread)]

    async def open_thread(self, channel: Channel, name: str, **options: Any) -> Thread:
        """Opens a thread, private unless `type=11`; `options` as in Discord's request."""
        return self._sandbox.threads.open(self.user, channel, {"name": name, **options})

    async def add_to(self, thread: Thread, other: "Person | User") -> None:
        """Adds someone to a thread."""
        self._sandbox.threads.add(self.user, thread, other.user if isinstance(other, Person) else other)

    async def leave(self, thread: Thread) -> None:
        """Leaves a thread."""
        self._sandbox.threads.remove(self.user, thread, self.user)

    def dms(self, application: Application) -> list[Message]:
        """What stands in the direct messages with a bot."""
        return self.messages(self._sandbox.world.dm(self.user, application.bot))

    async def _first(self, outcome: Outcome) -> Outcome:
        self.outcome = outcome
        return await outcome.first(self._sandbox.limits.answer + PATIENCE)

    def _command(self, name: str) -> Body:
        for command in self._sandbox.world.commands.values():
            if command["name"] == name:
                return command
        raise refused(f"There is no command {name}.")

    def _tree(
        self, name: str, options: Mapping[str, Any], focused: str | None = None
    ) -> tuple[Body, list[Body]]:
        first, *path = name.split(" ")
        command = node = self._command(first)
        kinds = []
        for part in path:
            node = next((each for each in node.get("options") or () if each["name"] == part), {})
            if not node:
                raise refused(f"There is no command {name}.")
            kinds.append(node["type"])
        types = {each["name"]: each["type"] for each in node.get("options") or ()}
        tree = [_option(types, key, value, focused) for key, value in options.items() if value is not None]
        for part, kind in zip(reversed(path), reversed(kinds), strict=True):
            tree = [{"name": part, "type": kind, "options": tree}]
        return command, tree

    @staticmethod
    def _find(message: Message, types: set[int], custom_id: str | None, text: str | None, by: str) -> Body:
        candidates = [c for _, c in nested(message.components) if c.get("type") in types]
        for component in candidates:
            named = custom_id is None and (text is None or component.get(by) == text)
            if component.get("custom_id") == custom_id or (named and "custom_id" in component):
                return component
        raise refused(f"There is no such component: {custom_id or text}.")


def _option(types: Mapping[str, int], name: str, value: Any, focused: str | None) -> Body:
    if name not in types:
        raise refused(f"There is no such option: {name}.")
    option: Body = {"name": name, "type": types[name], "value": getattr(value, "id", value)}
    return {**option, "focused": True} if name == focused else option
