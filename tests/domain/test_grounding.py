"""A run through an exercise: never stuck, out at any time, nothing begun unpicked, steps in their time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grounding import (
    IDLE,
    TOLERANCE,
    Act,
    Ended,
    Ending,
    Phase,
    Press,
    Run,
    begun,
    begun_again,
    compared,
    ends_at,
    exercise_of,
    in_order,
    moved_on,
    named,
    of_kind,
    outward,
    pressed,
    shown_late,
    waiting,
)
from bot.domain.ids import MemberId, RunId
from bot.domain.live_runs import (
    SPREAD,
    TOKEN_GOOD,
    LiveRun,
    Place,
    by_token,
    changed,
    is_over,
    spread,
    taken,
)
from bot.domain.own_exercises import (
    MOST,
    NUMBERS,
    OwnExercises,
    Rating,
    helped,
    keeping,
    liked,
    rated,
    without_older,
)
from tests.pack import CONTENT

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
SECOND = timedelta(seconds=1)
IDS = [one.id for one in CONTENT.exercises]
TIMED = [one for one in CONTENT.exercises if any(step.seconds for step in one.steps)]
VALUES = ["", *CONTENT.exercise_kinds, *IDS, *map(str, range(12)), "-1", "x"]
ANY = st.builds(Press, st.sampled_from(Act), st.sampled_from(VALUES))


def go(run: Run, *acts: Act | tuple[Act, str], at: datetime = NOW) -> Run:
    """The run after these, each of which leads on."""
    for each in acts:
        act, value = each if isinstance(each, tuple) else (each, "")
        after = pressed(run, Press(act, value), CONTENT, at)
        assert isinstance(after, Run)
        run = after
    return run


def stepping(exercise: str, at: datetime = NOW) -> Run:
    """At its first step, no number given."""
    return go(begun(at, exercise), Act.SAFE, Act.BEGIN, Act.SKIP, at=at)


@pytest.mark.parametrize("exercise", IDS)
def test_each_exercise_is_walked_through_to_its_end_by_taps_and_by_time_alone(exercise: str) -> None:
    found = exercise_of(CONTENT, exercise)
    assert found is not None
    run, now, seen = stepping(exercise), NOW, []
    for _ in range(40):
        if run.phase is not Phase.STEP:
            break
        seen.append(run.step)
        if run.due is None:
            now += timedelta(hours=1)  # a step that waits for a tap waits without limit
            assert moved_on(run, CONTENT, now) == run
            run = go(run, (Act.NEXT, str(run.step)), at=now)
        else:
            now = run.due
            assert moved_on(run, CONTENT, now - timedelta(microseconds=1)) == run
            run = moved_on(run, CONTENT, now)
    assert seen == list(range(len(found.steps)))
    assert run.phase is Phase.AFTER
    assert run.due is None


@given(st.lists(st.one_of(ANY, st.integers(0, 100_000)), max_size=40), st.sampled_from([None, *IDS]))
def test_whatever_is_pressed_and_however_long_it_takes_nobody_is_ever_stuck(
    deeds: list[Press | int], exercise: str | None
) -> None:
    run, now, picked = begun(NOW, exercise), NOW, False
    for deed in deeds:
        before = run
        if isinstance(deed, int):
            now += timedelta(milliseconds=deed)
            run = moved_on(run, CONTENT, now)
            assert run.phase is before.phase or (before.phase, run.phase) == (Phase.STEP, Phase.AFTER)
        else:
            stopped = pressed(run, Press(Act.STOP), CONTENT, now)  # out from anywhere
            assert stopped == Ended(how=Ending.STOPPED, exercise=run.exercise)
            after = pressed(run, deed, CONTENT, now)
            if isinstance(after, Ended):
                return
            run = after
            picked = run.phase in (Phase.BEFORE, Phase.HIGH, Phase.STEP, Phase.AFTER) and (
                picked or (deed.act is Act.BEGIN and before.phase is Phase.OFFER)
            )
        if run.phase in (Phase.BEFORE, Phase.HIGH, Phase.STEP, Phase.AFTER):
            assert picked, "an exercise went on that nobody began"
        assert (run.due is None) or run.phase is Phase.STEP
        assert run.due is None or run.due > now - timedelta(hours=1)
        assert run.exercise is None or exercise_of(CONTENT, run.exercise) is not None
        assert not run.picture or exercise_of(CONTENT, run.exercise).breath  # type: ignore[union-attr]


def test_it_is_asked_first_whether_it_is_safe_enough_and_the_question_can_be_left() -> None:
    for act in (Act.SAFE, Act.UNASKED):
        assert go(begun(NOW), act).phase is Phase.CHOOSE
        assert go(begun(NOW, "gr-05"), act).phase is Phase.OFFER
    unsafe = go(begun(NOW), Act.NOT_SAFE)
    assert unsafe.phase is Phase.UNSAFE
    assert go(unsafe, Act.ANOTHER, (Act.KIND, "senses"), Act.BEGIN).phase is Phase.UNSAFE
    assert go(unsafe, Act.SAFE).phase is Phase.CHOOSE
    for run in (unsafe, go(begun(NOW), Act.SAFE), stepping("gr-23")):  # from an older card too
        assert pressed(run, Press(Act.HIDE), CONTENT, NOW) == Ended(how=Ending.HIDDEN, exercise=None)
        late = go(run, Act.NOT_SAFE)
        assert (late.phase, late.due, late.exercise) == (Phase.UNSAFE, None, run.exercise)


def test_what_looks_outward_comes_first_and_breath_last() -> None:
    kinds = list(CONTENT.exercise_kinds)
    assert (kinds[0], kinds[-1], outward(CONTENT)) == ("senses", "breath", "senses")
    ordered = in_order(CONTENT)
    assert [one.kind for one in ordered] == sorted((one.kind for one in ordered), key=kinds.index)
    assert len(ordered) == 25
    for kind in kinds:
        found = of_kind(CONTENT, kind)
        assert [one.intensity for one in found] == sorted(one.intensity for one in found)


def test_a_kind_offers_its_gentlest_and_starts_nothing() -> None:
    run = go(begun(NOW), Act.SAFE, (Act.KIND, "breath"))
    assert (run.phase, run.exercise) == (Phase.OFFER, "gr-25")
    other = go(run, (Act.PICK, "gr-23"))
    assert (other.phase, other.exercise) == (Phase.OFFER, "gr-23")
    assert go(run, (Act.PICK, "gr-99"), (Act.KIND, "anger")) == run


@pytest.mark.parametrize(("minutes", "most"), [(1, 80), (2, 145), (9, 145)])
def test_minutes_choose_those_about_that_long(minutes: int, most: int) -> None:
    for kind in CONTENT.exercise_kinds:
        found = of_kind(CONTENT, kind, minutes)
        nearest = {abs(one.minutes - minutes) for one in found}
        assert len(nearest) == 1
        assert all(abs(one.minutes - minutes) >= max(nearest) for one in of_kind(CONTENT, kind))
        assert all(one.seconds <= most for one in found) or kind in ("senses", "thought")
    run = go(begun(NOW, None, 1), Act.SAFE, (Act.KIND, "movement"))
    assert run.exercise in {one.id for one in of_kind(CONTENT, "movement", 1)}


def test_a_title_finds_an_exercise_as_somebody_types_it() -> None:
    for given_ in ("gr-08", "feet and floor", "  Feet  and FLOOR "):
        found = named(CONTENT, given_)
        assert found is not None
        assert found.id == "gr-08"
    assert named(CONTENT, "feet") is None


def test_a_high_number_offers_a_person_first_and_the_exercise_still_stands_open() -> None:
    asked = go(begun(NOW, "gr-01"), Act.SAFE, Act.BEGIN)
    assert go(asked, (Act.RATE, "8")).phase is Phase.STEP
    high = go(asked, (Act.RATE, str(CONTENT.high_rating)))
    assert (high.phase, high.before) == (Phase.HIGH, 9)
    assert go(high, Act.GO_ON).phase is Phase.STEP
    assert pressed(high, Press(Act.NOT_NOW), CONTENT, NOW) == Ended(how=Ending.STOPPED, exercise="gr-01")
    assert go(asked, (Act.RATE, "11"), (Act.RATE, "many")) == asked


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [(7, 4, Ending.BETTER), (4, 4, Ending.SAME), (4, 7, Ending.WORSE), (None, 3, Ending.UNRATED)],
)
def test_the_numbers_before_and_after_are_compared(before: int | None, after: int, how: Ending) -> None:
    assert compared(before, after) is how
    run = Run(touched_at=NOW, phase=Phase.AFTER, exercise="gr-01", before=before)
    ended = pressed(run, Press(Act.RATE, str(after)), CONTENT, NOW)
    assert ended == Ended(how=how, exercise="gr-01", before=before, after=after)


def test_that_it_got_worse_can_be_said_without_a_number_and_nothing_need_be_said() -> None:
    run = Run(touched_at=NOW, phase=Phase.AFTER, exercise="gr-01", before=3)
    assert pressed(run, Press(Act.WORSE), CONTENT, NOW) == Ended(how=Ending.WORSE, exercise="gr-01")
    assert pressed(run, Press(Act.SKIP), CONTENT, NOW) == Ended(how=Ending.UNRATED, exercise="gr-01")


def test_what_looks_outward_after_it_got_worse_is_another_one_and_begins_only_when_picked() -> None:
    run = begun_again(CONTENT, NOW, "senses", "gr-01")
    assert run.phase is Phase.OFFER
    assert run.exercise not in (None, "gr-01")
    assert begun_again(CONTENT, NOW).phase is Phase.CHOOSE
    assert begun_again(CONTENT, NOW, "none").phase is Phase.CHOOSE


def test_another_one_leaves_nothing_behind_of_the_one_before() -> None:
    run = go(begun(NOW, "gr-23", 1), Act.SAFE, Act.PICTURE, Act.BEGIN, (Act.RATE, "5"))
    assert run.picture
    again = go(run, Act.ANOTHER)
    assert again == Run(touched_at=NOW, phase=Phase.CHOOSE, minutes=1)


def test_the_picture_is_for_breath_alone_and_never_there_unasked() -> None:
    for exercise in IDS:
        run = stepping(exercise)
        has_one = exercise in ("gr-23", "gr-24", "gr-25")
        assert not run.picture
        shown = go(run, Act.PICTURE)
        assert shown.picture is has_one
        assert go(shown, Act.WORDS) == run


def test_a_picture_that_is_asked_for_just_before_a_step_goes_on_is_seen_first() -> None:
    run = stepping("gr-23")
    assert run.due is not None
    late = run.due - timedelta(milliseconds=50)
    shown = go(run, Act.PICTURE, at=late)
    assert (shown.step, shown.due) == (0, late + TOLERANCE)
    assert moved_on(shown, CONTENT, late + TOLERANCE).began == late + TOLERANCE
    assert go(run, Act.PICTURE).due == run.due
    assert go(begun(NOW, "gr-23"), Act.SAFE, Act.PICTURE).due is None


def test_a_tap_that_comes_just_as_a_step_went_on_by_itself_does_not_skip_the_next() -> None:
    run = stepping("gr-23")
    assert run.due is not None
    moved = moved_on(run, CONTENT, run.due)
    assert go(moved, (Act.NEXT, "0")).step == 1
    assert go(moved, (Act.NEXT, "1")).step == 2


@given(st.sampled_from(TIMED), st.lists(st.integers(0, 999), min_size=12, max_size=12))
def test_small_delays_never_add_up(exercise: object, late: list[int]) -> None:
    run = stepping(exercise.id)  # type: ignore[attr-defined]
    start = run.began
    assert start is not None
    for delay in late:
        if run.due is None:
            break
        now = run.due + timedelta(milliseconds=delay)
        run = shown_late(moved_on(run, CONTENT, now), CONTENT, now)
        done = sum(step.seconds or 0 for step in exercise.steps[: run.step])  # type: ignore[attr-defined]
        if run.began is not None:
            assert run.began == start + timedelta(seconds=done)


def test_after_a_stall_each_step_gets_its_whole_time() -> None:
    run = stepping("gr-23")
    assert run.due is not None
    back = run.due + timedelta(minutes=3)
    moved = moved_on(run, CONTENT, back)
    assert (moved.step, moved.began, moved.due) == (1, back, back + timedelta(seconds=10))
    seen = back + TOLERANCE + SECOND
    assert shown_late(moved, CONTENT, seen).due == seen + timedelta(seconds=10)
    assert shown_late(moved, CONTENT, back + TOLERANCE) == moved


def test_what_cannot_be_shown_waits_for_a_tap() -> None:
    held = waiting(stepping("gr-23"))
    assert moved_on(held, CONTENT, NOW + timedelta(days=1)) == held
    assert go(held, (Act.NEXT, "0")).due is not None


def test_a_run_without_a_tap_for_two_hours_is_over_and_not_before() -> None:
    run = stepping("gr-01")
    live = changed(LiveRun(id=RunId(1), run=run, next_at=NOW), run)
    assert live.next_at == ends_at(run) == NOW + IDLE
    assert not is_over(live, NOW + IDLE - SECOND)
    assert is_over(live, NOW + IDLE)
    assert changed(live, replace(run, due=NOW + IDLE + SECOND)).next_at == NOW + IDLE
    timed = changed(live, stepping("gr-23"))
    assert timed.next_at == NOW + timedelta(seconds=10)


def test_a_change_bears_a_number_of_its_own_and_a_lease_ends_by_itself() -> None:
    live = LiveRun(id=RunId(1), run=stepping("gr-23"), next_at=NOW)
    mine = taken(live, live.run, NOW)
    assert (mine.turn, mine.pending) == (live.turn + 1, True)
    assert NOW < mine.next_at < NOW + timedelta(seconds=10)
    assert changed(mine, mine.run).turn == mine.turn + 1


def test_those_who_tap_together_are_spread_over_a_tenth_of_a_second_and_each_keeps_its_own_clock() -> None:
    spans = sorted(spread(RunId(number)) for number in range(1, 201))
    gaps = [later - earlier for earlier, later in pairwise(spans)]
    assert timedelta(0) <= spans[0]
    assert spans[-1] < SPREAD
    assert max(gaps) < SPREAD / 50  # nowhere a crowd, nowhere a hole
    first = pressed(
        go(begun(NOW, "gr-23"), Act.SAFE, Act.BEGIN), Press(Act.SKIP), CONTENT, NOW, timedelta(seconds=0.3)
    )
    assert isinstance(first, Run)
    assert first.due == NOW + timedelta(seconds=10.3)
    assert moved_on(first, CONTENT, first.due).due == NOW + timedelta(seconds=20.3)


def test_favourites_and_numbers_are_bounded_and_what_went_down_most_comes_first() -> None:
    own = keeping(OwnExercises(member=MemberId(1)), on=True)
    for number in range(MOST + 1):
        own = liked(own, f"gr-{number:02}")
    assert (len(own.favourites), own.favourites[0], own.favourites[-1]) == (MOST, f"gr-{MOST}", "gr-01")
    for exercise, before, after in (("a", 5, 5), ("b", 5, 3), ("c", 3, 4), ("d", 6, 4), ("d", 6, 4)):
        own = rated(own, Rating(exercise, before, after, NOW.date()))
    assert [each.exercise for each in helped(own)] == ["d", "b", "a", "c"]
    for _ in range(NUMBERS):
        own = rated(own, Rating("e", 5, 4, NOW.date()))
    assert {each.exercise for each in own.ratings} == {"e"}
    assert len(own.ratings) == NUMBERS
    tomorrow = NOW.date() + timedelta(days=1)
    assert without_older(own, NOW.date()) == own
    assert without_older(own, tomorrow).ratings == keeping(own, on=False).ratings == ()


def test_the_token_of_a_tap_is_used_for_less_than_a_quarter_of_an_hour() -> None:
    place = Place(token="t", got_at=NOW)
    assert by_token(place, NOW + TOKEN_GOOD - SECOND)
    assert not by_token(place, NOW + TOKEN_GOOD)
    assert timedelta(minutes=15) > TOKEN_GOOD
    said = repr(replace(place, token="secret-token", channel="12345", message="678"))
    assert not any(word in said for word in ("secret-token", "12345", "678"))
