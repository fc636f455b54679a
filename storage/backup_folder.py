"""The folder of backups that Trellis makes by itself: their names, which is the newest, which may go."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

NIGHTLY = re.compile(r"trellis-(\d{4}-\d\d-\d\d)\.db")
BEFORE_UPGRADE = re.compile(r"trellis-before-upgrade-from-\w+-\d{8}T\d{6}\.db")
UPGRADES = 3  # so many copies from before upgrades are kept


def nightly(folder: Path, day: date) -> Path:
    """Where the backup of a day (UTC) lies."""
    return folder / f"trellis-{day.isoformat()}.db"


def before_upgrade(folder: Path, revision: str, at: datetime) -> Path:
    """Where the copy from before an upgrade lies; other than the nightly ones, it is one for each try."""
    return folder / f"trellis-before-upgrade-from-{revision}-{at.astimezone(UTC):%Y%m%dT%H%M%S}.db"


def newest(folder: Path) -> datetime | None:
    """When the newest nightly one was written; None where there is none."""
    found = _all(folder, NIGHTLY)
    return datetime.fromtimestamp(found[-1].stat().st_mtime, UTC) if found else None


def prune(folder: Path, kept: int) -> int:
    """Deletes the oldest nightly ones past `kept`, and copies from before upgrades past UPGRADES; how many.

    Nothing that was named otherwise is touched: what an operator made by hand is theirs.
    """
    over = [*_all(folder, NIGHTLY)[: -max(kept, 1)], *_all(folder, BEFORE_UPGRADE)[:-UPGRADES]]
    for path in over:
        path.unlink(missing_ok=True)
    return len(over)


def _all(folder: Path, form: re.Pattern[str]) -> list[Path]:
    """Oldest first: by name for nightly ones, which sorts by date, else by when they were written."""
    if not folder.is_dir():
        return []
    found = [each for each in folder.iterdir() if form.fullmatch(each.name) and each.is_file()]
    return sorted(
        found, key=lambda each: each.name.rpartition("-")[2] if form is BEFORE_UPGRADE else each.name
    )
