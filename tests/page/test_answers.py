"""What a bot answers with is shown as in Discord, to those it is for; a missing answer is said."""

import re

import pytest
from playwright.async_api import expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]


async def test_a_press_changes_the_message_for_everyone(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    mine, theirs = await visit("Maya", channel), await visit("Ines", channel)
    count = mine.get_by_role("button", name="Count")
    await count.click()
    for page in (mine, theirs):
        await expect(page.get_by_role("article")).to_contain_text("Pressed 1")
    await expect(count).to_be_focused()
    await expect(mine.get_by_role("button", name="Closed")).to_be_disabled()
    await expect(mine.get_by_role("link", name="Read more")).to_have_attribute("href", "https://example.org/")


async def test_a_press_that_is_not_answered_says_that_it_failed(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel)
    silence = page.get_by_role("button", name="Silence")
    await silence.click()
    await expect(silence).to_have_attribute("aria-busy", "true")
    await expect(page.get_by_role("alert").first).to_contain_text("This interaction failed")
    await expect(silence).not_to_have_attribute("aria-busy", "true")


async def test_one_or_several_or_a_person_is_chosen_from_a_select(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("panel", channel)
    page = await visit("Maya", channel)
    await page.get_by_role("button", name=re.compile("Today's weather")).click()
    await page.get_by_role("option", name="Storm").click()
    await expect(page.get_by_text("You chose Storm")).to_be_visible()
    await page.get_by_role("button", name=re.compile("Several")).click()
    await page.get_by_role("option", name="C").click()
    await expect(page.get_by_role("button", name="Done")).to_be_disabled()
    await page.get_by_role("option", name="A").click()
    await page.get_by_role("button", name="Done").click()
    await expect(page.get_by_text("You chose A and C")).to_be_visible()
    await page.get_by_role("button", name=re.compile("A person")).press("ArrowDown")
    await page.keyboard.type("tom")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("You chose @Tom")).to_be_visible()


async def test_an_ephemeral_answer_is_seen_by_its_owner_alone_and_can_be_dismissed(
    visit: Visitor, stage: Stage
) -> None:
    channel = stage.channel()
    mine, theirs = await visit("Maya", channel), await visit("Ines", channel)
    await mine.locator(".write").fill("/whisper")
    await mine.keyboard.press("Enter")
    await mine.keyboard.press("Enter")
    answer = mine.locator(".ephemeral")
    await expect(mine.get_by_text("Trellis is thinking…").first).to_be_visible()
    await expect(answer).to_contain_text("Between you and me.")
    await expect(answer).to_contain_text("Only you can see this")
    await stage.person("Tom").send(channel, "Hello all")
    await expect(theirs.get_by_text("Hello all")).to_be_visible()
    await expect(theirs.get_by_text("Between you and me.")).to_have_count(0)
    await mine.get_by_role("button", name="Dismiss").click()
    await expect(answer).to_have_count(0)


async def test_a_card_shows_its_picture_with_words_and_its_file_to_save(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("card", channel)
    page = await visit("Maya", channel)
    card = page.get_by_role("region", name="Card: Four weeks")
    await expect(card.locator("dt")).to_have_text("Sun")
    picture = card.get_by_role("img", name="A line that goes up over four weeks")
    await expect(picture).to_have_js_property("naturalWidth", 400)
    await expect(page.get_by_title(re.compile("Sent silently")).first).to_be_visible()
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="Save the file export.json").click()
    assert (await saving.value).suggested_filename == "export.json"
    await expect(page.get_by_role("link", name=re.compile("Save the file"))).to_have_count(1)


async def test_a_container_of_the_second_kind_is_shown_and_can_be_pressed(
    visit: Visitor, stage: Stage
) -> None:
    channel = stage.channel()
    await stage.person("Ines").command("layout", channel)
    page = await visit("Maya", channel)
    box = page.locator(".container.accented")
    await expect(box.get_by_role("heading", name="Boundary challenge")).to_be_visible()
    await expect(box.locator("hr")).to_have_count(1)
    await expect(box.get_by_role("img", name="A green leaf")).to_have_js_property("naturalWidth", 200)
    assert await box.evaluate("node => getComputedStyle(node).borderLeftColor") == "rgb(47, 107, 85)"
    await box.get_by_role("button", name="Another one").click()
    await expect(page.get_by_text("Here is another.")).to_be_visible()
