"""What a person can do, with the refusals that Discord's own client would give before it asks anybody."""

from typing import Any

from sandbox.entities import Application, Channel, Message, User
from sandbox.fields import check_fields
from sandbox.files import Files, Upload
from sandbox.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT, Interaction, Interactions
from sandbox.outcomes import Modal
from sandbox.payloads import (
    BOT_DM,
    BY_COMPONENT,
    PRIVATE,
    asked_in_components,
    asked_in_options,
    context_of,
    present,
    resolved,
)
from sandbox.permissions import Permission
from sandbox.refusals import Refused, missing_access, missing_permissions, unknown
from sandbox.validation import SELECTS, nested
from sandbox.world import World

Body = dict[str, Any]


def refused(sentence: str) -> Refused:
    """What the client says no to by itself."""
    return Refused(400, 0, sentence)


class Acts:
    """Commands, presses, choices and forms, in Discord's own shapes. Every method raises Refused."""

    def __init__(self, world: World, interactions: Interactions, files: Files) -> None:
        self._world = world
        self._interactions = interactions
        self._files = files
        self._uploaded: dict[str, Body] = {}  # attachments on their way into a command or a form

    def commands_for(self, user: User) -> list[Body]:
        """The commands that this person is offered somewhere."""
        return [command for command in self._world.commands.values() if self._offered(user, command)]

    def upload(self, upload: Upload) -> str:
        """Brings a file for a command's option or a form's field; the id that stands for it there."""
        attachment = self._files.add(upload)
        self._uploaded[attachment["id"]] = attachment
        return str(attachment["id"])

    def command(
        self,
        user: User,
        channel: Channel,
        command_id: str,
        options: list[Body],
        *,
        target_id: str | None = None,
    ) -> Interaction:
        """Runs a command."""
        command, application = self._usable(user, channel, command_id)
        check_required(command, options)
        data = self._data(channel, command, options)
        if target_id is not None:
            self._aim(data, channel, command, target_id)
        return self._interactions.begin(COMMAND, application, user, channel, data)

    def autocomplete(self, user: User, channel: Channel, command_id: str, options: list[Body]) -> Interaction:
        """Asks what an option offers; the focused one carries `focused`."""
        command, application = self._usable(user, channel, command_id)
        data = self._data(channel, command, options)
        return self._interactions.begin(AUTOCOMPLETE, application, user, channel, data)

    def component(
        self, user: User, message: Message, custom_id: str, values: list[str] | None = None
    ) -> Interaction:
        """Presses a button or chooses from a select."""
        self._must_see(user, message.channel)
        self._may_press(user, message.channel)
        if message.ephemeral and message.owner is not user:
            raise unknown("Message")
        found = next((c for _, c in nested(message.components) if c.get("custom_id") == custom_id), None)
        if found is None:
            raise refused("That component is not on this message.")
        if found.get("disabled"):
            raise refused("That component is disabled.")
        data: Body = {"component_type": found["type"], "custom_id": custom_id, "id": found.get("id", 1)}
        if found["type"] in SELECTS:
            data["values"] = _chosen(found, values or [])
            asked = [
                (BY_COMPONENT[found["type"]], v) for v in data["values"] if found["type"] in BY_COMPONENT
            ]
            if asked:
                data["resolved"] = resolved(self._world, message.channel, asked, {})
        return self.forge(user, message.channel, message.author.id, COMPONENT, data, message)

    def submit(self, user: User, modal: Modal, components: list[Body]) -> Interaction:
        """Sends a form, in Discord's submit shape."""
        if modal.interaction.user is not user:
            raise unknown("interaction")
        opened = modal.interaction
        self._may_press(user, opened.channel)
        check_fields(modal.components, components)
        data: Body = {"custom_id": modal.custom_id, "components": components}
        data["resolved"] = resolved(
            self._world, opened.channel, asked_in_components(components), self._uploaded
        )
        return self._interactions.begin(
            SUBMIT, opened.application, user, opened.channel, data, message=opened.message
        )

    def forge(
        self,
        user: User,
        channel: Channel,
        application_id: str,
        kind: int,
        data: Body,
        message: Message | None = None,
    ) -> Interaction:
        """Any interaction at all, unchecked: what a hostile client could send."""
        application = self._world.applications.get(application_id)
        if application is None:
            raise unknown("Application")
        return self._interactions.begin(kind, application, user, channel, data, message=message)

    def _usable(self, user: User, channel: Channel, command_id: str) -> tuple[Body, Application]:
        command = self._world.commands.get(command_id)
        if command is None:
            raise unknown("application command")
        self._must_see(user, channel)
        if channel.guild is not None:
            needed = command.get("default_member_permissions")
            allowed = self._world.permissions_in(user, channel)
            if not allowed & Permission.USE_APPLICATION_COMMANDS:
                raise missing_permissions()
            if needed is not None and (
                allowed & int(needed) != int(needed)
                or (int(needed) == 0 and not allowed & Permission.ADMINISTRATOR)
            ):
                raise missing_permissions()
        application = self._world.applications[command["application_id"]]
        if not _reaches(application, command, user, channel):
            raise refused("This command cannot be used here.")
        return command, application

    def _offered(self, user: User, command: Body) -> bool:
        needed = command.get("default_member_permissions")
        if needed is None:
            return True
        bits = int(needed)
        return any(
            guild.permissions_of(user) & bits == bits
            for guild in self._world.guilds.values()
            if user.id in guild.members
        )

    @staticmethod
    def _may_press(user: User, channel: Channel) -> None:
        """Who is timed out presses nothing on that server (docs: Permissions for Timed Out Members)."""
        if channel.guild is not None and channel.guild.is_timed_out(user):
            raise refused("You are timed out on this server.")

    def _must_see(self, user: User, channel: Channel) -> None:
        if not self._world.sees(user, channel):
            raise missing_access()

    def _data(self, channel: Channel, command: Body, options: list[Body]) -> Body:
        data: Body = {"id": command["id"], "name": command["name"], "type": command.get("type", 1)}
        if options:
            data["options"] = options
        found = resolved(self._world, channel, asked_in_options(options), self._uploaded)
        return {**data, "resolved": found} if found else data

    def _aim(self, data: Body, channel: Channel, command: Body, target_id: str) -> None:
        data["target_id"] = target_id
        if command.get("type") == 3:
            message = channel.messages.get(target_id)
            if message is None:
                raise unknown("Message")
            data["resolved"] = {"messages": {target_id: message.json()}}
        else:
            data["resolved"] = resolved(self._world, channel, [(6, target_id)], {})


