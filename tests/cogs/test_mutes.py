"""`/mute-me` over the sandbox: what it does is said first, and the way back is where it can be reached."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cogs.actors import account_of
from cogs.messenger import DiscordMessenger
from sandbox.permissions import Permission
from sandbox.refusals import Refused
from tests.cogs.house import CONTENT, House, text_of
from tests.cogs.town import actor_of, labels, opened


def moderating(house: House) -> None:
    """Trellis may time out who stands below it."""
    house.guild.grant(house.guild.find_role("Trellis"), int(Permission.MODERATE_MEMBERS))


async def asked(house: House, person: Any, until: str = "3d", channel: Any = None) -> Any:
    outcome = await person.command("mute-me", channel or house.channel, until=until)
    return outcome.message


async def pressed(person: Any, message: Any, label: str) -> str:
    outcome = await person.press(message, label)
    await outcome.settled(5)
    return text_of(outcome.message)


async def test_posting_rests_too_and_the_way_back_is_in_direct_messages(house: House) -> None:
    moderating(house)
    _, ada, _ = await opened(house)
    card = await asked(house, ada)
    said = text_of(card)
    assert card.ephemeral
    assert "Two things come all the same: help" in said
    assert "word that a facilitator has what you asked for" in said
    assert "you can go on reading" in said
    assert "takes every command and button on the server from you" in said
    assert "the way back is in our direct messages" in said
    assert labels(card) == ["Only quiet", "Quiet, and my posting rests", "Not now"]
    assert "Your posting rests until then" in await pressed(ada, card, "Quiet, and my posting rests")
    for attempt in (ada.send(house.channel, "hello"), ada.command("mute-me", house.channel)):
        with pytest.raises(Refused):
            await attempt
    note = ada.dms(house.application)[-1]
    assert note.silent
    await house.restart()
    assert "You're back" in await pressed(ada, note, "I'm back")
    await ada.send(house.channel, "hello")
    assert "Nothing was on" in await pressed(ada, note, "I'm back")


async def test_the_command_in_direct_messages_is_a_way_back_too(house: House) -> None:
    moderating(house)
    _, ada, _ = await opened(house)
    await pressed(ada, await asked(house, ada), "Quiet, and my posting rests")
    dm = house.sandbox.world.dm(ada.user, house.application.bot)
    standing = (await ada.command("mute-me", dm)).message
    assert "It is quiet now" in text_of(standing)
    assert "You're back" in await pressed(ada, standing, "I'm back")
    await ada.send(house.channel, "hello")


async def test_who_deletes_everything_meanwhile_can_post_again(house: House) -> None:
    moderating(house)
    _, ada, _ = await opened(house)
    await pressed(ada, await asked(house, ada), "Quiet, and my posting rests")
    dm = house.sandbox.world.dm(ada.user, house.application.bot)
    form = await ada.press((await ada.command("privacy", dm)).message, "Delete everything")
    await ada.submit(form.modal, {"word": "delete"})
    await ada.send(house.channel, "hello")


async def test_where_direct_messages_are_closed_posting_stays_open_and_that_is_said(house: House) -> None:
    moderating(house)
    _, ada, _ = await opened(house)
    house.sandbox.faults.close_dms(ada)
    said = await pressed(ada, await asked(house, ada), "Quiet, and my posting rests")
    assert "It is quiet now" in said
    assert "I couldn't leave you the way back" in said
    await ada.send(house.channel, "hello")


async def test_without_the_permission_it_holds_back_the_bot_alone_and_says_why(house: House) -> None:
    _, ada, _ = await opened(house)
    card = await asked(house, ada)
    assert "hasn't given me **Time out members**" in text_of(card)
    assert labels(card) == ["Only quiet", "Not now"]
    await pressed(ada, card, "Only quiet")
    await ada.send(house.channel, "hello")
    standing = (await ada.command("mute-me", house.channel)).message
    assert labels(standing) == ["I'm back"]
    await pressed(ada, standing, "I'm back")


async def test_those_whom_discord_lets_nobody_time_out_are_told_so(house: House) -> None:
    moderating(house)
    circle, ada, _ = await opened(house)
    assert circle
    house.guild.set_roles(ada.user, [house.guild.add_role("Above")])
    assert "your role stands above mine" in text_of(await asked(house, ada))
    form = await house.facilitator.command("join", house.channel)
    await house.facilitator.submit(form.modal, {"consents": []})
    assert "own or administer" in text_of(await asked(house, house.facilitator))


async def test_a_timeout_that_is_not_ours_stays_and_one_role_is_above_no_other(house: House) -> None:
    moderating(house)
    circle, ada, _ = await opened(house)
    face, account = DiscordMessenger(house.trellis.client, CONTENT), account_of(int(ada.id))
    theirs = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=5)
    ours = theirs - timedelta(hours=4)
    house.guild.time_out(ada.user, theirs.isoformat())
    assert await face.cannot_hush(circle, account, ours) == "timed-out"
    assert await face.cannot_hush(circle, account, theirs) == ""
    await face.unhush(circle, account, ours)
    assert house.guild.members[ada.id].timed_out_until is not None
    await face.unhush(circle, account, theirs)
    assert house.guild.members[ada.id].timed_out_until is None
    house.guild.set_roles(ada.user, [house.guild.find_role("Trellis")])
    assert await face.cannot_hush(circle, account, None) == "above-us"


async def test_who_has_left_meanwhile_is_left_no_way_back_from_what_did_not_begin(house: House) -> None:
    moderating(house)
    circle, ada, _ = await opened(house)
    card = await asked(house, ada)
    await house.services.members.leave(actor_of(house, ada), circle.id)
    before = len(ada.dms(house.application))
    assert "haven't joined" in await pressed(ada, card, "Quiet, and my posting rests")
    assert len(ada.dms(house.application)) == before


async def test_what_cannot_be_read_and_an_old_button_change_nothing(house: House) -> None:
    _, ada, _ = await opened(house)
    assert "couldn't read that as an end" in text_of(await asked(house, ada, "soon"))
    assert "28 days" in text_of(await asked(house, ada, "60d"))
    moderating(house)
    card = await asked(house, ada, "2h")
    house.clock.step(timedelta(hours=3))
    for label in ("Only quiet", "Quiet, and my posting rests"):
        assert "lies behind us" in await pressed(ada, card, label)
    assert ada.dms(house.application) == []
    assert "A quiet of your own" in text_of((await ada.command("mute-me", house.channel)).message)
    stranger = house.member("Cleo")
    assert "haven't joined" in text_of(await asked(house, stranger))
    await pressed(ada, await asked(house, ada, "2h"), "Not now")
    assert (await house.services.mutes.of(*await _who(house, ada))).until is None


async def _who(house: House, person: Any) -> Any:
    async with house.trellis.storage.read() as tx:
        [circle] = await tx.circles.all()
    return actor_of(house, person), circle.id
