"""A newcomer at the demo: starts it as the README says, and uses the page with eyes and hands alone."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.async_api import Browser, Locator, Page, expect

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
STOP_SECONDS = 20


class Demo:
    """One run of `python -m bot demo`, which is what `make demo` runs."""

    def __init__(self, process: Process, url: str) -> None:
        self._process = process
        self.url = url
        self._people: dict[str, str] = {}

    @classmethod
    async def start(cls, folder: Path, port: int, *options: str) -> "Demo":
        """Starts it on `port`, its data in `folder`, and waits until it prints the page's address."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--port", str(port), "--data", str(folder), *options),
            env=environment,
            stdout=PIPE,
            stderr=DEVNULL,
        )
        assert process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            async for line in process.stdout:
                found = re.search(rb"http://127\.0\.0\.1:\d+", line)
                if found:
                    return cls(process, found[0].decode())
        raise AssertionError("the demo ended before it named its page")

    async def stop(self) -> int:
        """Ctrl-C; the exit status."""
        self._process.send_signal(signal.SIGINT)
        await asyncio.wait_for(self._process.communicate(), STOP_SECONDS)
        return self._process.returncode or 0

    async def visit(self, browser: Browser, name: str, channel: str, **options: Any) -> Page:
        """The page as this person, in this channel."""
        if not self._people:
            with await asyncio.to_thread(urlopen, f"{self.url}/sandbox/people") as answer:
                self._people = {one["name"]: one["id"] for one in json.load(answer)}
        size = options.pop("viewport", {"width": 1180, "height": 900})
        page = await (await browser.new_context(viewport=size, **options)).new_page()
        page.set_default_timeout(10_000)
        await page.goto(f"{self.url}/#as={self._people[name]}")
        if size["width"] > 700:
            await (
                page.get_by_role("link", name=re.compile(f"^#? ?{channel}"))
                .or_(page.get_by_role("button", name=re.compile(f"{channel}")))
                .first.click()
            )
        await expect(page.get_by_role("heading", level=1)).to_contain_text(channel)
        return page


async def run_command(page: Page, name: str, **options: str) -> None:
    """Types a slash command and fills its form; what is offered is picked."""
    await page.get_by_role("combobox", name=re.compile("^Message")).fill(f"/{name}")
    await page.get_by_role("option", name=re.compile(rf"^.{re.escape(name)}")).first.click()
    for option, value in options.items():
        await page.get_by_role("combobox", name=re.compile(f"^{option}")).fill(value)
        await page.get_by_role("option", name=value).first.click()
    run = page.get_by_role("button", name="Run", exact=True)
    await run.click()
    await expect(run).to_have_count(0)


def latest(page: Page, containing: str) -> Locator:
    """The newest message that says this."""
    return page.get_by_role("article").filter(has_text=containing).last


def free_port() -> int:
    """One that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
