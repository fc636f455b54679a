"""The real bot, killed without warning in all that it does, on both databases: exactly once, or explained."""

import os
from pathlib import Path

import pytest

from tests.reliability.endurance import Endured, endure, shared
from tests.storage.conftest import TEMPLATE, say

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("TRELLIS_KILLS", "24"))  # of all three together; CI takes a hundred after the rest
POSTGRES = round(KILLS * 0.3)
SQLITE = shared(KILLS - POSTGRES, 2)
HOUSES = 2  # side by side, as most of a life is waiting


def check(endured: Endured, kills: int, answers: int) -> None:
    """All that has to hold; and that enough happened for it to mean something."""
    print(endured.figures, endured.kills, endured.met, endured.errors, sep="\n")
    assert endured.wrong == []
    assert endured.figures["kills"] + endured.figures["fell in the start"] == kills
    assert endured.figures["acknowledged"] >= answers
    assert endured.met.total() > 0


@pytest.mark.timeout(240)
@pytest.mark.parametrize("town", [0, 1])
async def test_killed_at_random_on_sqlite_nothing_is_lost_doubled_or_unexplained(
    tmp_path: Path, seed: int, town: int, mutant: str
) -> None:
    kills = SQLITE[town]
    houses = [("", each) for each in shared(kills, HOUSES)]
    check(await endure(tmp_path, houses, seed + town, mutant=mutant), kills, answers=kills // 3)


@pytest.mark.timeout(240)
async def test_killed_at_random_on_postgresql_nothing_is_lost_doubled_or_unexplained(
    tmp_path: Path, seed: int, server: str, mutant: str
) -> None:
    databases = []
    for name in (f"crash_{number}" for number in range(HOUSES)):
        await say(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await say(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        databases.append(server.format(name))
    houses = list(zip(databases, shared(POSTGRES, HOUSES), strict=True))
    check(await endure(tmp_path, houses, seed + 2, mutant=mutant), POSTGRES, answers=POSTGRES // 5)
