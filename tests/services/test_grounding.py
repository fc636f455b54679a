"""Exercises of people: paced, restarted, in two processes at once, private, and gone at their end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.domain.accounts import Actor
from bot.domain.errors import ChannelGone, MessagesClosed, Unreachable
from bot.domain.grounding import IDLE, Act, Ended, Ending, Phase, Press, Run
from bot.domain.grounding_errors import MembersOnly, NoSuchExercise, NoSuchRun
from bot.domain.ids import RunId
from bot.domain.live_runs import Place
from bot.services import _exercise_pacing as pacing
from bot.services.messenger import RunShown
from storage.grounding_tables import exercise_runs
from tests.services.house import ADA, BEN, YES, House, person
from tests.services.recorder import Fault

STRANGER = person("77", server=None)  # who has joined nothing, in a direct message


def place(house: House, *, passing: bool = False) -> Place:
    """Where a card stands, as a press says."""
    where = (None, None) if passing else ("500", "600")
    return Place(token="a-token", got_at=house.clock.now(), channel=where[0], message=where[1])


async def press(house: House, who: Actor, id_: RunId, act: Act, value: str = "", **where: bool) -> RunShown:
    return await house.grounding.press(who, id_, Press(act, value), place(house, **where))


async def stepping(house: House, who: Actor = STRANGER, exercise: str = "gr-23", **where: bool) -> RunShown:
    """At the first step, a number of 7 given."""
    it = await house.grounding.begin(who, exercise=exercise)
    for act, value in ((Act.SAFE, ""), (Act.BEGIN, ""), (Act.RATE, "7")):
        it = await press(house, who, it.id, act, value, **where)
    assert isinstance(it.run, Run)
    assert it.run.phase is Phase.STEP
    return it


async def pass_(house: House, seconds: float) -> None:
    """Lets time pass, and what is due be shown."""
    house.clock.step(timedelta(seconds=seconds))
    await house.grounding.tick()


def steps(house: House) -> list[int | str]:
    """What was shown by itself, in order."""
    return [
        (it.run.step if it.run.phase is Phase.STEP else it.run.phase.value)
        if isinstance(it.run, Run)
        else it.run.how.value
        for it in house.face.runs
    ]


async def rows(house: House) -> int:
    async with house.storage.begin() as tx:
        return len(await tx._session.rows(exercise_runs.select()))


async def test_timed_steps_go_on_by_themselves_to_the_question_after(house: House) -> None:
    await stepping(house)
    for _ in range(80):
        await pass_(house, 1)
    assert steps(house) == [1, 2, 3, 4, 5, 6, "after"]
    assert await rows(house) == 1  # the question waits


async def test_nothing_is_sent_before_it_is_due_nor_twice(house: House) -> None:
    await stepping(house)
    for _ in range(9):
        await pass_(house, 1)
    assert steps(house) == []
    await pass_(house, 1.5)
    await house.grounding.tick()
    await house.grounding.tick()
    assert steps(house) == [1]


async def test_a_tap_moves_a_step_sooner_and_its_clock_begins_anew(house: House) -> None:
    it = await stepping(house)
    await pass_(house, 3)
    await press(house, STRANGER, it.id, Act.NEXT, "0")
    await pass_(house, 9)
    assert steps(house) == []
    await pass_(house, 1.5)
    assert steps(house) == [2]


@pytest.mark.parametrize("act", [Act.STOP, Act.ANOTHER])
async def test_nothing_more_comes_after_a_stop_and_nothing_is_left(house: House, act: Act) -> None:
    it = await stepping(house)
    await press(house, STRANGER, it.id, act)
    for _ in range(40):
        await pass_(house, 5)
    assert steps(house) == []
    assert await rows(house) == (0 if act is Act.STOP else 1)


async def test_each_ending_leaves_no_row_of_it(house: House) -> None:
    for act, value in ((Act.RATE, "3"), (Act.RATE, "9"), (Act.SKIP, ""), (Act.WORSE, "")):
        it = await stepping(house, exercise="gr-22")
        for step in range(4):
            it = await press(house, STRANGER, it.id, Act.NEXT, str(step))
        ended = await press(house, STRANGER, it.id, act, value)
        assert isinstance(ended.run, Ended)
        assert await rows(house) == 0
        with pytest.raises(NoSuchRun):
            await press(house, STRANGER, it.id, Act.SKIP)


async def test_a_restart_in_the_middle_goes_on_where_it_was(house: House, tmp_path: Path) -> None:
    it = await stepping(house)
    await pass_(house, 10.6)
    await house.storage.close()
    house.clock.step(timedelta(seconds=45))  # longer than the step, than the lease, than the next one
    again = await House.open(tmp_path / "trellis.db", house.clock, house.face)
    await again.grounding.tick()
    assert steps(again) == [1, 2]
    await pass_(again, 9)
    assert steps(again) == [1, 2]  # a whole step's time, though the clock had run on
    await pass_(again, 1)
    assert steps(again) == [1, 2, 3]
    assert (await press(again, STRANGER, it.id, Act.STOP)).run == Ended(how=Ending.STOPPED, exercise="gr-23")
    await again.storage.close()


async def test_a_step_taken_by_a_process_that_died_is_shown_by_the_next(house: House, tmp_path: Path) -> None:
    await stepping(house)
    house.clock.step(timedelta(seconds=10.6))
    house.face.run_gate = asyncio.Event()  # it never gets through
    await house.grounding._pacing.tick()
    for task in house.grounding._pacing._in_hand.values():
        task.cancel()
    await house.storage.close()
    house.face.run_gate = None
    again = await House.open(tmp_path / "trellis.db", house.clock, house.face)
    await again.grounding.tick()
    assert steps(again) == []  # its lease still runs
    await pass_(again, 12)
    assert steps(again) == [1]  # and not the second one, which would be due by now had it been seen
    await pass_(again, 10)
    assert steps(again) == [1, 2]
    await again.storage.close()


async def test_of_two_processes_one_alone_shows_a_step(house: House, tmp_path: Path) -> None:
    other = await House.open(tmp_path / "trellis.db", house.clock, house.face)
    await asyncio.gather(*(stepping(house, person(str(200 + n))) for n in range(6)))
    for _ in range(4):
        house.clock.step(timedelta(seconds=10.6))
        await asyncio.gather(*(each.grounding.tick() for each in (house, other, house, other)))
    ids = {it.id for it in house.face.runs}
    assert len(ids) == 6
    for id_ in ids:
        shown = [it.run.step for it in house.face.runs if it.id == id_ and isinstance(it.run, Run)]
        assert shown == [1, 2, 3, 4]
    await other.storage.close()


@asynccontextmanager
async def on_its_way(house: House, tmp_path: Path) -> AsyncIterator[RunShown]:
    """Another process has a step on the wire, which arrives when this ends."""
    other = await House.open(tmp_path / "trellis.db", house.clock, house.face)
    it = await stepping(house)
    house.clock.step(timedelta(seconds=10.6))
    house.face.run_gate = asyncio.Event()
    await other.grounding._pacing.tick()
    await asyncio.sleep(0)
    yield it
    house.face.run_gate.set()
    await other.grounding._pacing.drain()
    await other.grounding.tick()
    await other.storage.close()


async def test_a_stop_in_another_process_while_a_step_is_on_its_way_has_the_last_word(
    house: House, tmp_path: Path
) -> None:
    async with on_its_way(house, tmp_path) as it:
        await press(house, STRANGER, it.id, Act.STOP)
    assert steps(house) == [1, "stopped"]
    assert await rows(house) == 0


async def test_a_tap_in_another_process_while_a_step_is_on_its_way_is_shown_again(
    house: House, tmp_path: Path
) -> None:
    async with on_its_way(house, tmp_path) as it:
        await press(house, STRANGER, it.id, Act.NEXT, "1")
    assert steps(house) == [1, 2]


async def test_a_step_that_arrived_before_a_tap_s_card_is_not_shown_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    paced = house.grounding._pacing
    written, gate = paced._settle_some, asyncio.Event()

    async def slowly(batch: list[pacing._Shown]) -> None:
        await gate.wait()
        await written(batch)

    monkeypatch.setattr(paced, "_settle_some", slowly)
    monkeypatch.setattr(pacing, "GIVES_WAY", timedelta(seconds=0.1))
    it = await stepping(house)
    house.clock.step(timedelta(seconds=10.6))
    house.face.run_gate = asyncio.Event()
    await paced.tick()
    await asyncio.sleep(0.01)
    tapping = asyncio.create_task(press(house, STRANGER, it.id, Act.NEXT, "1"))
    await asyncio.sleep(0.03)
    house.face.run_gate.set()  # it arrives while the tap waits for it
    await tapping
    gate.set()
    await paced.drain()
    await house.grounding.tick()
    assert steps(house) == [1]


async def test_a_card_that_is_gone_ends_no_run_that_was_tapped_on_meanwhile(
    house: House, tmp_path: Path
) -> None:
    async with on_its_way(house, tmp_path) as it:
        house.face.run_faults = [Fault(ChannelGone())]
        await press(house, STRANGER, it.id, Act.NEXT, "1")  # on a newer card
    await pass_(house, 10.6)
    assert steps(house) == [3]


async def test_a_tap_waits_for_a_change_on_the_wire_no_longer_than_discord_for_its_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(seconds=2) > pacing.GIVES_WAY  # of three
    monkeypatch.setattr(pacing, "GIVES_WAY", timedelta(seconds=0.01))
    it = await stepping(house)
    house.clock.step(timedelta(seconds=10.6))
    house.face.run_gate = asyncio.Event()
    await house.grounding._pacing.tick()
    await asyncio.sleep(0.01)
    async with asyncio.timeout(1):
        await press(house, STRANGER, it.id, Act.NEXT, "1")
    house.face.run_gate.set()
    await house.grounding._pacing.drain()
    await house.grounding.tick()
    assert steps(house) == [1, 2]  # it arrived over the tap's card, which is shown once more


async def test_a_tap_in_this_process_waits_for_what_is_on_the_wire_and_calls_back_what_is_not(
    house: House,
) -> None:
    it = await stepping(house)
    await pass_(house, 10.5)
    house.clock.step(timedelta(seconds=9.4))
    await house.grounding._pacing.tick(timedelta(seconds=1))  # taken early, to leave at its instant
    await press(house, STRANGER, it.id, Act.STOP)
    await house.grounding._pacing.drain()
    assert steps(house) == [1]
    second = await stepping(house)
    house.clock.step(timedelta(seconds=10.6))
    house.face.run_gate = asyncio.Event()
    await house.grounding._pacing.tick()
    await asyncio.sleep(0.01)
    stopping = asyncio.create_task(press(house, STRANGER, second.id, Act.STOP))
    await asyncio.sleep(0.05)
    assert not stopping.done()
    house.face.run_gate.set()
    await stopping
    await house.grounding._pacing.drain()
    assert steps(house) == [1, 1]  # it arrived before the answer to the tap, which stands over it


async def test_a_tap_while_a_step_is_written_down_harms_nobody_s_exercise(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    paced = house.grounding._pacing
    mine, other = await stepping(house), await stepping(house, BEN)
    written, gate = paced._settle_some, asyncio.Event()

    async def slowly(batch: list[pacing._Shown]) -> None:
        await gate.wait()
        await written(batch)

    monkeypatch.setattr(paced, "_settle_some", slowly)
    house.clock.step(timedelta(seconds=10.6))
    await paced.tick()
    await until(lambda: len(house.face.runs) == 2)
    tapping = asyncio.create_task(press(house, STRANGER, mine.id, Act.NEXT, "1"))
    await asyncio.sleep(0.05)
    gate.set()
    async with asyncio.timeout(2):
        await tapping
        await paced.drain()
    await pass_(house, 10.6)
    shown = [(it.id, it.run.step) for it in house.face.runs if isinstance(it.run, Run)]
    assert sorted(shown) == [(mine.id, 1), (mine.id, 3), (other.id, 1), (other.id, 2)]


async def test_a_step_that_did_not_get_through_is_tried_again_and_gets_its_whole_time(house: House) -> None:
    await stepping(house)
    house.face.run_faults = [Fault(Unreachable()), Fault(Unreachable(), applied=True)]
    await pass_(house, 10.6)
    await pass_(house, 1)
    await pass_(house, 1)
    assert steps(house) == [1, 1]
    await pass_(house, 9)
    assert steps(house) == [1, 1]
    await pass_(house, 1.1)
    assert steps(house) == [1, 1, 2]


async def test_a_card_that_is_gone_ends_the_run_quietly(house: House) -> None:
    await stepping(house)
    house.face.run_faults = [Fault(ChannelGone())]
    await pass_(house, 10.6)
    assert await rows(house) == 0


async def test_where_only_a_tap_lets_us_change_the_card_it_waits_for_one(house: House) -> None:
    it = await stepping(house, passing=True)
    await house.grounding.tick()
    house.clock.step(timedelta(minutes=20))  # the token's quarter of an hour is over: nothing is even tried
    await house.grounding.tick()
    assert "show-run" not in house.face.calls
    went_on = await press(house, STRANGER, it.id, Act.NEXT, "1", passing=True)
    assert isinstance(went_on.run, Run)
    assert went_on.run.step == 2
    await pass_(house, 10.6)
    assert steps(house) == [3]
    house.face.run_faults = [Fault(MessagesClosed())]
    await pass_(house, 10)
    await pass_(house, 60)
    assert steps(house) == [3]
    assert await rows(house) == 1


async def test_without_a_tap_for_two_hours_it_ends_quietly(house: House) -> None:
    it = await stepping(house, exercise="gr-01")
    await pass_(house, IDLE.total_seconds() - 1)
    assert await rows(house) == 1
    await pass_(house, 1)
    assert (await rows(house), steps(house)) == (0, [])
    with pytest.raises(NoSuchRun):
        await press(house, STRANGER, it.id, Act.NEXT, "0")


async def test_nobody_else_s_press_reaches_a_run_and_a_new_one_takes_the_old_one_s_place(
    house: House,
) -> None:
    it = await stepping(house)
    with pytest.raises(NoSuchRun):
        await press(house, BEN, it.id, Act.STOP)
    second = await house.grounding.begin(STRANGER)
    assert second.id != it.id
    with pytest.raises(NoSuchRun):
        await press(house, STRANGER, it.id, Act.STOP)
    assert await rows(house) == 1
    await pass_(house, 60)
    assert steps(house) == []


@pytest.mark.usefixtures("on_sqlite")
async def test_the_row_of_a_run_says_nothing_about_whose_it_is(house: House, tmp_path: Path) -> None:
    it = await stepping(house)
    await house.storage.backup(tmp_path / "backups" / "one.db")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 2
    held = {path: path.read_bytes() for path in files}
    for secret in (b"gr-23", b"a-token", b"500", b"600", b"step"):
        assert not any(secret in data for path, data in held.items() if "-wal" in path.name)
    async with house.storage.begin() as tx:
        [row] = await tx._session.rows(exercise_runs.select())
    assert set(row._mapping) == {"id", "lookup", "sealed", "next_at"}
    assert not any(word in row.sealed for word in (b"gr-23", b"a-token", b"600"))
    await press(house, STRANGER, it.id, Act.STOP)
    for path in tmp_path.glob("trellis.db*"):
        assert row.sealed not in path.read_bytes()
    assert row.sealed not in (tmp_path / "backups" / "one.db").read_bytes()  # in no backup, ever


async def test_the_loop_shows_a_step_at_its_instant_and_wakes_for_one_that_comes_sooner(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.grounding._clock = house.grounding._pacing._clock = clock = SystemClock()
    monkeypatch.setattr("bot.domain.live_runs.SPREAD", timedelta(0))
    house.grounding.start()
    house.grounding.start()  # twice is once
    it = await house.grounding.begin(STRANGER, exercise="gr-24")
    for act, value in ((Act.SAFE, ""), (Act.BEGIN, ""), (Act.SKIP, "")):
        it = await press_at(house, it.id, act, value, clock)
    it = await press_at(house, it.id, Act.NEXT, "0", clock)
    assert isinstance(it.run, Run)
    assert it.run.due is not None
    async with house.storage.begin() as tx:  # not four seconds of a test's time
        live = await tx.exercise_runs.get(it.id, STRANGER.account)
        due = clock.now() + timedelta(seconds=0.4)
        live = replace(live, run=replace(live.run, due=due), next_at=due)
        await tx.exercise_runs.put(live)
        await tx.commit()
    house.grounding._pacing.wake(live)
    await until(lambda: bool(house.face.runs))
    late = clock.now() - due
    assert timedelta(0) <= late < timedelta(seconds=0.5)
    await house.grounding.stop()


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(3):
        while not reached():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)


async def press_at(house: House, id_: RunId, act: Act, value: str, clock: object) -> RunShown:
    where = Place(token="t", got_at=clock.now(), channel="5", message="6")  # type: ignore[attr-defined]
    return await house.grounding.press(STRANGER, id_, Press(act, value), where)


async def test_a_fault_does_not_end_the_loop(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "RETRY", timedelta(0))
    tries = 0

    async def broken(_ahead: timedelta) -> None:
        nonlocal tries
        tries += 1
        raise RuntimeError

    monkeypatch.setattr(pacing, "LOOK", timedelta(0))
    monkeypatch.setattr(house.grounding._pacing, "tick", broken)
    house.grounding.start()
    await until(lambda: tries >= 3)
    await house.grounding.stop()


async def rated(house: House, who: Actor, before: int, after: int, exercise: str = "gr-22") -> RunShown:
    it = await house.grounding.begin(who, exercise=exercise)
    for act, value in ((Act.SAFE, ""), (Act.BEGIN, ""), (Act.RATE, str(before))):
        it = await press(house, who, it.id, act, value)
    for step in range(4):
        it = await press(house, who, it.id, Act.NEXT, str(step))
    return await press(house, who, it.id, Act.RATE, str(after))


async def test_numbers_are_kept_only_where_a_member_switched_that_on_and_go_when_it_is_off(
    house: House,
) -> None:
    circle = await house.circle()
    assert not (await rated(house, ADA, 7, 3)).member
    with pytest.raises(MembersOnly):
        await house.own_exercises.keep_ratings(ADA, on=True)
    await house.members.join(ADA, circle.id, YES)
    ended = await rated(house, ADA, 7, 3)
    assert (ended.member, ended.kept) == (True, False)
    assert (await house.own_exercises.of(ADA)).helped == ()
    await house.own_exercises.keep_ratings(ADA, on=True)
    assert (await rated(house, ADA, 7, 3)).kept
    await rated(house, ADA, 5, 6)
    [helped] = (await house.own_exercises.of(ADA)).helped
    assert (helped.exercise, helped.times, helped.by) == ("gr-22", 2, 1.5)
    off = await house.own_exercises.keep_ratings(ADA, on=False)
    assert (off.own.keeps, off.helped) == (False, ())
    assert (await house.own_exercises.of(ADA)).own.ratings == ()


async def test_favourites_are_a_member_s_own_the_newest_first(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    for exercise in ("gr-01", "gr-08", "gr-01", "gr-22"):
        await house.own_exercises.like(ADA, exercise)
    assert await house.own_exercises.favourites(ADA) == ("gr-22", "gr-01", "gr-08")
    await house.own_exercises.like(ADA, "gr-01", on=False)
    assert await house.own_exercises.favourites(ADA) == ("gr-22", "gr-08")
    assert await house.own_exercises.favourites(BEN) == ()
    with pytest.raises(NoSuchExercise):
        await house.own_exercises.like(ADA, "gr-99")
    with pytest.raises(MembersOnly):
        await house.own_exercises.like(BEN, "gr-01")
    asked = await house.grounding.begin(ADA)
    asked = await press(house, ADA, asked.id, Act.SAFE)
    assert asked.favourites == ("gr-22", "gr-08")


async def test_in_two_circles_a_member_s_own_is_one_and_goes_with_the_circle_it_began_in(
    house: House,
) -> None:
    one, two = await house.circle(), await house.circle("20")
    await house.members.join(ADA, one.id, YES)
    await house.own_exercises.like(ADA, "gr-01")
    await house.members.join(ADA, two.id, YES)
    await house.own_exercises.like(ADA, "gr-02")
    assert await house.own_exercises.favourites(ADA) == ("gr-02", "gr-01")
    await house.members.leave(ADA, one.id)  # a change of mind is kept open, and nothing is used meanwhile
    assert await house.own_exercises.favourites(ADA) == ()
    await house.members.join(ADA, one.id, YES)
    assert await house.own_exercises.favourites(ADA) == ("gr-02", "gr-01")
    await house.members.leave(ADA, one.id, now=True)
    assert await house.own_exercises.favourites(ADA) == ()


async def test_ratings_are_kept_no_longer_than_the_member_keeps_such_things(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    await house.own_exercises.keep_ratings(ADA, on=True)
    await house.own_exercises.like(ADA, "gr-22")
    await rated(house, ADA, 7, 3)
    house.clock.step(timedelta(days=364))
    await house.retention.tick()
    assert (await house.own_exercises.of(ADA)).own.ratings
    house.clock.step(timedelta(days=2))
    await house.retention.tick()
    own = (await house.own_exercises.of(ADA)).own
    assert (own.ratings, own.favourites, own.keeps) == ((), ("gr-22",), True)


async def test_deleting_everything_ends_what_goes_on(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    await stepping(house, ADA)
    assert (await house.privacy.everything(ADA)).exercising
    await house.members.delete_all(ADA)
    assert await rows(house) == 0
    assert not (await house.privacy.everything(ADA)).exercising
