"""Commitments over the sandbox: begun in one form, logged by one press, and met kindly after a lapse."""

import time
from datetime import datetime, timedelta
from typing import Any

import pytest

from cogs import charts
from tests.app.hostility import BUTTON, PRESS
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.test_forged import planted
from tests.cogs.town import actor_of, components, fields, joined, labels, opened

MORE = ["Alongside me", "Looking back"]
ACT = "I will name my weather in one word each day."
TYPED = {"text": ACT, "seen": "A word written or said.", "smallest": "Think the word.", "cadence": "daily"}


async def begun(house: House, person: Any, **typed: Any) -> Any:
    """The private answer to a commitment that a person has typed."""
    form = await person.command("commit add", house.channel)
    return (await person.submit(form.modal, {**TYPED, "way": "each", **typed})).message


async def shown(person: Any, house: House) -> Any:
    """The newest private message of a person's, as it stands."""
    return person.messages(house.channel)[-1]


async def test_a_commitment_is_begun_in_one_form_and_logged_by_one_press(house: House) -> None:
    _, ada, _ = await opened(house)
    card = await begun(house, ada)
    assert card.ephemeral
    for said in (ACT, "Think the word.", "daily", "It begins today"):
        assert said in text_of(card)
    marks = ["Kept", "Kept, smallest version", "Not this time", "Rest day", "Late, and mended"]
    assert labels(card)[:5] == marks
    await ada.press(card, "Kept")
    now = await shown(ada, house)
    assert CONTENT.texts["cr-mile-1"] in text_of(now)
    assert "Today: kept" in text_of(now)
    listed = (await ada.command("commit list", house.channel)).message
    assert ACT in text_of(listed)
    assert labels(listed) == ["Name my weather in one word each day.", "My day and zone", *MORE]


async def test_the_first_option_s_words_and_an_example_stand_in_the_form(house: House) -> None:
    _, ada, _ = await opened(house)
    form = await ada.command("commit add", house.channel, text="I will call Noor.", cadence="once a week")
    assert "I will call Noor." in str(form.modal.components)
    assert "once a week" in str(form.modal.components)
    form = await ada.command("commit add", house.channel, example="cm-10")
    assert CONTENT.commitments[9].text in str(form.modal.components)
    assert set(fields(form.modal)) == {"text", "seen", "smallest", "cadence", "way"}


async def test_what_is_vague_is_asked_back_whole_and_kept_if_the_member_insists(house: House) -> None:
    _, ada, _ = await opened(house)
    back = await begun(house, ada, text="I will be better", cadence="weekdays")
    assert CONTENT.texts["cr-vag-2"] in text_of(back)
    assert "I will be better" in text_of(back)
    assert labels(back) == ["Change the words", "Keep it as I wrote it"]
    form = await ada.press(back, "Change the words")
    assert "weekdays" in str(form.modal.components)
    await ada.press(back, "Keep it as I wrote it")
    card = await shown(ada, house)
    assert "weekdays" in text_of(card)
    assert "Kept" in labels(card)


async def test_what_no_counter_is_for_is_turned_down_with_its_reason_and_a_person(house: House) -> None:
    _, ada, _ = await opened(house)
    back = await begun(house, ada, text="I will check his phone each night")
    assert CONTENT.texts["cr-nof-2"] in text_of(back)
    assert "making, checking or stopping another person" in text_of(back)
    assert "I will check his phone each night" in text_of(back)
    assert labels(back) == ["Change the words", "I'd like a person"]
    await ada.press(back, "I'd like a person")
    await house.tick()
    assert f"<@{ada.id}>" in text_of(house.messages(house.facilitator, house.backroom)[-1])
    harm = await begun(house, ada, text="I will not hurt myself today")
    assert "no emergency service" in text_of(harm)
    assert "/commit add" in text_of((await ada.command("commit list", house.channel)).message)  # none is kept


