"""What is refused because a circle closes."""

from datetime import datetime

from bot.domain.errors import TrellisError


class CircleClosing(TrellisError):
    """The circle closes at `closes_at`, so nothing new is begun in it."""

    def __init__(self, closes_at: datetime) -> None:
        super().__init__(closes_at)
        self.closes_at = closes_at


class TooLateToKeep(TrellisError):
    """The time in which the circle could be kept is over: it is being deleted."""
