"""Pictures of what is there when it is hard: help lines, an exercise, private help, an alert, a map."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from sandbox import Limits, Sandbox
from tests.cogs.conftest import laid
from tests.cogs.house import House
from tests.cogs.town import joined
from tests.demo.newcomer import latest, run_command

WORDS = "i don't want to be here anymore"
MAP = {
    "signs": "I count the spoons.\nI stop answering.",
    "helps": "The river\nTea, and the blue blanket",
    "boundaries": "No phone after ten.",
    "people": "Noor, evenings",
}
WIDTH, AROUND = 1120, 146  # pixels; what the page shows above and below its messages
DESK: dict[str, Any] = {"viewport": {"width": WIDTH, "height": 860}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 780},
    "color_scheme": "dark",
    "device_scale_factor": 2,
}
GROWN_MS = 2400  # until the circle to breathe along with is large, and not yet turns; a shot takes 700 more


async def take(browser: Browser, shot: Any) -> None:
    """`shot(page, name)` keeps a picture."""
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox(limits=Limits(answer=10)) as sandbox:
            house = laid(sandbox, Path(folder))
            await house.start()
            try:
                circle = await house.circle(name="North", region="GB")
                ada, ben = [await joined(house, circle, name) for name in ("Ada", "Ben")]
                await _lines(house, browser, shot, ada)
                await _exercise(house, browser, shot, ben)
                await _map(house, browser, shot, ben)
                await _match(house, browser, shot, ada)
            finally:
                await house.trellis.stop()


async def _visit(house: House, browser: Browser, person: Any, channel: Any, **options: Any) -> Page:
    """The page as this person, in this channel."""
    page = await (await browser.new_context(**options)).new_page()
    page.set_default_timeout(10_000)
    await page.goto(f"{house.sandbox.url}/#as={person.id}&channel={channel.id}")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


async def _fitted(page: Page, answer: Locator) -> None:
    """Makes the window as high as the answer, so that nothing else is seen."""
    await expect(answer).to_be_visible()
    box = await answer.bounding_box()
    assert box is not None
    await page.set_viewport_size({"width": WIDTH, "height": round(box["height"]) + AROUND})


async def _lines(house: House, browser: Browser, shot: Any, person: Any) -> None:
    page = await _visit(house, browser, person, house.channel, **DESK)
    await run_command(page, "help-now")
    await _fitted(page, latest(page, "In danger right now, call"))
    await shot(page, "help-now")


async def _exercise(house: House, browser: Browser, shot: Any, person: Any) -> None:
    """Breath with its picture; the clock stands, and so the step does."""
    await (await person.command("ground", house.channel, exercise="gr-23")).settled()
    card = [each for each in person.dms(house.application) if each.author.bot][-1]
    for label in ("Safe enough", "Begin", "Skip", "Picture", "Next", "Next"):
        await person.press(card, label)
    page = await _visit(house, browser, person, card.channel, **PHONE)
    await expect(page.get_by_role("img", name="A circle that grows").last).to_be_visible()
    await page.wait_for_timeout(GROWN_MS)
    await shot(page, "ground")


async def _map(house: House, browser: Browser, shot: Any, person: Any) -> None:
    form = await person.press((await person.command("map", house.channel)).message, "Begin my map")
    await person.submit(form.modal, MAP)
    page = await _visit(house, browser, person, house.channel, **DESK)
    await _fitted(page, latest(page, "The river"))
    await shot(page, "map")


async def _match(house: House, browser: Browser, shot: Any, person: Any) -> None:
    """A share whose words match: what its author sees, and what the facilitators' channel is told."""
    await house.facilitator.command("duty", house.channel, state="on")
    form = await person.press(await house.post(), "Share in the channel")
    outcome = await person.submit(form.modal, {"words": WORDS})
    await outcome.followed_up()
    page = await _visit(house, browser, person, house.channel, **DESK)
    await _fitted(page, latest(page, "You misread me"))
    await shot(page, "private-help")
    await house.tick()
    robin = await _visit(house, browser, house.facilitator, house.backroom, **DESK)
    await run_command(robin, "duty")
    await expect(latest(robin, "On duty:")).to_be_visible()
    await shot(robin, "alert")