async def test_what_cannot_be_read_comes_back_with_its_sentence(house: House) -> None:
    _, ada, _ = await opened(house)
    for typed, said in (
        ({"cadence": "now and then"}, "I couldn't read how often"),
        ({"cadence": "2020-01-01"}, "That date has been already"),
        ({"cadence": "3 a week", "way": "lapses"}, "it needs its days"),
        ({"text": "I will write " + "x" * 300}, "300"),
    ):
        back = await begun(house, ada, **typed)
        assert "Change the words" in labels(back)
        assert "Think the word." in text_of(back), said
    for _ in range(3):
        await begun(house, ada)
    refused = (await ada.command("commit add", house.channel)).message
    assert "3 going already" in text_of(refused)


async def test_a_lapse_shows_no_number_and_a_return_is_welcomed(house: House) -> None:
    _, ada, _ = await opened(house)
    card = await begun(house, ada)
    for mark in ("Kept", "Kept", "Kept", "Not this time"):
        await ada.press(card, mark)
        house.clock.step(timedelta(days=1))
    said = text_of(await shown(ada, house)).replace("Think the word.", "")
    assert not any(each in said for each in ("**", "in all", "of 100"))
    look = (await ada.command("streak", house.channel)).message
    assert "The smallest next step: Think the word." in text_of(look)
    assert not any(figure.isdigit() for figure in text_of(look).replace("/", ""))
    assert not look.attachments
    card = (await ada.command("commit log", house.channel)).message
    await ada.press(card, "Kept, smallest version")
    assert CONTENT.texts["cr-mile-6"] in text_of(await shown(ada, house))
    look = (await ada.command("streak", house.channel)).message
    assert "Came back" in text_of(look)
    assert "4 times" in text_of(look)
    [picture] = look.attachments
    assert "4 days kept" in picture["description"]


async def test_a_streak_is_shared_through_review_alone(house: House) -> None:
    _, ada, _ = await opened(house)
    await ada.press(await begun(house, ada), "Kept")
    look = (await ada.command("streak", house.channel)).message
    form = await ada.press(look, "Share with the circle")
    assert "I have kept it 1 time in all." in str(form.modal.components)
    answer = (await ada.submit(form.modal, {"words": "I kept one small thing.", "shown": "circle"})).message
    assert "wait for a facilitator" in text_of(answer)
    queue = (await house.facilitator.command("review", house.channel)).message
    assert "I kept one small thing." in text_of(queue)
    assert ACT not in text_of(queue)


async def test_another_day_is_logged_changed_and_taken_back(house: House) -> None:
    _, ada, _ = await opened(house)
    await begun(house, ada)
    house.clock.step(timedelta(days=2))
    card = (await ada.command("commit log", house.channel)).message
    [menu] = [each for each in components(card) if each["type"] == 3]
    first = menu["options"][-1]["value"]
    await ada.select(card, [first], placeholder="Log another day")
    asked = await shown(ada, house)
    assert "How did it go" in text_of(asked)
    await ada.press(asked, "Late, and mended")
    noted = await shown(ada, house)
    assert ": late, and mended" in text_of(noted)
    await ada.select(noted, [first], placeholder="Log another day")
    await ada.press(await shown(ada, house), "Note nothing for it")
    assert "mended" not in text_of(await shown(ada, house))


async def test_a_third_rest_day_is_met_with_a_pause_and_a_pause_with_going_on(house: House) -> None:
    house.clock.set(the_coming_monday(house.clock.now()))  # rest days are counted by the week
    _, ada, _ = await opened(house)
    card = await begun(house, ada)
    for _ in range(3):
        await ada.press(card, "Rest day")
        house.clock.step(timedelta(days=1))
    asked = await shown(ada, house)
    assert CONTENT.texts["cr-rest-6"] in text_of(asked)
    await ada.press(asked, "Pause")
    paused = await shown(ada, house)
    assert labels(paused)[0] == "Go on"
    await ada.press(paused, "Go on")
    assert "Kept" in labels(await shown(ada, house))


