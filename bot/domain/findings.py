"""What a look at an installation finds: each thing is well, worth knowing, or something is to be done."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How it stands."""

    OK = "ok"
    NOTE = "note"  # worth knowing; it works all the same
    TO_DO = "to do"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is, how it stands, and in a sentence what was found, or to do."""

    name: str
    mark: Mark
    said: str
    more: tuple[str, ...] = ()  # what belongs to it, one thing a row


def ok(name: str, said: str) -> Finding:
    """All is well."""
    return Finding(name, Mark.OK, said)


def note(name: str, said: str, *more: str) -> Finding:
    """Worth knowing."""
    return Finding(name, Mark.NOTE, said, more)


def to_do(name: str, said: str, *more: str) -> Finding:
    """Something is to be done."""
    return Finding(name, Mark.TO_DO, said, more)
