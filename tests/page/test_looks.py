"""Calm on every screen: phone width, light and dark, and quiet words when a line or the bot is away."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

PHONE = 320


async def background(page: Page) -> list[int]:
    colour = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


async def test_a_phone_never_scrolls_sideways_and_has_the_channels_in_a_drawer(
    visit: Visitor, stage: Stage
) -> None:
    channel, other = (
        stage.channel(topic="A topic that is rather long for such a narrow window"),
        stage.channel(),
    )
    ines = stage.person("Ines")
    for command in ("panel", "card", "layout"):
        await ines.command(command, channel)
    await ines.send(channel, "x" * 300 + "\n```\n" + "wide " * 60 + "\n```")
    page = await visit("Maya", channel, width=PHONE, height=640)
    await expect(page.get_by_role("article").last).to_contain_text("xxx")
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE
    assert await page.evaluate("(n => n.scrollWidth - n.clientWidth)(document.querySelector('.log'))") == 0
    await expect(page.locator(".sidebar")).to_be_hidden()
    await page.get_by_role("button", name="Channels and people").click()
    await page.get_by_role("button", name=f"{other.name}, channel").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"#{other.name}")
    await expect(page.locator(".sidebar")).to_be_hidden()
    await page.locator(".write").fill("/circle setup")
    await page.locator(".write").press("Enter")
    await expect(page.get_by_role("form")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE


async def test_a_list_stays_within_the_window_and_beside_what_opened_it(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel)
    for width, height in ((390, 780), (390, 420), (1180, 1000)):
        await page.set_viewport_size({"width": width, "height": height})
        for name in ("Today's weather", "Several", "A person"):
            choose = page.get_by_role("button", name=re.compile(name))
            await choose.click()
            lies, list_ = await choose.bounding_box(), await page.locator(".popup:visible").bounding_box()
            assert lies is not None
            assert list_ is not None
            assert list_["x"] >= 0
            assert list_["x"] + list_["width"] <= width
            assert list_["y"] >= 0
            assert list_["y"] + list_["height"] <= height
            assert list_["y"] >= lies["y"] + lies["height"] or list_["y"] + list_["height"] <= lies["y"]
            await page.keyboard.press("Escape")


async def test_a_long_form_scrolls_on_a_phone_and_keeps_its_buttons(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel, width=390, height=250)
    await page.get_by_role("button", name="Form").click()
    form = page.get_by_role("dialog")
    await expect(form.get_by_role("button", name="Submit")).to_be_in_viewport(ratio=1)
    await expect(form.get_by_role("checkbox")).not_to_be_in_viewport()
    assert await page.evaluate("document.querySelector('.form-parts').scrollTop") == 0
    await form.get_by_role("checkbox").uncheck()
    await expect(form.get_by_role("checkbox")).to_be_in_viewport(ratio=1)
    await expect(form.get_by_role("button", name="Submit")).to_be_in_viewport(ratio=1)
    await form.get_by_role("button", name="Cancel").click()
    await expect(page.locator(".write")).to_be_in_viewport(ratio=1)


async def test_dark_follows_the_system_until_the_reader_chooses(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel(), color_scheme="dark")
    assert max(await background(page)) < 60
    await page.get_by_role("button", name="Use light colours").click()
    assert min(await background(page)) > 220
    await page.reload()
    await expect(page.get_by_role("button", name="Use dark colours")).to_be_visible()
    assert min(await background(page)) > 220


async def test_a_cut_line_comes_back_by_itself_with_what_was_missed(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    page = await visit("Maya", channel, cuttable=True)
    cut = page.locator(".banner.waiting")
    await visit.cut_lines()
    await expect(cut).to_contain_text("comes back by itself")
    await stage.person("Ines").send(channel, "While you were away")
    visit.lines_are_cut = False
    await expect(page.get_by_role("article")).to_contain_text("While you were away")
    await expect(cut).to_have_count(0)


async def test_the_page_says_that_it_is_the_sandbox(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    page = await visit("Maya", channel)
    await expect(page.get_by_text("Sandbox: nothing here goes to Discord")).to_be_visible()
    await expect(page).to_have_title(re.compile(f"#{channel.name}"))
    await expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")


async def test_a_bot_that_stops_is_said_until_it_is_back(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    away = page.get_by_text("Trellis is not running; what you press will fail.")
    await expect(away).to_have_count(0)
    try:
        await stage.stop_bot()
        await expect(away).to_be_visible()
        await page.reload()
        await expect(away).to_be_visible()
    finally:
        await stage.start_bot()
    await expect(away).to_have_count(0)


async def test_times_are_told_in_the_readers_own_language_and_zone(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").send(channel, "<t:1700000000:f> <t:1700000000:R> <t:1700000000:t>")
    page = await visit("Maya", channel, locale="de-DE", timezone_id="Europe/Berlin")
    stamps = page.locator("time.stamp")
    await expect(stamps).to_have_text(
        [re.compile(r"14\. November 2023 um 23:13"), re.compile("^vor .* Jahren$"), "23:13"]
    )
    await expect(stamps.first).to_have_attribute("title", re.compile("^Dienstag, 14. November 2023"))
    await expect(stamps.first).to_have_attribute("lang", "de-DE")


async def test_a_line_that_is_cut_in_the_midst_of_everything_breaks_nothing(
    visit: Visitor, stage: Stage
) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel, cuttable=True)
    for _ in range(2):
        await page.evaluate(
            """() => {
                for (const one of ["[data-custom-id]", ".places .place:last-child", ".places button"])
                    document.querySelector(one)?.click();
            }"""
        )
        await visit.cut_lines()
        await expect(page.locator(".banner.waiting")).to_be_visible()
        visit.lines_are_cut = False
        await expect(page.locator(".banner.waiting")).to_have_count(0)
