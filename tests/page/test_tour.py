"""The guided tour: a stop says whom to be and where to look, and leads there; one can put it away."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from sandbox import Stop
from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


@pytest_asyncio.fixture(loop_scope="package")
async def stops(stage: Stage) -> AsyncIterator[list[Stop]]:
    """Two stops: a message in Maya's channel, then a direct message of Ines's."""
    there = stage.channel()
    ines, maya = stage.person("Ines"), stage.person("Maya")
    told = await ines.send(there, "This is where it begins")
    for number in range(30):
        await ines.send(there, f"Later words {number}\nand more")
    world = stage.sandbox.world
    bot = next(iter(world.applications.values())).bot
    tour = [
        Stop("The first words", "Read what Ines wrote.", maya.user, there, told),
        Stop("Between you and the bot", "Write to it.", ines.user, world.dm(ines.user, bot)),
    ]
    stage.sandbox.guide(tour)
    yield tour
    stage.sandbox.guide([])


def bar(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Guided tour")


async def test_the_tour_leads_from_person_to_person_and_lights_up_what_it_speaks_of(
    visit: Visitor, stage: Stage, stops: list[Stop]
) -> None:
    page = await visit.window(stage.sandbox.url, locale="en-GB")
    await page.get_by_role("button", name="Take the tour: 2 stops").click()
    await expect(bar(page)).to_contain_text("Stop 1 of 2")
    await expect(bar(page).get_by_role("status")).to_contain_text("Read what Ines wrote.")
    await expect(bar(page)).to_contain_text(f"You are Maya, in #{stops[0].channel.name}.")
    found = page.locator(".message.found")
    await expect(found).to_contain_text("This is where it begins")
    await expect(found).to_be_in_viewport()
    await expect(
        bar(page).get_by_role("button", name="Next")
    ).to_be_focused()  # the keyboard stays in the tour
    await page.keyboard.press("Enter")
    await expect(bar(page)).to_contain_text("You are Ines, in a direct message.")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trellis")
    await expect(
        bar(page).get_by_role("button", name="End the tour")
    ).to_be_focused()  # also without a message
    await bar(page).get_by_role("button", name="Back").click()
    await expect(bar(page).get_by_role("heading")).to_have_text("The first words")
    await expect(bar(page).get_by_role("button", name="Back")).to_be_disabled()


async def test_whoever_wanders_off_is_led_back_and_finds_the_stop_after_a_reload(
    visit: Visitor, stage: Stage, stops: list[Stop]
) -> None:
    elsewhere = stage.channel()
    page = await visit("Maya", elsewhere, locale="en-GB")
    await page.get_by_role("button", name="Take the tour").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"#{stops[0].channel.name}")
    await page.get_by_role("button", name=f"{elsewhere.name}, channel").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"#{elsewhere.name}")
    back = bar(page).get_by_role("link", name=f"Be Maya, in #{stops[0].channel.name}")
    await expect(back).to_be_visible()
    await page.reload()
    await back.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"#{stops[0].channel.name}")
    await expect(back).to_have_count(0)


async def test_the_tour_ends_after_its_last_stop_or_when_it_is_put_away_and_can_begin_again(
    visit: Visitor, stage: Stage, stops: list[Stop]
) -> None:
    page = await visit("Maya", stops[0].channel, locale="en-GB")
    begin = page.get_by_role("button", name="Take the tour")
    await begin.click()
    await bar(page).get_by_role("button", name="Put the tour away").click()
    await expect(bar(page)).to_be_hidden()
    await expect(begin).to_be_focused()
    await begin.click()
    await bar(page).get_by_role("button", name="Next").click()
    await bar(page).get_by_role("button", name="End the tour").click()
    await expect(bar(page)).to_be_hidden()
    await expect(begin).to_be_visible()


async def test_a_world_without_a_tour_offers_none(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    await expect(page.get_by_role("button", name="Take the tour")).to_have_count(0)
    await expect(bar(page)).to_be_hidden()
