"""Timeouts and slow mode: who sets them, what is left meanwhile, and how they end."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.permissions import Permission
from sandbox.refusals import Refused
from tests.sandbox.town import Town, a_town

MODERATES = 1 << 40


def until(**ahead: float) -> dict[str, Any]:
    return {"communication_disabled_until": (datetime.now(UTC) + timedelta(**ahead)).isoformat()}


async def timed_out(town: Town, name: str = "Maya", **ahead: float) -> Any:
    """Somebody whom the bot has timed out."""
    town.guild.find_role("Ivy").permissions |= MODERATES
    person = town.member(name)
    made = await town.ask(
        "PATCH", f"/guilds/{town.guild.id}/members/{person.id}", until(**ahead or {"hours": 1})
    )
    assert made.status == 200, made.body
    return person


async def test_who_is_timed_out_reads_and_does_nothing_else(town: Town) -> None:
    async with town.bot() as bot:
        await bot.register({"name": "about"})
        bot.answer = lambda interaction: interaction.response.send_message("Yes", ephemeral=False)
        maya = await timed_out(town)
        sent = (await town.say({"content": "x", "components": [BUTTON]})).body
        message = town.channel.messages[sent["id"]]
        assert maya.messages(town.channel)[-1] is message
        for attempt in (
            maya.send(town.channel, "hello"),
            maya.command("about", town.channel),
            maya.press(message, "Press"),
        ):
            with pytest.raises(Refused):
                await attempt
        assert (await maya.command("about", town.sandbox.world.dm(maya.user, town.application.bot))).message
        free = await town.ask(
            "PATCH", f"/guilds/{town.guild.id}/members/{maya.id}", {"communication_disabled_until": None}
        )
        assert free.body["communication_disabled_until"] is None
        await maya.send(town.channel, "hello")


BUTTON = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Press", "custom_id": "x"}]}


async def test_a_timeout_needs_the_permission_a_higher_role_and_28_days_at_most(town: Town) -> None:
    maya = town.member("Maya")
    path = f"/guilds/{town.guild.id}/members/{maya.id}"
    assert (await town.ask("PATCH", path, until(hours=1))).body["code"] == 50013
    town.guild.find_role("Ivy").permissions |= MODERATES
    assert (await town.ask("PATCH", path, until(days=29))).body["code"] == 50035
    assert (await town.ask("PATCH", path, {"communication_disabled_until": "soon"})).body["code"] == 50035
    town.guild.set_roles(maya.user, [town.guild.find_role("Ivy")])  # as high
    assert (await town.ask("PATCH", path, until(hours=1))).body["code"] == 50013
    town.guild.set_roles(maya.user, [town.guild.add_role("Above")])
    assert (await town.ask("PATCH", path, until(hours=1))).body["code"] == 50013
    owner = f"/guilds/{town.guild.id}/members/{town.owner.id}"
    assert (await town.ask("PATCH", owner, until(hours=1))).body["code"] == 50013


async def test_a_timeout_ends_by_itself() -> None:
    now = [datetime.now(UTC)]
    async with a_town(clock=lambda: now[0]) as town:
        maya = await timed_out(town, hours=1)
        with pytest.raises(Refused):
            await maya.send(town.channel, "early")
        now[0] += timedelta(hours=1, seconds=1)
        await maya.send(town.channel, "later")


async def test_a_slow_channel_takes_one_message_a_while_from_each_person_but_not_from_bots() -> None:
    now = [datetime.now(UTC)]
    async with a_town(clock=lambda: now[0]) as town:
        path = f"/channels/{town.channel.id}"
        assert (await town.ask("PATCH", path, {"rate_limit_per_user": 30})).body["code"] == 50013
        town.guild.find_role("Ivy").permissions |= Permission.MANAGE_CHANNELS
        assert (await town.ask("PATCH", path, {"rate_limit_per_user": 21_601})).body["code"] == 50035
        assert (await town.ask("PATCH", path, {"rate_limit_per_user": 30})).body["rate_limit_per_user"] == 30
        maya, noor = town.member("Maya"), town.member("Noor")
        await maya.send(town.channel, "one")
        await noor.send(town.channel, "two")
        with pytest.raises(Refused) as refused:
            await maya.send(town.channel, "three")
        assert (refused.value.code, refused.value.json()["retry_after"]) == (20016, 30)
        await town.owner.send(town.channel, "four")
        await town.owner.send(town.channel, "five")
        now[0] += timedelta(seconds=30)
        await maya.send(town.channel, "six")
        for _ in range(2):
            assert (await town.say({"content": "x"})).status == 200
