"""A member answers with one tap or a form; bad input loses nothing; nobody else sees any of it."""

import pytest

from bot.domain.check_ins import Audience, Energy, Reactivity, Weather
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.town import (
    components,
    count_kept,
    custom_ids,
    fields,
    joined,
    kept,
    labels,
    occurrence_of,
    on,
    opened,
)


async def test_the_post_has_the_labels_of_the_surface(house: House) -> None:
    _, _, post = await opened(house)
    [select] = [each for each in components(post) if each["type"] == 3]
    assert select["placeholder"] == "Today's weather"
    assert [option["label"] for option in select["options"]] == list(CONTENT.weathers.values())
    assert (select.get("min_values", 1), select.get("max_values", 1)) == (1, 1)
    assert labels(post) == [
        "Answer privately",
        "Share in the channel",
        "Something to steady me",
        "I'd like a person",
        "Pass for today",
    ]
    assert "I'm a bot" in str(post.embeds)
    assert f"check-in:weather:{occurrence_of(post)}" in custom_ids(post)


async def test_one_tap_is_a_whole_check_in(house: House) -> None:
    _, ada, post = await opened(house)
    outcome = await ada.select(post, ["Rain"], placeholder="Today's weather")
    assert "just for you" in text_of(outcome.message)
    assert "**Rain**" in text_of(outcome.message)
    assert labels(outcome.message) == ["Add more", "Take it back"]
    check_in = await kept(house, ada, post)
    assert check_in is not None
    assert check_in.answer.weather == (Weather.RAIN,)
    assert check_in.answer.audience is Audience.ME


async def test_a_second_tap_changes_the_answer_and_says_so(house: House) -> None:
    _, ada, post = await opened(house)
    await ada.select(post, ["Rain"])
    outcome = await ada.select(post, ["Clear"])
    assert "Changed" in text_of(outcome.message)
    assert (await count_kept(house, ada)) == (1, 0)
    check_in = await kept(house, ada, post)
    assert check_in is not None
    assert check_in.answer.weather == (Weather.CLEAR,)


async def test_replies_are_seen_by_the_presser_alone(house: House) -> None:
    circle, ada, post = await opened(house)
    ben = await joined(house, circle, "Ben")
    before = len(house.messages(ada))
    for press in (
        ada.select(post, ["Fog"]),
        ada.press(post, "Pass for today"),
        ada.press(post, "I'd like a person"),
    ):
        outcome = await press
        assert outcome.message.ephemeral
        assert outcome.message.id not in [each.id for each in ben.messages(house.channel)]
    assert len(house.messages(ada)) == before
    assert "Ada" not in "".join(text_of(each) for each in house.messages(ben))


async def test_the_form_keeps_all_that_is_said_and_shows_it_again(house: House) -> None:
    _, ada, post = await opened(house)
    outcome = await ada.press(post, "Answer privately")
    asked = fields(outcome.modal)
    assert list(asked) == ["weather", "energy", "reactivity", "note", "audience"]
    assert on(asked["audience"]) == ["me"]
    answer = {
        "weather": ["rain", "fog"],
        "energy": ["low"],
        "reactivity": ["ripples"],
        "note": "Slept badly, called my sister.",
        "audience": "facilitators",
    }
    outcome = await ada.submit(outcome.modal, answer)
    said = text_of(outcome.message)
    assert "facilitators" in said
    assert "**Rain, Fog**" in said
    assert "sister" not in said
    check_in = await kept(house, ada, post)
    assert check_in is not None
    given = check_in.answer
    assert (given.weather, given.energy) == ((Weather.RAIN, Weather.FOG), Energy.LOW)
    assert given.reactivity is Reactivity.RIPPLES
    assert (given.note, given.audience) == (answer["note"], Audience.FACILITATORS)
    asked = fields((await ada.press(post, "Answer privately")).modal)
    assert on(asked["weather"]) == ["rain", "fog"]
    assert asked["note"]["value"] == answer["note"]
    assert on(asked["audience"]) == ["facilitators"]


async def test_a_form_can_take_things_out_again(house: House) -> None:
    _, ada, post = await opened(house)
    first = await ada.press(post, "Answer privately")
    await ada.submit(first.modal, {"weather": ["storm"], "note": "too much"})
    again = await ada.press(post, "Answer privately")
    outcome = await ada.submit(again.modal, {"note": ""})
    assert "Changed" in text_of(outcome.message)
    check_in = await kept(house, ada, post)
    assert check_in is not None
    assert (check_in.answer.weather, check_in.answer.note) == ((Weather.STORM,), "")


async def test_a_tap_leaves_what_the_form_said(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"weather": ["storm"], "note": "too much", "audience": "facilitators"})
    outcome = await ada.select(post, ["Some cloud"])
    check_in = await kept(house, ada, post)
    assert check_in is not None
    assert (check_in.answer.weather, check_in.answer.note) == ((Weather.SOME_CLOUD,), "too much")
    assert check_in.answer.audience is Audience.FACILITATORS
    assert "facilitators" in text_of(outcome.message)


