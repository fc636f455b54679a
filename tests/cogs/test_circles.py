"""A facilitator sets a circle up, sees how it stands, changes it and lets it rest."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cogs.house import House, text_of


async def set_up(house: House, **options: Any) -> Any:
    """Runs `/circle setup`; the answer."""
    given: dict[str, Any] = {
        "channel": house.channel,
        "facilitators": house.backroom,
        "role": house.role,
        "timezone": "Europe/Berlin",
    }
    outcome = await house.facilitator.command("circle setup", house.channel, **(given | options))
    await outcome.settled(3)
    return outcome.message


async def test_setup_makes_a_circle_and_welcomes_its_members(house: House) -> None:
    answer = await set_up(house, name="North")
    said = text_of(answer)
    assert answer.ephemeral
    assert "**North** stands" in said
    assert "<t:" in said
    [card] = house.messages(house.facilitator)
    assert "Our agreement" in text_of(card)
    assert "no therapist and no emergency service" in text_of(card)
    circle = (await house.services.circles.of_server(_actor(house)))[0]
    assert circle.name == "North"
    assert circle.welcome == str(card.id)
    assert f"circle:join:{circle.id}" in str(card.components)


async def test_setup_names_exactly_the_missing_permissions(house: House) -> None:
    house.channel.overwrite(house.application.bot, deny=0x4000)  # Embed Links
    house.backroom.overwrite(house.application.bot, allow=0x400, deny=0x10000)  # Read Message History
    said = text_of(await set_up(house))
    assert f"<#{house.channel.id}>: **Embed Links**\n" in said
    assert f"<#{house.backroom.id}>: **Read Message History**\n" in said
    assert "Send Messages" not in said
    assert "View Channel" not in said
    assert await house.services.circles.of_server(_actor(house)) == []


async def test_a_channel_hidden_from_the_bot_lacks_the_permission_to_view_it(house: House) -> None:
    hidden = house.guild.add_text_channel("hidden", private_to=[house.role])
    said = text_of(await set_up(house, facilitators=hidden))
    assert f"<#{hidden.id}>: **View Channel**\n" in said


async def test_setup_refuses_everyone_as_the_role(house: House) -> None:
    said = text_of(await set_up(house, role=house.guild.default_role))
    assert "@everyone" in said
    assert await house.services.circles.of_server(_actor(house)) == []


async def test_setup_refuses_one_channel_for_both(house: House) -> None:
    assert "private, so it needs a channel of its own" in text_of(
        await set_up(house, facilitators=house.channel)
    )


async def test_setup_names_the_nearest_zones(house: House) -> None:
    said = text_of(await set_up(house, timezone="Europe/Berlni"))
    assert "`Europe/Berlin`" in said


async def test_a_second_circle_in_the_same_channel_is_refused(house: House) -> None:
    await set_up(house)
    assert "belongs to a circle already" in text_of(await set_up(house))


async def test_zones_and_countries_are_offered_as_they_are_typed(house: House) -> None:
    zones = await house.facilitator.autocomplete(
        "circle setup", house.channel, focused="timezone", timezone="Berl"
    )
    assert "Europe/Berlin" in [choice["value"] for choice in zones]
    regions = await house.facilitator.autocomplete(
        "circle setup", house.channel, focused="region", region="Irel"
    )
    assert "IE" in [choice["value"] for choice in regions]


async def test_a_failing_autocomplete_offers_nothing_and_says_nothing(house: House) -> None:
    offered = await house.facilitator.autocomplete(
        "schedule remove", house.channel, focused="schedule", schedule="x"
    )
    assert list(offered) == []


async def test_status_shows_next_posts_members_and_what_is_missing(house: House) -> None:
    await house.circle(name="North")
    house.channel.overwrite(house.application.bot, deny=0x800)  # Send Messages
    outcome = await house.facilitator.command("circle status", house.channel)
    said = text_of(outcome.message)
    assert outcome.message.ephemeral
    assert "<t:" in said
    assert "Send Messages" in said
    assert "Members" in said


async def test_status_is_for_facilitators(house: House) -> None:
    await house.circle()
    manager = house.member("Sam", house.guild.add_role("Manager", permissions=0x20))
    outcome = await manager.command("circle status", house.channel)
    assert "facilitators" in text_of(outcome.message)
    assert outcome.message.ephemeral


async def test_two_circles_in_a_server_are_told_apart(house: House) -> None:
    await house.circle(name="North")
    second = house.guild.add_text_channel("south")
    await house.circle(name="South", channel=second)
    elsewhere = house.guild.add_text_channel("lobby")
    outcome = await house.facilitator.command("circle status", elsewhere)
    assert "**North** and **South**" in text_of(outcome.message)
    choices = await house.facilitator.autocomplete("circle status", elsewhere, focused="circle", circle="sou")
    assert [choice["name"] for choice in choices] == ["South"]
    outcome = await house.facilitator.command("circle status", elsewhere, circle=choices[0]["value"])
    assert "South" in text_of(outcome.message)


async def test_settings_show_and_change(house: House) -> None:
    await house.circle()
    outcome = await house.facilitator.command("circle settings", house.channel)
    assert "09:00" in text_of(outcome.message)
    outcome = await house.facilitator.command(
        "circle settings", house.channel, prompt_time="7:30", sharing="off"
    )
    said = text_of(outcome.message)
    assert "**07:30** (was 09:00)" in said
    assert "**off** (was reviewed)" in said


@pytest.mark.parametrize("typed", ["25:61", "soon", "9"])
async def test_a_time_that_is_none_is_said_back_and_changes_nothing(house: House, typed: str) -> None:
    await house.circle()
    outcome = await house.facilitator.command("circle settings", house.channel, prompt_time=typed)
    assert f"“{typed}”" in text_of(outcome.message)
    outcome = await house.facilitator.command("circle settings", house.channel)
    assert "09:00" in text_of(outcome.message)


async def test_a_pause_is_told_to_the_circle_and_nothing_is_posted(house: House) -> None:
    await house.circle()
    outcome = await house.facilitator.command("circle pause", house.channel)
    await outcome.settled(3)
    assert "The circle rests" in house.messages(house.facilitator)[-1].content
    before = len(house.messages(house.facilitator))
    house.clock.step(timedelta(days=1))
    await house.tick()
    assert len(house.messages(house.facilitator)) == before
    outcome = await house.facilitator.command("circle resume", house.channel)
    await outcome.settled(3)
    assert "goes on" in house.messages(house.facilitator)[-1].content


@pytest.mark.parametrize(
    ("status", "why"),
    [(403, "a permission is missing"), (404, "I can't find that channel"), (503, "look whether it stands")],
)
async def test_where_the_circle_cannot_be_told_its_facilitator_reads_that_it_rests_all_the_same(
    house: House, status: int, why: str
) -> None:
    circle = await house.circle()
    posts = rf"/channels/{house.channel.id}/messages"
    for command, so, rests in (
        ("circle pause", "The circle rests from now on.", True),
        ("circle resume", "The circle goes on, and posts are due again.", False),
    ):
        house.sandbox.faults.fail_next("POST", posts, status=status)
        outcome = await house.facilitator.command(command, house.channel)
        await outcome.settled(3)
        assert so in text_of(outcome.message)
        assert why in text_of(outcome.message)
        assert f"<#{house.channel.id}>" in text_of(outcome.message)
        [now] = await house.services.circles.of_server(_actor(house))
        assert (now.id, now.pause is not None) == (circle.id, rests)


async def test_one_of_two_circles_that_share_a_facilitators_channel_is_paused_resumed_and_closed_by_name(
    house: House,
) -> None:
    await house.circle(name="North")
    second = house.guild.add_text_channel("south")
    await house.circle(name="South", channel=second)
    house.guild.channel_gone(second)
    for command, said in (
        ("circle pause", "The circle rests from now on."),
        ("circle resume", "The circle goes on"),
        ("circle close", "Closing **South** means"),
    ):
        outcome = await house.facilitator.command(command, house.backroom, circle="South")
        await outcome.settled(3)
        assert said in text_of(outcome.message), command
    north, south = await house.services.circles.of_server(_actor(house))
    assert (north.pause, south.pause) == (None, None)


async def test_the_buttons_after_setup_work_after_a_restart_too(house: House) -> None:
    answer = await set_up(house)
    await house.restart()
    outcome = await house.facilitator.press(answer, label="Post a check-in now")
    await outcome.settled(3)
    assert "It is up" in text_of(outcome.message)
    assert "check-in:weather:" in str(house.messages(house.facilitator)[-1].components)
    outcome = await house.facilitator.press(answer, label="See status")
    assert "Members" in text_of(outcome.message)


async def test_a_welcome_card_that_could_not_be_posted_is_offered_again(house: House) -> None:
    house.sandbox.faults.fail_next("POST", rf"/channels/{house.channel.id}/messages", status=503)
    answer = await set_up(house)
    assert "not up yet" in text_of(answer)
    outcome = await house.facilitator.press(answer, label="Post the welcome card")
    await outcome.settled(3)
    assert len(house.messages(house.facilitator)) == 1


async def test_a_welcome_card_that_was_deleted_is_posted_again_from_the_status(house: House) -> None:
    circle = await house.circle()
    [card] = house.messages(house.facilitator)
    shown = (await house.facilitator.command("circle status", house.channel)).message
    del house.channel.messages[card.id]
    await house.restart()
    outcome = await house.facilitator.press(shown, label="Post the welcome card again")
    await outcome.settled(3)
    [again] = house.messages(house.facilitator)
    assert f"circle:join:{circle.id}" in str(again.components)
    assert "The welcome card is up" in text_of(outcome.message)


async def test_an_unknown_button_is_answered_kindly(house: House) -> None:
    await house.circle()
    [card] = house.messages(house.facilitator)
    press = {"component_type": 2, "custom_id": "old:thing:1"}
    outcome = await house.facilitator.forge(house.channel, house.application, 3, press, card)
    assert "no longer know" in text_of(outcome.message)


def _actor(house: House) -> Any:
    from bot.domain.accounts import Actor
    from cogs.actors import account_of

    return Actor(
        account=account_of(int(house.facilitator.id)),
        server=str(house.guild.id),
        roles=frozenset({str(house.role.id)}),
        manages_server=True,
    )
