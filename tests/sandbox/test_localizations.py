"""Commands in several languages: kept as given, listed as Discord lists them, and refused by its rules."""

from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.test_validation import fault_at
from tests.sandbox.town import Reply, Town, a_town

CHOICE = {"name": "Sun", "name_localizations": {"es-ES": "Sol", "hi": "धूप"}, "value": "sun"}
OPTION = {
    "type": 3,
    "name": "sky",
    "name_localizations": {"es-ES": "cielo"},
    "description": "What you see",
    "description_localizations": {"es-ES": "Lo que ves", "de": "Was du siehst"},
    "choices": [CHOICE],
}
COMMAND = {
    "name": "weather",
    "name_localizations": {"es-ES": "tiempo", "th": "สภาพอากาศ", "hi": "मौसम-की-स्थिति"},
    "description": "How it is",
    "description_localizations": {"es-ES": "Cómo está", "en-US": "How it's"},
    "options": [OPTION],
}
MENU = {"type": 3, "name": "Tell someone", "name_localizations": {"es-ES": "Avisar a Alguien"}}


async def put(town: Town, *commands: dict[str, Any]) -> Reply:
    return await town.ask("PUT", f"/applications/{town.application.id}/commands", list(commands))


async def listed(town: Town, query: str = "", **headers: str) -> Any:
    """What a bot is listed of its commands."""
    address = f"{town.sandbox.api_url}/applications/{town.application.id}/commands{query}"
    headers["Authorization"] = f"Bot {town.application.token}"
    async with town.session.get(address, headers=headers) as response:
        assert response.status == 200
        return await response.json()


def given(node: Any, kept: Any) -> bool:
    """Whether all that was given stands in what was kept."""
    if isinstance(node, dict):
        return all(given(value, kept.get(name)) for name, value in node.items())
    if isinstance(node, list):
        return len(node) == len(kept) and all(map(given, node, kept))
    return bool(node == kept)


async def test_all_words_come_back_where_they_are_put_shown_or_asked_for(town: Town) -> None:
    path = f"/applications/{town.application.id}/commands"
    put_ = await put(town, COMMAND, MENU)
    assert given([COMMAND, MENU], put_.body)
    posted = await town.ask("POST", path, {**COMMAND, "name": "again"})
    assert given({**COMMAND, "name": "again"}, posted.body)
    shown = await town.ask("GET", f"{path}/{put_.body[0]['id']}")
    assert shown.body == put_.body[0]
    for yes in ("true", "True", "1"):
        assert await listed(town, f"?with_localizations={yes}") == [*put_.body, posted.body]
    changed = await town.ask("PATCH", f"{path}/{posted.body['id']}", {"name_localizations": {"fr": "météo"}})
    assert changed.body["name_localizations"] == {"fr": "météo"}


@pytest.mark.parametrize("query", ["", "?with_localizations=false", "?with_localizations=0"])
async def test_a_list_leaves_them_out_and_has_the_words_of_the_askers_language(
    town: Town, query: str
) -> None:
    await put(town, COMMAND, MENU)
    weather, menu = await listed(town, query, **{"X-Discord-Locale": "es-ES", "Accept-Language": "de"})
    option, choice = weather["options"][0], weather["options"][0]["choices"][0]
    for node in (weather, menu, option, choice):
        assert not [field for field in node if field.endswith("_localizations")]
    assert (weather["name"], weather["name_localized"]) == ("weather", "tiempo")
    assert weather["description_localized"] == "Cómo está"
    assert (option["name_localized"], option["description_localized"]) == ("cielo", "Lo que ves")
    assert choice == {"name": "Sun", "name_localized": "Sol", "value": "sun"}
    assert menu["name_localized"] == "Avisar a Alguien"


async def test_the_language_is_that_of_the_headers_then_the_bots_own_then_a_near_one(town: Town) -> None:
    await put(town, COMMAND)
    (german,) = await listed(town, **{"Accept-Language": "xx, de;q=0.8, es-ES;q=0.5"})
    assert german["options"][0]["description_localized"] == "Was du siehst"
    assert "name_localized" not in german["options"][0]
    (own,) = await listed(town)
    assert own["description_localized"] == "How it's"  # en-GB falls back to en-US
    assert "name_localized" not in own
    (near,) = await listed(town, **{"X-Discord-Locale": "es-419"})
    assert near["name_localized"] == "tiempo"


async def test_a_word_that_is_the_same_in_another_language_is_not_said_twice(town: Town) -> None:
    await put(town, {**COMMAND, "name_localizations": {"de": "weather"}})
    (command,) = await listed(town, **{"X-Discord-Locale": "de"})
    assert "name_localized" not in command


async def test_whether_to_list_them_is_yes_or_no(town: Town) -> None:
    path = f"/applications/{town.application.id}/commands?with_localizations=perhaps"
    reply = await town.ask("GET", path)
    assert (reply.status, reply.body["code"]) == (400, 50035)
    assert fault_at(reply.body["errors"], "with_localizations")


async def test_all_words_are_found_again_after_a_restart(tmp_path: Path) -> None:
    async with a_town(data=tmp_path) as town:
        await put(town, COMMAND)
    async with a_town(data=tmp_path) as again:
        assert given([COMMAND], await listed(again, "?with_localizations=true"))


