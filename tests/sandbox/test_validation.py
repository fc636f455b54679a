"""What is over a documented limit is refused with 50035, and the path names the fault."""

from typing import Any

import pytest

from tests.sandbox.town import Bot, Town

BUTTON = {"type": 2, "style": 1, "label": "Join", "custom_id": "join"}
V2 = 1 << 15


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def buttons(count: int, start: int = 0) -> dict[str, Any]:
    return row(*({**BUTTON, "custom_id": f"join:{start + n}"} for n in range(count)))


def select(**changes: Any) -> dict[str, Any]:
    options = [{"label": "Sun", "value": "sun"}]
    return row({"type": 3, "custom_id": "weather", "options": options, **changes})


def options(count: int) -> list[dict[str, str]]:
    return [{"label": str(n), "value": str(n)} for n in range(count)]


def fault_at(errors: Any, path: str) -> str:
    """The code of the first fault at a dotted path."""
    for part in path.split("."):
        errors = errors[part]
    code: str = errors["_errors"][0]["code"]
    return code


TOO_MUCH: list[tuple[dict[str, Any], str]] = [
    ({"content": "x" * 2001}, "content"),
    ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title"),
    ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description"),
    ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "embeds.0.footer.text"),
    ({"embeds": [{"fields": [{"name": "x" * 257, "value": "x"}]}]}, "embeds.0.fields.0.name"),
    ({"embeds": [{"fields": [{"name": "x", "value": "x" * 1025}]}]}, "embeds.0.fields.0.value"),
    ({"embeds": [{"fields": [{"name": "x", "value": ""}]}]}, "embeds.0.fields.0.value"),
    ({"embeds": [{"fields": [{"name": "x", "value": "x"}] * 26}]}, "embeds.0.fields"),
    ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds"),
    ({"embeds": [{"title": "x"}] * 11}, "embeds"),
    ({"components": [buttons(1, n) for n in range(6)]}, "components"),
    ({"components": [buttons(6)]}, "components.0.components"),
    ({"components": [row()]}, "components.0.components"),
    ({"components": [row(BUTTON), row(BUTTON)]}, "components.1.components.0.custom_id"),
    ({"components": [row({**BUTTON, "custom_id": "x" * 101})]}, "components.0.components.0.custom_id"),
    ({"components": [row({**BUTTON, "label": "x" * 81})]}, "components.0.components.0.label"),
    ({"components": [select(options=options(26))]}, "components.0.components.0.options"),
    ({"components": [select(options=[])]}, "components.0.components.0.options"),
    ({"components": [select(placeholder="x" * 151)]}, "components.0.components.0.placeholder"),
    (
        {"components": [select(options=[{"label": "x" * 101, "value": "x"}])]},
        "components.0.components.0.options.0.label",
    ),
    (
        {"components": [select(options=[*options(1), *options(1)])]},
        "components.0.components.0.options.1.value",
    ),
    ({"components": [{"type": 10, "content": "V2 without its flag"}]}, "components.0.type"),
    ({"flags": V2, "components": [{"type": 10, "content": "x"}] * 41}, "components"),
    ({"flags": V2, "components": [{"type": 10, "content": "x" * 2001}] * 2}, "components"),
    ({"flags": V2, "content": "old", "components": [{"type": 10, "content": "new"}]}, "content"),
    ({"content": "x", "nonce": "x" * 26, "enforce_nonce": True}, "nonce"),
    ({"content": "x", "message_reference": {"message_id": "1234567"}}, "message_reference"),
]


@pytest.mark.parametrize(
    ("body", "path"), TOO_MUCH, ids=[f"{n}-{path}" for n, (_, path) in enumerate(TOO_MUCH)]
)
async def test_a_message_over_a_limit_is_refused_by_its_path(
    town: Town, body: dict[str, Any], path: str
) -> None:
    reply = await town.say(body)
    assert (reply.status, reply.body["code"]) == (400, 50035)
    assert reply.body["message"] == "Invalid Form Body"
    assert fault_at(reply.body["errors"], path)
    assert town.sandbox.world.messages(town.channel) == []


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2000},
        {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3000}]},
        {"components": [buttons(5, 5 * n) for n in range(5)]},
        {"components": [select(options=options(25))]},
        {"flags": V2, "components": [{"type": 10, "content": "x" * 100}] * 40},
    ],
)
async def test_a_message_at_its_limit_stands(town: Town, body: dict[str, Any]) -> None:
    assert (await town.say(body)).status == 200


@pytest.mark.parametrize("content", ["", "  \n "])
async def test_an_empty_message_is_refused_with_50006(town: Town, content: str) -> None:
    reply = await town.say({"content": content})
    assert (reply.status, reply.body["code"]) == (400, 50006)


@pytest.mark.parametrize("content", [["x"], {"a": 1}, True])
async def test_content_of_a_wrong_type_is_refused_and_breaks_nothing(town: Town, content: Any) -> None:
    reply = await town.say({"content": content})
    assert (reply.status, reply.body["code"]) == (400, 50035)


