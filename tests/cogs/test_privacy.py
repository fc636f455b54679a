"""Everyone sees what is kept about them, changes what they agreed to, and can delete all of it for good."""

from pathlib import Path

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
    assert labels(shown) == ["Change consents", "Take back a check-in", "Delete everything"]


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
    assert "You said yes to: **Keep my streaks**" in text_of(outcome.message)
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
    assert labels(shown) == ["Change consents: North", "Change consents: South", "Delete everything"]


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
    outcome = await ada.press(shown, "Take back what waits")
    assert "Taken back" in text_of(outcome.message)


async def test_names_and_notes_stand_nowhere_in_the_database_as_they_are(house: House) -> None:
    _, ada, post = await opened(house)
    note = "the blue kettle in the hall"
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"note": note, "audience": "circle"})
    written = b"".join(path.read_bytes() for path in Path(house.folder).iterdir() if path.is_file())
    assert note.encode() not in written
    assert str(ada.id).encode() not in written
