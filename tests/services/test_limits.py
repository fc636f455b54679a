"""One member's costly acts are bounded, each kind and each person apart; help never is."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.domain.accounts import Account, Actor, Platform
from bot.domain.limits import Costly, TooOften
from bot.domain.shares import Draft
from bot.services import limits as module
from bot.services.limits import Limits
from tests.services.house import ADA, BEN, MARA, YES, House

WORDS = "My neighbour's kite is stuck in the elm."
GRAVE = "I want to kill myself"


def someone(number: int) -> Actor:
    return Actor(account=Account(Platform.DISCORD, f"1576074594391949{number:03}"))


@pytest.fixture
def limits(house: House) -> Limits:
    return Limits(house.clock)


def test_each_person_and_each_kind_is_counted_apart_and_time_gives_back(house: House, limits: Limits) -> None:
    for what in Costly:
        for _ in range(what.value.at_once):
            limits.take(someone(1), what)
        with pytest.raises(TooOften) as refused:
            limits.take(someone(1), what)
        limits.take(someone(2), what)
        house.clock.set(refused.value.again)
        limits.take(someone(1), what)


def test_a_refusal_counts_nothing(house: House, limits: Limits) -> None:
    what = Costly.EXPORT
    for _ in range(what.value.at_once):
        limits.take(someone(1), what)
    for _ in range(20):
        with pytest.raises(TooOften):
            limits.take(someone(1), what)
    house.clock.step(what.value.every)
    limits.take(someone(1), what)


def test_what_is_remembered_is_bounded_and_names_nobody(
    house: House, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 50)
    for number in range(200):
        limits.take(someone(number), Costly.EXPORT)
    assert len(limits._full_at) == 50
    held = repr(limits.__dict__)
    assert not any(someone(number).account.id in held for number in range(200))
    assert Limits(house.clock)._of(someone(1), Costly.EXPORT) != limits._of(someone(1), Costly.EXPORT)


Act = Callable[[House, Actor, Any], Awaitable[Any]]
ACTS: dict[str, tuple[Act, Costly]] = {
    "one's own weather": (lambda house, who, circle: house.histories.mine(who, circle), Costly.PICTURE),
    "a summary": (lambda house, who, circle: house.summaries.report(who, circle), Costly.PICTURE),
    "an export": (lambda house, who, _: house.privacy.everything(who), Costly.EXPORT),
    "a plan taken out": (lambda house, who, circle: house.plan_files.export(who, circle), Costly.IMPORT),
    "a plan brought": (lambda house, who, circle: house.plan_files.expect(who, circle), Costly.IMPORT),
    "words for the circle": (
        lambda house, who, circle: house.shares.offer(who, None, circle, Draft(text=WORDS)),
        Costly.OFFER,
    ),
}


async def counted(house: House, limits: Limits) -> Any:
    """A circle where each is counted, with two members and a facilitator who is one as well."""
    for service in (house.histories, house.summaries, house.privacy, house.plan_files, house.shares):
        service._limits = limits
    circle = await house.circle()
    for who in (ADA, BEN, MARA):
        await house.members.join(who, circle.id, YES)
    return circle.id


@pytest.mark.parametrize(("act", "what"), ACTS.values(), ids=ACTS)
async def test_each_costly_act_rests_after_so_many_for_who_did_it_alone(
    house: House, limits: Limits, act: Act, what: Costly
) -> None:
    circle = await counted(house, limits)
    for _ in range(what.value.at_once):
        await act(house, MARA, circle)
    before = len(await house.shares.mine(MARA))
    with pytest.raises(TooOften):
        await act(house, MARA, circle)
    assert len(await house.shares.mine(MARA)) == before
    with pytest.raises(TooOften):
        limits.take(MARA, what)
    limits.take(BEN, what)


async def test_words_that_sound_like_danger_are_never_held_back_by_it(house: House, limits: Limits) -> None:
    circle = await counted(house, limits)
    for _ in range(Costly.OFFER.value.at_once):
        await house.shares.offer(ADA, None, circle, Draft(text=WORDS))
    for _ in range(3):
        offered = await house.shares.offer(ADA, None, circle, Draft(text=GRAVE))
        assert offered.share.matched
    with pytest.raises(TooOften):
        await house.shares.offer(ADA, None, circle, Draft(text=WORDS))


async def test_a_wish_for_a_person_is_never_held_back_by_it(house: House, limits: Limits) -> None:
    circle = await counted(house, limits)
    for what in Costly:
        for _ in range(what.value.at_once):
            limits.take(ADA, what)
    for _ in range(30):
        await house.people.want_person(ADA, circle_id=circle)