def check_required(command: Body, options: list[Body]) -> None:
    """Every required option of the (sub)command has its value. Raises Refused."""
    defined = command.get("options") or []
    if options and options[0].get("type") in (1, 2):
        inner = next((each for each in defined if each["name"] == options[0]["name"]), None)
        if inner is None:
            raise refused("There is no such subcommand.")
        check_required(inner, options[0].get("options") or [])
        return
    if any(each["type"] in (1, 2) for each in defined):
        raise refused("A subcommand has to be chosen.")
    given = {each["name"] for each in options}
    missing = [each["name"] for each in defined if each.get("required") and each["name"] not in given]
    if missing:
        raise refused(f"This option is required: {missing[0]}.")
    unknown_ = given - {each["name"] for each in defined}
    if unknown_:
        raise refused(f"There is no such option: {sorted(unknown_)[0]}.")


def _reaches(application: Application, command: Body, user: User, channel: Channel) -> bool:
    """Whether a command can be used there: by the place, and by how its app came to the person (docs)."""
    context = context_of(application, channel)
    if command.get("contexts") and context not in command["contexts"]:
        return False
    if context == BOT_DM and command.get("dm_permission") is False:
        return False
    kinds = command.get("integration_types") or [0]
    own = 1 in kinds and user.id in application.installed_by
    there = 0 in kinds and context != PRIVATE and present(application, channel)
    return own or there


def _chosen(select: Body, values: list[str]) -> list[str]:
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(values) <= most:
        raise refused(f"Choose {least} to {most} here.")
    known = {option["value"] for option in select.get("options") or ()}
    if known and not set(values) <= known:
        raise refused("That is not among the options.")
    return values
