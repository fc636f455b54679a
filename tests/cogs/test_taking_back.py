"""An answer can be taken back at one press, at any time; nothing of it stays, and no other answer goes."""

from datetime import timedelta
from typing import Any

from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.test_shares import WORDS, waiting
from tests.cogs.town import components, count_kept, custom_ids, joined, kept, labels, occurrence_of, opened

EARLIER = "Take back a check-in"


def shown(house: House, person: Any) -> str:
    """What stands where the private answer was."""
    return text_of(person.messages(house.channel)[-1])


async def test_one_tap_is_taken_back_and_can_be_given_anew(house: House) -> None:
    _, ada, post = await opened(house)
    answer = (await ada.select(post, ["Rain"])).message
    assert f"check-in:take-back:{occurrence_of(post)}" in custom_ids(answer)
    await ada.press(answer, "Take it back")
    assert "Taken back: your answer is deleted" in shown(house, ada)
    assert labels(ada.messages(house.channel)[-1]) == []
    assert await count_kept(house, ada) == (0, 0)
    assert "Changed" not in text_of((await ada.select(post, ["Clear"])).message)


async def test_it_works_after_a_restart_and_after_the_next_post(house: House) -> None:
    _, ada, post = await opened(house)
    first = (await ada.select(post, ["Rain"])).message
    house.clock.step(timedelta(days=1))
    await ada.select(await house.post(), ["Clear"])
    await house.restart()
    await ada.press(first, "Take it back")
    assert any("Taken back" in text_of(each) for each in ada.messages(house.channel))
    assert await count_kept(house, ada) == (1, 0)


async def test_pressed_twice_it_says_so_kindly(house: House) -> None:
    _, ada, post = await opened(house)
    answers = [(await ada.select(post, [sky])).message for sky in ("Rain", "Fog")]
    await ada.press(answers[0], "Take it back")
    outcome = await ada.press(answers[1], "Take it back")
    said = text_of(outcome.message) if outcome.message else shown(house, ada)
    assert "taken back already" in said


async def test_the_day_s_answer_is_taken_back_and_a_later_post_s_stays(house: House) -> None:
    circle = await house.circle()
    ada = await joined(house, circle)
    form = await ada.command("checkin", house.channel)
    answer = (await ada.submit(form.modal, {"weather": ["grey"]})).message
    assert any(each.startswith(f"check-in:take-back-day:{circle.id}:") for each in custom_ids(answer))
    post = await house.post()
    await ada.select(post, ["Rain"])
    await house.restart()
    await ada.press(answer, "Take it back")
    assert await count_kept(house, ada) == (1, 0)
    assert await kept(house, ada, post) is not None


async def test_a_note_in_review_is_taken_back_with_its_answer(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    answer = (await ada.submit(form.modal, {"note": WORDS, "audience": "circle"})).message
    await ada.press(answer, "Take it back")
    assert "it was not posted" in shown(house, ada)
    assert await waiting(house, ada) == []
    assert "Nothing waits" in text_of((await house.facilitator.command("review", house.channel)).message)


async def test_the_note_alone_is_kept_from_the_circle_and_the_answer_stays(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    answer = (await ada.submit(form.modal, {"note": WORDS, "audience": "circle"})).message
    await ada.press(answer, "Don't share it after all")
    assert await waiting(house, ada) == []
    assert await kept(house, ada, post) is not None


async def test_a_form_that_comes_back_empty_offers_to_take_the_answer_back(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"note": "only this"})
    form = await ada.press(post, "Answer privately")
    answer = (await ada.submit(form.modal, {"note": ""})).message
    assert "your earlier answer stands" in text_of(answer)
    assert await count_kept(house, ada) == (1, 0)
    await ada.press(answer, "Take it back")
    assert await count_kept(house, ada) == (0, 0)


async def test_marked_for_facilitators_and_stormy_every_button_stands_once(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    answer = (await ada.submit(form.modal, {"reactivity": ["frozen"], "audience": "facilitators"})).message
    assert "They can read it for 30 days" in text_of(answer)
    assert sorted(labels(answer)) == ["I'd like a person", "Something to steady me", "Take it back"]


async def test_earlier_answers_are_taken_back_from_privacy_where_their_replies_are_gone(house: House) -> None:
    circle = await house.circle()
    ada = await joined(house, circle)
    form = await ada.command("checkin", house.channel)
    await ada.submit(form.modal, {"note": "of the day"})
    house.clock.step(timedelta(days=1))
    await ada.select(await house.post(), ["Clear"])
    asked = (await ada.press((await ada.command("privacy", house.channel)).message, EARLIER)).message
    [select] = [each for each in components(asked) if each["type"] == 3]
    days = [option["label"] for option in select["options"]]
    assert len(set(days)) == 2
    assert "of the day" not in str(asked.json())
    await house.restart()
    await ada.select(asked, [days[1]])
    assert "Taken back" in shown(house, ada)
    assert await count_kept(house, ada) == (1, 0)
    asked = (await ada.press((await ada.command("privacy", house.channel)).message, EARLIER)).message
    await ada.select(asked, [days[0]])
    assert EARLIER not in labels((await ada.command("privacy", house.channel)).message)
