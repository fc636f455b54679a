"""Pairs over both databases: drawn on the day, brought into threads exactly once, and ended by either."""

from datetime import datetime, timedelta

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import ConsentNeeded, NotFacilitator, NotPermitted, Unreachable
from bot.domain.ids import PairId
from bot.domain.members import Scope
from bot.domain.pairs import Press, Step
from bot.domain.practice_errors import ItTakesTwo, NoSuchPair, PairOver
from tests.services.house import ADA, BEN, MARA, YES, House, person
from tests.services.recorder import Fault

ALL = frozenset(Scope)
CLEO, DORA = person("4"), person("5")
WEDNESDAY = timedelta(days=2, hours=4)  # from the house's Monday morning to the drawing at noon


async def signed_up(house: House, *who: object, ear: bool = False) -> Circle:
    """A circle in which these wait for the drawing."""
    circle = await house.circle()
    for each in who:
        await house.members.join(each, circle.id, ALL)  # type: ignore[arg-type]
        await house.pairs.join(each, circle.id, ear=ear)  # type: ignore[arg-type]
    return circle


async def drawing(house: House, by: timedelta = WEDNESDAY) -> None:
    house.clock.step(by)
    await house.pairs.tick()


async def test_two_are_drawn_on_the_day_and_have_one_thread(house: House) -> None:
    circle = await signed_up(house, ADA, BEN)
    await drawing(house, WEDNESDAY - timedelta(minutes=1))
    assert house.face.threads == {}
    await drawing(house, timedelta(minutes=1))
    await house.pairs.tick()
    [[shown]] = house.face.threads.values()
    assert set(shown.accounts.values()) == {ADA.account, BEN.account}
    standing = await house.pairs.of(ADA, circle.id)
    assert standing.wish is None
    assert standing.pair is not None
    assert standing.pair.thread == "t1"


async def test_never_the_same_two_twice_running(house: House) -> None:
    circle = await signed_up(house, ADA, BEN)
    await drawing(house)
    for who in (ADA, BEN):
        await house.pairs.join(who, circle.id, ear=False)
    await drawing(house, timedelta(days=7))
    assert len(house.face.threads) == 1
    assert [
        one.wish.waited for one in [await house.pairs.of(who, circle.id) for who in (ADA, BEN)] if one.wish
    ] == [1, 1]
    await house.letters.tick()
    assert house.face.kinds() == ["pair-left-over"] * 2
    await house.members.join(CLEO, circle.id, ALL)
    await house.pairs.join(CLEO, circle.id, ear=False)
    await drawing(house, timedelta(days=7))
    assert len(house.face.threads) == 2


async def test_never_two_of_whom_one_asked_to_be_kept_apart_also_after_a_coming_back(house: House) -> None:
    circle = await signed_up(house, ADA, BEN)
    await house.pairs.keep_apart(ADA, circle.id, BEN.account)
    with pytest.raises(ItTakesTwo):
        await house.pairs.keep_apart(ADA, circle.id, ADA.account)
    await house.members.delete_all(BEN)
    await house.members.join(BEN, circle.id, ALL)
    await house.pairs.join(BEN, circle.id, ear=False)
    await drawing(house)
    assert house.face.threads == {}
    assert (await house.pairs.of(ADA, circle.id)).apart == 1
    assert (await house.pairs.of(BEN, circle.id)).apart == 0  # who is asked away learns nothing of it
    assert (await house.pairs.end_apart(ADA, circle.id)).apart == 0
    await drawing(house, timedelta(days=7))
    assert len(house.face.threads) == 1


async def test_a_lost_answer_and_a_second_process_open_no_second_thread(house: House) -> None:
    await signed_up(house, ADA, BEN)
    house.face.pair_faults += [Fault(Unreachable(), applied=True), Fault(Unreachable())]
    await drawing(house)
    await house.pairs.tick()  # leased: nothing is done
    assert house.face.calls.count("open-pair") == 1
    for _ in range(2):
        house.clock.step(timedelta(minutes=1))
        await house.pairs.tick()
    assert house.face.calls.count("open-pair") == 3
    assert list(house.face.threads) == [PairId(1)]


