"""One browser, one sandbox and one bot for all tests of the page; each test has its own channel."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
    Route,
    WebSocketRoute,
    async_playwright,
    expect,
)
from yarl import URL

from sandbox import Limits, Sandbox
from tests.page.browser import ARGS, NoBrowser, find_chromium

ROOT = Path(__file__).parents[2]
PATIENCE_MS = 8_000
READY_SECONDS = 30
ELSEWHERE = re.compile(r"^(?!https?://127\.0\.0\.1[:/])")


@dataclass
class Stage:
    """The small world of these tests."""

    sandbox: Sandbox
    guild: Any
    token: str
    made: int = field(default=0)

    def channel(self, **options: Any) -> Any:
        """A text channel that no other test uses."""
        self.made += 1
        return self.guild.add_text_channel(f"room-{self.made}", **options)

    def person(self, name: str) -> Any:
        return self.sandbox.person(name)

    def link(self, name: str, channel: Any) -> str:
        user = self.sandbox.world.find_user(name)
        return f"{self.sandbox.url}/#as={user.id}&channel={channel.id}"

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[None]:
        """A bot's process that is connected and ready inside the block."""
        environment = {
            **os.environ,
            "DISCORD_TOKEN": self.token,
            "DISCORD_API_URL": self.sandbox.api_url,
            "DISCORD_GATEWAY_URL": self.sandbox.gateway_url,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.page.bot", cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE
        )
        try:
            assert process.stdout
            said = await asyncio.wait_for(process.stdout.readline(), READY_SECONDS)
            assert said.strip() == b"ready"
            yield
        finally:
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
        one = await playwright.chromium.launch(executable_path=chromium, args=[*ARGS])
        expect.set_options(timeout=PATIENCE_MS)
        yield one
        await one.close()


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
        async with one.bot():
            yield one


@dataclass
class Visitor:
    """Opens windows onto the page, and keeps what went wrong in them or wanted to leave this machine."""

    browser: Browser
    stage: Stage
    contexts: list[BrowserContext] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    lines: list[WebSocketRoute] = field(default_factory=list)
    lines_are_cut: bool = False

    async def window(self, address: str, *, width: int = 1200, height: int = 850, **options: Any) -> Page:
        context = await self.browser.new_context(viewport={"width": width, "height": height}, **options)
        self.contexts.append(context)
        await context.route(ELSEWHERE, self._refuse)
        await context.route_web_socket("**/*", self._line)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.broken.append(str(error)))
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
        if URL(line.url).host != "127.0.0.1":
            self.outside.append(line.url)
        if self.lines_are_cut:
            await line.close()
        else:
            line.connect_to_server()
            self.lines.append(line)

    async def _refuse(self, route: Route, request: Request) -> None:
        self.outside.append(request.url)
        await route.abort()


@pytest_asyncio.fixture(loop_scope="package")
async def visit(browser: Browser, stage: Stage) -> AsyncIterator[Visitor]:
    visitor = Visitor(browser, stage)
    yield visitor
    for context in visitor.contexts:
        await context.close()
    assert visitor.outside == [], "the page asked for something outside this machine"
    assert visitor.broken == [], "a script of the page failed"
