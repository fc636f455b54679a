"""The guard: shown before it is made, by whom, for which circles, and off again."""

import pytest

from bot.domain.channel_errors import CannotGuard, NotGuardian
from bot.domain.errors import NotFacilitator
from bot.domain.guard import Policy
from tests.services.guarded import (
    ALL,
    LABELS,
    NOOR,
    SUICIDE,
    guarded,
    heard,
    helped,
    rule,
    standing,
)
from tests.services.house import ADA, MARA, House, person


async def test_nothing_is_made_before_it_was_shown_and_one_yes_makes_it(house: House) -> None:
    circle = await house.circle()
    shown = await house.guards.preview(MARA, circle.id, Policy.HOLD)
    assert (len(shown.rules), shown.missing, shown.exempt) == (3, 3, 5)
    assert house.face.rules == {}
    done = await house.guards.on(MARA, circle.id, Policy.HOLD)
    assert (standing(house), done.missing, done.policy) == (LABELS, 0, Policy.HOLD)
    assert all(each.rule.exempt == house.face.channels - {"10"} for each in house.face.rules.values())
    assert (await house.guards.status(MARA, circle.id)).missing == 0


async def test_only_a_facilitator_who_manages_the_server_switches_it(house: House) -> None:
    circle = await house.circle()
    for who, error in ((NOOR, NotGuardian), (ADA, NotFacilitator),
                       (person("8", manages=True), NotFacilitator)):  # fmt: skip
        for act in (house.guards.preview, house.guards.on):
            with pytest.raises(error):
                await act(who, circle.id, Policy.HOLD)
        with pytest.raises(error):
            await house.guards.off(who, circle.id)
    assert house.face.calls == []
    assert (await house.guards.status(NOOR, circle.id)).policy is None


async def test_what_is_in_the_way_is_said_and_nothing_is_made(house: House) -> None:
    circle = await house.circle()
    face = house.face
    for change, why in (
        ({"manages": False}, "no-permission"),
        ({"manages": True, "other_rules": 4}, "no-room"),
        ({"other_rules": 0, "channels": frozenset(map(str, range(60)))}, "too-many-channels"),
    ):
        for name, value in change.items():
            setattr(face, name, value)
        shown = await house.guards.preview(MARA, circle.id, Policy.HOLD)
        assert shown.trouble is not None
        assert shown.trouble.why == why
        with pytest.raises(CannotGuard):
            await house.guards.on(MARA, circle.id, Policy.HOLD)
    assert face.rules == {}


async def test_a_note_of_the_filter_s_goes_where_nobody_sees_it_and_is_deleted_at_once(house: House) -> None:
    circle = await house.circle()
    house.face.overlooked = {"6"}
    for copies, why in ((None, "no-copies"), ("6", "copies-seen")):
        shown = await house.guards.preview(MARA, circle.id, Policy.TELL, copies)
        assert shown.trouble is not None
        assert shown.trouble.why == why
    await house.members.join(ADA, circle.id, ALL)
    await house.guards.on(MARA, circle.id, Policy.TELL, "5")
    assert (standing(house), rule(house, "told").rule.copies) == (["told"], "5")
    await heard(house, "told", SUICIDE, message="71", note="72")
    assert house.face.dropped[-1] == ("5", "72")
    assert (await helped(house))[0]["tiers"] == "suicide_active"


async def test_two_circles_share_the_rules_and_each_is_guarded_as_it_wants(house: House) -> None:
    one, other = await guarded(house), await house.circle("20")
    await house.guards.on(MARA, other.id, Policy.HOLD)
    assert standing(house) == LABELS
    assert rule(house, "care").rule.exempt == house.face.channels - {"10", "20"}
    await house.guards.on(MARA, other.id, Policy.TELL, "5")
    assert standing(house) == ["care", "pause", "safety", "told"]
    assert rule(house, "care").rule.exempt == house.face.channels - {"10"}
    await house.guards.off(MARA, one.id)
    assert standing(house) == ["told"]
    assert (await house.guards.status(MARA, other.id)).policy is Policy.TELL
    await house.guards.off(MARA, other.id)
    assert house.face.rules == {}


async def test_what_cannot_be_taken_away_is_said_and_tried_again(house: House) -> None:
    circle = await guarded(house)
    house.face.manages = False
    shown = await house.guards.off(MARA, circle.id)
    assert shown.trouble is not None
    await heard(house, "care", SUICIDE)
    assert await helped(house) == []
    assert house.face.letters == []  # whoever switches it off has been told
    house.face.manages = True
    await house.step(minutes=10)
    await house.guards.tick()
    assert house.face.rules == {}


async def test_what_needs_a_channel_that_is_gone_can_be_switched_off(house: House) -> None:
    circle = await guarded(house, Policy.TELL, "5")
    house.face.channels -= {"5"}
    assert (await house.guards.off(MARA, circle.id)).trouble is None
    assert house.face.rules == {}
