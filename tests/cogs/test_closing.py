"""A facilitator closes a circle on Discord: asked, told, handed over, taken back, or gone after a week."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
import yaml

from bot.domain.check_ins import Answer
from bot.domain.closings import GRACE
from bot.domain.ids import OccurrenceId
from tests.cogs.house import House, text_of
from tests.cogs.town import actor_of, custom_ids, joined, labels, occurrence_of, opened

NOTED = Answer(note="The heron stood still.")


async def ruled(house: House, name: str, **options: Any) -> Any:
    outcome = await house.facilitator.command(name, house.channel, **options)
    await outcome.settled(4)
    return outcome.message


async def closed(house: House) -> Any:
    """The answer to the press; the notes are delivered."""
    asked = await ruled(house, "circle close")
    outcome = await house.facilitator.press(asked, "Close the circle")
    await outcome.settled(4)
    await house.tick()
    return outcome.message or asked


async def unpacked(message: Any) -> dict[str, str]:
    """The files in the zip that came with it."""
    [file] = message.attachments
    async with aiohttp.ClientSession() as session, session.get(file["url"]) as response:
        packed = await response.read()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


async def test_it_asks_first_and_says_plainly_what_will_happen(house: House) -> None:
    await house.circle(name="North")
    before = len(house.messages(house.facilitator))
    asked = await ruled(house, "circle close")
    said = text_of(asked)
    assert asked.ephemeral
    assert labels(asked) == ["Close the circle", "Leave it open"]
    for word in ("**North**", "At once", "For 7 days", "/privacy", "in my backups", "Discord", "file"):
        assert word in said
    assert len(said) < 2000
    left = await house.facilitator.press(asked, "Leave it open")
    assert "stays open" in text_of(left.message or asked)
    await house.tick()
    assert len(house.messages(house.facilitator)) == before
    [circle] = await house.services.circles.of_server(actor_of(house, house.facilitator))
    assert circle.closing is None


async def test_both_channels_read_it_with_the_date_and_the_file_is_handed_over(house: House) -> None:
    circle = await house.circle(name="North")
    ada = await joined(house, circle)
    answer = await closed(house)
    at = int((house.clock.now() + GRACE).timestamp())
    said = text_of(answer)
    assert f"<t:{at}:F>" in said
    assert answer.ephemeral
    assert labels(answer) == ["Keep the circle"]
    public, note = house.messages(ada)[-1], house.messages(house.facilitator, house.backroom)[-1]
    assert f"<t:{at}:F>" in text_of(public)
    assert "closing this circle" in text_of(public)
    assert labels(public) == ["Export"]
    assert labels(note) == ["Keep the circle", "The circle's own things"]
    files = await unpacked(answer)
    held = yaml.safe_load(files["circle.yaml"])
    assert held["circle"] == "North"
    assert str(ada.id) not in "".join(files.values())
    assert str(house.facilitator.id) not in "".join(files.values())
    again = await house.facilitator.press(note, "The circle's own things")
    await again.settled(4)
    assert (await unpacked(again.message)).keys() == files.keys()


async def test_status_and_the_command_say_how_it_stands(house: House) -> None:
    circle = await house.circle(name="North")
    ada = await joined(house, circle)
    await closed(house)
    status = await ruled(house, "circle status")
    assert "is deleted" in text_of(status)
    assert "None, as the circle closes." in text_of(status)
    assert "Keep the circle" in labels(status)
    asked = await ruled(house, "circle close")
    assert labels(asked) == ["Keep the circle", "The circle's own things"]
    assert "The circle closes" in text_of(await ruled(house, "schedule list"))
    kept = (await ada.command("privacy", house.channel)).message
    assert "all of this is deleted" in text_of(kept)
    assert "began to close the circle" in text_of(await ruled(house, "circle audit"))


async def test_members_take_theirs_along_from_the_note_itself(house: House) -> None:
    circle, ada, _ = await opened(house)
    await house.services.check_ins.submit_today(actor_of(house, ada), circle.id, NOTED)
    await closed(house)
    outcome = await ada.press(house.messages(ada)[-1], "Export")
    await outcome.settled(4)
    assert "Sent to you by direct message" in text_of(outcome.message)
    files = await unpacked(ada.dms(house.application)[-1])
    assert "The heron stood still." in files["data.json"]


async def test_new_people_and_new_words_are_refused_in_a_clear_sentence_and_no_word_is_lost(
    house: House,
) -> None:
    _, ada, post = await opened(house)
    await closed(house)
    ben = house.member("Ben")
    for outcome in (
        await ben.command("join", house.channel),
        await ben.press(house.messages(ben)[0], "Join"),
    ):
        assert "This circle closes" in text_of(outcome.message)
        assert "Nothing was changed" in text_of(outcome.message)
    form = await ada.press(post, "Share in the channel")
    back = await ada.submit(form.modal, {"words": "The heron stood still."})
    assert "This circle closes" in text_of(back.message)
    assert "The heron stood still." in text_of(back.message)
    form = await ada.press(post, "Answer privately")
    typed = {"weather": ["rain"], "note": "A quiet day.", "audience": "circle"}
    kept = await ada.submit(form.modal, typed)
    assert "as the circle closes" in text_of(kept.message)
    post_id = OccurrenceId(occurrence_of(post))
    answer = await house.services.check_ins.current(actor_of(house, ada), occurrence_id=post_id)
    assert answer is not None
    assert answer.answer.note == "A quiet day."
    assert "This circle closes" in text_of(await ruled(house, "schedule post-now", kind="check-in"))
    assert "This circle closes" in text_of(await ruled(house, "circle pause"))


async def test_help_works_as_always_meanwhile(house: House) -> None:
    _, ada, post = await opened(house)
    await closed(house)
    helped = await ada.command("help-now", house.channel)
    assert helped.message.embeds or helped.message.content
    wanted = await ada.press(post, "I'd like a person")
    await wanted.settled(4)
    await house.tick()
    assert any(
        "alert:take:" in str(custom_ids(each)) for each in house.messages(house.facilitator, house.backroom)
    )
    grounded = await ada.command("ground", house.channel)
    await grounded.settled(4)
    assert grounded.state in ("answered", "updated")


@pytest.mark.parametrize("way", ["note", "answer", "command"])
async def test_it_is_kept_from_the_note_from_the_answer_and_by_the_command(house: House, way: str) -> None:
    circle = await house.circle(name="North")
    ada = await joined(house, circle)
    answer = await closed(house)
    note = house.messages(house.facilitator, house.backroom)[-1]
    await house.restart()
    if way == "command":
        said = text_of(await ruled(house, "circle resume"))
    else:
        pressed = note if way == "note" else answer
        outcome = await house.facilitator.press(pressed, "Keep the circle")
        await outcome.settled(4)
        said = text_of(outcome.message or pressed)
    assert "The circle stays, and nothing was lost" in said
    await house.tick()
    assert "This circle stays" in text_of(house.messages(ada)[-1])
    assert "a facilitator has kept it" in text_of(house.messages(house.facilitator, house.backroom)[-1])
    if way == "note":
        assert labels(house.messages(house.facilitator, house.backroom)[-2]) == []
    house.clock.step(GRACE + timedelta(days=1))
    await house.services.closings.tick()
    [kept] = await house.services.circles.of_server(actor_of(house, ada))
    assert kept.closing is None
    assert "check-in:weather:" in str(custom_ids(await house.post()))


async def test_who_is_no_facilitator_closes_keeps_and_takes_nothing(house: House) -> None:
    circle = await house.circle(name="North")
    ada = await joined(house, circle)
    manager = house.member("Sam", house.guild.add_role("Manager", permissions=0x20))
    assert "facilitators" in text_of((await manager.command("circle close", house.channel)).message)
    [circle] = await house.services.circles.of_server(actor_of(house, ada))
    assert circle.closing is None


async def test_after_a_week_all_is_gone_and_old_buttons_are_answered_kindly(house: House) -> None:
    circle, ada, post = await opened(house)
    answer = await closed(house)
    note = house.messages(house.facilitator, house.backroom)[-1]
    welcome = house.messages(ada)[0]
    house.clock.step(GRACE)
    await house.services.closings.tick()
    assert await house.services.circles.of_server(actor_of(house, ada)) == []
    last = house.messages(house.facilitator, house.backroom)[-1]
    assert "The circle is closed" in text_of(last)
    for person, message, label in (
        (house.facilitator, note, "Keep the circle"),
        (house.facilitator, note, "The circle's own things"),
        (house.facilitator, answer, "Keep the circle"),
        (ada, welcome, "Join"),
        (ada, post, "Answer privately"),
        (ada, post, "Share in the channel"),
    ):
        outcome = await person.press(message, label)
        await outcome.settled(4)
        said = text_of(outcome.message)
        assert said, label
        assert "Something went wrong" not in said, label
    assert "I keep nothing about you" in text_of((await ada.command("privacy", house.channel)).message)
    assert (await ada.command("help-now", house.channel)).message is not None
    again = await house.circle(name="Anew")
    assert again.id != circle.id


async def test_where_the_bot_was_removed_it_is_deleted_all_the_same(house: House) -> None:
    circle = await house.circle(name="North")
    ada = await joined(house, circle)
    await closed(house)
    house.guild.remove_member(house.application.bot)
    house.clock.step(GRACE)
    await house.services.closings.tick()
    assert await house.services.circles.of_server(actor_of(house, ada)) == []


async def test_where_both_channels_are_gone_it_is_deleted_all_the_same(house: House) -> None:
    circle = await house.circle(name="North")
    ada = await joined(house, circle)
    await closed(house)
    for channel in (house.channel, house.backroom):
        channel.delete()
    house.clock.step(GRACE)
    await house.services.closings.tick()
    assert await house.services.circles.of_server(actor_of(house, ada)) == []
