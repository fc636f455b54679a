"""Files go along with a command or a form, and come back to be saved."""

import re

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


def paper(name: str, words: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": words.encode()}


async def begin(page: Page, command: str) -> None:
    await page.locator(".write").fill(f"/{command}")
    await page.get_by_role("option", name=re.compile(command)).first.click()


async def test_a_command_takes_a_file_along_and_gives_it_back(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    await begin(page, "keep")
    await page.get_by_role("button", name="Run").click()
    await expect(page.get_by_role("form")).to_contain_text("This one is needed.")
    await page.get_by_label(re.compile("^file")).set_input_files(paper("list.txt", "bread and salt"))
    await page.get_by_role("button", name="Run").click()
    await expect(page.get_by_role("article")).to_contain_text("list.txt says bread and salt")
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="Save the file list.txt").click()
    assert (await (await saving.value).path()).read_text() == "bread and salt"


async def test_a_form_takes_as_many_files_as_it_asks_for(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    await begin(page, "letter")
    await page.get_by_role("button", name="Run").click()
    form = page.get_by_role("dialog", name="A letter")
    pages = form.get_by_label(re.compile("^Pages"))
    await pages.set_input_files([paper(f"{n}.txt", "x") for n in range(3)])
    await form.get_by_role("button", name="Submit").click()
    await expect(form).to_contain_text("That is 3; at most 2 fit here.")
    await pages.set_input_files([paper("one.txt", "Dear you,"), paper("two.txt", "so long")])
    await form.get_by_role("button", name="Submit").click()
    await expect(page.get_by_role("article")).to_contain_text("one.txt: Dear you,; two.txt: so long")
    await expect(form).to_have_count(0)
