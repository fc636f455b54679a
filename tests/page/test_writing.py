"""What people write is shown as Discord shows it, and can never become part of the page."""

import re

import pytest
from playwright.async_api import expect

from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

RICH = """# Heading
-# small
**bold** *leaning* __under__ ~~gone~~ `code` <t:1700000000:F> <t:1700000000:R>
> quoted
- one
  - deeper
1. first
[words](https://example.org/a_b) ||hidden||
```py
print("<b>")
```"""
SHOWN = {
    ".h1": "Heading",
    ".subtext": "small",
    "strong": "bold",
    "em": "leaning",
    "u": "under",
    "s": "gone",
    "p > code": "code",
    "blockquote": "quoted",
    "ul ul > li": "deeper",
    "ol > li": "first",
    "pre": 'print("<b>")',
}
HOSTILE = """<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>
[press](javascript:window.hurt=1) <svg onload=window.hurt=1> **<b onmouseover=window.hurt=1>x</b>**
```<iframe src=javascript:window.hurt=1>```
||<img src=x onerror=window.hurt=1>|| <https://example.org/"onmouseover="window.hurt=1>"""


async def test_a_message_that_is_sent_reaches_everyone_in_the_channel(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    mine, theirs = await visit("Maya", channel), await visit("Ines", channel)
    await mine.locator(".write").fill("Hello there")
    await mine.locator(".write").press("Enter")
    for page in (mine, theirs):
        await expect(page.get_by_role("article", name=re.compile("^Maya"))).to_contain_text("Hello there")
    await expect(mine.locator(".write")).to_have_value("")


async def test_markdown_is_shown_as_discord_shows_it(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    maya = stage.sandbox.world.find_user("Maya")
    await stage.person("Ines").send(channel, f"{RICH}\n<@{maya.id}> <#{channel.id}>")
    page = await visit("Maya", channel)
    shown = page.get_by_role("article")
    for selector, words in SHOWN.items():
        await expect(shown.locator(selector)).to_have_text(words)
    await expect(shown.get_by_role("link", name="words")).to_have_attribute("href", "https://example.org/a_b")
    await expect(shown.locator(".mention")).to_have_text(["@Maya", f"#{channel.name}"])
    await expect(shown.locator("time.stamp").first).to_have_attribute("title", re.compile("2023"))
    hidden = shown.get_by_role("button", name=re.compile("Spoiler"))
    await hidden.press("Enter")
    await expect(shown.locator(".spoiler.shown")).to_have_text("hidden")


async def test_nothing_that_is_written_can_become_part_of_the_page(visit: Visitor, stage: Stage) -> None:
    channel = stage.channel()
    await stage.person("Ines").send(channel, HOSTILE)
    page = await visit("Maya", channel)
    shown = page.get_by_role("article").locator(".md")
    await expect(shown).to_contain_text('<img src=x onerror="window.hurt=1">')
    assert await shown.locator("img, script, svg, iframe, b, [onmouseover], [href^=javascript]").count() == 0
    assert await page.evaluate("window.hurt") is None


async def test_a_text_over_the_limit_is_kept_to_be_shortened(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    write = page.locator(".write")
    await write.fill("x" * 2003)
    await write.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("3 characters over")
    await expect(write).to_have_value("x" * 2003)


async def test_a_bot_can_be_written_to_directly(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    await page.locator(".places").get_by_role("button", name=re.compile("Trellis")).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trellis")
    await page.locator(".write").fill("ground me")
    await page.locator(".write").press("Enter")
    await expect(page.get_by_role("article")).to_contain_text("ground me")
