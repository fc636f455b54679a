"""What facilitators may meet with alerts and duty."""

from bot.domain.accounts import Account
from bot.domain.errors import TrellisError


class NoSuchAlert(TrellisError):
    """The alert is unknown here: deleted with its person, kept no longer, or another circle's."""


class AlertTaken(TrellisError):
    """Another facilitator has it; `holder` is None once that person has deleted what named them."""

    def __init__(self, holder: Account | None) -> None:
        super().__init__("taken")
        self.holder = holder


class AlertClosed(TrellisError):
    """It has been closed."""


class NoWordMatch(TrellisError):
    """A person raised it, so there is no match that could be false."""


class BadUntil(TrellisError):
    """Neither HH:MM nor YYYY-MM-DD HH:MM, or gone by, or further ahead than duty can be set."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


class TooLongForALine(TrellisError):
    """More characters than `limit` in a setting that is said within a sentence."""

    def __init__(self, given: int, limit: int) -> None:
        super().__init__(limit)
        self.given = given
        self.limit = limit