@pytest.mark.parametrize("reactivity", ["waves", "high-seas", "frozen"])
async def test_high_reactivity_is_met_with_an_offer_to_steady(house: House, reactivity: str) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    outcome = await ada.submit(form.modal, {"reactivity": [reactivity]})
    assert CONTENT.texts["sc-reactivity:offer"] in text_of(outcome.message)
    assert labels(outcome.message) == ["Something to steady me", "I'd like a person", "Take it back"]
    outcome = await ada.press(outcome.message, "Something to steady me")
    assert CONTENT.texts["gr-safe-first"] in text_of(outcome.message)


async def test_something_to_steady_offers_outward_kinds_first(house: House) -> None:
    _, _, post = await opened(house)
    stranger = house.member("Cleo")
    offer = (await stranger.press(post, "Something to steady me")).message
    await stranger.press(offer, "Safe enough")
    assert labels(offer) == ["Senses", "Movement", "Thought", "Comfort", "Breath", "Stop"]
    await stranger.press(offer, "Senses")
    assert offer.embeds[0]["title"] == CONTENT.exercises[0].title
    await stranger.select(offer, [CONTENT.exercises[1].title])
    assert offer.embeds[0]["title"] == CONTENT.exercises[1].title
    await stranger.press(offer, "Other kinds")
    assert "Breath" in labels(offer)


async def test_a_wish_for_a_person_reaches_the_facilitators(house: House) -> None:
    _, ada, post = await opened(house)
    outcome = await ada.press(post, "I'd like a person")
    said = text_of(outcome.message)
    assert "no emergency service" in said
    assert CONTENT.texts["sf-lines-fallback"] in said
    note = house.messages(house.facilitator, house.backroom)[-1]
    assert f"<@&{house.role.id}>" in note.content
    assert f"<@{ada.id}> pressed Ask a facilitator" in note.content


async def test_a_stranger_s_wish_for_a_person_names_help_too(house: House) -> None:
    _, _, post = await opened(house)
    outcome = await house.member("Cleo").press(post, "I'd like a person")
    assert "nobody was told" in text_of(outcome.message)
    assert CONTENT.texts["sf-lines-fallback"] in text_of(outcome.message)
    assert labels(outcome.message) == ["Join"]


async def test_a_pass_is_kept_nowhere(house: House) -> None:
    _, ada, post = await opened(house)
    outcome = await ada.press(post, "Pass for today")
    assert text_of(outcome.message) == CONTENT.texts["ci-r-05"]
    assert await count_kept(house, ada) == (0, 0)


async def test_a_stranger_joins_right_there_and_then_it_works(house: House) -> None:
    await house.circle()
    post = await house.post()
    cleo = house.member("Cleo")
    refused = (await cleo.select(post, ["Rain"])).message
    assert "haven't joined" in text_of(refused)
    form = await cleo.press(refused, "Join")
    await cleo.submit(form.modal, {"consents": ["check-ins"]})
    outcome = await cleo.select(post, ["Rain"])
    assert "**Rain**" in text_of(outcome.message)


async def test_a_missing_consent_is_offered_right_there(house: House) -> None:
    circle, _, post = await opened(house)
    ben = await joined(house, circle, "Ben", [])
    refused = (await ben.select(post, ["Rain"])).message
    assert "haven't said yes" in text_of(refused)
    await ben.press(refused, "Yes: Keep my check-ins")
    outcome = await ben.select(post, ["Rain"])
    assert "**Rain**" in text_of(outcome.message)


async def test_checkin_answers_the_day_where_nothing_is_posted(house: House) -> None:
    circle = await house.circle()
    ada = await joined(house, circle)
    form = await ada.command("checkin", house.channel)
    outcome = await ada.submit(form.modal, {"weather": ["grey"]})
    assert "**Grey**" in text_of(outcome.message)
    assert await count_kept(house, ada) == (1, 0)
    form = await ada.command("checkin", house.channel)
    assert on(fields(form.modal)["weather"]) == ["grey"]


async def test_checkin_answers_today_s_post(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.command("checkin", house.channel)
    await ada.submit(form.modal, {"energy": ["full"]})
    check_in = await kept(house, ada, post)
    assert check_in is not None
    assert check_in.answer.energy is Energy.FULL


async def test_a_count_is_shown_from_five_up(house: House) -> None:
    circle, ada, post = await opened(house)
    people = [ada, *[await joined(house, circle, name) for name in ("Ben", "Cleo", "Dan", "Eve")]]
    said = [text_of((await person.select(post, ["Rain"])).message) for person in people]
    assert [("people have answered" in each) for each in said] == [False, False, False, False, True]
    assert "5 people have answered" in said[4]
