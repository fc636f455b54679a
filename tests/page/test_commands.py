"""Commands are found, filled and run from the page, by hand or by keyboard alone."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def setup_form(page: Page) -> None:
    await page.locator(".write").fill("/circ")
    await page.get_by_role("option", name=re.compile("circle setup")).click()
    await expect(page.get_by_role("form", name="Command /circle setup")).to_be_visible()


async def open_form(page: Page, command: str) -> None:
    await page.locator(".write").fill(f"/{command}")
    await page.locator(".write").press("Enter")
    await expect(page.get_by_role("form", name=f"Command /{command}")).to_be_visible()


async def overlap(page: Page, node: Locator) -> bool:
    """Whether an open list lies over `node`."""
    one, other = await page.locator(".popup:visible").bounding_box(), await node.bounding_box()
    assert one is not None
    assert other is not None
    return one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]


async def test_a_command_is_filled_with_what_the_bot_offers(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    page = await visit("Maya", channel)
    await setup_form(page)
    await page.get_by_role("combobox", name=re.compile("^channel")).fill(channel.name)
    await page.get_by_role("option", name=f"#{channel.name}", exact=True).click()
    zone = page.get_by_role("combobox", name=re.compile("^zone"))
    await zone.fill("lis")
    await page.get_by_role("option", name="Europe/Lisbon").click()
    await expect(zone).to_have_value("Europe/Lisbon")
    await page.get_by_role("textbox", name=re.compile("^weeks")).fill("4")
    await page.get_by_role("combobox", name=re.compile("^discreet")).select_option("Yes")
    await page.get_by_role("button", name="Run").click()
    answer = page.get_by_role("article")
    await expect(answer).to_contain_text(f"#{channel.name} in Europe/Lisbon, 4 weeks, discreet=True")
    await expect(answer.locator(".used")).to_contain_text(re.compile(r"Maya used\s*/circle setup"))
    await expect(answer.locator(".tag")).to_have_text("BOT")


async def test_what_does_not_fit_is_said_in_plain_words_and_kept(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    await setup_form(page)
    await page.get_by_role("textbox", name=re.compile("^weeks")).fill("40")
    await page.get_by_role("button", name="Run").click()
    form = page.get_by_role("form")
    await expect(form).to_contain_text("This one is needed.")
    await expect(form).to_contain_text("The largest that fits is 12.")
    await expect(page.get_by_role("textbox", name=re.compile("^weeks"))).to_have_value("40")
    await expect(page.get_by_role("combobox", name=re.compile("^channel"))).to_be_focused()


async def test_a_command_runs_by_keyboard_alone(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    await expect(page.locator(".write")).to_be_focused()
    keys = page.keyboard
    await keys.type("/circle")
    await keys.press("Enter")
    await expect(page.get_by_role("option").first).to_be_visible()
    await keys.press("Enter")
    await keys.press("Tab")
    await keys.type("tok")
    await keys.press("Enter")
    await expect(page.get_by_role("combobox", name=re.compile("^zone"))).to_have_value("Asia/Tokyo")
    await keys.press("Enter")
    await expect(page.get_by_role("article")).to_contain_text("in Asia/Tokyo, None weeks")
    await expect(page.locator(".write")).to_be_focused()


async def test_escape_goes_back_from_the_form_and_from_the_list(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    await page.locator(".write").fill("/")
    await page.keyboard.press("Escape")
    await expect(page.locator(".palette")).to_be_hidden()
    await setup_form(page)
    await page.get_by_role("textbox", name=re.compile("^weeks")).press("Escape")
    await expect(page.get_by_role("form", name=re.compile("Command"))).to_have_count(0)
    await expect(page.locator(".write")).to_be_focused()


async def test_a_message_command_stands_in_the_menu_of_a_message(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").send(channel, "I am worried")
    page = await visit("Maya", channel)
    await page.get_by_role("button", name=re.compile("More for the message of Ines")).press("Enter")
    await page.get_by_role("menuitem", name=re.compile("Tell a facilitator")).press("Enter")
    await expect(page.locator(".ephemeral")).to_contain_text("Told about: I am worried")
    await expect(page.locator(".used")).to_have_text("Maya used Tell a facilitator")


async def test_a_command_link_in_a_message_opens_its_form(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").send(channel, "Try </circle setup:1>")
    page = await visit("Maya", channel)
    await page.get_by_role("button", name="/circle setup").click()
    await expect(page.get_by_role("form", name="Command /circle setup")).to_be_visible()


async def test_a_list_never_hides_the_button_that_runs_the_command(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel(), width=1180, height=1000)
    for size in ({"width": 1180, "height": 1000}, {"width": 390, "height": 780}):
        await page.set_viewport_size(size)
        await open_form(page, "status")
        zone = page.get_by_role("combobox", name=re.compile("^zone"))
        await expect(zone).to_be_focused()
        await expect(page.locator(".popup:visible")).to_have_count(0)
        await zone.press("ArrowDown")
        await expect(page.get_by_role("option", name="Asia/Tokyo")).to_be_in_viewport(ratio=1)
        run = page.get_by_role("button", name="Run")
        assert not await overlap(page, run)
        await run.click()
        await expect(page.get_by_role("article").last).to_contain_text("Status of None")


async def test_enter_runs_a_form_whose_needed_fields_are_filled(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    await open_form(page, "status")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article").last).to_contain_text("Status of None, brief=None")
    await open_form(page, "status")
    await page.keyboard.type("lima")
    await expect(page.get_by_role("option", name="America/Lima")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article").last).to_contain_text("Status of America/Lima")
    await open_form(page, "status")
    brief = page.get_by_role("combobox", name=re.compile("^brief"))
    await brief.select_option("Yes")
    await brief.press("Enter")
    await expect(page.get_by_role("article").last).to_contain_text("Status of None, brief=True")
