"""The scripted members: they join through the welcome card and answer each check-in, as people would."""

import asyncio
import random
from datetime import date
from typing import Any

from bot.demo._stage import ZONE, Stage
from sandbox import Person, Refused, Sandbox
from sandbox.world import Channel, Message

LOOK = 0.5  # seconds between two looks at the channel
PATIENCE = 60  # seconds for Trellis to connect and tell the sandbox of its commands
SLOW = (1.5, 6.0)  # seconds between two answers: people do not all tap at once
WEATHERS = ("clear", "some-cloud", "grey", "rain", "fog", "storm", "many")


class Cast:
    """Sets the first circle up as its facilitator would, then lets the scripted members play."""

    def __init__(self, sandbox: Sandbox, stage: Stage) -> None:
        self._stage = stage
        self._sandbox = sandbox
        self.facilitator = sandbox.person(stage.facilitator)
        self._members = [sandbox.person(user) for user in stage.scripted]
        self._answered: set[str] = set()

    async def open(self) -> None:
        """Waits for the commands; then, once in the demo's life, sets the circle up and lets it fill."""
        async with asyncio.timeout(PATIENCE):
            while not self._commands_are_there():  # noqa: ASYNC110 - the sandbox tells nobody of this
                await asyncio.sleep(LOOK / 5)
        if self.newest(self._stage.home, "circle:join:") is None:
            await self._set_up()
        self._answered.update(message.id for message in self._check_ins())

    def member(self, name: str) -> Person:
        """One of the scripted members."""
        return next(member for member in self._members if member.user.name == name)

    async def play(self) -> None:
        """Answers each new check-in, one member after the other, until cancelled."""
        while True:
            await self.answer_all(hurried=False)
            await asyncio.sleep(LOOK)

    async def answer_all(self, *, hurried: bool) -> None:
        """Answers each check-in that has come since; `hurried` as fast as Trellis can take it."""
        for message in self._check_ins():
            if message.id not in self._answered:
                self._answered.add(message.id)
                await self._answer(message, hurried=hurried)

    async def lay_plan(self, start: date) -> None:
        """The facilitator plans the twelve weeks from a date on."""
        await self.ordered("theme plan", start=start.isoformat())

    async def ordered(self, name: str, **options: Any) -> None:
        """A command of the facilitator's, in the facilitators' channel."""
        said = await self.facilitator.command(name, self._stage.facilitators, **options)
        await said.settled(PATIENCE)

    def reload(self) -> None:
        """Each opens Discord anew: the private answers of earlier days are gone from their screens."""
        for person in (self.facilitator, *self._members):
            person.reload()

    async def seen(self, channel: Channel, prefix: str) -> Message:
        """The newest message there with such a custom id, as soon as there is one. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while (found := self.newest(channel, prefix)) is None:  # noqa: ASYNC110 - the sandbox tells nobody
                await asyncio.sleep(LOOK / 5)
        return found

    def newest(self, channel: Channel, prefix: str) -> Message | None:
        """The newest message there with a custom id that begins so."""
        mine = reversed(self._sandbox.world.messages(channel))
        return next((message for message in mine if _ids(message, prefix)), None)

    async def _set_up(self) -> None:
        stage, boss = self._stage, self.facilitator
        made = await boss.command(
            "circle setup",
            stage.home,
            channel=stage.home,
            facilitators=stage.facilitators,
            role=stage.role,
            timezone=ZONE.key,
            name="Tuesday circle",
            region="DE",
        )
        await made.settled(PATIENCE)
        card = self.newest(stage.home, "circle:join:")
        if card is None:
            said = made.message.content if made.message else made.reason
            raise RuntimeError(f"the demo's circle could not be set up: {said}")
        for member in self._members:
            await self._join(member, card)

    async def _join(self, member: Person, card: Message) -> None:
        asked = await member.press(card, custom_id=_ids(card, "circle:join:")[0])
        if asked.modal is not None:
            await member.submit(asked.modal, {"consents": ["check-ins", "streaks", "facilitators"]})

    async def _answer(self, message: Message, *, hurried: bool) -> None:
        select = next(iter(_ids(message, "check-in:weather:")), None)
        for member in self._members if select else ():
            if not hurried:
                await asyncio.sleep(random.uniform(*SLOW))  # noqa: S311 - how long a scripted person takes
            weather = random.choice(WEATHERS)  # noqa: S311 - and how they are
            try:
                await member.select(message, [weather], custom_id=select)
            except (Refused, TimeoutError):
                continue  # the post was taken away, or Trellis is stopping: a person would shrug too

    def _commands_are_there(self) -> bool:
        names = {command["name"] for command in self._sandbox.world.commands.values()}
        return {"circle", "join", "schedule"} <= names and self._sandbox.gateway.online(
            self._stage.application
        )

    def _check_ins(self) -> list[Message]:
        mine = self._sandbox.world.messages(self._stage.home)
        return [message for message in mine if _ids(message, "check-in:weather:")]


def _ids(message: Message, prefix: str) -> list[str]:
    """The custom ids on a message that begin so."""
    found: list[str] = []

    def walk(components: list[dict[str, Any]]) -> None:
        for component in components:
            found.append(str(component.get("custom_id", "")))
            walk(component.get("components") or [])

    walk(message.components)
    return [custom_id for custom_id in found if custom_id.startswith(prefix)]
