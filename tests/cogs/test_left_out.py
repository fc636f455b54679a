"""Members see past, present and coming themes, and leave out the one they want to, for themselves alone."""

from datetime import UTC, datetime

from tests.cogs.house import House, text_of
from tests.cogs.planning import planned
from tests.cogs.town import actor_of, joined

LEAVE = "Leave a theme out, for yourself alone"


async def posted(house: House) -> object:
    """The first theme's first check-in."""
    house.clock.set(datetime(2026, 12, 7, 8, 0, tzinfo=UTC))
    await house.tick()
    cards = [m for m in house.messages(house.facilitator) if "Check-in" in str(m.embeds[0].get("author"))]
    return cards[-1]


async def test_a_member_sees_the_calendar_without_what_is_the_facilitators(house: House) -> None:
    circle, _ = await planned(house)
    ada = await joined(house, circle)
    outcome = await ada.command("themes", house.channel)
    await outcome.settled(5)
    said = text_of(outcome.message)
    assert "1. **Steady ground** · 7 to 13 Dec · coming" in said
    labels = [c.get("label") for row in outcome.message.components for c in row["components"]]
    assert "See what will be posted" not in labels
    assert outcome.message.ephemeral


async def test_the_calendar_is_under_every_theme_post_too(house: House) -> None:
    circle, _ = await planned(house)
    ada = await joined(house, circle)
    house.clock.set(datetime(2026, 12, 7, 7, 50, tzinfo=UTC))
    await house.tick()
    outcome = await ada.press(house.messages(ada)[-1], "All weeks")
    await outcome.settled(5)
    assert "**this week**" in text_of(outcome.message)


async def test_who_leaves_a_theme_out_is_offered_another_question_and_nobody_else_is(house: House) -> None:
    circle, _ = await planned(house)
    ada, ben = await joined(house, circle, "Ada"), await joined(house, circle, "Ben")
    outcome = await ada.command("themes", house.channel)
    await outcome.settled(5)
    heard = await ada.select(outcome.message, ["Steady ground"], placeholder=LEAVE)
    assert "You leave out **Steady ground**" in text_of(heard.message)
    card = await posted(house)
    assert (await ben.press(card, "Answer privately")).modal is not None
    offered = (await ada.press(card, "Answer privately")).message
    assert "Here is another question" in text_of(offered)
    first = offered.embeds[0]["description"]
    following = await ada.press(offered, "Another question")
    assert (following.message or offered).embeds[0]["description"] != first
    form = (await ada.press(following.message or offered, "Answer privately")).modal
    kept = await ada.submit(form, {"Note": "tea"})
    assert "Noted" in text_of(kept.message)
    mine = await house.services.check_ins.mine(actor_of(house, ada))
    assert [one.answer.note for _, one in mine] == ["tea"]


async def test_sharing_too_goes_without_the_themes_own_question(house: House) -> None:
    circle, _ = await planned(house)
    ada = await joined(house, circle)
    await house.services.themes.leave_out(actor_of(house, ada), circle.id, ["theme-01"])  # type: ignore[list-item]
    card = await posted(house)
    offered = (await ada.press(card, "Share in the channel")).message
    labels = [c.get("label") for row in offered.components for c in row["components"]]
    assert "Answer privately" in labels
    if "Share in the channel" in labels:
        form = (await ada.press(offered, "Share in the channel")).modal
        await ada.submit(form, {"Your words": "Hello."})
        [share] = await house.services.shares.mine(actor_of(house, ada))
        assert share.occurrence is None


async def test_one_tap_of_weather_stays_one_tap(house: House) -> None:
    circle, _ = await planned(house)
    ada = await joined(house, circle)
    await house.services.themes.leave_out(actor_of(house, ada), circle.id, ["theme-01"])  # type: ignore[list-item]
    card = await posted(house)
    assert "Noted" in text_of((await ada.select(card, ["rain"], placeholder="Today's weather")).message)


async def test_what_is_left_out_stands_in_privacy_and_goes_with_its_member(house: House) -> None:
    circle, _ = await planned(house)
    ada = await joined(house, circle)
    await house.services.themes.leave_out(actor_of(house, ada), circle.id, ["theme-03"])  # type: ignore[list-item]
    assert "Maps and signals" in text_of((await ada.command("privacy", house.channel)).message)
    taken_up = await house.services.themes.leave_out(actor_of(house, ada), circle.id, [])
    assert taken_up == []
    assert "Maps and signals" not in text_of((await ada.command("privacy", house.channel)).message)
