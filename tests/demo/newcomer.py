"""A newcomer at the demo: starts it as the README says, and uses the page with eyes and hands alone."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.async_api import Browser, Locator, Page, expect

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
WHERE: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/Berlin"}  # as the demo's circle
STOP_SECONDS = 20


class Demo:
    """One run of `python -m bot demo`, which is what `make demo` runs."""

    def __init__(self, process: Process, url: str) -> None:
        self._process = process
        self.url = url
        self._people: dict[str, str] = {}

    @classmethod
    @asynccontextmanager
    async def started(cls, folder: Path, *options: str, port: int = 0) -> "AsyncIterator[Demo]":
        """Runs it on `port` (0: a free one), its data in `folder`; whoever does not stop it has it killed."""
        process = await cls._process(folder, port or free_port(), options)
        try:
            yield cls(process, await cls._page(process))
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()

    @staticmethod
    async def _process(folder: Path, port: int, options: Sequence[str]) -> Process:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--port", str(port), "--data", str(folder), *options),
            env=environment,
            stdout=PIPE,
            stderr=DEVNULL,
        )

    @staticmethod
    async def _page(process: Process) -> str:
        """The page's address, as soon as it is printed."""
        assert process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            async for line in process.stdout:
                found = re.search(rb"http://127\.0\.0\.1:\d+", line)
                if found:
                    return found[0].decode()
        raise AssertionError("the demo ended before it named its page")

    async def stop(self) -> int:
        """Ctrl-C; the exit status."""
        self._process.send_signal(signal.SIGINT)
        await asyncio.wait_for(self._process.communicate(), STOP_SECONDS)
        return self._process.returncode or 0

    async def arrive(self, browser: Browser) -> Page:
        """The page as its address opens it: nobody yet."""
        page = await (await browser.new_context(viewport={"width": 1180, "height": 900}, **WHERE)).new_page()
        page.set_default_timeout(10_000)
        await page.goto(self.url)
        return page

    async def visit(self, browser: Browser, name: str, channel: str, **options: Any) -> Page:
        """The page as this person, in this channel."""
        if not self._people:
            with await asyncio.to_thread(urlopen, f"{self.url}/sandbox/people") as answer:
                self._people = {one["name"]: one["id"] for one in json.load(answer)}
        size = options.pop("viewport", {"width": 1180, "height": 900})
        page = await (await browser.new_context(viewport=size, **WHERE, **options)).new_page()
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
