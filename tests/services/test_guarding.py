"""What follows where a message met a phrase: help in private, an alert by policy, each once."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.alerts import Source
from bot.domain.channel_errors import AnothersToTake
from bot.domain.circles import AlertPolicy
from bot.domain.errors import MessagesClosed
from bot.domain.following import Following
from bot.domain.ids import AlertId
from bot.domain.ladder import asks_safety
from bot.domain.listening.tiers import Tier
from bot.domain.members import Scope
from bot.domain.practice_errors import PracticeRests
from bot.services.circle_settings import Typed
from tests.services.guarded import (
    ALL,
    DANGER,
    HARM,
    NOOR,
    SUICIDE,
    alerts,
    guarded,
    heard,
    helped,
)
from tests.services.house import ADA, BEN, CONTENT, MARA, House, person
from tests.services.recorder import Fault
from tests.services.said import SAID, heard_as_meant

__all__ = ["heard_as_meant"]


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
