"""What follows from a match: help once, an alert only as agreed, rest until they go on, a word next day."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.accounts import Actor
from bot.domain.alerts import Alert, Safe, Source
from bot.domain.circles import Circle, QuietHours
from bot.domain.ids import CircleId
from bot.domain.ladder import asks_safety
from bot.domain.languages import Language
from bot.domain.listening import Tier, screen
from bot.domain.listening.tiers import ALERTS
from bot.domain.member_errors import LookTwice
from bot.domain.members import CONSENT_VERSION, Scope
from bot.domain.practice_errors import PracticeRests
from bot.domain.preferences import Preferences
from bot.domain.shares import Draft
from bot.services.circle_settings import Typed
from tests.services.house import ADA, BEN, CONTENT, MARA, House, person
from tests.services.said import SAID, heard_as_meant
from tests.services.test_privacy import PROMISED

__all__ = ["heard_as_meant"]
pytestmark = pytest.mark.usefixtures("heard_as_meant")

ALL = frozenset(Scope)
UNASKED = ALL - {Scope.ALERTS}


async def joined(house: House, consents: frozenset[Scope] = ALL, who: Actor = ADA) -> Circle:
    circle = await house.circle()
    await house.members.join(who, circle.id, consents)
    return circle


async def alerts(house: House, who: Actor = ADA) -> list[Alert]:
    async with house.storage.read() as tx:
        return [each for m in await tx.members.of(who.account) for each in await tx.alerts.of(m.id)]


async def hears(house: House, tier: Tier, who: Actor = ADA, **how: Any) -> Any:
    return await house.listening.listen(who, [SAID[tier]], **how)


async def test_private_words_lead_to_help_once_and_never_to_an_alert(house: House) -> None:
    circle = await joined(house)
    for tier in (Tier.DISTRESS, Tier.SELF_HARM, Tier.SUICIDE_ACTIVE, Tier.HARM_TO_OTHER):
        heard = await hears(house, tier)
        assert (heard.tier, heard.first, heard.circle, heard.alert_raised) == (tier, True, circle, None)
        assert not (await hears(house, tier)).first
    assert not (await hears(house, Tier.DISTRESS)).first  # graver help was shown just now
    house.clock.step(timedelta(hours=6))
    assert (await hears(house, Tier.DISTRESS)).first
    assert (await house.listening.listen(ADA, ["The walk was good.", ""])).tier is Tier.NONE
    await house.tick()
    assert await alerts(house) == []
    assert set(house.face.kinds()) <= {"missed-post"}


async def test_who_writes_is_answered_in_their_own_language_and_else_in_that_of_their_words(
    house: House,
) -> None:
    words = ["Quiero matarme."]
    assert (await house.listening.listen(BEN, words)).language is Language.ES
    await joined(house, who=replace(ADA, language=Language.DE))
    assert (await house.listening.listen(ADA, words)).language is Language.DE


@pytest.mark.parametrize("tier", [Tier.SELF_HARM, Tier.SUICIDE_ACTIVE, Tier.HARM_TO_OTHER])
async def test_words_for_the_circle_raise_one_alert_where_their_author_agreed(
    house: House, tier: Tier
) -> None:
    circle = await joined(house)
    share = await house.offer(ADA, None, circle.id, SAID[tier])
    assert share.matched is tier
    [alert] = await alerts(house)
    assert (alert.source, alert.tier, alert.words, alert.link) == (Source.MATCH, tier, None, None)
    heard = await hears(house, tier, offered=True)
    assert heard.alert_raised is not None
    assert heard.alert_raised.standing == alert
    assert (heard.held, heard.alert_raised.told) == (True, False)  # it has not arrived yet
    await house.tick()
    assert (await house.listening.standing(ADA, circle.id, tier)).alert_raised.told  # type: ignore[union-attr]
    await house.shares.revise(ADA, share.id, Draft(text=f"Again: {SAID[tier]}"))
    assert len(await alerts(house)) == 1


async def test_no_alert_without_their_yes_nor_where_the_circle_wants_none_nor_of_danger(house: House) -> None:
    circle = await joined(house, UNASKED)
    await house.members.join(BEN, circle.id, ALL)
    shares = [await house.offer(ADA, None, circle.id, SAID[Tier.SUICIDE_ACTIVE])]
    shares.append(await house.offer(BEN, None, circle.id, SAID[Tier.DANGER_FROM_OTHER]))
    await house.circles.settings(MARA, circle.id, Typed(alerts="off"))
    shares.append(await house.offer(BEN, None, circle.id, SAID[Tier.SELF_HARM]))
    assert await alerts(house) == await alerts(house, BEN) == []
    assert [each.matched for each in shares] == [
        Tier.SUICIDE_ACTIVE,
        Tier.DANGER_FROM_OTHER,
        Tier.SELF_HARM,
    ]
    assert (await hears(house, Tier.SUICIDE_ACTIVE, offered=True)).alert_raised is None


async def test_help_that_did_not_get_through_is_told_where_an_alert_was_agreed_to(house: House) -> None:
    circle = await joined(house)
    await house.members.join(BEN, circle.id, UNASKED)
    for who in (ADA, BEN):
        await house.offer(who, None, circle.id, SAID[Tier.SELF_HARM])
        heard = await hears(house, Tier.SELF_HARM, who, offered=True)
        await house.listening.undelivered(who, heard, offered=True)
    [alert] = await alerts(house)
    assert alert.sources == {Source.MATCH, Source.UNDELIVERED}
    assert await alerts(house, BEN) == []


async def test_older_words_of_the_consent_are_no_yes(house: House) -> None:
    circle = await joined(house)
    async with house.storage.begin() as tx:
        [member] = await tx.members.of(ADA.account)
        await tx.members.put(replace(member, consent_version=CONSENT_VERSION - 1))
        await tx.commit()
    await house.offer(ADA, None, circle.id, SAID[Tier.SUICIDE_ACTIVE])
    assert await alerts(house) == []


async def test_who_presses_is_passed_on_with_what_they_chose_to_say_and_nothing_else(house: House) -> None:
    circle = await joined(house, frozenset())
    await hears(house, Tier.SELF_HARM)
    done = await house.listening.write_me(ADA, circle.id, Tier.SELF_HARM)
    [alert] = await alerts(house)
    assert done.raised.standing == alert
    assert (alert.source, alert.tier, alert.words, alert.safe) == (Source.PRESSED, Tier.SELF_HARM, None, None)
    await house.listening.write_me(ADA, circle.id, Tier.NONE, safe=Safe.AT, when="after eight")
    await house.listening.write_me(ADA, circle.id, Tier.NONE, words="Please ring.")
    [alert] = await alerts(house)
    assert (alert.safe, alert.when, alert.words) == (Safe.AT, "after eight", "Please ring.")
    with pytest.raises(errors.NotAMember):
        await house.listening.write_me(BEN, circle.id, Tier.NONE)


async def test_a_marked_share_is_posted_only_if_a_facilitator_says_so_twice(house: House) -> None:
    circle = await joined(house)
    share = await house.offer(ADA, None, circle.id, SAID[Tier.SUICIDE_PASSIVE])
    [seen] = await house.reviewing.queue(MARA, circle.id)
    assert (seen.matched, seen.misread) == (Tier.SUICIDE_PASSIVE, False)
    with pytest.raises(LookTwice):
        await house.reviewing.approve(MARA, share.id)
    assert not await house.listening.misread(ADA, {Tier.SELF_HARM})
    assert await house.listening.misread(ADA, {Tier.SUICIDE_ACTIVE, Tier.SUICIDE_PASSIVE})
    [seen] = await house.reviewing.queue(MARA, circle.id)
    assert seen.misread
    assert [alert.doubted for alert in await alerts(house)] == [True]
    await house.reviewing.approve(MARA, share.id, surely=True)
    plain = await house.offer(ADA, None, circle.id, "We went to the river.")
    await house.reviewing.approve(MARA, plain.id)


async def test_reminders_rest_for_two_days_or_until_the_member_goes_on(house: House) -> None:
    circle = await joined(house)
    await house.posted(circle)
    await house.reminders.set_(ADA, circle.id, at="18:00")
    await house.commitments.add(ADA, circle.id, PROMISED)
    [mine] = await house.commitments.mine(ADA, circle.id)
    await house.nudges.remind(ADA, mine.commitment.id, "18:30")
    await hears(house, Tier.DISTRESS)

    async def came(day: int) -> set[str]:
        before = len(house.face.letters)
        for hour in (8, 17, 18):
            await house.at(2026, 3, day, hour, 31)
            await house.reminders.tick()
            await house.nudges.tick()
            await house.tick()
        kinds = {letter.kind for letter, _ in house.face.letters[before:]}
        return kinds & {"reminder", "commitment-due"}

    assert await came(2) == await came(3) == set()
    assert await came(4) == {"reminder", "commitment-due"}
    await hears(house, Tier.DISTRESS)
    await house.listening.go_on(ADA)
    assert await came(5) == {"reminder", "commitment-due"}


async def test_after_danger_practice_with_others_rests_until_they_go_on(house: House) -> None:
    circle = await joined(house)
    other = next(one for one in CONTENT.challenges if asks_safety(one))
    assert (await hears(house, Tier.DANGER_FROM_OTHER)).opener
    with pytest.raises(PracticeRests):
        await house.ladder.begin(ADA, circle.id, other.id)
    standing = await house.ladder.standing(ADA, circle.id)
    assert standing.fits
    assert not any(asks_safety(one) for one in standing.fits)
    await house.step(days=9)
    await house.listening.tick()
    with pytest.raises(PracticeRests):  # it does not end by itself
        await house.ladder.challenge(ADA, circle.id, other.id)
    await house.listening.go_on(ADA)
    assert (await house.ladder.challenge(ADA, circle.id, other.id))[1] == other
    assert (await house.privacy.everything(ADA)).circles[0].following.empty


async def follows(house: House, tier: Tier, then: Any = None, consents: frozenset[Scope] = ALL) -> int:
    """How many words came next day."""
    circle = await joined(house, consents)
    await house.step(hours=12)
    await hears(house, tier)
    if then is not None:
        await then(circle)
    await house.listening.tick()
    assert house.face.kinds().count("next-day") == 0
    for hours in (12, 1):
        house.clock.step(timedelta(hours=hours))
        await house.listening.tick()
        await house.letters.tick()
        await house.letters.drain()
    return house.face.kinds().count("next-day")


@pytest.mark.parametrize("tier", SAID)
async def test_a_word_comes_next_day_but_not_after_distress_alone_nor_danger(
    house: House, tier: Tier
) -> None:
    quiet = {Tier.DISTRESS, Tier.DANGER_FROM_OTHER}
    assert await follows(house, tier) == int(tier not in quiet)


async def test_no_word_comes_to_who_went_on_was_misread_is_okay_or_wants_no_messages(
    house: House,
) -> None:
    ways = [
        lambda _: house.listening.go_on(ADA),
        lambda _: house.listening.misread(ADA, {Tier.SELF_HARM}),
        lambda _: house.listening.okay(ADA),
        lambda _: house.listening.let_be(ADA),
        lambda circle: house.members.leave(ADA, circle.id),
        lambda circle: house.members.consents(ADA, circle.id, UNASKED - {Scope.REMINDERS}),
    ]
    circle = await house.circle()
    for way in ways:
        await house.members.join(ADA, circle.id, ALL)
        await hears(house, Tier.SELF_HARM)
        await way(circle)
        for _ in range(3):
            house.clock.step(timedelta(hours=13))
            await house.listening.tick()
            await house.letters.tick()
            await house.letters.drain()
        assert house.face.kinds().count("next-day") == 0
        await house.members.delete_all(ADA)


async def test_a_word_that_waited_in_quiet_hours_until_it_was_over_does_not_come(house: House) -> None:
    async def all_day(circle: Circle) -> None:
        await house.preferences.put(ADA, circle.id, Preferences(quiet=QuietHours(time(7), time(22))))

    assert await follows(house, Tier.SELF_HARM, all_day) == 0
    for _ in range(3):
        await house.step(hours=6)
    assert house.face.kinds().count("next-day") == 0


async def test_what_was_shown_is_deleted_when_it_is_over(house: House) -> None:
    await joined(house, frozenset())
    await hears(house, Tier.SUICIDE_ACTIVE)
    [held] = (await house.privacy.everything(ADA)).circles
    assert set(held.following.shown) == {Tier.SUICIDE_ACTIVE}
    for _ in range(10):
        house.clock.step(timedelta(hours=6))
        await house.listening.tick()
    async with house.storage.begin() as tx:
        assert await tx.followings.next_at() is None
    [held] = (await house.privacy.everything(ADA)).circles
    assert held.following.empty


async def test_who_has_several_circles_is_answered_once_and_asked_where_it_was_said(house: House) -> None:
    first, second = await house.circle("10"), await house.circle("20")
    for circle in (first, second):
        await house.members.join(ADA, circle.id, ALL)
    assert (await hears(house, Tier.SELF_HARM, channel="20")).circle == second
    assert not (await hears(house, Tier.SELF_HARM, channel="10")).first
    await house.offer(ADA, None, second.id, SAID[Tier.SUICIDE_ACTIVE])
    heard = await hears(house, Tier.SUICIDE_ACTIVE, channel="10", offered=True)
    assert (heard.circle, heard.alert_raised is not None) == (second, True)


async def test_strangers_are_helped_once_too_and_nothing_is_kept_of_them(house: House) -> None:
    await house.circle()
    cleo = person("77")
    heard = await hears(house, Tier.SUICIDE_ACTIVE, cleo)
    assert (heard.first, heard.joined, heard.circle) == (True, False, None)
    assert not (await hears(house, Tier.SUICIDE_ACTIVE, cleo)).first
    house.clock.step(timedelta(hours=7))
    assert (await hears(house, Tier.SUICIDE_ACTIVE, cleo)).first


async def test_neutral_notices_are_the_members_own_choice_and_danger_s_always(house: House) -> None:
    circle = await joined(house)
    assert circle.settings.discreet
    assert not (await hears(house, Tier.SELF_HARM)).opener  # the circle's setting is nobody's choice
    await house.preferences.put(ADA, circle.id, Preferences(discreet=True))
    assert (await hears(house, Tier.SUICIDE_ACTIVE)).opener
    both = f"{SAID[Tier.SUICIDE_ACTIVE]} {SAID[Tier.DANGER_FROM_OTHER]}"
    await house.members.join(BEN, circle.id, ALL)
    heard = await house.listening.listen(BEN, [both])
    assert (heard.tier, heard.opener) == (Tier.SUICIDE_ACTIVE, True)


async def test_no_words_of_a_match_stand_in_an_alert_a_letter_or_what_is_kept_of_it(house: House) -> None:
    circle = await joined(house)
    words = f"The heron stood there. {SAID[Tier.SUICIDE_ACTIVE]}"
    share = await house.shares.offer(ADA, None, circle.id, Draft(text=words))
    await house.listening.listen(ADA, [words], offered=True)
    await house.listening.write_me(ADA, circle.id, Tier.SUICIDE_ACTIVE)
    await house.tick()
    await house.shares.withdraw(ADA, share.share.id)
    everything = await house.privacy.everything(ADA)
    [held] = everything.circles
    kept = [(each.alert if hasattr(each, "alert") else each) for each, _ in held.alerts]
    said = [str(letter.facts) for letter in held.letters]
    said += [str(vars_of(each)) for each in [*kept, held.following]]
    assert not any("heron" in each for each in said)
    assert all(letter.facts.get("words") is None for letter, _ in house.face.letters)


def vars_of(value: Any) -> dict[str, Any]:
    """All fields, hidden ones too."""
    return {name: getattr(value, name) for name in value.__slots__}


def test_the_listener_itself_hears_what_may_lead_to_an_alert() -> None:
    assert set(SAID) == set(Tier) - {Tier.NONE}
    for tier, words in SAID.items():
        if ALERTS[tier] > 1:
            assert screen(words, CONTENT.phrasebooks).tier is tier, words


async def test_help_of_a_circle_that_is_gone_stands_alone_and_that_is_no_fault(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await joined(house)
    stands = await house.listening.standing(ADA, CircleId(77), Tier.SUICIDE_ACTIVE)
    assert (stands.circle, stands.alert_raised, stands.joined) == (None, None, False)
    assert caplog.records == []
