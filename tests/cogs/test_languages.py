"""Members read Trellis in their own language; what all read, and who facilitates, in the circle's."""

import asyncio
import re
from typing import Any

import pytest

from bot import content
from bot.domain.languages import Language
from bot.domain.members import Scope
from cogs import charts, speech
from cogs.circles import _look as circle_look
from tests.cogs.house import CONTENT, House, text_of
from tests.cogs.test_grounding import time_passes
from tests.cogs.test_guard import guarded, met
from tests.cogs.test_sync import puts
from tests.cogs.town import components, joined, labels

SPANISH, GERMAN = content.in_language(Language.ES), content.in_language(Language.DE)
ALL = [scope.value for scope in Scope]


async def joined_in(house: House, locale: str, name: str) -> Any:
    """A member whose Discord is in that language."""
    person = house.member(name)
    person.speaks(locale)
    outcome = await person.command("join", house.channel)
    await person.submit(outcome.modal, {"consents": ALL})
    return person


async def test_a_press_is_answered_in_its_presser_s_language_whatever_the_post_s(house: House) -> None:
    circle = await house.circle(name="North")
    ada, rosa = await joined(house, circle), await joined_in(house, "es-419", "Rosa")
    post = await house.post()
    assert "Answer privately" in labels(post)
    english = await ada.select(post, ["rain"], placeholder="Today's weather")
    spanish = await rosa.select(post, ["rain"], placeholder="Today's weather")
    assert CONTENT.texts["ci-r-02"] in text_of(english.message)
    assert SPANISH.texts["ci-r-02"] in text_of(spanish.message)
    assert "**Lluvia**" in text_of(spanish.message)
    form = await rosa.press(post, "Answer privately")
    assert SPANISH.texts["sc-energy"][:40] in str(form.modal.components)


async def test_posts_and_what_facilitators_are_told_are_in_the_circle_s_language(house: House) -> None:
    house.facilitator.speaks("de")
    circle = await house.circle(name="Nord")
    assert circle.settings.language is Language.DE
    [welcome] = house.messages(house.facilitator)
    assert "Beitreten" in labels(welcome)
    ada = await joined(house, circle)
    post = await house.post()
    assert labels(post)[0] == GERMAN.buttons["ci-b-private"]
    asked = await ada.press(post, GERMAN.buttons["ci-b-person"])
    assert "facilitator" in text_of(asked.message)
    await house.tick()
    [alert] = house.messages(house.facilitator, house.backroom)
    assert "Ich kümmere mich darum" in labels(alert)


async def test_a_post_s_own_words_are_the_circle_s_and_what_is_looked_at_ahead_its_reader_s(
    house: House,
) -> None:
    house.facilitator.speaks("de")
    await house.circle(name="Nord")
    house.facilitator.speaks("es-ES")
    said = text_of(await house.post())
    assert any(prompt.text in said for prompt in GERMAN.prompts.values())
    await house.facilitator.command("theme plan", house.backroom, start=str(house.clock.now().date()))
    ahead = text_of((await house.facilitator.command("theme preview", house.backroom)).message)
    assert SPANISH.themes[0].title in ahead
    assert GERMAN.themes[0].title not in ahead


async def test_what_all_are_told_of_a_pause_is_in_the_circle_s_language(house: House) -> None:
    house.facilitator.speaks("es-ES")
    circle = await house.circle(name="Norte")
    house.facilitator.speaks("de")
    paused = await house.facilitator.command("circle pause", house.channel)
    await paused.settled(3)
    with speech.speaking(Language.ES):
        assert text_of(house.messages(house.facilitator)[-1]) == circle_look.paused(circle)
    assert "Pause" in text_of(paused.message)


async def test_what_the_guard_shows_an_author_is_in_the_circle_s_language(
    house: House,
) -> None:
    house.facilitator.speaks("de")
    circle = await house.circle(name="Nord")
    house.facilitator.speaks("en-GB")
    ada = await joined(house, circle)
    await guarded(house)
    assert await met(house, ada) in {group.shown for group in GERMAN.guard.groups}


async def test_a_circle_s_language_can_be_changed_and_its_posts_follow(house: House) -> None:
    await house.circle(name="North")
    changed = await house.facilitator.command("circle settings", house.channel, language="es")
    assert "Español" in text_of(changed.message)
    post = await house.post()
    assert labels(post)[0] == SPANISH.buttons["ci-b-private"]


async def test_a_letter_is_in_the_language_that_its_reader_s_discord_spoke(house: House) -> None:
    circle = await house.circle(name="North")
    rosa = await joined_in(house, "es-ES", "Rosa")
    post = await house.post()
    form = await rosa.press(post, "Share in the channel")
    await rosa.submit(form.modal, {"words": "Demasiado largo."})
    queue = (await house.facilitator.command("review", house.backroom)).message
    form = await house.facilitator.press(queue, "Decline")
    await house.facilitator.submit(form.modal, {"reason": "Nombra a una persona."})
    await house.tick()
    assert circle.settings.language is Language.EN
    [letter] = rosa.dms(house.application)
    said = text_of(letter) + " ".join(labels(letter))
    assert "para ti" in said
    assert not re.search(r"\b(your|the|you|it)\b", said, re.IGNORECASE), said


