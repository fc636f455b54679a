"""Whatever goes wrong with an answer is said in a clear sentence, and no word of it is lost."""

from datetime import timedelta

import pytest

from bot.domain.check_ins import MAX_NOTE, Energy, Weather
from storage.backends import SqliteBackend
from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.town import fields, kept, labels, on, opened


async def test_an_empty_form_keeps_nothing_and_says_so(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    outcome = await ada.submit(form.modal)
    assert "nothing was kept" in text_of(outcome.message)
    assert await kept(house, ada, post) is None


async def test_an_answer_that_takes_long_is_promised_first_and_then_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ada, post = await opened(house)
    monkeypatch.setattr("cogs.replies.PATIENCE", timedelta(seconds=0.3))
    async with house.trellis.storage.begin():  # the one writer is busy
        outcome = await ada.select(post, ["Rain"])
        assert outcome.state == "thinking"
    await outcome.settled(3)
    assert "**Rain**" in text_of(outcome.message)
    assert outcome.message.ephemeral


async def test_a_note_over_the_limit_comes_back_and_is_shortened(house: House) -> None:
    _, ada, post = await opened(house)
    note = "long words " * 300
    form = await ada.press(post, "Answer privately")
    outcome = await ada.submit(
        form.modal,
        {"weather": ["rain", "storm"], "energy": ["empty"], "note": note, "audience": "facilitators"},
    )
    returned = outcome.message
    assert f"{MAX_NOTE:,}" in text_of(returned)
    assert returned.embeds[0]["description"].strip() == note.strip()
    assert await kept(house, ada, post) is None
    form = await ada.press(returned, "Shorten it")
    asked = fields(form.modal)
    assert asked["note"]["value"].strip() == note.strip()
    assert on(asked["weather"]) == ["rain", "storm"]
    assert on(asked["audience"]) == ["facilitators"]
    await ada.submit(form.modal, {"note": "long words"})
    check_in = await kept(house, ada, post)
    assert check_in is not None
    assert (check_in.answer.note, check_in.answer.energy) == ("long words", Energy.EMPTY)


async def test_yesterday_s_post_is_refused_kindly_and_the_form_s_words_come_back(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    house.clock.step(timedelta(days=1))
    newest = await house.post()
    outcome = await ada.select(post, ["Rain"])
    assert "newer one is up" in text_of(outcome.message)
    assert (await ada.press(outcome.message, "Answer today's")).modal is not None
    assert labels((await ada.press(post, "Answer privately")).message) == ["Answer today's"]
    returned = (await ada.submit(form.modal, {"weather": ["fog"], "note": "typed for long"})).message
    assert returned.embeds[0]["description"] == "typed for long"
    form = await ada.press(returned, "Answer today's")
    await ada.submit(form.modal)
    check_in = await kept(house, ada, newest)
    assert check_in is not None
    assert (check_in.answer.note, check_in.answer.weather) == ("typed for long", (Weather.FOG,))


async def test_words_come_back_even_where_nothing_can_be_kept(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    await house.trellis.storage.close()
    outcome = await ada.submit(form.modal, {"note": "do not lose me"})
    assert outcome.message.embeds[0]["description"] == "do not lose me"
    assert labels(outcome.message) == ["Open the form again"]
    await house.restart()
    again = await ada.press(outcome.message, "Open the form again")
    await ada.submit(again.modal)
    check_in = await kept(house, ada, post)
    assert check_in is not None
    assert check_in.answer.note == "do not lose me"


async def test_where_the_database_takes_nothing_more_that_is_said_and_what_was_written_comes_back(
    house: House,
) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    backend = house.trellis.storage._backend
    assert isinstance(backend, SqliteBackend)
    driver = backend.writer._driver
    driver.execute("PRAGMA query_only = 1")
    outcome = await ada.select(post, ["Rain"])
    assert "this was not kept" in text_of(outcome.message)
    outcome = await ada.submit(form.modal, {"note": "do not lose me"})
    assert "this was not kept" in text_of(outcome.message)
    assert outcome.message.embeds[0]["description"] == "do not lose me"
    driver.execute("PRAGMA query_only = 0")
    assert await kept(house, ada, post) is None
    outcome = await ada.select(post, ["Rain"])
    assert "**Rain**" in text_of(outcome.message)
