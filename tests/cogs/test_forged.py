"""Presses that no client of Discord's would send change nothing, tell nothing, and are answered kindly."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.languages import Language
from cogs.actors import language_for
from tests.cogs.house import PERMISSIONS, House
from tests.cogs.test_circles import text_of
from tests.cogs.town import count_kept, kept, occurrence_of, opened

FORGED: list[dict[str, Any]] = [
    {"component_type": 3, "custom_id": "check-in:weather:999999999999999999", "values": ["rain"]},
    {"component_type": 3, "custom_id": "check-in:weather:99999999999999999999999999", "values": ["rain"]},
    {"component_type": 2, "custom_id": "check-in:answer:424242"},
    {"component_type": 2, "custom_id": "check-in:share:1:424242"},
    {"component_type": 2, "custom_id": "circle:join:424242"},
    {"component_type": 2, "custom_id": "circle:consent:424242:check-ins"},
    {"component_type": 2, "custom_id": "share:approve:424242"},
    {"component_type": 2, "custom_id": "share:withdraw:424242"},
    {"component_type": 2, "custom_id": "check-in:person:424242"},
    {"component_type": 2, "custom_id": "check-in:weather:-1"},
    {"component_type": 2, "custom_id": "meeting:skip:1:20309999"},
    {"component_type": 2, "custom_id": "meeting:remind:1"},
    {"component_type": 2, "custom_id": "meeting:calendar:424242"},
]


def planted(post: Any, press: dict[str, Any]) -> dict[str, Any]:
    """The press, with its component on the message: Discord refuses presses on what is not there."""
    component = {
        "type": press["component_type"],
        "custom_id": press["custom_id"],
        "label": "Press",
        "style": 2,
    }
    if press["component_type"] == 3:
        component = {"type": 3, "custom_id": press["custom_id"], "options": [{"label": "x", "value": "x"}]}
    post.components = [{"type": 1, "id": 1, "components": [{**component, "id": 2}]}]
    return press


@pytest.mark.parametrize("press", FORGED, ids=lambda press: press["custom_id"])
async def test_forged_ids_get_a_kind_refusal(house: House, press: dict[str, Any]) -> None:
    _, ada, post = await opened(house)
    outcome = await ada.forge(house.channel, house.application, 3, planted(post, press), post)
    await outcome.settled(3)
    assert outcome.message.ephemeral
    assert "Something went wrong" not in text_of(outcome.message)
    assert await count_kept(house, ada) == (0, 0)


@pytest.mark.parametrize(
    ("locale", "language"), [(["rain"], Language.EN), (None, Language.EN), ("de", Language.DE)]
)
def test_a_locale_of_a_shape_that_discord_never_sends_is_answered_in_english(
    locale: Any, language: Language
) -> None:
    interaction: Any = SimpleNamespace(locale=SimpleNamespace(value=locale))
    assert language_for(interaction) is language


async def test_another_server_s_circle_is_none_of_theirs(house: House) -> None:
    circle, _, post = await opened(house)
    number = occurrence_of(post)
    stranger = house.sandbox.world.add_user("Mallory")
    elsewhere = house.sandbox.world.add_guild("Elsewhere", owner=stranger)
    elsewhere.invite(house.application, permissions=PERMISSIONS)
    channel = elsewhere.add_text_channel("lobby")
    mallory = house.sandbox.person(stranger.id)
    message = await mallory.send(channel, "mine")
    message.author = house.application.bot
    for custom_id in (
        f"check-in:answer:{number}",
        f"check-in:share:{number}:{circle.id}",
        f"circle:join:{circle.id}",
        f"privacy:consents:{circle.id}",
        f"share:queue:{circle.id}:0",
        f"check-in:person:{number}",
    ):
        press = planted(message, {"component_type": 2, "custom_id": custom_id})
        outcome = await mallory.forge(channel, house.application, 3, press, message)
        await outcome.settled(3)
        said = text_of(outcome.message)
        assert outcome.message.ephemeral
        assert "Something went wrong" not in said
        assert "North" not in said
    forged = {"custom_id": f"circle:joining:{circle.id}", "components": []}
    outcome = await mallory.forge(channel, house.application, 5, forged)
    assert "no circle here" in text_of(outcome.message)


async def test_a_forged_weather_keeps_nothing(house: House) -> None:
    _, ada, post = await opened(house)
    press = {
        "component_type": 3,
        "custom_id": f"check-in:weather:{occurrence_of(post)}",
        "values": ["sunshine"],
    }
    outcome = await ada.forge(house.channel, house.application, 3, press, post)
    assert "nothing was kept" in text_of(outcome.message)
    assert await kept(house, ada, post) is None


async def test_a_press_never_overwrites_what_others_see(house: House) -> None:
    _, ada, post = await opened(house)
    before = text_of(post)
    press = planted(post, {"component_type": 2, "custom_id": "grounding:senses:0"})
    outcome = await ada.forge(house.channel, house.application, 3, press, post)
    assert outcome.message.ephemeral
    assert text_of(post) == before