async def test_a_body_that_is_no_json_is_refused(town: Town) -> None:
    path = f"{town.sandbox.api_url}/channels/{town.channel.id}/messages"
    headers = {"Authorization": f"Bot {town.application.token}", "Content-Type": "application/json"}
    async with town.session.post(path, data=b"{", headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["code"] == 50109


MODAL = {
    "title": "A form",
    "custom_id": "form",
    "components": [{"type": 18, "label": "Note", "component": {"type": 4, "style": 1, "custom_id": "note"}}],
}
WRONG_MODALS: list[tuple[dict[str, Any], str]] = [
    ({"title": "x" * 46}, "data.title"),
    ({"custom_id": "x" * 101}, "data.custom_id"),
    ({"components": []}, "data.components"),
    ({"components": [{**MODAL["components"][0], "label": "x" * 46}]}, "data.components.0.label"),  # type: ignore[dict-item]
    ({"components": MODAL["components"] * 2}, "data.components.1.component.custom_id"),  # type: ignore[operator]
]


@pytest.mark.parametrize(("changes", "path"), WRONG_MODALS, ids=[path for _, path in WRONG_MODALS])
async def test_a_form_over_a_limit_is_refused_by_its_path(
    town: Town, changes: dict[str, Any], path: str
) -> None:
    replies: list[Any] = []

    async def answer(interaction: Any) -> None:
        callback = f"/interactions/{interaction.id}/{interaction.token}/callback"
        replies.append(await town.ask("POST", callback, {"type": 9, "data": {**MODAL, **changes}}))
        await town.ask("POST", callback, {"type": 4, "data": {"content": "Sorry"}})

    async with town.bot() as bot:
        await bot.register({"name": "form"})
        bot.answer = answer
        outcome = await town.member("Maya").command("form", town.channel)
    assert (replies[0].status, replies[0].body["code"]) == (400, 50035)
    assert fault_at(replies[0].body["errors"], path)
    assert outcome.message.content == "Sorry"  # a refused answer leaves the interaction open


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ({"name": "Check In", "description": "x"}, "name"),
        ({"name": "x" * 33, "description": "x"}, "name"),
        ({"name": "about", "description": ""}, "description"),
        ({"name": "about", "description": "x" * 101}, "description"),
        (
            {
                "name": "about",
                "description": "x",
                "options": [{"type": 3, "name": "A B", "description": "x"}],
            },
            "options.0.name",
        ),
    ],
)
async def test_a_command_against_the_rules_is_refused(town: Town, command: Any, path: str) -> None:
    reply = await town.ask("POST", f"/applications/{town.application.id}/commands", command)
    assert (reply.status, reply.body["code"]) == (400, 50035)
    assert fault_at(reply.body["errors"], path)


async def test_in_a_bulk_overwrite_the_number_of_the_command_leads_the_path(town: Town) -> None:
    commands = [{"name": "good", "description": "x"}, {"name": "Not Good", "description": "x"}]
    path = f"/applications/{town.application.id}/commands"
    reply = await town.ask("PUT", path, commands)
    assert fault_at(reply.body["errors"], "1.name")
    assert (await town.ask("GET", path)).body == []


async def test_two_commands_of_one_name_are_refused(town: Town) -> None:
    commands = [{"name": "about", "description": "x"}, {"name": "about", "description": "y"}]
    reply = await town.ask("PUT", f"/applications/{town.application.id}/commands", commands)
    assert fault_at(reply.body["errors"], "1.name") == "APPLICATION_COMMANDS_DUPLICATE_NAME"


async def test_an_answer_over_a_limit_is_refused_by_its_path_within_the_data(town: Town) -> None:
    replies: list[Any] = []

    async def answer(interaction: Any) -> None:
        callback = f"/interactions/{interaction.id}/{interaction.token}/callback"
        replies.append(await town.ask("POST", callback, {"type": 4, "data": {"content": "x" * 2001}}))
        await interaction.response.send_message("Shorter")

    async with town.bot() as bot:
        await bot.register({"name": "about"})
        bot.answer = answer
        outcome = await town.member("Maya").command("about", town.channel)
    assert fault_at(replies[0].body["errors"], "data.content") == "BASE_TYPE_MAX_LENGTH"
    assert outcome.message.content == "Shorter"


async def test_more_choices_than_25_are_refused(town: Town) -> None:
    replies: list[Any] = []

    async def answer(interaction: Any) -> None:
        choices = [{"name": str(n), "value": str(n)} for n in range(26)]
        callback = f"/interactions/{interaction.id}/{interaction.token}/callback"
        replies.append(await town.ask("POST", callback, {"type": 8, "data": {"choices": choices}}))
        await town.ask("POST", callback, {"type": 8, "data": {"choices": choices[:25]}})

    option = {"type": 3, "name": "zone", "description": "Where", "autocomplete": True}
    async with town.bot() as bot:
        await registered(bot, option)
        bot.answer = answer
        choices = await town.member("Maya").autocomplete("about", town.channel, focused="zone", zone="B")
    assert fault_at(replies[0].body["errors"], "data.choices")
    assert len(choices) == 25


async def registered(bot: Bot, option: dict[str, Any]) -> None:
    await bot.register({"name": "about", "options": [option]})
