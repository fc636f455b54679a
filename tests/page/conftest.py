"""One browser, one sandbox and one bot for all tests of the page; each test has its own channel."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    WebSocket,
    WebSocketRoute,
    async_playwright,
    expect,
)

from sandbox import Limits, Sandbox
from tests.page.browser import ARGS, NoBrowser, find_chromium

ROOT = Path(__file__).parents[2]
PATIENCE_MS = 8_000
READY_SECONDS = 30
OURS = re.compile(r"^(?:(?:https?|wss?)://127\.0\.0\.1[:/]|data:|blob:)")
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
ONE_PROCESS = "--process-per-site"  # another window of the same page is quick then


@dataclass
class Stage:
    """The small world of these tests."""

    sandbox: Sandbox
    guild: Any
    token: str
    made: int = field(default=0)
    process: asyncio.subprocess.Process | None = field(default=None)

    def channel(self, **options: Any) -> Any:
        """A text channel that no other test uses."""
        self.made += 1
        return self.guild.add_text_channel(f"room-{self.made}", **options)

    def person(self, name: str) -> Any:
        return self.sandbox.person(name)

    def link(self, name: str, channel: Any) -> str:
        user = self.sandbox.world.find_user(name)
        return f"{self.sandbox.url}/#as={user.id}&channel={channel.id}"

    async def start_bot(self) -> None:
        """Starts the bot's process, and returns when it is connected and ready."""
        environment = {
            **os.environ,
            "DISCORD_TOKEN": self.token,
            "DISCORD_API_URL": self.sandbox.api_url,
            "DISCORD_GATEWAY_URL": self.sandbox.gateway_url,
        }
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.page.bot", cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE
        )
        assert self.process.stdout
        said = await asyncio.wait_for(self.process.stdout.readline(), READY_SECONDS)
        assert said.strip() == b"ready"

    async def stop_bot(self) -> None:
        """Ends the bot's process, if one runs."""
        process, self.process = self.process, None
        if process is not None:
            process.terminate()
            await process.communicate()


@pytest.fixture(scope="session")
def chromium() -> Path:
    try:
        return find_chromium()
    except NoBrowser as none:
        pytest.fail(str(none), pytrace=False)


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        one = await playwright.chromium.launch(
            executable_path=chromium, args=[*ARGS, NOWHERE_ELSE, ONE_PROCESS]
        )
        expect.set_options(timeout=PATIENCE_MS)
        yield one
        await one.close()


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def room(browser: Browser) -> BrowserContext:
    """A context for all windows that need nothing of their own; who one is stands in the address."""
    return await browser.new_context()


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def stage() -> AsyncIterator[Stage]:
    async with Sandbox(limits=Limits(answer=1.5)) as sandbox:
        world = sandbox.world
        ines = world.add_user("Ines")
        maya, tom = world.add_user("Maya"), world.add_user("Tom", scripted=True)
        guild = world.add_guild("Evening circle", owner=ines)
        for user in (maya, tom):
            guild.add_member(user)
        application = world.add_application("Trellis")
        guild.invite(application, permissions=8)
        one = Stage(sandbox, guild, application.token)
        try:
            await one.start_bot()
            yield one
        finally:
            await one.stop_bot()


@dataclass
class Visitor:
    """Opens windows onto the page, and keeps what went wrong in them or wanted to leave this machine."""

    browser: Browser
    room: BrowserContext
    stage: Stage
    opened: list[Page | BrowserContext] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    lines: list[WebSocketRoute] = field(default_factory=list)
    lines_are_cut: bool = False

    async def window(
        self, address: str, *, width: int = 1200, height: int = 850, cuttable: bool = False, **options: Any
    ) -> Page:
        """A window; `cuttable` gives it a line for `cut_lines`, `options` a context of its own."""
        context = await self.browser.new_context(**options) if options else self.room
        page = await context.new_page()
        self.opened.append(context if options else page)
        await page.set_viewport_size({"width": width, "height": height})
        if cuttable:
            await page.route_web_socket("**/*", self._line)
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.on("request", self._asked)
        page.on("websocket", self._asked)
        await page.goto(address)
        return page

    async def __call__(self, name: str, channel: Any, **options: Any) -> Page:
        """The page as this person, in this channel, once its messages are there."""
        page = await self.window(self.stage.link(name, channel), **options)
        await expect(page.get_by_role("heading", level=1)).to_contain_text(channel.name)
        await expect(page.locator(".log-start")).to_be_visible()
        return page

    async def cut_lines(self) -> None:
        """Cuts every page's line to the sandbox; new ones are cut too while `lines_are_cut`."""
        self.lines_are_cut = True
        for line in self.lines:
            await line.close()
        self.lines.clear()

    async def _line(self, line: WebSocketRoute) -> None:
        if self.lines_are_cut:
            await line.close()
        else:
            line.connect_to_server()
            self.lines.append(line)

    def _asked(self, asked: Request | WebSocket) -> None:
        if not OURS.match(asked.url):
            self.outside.append(asked.url)


@pytest_asyncio.fixture(loop_scope="package")
async def visit(browser: Browser, room: BrowserContext, stage: Stage) -> AsyncIterator[Visitor]:
    visitor = Visitor(browser, room, stage)
    yield visitor
    await asyncio.gather(*(each.close() for each in visitor.opened))
    assert visitor.outside == [], "the page asked for something outside this machine"
    assert visitor.broken == [], "a script of the page failed"
