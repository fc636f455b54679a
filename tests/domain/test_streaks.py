"""Streaks: the fold against its oracle, and the promises that it makes to people."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.commitments import (
    COMES_UP,
    EVERY_DAY,
    Cadence,
    Commitment,
    Mark,
    Rest,
    Rhythm,
    resting,
    resumed,
)
from bot.domain.streaks import Phase, streak
from tests.domain.practices import DAY, MONDAY, after, commitment, log_of, told

THREE = Cadence(Rhythm.TIMES, times=3)
MARKS = st.sampled_from([*Mark, Mark.KEPT, Mark.KEPT, None, None])
SPAN = 60  # days


@st.composite
def cadences(draw: st.DrawFn) -> Cadence:
    rhythm = draw(st.sampled_from(Rhythm))
    if rhythm is Rhythm.DAYS:
        return Cadence(rhythm, days=frozenset(draw(st.sets(st.integers(1, 7), min_size=1))))
    if rhythm is Rhythm.TIMES:
        return Cadence(rhythm, times=draw(st.integers(1, 6)))
    return Cadence(rhythm, on=after(draw(st.integers(0, SPAN)))) if rhythm is Rhythm.ONCE else COMES_UP


@st.composite
def lives(draw: st.DrawFn) -> tuple[Commitment, dict[date, Mark], date]:
    starts = sorted(draw(st.sets(st.integers(0, SPAN), max_size=2)) | {0})
    plans = [(after(n), draw(cadences())) for n in starts]
    pauses = sorted(draw(st.sets(st.integers(0, SPAN), max_size=4)))
    rests = [Rest(after(one), after(two)) for one, two in zip(pauses[::2], pauses[1::2], strict=False)]
    if len(pauses) % 2:
        rests.append(Rest(after(pauses[-1])))
    marks = draw(st.lists(MARKS, min_size=SPAN, max_size=SPAN))
    log = {after(n): mark for n, mark in enumerate(marks) if mark is not None}
    today = after(draw(st.integers(plans[-1][0].toordinal() - MONDAY.toordinal(), SPAN + 40)))
    log = {day: mark for day, mark in log.items() if day <= today + DAY}
    only = all(plan[1].rhythm is Rhythm.DAYS for plan in plans) and draw(st.booleans())
    it = commitment(*plans, rests=tuple(rests), lapse_only=only)
    if draw(st.booleans()) and max([today, *log]) == today:
        it = replace(it, ended=today)
    return it, log, today


@given(lives())
@settings(max_examples=150, deadline=None)
def test_the_figures_are_those_of_the_rules_said_aloud(
    life: tuple[Commitment, dict[date, Mark], date],
) -> None:
    it, log, today = life
    figures = asdict(streak(it, log, today))
    assert {name: pytest.approx(value) for name, value in told(it, log, today).items()} == {
        name: figures[name] for name in ("kept", "recent", "run", "steadiness", "returns", "repairs")
    }


@given(lives(), st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_figures_are_equal_however_the_log_was_entered(
    life: tuple[Commitment, dict[date, Mark], date], chance: Mapping[str, int]
) -> None:
    it, log, today = life
    days = list(log)
    chance.shuffle(days)  # type: ignore[attr-defined]
    entered = dict.fromkeys(days, Mark.MISSED) | {day: log[day] for day in reversed(days)}
    assert streak(it, entered, today) == streak(it, log, today)


@given(lives(), st.sampled_from(Mark))
@settings(max_examples=80, deadline=None)
def test_one_missed_day_costs_at_most_five_points_and_a_rest_or_a_repair_none(
    life: tuple[Commitment, dict[date, Mark], date], mark: Mark
) -> None:
    it, log, today = life
    it = replace(it, plans=(*it.plans, (today + 2 * DAY, EVERY_DAY)), ended=None, lapse_only=False)
    day = today + 2 * DAY
    before, now = streak(it, log, day), streak(it, {**log, day: mark}, day)
    cost = before.steadiness - now.steadiness
    if mark is Mark.MISSED:
        assert cost <= 5
    else:
        assert cost <= 1e-9
    assert 0 <= now.steadiness <= 100


@given(lives(), st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_a_pause_costs_nothing_however_long(
    life: tuple[Commitment, dict[date, Mark], date], days: int
) -> None:
    it, log, today = life
    it = replace(it, plans=((MONDAY, EVERY_DAY),), rests=(), lapse_only=False, ended=None)
    log = {day: mark for day, mark in log.items() if day <= today} | {today: Mark.KEPT}
    on_hold = resting(it, today + DAY)
    back = today + (days + 1) * DAY
    first, then = streak(it, log, today), streak(resumed(on_hold, back), log, back)
    assert then.steadiness == first.steadiness
    assert then.kept == first.kept
    assert streak(on_hold, log, back).steadiness == first.steadiness


def test_two_days_not_kept_hold_a_run_and_a_third_within_thirty_ends_it() -> None:
    it = commitment(EVERY_DAY)
    assert streak(it, log_of("kkmkmk"), after(5)).run == 4
    assert streak(it, log_of("kkmkmkm"), after(6)).run == 0
    assert streak(it, log_of("kkmkmkmkk"), after(8)).run == 2
    long = (
        "kkm" + "k" * 10 + "m" + "k" * 18 + "m" + "k"
    )  # the third comes on the thirtieth day after the first
    assert streak(it, log_of(long), after(len(long) - 1)).run == long.count("k")


def test_rest_pause_and_repair_hold_a_run_without_a_grace() -> None:
    it = commitment(EVERY_DAY, rests=(Rest(after(5), after(9)),))
    assert streak(it, log_of("krxkr.....kxk"), after(12)).run == 4


def test_a_day_that_can_still_be_logged_is_neither_kept_nor_missed() -> None:
    it = commitment(EVERY_DAY)
    kept = streak(it, log_of("kkk"), after(2))
    open_ = streak(it, log_of("kkk"), after(2 + 6))
    assert (open_.run, open_.steadiness, open_.phase) == (kept.run, kept.steadiness, Phase.GOING)


def test_silence_is_no_miss_and_a_long_one_ends_the_run_and_shows_no_number() -> None:
    it = commitment(EVERY_DAY)
    silent = streak(it, log_of("kkk"), after(40))
    assert silent.steadiness == streak(it, log_of("kkk"), after(2)).steadiness
    assert (silent.run, silent.phase) == (0, Phase.AWAY)
    back = streak(it, log_of("kkk" + "." * 37 + "k"), after(40))
    assert (back.returns, back.run, back.phase) == (1, 1, Phase.RETURNED)


def test_after_a_miss_one_is_away_until_one_returns_or_repairs_it() -> None:
    it = commitment(EVERY_DAY)
    assert streak(it, {}, MONDAY).phase is Phase.NEW
    assert streak(it, log_of("km"), after(1)).phase is Phase.AWAY
    assert streak(it, log_of("kmk"), after(2)).phase is Phase.RETURNED
    assert streak(it, log_of("kmkk"), after(3)).phase is Phase.GOING
    repaired = streak(it, log_of("kx"), after(1))
    assert (repaired.phase, repaired.repairs, repaired.returns) == (Phase.GOING, 1, 0)


def test_the_smallest_version_counts_in_full() -> None:
    it = commitment(EVERY_DAY)
    assert streak(it, log_of("ksk"), after(2)) == streak(it, log_of("kkk"), after(2))


def test_a_week_asks_once_it_is_over_and_a_part_of_one_for_its_share() -> None:
    it = commitment((after(3), THREE))  # a Thursday: four days, one time
    assert streak(it, log_of("k", after(4)), after(20)).run == 1
    full = log_of("k..k..k" * 2, after(7))
    assert streak(it, full | {after(4): Mark.KEPT}, after(21)).run == 7
    missed = log_of("k..k..m", after(7))
    assert (
        streak(it, missed, after(13)).steadiness == streak(it, log_of("k..k", after(7)), after(13)).steadiness
    )
    assert streak(it, missed, after(14)).phase is Phase.AWAY


def test_who_logs_lapses_alone_keeps_every_silent_day() -> None:
    it = commitment(EVERY_DAY, lapse_only=True)
    assert streak(it, log_of("..m"), after(10)).kept == 9
    assert streak(it, {}, MONDAY).kept == 0  # the day is not over


def test_a_traveller_over_the_date_line_neither_loses_nor_doubles_a_day() -> None:
    it = commitment(EVERY_DAY)
    ahead = log_of("kkkk")  # logged on Thursday; then it is Wednesday once more
    assert streak(it, ahead, after(2)).kept == 4
    assert streak(it, ahead | {after(2): Mark.KEPT}, after(2)).kept == 4


def test_a_single_date_is_kept_on_whatever_day_it_was_done() -> None:
    it = commitment(Cadence(Rhythm.ONCE, on=after(4)))
    assert streak(it, log_of("..k"), after(30)).run == 1
    assert streak(it, {}, after(30)).kept == 0
    assert streak(it, {}, after(30)).phase is Phase.NEW
