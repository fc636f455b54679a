"""The world's own clock: however far from the machine's, the real client and the page go along with it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from sandbox.snowflakes import Snowflakes, made_at
from tests.clocks import SteppedClock
from tests.sandbox.test_page_socket import line
from tests.sandbox.town import a_town

START = datetime(2031, 3, 28, 9, 0, tzinfo=UTC)  # far ahead of any machine that runs this
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(START)


def test_ids_rise_while_the_clock_stands_and_when_it_falls_back(clock: SteppedClock) -> None:
    ids = Snowflakes(clock.now)
    made = [int(ids.next()) for _ in range(3)]
    clock.step(-DAY)
    made += [int(ids.next()) for _ in range(3)]
    assert made == sorted(set(made))
    clock.step(2 * DAY)
    assert made_at(ids.next()) == START + DAY


async def test_the_real_client_reads_and_searches_a_history_by_the_worlds_dates(clock: SteppedClock) -> None:
    async with a_town(clock=clock.now) as town, town.bot() as bot:
        channel = bot.get_partial_messageable(int(town.channel.id))
        for number in range(4):
            await channel.send(f"day {number}")
            clock.step(DAY)
        after = START + DAY + timedelta(minutes=1)
        found = [message async for message in channel.history(after=after)]
        assert [message.content for message in found] == ["day 2", "day 3"]
        assert [message.created_at for message in found] == [START + 2 * DAY, START + 3 * DAY]
        edited = await found[0].edit(content="day two")
        assert edited.edited_at == START + 4 * DAY


async def test_a_repeated_nonce_is_the_same_message_though_the_world_went_on_a_day(
    clock: SteppedClock,
) -> None:
    async with a_town(clock=clock.now) as town:
        body = {"content": "once", "nonce": "n", "enforce_nonce": True}
        first = await town.say(body)
        clock.step(DAY)
        assert (await town.say(body)).body["id"] == first.body["id"]


async def test_an_interaction_lasts_by_the_machines_clock_alone(clock: SteppedClock) -> None:
    async with a_town(clock=clock.now) as town, town.bot() as bot:
        await bot.register({"name": "wait"})

        async def answer(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.defer(ephemeral=True)
            clock.step(DAY)
            assert not interaction.is_expired()
            await interaction.followup.send("a day later", ephemeral=True)

        bot.answer = answer
        outcome = await town.owner.command("wait", town.channel)
        await outcome.settled(5)
        assert outcome.message is not None
        assert outcome.message.content == "a day later"


async def test_the_page_is_told_the_worlds_time_only_where_it_is_another(clock: SteppedClock) -> None:
    async with a_town(clock=clock.now) as town, line(town, town.owner) as hers:
        assert datetime.fromisoformat((await hers.push("TIME"))["now"]) == START
        clock.step(DAY)
        await town.say({"content": "tomorrow"})
        assert datetime.fromisoformat((await hers.push("TIME"))["now"]) == START + DAY
    async with a_town() as town, line(town, town.owner) as hers:
        await town.say({"content": "now"})
        await hers.ask("hello")
        assert {frame["t"] for frame in hers.pushed} == {"BOT", "MESSAGE_CREATE"}
