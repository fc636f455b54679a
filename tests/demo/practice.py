"""Pictures of a member's commitment over some weeks, with a lapse in it and a return."""

from typing import Any

from playwright.async_api import Browser, expect

from bot.domain.accounts import Actor
from bot.domain.commitments import Mark, Words
from bot.domain.ids import CircleId
from bot.services.commitments import Wanted
from tests.cogs.house import House
from tests.demo.newcomer import latest, run_command

LETTERS = {"k": Mark.KEPT, "s": Mark.SMALL, "r": Mark.REST, "m": Mark.MISSED, "x": Mark.REPAIRED}
WEEKS = "kkskkrkkxkkkrk" + "kmm.kskrkkkskk"  # four weeks: some days did not go well, and then it goes on
WORDS = Words(
    text="I will name my weather in one word each day.",
    seen="A word written or said.",
    smallest="Think the word.",
    plan="If I brush my teeth, then I'll name it.",
)


class Practice:
    """One member's commitment, a day at a time."""

    def __init__(self, house: House, circle: CircleId, actor: Actor) -> None:
        self._commitments = house.services.commitments
        self._circle, self._actor = circle, actor
        self._days = iter(WEEKS)

    async def live(self) -> None:
        """What the day brings."""
        mine = await self._commitments.mine(self._actor, self._circle)
        if not mine:
            mine = [await self._commitments.add(self._actor, self._circle, Wanted(words=WORDS))]
        letter = next(self._days, "k")
        if letter != ".":
            await self._commitments.log(self._actor, mine[0].commitment.id, LETTERS[letter])


async def take(weeks: Any, browser: Browser, shot: Any, seen: Any) -> None:
    """The form, the card and the streak."""
    ada = await weeks.visit(browser, weeks.people[0], viewport={"width": 1120, "height": 860})
    await run_command(ada, "streak")
    await seen(ada, "weeks of one commitment")
    await shot(ada, "streak")
    card = await weeks.visit(browser, weeks.people[0], viewport={"width": 1120, "height": 860})
    await run_command(card, "commit log")
    await expect(latest(card, "Your commitment")).to_be_visible()
    await shot(card, "commitment")
    await card.get_by_role("button", name="Not this time").last.click()
    await run_command(card, "streak")
    await expect(latest(card, "The smallest next step")).to_be_visible()
    await shot(card, "welcome-back")
    await run_command(ada, "boundary ladder")
    await expect(latest(ada, "Rung 1 of 3")).to_be_visible()
    await ada.get_by_role("button", name="Rung 2").last.click()
    await expect(latest(ada, "Rung 2 of 3")).to_be_visible()
    await shot(ada, "ladder")
    ben = await weeks.visit(browser, weeks.people[1], viewport={"width": 1120, "height": 860})
    await run_command(ben, "commit add")
    await expect(ben.get_by_role("dialog")).to_be_visible()
    await shot(ben, "commitment-form")
