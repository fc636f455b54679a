"""Facilitators see weeks in bands and answers that were marked for them; members see who looked."""

from datetime import timedelta

from bot.services.care import Care
from cogs.summaries._look import RULE, on_cards
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.test_forged import planted
from tests.cogs.town import custom_ids, joined, labels, opened


async def test_a_week_of_five_people_comes_as_a_chart_and_as_text_and_names_nobody(house: House) -> None:
    circle, ada, _ = await opened(house)
    shown = (await house.facilitator.command("summary", house.channel)).message
    assert "No whole week is counted yet" in text_of(shown)
    people = [ada] + [await joined(house, circle, name) for name in ("Ben", "Cleo", "Dan", "Eva")]
    for day in range(12):
        house.clock.step(timedelta(days=1))
        post = await house.post()
        for number, who in enumerate(people if day % 6 == 0 else ()):
            form = await who.press(post, "Answer privately")
            await who.submit(form.modal, {"weather": ["rain" if number else "storm"]})
    for _ in range(7):
        house.clock.step(timedelta(days=1))
        await Care(house.trellis.storage, house.clock, CONTENT).tick()
    shown = (await house.facilitator.command("summary", house.channel, weeks=4)).message
    said = text_of(shown)
    assert "5 to 9 people" in said
    assert "- most said: Rain" in said
    assert "Storm" not in said
    [picture] = shown.attachments
    assert "most said: Rain" in picture["description"]
    for who in people:
        assert str(who.id) not in str(shown.json())
    manager = house.member("Sam", house.guild.add_role("Manager", permissions=0x20 | 0x8))
    refused = await manager.command("summary", house.channel)
    assert "facilitators" in text_of(refused.message)


async def test_a_marked_answer_is_read_from_the_letter_and_a_member_sees_who_looked(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    note = {"note": "A long night. @everyone", "audience": "facilitators", "weather": ["fog"]}
    await ada.submit(form.modal, note)
    await house.tick()
    letter = house.messages(house.facilitator, house.backroom)[-1]
    assert "marked an answer for you" in text_of(letter)
    assert "long night" not in text_of(letter)
    assert str(ada.id) not in str(letter.json())
    press = {"component_type": 2, "custom_id": custom_ids(letter)[0]}
    refused = await ada.forge(house.channel, house.application, 3, planted(post, press), post)
    assert "facilitators" in text_of(refused.message)
    card = (await house.facilitator.press(letter, "Read it")).message
    assert card.ephemeral
    said = text_of(card)
    assert f"From <@{ada.id}>" in said
    assert "A long night." in said
    assert "@everyone" not in said
    assert labels(card) == []
    again = (await house.facilitator.command("marked", house.channel)).message
    assert "A long night." in text_of(again)


def test_half_a_year_of_weeks_fits_on_two_cards_or_says_what_is_left_out() -> None:
    for size in (1, 150, 240):
        weeks = [f"{number} " + "x" * size for number in range(26)]
        cards = on_cards(weeks)
        assert sum(map(len, cards)) < 6000 - 256 - len(RULE())
        assert all(len(card) <= 4096 for card in cards)
        shown = "\n\n".join(cards)
        assert "earlier weeks are in the picture" in shown or all(week in shown for week in weeks)
