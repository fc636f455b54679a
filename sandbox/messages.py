"""Messages: sent, edited and deleted as Discord would, with its checks, nonces and AutoMod in front."""

import itertools
import re
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox import automod, keeping
from sandbox.entities import COMPONENTS_V2, EPHEMERAL, LOADING, SILENT, Channel, Message, User
from sandbox.faults import Faults
from sandbox.files import Files, Upload, linked, used_in
from sandbox.limits import Limits
from sandbox.permissions import AT_ANY_PACE, Permission
from sandbox.refusals import (
    dms_closed,
    invalid,
    missing_access,
    missing_permissions,
    not_the_author,
    thread_archived,
    thread_locked,
    too_soon,
    unknown,
)
from sandbox.threads import Thread
from sandbox.validation import check_message
from sandbox.world import World

Body = dict[str, Any]
KEEPABLE = EPHEMERAL | SILENT | COMPONENTS_V2 | 1 << 2  # flags that a sender may set
USER_MENTION, ROLE_MENTION = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>")


class Messages:
    """The one way in which a message comes to stand in a channel."""

    def __init__(self, world: World, files: Files, faults: Faults, limits: Limits) -> None:
        self._world = world
        self._files = files
        self._faults = faults
        self._limits = limits
        self._nonces: dict[tuple[str, str], tuple[float, Message]] = {}
        self._sent: dict[tuple[str, str], datetime] = {}  # when who wrote last in which channel

    def send(self, author: User, channel: Channel, body: Body, uploads: Sequence[Upload] = ()) -> Message:
        """As a person or a bot sends into a channel. Raises Refused."""
        self._may_send(author, channel, body, uploads)
        self._keep_pace(author, channel)
        check_message(body, files=len(uploads))
        body = {**body, "flags": (body.get("flags") or 0) & ~EPHEMERAL}  # only answers to a person can be
        known = self._known(author, body)
        if known is not None:
            return known
        self._check_reference(channel, body)
        message = Message(self._world.ids.next(), channel, author, body.get("content") or "")
        rules = [] if author.bot else automod.met(author, channel, message.content)
        if not any(rule.blocks for rule in rules):
            if isinstance(channel, Thread):
                channel.add(author)  # whoever writes in a thread is in it from then on
            self.place(author, channel, body, uploads, message=message)
        automod.act(self._world, rules, message, self.place)
        self._sent[author.id, channel.id] = self._world.ids.now()
        if body.get("nonce") is not None and body.get("enforce_nonce"):
            self._nonces[author.id, str(body["nonce"])] = (time.monotonic(), message)
        return message

    def place(
        self,
        author: User,
        channel: Channel,
        body: Body,
        uploads: Sequence[Upload] = (),
        *,
        message: Message | None = None,
    ) -> Message:
        """Puts a checked message into its channel; `message` is a prepared one (an interaction's answer)."""
        message = message or Message(self._world.ids.next(), channel, author)
        message.flags = message.flags & ~LOADING | (body.get("flags") or 0) & KEEPABLE
        message.nonce = body.get("nonce")
        reference = body.get("message_reference")
        if reference:
            message.kind, message.reference = 19, {"channel_id": channel.id, **reference}
        self._fill(message, body, uploads)
        _insert(channel, message)
        if isinstance(channel, Thread) and not message.ephemeral:
            channel.received()
        keeping.save_message(self._world, message)
        self._world.tell(message, "MESSAGE_CREATE", message.json())
        return message

    def edit(
        self, message: Message, body: Body, uploads: Sequence[Upload] = (), *, by: User, within: str = ""
    ) -> Message:
        """Changes what `body` names; `within` leads the path of a fault. Raises Refused."""
        if message.author is not by:
            raise not_the_author()
        merged: Body = {
            "content": message.content,
            "embeds": message.embeds,
            "components": message.components,
            "attachments": message.attachments,
            "flags": message.flags,
        }
        merged.update({name: value for name, value in body.items() if name in merged and name != "flags"})
        merged["flags"] |= (body.get("flags") or 0) & COMPONENTS_V2
        check_message(merged, files=len(uploads), within=within)
        message.flags = merged["flags"] & ~LOADING
        self._fill(message, merged | {"allowed_mentions": body.get("allowed_mentions")}, uploads)
        message.edited_timestamp = self._world.now()
        keeping.save_message(self._world, message)
        self._world.tell(message, "MESSAGE_UPDATE", message.json())
        return message

    def pin(self, message: Message, *, pinned: bool) -> None:
        """Pins a message, or takes its pin away."""
        message.pinned = pinned
        keeping.save_message(self._world, message)
        self._world.tell(message, "MESSAGE_UPDATE", message.json())

    def delete(self, message: Message) -> None:
        """Takes a message away."""
        message.channel.messages.pop(message.id, None)
        self._world.store.delete("message", message.id)
        data = {"id": message.id, "channel_id": message.channel.id}
        if message.channel.guild is not None:
            data["guild_id"] = message.channel.guild.id
        self._world.tell(message, "MESSAGE_DELETE", data)

    def _fill(self, message: Message, body: Body, uploads: Sequence[Upload]) -> None:
        attachments = self._attachments(message, body, uploads)
        shown = used_in([body.get("embeds") or [], body.get("components") or []])
        message.content = body.get("content") or ""
        message.embeds = linked(
            [{"type": "rich", **embed} for embed in body.get("embeds") or []], attachments
        )
        message.components = _numbered(linked(body.get("components") or [], attachments))
        message.attachments = [each for each in attachments if each["filename"] not in shown]
        self._mention(message, body.get("allowed_mentions"))

    def _attachments(self, message: Message, body: Body, uploads: Sequence[Upload]) -> list[Body]:
        named = body.get("attachments") or []
        kept = {each["id"]: each for each in message.attachments}
        told = {str(each.get("id")): each for each in named}
        found = [kept[str(each.get("id"))] for each in named if str(each.get("id")) in kept]
        for upload in uploads:
            words = told.get(upload.key, {})
            attachment = self._files.add(upload)
            if words.get("description"):
                attachment["description"] = words["description"]
            found.append(attachment)
        return found

    @staticmethod
    def _check_reference(channel: Channel, body: Body) -> None:
        reference = body.get("message_reference") or {}
        answered = str(reference.get("message_id", ""))
        if answered and answered not in channel.messages and reference.get("fail_if_not_exists", True):
            raise invalid([("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")])

    def _mention(self, message: Message, allowed: Body | None) -> None:
        guild = message.channel.guild
        parse = (
            set((allowed or {}).get("parse") or ()) if allowed is not None else {"users", "roles", "everyone"}
        )
        users = set(USER_MENTION.findall(message.content))
        roles = set(ROLE_MENTION.findall(message.content))
        if "users" not in parse:
            users &= set(map(str, (allowed or {}).get("users") or ()))
        if "roles" not in parse:
            roles &= set(map(str, (allowed or {}).get("roles") or ()))
        anyone = self._world.permissions_in(message.author, message.channel) & Permission.MENTION_EVERYONE
        known = guild.roles if guild is not None else {}
        people = (self._world.users.get(id_) for id_ in sorted(users))
        message.mentions = [user.json() for user in people if user is not None]
        message.mention_roles = [
            id_ for id_ in sorted(roles) if id_ in known and (anyone or known[id_].mentionable)
        ]
        said = "@everyone" in message.content or "@here" in message.content
        message.mention_everyone = bool(said and anyone and "everyone" in parse)

    def forget_nonces(self) -> None:
        """As after the few minutes for which Discord knows an enforced nonce again."""
        self._nonces.clear()

    def _known(self, author: User, body: Body) -> Message | None:
        if body.get("nonce") is None or not body.get("enforce_nonce"):
            return None
        at, message = self._nonces.get((author.id, str(body["nonce"])), (0.0, None))
        if message is None or time.monotonic() - at > self._limits.nonce:
            return None
        return message

    def _may_send(self, author: User, channel: Channel, body: Body, uploads: Sequence[Upload]) -> None:
        if channel.guild is None:
            self._may_dm(author, channel)
            return
        permissions = self._world.permissions_in(author, channel)
        if not permissions & Permission.VIEW_CHANNEL:
            raise missing_access()
        needed = int(channel.sending)
        if uploads:
            needed |= Permission.ATTACH_FILES
        if body.get("embeds"):
            needed |= Permission.EMBED_LINKS
        if permissions & needed != needed:
            raise missing_permissions()
        if isinstance(channel, Thread) and channel.locked and not permissions & Permission.MANAGE_THREADS:
            raise thread_archived() if channel.archived else thread_locked()

    def _keep_pace(self, author: User, channel: Channel) -> None:
        """Bots, and who manages messages or channels, write at any pace (docs: Channel)."""
        seconds, last = channel.rate_limit_per_user, self._sent.get((author.id, channel.id))
        if author.bot or not seconds or last is None:
            return
        waited = (self._world.ids.now() - last).total_seconds()
        if waited < seconds and not self._world.permissions_in(author, channel) & AT_ANY_PACE:
            raise too_soon(round(seconds - waited, 3))

    def _may_dm(self, author: User, channel: Channel) -> None:
        if author not in channel.recipients:
            raise missing_access()
        other = next((user for user in channel.recipients if user is not author), author)
        shared = any(
            author.id in guild.members and other.id in guild.members for guild in self._world.guilds.values()
        )
        application = self._world.applications.get(author.id)
        own = application is not None and other.id in application.installed_by
        if author.bot and (other.id in self._faults.closed or not (shared or own)):
            raise dms_closed()


def found_in(channel: Channel, id_: str) -> Message:
    """A message that all may see. Raises Refused (10008)."""
    message = channel.messages.get(id_)
    if message is None or message.ephemeral:
        raise unknown("Message")
    return message


def _insert(channel: Channel, message: Message) -> None:
    """Keeps the order of ids: an answer that the bot thought about stands where it began to think."""
    later = list(itertools.takewhile(lambda id_: int(id_) > int(message.id), reversed(channel.messages)))
    moved = [channel.messages.pop(id_) for id_ in reversed(later)]
    channel.keep(message)
    channel.messages.update((each.id, each) for each in moved)


def _numbered(components: list[Body], first: int = 1) -> list[Body]:
    """Gives each component an `id`, as Discord does where the sender gave none."""
    number = first

    def walk(component: Body) -> Body:
        nonlocal number
        made = {**component, "id": component.get("id") or number}
        number += 1
        if "components" in component:
            made["components"] = [walk(child) for child in component["components"]]
        if component.get("accessory"):
            made["accessory"] = walk(component["accessory"])
        return made

    return [walk(component) for component in components]
