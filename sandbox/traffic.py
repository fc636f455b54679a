"""What came in over REST, for tests to look at."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

KEPT = 200_000
ARRIVED, APPLIED = "arrived", "applied"  # the two moments of a request that a watcher is told of
Watcher = Callable[[str, str, str], None]  # moment, method, path


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `at` is monotonic, in seconds."""

    at: float
    method: str
    path: str
    status: int


@dataclass(slots=True)
class Traffic:
    """The last requests, oldest first. Status 0: the connection was cut by a planned fault.

    `watchers` are told when one arrives, and when it was applied and is not answered yet.
    """

    requests: deque[Request] = field(default_factory=lambda: deque(maxlen=KEPT))
    watchers: list[Watcher] = field(default_factory=list)
    in_hand: int = 0  # requests that have arrived and are not answered, those of bots that are gone too

    def tell(self, moment: str, method: str, path: str) -> None:
        """Tells the watchers."""
        for watcher in list(self.watchers):
            watcher(moment, method, path)

    def count(self, *, status: int | None = None, method: str | None = None, path: str = "") -> int:
        """How many requests had this status and method and this in their path."""
        return sum(
            (status is None or each.status == status)
            and (method is None or each.method == method)
            and path in each.path
            for each in self.requests
        )

    @property
    def too_many(self) -> int:
        """How many were answered with 429."""
        return self.count(status=429)

    def clear(self) -> None:
        """Forgets all of them."""
        self.requests.clear()
