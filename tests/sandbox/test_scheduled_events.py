"""Scheduled events: who may make them, what they must say, how they begin and end by themselves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from sandbox.permissions import Permission
from tests.sandbox.town import Town, a_town

START = datetime(2030, 1, 1, 18, tzinfo=UTC)
EVENT: dict[str, Any] = {
    "name": "Evening circle",
    "privacy_level": 2,
    "entity_type": 3,
    "scheduled_start_time": START.isoformat(),
    "scheduled_end_time": (START + timedelta(hours=1)).isoformat(),
    "entity_metadata": {"location": "The usual room"},
}


def path(town: Town, event: str = "") -> str:
    return f"/guilds/{town.guild.id}/scheduled-events{event and '/' + event}"


def voice(town: Town) -> dict[str, Any]:
    channel = town.guild.add_voice_channel("Parlour")
    return {**EVENT, "entity_type": 2, "entity_metadata": None, "channel_id": channel.id}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"privacy_level": 1}, "privacy_level"),
        ({"description": "x" * 1001}, "description"),
        ({"entity_type": 9}, "entity_type"),
        ({"scheduled_start_time": "soon"}, "scheduled_start_time"),
        ({"scheduled_start_time": "2020-01-01T18:00:00+00:00"}, "scheduled_start_time"),
        ({"scheduled_end_time": START.isoformat()}, "scheduled_end_time"),
        ({"scheduled_end_time": None}, "scheduled_end_time"),
        ({"entity_metadata": None}, "entity_metadata"),
        ({"entity_metadata": {"location": "x" * 101}}, "entity_metadata"),
        ({"entity_type": 2, "entity_metadata": None}, "channel_id"),
        ({"entity_type": 2, "channel_id": "1"}, "channel_id"),
        ({"channel_id": "1"}, "channel_id"),
    ],
)
async def test_an_event_that_discord_would_refuse_is_refused_with_the_path_of_the_fault(
    town: Town, changes: dict[str, Any], fault: str
) -> None:
    reply = await town.ask("POST", path(town), EVENT | changes)
    assert (reply.status, reply.body["code"]) == (400, 50035)
    assert list(reply.body["errors"]) == [fault]
    assert (await town.ask("GET", path(town))).body == []


async def test_a_voice_event_needs_a_voice_channel_that_the_bot_may_enter(town: Town) -> None:
    text = EVENT | {"entity_type": 2, "entity_metadata": None, "channel_id": town.channel.id}
    assert (await town.ask("POST", path(town), text)).status == 400
    event = voice(town)
    assert (await town.ask("POST", path(town), event)).status == 200
    town.guild.channels[event["channel_id"]].overwrite(town.application.bot, deny=int(Permission.CONNECT))
    refused = await town.ask("POST", path(town), event)
    assert (refused.status, refused.body["code"]) == (403, 50013)


async def test_managing_events_makes_none_and_creating_them_changes_no_one_elses(town: Town) -> None:
    made = await town.ask("POST", path(town), EVENT)
    role = town.guild.add_role("Manager", permissions=int(Permission.MANAGE_EVENTS))
    town.guild.set_roles(town.application.bot, [role])
    refused = await town.ask("POST", path(town), EVENT)
    assert (refused.status, refused.body["code"]) == (403, 50013)
    one = path(town, made.body["id"])
    assert (await town.ask("PATCH", one, {"name": "Renamed"})).body["name"] == "Renamed"
    town.guild.events[made.body["id"]]["creator_id"] = town.owner.id
    town.guild.set_roles(
        town.application.bot, [town.guild.add_role("Maker", permissions=int(Permission.CREATE_EVENTS))]
    )
    assert (await town.ask("DELETE", one)).status == 403
    town.guild.events[made.body["id"]]["creator_id"] = town.application.id
    assert (await town.ask("DELETE", one)).status == 204
    assert (await town.ask("DELETE", one)).body["code"] == 10070


async def test_an_event_elsewhere_begins_and_ends_by_itself() -> None:
    now = START - timedelta(minutes=1)
    async with a_town(clock=lambda: now) as town:
        await town.ask("POST", path(town), EVENT)
        seen = []
        for _ in range(3):
            seen.append([each["status"] for each in (await town.ask("GET", path(town))).body])
            now += timedelta(minutes=45)
        assert seen == [[1], [2], []]


async def test_events_and_voice_channels_outlive_the_sandbox(tmp_path: Any) -> None:
    async with a_town(data=tmp_path) as town:
        made = (await town.ask("POST", path(town), voice(town))).body
    async with a_town(data=tmp_path) as town:
        assert (await town.ask("GET", path(town))).body == [made]
        assert town.guild.channels[made["channel_id"]].json()["type"] == 2


async def test_the_real_client_makes_changes_and_removes_both_kinds(town: Town) -> None:
    channel = town.guild.add_voice_channel("Parlour")
    given: dict[str, Any] = {
        "name": "Evening",
        "start_time": START,
        "end_time": START + timedelta(hours=1),
        "privacy_level": discord.PrivacyLevel.guild_only,
    }
    async with town.bot() as bot:
        guild = bot.get_guild(int(town.guild.id))
        assert guild is not None
        event = await guild.create_scheduled_event(
            entity_type=discord.EntityType.external, location="The mill", **given
        )
        assert (event.location, event.status) == ("The mill", discord.EventStatus.scheduled)
        moved = await event.edit(
            entity_type=discord.EntityType.voice,
            channel=discord.Object(int(channel.id), type=discord.VoiceChannel),
        )
        assert (moved.channel_id, moved.location) == (int(channel.id), None)
        back = await moved.edit(
            entity_type=discord.EntityType.external, location="The mill", end_time=given["end_time"]
        )
        assert (back.channel_id, back.location) == (None, "The mill")
        await back.delete()
        assert await guild.fetch_scheduled_events() == []
