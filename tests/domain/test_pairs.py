"""Pairs are drawn fairly, never against a wish and never the same twice running; each step has its turn."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import CircleId, MemberId, PairId
from bot.domain.pairs import (
    TURN,
    Pair,
    Press,
    Step,
    Wish,
    drawn,
    next_close,
    next_drawing,
    pressed,
    timed,
)
from bot.domain.practice_errors import NotYourTurn, PairOver

NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)  # a Wednesday, 12:00 in Berlin
BERLIN = ZoneInfo("Europe/Berlin")
ONE, TWO, ELSE = MemberId(1), MemberId(2), MemberId(3)
MEMBERS = st.integers(1, 7).map(MemberId)
WISHES = st.lists(
    st.builds(Wish, MEMBERS, st.booleans(), st.integers(0, 3)), max_size=7, unique_by=lambda wish: wish.member
)
TWOS = st.sets(st.sets(MEMBERS, min_size=2, max_size=2).map(frozenset), max_size=8)


def begun(**given_: object) -> Pair:
    pair = Pair(
        id=PairId(1),
        circle=CircleId(1),
        people={0: ONE, 1: TWO},
        made_at=NOON,
        closes_at=next_close(BERLIN, NOON),
    )
    for name, value in given_.items():
        object.__setattr__(pair, name, value)
    return pair


def most(wishes: list[Wish], barred: set[frozenset[MemberId]]) -> int:
    """As many pairs as can be, by trying everything."""
    if len(wishes) < 2:
        return 0
    first, *rest = wishes
    best = most(rest, barred)
    for n, other in enumerate(rest):
        if frozenset({first.member, other.member}) not in barred:
            best = max(best, 1 + most(rest[:n] + rest[n + 1 :], barred))
    return best


@given(WISHES, TWOS, st.dictionaries(MEMBERS, MEMBERS))
def test_as_many_as_can_be_are_paired_and_none_against_a_wish_or_twice_running(
    wishes: list[Wish], apart: set[frozenset[MemberId]], before: dict[MemberId, MemberId]
) -> None:
    pairs = drawn(wishes, apart, before)
    paired = [wish.member for pair in pairs for wish in pair]
    assert len(paired) == len(set(paired))
    again = {frozenset(each) for each in before.items()}
    assert all(frozenset({one.member, two.member}) not in apart | again for one, two in pairs)
    assert len(pairs) == most(wishes, apart | again)
    assert pairs == drawn(wishes[::-1], apart, before)


def test_who_was_left_over_goes_first_at_the_next_drawing() -> None:
    wishes = [Wish(ONE), Wish(TWO), Wish(ELSE, waited=1)]
    for apart in ({frozenset({ONE, ELSE})}, {frozenset({TWO, ELSE})}):
        [pair] = drawn(wishes, apart, {})
        assert ELSE in {wish.member for wish in pair}


def test_two_with_the_same_wish_for_an_ear_go_together() -> None:
    wishes = [Wish(ONE, ear=True), Wish(TWO), Wish(ELSE, ear=True), Wish(MemberId(4))]
    assert [{wish.member for wish in pair} for pair in drawn(wishes, set(), {})] == [{1, 3}, {2, 4}]


def test_a_whole_practice_goes_round_and_ends_when_both_were_heard() -> None:
    pair, now = begun(), NOON
    walk = [
        (TWO, Press.HERE, Step.HERE),
        (ONE, Press.HERE, Step.SPEAK),
        (ONE, Press.SAID, Step.SAY_BACK),
        (TWO, Press.SAID_BACK, Step.CONFIRM),
        (ONE, Press.PARTLY, Step.SAY_BACK),
        (TWO, Press.SAID_BACK, Step.CONFIRM),
        (ONE, Press.YES, Step.SPEAK),
        (TWO, Press.SAID, Step.SAY_BACK),
        (ONE, Press.SAID_BACK, Step.CONFIRM),
        (TWO, Press.YES, Step.DONE),
    ]
    for who, press, step in walk:
        others = [each for each in (ONE, TWO) if each != who]
        if press is not Press.HERE:
            with pytest.raises(NotYourTurn):
                pressed(pair, others[0], press, now)
        pair = pressed(pair, who, press, now)
        assert pair.step is step
        now += timedelta(minutes=1)
    with pytest.raises(PairOver):
        pressed(pair, ONE, Press.HERE, now)


@given(st.lists(st.tuples(st.sampled_from([ONE, TWO, ELSE]), st.sampled_from(Press)), max_size=40))
def test_at_each_step_there_is_a_way_out_for_both_and_no_press_of_others_counts(
    presses: list[tuple[MemberId, Press]],
) -> None:
    pair = begun()
    for who, press in presses:
        before = pair
        try:
            pair = pressed(pair, who, press, NOON)
        except (NotYourTurn, PairOver):
            continue
        assert who in (ONE, TWO)
        assert not before.over
        assert (pair.until is None) == (pair.step in (Step.HERE, Step.DONE, Step.OUT))
        if not pair.over:
            for each in (ONE, TWO):
                assert pressed(pair, each, Press.OUT, NOON).step is Step.OUT


def test_a_turn_that_is_over_waits_without_hurry_and_more_time_can_be_had() -> None:
    pair = pressed(pressed(begun(), ONE, Press.HERE, NOON), TWO, Press.HERE, NOON)
    assert pair.until == NOON + TURN
    late = timed(pair, NOON + TURN)
    assert (late.step, late.until, late.next_at) == (Step.SPEAK, None, late.closes_at)
    more = pressed(late, TWO, Press.MORE_TIME, NOON + 2 * TURN)
    assert more.until == NOON + 3 * TURN
    assert pressed(late, ONE, Press.SAID, NOON + 2 * TURN).step is Step.SAY_BACK


def test_it_ends_with_the_week_and_when_one_of_the_two_is_gone() -> None:
    pair = begun()
    assert timed(pair, pair.closes_at - timedelta(seconds=1)) == pair
    assert timed(pair, pair.closes_at).step is Step.OUT
    assert timed(begun(people={0: ONE}), NOON).step is Step.OUT


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu"])
def test_a_drawing_is_on_a_wednesday_at_noon_and_closes_that_sunday(zone: str) -> None:
    there = ZoneInfo(zone)
    now = datetime(2026, 3, 25, tzinfo=UTC)
    for _ in range(60):
        at = next_drawing(there, now).astimezone(there)
        assert (at.isoweekday(), at.hour) == (3, 12)
        closes = next_close(there, at).astimezone(there)
        assert (closes.isoweekday(), closes.hour) == (7, 20)
        assert timedelta(days=4) < closes - at < timedelta(days=5)
        now += timedelta(hours=11)
