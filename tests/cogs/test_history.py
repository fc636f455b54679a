"""A member's own weather comes as a chart and as the same in text, for their eyes alone."""

from datetime import date, timedelta

from matplotlib.figure import Figure

from bot.domain.check_ins import Weather
from bot.domain.history import Day, History
from cogs.history._chart import draw
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.town import fields, labels, opened


async def test_my_weather_is_a_chart_with_alt_text_and_the_same_as_text(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"weather": ["rain", "fog"], "energy": ["low"], "note": "not in a picture"})
    house.clock.step(timedelta(days=1))
    shown = (await ada.command("history", house.channel, weeks=2)).message
    assert shown.ephemeral
    [picture] = shown.attachments
    assert picture["filename"] == "my-weather.png"
    alt = picture["description"]
    assert "1 day noted, 1 day of rest. Weather: Rain 1 time, Fog 1 time. Energy: Low" in alt
    said = text_of(shown)
    assert "Rain, Fog · energy low" in said
    assert "was anything different on them?" in said
    assert "not in a picture" not in said
    assert labels(shown) == ["4 weeks", "12 weeks", "26 weeks", "Share from this"]
    house.clock.step(timedelta(days=20))
    await ada.press(shown, "12 weeks")
    longer = ada.messages(house.channel)[-1]
    assert "1 day noted, 21 days of rest" in longer.attachments[0]["description"]
    form = await ada.press(shown, "Share from this")
    assert "words" in fields(form.modal)


async def test_without_entries_nothing_is_drawn_and_strangers_are_offered_to_join(house: House) -> None:
    _, ada, _ = await opened(house)
    shown = (await ada.command("history", house.channel)).message
    assert "Nothing is noted" in text_of(shown)
    assert not shown.attachments
    stranger = house.member("Cleo")
    assert labels((await stranger.command("history", house.channel)).message) == ["Join"]


def test_a_first_day_leaves_room_for_a_week() -> None:
    day = Day(date=date(2026, 11, 28), weather=(Weather.RAIN,))
    figure = Figure()
    draw(figure, History((day,), ()), CONTENT)
    low, high = figure.axes[-1].get_xlim()
    assert high - low == 7
