"""Commitments: begun small, logged by their member alone, and nothing lost, doubled or shown."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.domain.circles import Circle
from bot.domain.commitments import LIVE, Mark, Words
from bot.domain.errors import BadTime, ConsentNeeded, NotAMember, UnknownZone
from bot.domain.members import Scope
from bot.domain.practice_errors import (
    BadCadence,
    CommitmentEnded,
    DayClosed,
    FutureDay,
    NoRestLeft,
    NoSuchCommitment,
    OnlyByDays,
    PastDate,
    TooManyCommitments,
    UnfitCommitment,
    VagueCommitment,
)
from bot.domain.streaks import Phase
from bot.services.commitments import Wanted
from bot.services.own_commitments import CommitmentShown
from tests.services.house import ADA, BEN, MARA, House

TEXT = "I will name my weather in one word each day."
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
STREAKS = frozenset({Scope.STREAKS})


def wanted(text: str = TEXT, cadence: str = "daily", *, lapse_only: bool = False) -> Wanted:
    return Wanted(words=Words(text=text, seen="A word written."), cadence=cadence, lapse_only=lapse_only)


async def began(house: House, cadence: str = "daily") -> tuple[Circle, CommitmentShown]:
    """A circle with Ada in it, and her commitment."""
    circle = await house.circle()
    await house.members.join(ADA, circle.id, STREAKS)
    return circle, await house.commitments.add(ADA, circle.id, wanted(cadence=cadence))


async def test_what_is_begun_and_logged_is_found_again_with_its_figures(house: House) -> None:
    circle, shown = await began(house)
    assert (shown.today, shown.commitment.begun) == (TODAY, TODAY)
    done = await house.commitments.log(ADA, shown.commitment.id, Mark.KEPT)
    assert (done.before.kept, done.shown.streak.kept, done.day) == (0, 1, TODAY)
    [found] = await house.commitments.mine(ADA, circle.id)
    assert found == done.shown
    assert found.commitment.words.text == TEXT


async def test_a_day_logged_twice_counts_once_and_the_last_word_stands(house: House) -> None:
    _, shown = await began(house)
    presses = [house.commitments.log(ADA, shown.commitment.id, Mark.KEPT) for _ in range(4)]
    await asyncio.gather(*presses)
    done = await house.commitments.log(ADA, shown.commitment.id, Mark.MISSED)
    assert (done.shown.log, done.shown.streak.kept) == ({TODAY: Mark.MISSED}, 0)
    assert done.shown.streak.phase is Phase.NEW
    back = await house.commitments.unlog(ADA, shown.commitment.id, TODAY)
    assert back.log == {}


async def test_seven_days_back_can_be_logged_and_neither_more_nor_tomorrow(house: House) -> None:
    _, shown = await began(house)
    id_ = shown.commitment.id
    house.clock.step(timedelta(days=10))
    await house.commitments.log(ADA, id_, Mark.KEPT, TODAY + 3 * DAY)
    with pytest.raises(DayClosed) as closed:
        await house.commitments.log(ADA, id_, Mark.KEPT, TODAY + 2 * DAY)
    assert closed.value.first == TODAY + 3 * DAY
    with pytest.raises(FutureDay):
        await house.commitments.log(ADA, id_, Mark.KEPT, TODAY + 11 * DAY)


async def test_nothing_is_logged_before_a_commitment_began(house: House) -> None:
    _, shown = await began(house)
    with pytest.raises(DayClosed):
        await house.commitments.log(ADA, shown.commitment.id, Mark.KEPT, TODAY - DAY)


async def test_two_rest_days_a_week_and_a_third_is_refused_with_a_pause_at_hand(house: House) -> None:
    _, shown = await began(house)
    id_ = shown.commitment.id
    for _ in range(2):
        await house.commitments.log(ADA, id_, Mark.REST)
        house.clock.step(DAY)
    with pytest.raises(NoRestLeft):
        await house.commitments.log(ADA, id_, Mark.REST)
    await house.commitments.log(ADA, id_, Mark.REST, TODAY)  # the same day once more takes none
    house.clock.step(timedelta(days=5))  # a new week
    assert (await house.commitments.log(ADA, id_, Mark.REST)).shown.rests_left == 2


async def test_a_week_may_be_rested_once_in_four(house: House) -> None:
    _, shown = await began(house, "3 a week")
    await house.commitments.log(ADA, shown.commitment.id, Mark.REST)
    await house.commitments.log(ADA, shown.commitment.id, Mark.REST)
    house.clock.step(timedelta(days=7))
    with pytest.raises(NoRestLeft):
        await house.commitments.log(ADA, shown.commitment.id, Mark.REST)
    house.clock.step(timedelta(days=21))
    await house.commitments.log(ADA, shown.commitment.id, Mark.REST)


async def test_three_live_at_a_time_and_one_let_go_makes_room(house: House) -> None:
    circle, shown = await began(house)
    for _ in range(LIVE - 1):
        await house.commitments.add(ADA, circle.id, wanted())
    with pytest.raises(TooManyCommitments):
        await house.commitments.add(ADA, circle.id, wanted())
    gone = await house.commitments.let_go(ADA, shown.commitment.id)
    assert gone.commitment.ended == TODAY
    with pytest.raises(CommitmentEnded):
        await house.commitments.log(ADA, shown.commitment.id, Mark.KEPT)
    await house.commitments.add(ADA, circle.id, wanted())
    assert [each.commitment.live for each in await house.commitments.mine(ADA, circle.id)] == [
        True, True, True, False,
    ]  # fmt: skip


async def test_two_who_press_at_once_do_not_begin_a_fourth(house: House) -> None:
    circle, _ = await began(house)
    presses = [house.commitments.add(ADA, circle.id, wanted()) for _ in range(5)]
    done = await asyncio.gather(*presses, return_exceptions=True)
    assert sum(isinstance(each, TooManyCommitments) for each in done) == 3
    assert len(await house.commitments.mine(ADA, circle.id)) == LIVE


async def test_a_pause_asks_nothing_and_goes_on_where_it_was(house: House) -> None:
    _, shown = await began(house)
    id_ = shown.commitment.id
    kept = (await house.commitments.log(ADA, id_, Mark.KEPT)).shown.streak
    house.clock.step(DAY)
    assert (await house.commitments.pause(ADA, id_)).commitment.paused
    assert (await house.commitments.pause(ADA, id_)).commitment.paused  # pressed twice
    house.clock.step(timedelta(days=60))
    back = await house.commitments.resume(ADA, id_)
    assert not back.commitment.paused
    assert (back.streak.run, back.streak.steadiness, back.streak.phase) == (1, kept.steadiness, Phase.GOING)


async def test_other_words_and_another_cadence_leave_what_was_logged(house: House) -> None:
    _, shown = await began(house)
    id_ = shown.commitment.id
    await house.commitments.log(ADA, id_, Mark.KEPT)
    house.clock.step(DAY)
    changed = await house.commitments.change(ADA, id_, wanted("I will think of one word.", "once a week"))
    assert changed.commitment.words.text == "I will think of one word."
    assert [first for first, _ in changed.commitment.plans] == [TODAY, TODAY + DAY]
    assert changed.streak.kept == 1


async def test_the_day_ends_at_four_in_the_members_own_zone(house: House) -> None:
    circle, shown = await began(house)
    await house.at(2026, 3, 3, 2, 30)  # 03:30 in Berlin
    assert (await house.commitments.get(ADA, shown.commitment.id)).today == TODAY
    await house.commitments.set_clock(ADA, circle.id, "Pacific/Auckland", "04:00")
    assert (await house.commitments.get(ADA, shown.commitment.id)).today == TODAY + DAY
    other = await house.commitments.add(ADA, circle.id, wanted())
    assert other.commitment.zone.key == "Pacific/Auckland"
    for zone, starts, error in (("Nowhere/Land", "04:00", UnknownZone), ("UTC", "4 am", BadTime)):
        with pytest.raises(error):
            await house.commitments.set_clock(ADA, circle.id, zone, starts)


async def test_days_that_a_change_of_zone_leaves_out_are_rest(house: House) -> None:
    circle, shown = await began(house)
    await house.commitments.set_clock(ADA, circle.id, "Etc/GMT+12", "00:00")
    await house.at(2026, 3, 10, 11, 30)  # the 9th there; the 11th at +14
    moved = await house.commitments.set_clock(ADA, circle.id, "Pacific/Kiritimati", "00:00")
    assert moved[0].today == date(2026, 3, 11)
    [rest] = moved[0].commitment.rests
    assert (rest.first, rest.last) == (date(2026, 3, 10), date(2026, 3, 10))
    back = await house.commitments.set_clock(ADA, circle.id, "Etc/GMT+12", "00:00")
    assert back[0].today == date(2026, 3, 9)
    await house.commitments.log(ADA, shown.commitment.id, Mark.KEPT)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (wanted("I will be better."), VagueCommitment),
        (wanted("I will check his phone."), UnfitCommitment),
        (wanted(cadence="now and then"), BadCadence),
        (wanted(cadence="2026-03-01"), PastDate),
        (wanted(cadence="3 a week", lapse_only=True), OnlyByDays),
    ],
)
async def test_what_cannot_be_begun_keeps_nothing(
    house: House, given: Wanted, error: type[Exception]
) -> None:
    circle, shown = await began(house)
    with pytest.raises(error):
        await house.commitments.add(ADA, circle.id, given)
    with pytest.raises(error):
        await house.commitments.change(ADA, shown.commitment.id, given)
    assert await house.commitments.mine(ADA, circle.id) == [shown]


async def test_nobody_elses_commitment_can_be_seen_or_touched_whatever_their_role(house: House) -> None:
    circle, shown = await began(house)
    await house.members.join(BEN, circle.id, STREAKS)
    id_, do = shown.commitment.id, house.commitments
    for who in (BEN, MARA):
        for touch in (do.get, do.pause, do.resume, do.let_go, do.delete):
            with pytest.raises(NoSuchCommitment):
                await touch(who, id_)
        with pytest.raises(NoSuchCommitment):
            await do.log(who, id_, Mark.KEPT)
    assert await do.mine(BEN, circle.id) == []
    assert await do.get(ADA, id_) == shown


async def test_nothing_is_kept_without_a_yes_and_what_stands_can_still_be_deleted(house: House) -> None:
    circle, shown = await began(house)
    await house.members.consents(ADA, circle.id, frozenset())
    for refused in (
        house.commitments.allowed(ADA, circle.id),
        house.commitments.add(ADA, circle.id, wanted()),
        house.commitments.log(ADA, shown.commitment.id, Mark.KEPT),
        house.commitments.change(ADA, shown.commitment.id, wanted()),
    ):
        with pytest.raises(ConsentNeeded):
            await refused
    await house.commitments.pause(ADA, shown.commitment.id)
    await house.commitments.delete(ADA, shown.commitment.id)
    assert await house.commitments.mine(ADA, circle.id) == []
    with pytest.raises(NotAMember):
        await house.commitments.mine(BEN, circle.id)
