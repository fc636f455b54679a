"""Two walk alongside each other by mutual consent; what is seen is kept and rest, and each look is logged."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.commitments import Mark, Words
from bot.domain.errors import ConsentNeeded
from bot.domain.ids import CircleId
from bot.domain.looks import Seen
from bot.domain.members import Scope
from bot.domain.practice_errors import ItTakesTwo, NotAlongside, SentToday
from bot.services.commitments import Wanted
from storage.practice_tables import partners
from tests.services.house import ADA, BEN, YES, House, person

ALL = frozenset(Scope)
CLEO = person("4")
FERN, DOOR = (
    Wanted(words=Words(text=f"I will {act} each day.", seen="It was seen."))
    for act in ("water the fern", "close the door")
)


async def two(house: House) -> CircleId:
    """A circle in which Ada and Ben have named each other."""
    circle = await house.circle()
    for who in (ADA, BEN, CLEO):
        await house.members.join(who, circle.id, ALL)
    await house.partners.name(ADA, circle.id, BEN.account)
    assert (await house.partners.name(BEN, circle.id, ADA.account)).mutual
    return circle.id


async def test_one_naming_is_no_pair_and_is_seen_by_nobody_else(house: House) -> None:
    circle = await two(house)
    shown = await house.partners.name(CLEO, circle, ADA.account)
    assert not shown.mutual
    assert (await house.partners.of(ADA, circle)).named == BEN.account
    with pytest.raises(NotAlongside):
        await house.partners.send(CLEO, circle, "cr-enc-1")
    with pytest.raises(ItTakesTwo):
        await house.partners.name(CLEO, circle, CLEO.account)


async def test_only_what_is_shown_is_seen_and_of_it_only_kept_and_rest(house: House) -> None:
    circle = await two(house)
    fern = (await house.commitments.add(ADA, circle, FERN)).commitment.id
    await house.commitments.add(ADA, circle, DOOR)
    for mark in (Mark.KEPT, Mark.MISSED, Mark.REST, Mark.REPAIRED, Mark.SMALL):
        await house.commitments.log(ADA, fern, mark)
        house.clock.step(timedelta(days=1))
    await house.commitments.pause(ADA, fern)
    assert (await house.partners.of(BEN, circle)).theirs == ()
    assert (await house.privacy.looks(ADA)) == []  # nothing was shown, so nothing was looked at
    await house.partners.show(ADA, circle, [fern])
    [seen] = (await house.partners.of(BEN, circle)).theirs
    assert seen.text == "I will water the fern each day."
    assert [day.day for day in seen.kept] == [2, 6]
    assert [day.day for day in seen.rested] == [4, 7]
    [look] = await house.privacy.looks(ADA)
    assert (look.seen, look.viewer) == (Seen.ALONGSIDE, BEN.account)


async def test_nobody_shows_what_is_another_s(house: House) -> None:
    circle = await two(house)
    of_cleo = (await house.commitments.add(CLEO, circle, FERN)).commitment.id
    await house.partners.show(ADA, circle, [of_cleo])
    assert (await house.partners.of(BEN, circle)).theirs == ()


async def test_a_word_goes_out_once_a_day_and_not_by_message_to_who_wants_none(house: House) -> None:
    circle = await two(house)
    await house.members.consents(BEN, circle, ALL - {Scope.REMINDERS})
    await house.partners.send(ADA, circle, "cr-enc-3")
    with pytest.raises(SentToday):
        await house.partners.send(ADA, circle, "cr-enc-4")
    assert (await house.partners.of(BEN, circle)).word == "cr-enc-3"
    [held] = (await house.privacy.everything(BEN)).circles
    assert [letter.kind for letter in held.letters] == []
    house.clock.step(timedelta(days=1))
    await house.partners.send(ADA, circle, "cr-enc-4")


async def test_it_ends_for_both_by_one_and_by_leaving_and_by_deletion_and_by_a_consent_taken_back(
    house: House,
) -> None:
    circle = await two(house)
    await house.partners.end(BEN, circle)
    assert (await house.partners.of(ADA, circle)).named is None
    await house.partners.name(BEN, circle, ADA.account)
    await house.partners.name(ADA, circle, BEN.account)
    await house.members.consents(BEN, circle, YES)
    assert not (await house.partners.of(ADA, circle)).mutual
    with pytest.raises(ConsentNeeded):
        await house.partners.of(BEN, circle)
    await house.members.delete_all(BEN)
    assert (await house.partners.of(ADA, circle)).named is None
    async with house.storage.begin() as tx:
        assert await tx._session.value(select(func.count()).select_from(partners)) == 0


async def test_naming_another_ends_what_stood(house: House) -> None:
    circle = await two(house)
    await house.partners.name(ADA, circle, CLEO.account)
    assert (await house.partners.of(BEN, circle)).named is None