async def test_an_exercise_goes_on_in_the_language_of_whoever_does_it(house: House) -> None:
    rosa = house.member("Rosa")
    rosa.speaks("es-ES")
    channel = house.sandbox.world.dm(rosa.user, house.application.bot)
    await (await rosa.command("ground", channel, exercise="gr-08")).settled(3)
    [card] = rosa.dms(house.application)
    assert SPANISH.texts["gr-safe-first"] in text_of(card)
    exercise = next(one for one in SPANISH.exercises if one.id == "gr-08")
    for label in (SPANISH.choices["gr-safe-first"][0], "Empezar", *SPANISH.choices["gr-before"]):
        await rosa.press(card, label)
    while exercise.steps[0].text in text_of(card) or exercise.steps[1].text in text_of(card):
        await rosa.press(card, "Siguiente")  # until one that goes on by itself
    shown = next(n for n, step in enumerate(exercise.steps) if step.text in text_of(card))
    await time_passes(house, (exercise.steps[shown].seconds or 0) + 0.6)
    assert exercise.steps[shown + 1].text in text_of(card)


async def test_a_chart_speaks_its_reader_s_language(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken_there = []
    draw = charts._png

    def watched(*given: Any) -> bytes:
        spoken_there.append(speech.spoken())
        return draw(*given)

    monkeypatch.setattr(charts, "_png", watched)
    await house.circle(name="North")
    rosa = await joined_in(house, "es-ES", "Rosa")
    await rosa.select(await house.post(), ["rain"])
    outcome = await rosa.command("history", house.channel)
    await outcome.settled(8)
    assert spoken_there == [Language.ES]
    [picture] = outcome.message.attachments
    assert "Lluvia" in picture["description"]


@pytest.mark.parametrize(
    ("word", "heard"), [("ayuda", "es"), ("hilfe", "de"), ("ánclame", "es"), ("Erde mich!", "de")]
)
async def test_a_word_in_a_direct_message_is_answered_in_its_own_language(
    house: House, word: str, heard: str
) -> None:
    ada = house.member("Ada")
    await ada.dm(house.application, word)
    async with asyncio.timeout(5):
        while len(ada.dms(house.application)) < 2:  # noqa: ASYNC110 - the sandbox tells nobody of this
            await asyncio.sleep(0.02)
    said = text_of(ada.dms(house.application)[-1])
    assert re.search(r"\b(número|seguro)\b" if heard == "es" else r"\b(Gefahr|sicher|sicheren)\b", said), said


async def test_commands_say_what_they_do_in_each_language_and_keep_their_names(house: House) -> None:
    listed = {each["name"]: each for each in house.sandbox.world.commands.values()}
    assert set(listed["help-now"]["description_localizations"]) == {"es-ES", "es-419", "de"}
    assert not listed["help-now"]["name_localizations"]
    assert listed["Tell a facilitator"]["name_localizations"]["de"] == "Begleitung Bescheid geben"
    await house.restart()
    assert puts(house) == 1


async def test_help_is_there_in_every_language_with_the_database_away(house: House) -> None:
    await house.circle(name="North", region="DE")
    ada = house.member("Ada")
    for locale, number in (("es-ES", "Si hay peligro"), ("de", "Gefahr")):
        ada.speaks(locale)
        outcome = await ada.command("help-now", house.channel)
        assert "112" in text_of(outcome.message)
        assert number.casefold() in text_of(outcome.message).casefold()


async def test_whether_a_clinician_has_read_the_texts_is_said_in_each_language(house: House) -> None:
    ada = house.member("Ada")
    for locale, draft in (("en-GB", "No clinician has reviewed"), ("es-ES", "borrador"), ("de", "Entwurf")):
        ada.speaks(locale)
        outcome = await ada.command("about", house.channel)
        assert draft.casefold() in text_of(outcome.message).casefold()
    assert components(outcome.message) == []


@pytest.mark.parametrize("language", Language)
async def test_each_word_that_an_answer_names_does_something(house: House, language: Language) -> None:
    ada, named = house.member("Ada"), content.in_language(language).texts["sf-x-dm"]
    words = re.findall(r"[“„]([^”“]+)[”“]", named)
    assert len(words) == 3
    for number, word in enumerate(words, 1):
        await ada.dm(house.application, word)
        async with asyncio.timeout(5):
            while len(ada.dms(house.application)) < 2 * number:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.02)
        assert text_of(ada.dms(house.application)[-1])[:40] != named[:40], word
