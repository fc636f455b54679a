"""The demo's clock, and of the demo alone: begun in the past, moved forward at will and never back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

NEARLY = timedelta(minutes=1)  # behind the machine's clock, and yet as good as there


class DemoClock:
    """A `bot.clock.Clock`. `file` keeps how far it was moved, so that the next demo goes on from there."""

    def __init__(self, file: Path) -> None:
        self._file = file
        kept = file.read_text(encoding="ascii") if file.exists() else "0"
        self._ahead = timedelta(seconds=float(kept))

    @property
    def is_fresh(self) -> bool:
        """Whether it was never begun nor moved."""
        return not self._file.exists()

    @property
    def is_behind(self) -> bool:
        """Whether it was begun in the past and has not come to the present since."""
        return self._ahead < -NEARLY

    def now(self) -> datetime:
        """The demo's present, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def begin(self, at: datetime) -> None:
        """Lets a fresh clock start at an aware instant; one that goes already is left alone."""
        if self.is_fresh:
            self._move(at - self.now())

    def forward(self, to: datetime) -> None:
        """Moves on to an aware instant; where that is past, nothing changes."""
        by = to - self.now()
        if by > timedelta(0):
            self._move(by)

    def _move(self, by: timedelta) -> None:
        ahead = self._ahead + by
        fresh = self._file.with_suffix(".new")
        fresh.write_text(repr(ahead.total_seconds()), encoding="ascii")
        fresh.replace(self._file)  # whole at every moment: half a number would be another time
        self._ahead = ahead
