"""Whether a backup is whole: it opens, its pages fit, and it holds as many rows as it is to."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from storage.errors import StorageError


def check(path: Path, counts: Mapping[str, int]) -> None:
    """Looks at a new backup, and makes it one file that needs none beside it. Raises StorageError."""
    with closing(sqlite3.connect(path)) as file:
        file.execute(
            "PRAGMA journal_mode = DELETE"
        )  # else a reader would want to write files of its own there
        if faults := _faults(file, "integrity_check"):
            raise StorageError(f"The backup came out damaged and was not kept: {faults[0]}.")
        for name, rows in counts.items():
            (found,) = file.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608 - our own names
            if found != rows:
                raise StorageError(f"The backup has {found} rows of {name}, not {rows}, and was not kept.")


def is_sound(path: Path) -> bool:
    """Whether a backup that was kept for a while still opens, every page of it."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            return not _faults(file, "quick_check")
    except sqlite3.Error:
        return False


def _faults(file: sqlite3.Connection, pragma: str) -> list[str]:
    try:
        return [said for (said,) in file.execute(f"PRAGMA {pragma}") if said != "ok"]
    except sqlite3.DatabaseError as error:
        return [type(error).__name__]
