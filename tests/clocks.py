"""The one fake of the suite: a clock that moves when it is told to."""

from datetime import UTC, datetime, timedelta


class SteppedClock:
    """A `bot.clock.Clock` that stands still between steps."""

    def __init__(self, start: datetime = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        """The instant it was set to, aware, in UTC."""
        return self._now

    def step(self, by: timedelta) -> None:
        """Moves forward."""
        self._now += by

    def set(self, to: datetime) -> None:
        """Moves to an aware instant."""
        self._now = to.astimezone(UTC)
