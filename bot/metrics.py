"""What is counted for the operator: figures alone, under labels from closed sets, none that names anybody.

No label says which circle, which person, which command or which kind of help: in a group of eight, the hour
at which somebody asked for help would name them. Counting costs a microsecond; what has to be asked of the
database is asked when somebody looks (bot.health).
"""

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from bot.domain.occurrences import Reason, State

T = TypeVar("T")

SOON = (0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3)  # seconds; Discord waits three for an answer
LATE = (1, 2, 5, 15, 60, 300, 900, 3600, 7200)  # seconds; past two hours nothing is posted any more
LONG = (0.01, 0.05, 0.25, 1, 5, 30, 120)  # seconds
UNANSWERED = 1000  # so many presses at most are waited for; what was never answered falls out at their end
ROOTS = {  # whose fault it is, by the package that an error's type comes from
    "sqlalchemy": "database", "sqlite3": "database", "asyncpg": "database", "storage": "database",
    "discord": "discord", "aiohttp": "network",
}  # fmt: skip


class Kind(StrEnum):
    """How somebody asked for something."""

    COMMAND = "command"
    COMPONENT = "component"
    FORM = "form"
    CHOICES = "choices"  # autocomplete
    MESSAGE = "message"  # written to the bot


class Came(StrEnum):
    """What became of one try to deliver a letter."""

    DELIVERED = "delivered"
    LATER = "later"  # the platform could not be reached
    REFUSED = "refused"
    CLOSED = "closed"  # the member takes no direct messages
    FAILED = "failed"  # a fault of ours


class Where(StrEnum):
    """Where something went wrong."""

    ANSWER = "answer"
    JOB = "job"
    LETTER = "letter"
    POST = "post"


class Metrics:
    """One a process. Other processes have their own, on their own port."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # a second series for each, of the time it was made, that nobody asks for
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        one = self._registered
        self.build = one(Info, "trellis_build", "This version, and what it runs on")
        self._posts = one(Counter, "trellis_posts", "Posts by what became of them", ("outcome", "reason"))
        self._lateness = one(
            Histogram,
            "trellis_post_lateness_seconds",
            "From a post's promised time to its mark",
            buckets=LATE,
        )
        self._letters = one(Counter, "trellis_letter_tries", "Tries to deliver a letter", ("outcome",))
        self._asked = one(Counter, "trellis_interactions", "Commands, presses, forms and words", ("kind",))
        self._answers = one(
            Histogram,
            "trellis_interaction_answer_seconds",
            "From an interaction's arrival to Discord's word that its answer is there",
            ("kind",),
            buckets=SOON,
        )
        self._refused = one(Counter, "trellis_interaction_answers_refused", "Answers that came too late")
        self._discord = one(Counter, "trellis_discord_answers", "What Discord answered", ("status",))
        self._errors = one(Counter, "trellis_errors", "What went wrong unforeseen", ("where", "cause"))
        self._jobs = one(Histogram, "trellis_job_seconds", "Runs of standing jobs", ("job",), buckets=LONG)
        self._failed = one(Counter, "trellis_job_failures", "Runs that failed", ("job",))
        self._ended = one(Gauge, "trellis_job_last_success_timestamp_seconds", "By job", ("job",))
        self._gone = one(Counter, "trellis_gateway_disconnects", "Times that the gateway was lost")
        self._backups = one(Counter, "trellis_backups", "Nightly backups by outcome", ("outcome",))
        self._waiting: dict[int, tuple[float, Histogram]] = {}
        self._begin()

    def _registered(self, kind: Callable[..., T], *given: Any, **more: Any) -> T:
        return kind(*given, registry=self.registry, **more)

    def _begin(self) -> None:
        """Each series is there from the start, so that the first of its kind is seen as an increase."""
        self._posts.labels(State.SENT, "")
        for reason in Reason:
            self._posts.labels(State.MISSED, reason)
            self._posts.labels(State.HELD, reason)
        for came in Came:
            self._letters.labels(came)
        for kind in Kind:
            self._asked.labels(kind)
        self._answered: dict[Kind, Histogram] = {
            kind: self._answers.labels(kind) for kind in Kind if kind is not Kind.MESSAGE
        }
        for status in ("2xx", "3xx", "4xx", "429", "5xx", "none"):
            self._discord.labels(status)
        for outcome in ("made", "failed"):
            self._backups.labels(outcome)

    def post(self, state: State, reason: Reason | None = None, late: timedelta | None = None) -> None:
        """A post came to its end; `late` where it was promised for a time."""
        self._posts.labels(state, reason or "").inc()
        if late is not None:
            self._lateness.observe(max(late.total_seconds(), 0))

    def letter(self, came: Came) -> None:
        """A letter was tried."""
        self._letters.labels(came).inc()

    def asked(self, kind: Kind, number: int | None = None) -> None:
        """Somebody asked; an interaction's `number` is forgotten once it is answered."""
        self._asked.labels(kind).inc()
        if number is not None:
            if len(self._waiting) >= UNANSWERED:
                del self._waiting[next(iter(self._waiting))]
            self._waiting[number] = (time.perf_counter(), self._answered[kind])

    def answered(self, number: int, *, accepted: bool) -> None:
        """Its answer is there, or was refused."""
        began, answers = self._waiting.pop(number, (None, None))
        if not accepted:
            self._refused.inc()
        elif began is not None and answers is not None:
            answers.observe(time.perf_counter() - began)

    def discord(self, status: int | None) -> None:
        """Discord answered a request; None: nothing came."""
        named = "429" if status == 429 else f"{status // 100}xx" if status else "none"
        self._discord.labels(named).inc()

    def error(self, where: Where, error: BaseException) -> None:
        """Something went wrong that nobody foresaw."""
        self._errors.labels(where, cause_of(error)).inc()

    def job(self, name: str, seconds: float, error: Exception | None) -> None:
        """A standing job has run."""
        self._jobs.labels(name).observe(seconds)
        if error is None:
            self._ended.labels(name).set_to_current_time()
        else:
            self._failed.labels(name).inc()
            self.error(Where.JOB, error)

    def jobs(self, names: Iterable[str]) -> None:
        """Which jobs there are, before any has run."""
        for name in names:
            self._jobs.labels(name)
            self._failed.labels(name)

    def disconnected(self) -> None:
        """The gateway was lost; discord.py comes back by itself."""
        self._gone.inc()

    def backup(self, *, made: bool) -> None:
        """A nightly backup was made, or failed."""
        self._backups.labels("made" if made else "failed").inc()


def cause_of(error: BaseException) -> str:
    """Whose fault an error is: database, discord, network, or ours."""
    for type_ in type(error).__mro__:
        if found := ROOTS.get(type_.__module__.partition(".")[0]):
            return found
    return "network" if isinstance(error, OSError) else "ours"
