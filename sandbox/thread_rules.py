"""Threads opened, joined, left and changed as Discord lets people and bots do it, with its refusals."""

from collections.abc import Iterator
from typing import Any

from sandbox.entities import Channel, User
from sandbox.guilds import Guild
from sandbox.permissions import Permission
from sandbox.refusals import (
    invalid,
    missing_access,
    missing_permissions,
    thread_archived,
    unknown,
    wrong_kind_of_channel,
)
from sandbox.threads import DURATIONS, PRIVATE, PUBLIC, Thread
from sandbox.validation import Fault, length
from sandbox.world import World

Body = dict[str, Any]
NAME = "name"
FLAGS = ("archived", "locked", "invitable")
OWNERS = {NAME, "archived", "invitable", "auto_archive_duration"}  # what a thread's owner may change
CHANGEABLE = OWNERS | {"locked", "rate_limit_per_user"}
MOST_SECONDS = 21_600  # of rate_limit_per_user
NEWS_THREAD = 10  # beneath announcement channels, which are not here


class Threads:
    """What one may do with threads. Every method raises Refused where Discord would refuse."""

    def __init__(self, world: World) -> None:
        self._world = world

    def open(self, by: User, parent: Channel, body: Body) -> Thread:
        """A new thread without a message to begin with; private where no type is given."""
        allowed = self._allowed(by, parent)
        if parent.guild is None or parent.voice or isinstance(parent, Thread):
            raise wrong_kind_of_channel()
        asked = _given(body, CHANGEABLE | {"type"})
        kind = asked.pop("type", PRIVATE)
        public = kind == PUBLIC
        if not allowed & (Permission.CREATE_PUBLIC_THREADS if public else Permission.CREATE_PRIVATE_THREADS):
            raise missing_permissions()
        check_thread({NAME: None, "type": kind, **asked})
        if kind == NEWS_THREAD:
            raise wrong_kind_of_channel()
        asked = {name: value for name, value in asked.items() if name not in ("archived", "locked")}
        return parent.guild.add_thread(parent, asked.pop(NAME), owner=by, private=not public, **asked)

    def add(self, by: User, thread: Thread, user: User) -> None:
        """Someone joins, or is added by one who is in it; who is in it already stays."""
        allowed = self._active(by, thread)
        managing = bool(allowed & Permission.MANAGE_THREADS)
        if user is not by:
            inviting = thread.invitable or by is thread.owner or not thread.private
            inside = by.id in thread.members and inviting
            if not allowed & Permission.SEND_MESSAGES_IN_THREADS or not (inside or managing):
                raise missing_permissions()
        if user.id not in thread.guild.members:
            raise unknown("Member")
        if not self._world.sees(user, thread.parent):
            raise missing_access()
        thread.add(user)

    def remove(self, by: User, thread: Thread, user: User) -> None:
        """Someone leaves, or is taken out by a private thread's owner or one who manages threads."""
        allowed = self._active(by, thread)
        owning = by is thread.owner and thread.private
        if user is not by and not owning and not allowed & Permission.MANAGE_THREADS:
            raise missing_permissions()
        if user.id not in thread.members:
            raise unknown("Member")
        thread.remove(user)

    def change(self, by: User, thread: Thread, body: Body) -> None:
        """What `body` names of a thread changes (docs: Threads, Editing & Deleting Threads)."""
        allowed = self._allowed(by, thread)
        asked = _given(body, CHANGEABLE)
        waking = asked.get("archived") is False
        if thread.archived and not waking:
            raise thread_archived()
        if not allowed & Permission.MANAGE_THREADS and not _may_change(by, thread, allowed, asked):
            raise missing_permissions()
        check_thread(asked)
        thread.change(**asked)

    def delete(self, by: User, thread: Thread) -> None:
        """The thread goes."""
        if not self._allowed(by, thread) & Permission.MANAGE_THREADS:
            raise missing_permissions()
        thread.delete()

    def active(self, by: User, guild: Guild) -> list[Thread]:
        """Those of a guild that are not archived and that one sees, the newest first."""
        threads = reversed(guild.threads.values())
        return [thread for thread in threads if not thread.archived and self._world.sees(by, thread)]

    def _allowed(self, by: User, channel: Channel) -> int:
        allowed = self._world.permissions_in(by, channel)
        if not allowed & Permission.VIEW_CHANNEL:
            raise missing_access()
        return allowed

    def _active(self, by: User, thread: Thread) -> int:
        allowed = self._allowed(by, thread)
        if thread.archived:
            raise thread_archived()
        return allowed


def check_thread(body: Body) -> None:
    """What is to be a thread's. Raises Refused (50035)."""
    faults = list(_faults(body))
    if faults:
        raise invalid(faults)


def _faults(body: Body) -> Iterator[Fault]:
    if NAME in body:
        if isinstance(body[NAME], str | None):
            yield from length(NAME, body[NAME], 1, 100)
        else:
            yield NAME, "BASE_TYPE_STRING", "Could not interpret value as string."
    for name, choices in (("type", (NEWS_THREAD, PUBLIC, PRIVATE)), ("auto_archive_duration", DURATIONS)):
        if name in body and body[name] not in choices:
            yield name, "BASE_TYPE_CHOICES", f"Value must be one of {choices}."
    for name in FLAGS:
        if not isinstance(body.get(name, False), bool):
            yield name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false."
    yield from _pace(body)


def check_pace(body: Body) -> None:
    """What is to be a channel's slow mode. Raises Refused (50035)."""
    faults = list(_pace(_given(body, {"rate_limit_per_user"})))
    if faults:
        raise invalid(faults)


def _pace(body: Body) -> Iterator[Fault]:
    seconds = body.get("rate_limit_per_user", 0)
    if not isinstance(seconds, int) or not 0 <= seconds <= MOST_SECONDS:
        yield "rate_limit_per_user", "NUMBER_TYPE_MAX", f"int value should be between 0 and {MOST_SECONDS}."


def _given(body: Body, names: set[str]) -> Body:
    """Discord takes null for what is not named."""
    return {name: value for name, value in body.items() if name in names and value is not None}


def _may_change(by: User, thread: Thread, allowed: int, asked: Body) -> bool:
    """Whether one who does not manage threads may: the owner, and to wake it whoever writes in it."""
    waking = asked.get("archived") is False
    if waking and thread.locked:
        return False
    if waking and set(asked) == {"archived"} and allowed & Permission.SEND_MESSAGES_IN_THREADS:
        return True
    return by is thread.owner and set(asked) <= OWNERS
