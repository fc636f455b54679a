"""The demo's clock, and of the demo alone: the machine's, moved forward at will and never back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class DemoClock:
    """A `bot.clock.Clock`. `file` keeps how far it was moved, so that the next demo goes on from there."""

    def __init__(self, file: Path) -> None:
        self._file = file
        kept = file.read_text(encoding="ascii") if file.exists() else "0"
        self._ahead = timedelta(seconds=float(kept))

    def now(self) -> datetime:
        """The demo's present, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def forward(self, to: datetime) -> None:
        """Moves on to an aware instant; where that is past, nothing changes."""
        by = to - self.now()
        if by <= timedelta(0):
            return
        ahead = self._ahead + by
        fresh = self._file.with_suffix(".new")
        fresh.write_text(repr(ahead.total_seconds()), encoding="ascii")
        fresh.replace(self._file)  # whole at every moment: half a number would be another time
        self._ahead = ahead
