"""Every night a backup is made, looked at, and kept beside the last ones; after a missed night it is soon.

Whoever of several processes is first does it for all. What a member deletes is shut in every one of them at
once (storage.keyring); what goes by its time alone stands in them for as long as they are kept.
Export: nothing of its own. Forgetting: a member's key goes out of the keyring beside the backups.
"""

import asyncio
import random
from collections import Counter
from datetime import datetime, time, timedelta
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.domain.zones import zone
from bot.metrics import Metrics
from storage import Storage, StorageError, backup_folder
from storage.transaction import Reading

TRIED, MADE = "backup-tried", "backup-made"  # marks
NIGHT = time(3)  # in the zone of most circles
SPREAD = timedelta(minutes=45)  # by chance within this, so that not all of a machine's work comes together
OLD = timedelta(hours=26)  # after which the next is made at any hour
YOUNG = timedelta(hours=12)  # no second one in one night
AGAIN = timedelta(hours=1)  # after one that failed, or whose process died
SETTLED = timedelta(minutes=3)  # after a start there is other work first

log = structlog.get_logger(__name__)


class Backups:
    """Works by itself; nobody calls it. Without a folder it only lets keyrings follow deletions."""

    def __init__(
        self, storage: Storage, clock: Clock, folder: Path | None, kept: int, metrics: Metrics | None = None
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._folder = folder
        self._kept = kept
        self._metrics = metrics or Metrics()
        self._spread = SPREAD * random.random()  # noqa: S311 - nothing secret
        self._begun = clock.now()
        self._task: asyncio.Task[None] | None = None
        self.newest: datetime | None = None  # of the nightly ones, here or of another process

    async def tick(self) -> None:
        """Makes one where it is time. One that fails is logged, and tried again in an hour."""
        await self._storage.renew_keyrings()
        if self._folder is None:
            return
        now = self._clock.now()
        async with self._storage.read() as tx:
            here = await asyncio.to_thread(backup_folder.newest, self._folder)
            made = await tx.marks.at(MADE)
            self.newest = max(filter(None, (here, made)), default=None)
            tried = await tx.marks.at(TRIED)
            night = _last_night(await _home(tx), now - self._spread)
        if now - self._begun < SETTLED or (tried is not None and now - tried < AGAIN):
            return
        if (here is None or self._is_time(night, now)) and await self._mine(tried, now):
            self._task = asyncio.create_task(self._make(self._folder, now), name="backup")
            await asyncio.wait({self._task})
            if not self._task.cancelled():
                self._task.result()

    async def stop(self) -> None:
        """Gives up what is under way: nothing of it stays, and the next start makes it."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _is_time(self, night: datetime, now: datetime) -> bool:
        age = now - (self.newest or now)
        return age >= OLD or (age >= YOUNG and now - age < night)

    async def _mine(self, tried: datetime | None, now: datetime) -> bool:
        async with self._storage.begin() as tx:
            mine = await tx.marks.move(TRIED, tried, now)
            await tx.commit()
        return mine

    async def _make(self, folder: Path, now: datetime) -> None:
        began = asyncio.get_running_loop().time()
        try:
            path = await self._storage.backup_nightly(folder, now.date(), self._kept)
        except (OSError, StorageError) as error:
            self._metrics.backup(made=False)
            why = str(error) if isinstance(error, StorageError) else type(error).__name__
            log.error("backup failed", reason=why)  # noqa: TRY400 - the operator's own folder, and no value of ours
            return
        async with self._storage.begin() as tx:
            await tx.marks.put(MADE, now)
            await tx.commit()
        self.newest = now
        self._metrics.backup(made=True)
        took = round(asyncio.get_running_loop().time() - began, 2)
        log.info("backup made", file=path.name, bytes=path.stat().st_size, seconds=took)


async def _home(tx: Reading) -> str:
    """The zone of most circles."""
    zones = Counter(circle.settings.zone.key for circle in await tx.circles.all())
    return zones.most_common(1)[0][0] if zones else "UTC"


def _last_night(home: str, now: datetime) -> datetime:
    """The last instant at which it was time for a nightly backup there."""
    local = now.astimezone(zone(home))
    tonight = datetime.combine(local.date(), NIGHT, local.tzinfo)
    return tonight if tonight <= local else tonight - timedelta(days=1)
