"""The guard: shown before it is made, kept as it was meant, off where that was; and help for who met it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.accounts import Account, Platform
from bot.domain.alerts import Alert, Source
from bot.domain.channel_errors import AnothersToTake, CannotGuard, NotGuardian
from bot.domain.circles import AlertPolicy, Circle
from bot.domain.errors import MessagesClosed, NotFacilitator, Unreachable
from bot.domain.following import Following
from bot.domain.guard import Found, Policy
from bot.domain.ids import AlertId
from bot.domain.ladder import asks_safety
from bot.domain.listening.tiers import Tier
from bot.domain.members import Scope
from bot.domain.practice_errors import PracticeRests
from bot.services._guarding import Met
from bot.services.circle_settings import Typed
from tests.services.house import ADA, BEN, CONTENT, MARA, ROLE, SERVER, House, person
from tests.services.recorder import Fault
from tests.services.said import SAID, heard_as_meant

__all__ = ["heard_as_meant"]

ALL = frozenset(Scope)
NOOR = person("7", ROLE)  # a facilitator who does not manage the server
LABELS = ["care", "pause", "safety"]


async def guarded(house: House, policy: Policy = Policy.HOLD, copies: str | None = None) -> Circle:
    """A circle with Ada in it, and a guard."""
    circle = await house.circle()
    await house.members.join(ADA, circle.id, ALL)
    await house.guards.on(MARA, circle.id, policy, copies)
    return circle


def standing(house: House) -> list[str]:
    """The labels of the rules on the platform."""
    return sorted(each.rule.label for each in house.face.rules.values())


def rule(house: House, label: str) -> Found:
    return next(each for each in house.face.rules.values() if each.rule.label == label)


async def heard(
    house: House, label: str, keyword: str | None, who: Account = ADA.account, **more: Any
) -> None:
    """The platform tells of a message that met a phrase."""
    met = Met(channel="10", account=who, rule=rule(house, label).id, keyword=keyword, link="https://x/1")
    await house.guards.heard(replace(met, **more))


async def helped(house: House) -> list[dict[str, Any]]:
    """The letters of help that left."""
    await house.step(seconds=3)
    await house.letters.tick()
    return [letter.facts for letter, _ in house.face.letters if letter.kind == "channel-help"]


async def alerts(house: House, circle: Circle) -> Sequence[Alert]:
    async with house.storage.read() as tx:
        return await tx.alerts.open(circle.id)


SUICIDE, HARM, DANGER = "thinking about suicide*", "planning to kill him", "he won't let me leave the house*"


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


async def looked(house: House, **by: float) -> list[str]:
    """The rules after the next look, which is in ten minutes unless told otherwise."""
    await house.step(**by or {"minutes": 10})
    await house.guards.tick()
    await house.letters.tick()
    return standing(house)


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


async def test_what_needs_a_channel_that_is_gone_can_be_switched_off(house: House) -> None:
    circle = await guarded(house, Policy.TELL, "5")
    house.face.channels -= {"5"}
    assert (await house.guards.off(MARA, circle.id)).trouble is None
    assert house.face.rules == {}


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


async def test_two_messages_lead_to_a_letter_each_though_neither_has_left_yet(house: House) -> None:
    await guarded(house)
    await heard(house, "care", SUICIDE)
    house.clock.step(timedelta(seconds=3))
    await heard(house, "safety", DANGER)
    assert [each["tiers"] for each in await helped(house)] == ["suicide_active", "danger_from_other"]


async def test_that_a_letter_about_danger_did_not_arrive_tells_nothing_of_danger(house: House) -> None:
    circle = await guarded(house)
    house.face.letter_faults = [Fault(MessagesClosed())]
    await heard(house, "safety", DANGER)
    await helped(house)
    [alert] = await alerts(house, circle)
    assert (alert.sources, alert.tier) == ({Source.UNDELIVERED}, Tier.NONE)


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


async def test_the_author_is_helped_and_the_facilitators_are_told_once_of_one_message(house: House) -> None:
    circle = await guarded(house)
    for _ in range(3):
        await heard(house, "care", SUICIDE)
    assert await helped(house) == [{"tiers": "suicide_active", "held": True, "alerted": True}]
    [alert] = await alerts(house, circle)
    assert (alert.source, alert.tier, alert.words) == (Source.CHANNEL, Tier.SUICIDE_ACTIVE, None)
    await house.step(hours=7)
    await heard(house, "care", SUICIDE)
    assert len(await helped(house)) == 2


async def test_two_rules_that_one_message_met_make_one_letter(house: House) -> None:
    await guarded(house)
    await heard(house, "care", SUICIDE)
    await heard(house, "safety", DANGER)
    await heard(house, "care", SUICIDE)
    [letter] = await helped(house)
    assert letter == {"tiers": "danger_from_other,suicide_active", "held": True, "alerted": True}


@pytest.mark.usefixtures("heard_as_meant")
@pytest.mark.parametrize("first", ["care", "safety"])
async def test_an_alert_of_the_same_message_is_known_to_its_letter_also_where_that_help_was_shown_before(
    house: House, first: str
) -> None:
    await guarded(house)
    await house.listening.listen(ADA, [SAID[Tier.SUICIDE_ACTIVE]])
    for label in (first, {"care": "safety", "safety": "care"}[first]):
        await heard(house, label, {"care": SUICIDE, "safety": DANGER}[label])
    assert await helped(house) == [{"tiers": "danger_from_other", "held": True, "alerted": True}]


async def test_an_alert_of_another_message_is_not_said_of_this_one(house: House) -> None:
    circle = await guarded(house)
    await heard(house, "care", SUICIDE)
    await helped(house)
    await heard(house, "safety", DANGER)
    assert (await helped(house))[1]["alerted"] is False
    assert len(await alerts(house, circle)) == 1


async def test_of_danger_from_another_nobody_is_told_before_the_author_was_asked(house: House) -> None:
    circle = await guarded(house)
    await heard(house, "safety", DANGER)
    assert await helped(house) == [{"tiers": "danger_from_other", "held": True, "alerted": False}]
    assert await alerts(house, circle) == []


@pytest.mark.parametrize("who", [BEN, person("9")])
async def test_where_help_cannot_be_sent_the_facilitators_are_told_that(house: House, who: Any) -> None:
    circle = await guarded(house)
    await house.members.join(BEN, circle.id, frozenset({Scope.CHECK_INS}))
    await heard(house, "care", SUICIDE, who.account)
    assert await helped(house) == []
    [alert] = await alerts(house, circle)
    assert alert.sources == {Source.CHANNEL, Source.UNDELIVERED}
    assert len(house.face.notes) == 1


async def test_of_danger_only_that_help_could_not_be_delivered_is_told(house: House) -> None:
    circle = await guarded(house)
    await heard(house, "safety", DANGER, BEN.account)
    [alert] = await alerts(house, circle)
    assert (alert.sources, alert.tier) == ({Source.UNDELIVERED}, Tier.NONE)


async def test_closed_direct_messages_are_told_and_quiet_holds_no_help_back(house: House) -> None:
    circle = await guarded(house)
    await house.mutes.begin(ADA, circle.id, house.clock.now() + timedelta(days=1))
    await house.circles.settings(MARA, circle.id, Typed(quiet_from="07:30", quiet_until="08:30"))
    house.face.letter_faults = [Fault(MessagesClosed())]
    await heard(house, "pause", HARM)
    await helped(house)
    [alert] = await alerts(house, circle)
    assert alert.sources == {Source.CHANNEL, Source.UNDELIVERED}


async def test_other_channels_other_rules_and_a_circle_without_a_guard_count_for_nothing(
    house: House,
) -> None:
    circle = await guarded(house)
    await house.circle("20")
    for more in ({"channel": "20"}, {"channel": "100"}, {"channel": "999"}, {"rule": "someone's"}):
        await heard(house, "care", SUICIDE, **more)
    assert await helped(house) == []
    assert await alerts(house, circle) == []
    await house.circles.settings(MARA, circle.id, Typed(alerts=AlertPolicy.OFF.value))
    await heard(house, "care", SUICIDE)
    assert [each["alerted"] for each in await helped(house)] == [False]
    assert await alerts(house, circle) == []


async def test_an_alert_is_not_handed_to_a_facilitator_who_is_kept_apart_from_its_member(
    house: House,
) -> None:
    circle = await guarded(house)
    await house.keep_apart.add(MARA, circle.id, ADA.account, NOOR.account)
    await heard(house, "care", SUICIDE)
    with pytest.raises(AnothersToTake):
        await house.alerts.acknowledge(NOOR, AlertId(1))
    with pytest.raises(AnothersToTake):
        await house.alerts.read(NOOR, AlertId(1))
    assert (await house.alerts.acknowledge(MARA, AlertId(1))).alert.holder == MARA.account


async def test_help_that_is_opened_says_truly_whether_anybody_was_told(house: House) -> None:
    circle = await guarded(house)

    async def stands(tier: Tier = Tier.SUICIDE_ACTIVE) -> Any:
        return (await house.listening.standing(ADA, circle.id, tier)).alert_raised

    assert await stands() is None
    await heard(house, "care", SUICIDE)
    before = await stands()
    assert (before.told, before.on_duty) == (False, False)
    await house.letters.tick()
    assert (await stands()).told
    await house.step(hours=7)  # a letter may be opened late
    assert (await stands()).told
    assert (await stands(Tier.SELF_HARM)).told  # met with it, and taken up by the graver alert
    [alert] = await alerts(house, circle)
    await house.alerts.acknowledge(MARA, alert.id)
    await house.alerts.close(MARA, alert.id)
    assert await stands() is None


@pytest.mark.usefixtures("heard_as_meant")
async def test_help_shown_here_is_not_shown_again_elsewhere_nor_the_other_way_but_graver_help_is(
    house: House,
) -> None:
    circle = await guarded(house)
    other = await house.circle("20")
    await house.members.join(ADA, other.id, ALL)
    await house.listening.listen(ADA, [SAID[Tier.HARM_TO_OTHER]], channel="20")
    await heard(house, "pause", HARM)
    assert await helped(house) == []
    assert [each.tier for each in await alerts(house, circle)] == [Tier.HARM_TO_OTHER]  # told all the same
    await heard(house, "care", SUICIDE)
    assert [each["tiers"] for each in await helped(house)] == ["suicide_active"]
    assert not (await house.listening.listen(ADA, [SAID[Tier.SUICIDE_ACTIVE]], channel="20")).first
    assert (await house.listening.listen(ADA, [SAID[Tier.SELF_HARM]])).first


async def following(house: House) -> Following:
    """What is kept of Ada's in her first circle."""
    return (await house.privacy.everything(ADA)).circles[0].following


