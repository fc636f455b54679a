"""Runs of the crash suite: several houses side by side, each with a seed of its own, added up."""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.reliability.books import figures, settle
from tests.reliability.holding import wrong
from tests.reliability.house import House, built, events
from tests.reliability.process import Bots


@dataclass
class Endured:
    """What a run amounts to; `wrong` is to be empty."""

    figures: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)  # by what they were aimed at
    met: Counter[str] = field(default_factory=Counter)  # faults, by kind
    errors: Counter[str] = field(default_factory=Counter)  # logged, by event
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Endured") -> None:
        """Adds another run's."""
        for name in ("figures", "kills", "met", "errors"):
            getattr(self, name).update(getattr(other, name))
        self.wrong += other.wrong


async def endure(
    folder: Path,
    houses: Sequence[tuple[str, int]],
    seed: int,
    *,
    mutant: str = "",
    progress: Callable[[], object] = lambda: None,
    within: float = math.inf,
) -> Endured:
    """Houses by database and number of kills; an empty address is a SQLite file of its own.

    No life begins after `within` seconds: what was done until then is settled and compared.
    """
    bots, total = Bots(), Endured()
    try:
        async with AsyncExitStack() as stack:
            built_ = [  # one after the other: migrations know one database at a time
                await stack.enter_async_context(
                    built(folder / f"house-{number}", database, bots, f"{seed}:{number}", mutant)
                )
                for number, (database, _) in enumerate(houses)
            ]
            async with asyncio.TaskGroup() as group:
                ended = [
                    group.create_task(_endured(house, kills, progress, within))
                    for house, (_, kills) in zip(built_, houses, strict=True)
                ]
    finally:
        await bots.close()
    for each in ended:
        total.add(each.result())
    return total


def shared(kills: int, among: int) -> list[int]:
    """So many for each, as evenly as it goes."""
    return [kills // among + (number < kills % among) for number in range(among)]


async def _endured(house: House, kills: int, progress: Callable[[], object], within: float) -> Endured:
    await house.die(kills, progress, within)
    books, found = await settle(house)
    found += wrong(house, books)
    return Endured(
        Counter(figures(house, books)),
        house.kills,
        house.troubles.met,
        events(house.said, "error"),
        [f"{house.where}, seed {house.seed}: {each}" for each in found],
    )
