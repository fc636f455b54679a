"""Trellis says what it is and is not, to anyone, anywhere."""

from tests.cogs.house import House, text_of


async def test_about_says_what_it_is_not_and_its_version(house: House) -> None:
    visitor = house.member("Vera")
    outcome = await visitor.command("about", house.channel)
    said = text_of(outcome.message)
    assert outcome.message.ephemeral
    assert "no therapist and no emergency service" in said
    assert "0.1.0" in str(outcome.message.embeds)
    assert "{" not in said


async def test_about_shows_a_circle_how_it_kept_its_word(house: House) -> None:
    await house.circle(name="North")
    await house.post()
    visitor = house.member("Vera")
    said = text_of((await visitor.command("about", house.channel)).message)
    assert "The last 30 days in North" in said
