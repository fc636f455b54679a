"""`/guard` over the sandbox: Discord's own filter, made after it was shown, and help that says no more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from cogs.guard import hearing
from cogs.messenger import DiscordMessenger
from sandbox.permissions import Permission
from sandbox.refusals import Refused
from storage import NotKept
from tests.cogs.house import CONTENT, House, text_of
from tests.cogs.test_safety import holds
from tests.cogs.town import joined, labels, opened
from tests.sandbox.town import until

SAID = "I just want to die."  # what meets the guard


def may_make_rules(house: House, *more: Permission) -> None:
    """Trellis manages the server."""
    permissions = Permission.MANAGE_GUILD
    for each in more:
        permissions |= each
    house.guild.grant(house.guild.find_role("Trellis"), int(permissions))


async def ruled(house: House, name: str, **options: Any) -> Any:
    outcome = await house.facilitator.command(f"guard {name}", house.channel, **options)
    await outcome.settled(5)
    return outcome.message


async def pressed(person: Any, message: Any, label: str) -> Any:
    outcome = await person.press(message, label)
    await outcome.settled(5)
    return outcome.message


def rules(house: House) -> list[Any]:
    """The server's AutoMod rules."""
    return list(house.guild.automod.values())


async def guarded(house: House) -> None:
    """A guard that holds messages back."""
    may_make_rules(house)
    await pressed(house.facilitator, await ruled(house, "on"), "Make these rules")
    assert len(rules(house)) == 3


async def met(house: House, person: Any, text: str = SAID, channel: Any = None) -> str:
    """What its author reads instead, once the bot has taken up what Discord told of it."""
    async with taken_up(house):
        with pytest.raises(Refused) as refused:
            await person.send(channel or house.channel, text)
    return str(refused.value.json()["custom_message"])


@asynccontextmanager
async def taken_up(house: House) -> AsyncIterator[None]:
    """Ends when the bot is done with what it heard within."""
    guards, done = house.services.guards, asyncio.Event()
    hear = guards.heard

    async def heard(told: Any) -> None:
        await hear(told)
        done.set()

    guards.heard = heard  # type: ignore[method-assign]
    yield
    async with asyncio.timeout(10):
        await done.wait()
    guards.heard = hear  # type: ignore[method-assign]


async def later(house: House) -> None:
    """What was to leave has left."""
    house.clock.step(_seconds(3))
    await house.tick()


async def helped(house: House, person: Any) -> Any:
    """The direct message that came of it."""
    await later(house)
    return person.dms(house.application)[-1]


async def _closed(house: House) -> None:
    """The facilitator takes the alert and closes it."""
    alert = house.messages(house.facilitator, house.backroom)[-1]
    await pressed(house.facilitator, alert, "I have this")
    await pressed(house.facilitator, alert, "Close")


def _seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


async def test_what_is_missing_and_what_would_be_made_is_said_before_anything_is(house: House) -> None:
    await opened(house)
    missing = await ruled(house, "on")
    assert "I need **Manage Server** first." in text_of(missing)
    assert "nothing else" in text_of(missing)
    assert labels(missing) == ["Look again", "Not now"]
    may_make_rules(house)
    await until(lambda: house.trellis.client.get_guild(int(house.guild.id)).me.guild_permissions.manage_guild)
    await house.restart()
    shown = await pressed(house.facilitator, missing, "Look again")
    assert "Nothing is made yet" in text_of(shown)
    for word in (
        "I never read what is written there",
        "It isn't posted",
        "Trellis · safety",
        "1 other channel",
    ):
        assert word in text_of(shown)
    assert rules(house) == []
    assert "The guard is on" in text_of(await pressed(house.facilitator, shown, "Make these rules"))
    assert [each["exempt_channels"] for each in rules(house)] == [[house.backroom.id]] * 3
    assert "A guard is on" in text_of(await ruled(house, "status"))
    assert "The guard is off" in text_of(await ruled(house, "off"))
    assert rules(house) == []
    assert "No guard is on" in text_of(await ruled(house, "status"))


