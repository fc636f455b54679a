"""What a test can break: the next answers, the speed, the gateways, a person's direct messages."""

import re
from dataclasses import dataclass, field
from typing import Protocol


class Disturbed(Protocol):
    """A gateway whose bots can be disturbed."""

    async def close_all(self, code: int) -> None:
        """Closes every connection with this code."""
        ...

    def ask_to_reconnect(self) -> None:
        """Asks every bot to reconnect."""
        ...


@dataclass(slots=True)
class Fault:
    """One planned fault; `status` None drops the connection instead of answering.

    `wait`: of a 429, in seconds. `met`: how many requests it has met.
    """

    method: str
    path: re.Pattern[str]
    status: int | None
    times: int
    after_applied: bool
    wait: float = 0.0
    everything: bool = False  # the 429 is the bot's global limit's, not a route's
    met: int = 0


@dataclass(slots=True)
class Faults:
    """Planned faults, used up in the order in which they were planned."""

    gateway: Disturbed
    closed: set[str] = field(default_factory=set)  # ids of people whose direct messages are closed
    _planned: list[Fault] = field(default_factory=list)
    _slow: list[tuple[str, re.Pattern[str], float]] = field(default_factory=list)

    def fail_next(
        self, method: str, path_regex: str, *, status: int = 503, times: int = 1, after_applied: bool = False
    ) -> Fault:
        """The next such requests are answered with `status`; applied all the same if `after_applied`."""
        return self._plan(Fault(method, re.compile(path_regex), status, times, after_applied))

    def drop_next(self, method: str, path_regex: str, *, times: int = 1, after_applied: bool = True) -> Fault:
        """The next such requests get no answer: the connection is cut."""
        return self._plan(Fault(method, re.compile(path_regex), None, times, after_applied))

    def storm(
        self, method: str, path_regex: str, *, times: int = 5, wait: float = 0.5, everything: bool = False
    ) -> Fault:
        """The next such requests are refused with 429, as Discord words it, whatever was asked before.

        `wait` is what it asks for, in seconds; `everything`: for all routes, as its global limit does.
        """
        path = re.compile(path_regex)
        return self._plan(Fault(method, path, 429, times, False, wait=wait, everything=everything))

    def drop_first(self, method: str, path: str) -> None:
        """The very next such request is cut before it is applied, whatever else is planned for it."""
        self._planned.insert(0, Fault(method, re.compile(f"^{re.escape(path)}$"), None, 1, False))

    def slow(self, method: str, path_regex: str, seconds: float) -> None:
        """Every such request waits before it is applied; 0 seconds ends it."""
        self._slow = [each for each in self._slow if (each[0], each[1].pattern) != (method, path_regex)]
        if seconds:
            self._slow.append((method, re.compile(path_regex), seconds))

    async def close_gateways(self, code: int = 4000) -> None:
        """Closes every bot's gateway connection."""
        await self.gateway.close_all(code)

    def ask_to_reconnect(self) -> None:
        """Asks every bot to reconnect (op 7)."""
        self.gateway.ask_to_reconnect()

    def close_dms(self, user: object) -> None:
        """This person takes no direct messages from bots any more."""
        self.closed.add(str(getattr(user, "id", user)))

    def open_dms(self, user: object) -> None:
        """And takes them again."""
        self.closed.discard(str(getattr(user, "id", user)))

    def clear(self) -> None:
        """Forgets what is planned, and all slowness; who takes no direct messages takes none still."""
        self._planned.clear()
        self._slow.clear()

    def _plan(self, fault: Fault) -> Fault:
        self._planned.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that meets this request, used up by one."""
        for fault in self._planned:
            if fault.met < fault.times and fault.method == method and fault.path.search(path):
                fault.met += 1
                return fault
        return None

    def delay(self, method: str, path: str) -> float:
        """Seconds that this request waits."""
        return sum(
            seconds for method_, pattern, seconds in self._slow if method_ == method and pattern.search(path)
        )
