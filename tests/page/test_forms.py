"""Forms that a bot opens: checked in plain words, led by keyboard, and nothing typed is lost."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def first_form(visit: Visitor, stage: Stage) -> Page:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel)
    await page.get_by_role("button", name="Form").click()
    await expect(page.get_by_role("dialog", name="First step")).to_be_visible()
    return page


async def second_form(visit: Visitor, stage: Stage) -> Page:
    page = await first_form(visit, stage)
    await page.get_by_role("radio", name="Sun").check()
    await page.get_by_role("button", name="Submit").click()
    await page.get_by_role("button", name="Add a note").click()
    await expect(page.get_by_role("dialog", name="Second step")).to_be_visible()
    return page


async def test_a_form_leads_to_the_next_and_both_answers_arrive(visit: Visitor, stage: Stage) -> None:
    page = await first_form(visit, stage)
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Submit").click()
    await expect(form).to_contain_text("Please choose one.")
    await form.get_by_role("radio", name="Storm").check()
    await form.get_by_role("button", name=re.compile("Energy")).click()
    await form.get_by_role("option", name="Low").click()
    await form.get_by_role("checkbox", name="Keep it private").uncheck()
    await form.get_by_role("button", name="Submit").click()
    await expect(form).to_have_count(0)
    await page.get_by_role("button", name="Add a note").click()
    note = page.get_by_role("textbox", name=re.compile("A note"))
    await note.fill("a quiet day")
    await note.press("Control+Enter")
    await expect(page.get_by_text("Kept: storm, Low, private=False, a quiet day")).to_be_visible()


async def test_a_text_outside_its_limits_is_kept_and_named(visit: Visitor, stage: Stage) -> None:
    page = await second_form(visit, stage)
    note = page.get_by_role("textbox", name=re.compile("A note"))
    await note.fill("abc")
    await page.get_by_role("button", name="Submit").click()
    await expect(page.get_by_role("dialog")).to_contain_text("5 characters are needed, this has 3")
    await expect(note).to_be_focused()
    await note.fill("x" * 64)
    await expect(page.get_by_role("dialog")).to_contain_text("64 / 60")
    await page.get_by_role("button", name="Submit").click()
    await expect(page.get_by_role("dialog")).to_contain_text("4 characters over the limit")
    await expect(note).to_have_value("x" * 64)


async def test_what_was_typed_stays_when_the_bot_does_not_answer(visit: Visitor, stage: Stage) -> None:
    page = await second_form(visit, stage)
    note = page.get_by_role("textbox", name=re.compile("A note"))
    await note.fill("stall please")
    await page.get_by_role("button", name="Submit").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text(
        "What you wrote is still here"
    )
    await expect(note).to_have_value("stall please")
    await note.fill("once more")
    await page.get_by_role("button", name="Submit").click()
    await expect(page.get_by_text("Kept: sun, no energy, private=True, once more")).to_be_visible()


async def test_the_keyboard_stays_within_a_form_and_escape_leaves_it(visit: Visitor, stage: Stage) -> None:
    page = await first_form(visit, stage)
    inside = "document.querySelector('dialog').contains(document.activeElement)"
    for _ in range(8):
        await page.keyboard.press("Tab")
        assert await page.evaluate(inside)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("button", name="Form")).to_be_focused()
