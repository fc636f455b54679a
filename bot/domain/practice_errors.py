"""What members may meet when they practise: words that fit no counter, days that cannot be logged."""

from datetime import date

from bot.domain.errors import TrellisError


class NoSuchAttempt(TrellisError):
    """No attempt of this member has this id."""


class NoSuchChallenge(TrellisError):
    """There is no such challenge, or none for people like those of this circle."""


class PracticeRests(TrellisError):
    """Practice with other people rests for this member until they go on; `circle` is where."""

    def __init__(self, circle: int) -> None:
        super().__init__(circle)
        self.circle = circle


class TooHigh(TrellisError):
    """A challenge more than one rung above what the member has tried in its area; `rung` is theirs now."""

    def __init__(self, rung: int) -> None:
        super().__init__(rung)
        self.rung = rung


class NoRoom(TrellisError):
    """As many are kept as can be; `limit` of them."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class NoSuchPair(TrellisError):
    """No pair of this member has this id."""


class NotYourTurn(TrellisError):
    """What was pressed belongs to the other one, or to an earlier step."""


class PairOver(TrellisError):
    """The practice has ended."""


class ItTakesTwo(TrellisError):
    """A member named themself, or a bot."""


class NotAlongside(TrellisError):
    """The two have not named each other, or no more."""


class SentToday(TrellisError):
    """One word a day was sent already."""


class NoSuchCommitment(TrellisError):
    """No commitment of this member has this id."""


class CommitmentEnded(TrellisError):
    """It was let go; nothing is logged on it any more."""


class TooManyCommitments(TrellisError):
    """As many are live as can be at a time."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class BadCadence(TrellisError):
    """Neither days, nor times a week, nor a date."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


class PastDate(TrellisError):
    """A single date that has been already."""


class OnlyByDays(TrellisError):
    """Logging lapses alone needs days that ask for it: without them a silent day says nothing."""


class NothingAsks(TrellisError):
    """No day asks for it, so there is nothing to be reminded of."""


class VagueCommitment(TrellisError):
    """Nobody could see or hear whether it was done. `sort` names what is missing: act, seen or when."""

    def __init__(self, sort: str) -> None:
        super().__init__(sort)
        self.sort = sort


class UnfitCommitment(TrellisError):
    """What no counter is for; `sort` is the id of its category in content/commitments.yaml."""

    def __init__(self, sort: str) -> None:
        super().__init__(sort)
        self.sort = sort


class FutureDay(TrellisError):
    """A day that has not come yet on the member's calendar."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.today = today


class DayClosed(TrellisError):
    """A day too long ago to be logged; `first` is the earliest that can be."""

    def __init__(self, first: date) -> None:
        super().__init__(first)
        self.first = first


class NoRestLeft(TrellisError):
    """The week's rest days are used up; a pause has no limit."""
