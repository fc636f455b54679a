"""One tree of what can go wrong, in facts without wording; `cogs` maps each type to a sentence."""

from collections.abc import Sequence
from datetime import datetime


class TrellisError(Exception):
    """The root: every refusal that a person can be told of."""


class NotAnswered(TrellisError):
    """The database did not answer in time; whether anything was kept is unknown."""


class Contended(NotAnswered):
    """Another unit of work came first, at the same things: nothing was kept, and again it may go through."""


class NotKept(NotAnswered):
    """The database could not make a unit of work durable (disk full, locked, broken): nothing of it was kept.

    The cause tells why.
    """


class NotFacilitator(TrellisError):
    """The actor does not hold the circle's facilitator role."""


class NotServerManager(TrellisError):
    """Making a circle needs Manage Server."""


class NoCircle(TrellisError):
    """There is no circle here (no such id, not in this server, or not in this channel)."""


class ManyCircles(TrellisError):
    """Several circles are possible; `names` are those of this server."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(len(names))
        self.names = tuple(names)


class CircleExists(TrellisError):
    """The channel is already the home of a circle."""


class NotAMember(TrellisError):
    """The actor has not joined the circle; `circle` is offered for joining."""

    def __init__(self, circle: int) -> None:
        super().__init__(circle)
        self.circle = circle


class ConsentNeeded(TrellisError):
    """The member has not said yes to this scope, or only to older words of it (`reworded`)."""

    def __init__(self, circle: int, scope: str, *, reworded: bool = False) -> None:
        super().__init__(scope)
        self.circle = circle
        self.scope = scope
        self.reworded = reworded


class OccurrenceClosed(TrellisError):
    """A later check-in has been posted since; `latest` is its message id where known."""

    def __init__(self, latest: str | None) -> None:
        super().__init__("closed")
        self.latest = latest


class NoSuchOccurrence(TrellisError):
    """The post is unknown: made by an earlier installation, or its circle is gone."""


class NoSuchSchedule(TrellisError):
    """The schedule is unknown or was removed."""


class ScheduleExists(TrellisError):
    """The circle has this very schedule already."""


class NotADueDate(TrellisError):
    """The schedule posts nothing on that date; `next_dates` are ISO dates it does post on."""

    def __init__(self, next_dates: Sequence[str]) -> None:
        super().__init__(len(next_dates))
        self.next_dates = tuple(next_dates)


class UnknownZone(TrellisError):
    """No IANA time zone has this name; `nearest` are existing ones."""

    def __init__(self, given: str, nearest: Sequence[str]) -> None:
        super().__init__(given)
        self.given = given
        self.nearest = tuple(nearest)


class UnknownRegion(TrellisError):
    """No ISO 3166-1 country has this code or name; `nearest` are existing codes."""

    def __init__(self, given: str, nearest: Sequence[str]) -> None:
        super().__init__(given)
        self.given = given
        self.nearest = tuple(nearest)


class BadTime(TrellisError):
    """Not a time of day as HH:MM."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


class BadDate(TrellisError):
    """Not a date as YYYY-MM-DD."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


class BadDays(TrellisError):
    """Neither `daily`, `weekdays` nor names such as mon,wed,fri."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


class BadName(TrellisError):
    """A circle's name is empty or too long."""

    def __init__(self, given: str, limit: int) -> None:
        super().__init__(limit)
        self.given = given
        self.limit = limit


class EveryoneIsFacilitator(TrellisError):
    """The chosen facilitator role is @everyone."""


class SameChannel(TrellisError):
    """The home channel and the facilitators' channel are one."""


class TooLong(TrellisError):
    """A text over its limit; it is given back. Characters."""

    def __init__(self, text: str, limit: int) -> None:
        super().__init__(len(text), limit)
        self.text = text
        self.limit = limit


class Empty(TrellisError):
    """Nothing was said, where something is needed."""


class NoSuchShare(TrellisError):
    """The share is unknown or was deleted."""


class SharingOff(TrellisError):
    """The circle does not take shares."""


class AlreadyDecided(TrellisError):
    """The share has been decided on or withdrawn; `review` says how."""

    def __init__(self, review: str) -> None:
        super().__init__(review)
        self.review = review


class CirclePaused(TrellisError):
    """The circle rests until `until` (None: open end)."""

    def __init__(self, until: datetime | None) -> None:
        super().__init__(until)
        self.until = until


class NothingPlanned(TrellisError):
    """No text is left or planned for this kind on this date."""


class MissingPermissions(TrellisError):
    """The bot may not do what it must. `missing`: (channel id, permission as Discord's client names it)."""

    def __init__(self, missing: Sequence[tuple[str, str]]) -> None:
        super().__init__(len(missing))
        self.missing = tuple(missing)


class DeliveryError(TrellisError):
    """The root of what a Messenger may raise."""


class ChannelGone(DeliveryError):
    """The channel or server no longer exists, or the bot cannot see it."""


class NotPermitted(DeliveryError):
    """The platform refused for want of a permission."""


class MessagesClosed(DeliveryError):
    """The member takes no direct messages."""


class Unreachable(DeliveryError):
    """The platform did not answer, or answered that it could not; whether it was applied is unknown."""


class Rejected(DeliveryError):
    """The platform refused the content as it is: our fault, trying again will not help."""


class ContentError(TrellisError):
    """A text of bot/content is wrong: file, id, reason."""

    def __init__(self, file: str, id_: str, reason: str) -> None:
        super().__init__(f"{file}: {id_}: {reason}")
        self.file = file
        self.id = id_
        self.reason = reason


class SettingsError(TrellisError):
    """An environment setting is missing or wrong; both make one sentence that quotes no value."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name
        self.reason = reason


class VaultError(TrellisError):
    """The vault cannot open what stands in the database: a wrong or missing key."""
