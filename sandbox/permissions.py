"""Permissions as Discord computes them: roles first, then the channel's overwrites."""

from enum import IntFlag


class Permission(IntFlag):
    """Those that the sandbox checks (docs: Permissions)."""

    KICK_MEMBERS = 1 << 1
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    CONNECT = 1 << 20
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    CREATE_EVENTS = 1 << 44
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


ALL = (1 << 53) - 1
IN_DM = int(
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CONNECT
)
IN_THREADS = int(
    Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS | Permission.SEND_MESSAGES_IN_THREADS
)
TIMED_OUT = int(Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY)  # all that is left meanwhile
AT_ANY_PACE = Permission.MANAGE_MESSAGES | Permission.MANAGE_CHANNELS | Permission.BYPASS_SLOWMODE
EVERYONE = IN_DM | IN_THREADS  # what a new server gives to everyone

Overwrite = tuple[int, int]  # allow, deny


def base(everyone: int, roles: list[int], *, owner: bool) -> int:
    """In the server as a whole."""
    if owner:
        return ALL
    found = everyone
    for permissions in roles:
        found |= permissions
    return ALL if found & Permission.ADMINISTRATOR else found


def overwritten(
    found: int,
    everyone: Overwrite | None,
    roles: list[Overwrite],
    member: Overwrite | None,
    *,
    sending: Permission = Permission.SEND_MESSAGES,
) -> int:
    """In one channel (docs: Permission Overwrites). Who may not view it may do nothing there.

    `sending`: what writing needs there; without it nothing that goes with a message is allowed either.
    """
    if found & Permission.ADMINISTRATOR:
        return ALL
    if everyone is not None:
        found = found & ~everyone[1] | everyone[0]
    allow = deny = 0
    for allowed, denied in roles:
        allow |= allowed
        deny |= denied
    found = found & ~deny | allow
    if member is not None:
        found = found & ~member[1] | member[0]
    if not found & Permission.VIEW_CHANNEL:
        return 0
    if not found & sending:
        found &= ~(Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE)
    return found
