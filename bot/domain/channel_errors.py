"""What may be met around the channel: an end that cannot be read, two who are not two, rules out of reach."""

from collections.abc import Sequence

from bot.domain.errors import TrellisError


class BadEnd(TrellisError):
    """No end of a quiet can be read from what was typed, or (`read`) it is past or beyond `most` days."""

    def __init__(self, given: str, most: int, *, read: bool = False) -> None:
        super().__init__("until")
        self.given = given
        self.most = most
        self.read = read


class NoSuchTwo(TrellisError):
    """No two who are kept apart have this id here, or the actor is one of them."""


class AnothersToTake(TrellisError):
    """What this is about is not this facilitator's to take: the two are kept apart."""


class TooManyTwos(TrellisError):
    """As many are kept apart as can be; `limit` of them."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class BadSpan(TrellisError):
    """A length of time that cannot be read, or lies outside of what fits."""

    def __init__(self, given: str) -> None:
        super().__init__("span")
        self.given = given


class CannotSlow(TrellisError):
    """The channel's pace is out of our reach: Manage Channels is missing there."""


class NotInCircle(TrellisError):
    """The message does not stand in a circle's channel, or no person wrote it."""


class NotGuardian(TrellisError):
    """A facilitator who does not manage the server, which switching the guard takes."""


class CannotGuard(TrellisError):
    """Rules cannot be made; `why` is the id of a reason, `what` what is in the way."""

    def __init__(self, why: str, what: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.what = tuple(what)
