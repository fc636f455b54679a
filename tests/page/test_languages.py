"""Everyone has a Discord language, chosen beside their name; the page's own words stay English."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

NAME = re.compile("^Discord language")


@pytest_asyncio.fixture(loop_scope="package")
async def tom(stage: Stage) -> AsyncIterator[Any]:
    """Tom, who reads English again afterwards."""
    one = stage.person("Tom")
    yield one
    one.speaks("en-GB")


def chosen(page: Page) -> Locator:
    return page.get_by_role("button", name=NAME)


async def choose(page: Page, typed: str) -> None:
    """By keyboard alone: the list is opened, searched and answered with Enter."""
    await chosen(page).focus()
    for key in ("Enter", *typed, "Enter"):
        await page.keyboard.press(key)
    await expect(chosen(page)).to_be_focused()


async def command(page: Page, typed: str) -> Locator:
    """What the list of commands says of the first one that fits."""
    await page.locator(".write").fill(typed)
    return page.get_by_role("listbox", name="Commands").get_by_role("option").first


async def test_commands_come_in_the_language_that_a_person_has_chosen(
    visit: Visitor, stage: Stage, tom: Any
) -> None:
    channel = stage.channel()
    page, other = await visit("Tom", channel), await visit("Maya", channel)
    await expect(chosen(page)).to_have_accessible_name("Discord language: English, UK")
    await choose(page, "espa")
    await expect(chosen(page)).to_have_accessible_name("Discord language: Español")
    for typed in ("/cielo", "/sky"):
        await expect(await command(page, typed)).to_have_text("/cieloDice cómo está el cielo")
    await expect((await command(page, "/cielo")).locator(".choice-note")).to_have_attribute("lang", "es-ES")
    await expect(await command(other, "/sky")).to_have_text("/skySays what the sky is like")
    await expect(chosen(other)).to_have_accessible_name("Discord language: English, UK")
    await page.reload()
    await expect(chosen(page)).to_have_accessible_name("Discord language: Español")
    await expect(await command(page, "/sky")).to_contain_text("Dice cómo está el cielo")
    assert await page.evaluate("document.documentElement.lang") == "en"


async def test_commands_that_are_shown_follow_when_the_language_changes_meanwhile(
    visit: Visitor, stage: Stage, tom: Any
) -> None:
    page = await visit("Tom", stage.channel())
    await page.locator(".write").fill("/")
    commands = page.get_by_role("listbox", name="Commands")
    await page.locator(".write").press("ArrowDown")
    ready = commands.locator(".choice.active")
    await expect(ready).to_contain_text("/circle setup")
    tom.speaks("es-ES")
    await expect(commands).to_contain_text("Dice cómo está el cielo")
    await expect(ready).to_contain_text("/circle setup")


async def test_a_form_asks_in_the_chosen_language_and_the_bot_hears_its_own_words(
    visit: Visitor, stage: Stage, tom: Any
) -> None:
    tom.speaks("es-419")
    page = await visit("Tom", stage.channel())
    await (await command(page, "/cielo")).click()
    form = page.get_by_role("form", name="Command /cielo")
    seen = form.get_by_role("combobox", name=re.compile("^visto"))
    await expect(seen).to_have_accessible_description("Lo que ves allá arriba")
    await seen.press_sequentially("tor")
    await expect(page.get_by_role("option")).to_have_text(["Tormenta"])
    await seen.press("Enter")
    await form.get_by_role("button", name="Run").click()
    await expect(page.locator(".ephemeral")).to_contain_text("storm, told in es-419")


async def test_a_message_command_stands_in_the_menu_in_the_chosen_language(
    visit: Visitor, stage: Stage, tom: Any
) -> None:
    channel = stage.channel()
    await stage.person("Ines").send(channel, "I am worried")
    page = await visit("Tom", channel)
    more = page.get_by_role("button", name=re.compile("More for the message of Ines"))
    await more.press("Enter")
    await expect(page.get_by_role("menuitem", name=re.compile("Tell a facilitator"))).to_be_visible()
    await page.keyboard.press("Escape")
    tom.speaks("es-ES")
    await expect(chosen(page)).to_have_accessible_name("Discord language: Español")
    await more.press("Enter")
    await page.get_by_role("menuitem", name=re.compile("Avisar a quien facilita")).press("Enter")
    await expect(page.locator(".ephemeral")).to_contain_text("Told about: I am worried")


async def test_a_language_is_chosen_on_a_phone_too(visit: Visitor, stage: Stage, tom: Any) -> None:
    page = await visit("Tom", stage.channel(), width=390, height=780)
    await expect(chosen(page)).to_be_hidden()
    await page.get_by_role("button", name="Channels and people").click()
    await chosen(page).click()
    list_ = await page.locator(".popup:visible").bounding_box()
    assert list_ is not None
    assert list_["x"] >= 0
    assert list_["y"] >= 0
    assert list_["x"] + list_["width"] <= 390
    assert list_["y"] + list_["height"] <= 780
    await page.get_by_role("option", name="Deutsch").click()
    await expect(chosen(page)).to_have_accessible_name("Discord language: Deutsch")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert tom.user.locale == "de"


async def test_a_language_that_could_not_be_told_is_not_shown(visit: Visitor, stage: Stage, tom: Any) -> None:
    page = await visit("Tom", stage.channel(), cuttable=True)
    await visit.cut_lines()
    await expect(page.locator(".banner.waiting")).to_be_visible()
    await choose(page, "deu")
    await expect(page.get_by_text("There is no line to the sandbox right now.")).to_be_visible()
    await expect(chosen(page)).to_have_accessible_name("Discord language: English, UK")
    visit.lines_are_cut = False
    await expect(page.locator(".banner.waiting")).to_have_count(0)
    assert tom.user.locale == "en-GB"
