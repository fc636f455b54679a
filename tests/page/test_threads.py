"""A private thread stands under its channel for those who are in it, and is used as a channel is."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


def beneath(page: Page, channel: str, thread: str) -> Locator:
    """The thread's place in the list, under its channel's."""
    places = page.get_by_role("navigation", name="Channels and direct messages")
    row = places.get_by_role("listitem").filter(has=page.get_by_role("button", name=f"{channel}, channel"))
    return row.get_by_role("list").get_by_role("button", name=f"private thread {thread}")


async def test_a_private_thread_appears_for_who_is_added_and_is_read_written_and_pressed_in(
    visit: Visitor, stage: Stage
) -> None:
    channel, maya, ines = stage.channel(), stage.person("Maya"), stage.person("Ines")
    mine, theirs = await visit("Maya", channel), await visit("Ines", channel)
    thread = await ines.open_thread(channel, "Two of us")
    await ines.send(thread, "Only for you")
    shown = beneath(mine, channel.name, "Two of us")
    await expect(beneath(theirs, channel.name, "Two of us")).to_be_visible()
    await expect(shown).to_have_count(0)
    await ines.add_to(thread, maya)
    await shown.click()
    await expect(mine.get_by_role("heading", level=1)).to_have_text(re.compile("Two of us$"))
    await expect(mine.get_by_role("article", name=re.compile("^Ines"))).to_contain_text("Only for you")
    await mine.locator(".write").fill("I am here")
    await mine.locator(".write").press("Enter")
    await expect(mine.get_by_role("article", name=re.compile("^Maya"))).to_contain_text("I am here")
    await maya.command("panel", thread)
    await mine.get_by_role("button", name="Count").click()
    await expect(mine.get_by_text("Pressed 1")).to_be_visible()


async def test_a_thread_vanishes_when_it_is_archived_or_one_leaves_and_wakes_when_someone_writes(
    visit: Visitor, stage: Stage
) -> None:
    channel, maya, ines = stage.channel(), stage.person("Maya"), stage.person("Ines")
    thread = await ines.open_thread(channel, "For a while")
    await ines.add_to(thread, maya)
    page = await visit("Maya", thread)
    shown = beneath(page, channel.name, "For a while")
    await expect(shown).to_have_attribute("aria-current", "page")
    thread.change(archived=True)
    await expect(shown).to_have_count(0)
    await page.locator(".write").fill("One more thing")  # what one looks at stays on the screen
    await page.locator(".write").press("Enter")
    await expect(shown).to_be_visible()
    await maya.leave(thread)
    await expect(shown).to_have_count(0)
    await expect(page.get_by_role("heading", level=1)).not_to_contain_text("For a while")
