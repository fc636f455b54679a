"""Pictures of a member's commitment over some weeks, with a lapse in it and a return."""

from datetime import date, timedelta
from typing import Any

from playwright.async_api import Browser, expect

from bot.domain.accounts import Actor
from bot.domain.commitments import Mark, Words
from bot.domain.ids import CircleId
from bot.services.commitments import Wanted
from tests.cogs.house import House
from tests.cogs.town import actor_of
from tests.demo.newcomer import latest, run_command

LETTERS = {"k": Mark.KEPT, "s": Mark.SMALL, "r": Mark.REST, "m": Mark.MISSED, "x": Mark.REPAIRED}
WEEKS = "kkskkrkkxkkkrk" + "kmm.kskrkkkskk"  # four weeks: some days did not go well, and then it goes on
WORDS = Words(
    text="I will name my weather in one word each day.",
    seen="A word written or said.",
    smallest="Think the word.",
    plan="If I brush my teeth, then I'll name it.",
)

BENS = Words(text="I will reply to one message a day.", seen="It was sent.", smallest="Read it.")


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
    """The streak, the ladder, a year looked back on and a thread in which two listen."""
    ada = await weeks.visit(browser, weeks.people[0], viewport={"width": 1120, "height": 860})
    await run_command(ada, "streak")
    await seen(ada, "weeks of one commitment")
    await shot(ada, "streak")
    await run_command(ada, "boundary ladder")
    await expect(latest(ada, "Rung 1 of 3")).to_be_visible()
    await ada.get_by_role("button", name="Rung 2").last.click()
    await expect(latest(ada, "Rung 2 of 3")).to_be_visible()
    await shot(ada, "ladder")
    await _with_others(weeks, ada, shot)


async def _with_others(weeks: Any, ada: Any, shot: Any) -> None:
    """A year looked back on, and a thread in which two listen."""
    house, (hers, bens) = weeks.house, (actor_of(weeks.house, each) for each in weeks.people[:2])
    [(circle, _)] = await house.services.members.memberships(hers)
    await house.services.looking_back.aim(hers, circle.id, "A kitchen in which I can say no.")
    await house.services.looking_back.plan(hers, circle.id, "The letter", date(2026, 12, 3), "Noor comes.")
    await run_command(ada, "looking-back")
    await expect(latest(ada, "Looking back")).to_be_visible()
    await shot(ada, "looking-back")
    for one, other in ((hers, bens), (bens, hers)):
        await house.services.partners.name(one, circle.id, other.account)
        await house.services.pairs.join(one, circle.id, ear=False)
    await run_command(ada, "boundary together")
    house.clock.step(timedelta(days=7))
    for _ in range(3):
        await house.services.pairs.tick()
    [thread] = weeks.people[0].threads(house.channel)
    for person in weeks.people[:2]:
        await person.press(next(iter(thread.messages.values())), "I'm here")
    await ada.get_by_role("button", name=f"private thread {thread.name}").click()
    await expect(ada.get_by_text("this place is for the two of you")).to_be_visible()
    await shot(ada, "thread")
