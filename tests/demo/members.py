"""Pictures of what a member and a facilitator see after some weeks: the real bot, its days lived by hand."""

import random
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, expect

from bot.domain.check_ins import Answer, Audience, Energy, Reactivity, Weather
from bot.services.care import Care
from sandbox import Limits, Sandbox
from tests.cogs.conftest import laid
from tests.cogs.house import CONTENT, House
from tests.cogs.town import actor_of, joined
from tests.demo import practice
from tests.demo.newcomer import latest, run_command

WEEKS = 5
DAY = timedelta(days=1)
DAY_OF_FIRST = WEEKS * 7 - len(practice.WEEKS)  # of the commitment
WORDS = "I said no today, kindly, and nothing broke. My voice held, which surprised me."
DICE = random.Random(3)


class Weeks:
    """A circle of six people after five weeks, and windows on it."""

    def __init__(self, house: House, people: list[Any]) -> None:
        self.house, self.people = house, people

    async def visit(self, browser: Browser, person: Any, **options: Any) -> Page:
        """The page as this person."""
        page = await (await browser.new_context(**options)).new_page()
        page.set_default_timeout(10_000)
        address = f"{self.house.sandbox.url}/#as={person.id}&channel={self.house.channel.id}"
        await page.goto(address)
        await expect(page.get_by_role("heading", level=1)).to_contain_text("north")
        return page


async def lived(sandbox: Sandbox, folder: Path) -> Weeks:
    """Five weeks under a plan; what happens is done through the services, as a press would."""
    house = laid(sandbox, folder)
    house.clock.step(-WEEKS * 7 * DAY)
    await house.start()
    circle = await house.circle(name="North")
    people = [await joined(house, circle, name) for name in ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn")]
    start = house.clock.now().date() + DAY
    facilitator = actor_of(house, house.facilitator, house.role)
    await house.services.plans.lay(facilitator, circle.id, f"{start}", None)
    promised = practice.Practice(house, circle.id, actor_of(house, people[0]))
    for day in range(WEEKS * 7):
        house.clock.step(DAY)
        if day >= DAY_OF_FIRST:
            await promised.live()
        await Care(house.trellis.storage, house.clock, CONTENT).tick()
        for person in people:
            if DICE.random() < 0.8:
                await house.services.check_ins.submit_today(actor_of(house, person), circle.id, _answer())
    await house.tick()
    return Weeks(house, people)


def _answer() -> Answer:
    weathers = [Weather.CLEAR, Weather.SOME_CLOUD, Weather.GREY, Weather.RAIN, Weather.FOG]
    return Answer(
        weather=tuple(DICE.sample(weathers, DICE.choice([1, 1, 2]))),
        energy=DICE.choice(list(Energy)[:4]),
        reactivity=DICE.choice(list(Reactivity)[:3]),
        audience=Audience.ME,
    )


async def take(browser: Browser, shot: Any) -> None:
    """`shot(page, name)` keeps a picture."""
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox(limits=Limits(channel_messages=500, answer=10)) as sandbox:
            weeks = await lived(sandbox, Path(folder))
            try:
                await _member(weeks, browser, shot)
                await practice.take(weeks, browser, shot, _seen)
                await _facilitator(weeks, browser, shot)
            finally:
                await weeks.house.trellis.stop()


async def _member(weeks: Weeks, browser: Browser, shot: Any) -> None:
    ada = await weeks.visit(browser, weeks.people[0], viewport={"width": 1120, "height": 860})
    await run_command(ada, "history")
    await _seen(ada, "Chart of my check-ins")
    await shot(ada, "my-weather")
    small = await weeks.visit(browser, weeks.people[0], viewport={"width": 1120, "height": 860})
    await run_command(small, "privacy")
    await expect(latest(small, "What is kept about you")).to_be_visible()
    await shot(small, "privacy")
    post = await weeks.house.post()
    form = await weeks.people[1].press(post, "Share in the channel")
    await weeks.people[1].submit(
        form.modal, {"words": WORDS, "wish": ["say-back"], "topic": "a small no", "cover": ["covered"]}
    )
    await small.get_by_role("button", name="Share in the channel").last.click()
    await expect(small.get_by_role("dialog")).to_be_visible()
    await shot(small, "share-form")


async def _facilitator(weeks: Weeks, browser: Browser, shot: Any) -> None:
    robin = await weeks.visit(
        browser, weeks.house.facilitator, viewport={"width": 1120, "height": 760}, color_scheme="dark"
    )
    await run_command(robin, "review")
    await expect(latest(robin, "Offered to the circle")).to_be_visible()
    await shot(robin, "review")
    tall = await weeks.visit(browser, weeks.house.facilitator, viewport={"width": 1120, "height": 860})
    await run_command(tall, "summary")
    await _seen(tall, "Chart, the newest week first")
    await shot(tall, "summary")


async def _seen(page: Page, name: str) -> None:
    """The newest answer from its beginning."""
    answer = page.get_by_role("article").filter(has=page.get_by_role("img", name=name)).last
    await expect(answer.get_by_role("img", name=name)).to_be_visible()
    await page.wait_for_timeout(500)  # the page follows its newest message while a picture loads
    await answer.evaluate("each => each.scrollIntoView({block: 'start'})")
