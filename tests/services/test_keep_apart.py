"""Two whom facilitators keep apart: never together, told nothing, also after one deleted everything."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.audit import Deed
from bot.domain.channel_errors import NoSuchTwo, TooManyTwos
from bot.domain.circles import Circle
from bot.domain.errors import NoCircle, NotFacilitator
from bot.domain.ids import PairId
from bot.domain.members import Scope
from bot.domain.practice_errors import ItTakesTwo, NoSuchPair
from bot.services import keep_apart as service
from storage.channel_tables import held_apart
from tests.services.house import ADA, BEN, MARA, ROLE, House, person

ALL = frozenset(Scope)
NOOR = person("7", ROLE)  # another facilitator
ELSEWHERE = person("1", ROLE, server="901")


async def settled_in(house: House, *people: Any) -> Circle:
    circle = await house.circle()
    for each in people or (ADA, BEN):
        await house.members.join(each, circle.id, ALL)
    return circle


async def drawn(house: House, circle: Circle, *people: Any, ear: bool = False) -> None:
    """These want a pair, and the next drawing comes."""
    for each in people:
        await house.pairs.join(each, circle.id, ear=ear)
    house.clock.step(timedelta(days=7))
    await house.pairs.tick()


async def test_two_who_are_kept_apart_are_never_drawn_and_then_are_again(house: House) -> None:
    circle = await settled_in(house)
    twos = await house.keep_apart.add(MARA, circle.id, ADA.account, BEN.account)
    assert [{each.one, each.other} for each in twos.twos] == [{ADA.account, BEN.account}]
    await drawn(house, circle, ADA, BEN)
    assert house.face.threads == {}
    again = await house.keep_apart.add(MARA, circle.id, BEN.account, ADA.account)
    assert (again.changed, len(again.twos)) == (False, 1)
    await house.keep_apart.end(MARA, circle.id, BEN.account, ADA.account)
    await drawn(house, circle, ADA, BEN)
    assert len(house.face.threads) == 1


async def test_a_practice_of_the_two_ends_and_they_walk_alongside_no_more(house: House) -> None:
    circle = await settled_in(house)
    await drawn(house, circle, ADA, BEN)
    for who, other in ((ADA, BEN), (BEN, ADA)):
        shown = await house.partners.name(who, circle.id, other.account)
    assert shown.mutual
    await house.keep_apart.add(MARA, circle.id, ADA.account, BEN.account)
    assert (await house.pairs.of(ADA, circle.id)).pair is None
    assert not (await house.partners.of(ADA, circle.id)).mutual
    assert not (await house.partners.name(BEN, circle.id, ADA.account)).mutual


async def test_a_practice_with_somebody_else_goes_on_and_there_is_room_for_so_many(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = await settled_in(house)
    await drawn(house, circle, ADA, BEN)
    await house.keep_apart.add(MARA, circle.id, ADA.account, NOOR.account)
    assert (await house.pairs.of(ADA, circle.id)).pair is not None
    monkeypatch.setattr(service, "MOST", 1)
    with pytest.raises(TooManyTwos):
        await house.keep_apart.add(MARA, circle.id, BEN.account, NOOR.account)


async def test_it_holds_for_who_deletes_everything_and_returns_and_names_nobody_meanwhile(
    house: House,
) -> None:
    circle = await settled_in(house)
    await house.keep_apart.add(MARA, circle.id, ADA.account, BEN.account)
    await house.members.delete_all(ADA)
    [two] = (await house.keep_apart.of(MARA, circle.id)).twos
    assert {two.one, two.other} == {None, BEN.account}
    await house.members.join(ADA, circle.id, ALL)
    await drawn(house, circle, ADA, BEN)
    assert house.face.threads == {}


async def sealed(house: House) -> list[Any]:
    """What stands sealed of anybody."""
    async with house.storage.begin() as tx:
        rows = await tx._session.rows(select(held_apart))
    return [each for row in rows for each in (row.one_sealed, row.other_sealed) if each is not None]


async def test_who_has_not_joined_is_named_until_they_join_or_are_forgotten(house: House) -> None:
    circle = await settled_in(house, ADA)
    await house.keep_apart.add(MARA, circle.id, ADA.account, BEN.account)
    assert len(await sealed(house)) == 1
    [two] = (await house.keep_apart.of(MARA, circle.id)).twos
    assert {two.one, two.other} == {ADA.account, BEN.account}
    await house.members.join(BEN, circle.id, ALL)
    assert await sealed(house) == []
    await house.keep_apart.add(MARA, circle.id, ADA.account, person("9").account)
    await house.members.delete_all(person("9"))
    assert await sealed(house) == []


async def test_only_the_circle_s_facilitators_keep_two_apart(house: House) -> None:
    circle = await settled_in(house)
    for who, error in ((ADA, NotFacilitator), (ELSEWHERE, NoCircle)):
        with pytest.raises(error):
            await house.keep_apart.add(who, circle.id, ADA.account, BEN.account)
        with pytest.raises(error):
            await house.keep_apart.of(who, circle.id)
    with pytest.raises(ItTakesTwo):
        await house.keep_apart.add(MARA, circle.id, ADA.account, ADA.account)
    other = await house.circle("20", role="78")
    [two] = (await house.keep_apart.add(MARA, circle.id, ADA.account, BEN.account)).twos
    with pytest.raises(NotFacilitator):
        await house.keep_apart.remove(MARA, other.id, two.id)


async def test_a_facilitator_neither_sees_nor_ends_what_concerns_themself(house: House) -> None:
    circle = await settled_in(house)
    [two] = (await house.keep_apart.add(MARA, circle.id, ADA.account, NOOR.account)).twos
    assert (await house.keep_apart.of(NOOR, circle.id)).twos == ()
    with pytest.raises(NoSuchTwo):
        await house.keep_apart.remove(NOOR, circle.id, two.id)
    with pytest.raises(NoSuchTwo):
        await house.keep_apart.end(NOOR, circle.id, ADA.account, NOOR.account)
    assert len((await house.keep_apart.of(MARA, circle.id)).twos) == 1
    told = await house.keep_apart.add(NOOR, circle.id, NOOR.account, ADA.account)
    fresh = await house.keep_apart.add(NOOR, circle.id, NOOR.account, BEN.account)
    assert (told.changed, told.twos) == (fresh.changed, fresh.twos) == (True, ())
    deeds = [entry.deed for entry in await house.circles.audit(MARA, circle.id)]
    assert deeds.count(Deed.KEPT_APART) == 3


async def test_nothing_of_one_is_handed_to_the_other_where_that_is_a_facilitator(house: House) -> None:
    circle = await settled_in(house)
    await house.keep_apart.add(MARA, circle.id, ADA.account, NOOR.account)
    await drawn(house, circle, ADA, BEN, ear=True)
    with pytest.raises(NoSuchPair):
        await house.pairs.listen(NOOR, PairId(1))
    assert (await house.pairs.listen(MARA, PairId(1))).pair.id == 1
    async with house.storage.read() as tx:
        assert await service.kept_from(tx, circle.id, NOOR.account, ADA.account)
        assert not await service.kept_from(tx, circle.id, NOOR.account, BEN.account)
        assert not await service.kept_from(tx, circle.id, NOOR.account, None)


async def test_the_list_of_deeds_says_that_it_happened_and_names_neither(house: House) -> None:
    circle = await settled_in(house)
    [two] = (await house.keep_apart.add(MARA, circle.id, ADA.account, BEN.account)).twos
    await house.keep_apart.remove(MARA, circle.id, two.id)
    deeds = [(entry.deed, entry.about) for entry in await house.circles.audit(MARA, circle.id)]
    assert deeds[:2] == [(Deed.APART_ENDED, ""), (Deed.KEPT_APART, "")]
