"""Who one is, where one stands, and that the address keeps both."""

import re

import pytest
from playwright.async_api import expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def test_a_person_is_chosen_and_the_address_remembers_who_and_where(
    visit: Visitor, stage: Stage
) -> None:
    page = await visit.window(stage.sandbox.url)
    people = page.locator(".person")
    await expect(people).to_have_count(3)
    await expect(people.filter(has_text="Tom")).to_contain_text("played by a script")
    await people.filter(has_text="Maya").click()
    await expect(page).to_have_url(re.compile(r"#as=\d+&channel=\d+$"))
    await expect(page.locator(".me")).to_contain_text("Maya")
    await page.reload()
    await expect(page.locator(".me")).to_contain_text("Maya")
    await page.get_by_role("button", name="Be someone else").click()
    await expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()


async def test_a_private_channel_is_seen_by_those_it_is_for_and_marked(visit: Visitor, stage: Stage) -> None:
    ines = stage.sandbox.world.find_user("Ines")
    hidden = stage.channel(private_to=[ines])
    hers = await visit("Ines", hidden)
    await expect(hers.get_by_role("button", name=f"{hidden.name}, channel, private")).to_have_text(
        re.compile("private")
    )
    theirs = await visit.window(stage.link("Maya", hidden))
    await expect(theirs.locator(".me")).to_contain_text("Maya")
    await expect(theirs.locator(".place", has_text=hidden.name)).to_have_count(0)
    await expect(theirs.get_by_role("heading", level=1)).not_to_contain_text(hidden.name)


async def test_a_channel_that_has_news_is_marked_unread_until_it_is_opened(
    visit: Visitor, stage: Stage
) -> None:
    here, there = stage.channel(), stage.channel()
    page = await visit("Maya", here)
    await stage.person("Ines").send(there, "Good morning")
    unread = page.get_by_role("button", name=f"{there.name}, channel, unread")
    await unread.click()
    await expect(page.get_by_role("article")).to_contain_text("Good morning")
    await expect(unread).to_have_count(0)


async def test_what_was_begun_in_one_channel_waits_there(visit: Visitor, stage: Stage) -> None:
    here, there = stage.channel(), stage.channel()
    page = await visit("Maya", here)
    write = page.locator(".write")
    await write.fill("not sent yet")
    await page.get_by_role("button", name=f"{there.name}, channel").click()
    await expect(write).to_have_value("")
    await page.get_by_role("button", name=f"{here.name}, channel").click()
    await expect(write).to_have_value("not sent yet")