async def test_where_no_thread_can_be_made_both_are_told_so(house: House) -> None:
    circle = await signed_up(house, ADA, BEN)
    house.face.pair_faults.append(Fault(NotPermitted()))
    await drawing(house)
    await house.letters.tick()
    assert house.face.kinds() == ["pair-failed", "pair-failed", "pair-not-opened"]
    assert (await house.pairs.of(ADA, circle.id)).pair is None


async def test_a_practice_goes_its_round_and_its_thread_is_put_away(house: House) -> None:
    circle = await signed_up(house, ADA, BEN)
    await drawing(house)
    id_ = PairId(1)
    for who, press in (
        (ADA, Press.HERE), (BEN, Press.HERE), (ADA, Press.SAID), (BEN, Press.SAID_BACK), (ADA, Press.YES),
        (BEN, Press.SAID), (ADA, Press.SAID_BACK), (BEN, Press.YES),
    ):  # fmt: skip
        done = await house.pairs.press(who, id_, press)
    assert done.pair.step is Step.DONE
    await house.pairs.tick()
    [closed] = house.face.closed_pairs
    assert closed.pair.id == id_
    with pytest.raises(PairOver):
        await house.pairs.press(ADA, id_, Press.OUT)
    await house.pairs.tick()
    assert len(house.face.closed_pairs) == 1
    assert (await house.pairs.of(ADA, circle.id)).pair is None


async def test_a_turn_s_end_is_shown_and_the_week_s_end_closes_it(house: House) -> None:
    await signed_up(house, ADA, BEN)
    await drawing(house)
    for who in (ADA, BEN):
        await house.pairs.press(who, PairId(1), Press.HERE)
    house.clock.step(timedelta(minutes=5))
    await house.pairs.tick()
    assert house.face.threads[PairId(1)][-1].pair.until is None
    house.clock.step(timedelta(days=5))
    await house.pairs.tick()
    assert [it.pair.step for it in house.face.closed_pairs] == [Step.OUT]


async def test_nobody_else_presses_and_only_a_facilitator_comes_to_listen_and_only_if_wished(
    house: House,
) -> None:
    circle = await signed_up(house, ADA, BEN)
    await house.members.join(CLEO, circle.id, ALL)
    await drawing(house)
    for who in (CLEO, MARA, DORA):
        with pytest.raises(NoSuchPair):
            await house.pairs.press(who, PairId(1), Press.OUT)
    with pytest.raises(NoSuchPair):
        await house.pairs.listen(MARA, PairId(1))
    with pytest.raises(NotFacilitator):
        await house.pairs.listen(CLEO, PairId(1))


async def test_an_ear_that_was_wished_for_is_asked_for_once_the_thread_stands(house: House) -> None:
    await signed_up(house, ADA, BEN, ear=True)
    await drawing(house)
    await house.letters.tick()
    [(letter, _)] = house.face.letters
    assert (letter.kind, letter.facts) == ("pair-ear", {"pair": 1, "thread": "t1"})
    assert (await house.pairs.listen(MARA, PairId(1))).pair.thread == "t1"


async def test_who_leaves_or_deletes_everything_ends_it_for_the_other_too(house: House) -> None:
    circle = await signed_up(house, ADA, BEN)
    await drawing(house)
    await house.members.delete_all(ADA)
    await house.pairs.tick()
    [closed] = house.face.closed_pairs
    assert set(closed.accounts.values()) == {BEN.account}
    assert (await house.pairs.of(BEN, circle.id)).pair is None


async def test_a_wish_is_taken_back_and_needs_its_consent_and_none_is_drawn_without(house: House) -> None:
    circle = await signed_up(house, ADA, BEN)
    standing = await house.pairs.leave(ADA, circle.id)
    assert standing.wish is None
    assert standing.draws_at == datetime(2026, 3, 4, 11, tzinfo=house.clock.now().tzinfo)
    await house.pairs.join(ADA, circle.id, ear=True)
    await house.members.consents(BEN, circle.id, YES)
    with pytest.raises(ConsentNeeded):
        await house.pairs.join(BEN, circle.id, ear=False)
    await drawing(house)
    assert house.face.threads == {}
