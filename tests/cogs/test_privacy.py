"""Everyone sees what is kept about them, changes what they agreed to, and can delete all of it for good."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import aiohttp

from bot.domain.members import Scope
from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.town import actor_of, count_kept, fields, joined, labels, on, opened


async def test_privacy_shows_counts_dates_consents_and_who_can_see(house: House) -> None:
    _, ada, post = await opened(house)
    await ada.select(post, ["Rain"])
    shown = (await ada.command("privacy", house.channel)).message
    said = text_of(shown)
    assert shown.ephemeral
    for word in ("North", "1 check-in", "no texts", "<t:", "Who can see", "Keep my check-ins"):
        assert word in said
    assert labels(shown) == [
        "Change consents", "Discreet, quiet, how long kept", "Remind me", "Export", "Who saw what",
        "Take back a check-in", "Clear what you sent me", "Delete everything",
    ]  # fmt: skip


async def test_who_is_known_nowhere_is_told_so(house: House) -> None:
    await house.circle()
    outcome = await house.member("Cleo").command("privacy", house.channel)
    assert "keep nothing about you" in text_of(outcome.message)


async def test_consents_are_changed_each_on_its_own(house: House) -> None:
    circle, ada, post = await opened(house)
    shown = (await ada.command("privacy", house.channel)).message
    form = await ada.press(shown, "Change consents")
    assert set(on(fields(form.modal)["consents"])) == set(Scope)
    outcome = await ada.submit(form.modal, {"consents": ["streaks"]})
    assert "You said yes to: **Keep my commitments and streaks**" in text_of(outcome.message)
    [(_, member)] = await house.services.members.memberships(actor_of(house, ada))
    assert member.consents == {Scope.STREAKS}
    assert "haven't said yes" in text_of((await ada.select(post, ["Rain"])).message)
    assert circle.id == member.circle


async def test_with_two_circles_each_is_named_on_its_button(house: House) -> None:
    first = await house.circle(name="North")
    south = house.guild.add_text_channel("south")
    await house.circle(name="South", channel=south)
    ada = await joined(house, first)
    form = await ada.command("join", south)
    await ada.submit(form.modal, {"consents": []})
    shown = (await ada.command("privacy", house.channel)).message
    for name in ("North", "South"):
        wanted = {f"Change consents: {name}", f"Discreet, quiet, kept: {name}", f"Remind me: {name}"}
        assert wanted < set(labels(shown))


async def test_everything_is_deleted_after_a_typed_word(house: House) -> None:
    _, ada, post = await opened(house)
    await ada.select(post, ["Rain"])
    shown = (await ada.command("privacy", house.channel)).message
    form = await ada.press(shown, "Delete everything")
    outcome = await ada.submit(form.modal, {"word": "wait"})
    assert "Nothing was deleted" in text_of(outcome.message)
    assert await count_kept(house, ada) == (1, 0)
    form = await ada.press(outcome.message, "Delete everything")
    outcome = await ada.submit(form.modal, {"word": " Delete "})
    assert "Nothing about you remains" in text_of(outcome.message)
    assert await house.services.members.kept(actor_of(house, ada)) == []
    assert "haven't joined" in text_of((await ada.select(post, ["Rain"])).message)


async def test_nobody_s_deletion_touches_another(house: House) -> None:
    circle, ada, post = await opened(house)
    ben = await joined(house, circle, "Ben")
    for person in (ada, ben):
        await person.select(post, ["Rain"])
    form = await ada.press((await ada.command("privacy", house.channel)).message, "Delete everything")
    await ada.submit(form.modal, {"word": "delete"})
    assert await count_kept(house, ben) == (1, 0)


async def test_words_that_wait_can_be_taken_back_from_privacy(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Share in the channel")
    await ada.submit(form.modal, {"words": "Something of mine."})
    shown = (await ada.command("privacy", house.channel)).message
    assert "waits for a facilitator" in text_of(shown)
    assert "Something of mine" not in text_of(shown)
    mine = (await ada.press(shown, "My shared words")).message or ada.messages(house.channel)[-1]
    assert "Something of mine" in text_of(mine)
    outcome = await ada.press(mine, "Take it back")
    assert "Taken back" in text_of(outcome.message)


async def test_names_and_notes_stand_nowhere_in_the_database_as_they_are(house: House) -> None:
    _, ada, post = await opened(house)
    note = "the blue kettle in the hall"
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"note": note, "audience": "circle"})
    written = b"".join(path.read_bytes() for path in Path(house.folder).iterdir() if path.is_file())
    assert note.encode() not in written
    assert str(ada.id).encode() not in written


async def unpacked(message: Any) -> tuple[dict[str, Any], str]:
    """The data and the page of an export."""
    [file] = message.attachments
    assert file["filename"] == "my-data.zip"
    async with aiohttp.ClientSession() as session, session.get(file["url"]) as response:
        packed = await response.read()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return json.loads(archive.read("data.json")), archive.read("page.html").decode()


async def test_the_export_comes_by_direct_message_and_where_those_are_closed_right_here(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    note = "<script>alert(1)</script> & the blue kettle"
    await ada.submit(form.modal, {"weather": ["rain"], "note": note})
    shown = (await ada.command("privacy", house.channel)).message
    outcome = await ada.press(shown, "Export")
    await outcome.settled(4)
    assert "Sent to you by direct message" in text_of(outcome.message)
    data, page = await unpacked(ada.dms(house.application)[-1])
    [circle] = data["circles"]
    assert (circle["circle"], circle["check_ins"][0]["note"]) == ("North", note)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; the blue kettle" in page
    house.sandbox.faults.close_dms(ada)
    outcome = await ada.press(shown, "Export")
    await outcome.settled(4)
    assert "closed to me, so here it is" in text_of(outcome.message)
    assert outcome.message.ephemeral
    assert (await unpacked(outcome.message))[0]["circles"] == data["circles"]


async def test_who_looked_is_shown_with_time_and_name(house: House) -> None:
    _, ada, post = await opened(house)
    shown = (await ada.command("privacy", house.channel)).message
    assert "Nobody has looked" in text_of((await ada.press(shown, "Who saw what")).message)
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"weather": ["fog"], "audience": "facilitators"})
    await house.facilitator.command("marked", house.channel)
    said = text_of((await ada.press(shown, "Who saw what")).message)
    assert f"<@{house.facilitator.id}> read your answer of" in said
    assert "<t:" in said


async def test_the_bots_own_direct_messages_are_cleared_and_the_members_stay(house: House) -> None:
    _, ada, _ = await opened(house)
    await ada.dm(house.application, "mine")
    shown = (await ada.command("privacy", house.channel)).message
    for _ in range(3):
        await (await ada.press(shown, "Export")).settled(4)
    asked = (await ada.press(shown, "Clear what you sent me")).message or ada.messages(house.channel)[-1]
    outcome = await ada.press(asked, "Clear them")
    await outcome.settled(5)
    assert [message.content for message in ada.dms(house.application)] == ["mine"]
    said = text_of(ada.messages(house.channel)[-1])
    assert "Cleared: 3 messages" in said or "Cleared: 4 messages" in said


async def test_wishes_are_set_in_one_form_and_what_was_typed_comes_back(house: House) -> None:
    circle, ada, post = await opened(house)
    await ada.select(post, ["Rain"])
    shown = (await ada.command("privacy", house.channel)).message
    form = await ada.press(shown, "Discreet, quiet, how long kept")
    typed = {"discreet": "no", "quiet": "22:00-07:00", "notes": "30", "ratings": "60", "declined": "3"}
    said = text_of((await ada.submit(form.modal, typed)).message)
    assert "Messages: **not discreet**. Quiet hours: **22:00 to 07:00**." in said
    assert "notes 30 days, the rest of check-ins 60 days" in said
    form = await ada.press(shown, "Discreet, quiet, how long kept")
    assert fields(form.modal)["quiet"]["value"] == "22:00-07:00"
    wrongs = {"notes": [("91", "1 to 90"), ("x", "as a number")], "quiet": [("at night", "as hours")]}
    for field, given, word in ((name, *each) for name, tries in wrongs.items() for each in tries):
        form = await ada.press(shown, "Discreet, quiet, how long kept")
        returned = (await ada.submit(form.modal, {field: given})).message
        assert word in text_of(returned)
        assert "typed" in str(returned.embeds)
    wishes = (await house.services.preferences.of(actor_of(house, ada), circle.id)).wishes
    assert (wishes.discreet, wishes.notes.days) == (False, 30)
