"""What a server announces stands beside its channels, for those who may see it, until it is over."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.scheduled_events import made
from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


def announce(stage: Stage, name: str, **changes: Any) -> str:
    """An event of an hour, tomorrow; its id."""
    world = stage.sandbox.world
    start = world.ids.now() + timedelta(days=1)
    body = {
        "name": name,
        "privacy_level": 2,
        "entity_type": 3,
        "scheduled_start_time": start.isoformat(),
        "scheduled_end_time": (start + timedelta(hours=1)).isoformat(),
        "entity_metadata": {"location": "The usual place"},
    }
    event = made(body | changes, stage.guild, world.ids.now()) | {"id": world.ids.next()}
    stage.guild.events[event["id"]] = event
    world.tell(stage.guild, "GUILD_SCHEDULED_EVENT_CREATE", event)
    return str(event["id"])


async def test_an_event_appears_while_one_looks_and_goes_when_it_is_taken_back(
    visit: Visitor, stage: Stage
) -> None:
    page = await visit("Maya", stage.channel())
    places = page.get_by_role("navigation", name="Channels and direct messages")
    await expect(places.get_by_role("heading", name="Events")).to_have_count(0)
    event = announce(stage, "Evening circle")
    shown = places.get_by_role("listitem").filter(has_text="Evening circle")
    await expect(shown).to_be_visible()
    await expect(shown.locator("time")).not_to_be_empty()
    del stage.guild.events[event]
    stage.sandbox.world.tell(stage.guild, "GUILD_SCHEDULED_EVENT_DELETE", {})
    await expect(shown).to_have_count(0)


async def test_a_voice_channel_is_no_place_to_write_and_its_events_are_for_those_who_see_it(
    visit: Visitor, stage: Stage
) -> None:
    parlour = stage.guild.add_voice_channel("Parlour")
    place = {"entity_type": 2, "entity_metadata": None, "channel_id": parlour.id}
    event = announce(stage, "In the parlour", **place)
    page = await visit("Maya", stage.channel())
    places = page.get_by_role("navigation", name="Channels and direct messages")
    await expect(places.get_by_text("In the parlour")).to_be_visible()
    await expect(places.get_by_text("Parlour", exact=True)).to_have_count(0)
    parlour.overwrite(stage.guild.default_role, deny=0x400)
    await expect(places.get_by_text("In the parlour")).to_have_count(0)
    del stage.guild.events[event]
    parlour.delete()