async def test_after_help_in_the_channel_reminders_rest_and_a_word_comes_next_day(house: House) -> None:
    await guarded(house)
    await heard(house, "care", SUICIDE)
    await helped(house)
    assert (await following(house)).rests(house.clock.now() + timedelta(hours=47))
    assert not (await following(house)).rests(house.clock.now() + timedelta(hours=48))
    for hours in (12, 12, 1):
        house.clock.step(timedelta(hours=hours))
        await house.listening.tick()
        await house.letters.tick()
        await house.letters.drain()
    assert house.face.kinds().count("next-day") == 1


async def test_after_danger_in_the_channel_practice_with_others_rests_and_no_word_comes(
    house: House,
) -> None:
    circle = await guarded(house)
    practice = next(one for one in CONTENT.challenges if asks_safety(one))
    await heard(house, "safety", DANGER)
    with pytest.raises(PracticeRests):
        await house.ladder.begin(ADA, circle.id, practice.id)
    assert (await following(house)).follow_at is None


@pytest.mark.usefixtures("heard_as_meant")
@pytest.mark.parametrize("why", ["no consent", "closed"])
async def test_help_that_did_not_arrive_is_shown_at_the_next_occasion(house: House, why: str) -> None:
    circle = await guarded(house)
    if why == "closed":
        house.face.letter_faults = [Fault(MessagesClosed())]
    else:
        await house.members.consents(ADA, circle.id, ALL - {Scope.REMINDERS})
    await heard(house, "care", SUICIDE)
    await helped(house)
    [alert] = await alerts(house, circle)
    assert Source.UNDELIVERED in alert.sources
    assert (await house.listening.listen(ADA, [SAID[Tier.SUICIDE_ACTIVE]])).first
