"""What people asked for and what they were told: kept by the sandbox's side, beside the bot's own books."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.entities import LOADING
from sandbox.outcomes import Outcome

MARK = "kestrel"  # stands in everything that anybody writes, so that a log can be searched for it


@dataclass(slots=True, eq=False)
class Attempt:
    """One act that is to be kept. `about`: the post, share, alert or commitment that it is about.

    `words`: what comes back to the person where they are answered and it was not kept.
    """

    who: str
    what: str
    about: int = 0
    value: str = ""
    words: str = ""
    outcome: Outcome | None = None
    _kept: bool = False  # was acknowledged, in a message that may have changed since

    @property
    def answered(self) -> bool:
        """Something was said to it."""
        outcome = self.outcome
        if outcome is None or outcome.state not in ("answered", "updated"):
            return False
        return outcome.message is None or not outcome.message.flags & LOADING

    @property
    def acknowledged(self) -> bool:
        """What was said says that it is kept."""
        self._kept = self._kept or (self.answered and _ACKNOWLEDGES[self.what](self))
        return self._kept

    def look(self, outcome: Outcome | None) -> None:
        """Takes down how it stands now."""
        self.outcome = outcome
        _ = self.acknowledged

    @property
    def shown(self) -> list[Any]:
        """The messages in which it was answered."""
        if self.outcome is None:
            return []
        first = [self.outcome.message] if self.outcome.message is not None else []
        return [*first, *self.outcome.followups]

    @property
    def said(self) -> str:
        """Everything that was said to it."""
        return "\n".join(text_of(each) for each in self.shown)

    def ids(self, pattern: str) -> list[re.Match[str]]:
        """The components of the answer whose custom id fits."""
        found = (re.fullmatch(pattern, custom_id) for each in self.shown for custom_id in ids_in(each))
        return [match for match in found if match]


def _gives(pattern: str) -> Any:
    return lambda attempt: bool(attempt.ids(pattern))


def _says(words: str) -> Any:
    return lambda attempt: words in attempt.said


def _changes(attempt: Attempt) -> bool:
    return attempt.outcome is not None and attempt.outcome.state == "updated"


_ACKNOWLEDGES = {
    "tap": _gives(r"check-in:take-back:\d+"),
    "form": _gives(r"check-in:take-back:\d+"),
    "offer": _gives(r"share:withdraw:\d+"),
    "approve": _says("Approved. The words are on their way"),
    "decline": _says("Declined."),
    "person": _gives(r"alert:answered:\d+"),
    "take": _changes,
    "close": _changes,
    "commit": _says("It begins today"),
    "log": _changes,
    "post": _says("It is up:"),
    "begin": _says("in our direct messages"),
    "step": _changes,
}


@dataclass(slots=True)
class Ledger:
    """All attempts, in the order in which they were made."""

    attempts: list[Attempt] = field(default_factory=list)

    def of(self, *what: str) -> Iterator[Attempt]:
        """Those of these kinds."""
        return (each for each in self.attempts if each.what in what)

    def acknowledged(self) -> int:
        """How many were told that they are kept."""
        return sum(each.acknowledged for each in self.attempts)


def text_of(message: Any) -> str:
    """Everything a message says."""
    return "\n".join([message.content, *map(str, message.embeds)])


def components_in(message: Any) -> Iterator[dict[str, Any]]:
    """A message's components, rows opened."""
    for row in message.components:
        yield from row.get("components", [row])


def ids_in(message: Any) -> list[str]:
    """Their custom ids."""
    return [each["custom_id"] for each in components_in(message) if "custom_id" in each]
