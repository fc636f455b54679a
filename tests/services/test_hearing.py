"""Words that say several things, help that does not arrive, a database that hangs: what is true is said."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.domain.accounts import Actor
from bot.domain.alerts import Alert, Source
from bot.domain.circles import Circle
from bot.domain.ladder import asks_safety
from bot.domain.listening import Tier
from bot.domain.members import Scope
from bot.domain.practice_errors import PracticeRests
from bot.domain.shares import Draft
from bot.services import listening as module
from bot.services.circle_settings import Typed
from bot.services.listening import Listened
from tests.services.house import ADA, BEN, CONTENT, MARA, House, person
from tests.services.said import SAID, heard_as_meant

__all__ = ["heard_as_meant"]
pytestmark = pytest.mark.usefixtures("heard_as_meant")

ALL = frozenset(Scope)
OTHERS = next(one for one in CONTENT.challenges if asks_safety(one))


async def joined(house: House, *people: Actor) -> Circle:
    circle = await house.circle()
    for who in people:
        await house.members.join(who, circle.id, ALL)
    return circle


async def alerts(house: House, who: Actor = ADA) -> list[Alert]:
    async with house.storage.read() as tx:
        return [each for m in await tx.members.of(who.account) for each in await tx.alerts.of(m.id)]


def saying(*tiers: Tier) -> str:
    return " ".join(SAID[tier] for tier in tiers)


async def test_the_one_reply_is_about_what_comes_first_and_the_mark_names_the_gravest(house: House) -> None:
    circle = await joined(house, ADA)
    words = saying(Tier.HARM_TO_OTHER, Tier.DANGER_FROM_OTHER)
    assert (await house.offer(ADA, None, circle.id, words)).matched is Tier.HARM_TO_OTHER
    heard = await house.listening.listen(ADA, [words], offered=True)
    assert (heard.tier, heard.opener, heard.held) == (Tier.DANGER_FROM_OTHER, True, True)
    [alert] = await alerts(house)
    assert heard.alert_raised is not None
    assert (alert.tier, heard.alert_raised.standing) == (Tier.HARM_TO_OTHER, alert)
    stranger = await house.listening.listen(person("77"), [saying(Tier.DANGER_FROM_OTHER, Tier.SELF_HARM)])
    assert (stranger.tier, stranger.opener) == (Tier.DANGER_FROM_OTHER, True)


async def test_danger_among_them_hides_no_other_alert_that_was_agreed_to(house: House) -> None:
    circle = await joined(house, ADA, BEN)
    await house.offer(ADA, None, circle.id, saying(Tier.DANGER_FROM_OTHER, Tier.SUICIDE_PASSIVE))
    assert [each.tier for each in await alerts(house)] == [Tier.SUICIDE_PASSIVE]
    await house.offer(BEN, None, circle.id, saying(Tier.DANGER_FROM_OTHER, Tier.DISTRESS))
    assert await alerts(house, BEN) == []


async def test_danger_among_graver_words_rests_the_practice_and_stops_the_word_next_day(house: House) -> None:
    circle = await joined(house, ADA)
    await house.listening.listen(ADA, [SAID[Tier.SUICIDE_ACTIVE]])
    await house.listening.listen(ADA, [saying(Tier.SUICIDE_ACTIVE, Tier.DANGER_FROM_OTHER)])
    rests = (await house.privacy.everything(ADA)).circles[0].following
    assert (rests.practice_rests, rests.follow_at) == (True, None)
    with pytest.raises(PracticeRests):
        await house.ladder.challenge(ADA, circle.id, OTHERS.id)


async def test_a_word_that_waits_for_the_morning_does_not_come_after_danger(house: House) -> None:
    await joined(house, ADA)
    await house.listening.listen(ADA, [SAID[Tier.SELF_HARM]])
    house.clock.step(timedelta(hours=25))
    await house.listening.tick()  # written, and not sent yet
    await house.listening.listen(ADA, [SAID[Tier.DANGER_FROM_OTHER]])
    await house.letters.tick()
    await house.letters.drain()
    assert "next-day" not in house.face.kinds()


async def test_words_that_a_graver_alert_took_up_are_said_to_have_been_told(house: House) -> None:
    circle = await joined(house, ADA)
    for tier in (Tier.SUICIDE_ACTIVE, Tier.SELF_HARM):
        await house.offer(ADA, None, circle.id, SAID[tier])
    [alert] = await alerts(house)
    heard = await house.listening.listen(ADA, [SAID[Tier.SELF_HARM]], offered=True)
    assert heard.alert_raised is not None
    assert heard.alert_raised.standing == alert
    await house.circles.settings(MARA, circle.id, Typed(alerts="urgent"))  # from here on this one is not told
    await house.offer(ADA, None, circle.id, SAID[Tier.SUICIDE_PASSIVE])
    heard = await house.listening.listen(ADA, [SAID[Tier.SUICIDE_PASSIVE]], offered=True)
    assert heard.alert_raised is None


@pytest.mark.parametrize("who", [ADA, person("77")])
async def test_help_that_did_not_arrive_comes_with_the_next_words(house: House, who: Actor) -> None:
    await joined(house, ADA)
    heard = await house.listening.listen(who, [SAID[Tier.SELF_HARM]])
    await house.listening.undelivered(who, heard, offered=False)
    assert await alerts(house, who) == []  # private words
    again = await house.listening.listen(who, [SAID[Tier.SELF_HARM]])
    assert again.first
    repeated = await house.listening.listen(who, [SAID[Tier.SELF_HARM]])
    await house.listening.undelivered(who, repeated, offered=True)  # help stood there: nothing is missing
    assert not (await house.listening.listen(who, [SAID[Tier.SELF_HARM]])).first
    assert await alerts(house, who) == []


async def test_help_that_did_not_arrive_is_told_of_with_what_was_among_the_words(house: House) -> None:
    await joined(house, ADA)
    heard = await house.listening.listen(
        ADA, [saying(Tier.DANGER_FROM_OTHER, Tier.SELF_HARM)], channel="10", offered=True
    )
    await house.listening.undelivered(ADA, heard, offered=True)
    [alert] = await alerts(house)
    assert (alert.source, alert.tier) == (Source.UNDELIVERED, Tier.SELF_HARM)


async def test_a_database_that_hangs_holds_up_no_help(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    circle = await joined(house, ADA)
    goes_on = asyncio.Event()

    @asynccontextmanager
    async def hung(_: object) -> AsyncIterator[None]:
        await goes_on.wait()
        raise RuntimeError
        yield

    monkeypatch.setattr(module, "HELP_WAITS", timedelta(milliseconds=10))
    monkeypatch.setattr(module, "PRESS_WAITS", timedelta(milliseconds=10))
    for name in ("begin", "read"):
        monkeypatch.setattr(type(house.storage), name, hung)
    heard = await house.listening.listen(ADA, [SAID[Tier.SUICIDE_ACTIVE]])
    assert (heard.tier, heard.first, heard.opener) == (Tier.SUICIDE_ACTIVE, True, True)
    assert await house.listening.standing(ADA, circle.id, Tier.SUICIDE_ACTIVE) == Listened(
        tier=Tier.SUICIDE_ACTIVE
    )
    goes_on.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def test_who_says_that_one_word_was_misread_still_rests_for_another(house: House) -> None:
    await joined(house, ADA)
    for tier in (Tier.DISTRESS, Tier.SELF_HARM):
        await house.listening.listen(ADA, [SAID[tier]])
    await house.listening.misread(ADA, {Tier.SELF_HARM})
    assert (await house.privacy.everything(ADA)).circles[0].following.rests(house.clock.now())
    house.clock.step(timedelta(hours=6))  # what was shown is over, whether it was tidied away or not
    await house.listening.misread(ADA, {Tier.SELF_HARM})
    assert (await house.privacy.everything(ADA)).circles[0].following.empty


async def test_one_word_comes_next_day_however_many_circles_and_not_where_it_is_wanted_no_more(
    house: House,
) -> None:
    await joined(house, ADA, BEN)
    await house.members.join(ADA, (await house.circle("20")).id, ALL)
    for who in (ADA, BEN):
        await house.listening.listen(who, [SAID[Tier.SELF_HARM]], channel="20")
    house.clock.step(timedelta(hours=25))
    await house.listening.tick()  # written, and not sent yet
    await house.members.consents(
        BEN, (await house.members.memberships(BEN))[0][0].id, ALL - {Scope.REMINDERS}
    )
    for _ in range(2):
        await house.letters.tick()
        await house.letters.drain()
    came = [account for letter, account in house.face.letters if letter.kind == "next-day"]
    assert came == [ADA.account]


async def test_who_joins_another_circle_is_not_shown_the_same_help_anew(house: House) -> None:
    await joined(house, ADA)
    await house.listening.listen(ADA, [SAID[Tier.SELF_HARM]])
    await house.members.join(ADA, (await house.circle("20")).id, ALL)
    assert not (await house.listening.listen(ADA, [SAID[Tier.SELF_HARM]])).first


async def test_an_alert_of_long_ago_is_not_said_to_stand_for_new_words(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, ALL - {Scope.ALERTS})
    await house.listening.write_me(ADA, circle.id, Tier.SELF_HARM)
    heard = await house.listening.listen(ADA, [SAID[Tier.SELF_HARM]], offered=True)
    assert heard.alert_raised is not None  # they asked for it a moment ago
    house.clock.step(timedelta(hours=7))
    heard = await house.listening.listen(ADA, [SAID[Tier.SELF_HARM]], offered=True)
    assert (heard.first, heard.alert_raised) == (True, None)


async def test_a_misread_is_noted_where_it_was_and_words_that_wait_no_more_are_not_said_to_be_held(
    house: House,
) -> None:
    circle = await joined(house, ADA)
    shares = [await house.offer(ADA, None, circle.id, SAID[t]) for t in (Tier.SELF_HARM, Tier.HARM_TO_OTHER)]
    await house.listening.misread(ADA, {Tier.SELF_HARM})
    waiting = {each.matched: each.misread for each in await house.reviewing.queue(MARA, circle.id)}
    assert waiting == {Tier.SELF_HARM: True, Tier.HARM_TO_OTHER: False}
    assert {each.tier: each.doubted for each in await alerts(house)} == waiting
    assert (await house.listening.listen(ADA, [SAID[Tier.HARM_TO_OTHER]])).held
    await house.shares.withdraw(ADA, shares[1].id)
    assert not (await house.listening.listen(ADA, [SAID[Tier.HARM_TO_OTHER]])).held


async def test_who_is_leaving_is_told_of_nothing_in_the_circle(house: House) -> None:
    circle = await joined(house, ADA)
    await house.members.leave(ADA, circle.id)
    stands = await house.listening.standing(ADA, circle.id, Tier.SELF_HARM)
    assert (stands.circle, stands.joined) == (None, False)


async def test_a_misread_holds_for_the_words_that_it_was_said_of(house: House) -> None:
    circle = await joined(house, ADA)
    share = await house.offer(ADA, None, circle.id, SAID[Tier.SELF_HARM])
    await house.listening.misread(ADA, {Tier.SELF_HARM})
    for tier, misread in ((Tier.SELF_HARM, True), (Tier.HARM_TO_OTHER, False)):
        await house.shares.revise(ADA, share.id, Draft(text=f"Anew: {SAID[tier]}"))
        [seen] = await house.reviewing.queue(MARA, circle.id)
        assert (seen.matched, seen.misread) == (tier, misread)
