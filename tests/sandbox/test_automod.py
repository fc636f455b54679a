"""AutoMod: rules kept over REST, messages kept out, and facilitators' bots told why."""

import json
from typing import Any

import discord
import pytest

from sandbox.refusals import Refused
from tests.sandbox.town import Town, until

INTENTS = discord.Intents(guilds=True, auto_moderation=True, guild_messages=True)


def rule(name: str, *actions: dict[str, Any], words: tuple[str, ...] = ("storm",)) -> dict[str, Any]:
    return {
        "name": name,
        "event_type": 1,
        "trigger_type": 1,
        "trigger_metadata": {"keyword_filter": list(words)},
        "actions": list(actions) or [{"type": 1}],
        "enabled": True,
    }


async def test_a_blocking_rule_keeps_a_message_out_and_tells_the_bot(town: Town) -> None:
    maya = town.member("Maya")
    async with town.bot(INTENTS) as bot:
        guild = bot.get_guild(int(town.guild.id))
        assert guild
        trigger = discord.AutoModTrigger(keyword_filter=["storm"])
        made = await guild.create_automod_rule(
            name="Quiet",
            event_type=discord.AutoModRuleEventType.message_send,
            trigger=trigger,
            actions=[discord.AutoModRuleAction(custom_message="Please say it to a facilitator")],
            enabled=True,
        )
        with pytest.raises(Refused) as refused:
            await maya.send(town.channel, "A Storm is coming")
        assert refused.value.code == 200000
        await maya.send(town.channel, "Stormy weather is another word")
        await until(lambda: bot.executions)
        (execution,) = bot.executions
        assert (execution.rule_id, str(execution.user_id)) == (made.id, maya.user.id)
        assert execution.matched_keyword == "storm"
        await until(lambda: bot.heard)
    assert [each.content for each in maya.messages(town.channel)] == ["Stormy weather is another word"]


async def test_an_alerting_rule_lets_the_message_stand_and_writes_to_the_alert_channel(town: Town) -> None:
    backroom = town.guild.add_text_channel("backroom", private_to=[town.application.bot])
    path = f"/guilds/{town.guild.id}/auto-moderation/rules"
    alert = {"type": 2, "metadata": {"channel_id": backroom.id}}
    made = await town.ask("POST", path, rule("Watch", alert, words=("*storm*",)))
    assert made.status == 200
    maya = town.member("Maya")
    async with town.bot(INTENTS) as bot:
        message = await maya.send(town.channel, "thunderstorms")
        await until(lambda: bot.executions)
        assert str(bot.executions[0].message_id) == message.id
    assert [each.content for each in maya.messages(town.channel)] == ["thunderstorms"]
    assert town.sandbox.world.messages(backroom)[0].kind == 24


async def test_what_was_written_is_told_only_to_a_bot_that_may_read_messages(town: Town) -> None:
    path = f"/guilds/{town.guild.id}/auto-moderation/rules"
    await town.ask("POST", path, rule("Watch", {"type": 2, "metadata": {"channel_id": town.channel.id}}))
    maya = town.member("Maya")
    town.application.privileged = 1 << 15
    for reading in (False, True):
        intents = discord.Intents(guilds=True, auto_moderation=True, message_content=reading)
        async with town.bot(intents) as bot:
            await maya.send(town.channel, "a STORM, they say")
            await until(lambda bot=bot: bot.executions)
            told = bot.executions[0]
            assert (told.content, told.matched_content) == (
                ("a STORM, they say", "STORM") if reading else ("", None)
            )
            assert told.matched_keyword == "storm"


async def test_rules_are_listed_changed_and_deleted(town: Town) -> None:
    path = f"/guilds/{town.guild.id}/auto-moderation/rules"
    made = await town.ask("POST", path, rule("Quiet"))
    one = f"{path}/{made.body['id']}"
    assert [each["name"] for each in (await town.ask("GET", path)).body] == ["Quiet"]
    changed = await town.ask("PATCH", one, {"enabled": False})
    assert (changed.body["name"], changed.body["enabled"]) == ("Quiet", False)
    await town.member("Maya").send(town.channel, "storm")
    assert (await town.ask("DELETE", one)).status == 204
    assert (await town.ask("GET", one)).body["code"] == 10066


