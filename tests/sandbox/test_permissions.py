"""Who may do what where: computed from roles and overwrites, as Discord does it."""

from typing import Any

import aiohttp
import pytest

from sandbox.permissions import Permission
from sandbox.refusals import Refused
from tests.sandbox.town import Town


def denied(town: Town, permission: Permission) -> None:
    town.channel.overwrite(town.application.bot, deny=int(permission))


@pytest.mark.parametrize(
    ("permission", "body"),
    [
        (Permission.SEND_MESSAGES, {"content": "x"}),
        (Permission.EMBED_LINKS, {"embeds": [{"title": "x"}]}),
    ],
)
async def test_what_is_denied_in_a_channel_is_refused_with_50013(
    town: Town, permission: Permission, body: dict[str, Any]
) -> None:
    assert (await town.say(body)).status == 200
    denied(town, permission)
    reply = await town.say(body)
    assert (reply.status, reply.body["code"]) == (403, 50013)


async def test_files_need_their_permission(town: Town) -> None:
    path = f"/channels/{town.channel.id}/messages"
    assert (await town.ask("POST", path, form=_file())).status == 200
    denied(town, Permission.ATTACH_FILES)
    reply = await town.ask("POST", path, form=_file())
    assert (reply.status, reply.body["code"]) == (403, 50013)


def _file() -> Any:
    form = aiohttp.FormData()
    form.add_field("files[0]", b"x", filename="x.txt")
    return form


async def test_a_channel_that_cannot_be_seen_is_refused_with_50001(town: Town) -> None:
    hidden = town.guild.add_text_channel("backroom", private_to=[])
    for method, path in [("GET", ""), ("GET", "/messages"), ("POST", "/messages")]:
        reply = await town.ask(method, f"/channels/{hidden.id}{path}", {"content": "x"})
        assert (reply.status, reply.body["code"]) == (403, 50001), path


async def test_what_does_not_exist_is_unknown(town: Town) -> None:
    cases = [
        ("GET", "/channels/1234567", 10003),
        ("GET", "/guilds/1234567", 10004),
        ("PUT", f"/channels/{town.channel.id}/messages/pins/1234567", 10008),
        ("GET", f"/channels/{town.channel.id}/messages/1234567", 10008),
        ("GET", f"/guilds/{town.guild.id}/members/1234567", 10007),
        ("GET", "/users/1234567", 10013),
    ]
    for method, path, code in cases:
        reply = await town.ask(method, path)
        assert (reply.status, reply.body["code"]) == (404, code), path


async def test_a_server_that_the_bot_is_not_in_is_closed_to_it(town: Town) -> None:
    other = town.sandbox.world.add_guild("Elsewhere", owner=town.owner.user)
    reply = await town.ask("GET", f"/guilds/{other.id}/roles")
    assert (reply.status, reply.body["code"]) == (403, 50001)


async def test_without_history_no_old_message_is_given(town: Town) -> None:
    sent = await town.say({"content": "x"})
    denied(town, Permission.READ_MESSAGE_HISTORY)
    listed = await town.ask("GET", f"/channels/{town.channel.id}/messages")
    assert (listed.status, listed.body) == (200, [])
    one = await town.ask("GET", f"/channels/{town.channel.id}/messages/{sent.body['id']}")
    assert (one.status, one.body["code"]) == (403, 50013)


async def test_anothers_message_is_deleted_only_with_permission_and_never_edited(town: Town) -> None:
    maya = town.member("Maya")
    message = await maya.send(town.channel, "Mine")
    path = f"/channels/{town.channel.id}/messages/{message.id}"
    edited = await town.ask("PATCH", path, {"content": "Yours"})
    assert (edited.status, edited.body["code"]) == (403, 50005)
    denied(town, Permission.MANAGE_MESSAGES)
    refused = await town.ask("DELETE", path)
    assert (refused.status, refused.body["code"]) == (403, 50013)
    town.channel.overwrite(town.application.bot, allow=int(Permission.MANAGE_MESSAGES))
    assert (await town.ask("DELETE", path)).status == 204


async def test_pins_need_their_permission(town: Town) -> None:
    sent = await town.say({"content": "x"})
    path = f"/channels/{town.channel.id}/messages/pins/{sent.body['id']}"
    denied(town, Permission.PIN_MESSAGES)
    refused = await town.ask("PUT", path)
    assert (refused.status, refused.body["code"]) == (403, 50013)
    town.channel.overwrite(town.application.bot, allow=int(Permission.PIN_MESSAGES))
    assert (await town.ask("PUT", path)).status == 204


async def test_a_roles_overwrite_yields_to_a_members_own(town: Town) -> None:
    role = town.guild.add_role("Quiet")
    maya = town.member("Maya", role)
    town.channel.overwrite(role, deny=int(Permission.SEND_MESSAGES))
    assert not town.sandbox.world.permissions_in(maya.user, town.channel) & Permission.SEND_MESSAGES
    town.channel.overwrite(maya.user, allow=int(Permission.SEND_MESSAGES))
    assert town.sandbox.world.permissions_in(maya.user, town.channel) & Permission.SEND_MESSAGES


async def test_administrators_pass_every_overwrite(town: Town) -> None:
    role = town.guild.add_role("Admin", permissions=int(Permission.ADMINISTRATOR))
    maya = town.member("Maya", role)
    hidden = town.guild.add_text_channel("backroom", private_to=[])
    assert town.sandbox.world.sees(maya.user, hidden)


async def test_hands_refuse_a_command_that_its_person_may_not_use(town: Town) -> None:
    maya = town.member("Maya")
    async with town.bot() as bot:
        await bot.register(
            {"name": "circle", "default_member_permissions": str(int(Permission.MANAGE_GUILD))}
        )
        bot.answer = lambda interaction: interaction.response.send_message("Yes")
        with pytest.raises(Refused):
            await maya.command("circle", town.channel)
        assert (await town.owner.command("circle", town.channel)).message.content == "Yes"


async def test_a_scheduled_event_needs_its_permission(town: Town) -> None:
    event = {
        "name": "Evening circle",
        "privacy_level": 2,
        "entity_type": 3,
        "scheduled_start_time": "2030-01-01T18:00:00+00:00",
        "scheduled_end_time": "2030-01-01T19:00:00+00:00",
        "entity_metadata": {"location": "The usual room"},
    }
    path = f"/guilds/{town.guild.id}/scheduled-events"
    made = await town.ask("POST", path, event)
    assert made.status == 200
    assert [each["id"] for each in (await town.ask("GET", path)).body] == [made.body["id"]]
    town.guild.set_roles(town.application.bot, [])
    refused = await town.ask("POST", path, event)
    assert (refused.status, refused.body["code"]) == (403, 50013)