async def test_a_held_message_leads_to_private_help_and_a_word_to_facilitators(house: House) -> None:
    _, ada, _ = await opened(house)
    await guarded(house)
    shown = await met(house, ada)
    assert "only you see this" in shown
    assert "/help-now" in shown
    note = await helped(house, ada)
    assert text_of(note) == CONTENT.texts["sf-s-open"]
    assert labels(note) == list(CONTENT.choices["sf-s-open"])
    await house.restart()
    await pressed(ada, note, "Open")
    holds(note, "sf-t-suicide")
    assert "No facilitator is reading right now" in text_of(note)
    ways = [label for label, _ in CONTENT.replies["sf-t-suicide"].ways]
    assert labels(note) == [*ways, "Hide"]
    alert = house.messages(house.facilitator, house.backroom)[-1]
    assert SAID not in text_of(alert)
    assert "word" in text_of(alert)
    await pressed(ada, note, "People I can call or text")
    holds(note, "sf-s-lines")
    await _closed(house)
    await pressed(ada, note, "Back")
    assert CONTENT.texts["sf-x-closed"] in text_of(note)
    await ada.press(note, "Hide")
    await until(lambda: note.id not in [each.id for each in ada.dms(house.application)])


async def test_a_database_that_is_away_for_a_moment_loses_no_word_match(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ada, _ = await opened(house)
    await guarded(house)
    monkeypatch.setattr(hearing, "WAITS", (0.0, 0.0))
    hear, tries, taken_up = house.services.guards.heard, 0, asyncio.Event()

    async def away_at_first(told: Any) -> None:
        nonlocal tries
        tries += 1
        if tries <= 2:
            raise NotKept("locked")
        await hear(told)
        taken_up.set()

    house.services.guards.heard = away_at_first  # type: ignore[method-assign]
    with pytest.raises(Refused):
        await ada.send(house.channel, SAID)
    await until(taken_up.is_set)
    assert text_of(await helped(house, ada)) == CONTENT.texts["sf-s-open"]


async def test_danger_is_met_with_neutral_words_and_no_alert(house: House) -> None:
    _, ada, _ = await opened(house)
    await guarded(house)
    shown = await met(house, ada, "he won't let me leave the house")
    assert "danger" not in shown
    note = await helped(house, ada)
    before = len(house.messages(house.facilitator, house.backroom))
    await pressed(ada, note, "Not now")
    assert text_of(note) == CONTENT.texts["sf-x-later"]
    await pressed(ada, note, "Open")
    holds(note, "sf-t-danger")
    await pressed(ada, note, "Ask a facilitator to write me")
    assert CONTENT.texts["sf-x-tell"] in text_of(note)
    assert len(house.messages(house.facilitator, house.backroom)) == before
    await pressed(ada, note, "Only that I'd like a person")
    await house.tick()
    assert len(house.messages(house.facilitator, house.backroom)) == before + 1


async def test_who_has_not_joined_reads_the_rule_s_own_words_and_facilitators_hear_of_it(
    house: House,
) -> None:
    await opened(house)
    await guarded(house)
    cleo = house.member("Cleo")
    assert "only you see this" in await met(house, cleo)
    await later(house)
    alert = text_of(house.messages(house.facilitator, house.backroom)[-1])
    assert f"<@{cleo.id}>" in alert
    assert "could not deliver private help" in alert
    assert SAID not in alert


async def test_who_says_no_to_alerts_reads_that_the_channel_s_filter_may_alert_all_the_same(
    house: House,
) -> None:
    circle, _, _ = await opened(house)
    await guarded(house)
    form = await house.member("Ben").command("join", house.channel)
    assert "they may be alerted of a match whatever you tick here" in form.modal.components[0]["content"]
    ben = await joined(house, circle, "Ben", consents=["reminders"])
    await met(house, ben)
    await later(house)
    alert = text_of(house.messages(house.facilitator, house.backroom)[-1])
    assert f"<@{ben.id}>" in alert
    assert "in Discord's own filter" in alert
    assert SAID not in alert


async def test_the_rules_act_in_the_circle_s_channel_alone_also_once_another_channel_comes(
    house: House,
) -> None:
    circle, ada, _ = await opened(house)
    await guarded(house)
    other = house.guild.add_text_channel("other")
    await until(lambda: house.trellis.client.get_channel(int(other.id)))
    async with asyncio.timeout(5):
        while other.id not in rules(house)[-1]["exempt_channels"]:
            await asyncio.sleep(0.02)
            await house.services.guards.tick()
    await ada.send(other, SAID)
    thread = await ada.open_thread(house.channel, "aside", type=11)  # which all see
    await met(house, ada, channel=thread)
    assert text_of(await helped(house, ada)) == CONTENT.texts["sf-s-open"]
    assert circle.home.channel not in rules(house)[0]["exempt_channels"]


async def test_a_rule_that_is_deleted_by_hand_switches_it_off_and_that_is_told(house: House) -> None:
    await opened(house)
    await guarded(house)
    house.guild.automod.pop(next(iter(house.guild.automod)))
    house.clock.step(_seconds(660))
    await house.services.guards.tick()
    await house.tick()
    assert rules(house) == []
    assert "I take it as meant" in text_of(house.messages(house.facilitator, house.backroom)[-1])


async def test_only_rules_of_our_making_and_our_name_are_ours_and_only_discord_s_notes_are_swept_up(
    house: House,
) -> None:
    circle, ada, _ = await opened(house)
    await guarded(house)
    ours = rules(house)
    for number, change in enumerate(({"name": "Own"}, {"creator_id": ada.id}, {"trigger_type": 3}), 1):
        house.guild.automod[f"{number}"] = {**ours[0], "id": f"{number}", **change}
    face = DiscordMessenger(house.trellis.client, CONTENT)
    ground = await face.ground(circle, None)
    assert {each.id for each in ground.ours} == {each["id"] for each in ours}
    assert ground.others == 2
    notes = house.guild.add_text_channel("notes", private_to=[house.application.bot])
    may_make_rules(house, Permission.MANAGE_MESSAGES)
    said = house.sandbox.sender.send(house.application.bot, notes, {"content": "Hello"})
    await face.drop_copies(circle, notes.id, None)
    assert said.id in notes.messages


async def test_where_nothing_is_held_discord_s_note_with_the_words_is_gone_at_once(house: House) -> None:
    circle, ada, _ = await opened(house)
    await joined(house, circle, "Ben")
    may_make_rules(house, Permission.MANAGE_MESSAGES)
    assert "nobody but I see" in text_of(await ruled(house, "on", policy="tell"))
    seen = await ruled(house, "on", policy="tell", copies=house.backroom)
    assert "can be seen by others than me" in text_of(seen)
    shared = house.guild.add_role("Bots and helpers")
    house.guild.set_roles(house.application.bot, [house.guild.find_role("Trellis"), shared])
    bots = house.guild.add_text_channel("bots", private_to=[house.application.bot, shared])
    await house.restart()
    assert "can be seen by others" in text_of(await ruled(house, "on", policy="tell", copies=bots))
    notes = house.guild.add_text_channel("notes", private_to=[house.application.bot])
    await until(lambda: house.trellis.client.get_channel(int(notes.id)))
    shown = await ruled(house, "on", policy="tell", copies=notes)
    assert "It is posted as ever" in text_of(shown)
    await pressed(house.facilitator, shown, "Make these rules")
    async with taken_up(house):
        said = await ada.send(house.channel, SAID)
    await until(lambda: not notes.messages)
    assert said.id in house.channel.messages
    assert "private note" in text_of(await helped(house, ada))
    alert = house.messages(house.facilitator, house.backroom)[-1]
    assert f"/{said.id}" in text_of(alert)