async def test_it_is_changed_let_go_and_deleted_by_its_member_alone(house: House) -> None:
    circle, ada, _ = await opened(house)
    card = await begun(house, ada)
    form = await ada.press(card, "Change it")
    await ada.submit(form.modal, {**TYPED, "cadence": "weekdays", "way": "each"})
    assert "weekdays" in text_of(await shown(ada, house))
    form = await ada.press(await shown(ada, house), "Say more about it")
    await ada.submit(form.modal, {"plan": "If I brush my teeth, then I'll name it."})
    assert "brush my teeth" in text_of(await shown(ada, house))
    listed = (await ada.command("commit list", house.channel)).message
    form = await ada.press(listed, "My day and zone")
    told = (await ada.submit(form.modal, {"zone": "Asia/Tokyo", "starts": "05:00"})).message
    assert "05:00 (Asia/Tokyo)" in text_of(told)
    ben = await joined(house, circle, "Ben")
    stop = (await ada.command("commit stop", house.channel)).message
    await ada.press(stop, "Let go: Name my weather in one word each day.")
    gone = await shown(ada, house)
    assert labels(gone) == ["Give me my record", "Delete my record"]
    file = (await ada.press(gone, "Give me my record")).message
    assert file.attachments[0]["filename"] == "my-record.txt"
    await ada.press(gone, "Delete my record")
    assert "Nothing of it is kept" in text_of(ada.messages(house.channel)[-2])
    assert "no commitment here" in text_of((await ben.command("commit list", house.channel)).message)


async def test_without_a_yes_nothing_is_begun_and_the_yes_is_right_there(house: House) -> None:
    circle, _, _ = await opened(house)
    ben = await joined(house, circle, "Ben", ["check-ins"])
    asked = (await ben.command("commit add", house.channel)).message
    assert labels(asked)[0].startswith("Yes: Keep my")


async def test_a_reminder_says_nothing_of_what_it_is_about_and_is_ended_at_one_press(house: House) -> None:
    _, ada, _ = await opened(house)
    form = await ada.command("commit add", house.channel, reminder=True)
    card = (await ada.submit(form.modal, {**TYPED, "way": "each"})).message
    assert "You are reminded at **18:00**" in text_of(card)
    form = await ada.press(card, "Another time")
    await ada.submit(form.modal, {"time": "19:30"})
    assert "at 19:30, on days that ask" in text_of(await shown(ada, house))
    for _ in range(24):
        house.clock.step(timedelta(hours=1))
        await house.services.nudges.tick()
        await house.tick()
    letter = ada.dms(house.application)[-1]
    assert "weather" not in text_of(letter)
    assert labels(letter) == ["Open", "Stop these"]
    opened_ = (await ada.press(letter, "Open")).message
    assert opened_.ephemeral
    assert ACT in text_of(opened_)
    assert "Stopped." in text_of((await ada.press(letter, "Stop these")).message)


def the_coming_monday(now: datetime) -> datetime:
    """Its noon: a member's day begins at four in the morning."""
    return (now + timedelta(days=7 - now.weekday())).replace(hour=12)


async def test_a_streak_whose_picture_takes_long_is_announced_in_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle, ada, _ = await opened(house)
    await ada.press(await begun(house, ada), "Kept")
    draw = charts._png

    def slowly(*given: Any) -> bytes:
        time.sleep(1)  # as a first chart takes on a busy machine, and longer
        return draw(*given)

    monkeypatch.setattr(charts, "_png", slowly)
    monkeypatch.setattr("cogs.replies.PATIENCE", timedelta(seconds=0.1))
    by_command = await ada.command("streak", house.channel)
    assert by_command.state == "thinking", text_of(by_command.message)
    await by_command.settled(8)
    assert by_command.message.attachments
    [it] = await house.services.commitments.mine(actor_of(house, ada), circle.id)
    press = {"component_type": BUTTON, "custom_id": f"commit:streak:{it.commitment.id}"}
    on = planted(by_command.message, press)
    pressed = await ada.forge(house.channel, house.application, PRESS, on, by_command.message)
    assert pressed.state in ("deferred", "thinking")
    await pressed.settled(8)
    assert "Kept in all" in text_of(pressed.message)
