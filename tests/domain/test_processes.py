"""Of what the platform takes no two processes ever count on the same, whenever one comes, goes or beats."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ProcessId
from bot.domain.processes import Process, is_first, part_of

WHOLE, MOST = 48, 50
START = datetime(2026, 3, 2, tzinfo=UTC)

# What happens next: who (a number picks among those who live), what, and how much they have still under way.
ACTS = st.lists(st.tuples(st.integers(0, 99), st.sampled_from(["join", "beat", "beat", "beat", "die"]),
                          st.integers(0, 48)), max_size=60)  # fmt: skip


def process(number: int, pace: int, since: int = 0) -> Process:
    at = START + timedelta(seconds=since)
    return Process(id=ProcessId(number), seat=str(number), since=at, seen_at=at, pace=pace)


class Fleet:
    """What each lets through, and what each has written that it counts on."""

    def __init__(self) -> None:
        self.limits: dict[int, int] = {}
        self.written: dict[int, int] = {}
        self.made = 0

    def act(self, who: int, what: str, under_way: int) -> None:
        if what == "join":
            self.made += 1
            self.beat(self.made, 0)
        elif self.limits:
            number = sorted(self.limits)[who % len(self.limits)]
            if what == "die":
                del self.limits[number], self.written[number]
            else:
                self.beat(number, under_way)

    def beat(self, number: int, under_way: int) -> bool:
        """One beat, as `bot.services.processes` does it; whether it has its full part."""
        others = [process(each, pace) for each, pace in self.written.items() if each != number]
        before = self.limits.get(number, 0)
        pace, full = part_of(WHOLE, MOST, others)
        self.written[number] = max(pace, min(under_way, before))
        self.limits[number] = pace
        return full


@given(ACTS)
def test_together_they_never_count_on_more_than_the_platform_takes(acts: list[tuple[int, str, int]]) -> None:
    fleet = Fleet()
    for act in acts:
        fleet.act(*act)
        assert sum(fleet.written.values()) <= MOST
        assert all(fleet.limits[each] <= fleet.written[each] for each in fleet.limits)


@given(ACTS)
def test_once_each_has_beaten_a_few_times_each_has_the_same(acts: list[tuple[int, str, int]]) -> None:
    fleet = Fleet()
    for act in acts:
        fleet.act(*act)
    full = [False]
    for _ in range(3):
        full = [fleet.beat(each, 0) for each in list(fleet.limits)]
    assert all(full)
    assert set(fleet.limits.values()) <= {WHOLE // max(1, len(fleet.limits))}


def test_one_alone_has_all_and_a_newcomer_first_what_is_left() -> None:
    assert part_of(WHOLE, MOST, []) == (48, True)
    assert part_of(WHOLE, MOST, [process(1, 48)]) == (2, False)
    assert part_of(WHOLE, MOST, [process(1, 48), process(2, 2)]) == (0, False)
    assert part_of(WHOLE, MOST, [process(1, 24)]) == (24, True)
    assert part_of(WHOLE, MOST, [process(each, 0) for each in range(60)]) == (1, True)


def test_the_first_is_the_one_that_has_lived_longest_and_one_alone_is() -> None:
    fleet = [process(1, 12, since=5), process(2, 12, since=3), process(3, 12, since=3)]
    firsts = [each.id for each in fleet if is_first(each, [other for other in fleet if other is not each])]
    assert firsts == [2]
    assert is_first(fleet[0], [])
