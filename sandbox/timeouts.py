"""Timeouts: who may set one on whom, and for how long at most."""

from datetime import datetime, timedelta
from typing import Any

from sandbox.entities import User
from sandbox.guilds import Guild
from sandbox.permissions import Permission
from sandbox.refusals import invalid, missing_permissions
from sandbox.snowflakes import iso

LONGEST = timedelta(days=28)  # docs: Guild, Modify Guild Member
FIELD = "communication_disabled_until"


def checked(given: Any, now: datetime) -> str | None:
    """The end of a timeout as it is kept; None ends one. Raises Refused (50035)."""
    if given is None:
        return None
    try:
        until = datetime.fromisoformat(str(given))
    except ValueError:
        until = None
    if until is None or until.tzinfo is None:
        raise invalid([(FIELD, "DATE_TIME_TYPE_PARSE", "Could not parse the value as a datetime.")])
    if until > now + LONGEST:
        raise invalid([(FIELD, "INVALID_COMMUNICATION_DISABLED_TIMESTAMP", "A timeout is 28 days at most.")])
    return iso(until) if until > now else None


def may_set(guild: Guild, by: User, of: User) -> None:
    """By who moderates members, of who stands below and does not administrate. Raises Refused (50013)."""
    if not guild.permissions_of(by) & Permission.MODERATE_MEMBERS:
        raise missing_permissions()
    if guild.permissions_of(of) & Permission.ADMINISTRATOR or guild.rank(by) <= guild.rank(of):
        raise missing_permissions()
