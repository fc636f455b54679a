"""People join knowing what is kept, say yes to each thing on its own, and leave as they like."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.members import Scope
from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.town import actor_of, count_kept, fields, joined, labels, on, opened


async def test_join_says_what_is_kept_who_sees_it_and_how_to_leave_and_then_asks(house: House) -> None:
    await house.circle(name="North")
    cleo = house.member("Cleo")
    [card] = house.messages(cleo)
    for outcome in (await cleo.press(card, "Join"), await cleo.command("join", house.channel)):
        said = outcome.modal.components[0]["content"]
        for word in ("What is kept", "Who sees it", "How to leave", "7 days", "no therapist"):
            assert word in said
        boxes = fields(outcome.modal)["consents"]
        assert [option["value"] for option in boxes["options"]] == [scope.value for scope in Scope]
        assert on(boxes) == []
    outcome = await cleo.submit(outcome.modal, {"consents": ["check-ins", "reminders"]})
    assert outcome.message.ephemeral
    assert "**Keep my check-ins** · **Write to me directly**" in text_of(outcome.message)
    [(circle, member)] = await house.services.members.memberships(actor_of(house, cleo))
    assert member.consents == {Scope.CHECK_INS, Scope.REMINDERS}
    assert circle.name == "North"


async def test_one_can_join_and_say_yes_to_nothing(house: House) -> None:
    circle = await house.circle()
    ada = await joined(house, circle, consents=[])
    [(_, member)] = await house.services.members.memberships(actor_of(house, ada))
    assert member.consents == frozenset()


async def test_joining_twice_says_so_and_changes_nothing(house: House) -> None:
    circle = await house.circle()
    ada = await joined(house, circle, consents=["check-ins"])
    outcome = await ada.command("join", house.channel)
    assert "member of" in text_of(outcome.message)
    assert labels(outcome.message) == ["Change consents"]


async def test_leaving_keeps_all_for_a_week_and_coming_back_finds_it(house: House) -> None:
    _, ada, post = await opened(house)
    await ada.select(post, ["Rain"])
    asked = (await ada.command("leave", house.channel)).message
    assert labels(asked) == ["Leave", "Delete now"]
    await ada.press(asked, "Leave")
    left = ada.messages(house.channel)[-1]
    assert "<t:" in text_of(left)
    assert "haven't joined" in text_of((await ada.select(post, ["Fog"])).message)
    form = await ada.press(left, "Come back")
    assert on(fields(form.modal)["consents"]) == [scope.value for scope in Scope]
    outcome = await ada.submit(form.modal)
    assert "Welcome back" in text_of(outcome.message)
    assert await count_kept(house, ada) == (1, 0)


async def test_what_was_left_is_deleted_after_a_week(house: House) -> None:
    _, ada, post = await opened(house)
    await ada.select(post, ["Rain"])
    asked = (await ada.command("leave", house.channel)).message
    await ada.press(asked, "Leave")
    house.clock.step(timedelta(days=7, seconds=1))
    await house.services.members.erase_due()
    assert await house.services.members.kept(actor_of(house, ada)) == []


async def test_delete_now_asks_once_more_and_deletes_at_once(house: House) -> None:
    _, ada, post = await opened(house)
    await ada.select(post, ["Rain"])
    asked = (await ada.command("leave", house.channel)).message
    await ada.press(asked, "Delete now")
    sure = ada.messages(house.channel)[-1]
    assert await count_kept(house, ada) == (1, 0)
    await ada.press(sure, "Yes, delete it all")
    assert "Nothing about you in this circle remains" in text_of(ada.messages(house.channel)[-1])
    assert await house.services.members.kept(actor_of(house, ada)) == []


async def test_leaving_without_having_joined_is_answered_kindly(house: House) -> None:
    await house.circle()
    outcome = await house.member("Cleo").command("leave", house.channel)
    assert "haven't joined" in text_of(outcome.message)


async def test_leaving_takes_back_what_waits_for_review(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Share in the channel")
    await ada.submit(form.modal, {"words": "I said no today."})
    await ada.press((await ada.command("leave", house.channel)).message, "Leave")
    outcome = await house.facilitator.command("review", house.channel)
    assert "Nothing waits" in text_of(outcome.message)


async def test_a_consent_whose_words_changed_is_asked_again_before_anything_new_is_kept(house: House) -> None:
    _, ada, post = await opened(house)
    [(_, member)] = await house.services.members.memberships(actor_of(house, ada))
    async with house.trellis.storage.begin() as tx:
        await tx.members.put(replace(member, consent_version=member.consent_version - 1))
        await tx.commit()
    asked = (await ada.select(post, ["Rain"])).message
    assert "The words of it have changed since" in text_of(asked)
    assert await house.services.check_ins.mine(actor_of(house, ada)) == []
    yes = (await ada.press(asked, "Yes: Keep my check-ins")).message
    assert "You said yes to: **Keep my check-ins**" in text_of(yes)
    assert labels(yes) == ["Change consents"]
    await ada.select(post, ["Rain"])
    assert len(await house.services.check_ins.mine(actor_of(house, ada))) == 1
