"""Discord's documented limits in time, and the buckets that count requests."""

import hashlib
import re
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.refusals import Refused

# Answers to interactions and webhook-token routes stand outside the bot's global limit (docs: Rate Limits).
_OUTSIDE_GLOBAL = re.compile(r"^/(?:interactions|webhooks)/")
_ID = re.compile(r"/\d{5,}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, counts per window. Tests may shorten or widen them."""

    answer: float = 3.0  # the first answer to an interaction
    token: float = 900.0  # what follows it
    nonce: float = 180.0  # how long a nonce is remembered ("the past few minutes")
    global_per_second: int = 50
    identify: float = (
        0.0  # between two shards of a bot that identify; Discord: 5, for most bots; 0: not counted
    )
    channel_messages: int = 5  # per channel and 5 s
    webhook: int = 5  # per token, route and 2 s: an interaction's follow-ups and edits are a webhook's
    route: int = 50  # any other route, per second


class Bucket:
    """A window that slides over the last requests."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self._at: deque[float] = deque()

    def take(self, now: float) -> float:
        """0 where the request fits, else the seconds until one does."""
        self._forget(now)
        if len(self._at) >= self.limit:
            return self._at[0] + self.seconds - now
        self._at.append(now)
        return 0.0

    def remaining(self, now: float) -> int:
        """How many more fit now."""
        self._forget(now)
        return self.limit - len(self._at)

    def reset_after(self, now: float) -> float:
        """Seconds until the oldest one is forgotten."""
        return max(0.0, self._at[0] + self.seconds - now) if self._at else 0.0

    def _forget(self, now: float) -> None:
        while self._at and self._at[0] + self.seconds <= now:
            self._at.popleft()


class RateLimits:
    """Counts what one application asks."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._global: dict[str, Bucket] = {}

    def admit(self, who: str, method: str, path: str) -> dict[str, str]:
        """The rate-limit headers of an admitted request. Raises Refused (429)."""
        now = time.monotonic()
        if not _OUTSIDE_GLOBAL.match(path):
            everything = self._global.setdefault(who, Bucket(self._limits.global_per_second, 1.0))
            wait = everything.take(now)
            if wait > 0:
                raise too_many(wait, everything=True)
        key = self._route(method, path)
        bucket = self._buckets.setdefault((who, key), self._bucket(key))
        wait = bucket.take(now)
        headers = _headers(bucket, key, now)
        if wait > 0:
            raise too_many(wait, headers)
        return headers

    def _bucket(self, key: str) -> Bucket:
        if re.match(r"(POST|PATCH) /channels/\d+/messages", key):
            return Bucket(self._limits.channel_messages, 5.0)
        if re.match(r"(POST|PATCH) /webhooks/", key):
            return Bucket(self._limits.webhook, 2.0)
        return Bucket(self._limits.route, 1.0)

    @staticmethod
    def _route(method: str, path: str) -> str:
        """Method and path; of the ids only the first counts (the "major parameter")."""
        head = re.match(r"^/[a-z@-]+(?:/[^/]+)?", path)
        start = head[0] if head else path
        return f"{method} {start}{_ID.sub('/:id', path[len(start) :])}"


def _headers(bucket: Bucket, key: str, now: float) -> dict[str, str]:
    after = bucket.reset_after(now)
    return {
        "X-RateLimit-Limit": str(bucket.limit),
        "X-RateLimit-Remaining": str(bucket.remaining(now)),
        "X-RateLimit-Reset": f"{time.time() + after:.3f}",
        "X-RateLimit-Reset-After": f"{after:.3f}",
        "X-RateLimit-Bucket": hashlib.sha256(key.split("?")[0].encode()).hexdigest()[:32],
    }


def too_many(wait: float, headers: Mapping[str, str] | None = None, *, everything: bool = False) -> Refused:
    """A 429 as Discord words it (docs: Rate Limits); `everything`: the bot's limit over all routes."""
    refused = Refused(
        429, 0, "You are being rate limited.", extra={"retry_after": round(wait, 3), "global": everything}
    )
    scope = {"X-RateLimit-Scope": "global" if everything else "user"}
    if everything:
        scope["X-RateLimit-Global"] = "true"
    told = {"Retry-After": str(max(1, round(wait))), "Via": "1.1 sandbox"}
    refused.headers = {**(headers or {}), **scope, **told}
    return refused
