"""`python -m tests.demo.posts FOLDER`: a plan as the page shows it, for a person to look at each post."""

import argparse
import asyncio
import io
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from bot.demo._stage import FACILITATOR, MEMBERS, ZONE
from sandbox.world import Channel, Message
from tests.demo.plan_run import Run, played
from tests.page.browser import ARGS, find_chromium

ON_A_SHEET, COLUMNS = 6, 2
DESK = ViewportSize(width=960, height=1800)  # higher than any post: what does not fit is cut off
PHONE = ViewportSize(width=390, height=2400)
MARGIN = 16  # pixels between two posts on a sheet
GROUND = {"light": "#c8c8c8", "dark": "#585858"}


async def take(folder: Path, *, phone: bool) -> None:
    """Plays the plan and fills the folder: some posts on each sheet, named by their week."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        async with played(Path(data)) as run, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_chromium(), args=[*ARGS])
            stage = run.demo.stage
            await _channel(run, browser, folder, MEMBERS[0], stage.home, phone=phone)
            await _channel(run, browser, folder, FACILITATOR, stage.facilitators, phone=phone)
            await browser.close()


async def _channel(
    run: Run, browser: Browser, folder: Path, person: str, channel: Channel, *, phone: bool
) -> None:
    """All that a channel holds, as somebody sees it; on a phone in the dark."""
    scheme = "dark" if phone else "light"
    context = await browser.new_context(
        viewport=PHONE if phone else DESK,
        color_scheme="dark" if phone else "light",
        timezone_id=ZONE.key,
        locale="en-GB",
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    await page.goto(f"{run.demo.sandbox.url}/#as={run.demo.sandbox.person(person).id}&channel={channel.id}")
    await expect(page.get_by_role("article").last).to_be_visible()
    messages = run.said_in(channel.name)
    await _show_all(page, len(messages))
    for name, some in _by_week(run, messages).items():
        for sheet, first in enumerate(range(0, len(some), ON_A_SHEET), 1):
            shots = [await _shot(page, one) for one in some[first : first + ON_A_SHEET]]
            _sheet(shots, GROUND[scheme]).save(folder / f"{channel.name}-{name}-{sheet}-{scheme}.png")
    await context.close()


async def _show_all(page: Page, count: int) -> None:
    while await page.locator(".entry").count() < count:
        await page.get_by_role("button", name="Show earlier messages").click()
        await page.wait_for_timeout(200)


def _by_week(run: Run, messages: Sequence[Message]) -> dict[str, list[Message]]:
    """Under the names of the weeks; where they are few, all of them together."""
    if len(messages) < 4 * ON_A_SHEET:
        return {"letters": list(messages)}
    found: dict[str, list[Message]] = {}
    for one in messages:
        day = datetime.fromisoformat(one.timestamp).astimezone(ZONE).date()
        found.setdefault(f"week-{(day - run.monday).days // 7 + 1:02}", []).append(one)
    return found


async def _shot(page: Page, message: Message) -> Image.Image:
    entry = page.locator(f'.entry[data-message="{message.id}"]')
    return Image.open(io.BytesIO(await entry.screenshot()))


def _sheet(shots: Sequence[Image.Image], ground: str) -> Image.Image:
    """The posts below each other in columns, in the order in which they came."""
    rows = -(-len(shots) // COLUMNS)
    columns = [shots[start : start + rows] for start in range(0, len(shots), rows)]
    width = max(shot.width for shot in shots) + MARGIN
    height = max(sum(shot.height + MARGIN for shot in column) for column in columns)
    sheet = Image.new("RGB", (width * len(columns) + MARGIN, height + MARGIN), ground)
    for place, column in enumerate(columns):
        top = MARGIN
        for shot in column:
            sheet.paste(shot, (MARGIN + place * width, top))
            top += shot.height + MARGIN
    return sheet


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--phone", action="store_true", help="on a phone, in the dark")
    given = parser.parse_args()
    asyncio.run(take(given.folder, phone=given.phone))
