"""Rules kept as they were meant, through outages and whatever people do on the platform meanwhile."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.accounts import Platform
from bot.domain.errors import Unreachable
from bot.domain.guard import Policy
from tests.services.guarded import (
    ALL,
    HARM,
    LABELS,
    SUICIDE,
    guarded,
    heard,
    helped,
    looked,
    rule,
    standing,
)
from tests.services.house import ADA, MARA, SERVER, House
from tests.services.recorder import Fault


async def test_what_was_changed_is_mended_and_what_a_crash_left_is_found_again(house: House) -> None:
    await guarded(house)
    care = rule(house, "care")
    house.face.rules[care.id] = replace(care, rule=replace(care.rule, keywords=("hello",)))
    house.face.rules["extra"] = replace(care, id="extra")
    house.face.channels |= {"77"}
    await house.step(minutes=10)
    await house.guards.tick()
    assert standing(house) == LABELS
    assert "hello" not in rule(house, "care").rule.keywords
    assert "77" in rule(house, "pause").rule.exempt


async def test_an_interrupted_making_goes_on_by_itself_and_makes_nothing_twice(house: House) -> None:
    circle = await house.circle()
    house.face.rule_faults = [Fault(), Fault(Unreachable(), applied=True)]
    shown = await house.guards.on(MARA, circle.id, Policy.HOLD)
    assert shown.missing == 1
    await house.step(minutes=10)
    await house.guards.tick()
    assert standing(house) == LABELS
    assert house.face.calls.count("put-rule") == 3


@pytest.mark.parametrize("by", ["deleted", "disabled"])
async def test_what_somebody_switched_off_on_the_platform_was_meant_and_is_told(
    house: House, by: str
) -> None:
    circle = await guarded(house)
    care = rule(house, "care")
    if by == "deleted":
        del house.face.rules[care.id]
    else:
        house.face.rules[care.id] = replace(care, enabled=False)
    await house.step(minutes=10)
    await house.guards.tick()
    await house.letters.tick()
    assert house.face.rules == {}
    assert house.face.kinds() == ["guard-off-by-hand"]
    assert (await house.guards.status(MARA, circle.id)).policy is None
    await house.guards.on(MARA, circle.id, Policy.HOLD)
    assert standing(house) == LABELS


async def test_a_rule_that_can_no_longer_keep_to_its_channel_goes_and_comes_back_by_itself(
    house: House,
) -> None:
    circle = await guarded(house)
    before = house.face.channels
    house.face.channels |= frozenset(map(str, range(300, 360)))
    house.guards.look_soon(Platform.DISCORD, SERVER)
    for _ in range(2):
        assert await looked(house, seconds=1) == []
    [(letter, _)] = house.face.letters
    assert (letter.kind, letter.facts) == ("guard-trouble", {"why": "too-many-channels", "what": "65; 50"})
    trouble = (await house.guards.status(MARA, circle.id)).trouble
    assert trouble is not None
    house.face.channels = before
    assert await looked(house) == LABELS
    assert house.face.kinds() == ["guard-trouble"]


@pytest.mark.parametrize(("why", "gone"), [("copies-seen", False), ("copies-gone", True)])
async def test_where_others_could_read_the_notes_none_is_made_and_what_needs_none_goes_on(
    house: House, why: str, gone: bool
) -> None:
    one, other = await guarded(house), await house.circle("20")
    await house.guards.on(MARA, other.id, Policy.TELL, "5")
    channels = house.face.channels
    if gone:
        house.face.channels -= {"5"}
    else:
        house.face.overlooked = {"5"}
        house.face.channels |= {"77"}
    assert await looked(house) == LABELS
    assert rule(house, "care").rule.exempt == house.face.channels - {"10"}
    [(letter, _)] = house.face.letters
    assert (letter.circle, letter.facts["why"]) == (other.id, why)
    assert (await house.guards.status(MARA, one.id)).trouble is None
    shown = await house.guards.status(MARA, other.id)
    assert shown.trouble is not None
    assert shown.trouble.why == why
    house.face.overlooked, house.face.channels = set(), channels
    assert await looked(house) == [*LABELS, "told"]


async def test_what_a_rule_tells_counts_from_when_it_stands_though_others_are_still_to_be_made(
    house: House,
) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, ALL)
    house.face.rule_faults = [Fault(), Fault(Unreachable())]
    assert (await house.guards.on(MARA, circle.id, Policy.HOLD)).missing == 2
    await heard(house, "care", SUICIDE)
    assert len(await helped(house)) == 1
    assert await looked(house, minutes=1) == LABELS


async def test_a_circle_goes_on_being_guarded_while_another_one_s_rules_wait(house: House) -> None:
    await guarded(house)
    other = await house.circle("20")
    house.face.rule_faults = [Fault(Unreachable())]
    assert (await house.guards.on(MARA, other.id, Policy.HOLD)).missing == 3
    await heard(house, "care", SUICIDE)
    assert len(await helped(house)) == 1
    assert await looked(house, minutes=1) == LABELS
    assert rule(house, "care").rule.exempt == house.face.channels - {"10", "20"}


async def test_what_was_deleted_before_it_was_switched_on_again_is_made_though_that_took_two_tries(
    house: House,
) -> None:
    circle = await guarded(house)
    del house.face.rules[rule(house, "care").id]
    house.face.rule_faults = [Fault(Unreachable())]
    assert (await house.guards.on(MARA, circle.id, Policy.HOLD)).missing == 1
    assert await looked(house, minutes=1) == LABELS
    del house.face.rules[rule(house, "care").id]
    assert await looked(house) == []  # from then on it is meant so


@pytest.mark.parametrize("change", [{"ending": True}, {"anew": True}])
async def test_what_is_pressed_while_rules_are_brought_up_is_not_lost(
    house: House, change: dict[str, bool]
) -> None:
    circle = await guarded(house)
    house.face.channels |= {"77"}
    put = house.face.put_rule

    async def pressed_meanwhile(*given: Any) -> str:
        async with house.storage.begin() as tx:
            guard = await tx.guards.get(circle.id)
            assert guard is not None
            await tx.guards.put(replace(guard, **change), house.clock.now())
            await tx.commit()
        return await put(*given)

    house.face.put_rule = pressed_meanwhile  # type: ignore[method-assign]
    await looked(house)
    house.face.put_rule = put  # type: ignore[method-assign]
    async with house.storage.read() as tx:
        guard = await tx.guards.get(circle.id)
    assert guard is not None
    assert {name: getattr(guard, name) for name in change} == change


async def test_without_the_permission_nothing_is_forgotten_of_what_still_acts(house: House) -> None:
    await guarded(house)
    house.face.manages, house.face.channels = False, frozenset(map(str, range(60)))
    await looked(house)
    [(letter, _)] = house.face.letters
    assert letter.facts["why"] == "no-permission"
    await heard(house, "care", SUICIDE)
    assert len(await helped(house)) == 1


async def test_a_look_that_the_platform_did_not_answer_is_taken_again_in_a_minute(house: House) -> None:
    await guarded(house)
    house.face.channels |= {"77"}
    house.face.closed = lambda _: Unreachable()
    await looked(house)
    house.face.closed = lambda _: None
    await looked(house, minutes=1)
    assert "77" in rule(house, "care").rule.exempt


async def test_a_circle_whose_guard_was_ending_is_not_told_that_it_is_off(house: House) -> None:
    one, other = await guarded(house), await house.circle("20")
    await house.guards.on(MARA, other.id, Policy.HOLD)
    house.face.manages = False
    await house.guards.off(MARA, other.id)
    house.face.manages = True
    del house.face.rules[rule(house, "care").id]
    assert await looked(house) == []
    off = [letter.circle for letter, _ in house.face.letters if letter.kind == "guard-off-by-hand"]
    assert off == [one.id]


async def test_what_stands_is_heard_while_another_policy_waits(house: House) -> None:
    circle = await guarded(house)
    house.face.rule_faults = [Fault(Unreachable())]
    await house.guards.on(MARA, circle.id, Policy.TELL, "5")
    await heard(house, "care", SUICIDE)
    assert len(await helped(house)) == 1
    assert await looked(house, minutes=1) == ["told"]


async def test_a_note_that_could_not_be_deleted_is_swept_up_soon_and_also_while_the_guard_is_ending(
    house: House,
) -> None:
    circle = await guarded(house, Policy.TELL, "5")
    house.face.closed = lambda _: Unreachable()
    await heard(house, "told", SUICIDE, message="71", note="72")
    house.face.closed = lambda _: None
    assert await looked(house, seconds=1) == ["told"]
    assert house.face.dropped[-1] == ("5", None)
    house.face.manages = False
    await house.guards.off(MARA, circle.id)
    await heard(house, "told", HARM, message="73", note="74")
    assert house.face.dropped[-1] == ("5", "74")
    assert await helped(house) == [{"tiers": "suicide_active", "held": False, "alerted": True}]


async def test_a_lost_permission_is_told_once(house: House) -> None:
    await guarded(house)
    house.face.manages = False
    for _ in range(3):
        await house.step(minutes=10)
        await house.guards.tick()
    await house.letters.tick()
    assert house.face.kinds() == ["guard-trouble"]
    house.face.manages = True
    await house.step(minutes=10)
    await house.guards.tick()
    assert standing(house) == LABELS
