"""After a restart on the same data every earlier button, select and form works as if nothing had been."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.town import actor_of, count_kept, fields, joined, kept, opened

Setting = tuple[House, Any, Any]  # the house, a member, the post


async def test_one_tap_works_on_a_post_of_before(house: House) -> None:
    _, ada, post = await opened(house)
    await ada.select(post, ["Storm"])
    await house.restart()
    before = await kept(house, ada, post)
    assert before is not None
    assert before.answer.weather[0].value == "storm"
    outcome = await ada.select(post, ["Rain"])
    assert "Changed" in text_of(outcome.message)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Something to steady me", "safe enough"),
        ("I'd like a person", "no emergency service"),
        ("Pass for today", "Passed"),
    ],
)
async def test_the_post_s_buttons_work(house: House, label: str, said: str) -> None:
    _, ada, post = await opened(house)
    await house.restart()
    assert said in text_of((await ada.press(post, label)).message)


@pytest.mark.parametrize("label", ["Answer privately", "Share in the channel"])
async def test_the_post_s_forms_open(house: House, label: str) -> None:
    _, ada, post = await opened(house)
    await house.restart()
    assert (await ada.press(post, label)).modal is not None


async def test_a_check_in_form_opened_before_is_kept_after(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    await house.restart()
    await ada.submit(form.modal, {"weather": ["grey"], "note": "typed through a restart"})
    check_in = await kept(house, ada, post)
    assert check_in is not None
    assert check_in.answer.note == "typed through a restart"


async def by_checkin(setting: Setting) -> Any:
    house, ada, _ = setting
    return await ada.command("checkin", house.channel), {"energy": ["low"]}, "**Low**"


async def by_sharing(setting: Setting) -> Any:
    _, ada, post = setting
    return await ada.press(post, "Share in the channel"), {"words": "hello"}, "wait for a facilitator"


async def by_consents(setting: Setting) -> Any:
    house, ada, _ = setting
    shown = (await ada.command("privacy", house.channel)).message
    return await ada.press(shown, "Change consents"), {"consents": []}, "yes to none"


async def by_deletion(setting: Setting) -> Any:
    house, ada, _ = setting
    shown = (await ada.command("privacy", house.channel)).message
    return await ada.press(shown, "Delete everything"), {"word": "delete"}, "Nothing about you remains"


async def by_reminder(setting: Setting) -> Any:
    house, ada, _ = setting
    shown = (await ada.command("remind", house.channel)).message
    return await ada.press(shown, "Remind me"), {"time": "18:00"}, "**18:00** (Europe/Berlin)"


async def by_telling(setting: Setting) -> Any:
    _, ada, post = setting
    form = await ada.message_command("Tell a facilitator", post)
    return form, {"concern": "worried"}, "Your name isn't shown"


OPENINGS = [by_checkin, by_sharing, by_consents, by_deletion, by_reminder, by_telling]


@pytest.mark.parametrize("opening", OPENINGS)
async def test_every_form_opened_before_is_taken_after(
    house: House, opening: Callable[[Setting], Awaitable[Any]]
) -> None:
    _, ada, post = await opened(house)
    form, filled, said = await opening((house, ada, post))
    await house.restart()
    outcome = await ada.submit(form.modal, filled)
    assert said in text_of(outcome.message)


async def test_a_join_form_opened_before_is_taken_after(house: House) -> None:
    await house.circle()
    cleo = house.member("Cleo")
    form = await cleo.command("join", house.channel)
    await house.restart()
    await cleo.submit(form.modal, {"consents": ["check-ins"]})
    assert len(await house.services.members.memberships(actor_of(house, cleo))) == 1


async def test_the_join_button_of_the_welcome_card_works(house: House) -> None:
    await house.circle()
    cleo = house.member("Cleo")
    [card] = house.messages(cleo)
    await house.restart()
    assert (await cleo.press(card, "Join")).modal is not None


async def test_private_replies_keep_working(house: House) -> None:
    circle, ada, post = await opened(house)
    more = (await ada.select(post, ["Rain"])).message
    offer = (await ada.press(post, "Something to steady me")).message
    refused = (await house.member("Cleo").select(post, ["Rain"])).message
    ben = await joined(house, circle, "Ben", [])
    consent = (await ben.select(post, ["Rain"])).message
    await house.restart()
    assert (await ada.press(more, "Add more")).modal is not None
    for label in ("Safe enough", "Breath", "Begin", "Skip", "Next"):
        await ada.press(offer, label)
    await house.restart()
    for label in ("Picture", "Next", "Words only", "Stop", "I feel worse", "Just stop"):
        await ada.press(offer, label)
    assert "for now" in text_of(offer)
    await ben.press(consent, "Yes: Keep my check-ins")
    assert "**Rain**" in text_of((await ben.select(post, ["Rain"])).message)
    cleo = house.sandbox.person(refused.owner.id)
    assert (await cleo.press(refused, "Join")).modal is not None


async def test_a_note_given_back_before_is_shortened_after(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    returned = (await ada.submit(form.modal, {"weather": ["fog"], "note": "n" * 1600})).message
    form = await ada.press(post, "Share in the channel")
    words = (await ada.submit(form.modal, {"words": "w" * 1600})).message
    await house.restart()
    form = await ada.press(returned, "Shorten it")
    assert fields(form.modal)["note"]["value"] == "n" * 1600
    await house.restart()
    await ada.submit(form.modal, {"note": "n"})
    assert await count_kept(house, ada) == (1, 0)
    form = await ada.press(words, "Shorten it")
    await ada.submit(form.modal, {"words": "w"})
    assert await count_kept(house, ada) == (1, 1)


async def test_review_goes_on(house: House) -> None:
    _, ada, post = await opened(house)
    answers = []
    for words in ("one", "two", "three"):
        form = await ada.press(post, "Share in the channel")
        answers.append((await ada.submit(form.modal, {"words": words})).message)
    await house.tick()
    note = house.messages(house.facilitator, house.backroom)[-1]
    queue = (await house.facilitator.command("review", house.channel)).message
    await house.restart()
    await ada.press(answers[2], "Take it back")
    assert "taken back already" in text_of((await house.facilitator.press(note, "Read and decide")).message)
    form = await house.facilitator.press(queue, "Decline")
    await house.restart()
    await house.facilitator.submit(form.modal, {"reason": "Not here."})
    shown = house.facilitator.messages(house.channel)[-1]
    await house.facilitator.press(shown, "Next in the queue")
    await house.facilitator.press(house.facilitator.messages(house.channel)[-1], "Approve")
    mine = await house.services.shares.mine(actor_of(house, ada))
    assert sorted(share.review for share in mine) == ["approved", "declined", "withdrawn"]


async def test_leaving_goes_on(house: House) -> None:
    _, ada, _ = await opened(house)
    asked = (await ada.command("leave", house.channel)).message
    await house.restart()
    await ada.press(asked, "Leave")
    left = ada.messages(house.channel)[-1]
    await house.restart()
    assert (await ada.press(left, "Come back")).modal is not None
    await ada.press(left, "Delete now")
    await house.restart()
    await ada.press(ada.messages(house.channel)[-1], "Yes, delete it all")
    assert await house.services.members.kept(actor_of(house, ada)) == []
