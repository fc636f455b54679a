"""A short soak of the real bot, and that a soak would notice what leaks."""

from dataclasses import replace

import pytest

from benchmarks.soak import Sample, Soak, Tolerance, soaked

pytestmark = pytest.mark.long

SECONDS, EVERY, RATE = 10, 0.5, 15
STRICT = Tolerance(rss=0.02, slower=20.0, slack=2000.0)  # a busy machine is no leak; a hang is noticed
STEADY = Sample(
    at=0, acts=600, p50=8, p99=30, rss=150, files=30, sockets=9, threads=9, tasks=12, database=1, log=2
)


@pytest.mark.timeout(110)
async def test_under_a_steady_mixed_load_memory_files_and_tasks_stay_where_they_are() -> None:
    soak = await soaked(SECONDS, EVERY, RATE)
    assert list(soak.unanswered) == []
    assert sum(sample.acts for sample in soak.samples) > SECONDS * RATE / 2
    assert soak.grown(STRICT) == []


def test_a_steady_soak_has_grown_nowhere() -> None:
    assert Soak([STEADY] * 60).grown() == []


@pytest.mark.parametrize(
    "leak", [{"rss": 0.4}, {"files": 1}, {"sockets": 2}, {"threads": 1}, {"tasks": 1}, {"p99": 3}]
)
def test_what_grows_a_little_each_minute_is_noticed_within_the_hour(leak: dict[str, float]) -> None:
    [(name, each)] = leak.items()
    samples = [replace(STEADY, **{name: getattr(STEADY, name) + each * minute}) for minute in range(60)]
    [found] = Soak(samples).grown()
    assert found.startswith(name)


def test_what_came_with_the_warming_up_is_no_growth() -> None:
    samples = [replace(STEADY, rss=100, files=20)] * 15 + [STEADY] * 45
    assert Soak(samples).grown() == []


def test_a_mebibyte_a_second_is_noticed_in_the_short_one() -> None:
    samples = [replace(STEADY, rss=STEADY.rss + 0.5 * number) for number in range(int(SECONDS / EVERY))]
    assert Soak(samples).grown(STRICT)


def test_what_waits_in_a_stall_is_no_leak() -> None:
    samples = [STEADY] * 48 + [replace(STEADY, tasks=300, sockets=60)] * 5 + [replace(STEADY, sockets=40)] * 7
    assert Soak(samples).grown() == []
