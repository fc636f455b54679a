"""What the server refuses, with Discord's own codes and words (docs: Opcodes and Status Codes)."""

from collections.abc import Mapping, Sequence
from typing import Any


class Refused(Exception):
    """A refused request. `errors` is Discord's nested tree, for code 50035."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        errors: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.extra = dict(extra or {})
        self.headers: dict[str, str] = {}

    def json(self) -> dict[str, Any]:
        """The body, as Discord writes it."""
        body: dict[str, Any] = {"message": self.message, "code": self.code, **self.extra}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


def unauthorized() -> Refused:
    """A missing or wrong token."""
    return Refused(401, 0, "401: Unauthorized")


def unknown(what: str) -> Refused:
    """Something that does not exist, or that one cannot even see."""
    codes = {
        "Application": 10002,
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "Role": 10011,
        "User": 10013,
        "Webhook": 10015,
        "interaction": 10062,
        "application command": 10063,
        "Guild Scheduled Event": 10070,
        "Auto Moderation Rule": 10066,
    }
    return Refused(404, codes[what], f"Unknown {what}")


def missing_access() -> Refused:
    """The channel cannot be seen."""
    return Refused(403, 50001, "Missing Access")


def missing_permissions() -> Refused:
    """It can be seen, but this may not be done there."""
    return Refused(403, 50013, "Missing Permissions")


def wrong_kind_of_channel() -> Refused:
    """Not in a channel of this type."""
    return Refused(400, 50024, "Cannot execute action on this channel type")


def thread_archived() -> Refused:
    """Nothing but writing and deleting is done in an archived thread before it is woken."""
    return Refused(400, 50083, "Thread is archived")


def thread_locked() -> Refused:
    """Only those who manage threads write here."""
    return Refused(403, 160005, "Thread is locked")


def unknown_language(given: str) -> Refused:
    """Discord's client offers its own languages and no other."""
    return Refused(400, 0, f'Discord has no language "{given}".')


def dms_closed() -> Refused:
    """The person takes no direct messages."""
    return Refused(403, 50007, "Cannot send messages to this user")


def not_the_author() -> Refused:
    """Only its author edits a message."""
    return Refused(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> Refused:
    """Nothing in it."""
    return Refused(400, 50006, "Cannot send an empty message")


def already_acknowledged() -> Refused:
    """The second first answer to one interaction."""
    return Refused(400, 40060, "Interaction has already been acknowledged.")


def token_expired() -> Refused:
    """An interaction token is good for 15 minutes."""
    return Refused(401, 50027, "Invalid Webhook Token")


def too_soon(seconds: float) -> Refused:
    """The channel's slow mode (docs: JSON Error Codes)."""
    words = "This action cannot be performed due to slowmode rate limit"
    return Refused(429, 20016, words, extra={"retry_after": seconds})


def blocked_by_automod(shown: str = "") -> Refused:
    """A rule of the server keeps the message out. `shown`: what the rule lets its author read instead.

    How Discord's client gets hold of those words is its own affair; here they come with the refusal.
    """
    extra = {"custom_message": shown} if shown else None
    return Refused(400, 200000, "Message was blocked by automatic moderation", extra=extra)


def invalid(faults: Sequence[tuple[str, str, str]], within: str = "") -> Refused:
    """50035 with its nested tree. `faults`: (dotted path such as `embeds.0.title`, code, message)."""
    tree: dict[str, Any] = {}
    for path, code, message in faults:
        node = tree
        for part in (within + path).split("."):
            node = node.setdefault(part, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})
    return Refused(400, 50035, "Invalid Form Body", errors=tree)
