"""What a person at the page asks for: each operation by its name, with Discord's refusals."""

import base64
from collections.abc import Callable
from typing import Any

from sandbox.acts import Acts
from sandbox.entities import Channel, Message, User
from sandbox.files import Upload
from sandbox.interactions import Interaction
from sandbox.localizations import localized
from sandbox.messages import Messages
from sandbox.page_views import command_view, guild_view, language_views, person_view
from sandbox.permissions import Permission
from sandbox.refusals import Refused, missing_access, missing_permissions, unknown
from sandbox.world import World

Body = dict[str, Any]
SHOWN = 50  # messages at a time
BEFORE = 10  # messages that are shown ahead of one that a link leads to


class PageOperations:
    """`opened`: the interactions whose form may still come, by id."""

    def __init__(self, world: World, acts: Acts, messages: Messages) -> None:
        self._world = world
        self._acts = acts
        self._messages = messages
        self.opened: dict[str, Interaction] = {}
        self._named: dict[str, Callable[[User, Body], Body]] = {
            "hello": self._hello,
            "speak": self._speak,
            "messages": self._list,
            "send": self._send,
            "delete": self._delete,
            "dismiss": self._dismiss,
            "open_dm": self._open_dm,
            "upload": self._upload,
            "command": self._command,
            "component": self._component,
            "modal_submit": self._submit,
        }

    def run(self, name: str, user: User, asked: Body) -> Body:
        """Does it; gives its answer. Raises Refused; KeyError, TypeError or ValueError for half a request."""
        operation = self._named.get(name)
        if operation is None:
            raise Refused(400, 0, "There is no such operation.")
        return operation(user, asked)

    async def autocomplete(self, user: User, asked: Body) -> Body:
        """What the focused option offers, once the bot has answered. Raises Refused."""
        channel = self._channel(user, asked["channel_id"])
        begun = self._acts.autocomplete(user, channel, asked["command_id"], asked["options"])
        outcome = await begun.outcome.first()
        return {"choices": [localized(choice, user.locale) for choice in outcome.choices]}

    def _hello(self, user: User, _asked: Body) -> Body:
        world = self._world
        guilds = [guild for guild in world.guilds.values() if user.id in guild.members]
        people = [each for each in world.users.values() if not each.bot]
        return {
            "me": {**user.json(), "locale": user.locale},
            "languages": language_views(),
            "people": [person_view(world, each) for each in people],
            "bots": [{**a.bot.json(), "application_id": a.id} for a in world.applications.values()],
            "guilds": [guild_view(world, guild, user) for guild in guilds],
            "dms": [
                {"id": dm.id, "recipient": next(u for u in dm.recipients if u is not user).json()}
                for dm in world.dms.values()
                if user in dm.recipients
            ],
            "commands": [command_view(world, command, user) for command in self._acts.commands_for(user)],
        }

    def _speak(self, user: User, asked: Body) -> Body:
        self._world.speak(user, asked["locale"])
        return {}

    def _list(self, user: User, asked: Body) -> Body:
        channel = self._channel(user, asked["channel_id"])
        seen = [m for m in channel.messages.values() if not m.ephemeral or m.owner is user]
        if asked.get("before"):
            seen = [message for message in seen if int(message.id) < int(asked["before"])]
        earliest = len(seen) - SHOWN
        if asked.get("since"):
            known = (place for place, message in enumerate(seen) if message.id == asked["since"])
            earliest = min(earliest, next(known, len(seen)) - BEFORE)
        return {"messages": [message.json() for message in seen[max(earliest, 0) :]]}

    def _send(self, user: User, asked: Body) -> Body:
        channel = self._channel(user, asked["channel_id"])
        return {"message": self._messages.send(user, channel, {"content": asked["content"]}).json()}

    def _delete(self, user: User, asked: Body) -> Body:
        message = self._message(user, asked)
        managing = self._world.permissions_in(user, message.channel) & Permission.MANAGE_MESSAGES
        if message.author is not user and not managing:
            raise missing_permissions()
        self._messages.delete(message)
        return {}

    def _dismiss(self, user: User, asked: Body) -> Body:
        for channel in self._world.channels.values():
            message = channel.messages.get(asked["message_id"])
            if message is not None and message.owner is user:
                del channel.messages[message.id]
        return {}

    def _open_dm(self, user: User, asked: Body) -> Body:
        other = self._world.users.get(asked["user_id"])
        if other is None or other is user:
            raise unknown("User")
        return {"channel_id": self._world.dm(user, other).id}

    def _upload(self, _user: User, asked: Body) -> Body:
        content = base64.b64decode(asked["data"], validate=True)
        return {"id": self._acts.upload(Upload("0", asked["name"], asked["content_type"], content))}

    def _command(self, user: User, asked: Body) -> Body:
        channel = self._channel(user, asked["channel_id"])
        options, target = asked.get("options") or [], asked.get("target_id")
        return _begun(self._acts.command(user, channel, asked["command_id"], options, target_id=target))

    def _component(self, user: User, asked: Body) -> Body:
        message = self._message(user, asked)
        return _begun(self._acts.component(user, message, asked["custom_id"], asked.get("values")))

    def _submit(self, user: User, asked: Body) -> Body:
        opened = self.opened.get(asked["interaction_id"])
        if opened is None or opened.modal is None or opened.modal.custom_id != asked["custom_id"]:
            raise unknown("interaction")
        return _begun(self._acts.submit(user, opened.modal, asked["components"]))

    def _channel(self, user: User, id_: str) -> Channel:
        channel = self._world.channels.get(id_)
        if channel is None or not self._world.sees(user, channel):
            raise missing_access()
        return channel

    def _message(self, user: User, asked: Body) -> Message:
        message = self._channel(user, asked["channel_id"]).messages.get(asked["message_id"])
        if message is None or (message.ephemeral and message.owner is not user):
            raise unknown("Message")
        return message


def _begun(interaction: Interaction) -> Body:
    return {"interaction_id": interaction.id}
