"""Keeps the world in one SQLite file of JSON documents: each change at once, so that a kill loses nothing."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Store:
    """`folder` None keeps nothing beyond this process."""

    def __init__(self, folder: Path | None) -> None:
        self._file = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(folder / "world.db", isolation_level=None)
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("PRAGMA synchronous = NORMAL")
            self._file.execute(
                "CREATE TABLE IF NOT EXISTS documents"
                " (kind TEXT, id TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, id))"
            )

    @property
    def keeps(self) -> bool:
        """Whether anything is written at all."""
        return self._file is not None

    def put(self, kind: str, id_: str, body: dict[str, Any]) -> None:
        """Writes a document, in place of the one before."""
        if self._file is not None:
            text = json.dumps(body, separators=(",", ":"))
            self._file.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", (kind, id_, text))

    def delete(self, kind: str, id_: str) -> None:
        """Takes a document away."""
        if self._file is not None:
            self._file.execute("DELETE FROM documents WHERE kind = ? AND id = ?", (kind, id_))

    def all(self, kind: str) -> Iterator[dict[str, Any]]:
        """Every document of a kind, oldest id first."""
        if self._file is not None:
            rows = self._file.execute(
                "SELECT body FROM documents WHERE kind = ? ORDER BY length(id), id", (kind,)
            )
            for (body,) in rows.fetchall():
                yield json.loads(body)

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()
