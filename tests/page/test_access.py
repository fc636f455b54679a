"""Usable by keyboard and by ear: everything has a name, the focus is seen, news is read out once."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

FOCUS = """() => {
    const node = document.activeElement, style = getComputedStyle(node);
    return {
        what: node.getAttribute("aria-label") || node.textContent || node.tagName,
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        isPage: node === document.body,
        place: node.closest("aside, header.top, .log, .composer, dialog")?.className || "",
    };
}"""
HEARD = """() => {
    window.heard = [];
    const log = document.querySelector("[role=log]");
    new MutationObserver((changes) => {
        if (log.getAttribute("aria-busy") === "true") return;
        for (const change of changes) for (const node of change.addedNodes) heard.push(node.innerText);
    }).observe(log, { childList: true });
}"""


async def nameless(page: Page) -> list[str]:
    """What can be focused and says nothing to those who listen, by Chromium's own reading of the page."""
    line = await page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = (await line.send("Accessibility.getFullAXTree"))["nodes"]
    await line.detach()
    roles = [
        node["role"]["value"]
        for node in nodes
        if not node.get("ignored")
        and {"name": "focusable", "value": {"type": "booleanOrUndefined", "value": True}}
        in node["properties"]
        and not node.get("name", {}).get("value", "").strip()
    ]
    return [role for role in roles if role != "listbox"]


async def walk(page: Page) -> list[dict[str, Any]]:
    """Tab from the top of the page to its end."""
    rounds: list[list[dict[str, Any]]] = [[]]
    while len(rounds) < 3:
        await page.keyboard.press("Tab")
        now = await page.evaluate(FOCUS)
        if now["isPage"]:
            rounds.append([])
        else:
            rounds[-1].append(now)
    return rounds[1]


async def test_everything_that_can_be_pressed_has_a_name(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    for command in ("panel", "card", "layout"):
        await stage.person("Ines").command(command, channel)
    page = await visit("Maya", channel)
    await expect(page.get_by_role("article")).to_have_count(3)
    assert await nameless(page) == []
    await page.locator(".write").fill("/circle")
    await page.locator(".write").press("Enter")
    await expect(page.get_by_role("form", name=re.compile("circle setup"))).to_be_visible()
    assert await nameless(page) == []
    await page.get_by_role("button", name="Form").click()
    await expect(page.get_by_role("dialog", name="First step")).to_be_visible()
    assert await nameless(page) == []


async def test_the_focus_is_seen_and_goes_from_channels_to_messages_to_writing(
    visit: Visitor, stage: Stage
) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel)
    await expect(page.get_by_role("article")).to_be_visible()
    seen = await walk(page)
    assert [one["what"] for one in seen if not one["seen"]] == []
    places = [one["place"] for one in seen]
    assert list(dict.fromkeys(places)) == ["sidebar", "log", "composer"]
    assert places == sorted(places, key=["sidebar", "log", "composer"].index)


async def test_a_new_message_is_read_out_once_and_a_change_of_it_is_not(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel)
    await expect(page.get_by_role("log")).not_to_have_attribute("aria-busy", "true")
    await page.evaluate(HEARD)
    await stage.person("Tom").send(channel, "Good evening")
    await expect(page.get_by_text("Good evening")).to_be_visible()
    await page.get_by_role("button", name="Count").click()
    await expect(page.get_by_text("Pressed 1")).to_be_visible()
    heard = await page.evaluate("window.heard")
    assert len(heard) == 1
    assert "Good evening" in heard[0]


async def test_what_a_part_of_a_form_needs_is_tied_to_it(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel)
    await page.get_by_role("button", name="Form").click()
    form = page.get_by_role("dialog", name="First step")
    await form.get_by_role("button", name="Submit").click()
    weather = form.get_by_role("radiogroup", name="Weather")
    await expect(weather).to_have_accessible_description("Please choose one.")
    await expect(weather).to_have_attribute("aria-invalid", "true")
    await expect(form.get_by_role("radio", name="Sun")).to_be_focused()


async def test_a_list_that_is_left_by_tab_closes(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel)
    choose = page.get_by_role("button", name=re.compile("Today's weather"))
    await choose.press("ArrowDown")
    await expect(page.get_by_role("option", name="Rain")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await expect(choose).to_have_attribute("aria-expanded", "false")
