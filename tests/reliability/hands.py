"""What people do while the bot lives and dies: answers, words for the circle, alerts, exercises and more."""

import asyncio
import random
import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from sandbox.outcomes import OPEN, Outcome
from sandbox.people import Person
from sandbox.refusals import Refused
from tests.reliability.ledger import MARK, Attempt, Ledger, components_in, ids_in
from tests.reliability.town import Town

PAUSE = 0.06  # seconds between two acts, at the most
LONG_ENOUGH = 8.0  # seconds that somebody waits for what comes later
WEATHERS = ("clear", "grey", "rain", "storm", "fog")
ONWARD = ("Safe enough", "Begin", "Skip", "Next", "Skip this question", "Done", "Close")

Act = Callable[[], Awaitable[None]]


class Hands(ABC):
    """One person's: one act after the other, each written down before it is done."""

    def __init__(self, town: Town, person: Person, channel: Any, ledger: Ledger, dice: random.Random) -> None:
        self.person, self.channel, self.town = person, channel, town
        self.dice = dice
        self._ledger = ledger
        self._words = 0

    async def act_until_cancelled(self) -> None:
        """Goes on and on, whether or not anything answers."""
        acts = self.acts()
        while True:
            await asyncio.sleep(self.dice.uniform(0.005, PAUSE))  # also while nobody is there to ask
            if self.town.sandbox.gateway.online(self.town.application):
                try:
                    await self.dice.choice(acts)()
                except (Refused, TimeoutError):
                    continue  # nothing to press yet; or no answer came

    @abstractmethod
    def acts(self) -> list[Act]:
        """What they do, the more often the more often it stands here."""

    async def do(self, act: Awaitable[Outcome], what: str, about: int = 0, **more: str) -> Outcome:
        """Writes it down, does it, and waits for its answer; what came of it stays with what is written."""
        attempt = Attempt(str(self.person.id), what, about, **more)
        self._ledger.attempts.append(attempt)
        return await self._awaited(act, attempt)

    async def _awaited(self, act: Awaitable[Outcome], attempt: Attempt | None = None) -> Outcome:
        self.person.outcome = None
        try:
            outcome = await act
            if outcome.state in OPEN:
                await outcome.settled(LONG_ENOUGH)
        finally:
            if attempt is not None:
                attempt.look(self.person.outcome)
        return outcome

    def words(self) -> str:
        """Something to write that nobody wrote before."""
        self._words += 1
        return f"The {MARK} of {self.person.id} over field {self._words}z"

    def newest(self, pattern: str, where: Any = None) -> tuple[Any, re.Match[str]]:
        """The newest message here that holds such a component. Raises Refused where there is none."""
        for found in self.all_of(pattern, where):
            return found
        raise Refused(400, 0, "nothing to press")

    def all_of(self, pattern: str, where: Any = None) -> Iterator[tuple[Any, re.Match[str]]]:
        """Every message with an enabled component that fits, the newest first."""
        for message in reversed(self.person.messages(where or self.channel)):
            for each in components_in(message):
                match = re.fullmatch(pattern, each.get("custom_id", ""))
                if match and not each.get("disabled"):
                    yield message, match


