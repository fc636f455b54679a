"""Looking back over the sandbox: a story of one's own entries, and what its member chose to keep."""

from datetime import timedelta
from typing import Any

from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.test_commitments import TYPED, begun
from tests.cogs.town import components, joined, labels, opened


async def told(house: House, person: Any, **options: Any) -> Any:
    """What stands under `/looking-back`."""
    return (await person.command("looking-back", house.channel, **options)).message


async def newest(house: House, person: Any) -> Any:
    """The newest private message as it stands."""
    return person.messages(house.channel)[-1]


async def noted(house: House, person: Any, post: Any, note: str) -> None:
    form = await person.press(post, "Answer privately")
    await person.submit(form.modal, {"note": note, "audience": "me"})


async def test_a_new_story_begins_kindly_and_counts_nothing(house: House) -> None:
    _, ada, _ = await opened(house)
    card = await told(house, ada)
    assert card.ephemeral
    assert "a beginning is enough" in text_of(card)
    assert not any(each.isdigit() for each in text_of(card))
    assert labels(card) == ["What I'm growing toward", "Plan a hard day", "Give it to me as a file"]


async def test_weeks_returns_and_what_was_kept_are_told_and_no_miss_is(house: House) -> None:
    _, ada, _ = await opened(house)
    card = await begun(house, ada)
    for mark in ("Kept", "Not this time", "Not this time", "Not this time", "Kept", "Late, and mended"):
        await ada.press(card, mark)
        house.clock.step(timedelta(days=1))
    said = text_of(await told(house, ada))
    assert "You kept what you had said twice." in said
    assert TYPED["text"].rstrip(".") in said
    assert "You came back once, in " in said
    assert "mended something late once" in said
    assert not any(word in said.casefold() for word in ("miss", "lapse", "broken", "not this time"))


async def test_words_are_kept_by_their_member_and_taken_out_again(house: House) -> None:
    _, ada, post = await opened(house)
    await noted(house, ada, post, "The *quarry* was quiet.")
    card = await told(house, ada)
    [menu] = [each for each in components(card) if each.get("custom_id", "").startswith("story:keep")]
    await ada.select(card, [menu["options"][0]["value"]], placeholder="Words worth keeping")
    kept = await newest(house, ada)
    assert "quarry" in text_of(kept)
    assert "Words of yours that you chose to keep" in text_of(kept)
    file = (await ada.press(kept, "Give it to me as a file")).message
    assert file.attachments[0]["filename"] == "looking-back.txt"
    await ada.select(kept, ["kept:0"], placeholder="Take one out")
    assert "chose to keep" not in text_of(await newest(house, ada))


async def test_a_goal_and_a_hard_day_stand_ahead_and_the_day_itself_is_met_gently(house: House) -> None:
    _, ada, _ = await opened(house)
    house.clock.step(timedelta(hours=(12 - house.clock.now().hour) % 24))  # one day by every clock of hers
    form = await ada.press(await told(house, ada), "What I'm growing toward")
    await ada.submit(form.modal, {"goal": "A quieter kitchen."})
    assert "A quieter kitchen." in text_of(await newest(house, ada))
    form = await ada.press(await newest(house, ada), "Plan a hard day")
    today = house.clock.now().date()
    typed = {"name": "The letter", "on": f"{today:%m-%d}", "plan": "Noor comes. We bake."}
    await ada.submit(form.modal, typed)
    assert "The letter (today). Your plan: Noor comes. We bake." in text_of(await newest(house, ada))
    await ada.press(await begun(house, ada), "Kept")
    card = (await ada.command("commit log", house.channel)).message
    await ada.press(card, "Kept")
    assert CONTENT.texts["cr-kept-6"] in text_of(await newest(house, ada))


async def test_a_date_that_cannot_be_read_gives_all_that_was_typed_back(house: House) -> None:
    _, ada, _ = await opened(house)
    form = await ada.press(await told(house, ada), "Plan a hard day")
    for on in ("13-45", "soon"):
        back = await ada.submit(form.modal, {"name": "The letter", "on": on, "plan": "Noor comes."})
        assert "I couldn't read that date" in text_of(back.message)
        assert "Noor comes." in text_of(back.message)
    form = await ada.press(await told(house, ada), "What I'm growing toward")
    back = await ada.submit(form.modal, {"goal": "x" * 1200})
    assert "x" * 1200 in text_of(back.message)


async def test_a_year_is_told_from_its_own_days_alone_and_for_nobody_else(house: House) -> None:
    circle, ada, _ = await opened(house)
    await ada.press(await begun(house, ada), "Kept")
    this = house.clock.now().year
    assert "You kept" in text_of(await told(house, ada, year=this))
    assert "a beginning is enough" in text_of(await told(house, ada, year=this - 1))
    ben = await joined(house, circle, "Ben")
    assert "a beginning is enough" in text_of(await told(house, ben))


async def test_two_weeks_on_it_is_asked_whether_it_still_fits_and_never_after_a_lapse(house: House) -> None:
    _, ada, _ = await opened(house)
    card = await begun(house, ada)
    for _ in range(14):
        await ada.press(card, "Kept")
        assert "Two weeks on" not in labels(await newest(house, ada))
        house.clock.step(timedelta(days=1))
    await ada.press(card, "Kept")
    due = await newest(house, ada)
    await ada.press(due, "Two weeks on")
    asked = await newest(house, ada)
    assert "Each choice is a good one." in text_of(asked)
    assert labels(asked) == ["Keep", "Make it smaller", "Change it", "Rest for a while", "Let it go"]
    form = await ada.press(asked, "Make it smaller")
    assert "Think the word." in str(form.modal.components)
    await ada.press(asked, "Keep")
    assert "Two weeks on" not in labels(await newest(house, ada))
    house.clock.step(timedelta(days=14))
    await ada.press(card, "Not this time")
    assert "Two weeks on" not in labels(await newest(house, ada))