async def test_a_run_command_comes_to_the_bot_under_its_own_names(town: Town) -> None:
    seen: list[Any] = []

    async def answer(interaction: Any) -> None:
        seen.append(interaction.data)
        await interaction.response.send_message("Sunny")

    ines = town.member("Ines", locale="es-ES")
    async with town.bot() as bot:
        await bot.register(COMMAND)
        bot.answer = answer
        await ines.command("weather", town.channel, sky="sun")
    assert seen[0]["name"] == "weather"
    assert seen[0]["options"] == [{"name": "sky", "type": 3, "value": "sun"}]


OWN, FIRST = "name_localizations", "options.0.name_localizations"
INVALID, TAKEN = "APPLICATION_COMMAND_INVALID_NAME", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID"
OTHER = {"type": 3, "name": "other", "description": "x"}
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({OWN: {"es": "tiempo"}}, f"{OWN}.es", "BASE_TYPE_CHOICES"),
    ({OWN: {"es-ES": "x" * 33}}, f"{OWN}.es-ES", "BASE_TYPE_BAD_LENGTH"),
    ({OWN: {"es-ES": ""}}, f"{OWN}.es-ES", "BASE_TYPE_BAD_LENGTH"),
    ({OWN: {"es-ES": 5}}, f"{OWN}.es-ES", "BASE_TYPE_STRING"),
    ({OWN: ["tiempo"]}, OWN, "DICT_TYPE_CONVERT"),
    ({OWN: {"es-ES": "el tiempo"}}, OWN, INVALID),
    ({OWN: {"ru": "Погода"}}, OWN, INVALID),
    ({OWN: {"de": "wetter\n"}}, OWN, INVALID),
    (
        {"description_localizations": {"de": "x" * 101}},
        "description_localizations.de",
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"options": [{**OPTION, OWN: {"es-ES": "Cielo"}}]}, f"{FIRST}.es-ES", INVALID),
    (
        {"options": [{**OPTION, "description_localizations": {"es-ES": ""}}]},
        "options.0.description_localizations.es-ES",
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"options": [{**OPTION, "choices": [{**CHOICE, OWN: {"es-ES": "x" * 101}}]}]},
        "options.0.choices.0.name_localizations.es-ES",
        "BASE_TYPE_BAD_LENGTH",
    ),
    ({"options": [OPTION, {**OTHER, OWN: {"es-ES": "cielo"}}]}, "options.1", TAKEN),
    ({"options": [OPTION, {**OTHER, OWN: {"fr": "sky"}}]}, "options.1", TAKEN),
    ({"options": [{**OTHER, OWN: {"fr": "sky"}}, OPTION]}, "options.0", TAKEN),
    ({"options": [OTHER, OTHER]}, "options.1", TAKEN),
]


@pytest.mark.parametrize(
    ("changes", "path", "code"), WRONG, ids=[f"{number}-{path}" for number, (_, path, _) in enumerate(WRONG)]
)
async def test_words_against_the_rules_are_refused_by_their_path(
    town: Town, changes: dict[str, Any], path: str, code: str
) -> None:
    reply = await town.ask("POST", f"/applications/{town.application.id}/commands", {**COMMAND, **changes})
    assert (reply.status, reply.body["code"]) == (400, 50035)
    assert fault_at(reply.body["errors"], path) == code
    assert await listed(town) == []


@pytest.mark.parametrize(
    "command",
    [
        {**MENU, "name_localizations": {"es-ES": "Avisar a Quien Facilita"}},
        {**COMMAND, "name_localizations": None, "options": [{**OPTION, "name_localizations": {}}]},
        {**COMMAND, "options": [OPTION, {**OTHER, "name_localizations": {"de": "cielo"}}]},
    ],
    ids=["menus-have-capitals-and-spaces", "none-at-all", "the-same-in-two-languages"],
)
async def test_words_within_the_rules_stand(town: Town, command: dict[str, Any]) -> None:
    assert (await put(town, command)).status == 200


def wide(lengths: dict[str, int], about: int) -> dict[str, Any]:
    """A command of 7982 characters and a description of `about`, its choices' longest names being 100 long.

    `lengths` are those of the choices' names by language, "" being the default.
    """
    words = {locale: "x" * length for locale, length in lengths.items() if locale}
    choice = {"name": "x" * lengths[""], "name_localizations": words, "value": "v"}
    options = [
        {"type": 3, "name": f"o{n:02}", "description": "x", "choices": [choice] * (4 if n < 3 else 3)}
        for n in range(25)
    ]
    about_ = {"description": "x", "description_localizations": {"de": "x" * about}}
    return {"name": "wide", **about_, "options": options}


@pytest.mark.parametrize(
    "lengths",
    [{"": 100, "es-ES": 1, "de": 1}, {"": 1, "es-ES": 100, "de": 99}, {"": 100, "es-ES": 100, "de": 100}],
    ids=["the-default", "a-language", "all-alike"],
)
async def test_of_each_field_the_longest_language_counts_towards_8000_and_no_other(
    town: Town, lengths: dict[str, int]
) -> None:
    assert (await put(town, wide(lengths, 18))).status == 200
    refused = await put(town, wide(lengths, 19))
    assert (refused.status, refused.body["code"]) == (400, 50035)
    assert fault_at(refused.body["errors"], "0._") == "APPLICATION_COMMAND_TOO_LARGE"