class Member(Hands):
    """Answers, offers words, asks for a person, walks through exercises, keeps commitments."""

    def acts(self) -> list[Act]:
        """One tap stands first in everybody's day."""
        return [
            self.tap, self.tap, self.tap, self.answer, self.answer, self.offer, self.offer,
            self.want_person, self.ask_for_help, self.breathe, self.breathe, self.breathe,
            self.commit, self.log,
        ]  # fmt: skip

    async def tap(self) -> None:
        """One tap on the newest check-in."""
        post, match = self.newest(r"check-in:weather:(\d+)")
        weather = self.dice.choice(WEATHERS)
        press = self.person.select(post, [weather], custom_id=match[0])
        await self.do(press, "tap", int(match[1]), value=weather)

    async def answer(self) -> None:
        """The form, with a note."""
        post, match = self.newest(r"check-in:answer:(\d+)")
        form = await self._awaited(self.person.press(post, custom_id=match[0]))
        if form.modal is None:
            return
        note, weather = self.words(), self.dice.choice(WEATHERS)
        typed = {"weather": [weather], "note": note, "audience": self.dice.choice(["me", "facilitators"])}
        send = self.person.submit(form.modal, typed)
        await self.do(send, "form", int(match[1]), value=weather, words=note)

    async def offer(self) -> None:
        """Words for the circle."""
        post, match = self.newest(r"check-in:share:[\d:]+")
        form = await self._awaited(self.person.press(post, custom_id=match[0]))
        if form.modal is not None:
            words = self.words()
            await self.do(self.person.submit(form.modal, {"words": words}), "offer", words=words)

    async def want_person(self) -> None:
        """A person, from under a post."""
        post, match = self.newest(r"check-in:person:(\d+)")
        await self.do(self.person.press(post, custom_id=match[0]), "person")

    async def ask_for_help(self) -> None:
        """A person, from the card of help lines."""
        shown = await self._awaited(self.person.command("help-now", self.channel))
        if shown.message is not None:
            await self.do(self.person.press(shown.message, "I'd like a person"), "person")

    async def breathe(self) -> None:
        """The next tap of an exercise, or a new one."""
        home = self.town.sandbox.world.dm(self.person.user, self.town.application.bot)
        card = next(
            (m for m in reversed(self.person.messages(home)) if m.author.bot and not m.ephemeral), None
        )
        ways = [each for each in (components_in(card) if card else ()) if each.get("label") in ONWARD]
        ways = [each for each in ways if "custom_id" in each and not each.get("disabled")]
        if card is None or not ways or self.dice.random() < 0.2:
            await self.do(self.person.command("ground", self.channel, exercise="Feet and floor"), "begin")
        else:
            await self.do(self.person.press(card, custom_id=ways[0]["custom_id"]), "step")

    async def commit(self) -> None:
        """A commitment, begun in its form."""
        form = await self._awaited(self.person.command("commit add", self.channel))
        if form.modal is None:
            return
        act = f"I will name {self.words()} aloud each day."
        typed = {
            "text": act,
            "seen": "A word said.",
            "smallest": "Think it.",
            "cadence": "daily",
            "way": "each",
        }
        await self.do(self.person.submit(form.modal, typed), "commit", words=act)

    async def log(self) -> None:
        """How the day went, on the newest card that asks it."""
        mark = self.dice.choice(["kept", "missed"])
        card, match = self.newest(rf"commit:log:(\d+):{mark}:today")
        await self.do(self.person.press(card, custom_id=match[0]), "log", int(match[1]), value=mark)


class Facilitator(Hands):
    """Decides on words, takes alerts, closes them, posts by hand."""

    def acts(self) -> list[Act]:
        """Alerts first."""
        return [
            self.take,
            self.take,
            self.close,
            self.approve,
            self.approve,
            self.approve,
            self.decline,
            self.post_now,
        ]

    async def take(self) -> None:
        """An alert that nobody has."""
        await self._on_alert("take")

    async def close(self) -> None:
        """One that is taken."""
        await self._on_alert("close")

    async def _on_alert(self, what: str) -> None:
        found = list(self.all_of(rf"alert:{what}:(\d+)", self.town.notes))
        if found:
            card, match = self.dice.choice(found)
            await self.do(self.person.press(card, custom_id=match[0]), what, int(match[1]))

    async def approve(self) -> None:
        """The words that wait longest are posted."""
        card, share = await self._first_in_queue()
        if card is not None:
            await self.do(self.person.press(card, custom_id=f"share:approve:{share}"), "approve", share)

    async def decline(self) -> None:
        """Or they are not, with a reason."""
        card, share = await self._first_in_queue()
        if card is None:
            return
        form = await self._awaited(self.person.press(card, custom_id=f"share:decline:{share}"))
        if form.modal is not None:
            await self.do(self.person.submit(form.modal, {"reason": self.words()}), "decline", share)

    async def _first_in_queue(self) -> tuple[Any, int]:
        shown = await self._awaited(self.person.command("review", self.dice.choice(self.town.channels)))
        ids = ids_in(shown.message) if shown.message is not None else []
        shares = [int(each.rsplit(":", 1)[1]) for each in ids if each.startswith("share:approve:")]
        return (shown.message, shares[0]) if shares else (None, 0)

    async def post_now(self) -> None:
        """A post by hand."""
        channel = self.dice.choice(self.town.channels)
        await self.do(self.person.command("schedule post-now", channel, kind="check-in"), "post")