async def test_rules_need_the_permission_to_manage_the_server(town: Town) -> None:
    town.guild.set_roles(town.application.bot, [])
    reply = await town.ask("POST", f"/guilds/{town.guild.id}/auto-moderation/rules", rule("Quiet"))
    assert (reply.status, reply.body["code"]) == (403, 50013)


async def test_who_is_held_back_reads_the_rule_s_own_words(town: Town) -> None:
    path = f"/guilds/{town.guild.id}/auto-moderation/rules"
    block = {"type": 1, "metadata": {"custom_message": "Only you see this."}}
    await town.ask("POST", path, rule("Quiet", block))
    with pytest.raises(Refused) as refused:
        await town.member("Maya").send(town.channel, "storm")
    assert refused.value.json()["custom_message"] == "Only you see this."


FAULTY: list[tuple[dict[str, Any], str]] = [
    ({"trigger_metadata": {"keyword_filter": ["x"] * 1001}}, "trigger_metadata.keyword_filter"),
    ({"trigger_metadata": {"regex_patterns": ["x" * 261]}}, "trigger_metadata.regex_patterns.0"),
    ({"trigger_metadata": {"regex_patterns": ["(?=look)ahead"]}}, "trigger_metadata.regex_patterns.0"),
    ({"trigger_metadata": {"allow_list": ["x" * 61]}}, "trigger_metadata.allow_list.0"),
    ({"exempt_channels": [str(n) for n in range(51)]}, "exempt_channels"),
    ({"exempt_channels": ["1", "1"]}, "exempt_channels"),
    ({"actions": [{"type": 1, "metadata": {"custom_message": "x" * 151}}]}, "actions.0.metadata"),
    ({"actions": [{"type": 2, "metadata": {"channel_id": "{hidden}"}}]}, "actions.0.metadata"),
]


@pytest.mark.parametrize(("given", "path"), FAULTY, ids=[path for _, path in FAULTY])
async def test_what_discord_would_not_take_is_refused(town: Town, given: dict[str, Any], path: str) -> None:
    hidden = town.guild.add_text_channel("hidden", private_to=[])
    given = json.loads(json.dumps(given).replace("{hidden}", hidden.id))
    made = await town.ask("POST", f"/guilds/{town.guild.id}/auto-moderation/rules", rule("Quiet") | given)
    assert (made.status, made.body["code"]) == (400, 50035)
    node = made.body["errors"]
    for part in path.split("."):
        node = node[part]


async def test_who_manages_the_server_and_what_is_exempt_with_its_threads_meets_no_rule(town: Town) -> None:
    path = f"/guilds/{town.guild.id}/auto-moderation/rules"
    made = await town.ask("POST", path, rule("Quiet"))
    await town.owner.send(town.channel, "storm")
    maya = town.member("Maya")
    thread = await maya.open_thread(town.channel, "aside")
    with pytest.raises(Refused):
        await maya.send(thread, "storm")
    await town.ask("PATCH", f"{path}/{made.body['id']}", {"exempt_channels": [town.channel.id]})
    for place in (town.channel, thread):
        await maya.send(place, "storm")


async def test_an_alert_s_note_is_deleted_by_who_manages_messages(town: Town) -> None:
    backroom = town.guild.add_text_channel("backroom", private_to=[town.application.bot])
    path = f"/guilds/{town.guild.id}/auto-moderation/rules"
    await town.ask("POST", path, rule("Watch", {"type": 2, "metadata": {"channel_id": backroom.id}}))
    await town.member("Maya").send(town.channel, "storm")
    [note] = town.sandbox.world.messages(backroom)
    assert (await town.ask("DELETE", f"/channels/{backroom.id}/messages/{note.id}")).status == 204
