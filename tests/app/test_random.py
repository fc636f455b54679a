"""Thousands of interactions of a hostile client: all answered kindly, none an error, none a leak."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import strategies as st

from cogs.entrance import answers_given
from tests.app.fuzzing import SEED, Act, Real, commands, damaged, forms, hurts, made, presses
from tests.app.hostility import PRESS, SUBMIT, WORDS, offered, pings, second_circle
from tests.app.test_fuzzed import FORMS, PRESSES
from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.test_forged import planted
from tests.cogs.town import actor_of, joined, opened

pytestmark = pytest.mark.long

NOTE = "The heron waits where the mill was."
UNREADABLE = "an event could not be read"
LOST = ("never retrieved", "Ignoring exception", "could not be told")
NAMES = ("note", "words", "reason", "ready", "consents", "weather", "energy", "audience", "word", "text",
         "shown", "topic", "wish", "cover", "time", "zone", "cadence", "way", "starts", "learned", "before",
         "blank0", "goal", "name", "on", "plan", "signs", "helps", "boundaries", "people", "when",
         "kind", "phone", "other", "hours", "until", "concern", "named")  # fmt: skip


@dataclass(repr=False)
class Town:
    """A circle with something to steal in it, and hands of all kinds."""

    house: House
    ada: Any  # whose words they are
    post: Any
    circle: Any
    people: list[Any]  # who tries
    real: Real
    acts: st.SearchStrategy[Act] = field(init=False)
    read: asyncio.Event = field(default_factory=asyncio.Event)
    sent: str = ""  # last

    def __post_init__(self) -> None:
        whole = st.one_of(
            presses(PRESSES).map(lambda data: Act(PRESS, data)),
            forms(FORMS, NAMES).map(lambda data: Act(SUBMIT, data)),
            commands(self.house).map(lambda each: Act(*each)),
        )
        real = st.integers(0, len(self.real.seen) - 1)
        again = st.builds(lambda of: Act(0, real=of), real)
        hurt = st.builds(lambda of, hurt: Act(0, hurt=hurt, real=of), real, hurts)
        torn = st.builds(lambda of, torn: Act(0, torn=torn, real=of), real, hurts)
        self.acts = st.one_of(whole, whole, again, hurt, torn)
        parsers = self.house.trellis.client._connection.parsers
        parse = parsers["INTERACTION_CREATE"]

        def parsed(data: Any) -> None:
            parse(data)
            self.read.set()

        parsers["INTERACTION_CREATE"] = parsed

    async def comes_of(self, person: Any, act: Act) -> Any:
        """Sends it, and returns when nothing of it is in hand any more."""
        interactions, post = self.house.sandbox.interactions, self.post
        if act.kind == PRESS:
            planted(post, act.data)
        real = None if act.real is None else self.real.seen[act.real]
        kind, data = (act.kind, act.data) if real is None else (real["type"], real["data"])
        on = post if kind == PRESS else None
        gateway = self.house.sandbox.gateway
        send = type(gateway).send_interaction

        def changed(application: Any, guild_id: str | None, body: dict[str, Any]) -> bool:
            if real is not None:
                body = {**real, **{each: body[each] for each in ("id", "token", "member")}}
            body = {**body, "data": damaged(body["data"], act.hurt)}
            self.sent = f"{body['data']}"
            return send(gateway, application, guild_id, damaged(body, act.torn))

        gateway.send_interaction = changed  # type: ignore[method-assign]
        self.read.clear()
        application, channel = self.house.application, self.house.channel
        of = interactions.begin(kind, application, person.user, channel, data, message=on)
        async with asyncio.timeout(20):
            await self.read.wait()
            await answers_given()
        assert of.timer is not None
        of.timer.cancel()
        return of.outcome

    async def state(self) -> list[Any]:
        """What none of those who try may change."""
        async with self.house.trellis.storage.read() as tx:
            circles = [each for each in await tx.circles.all() if each.id == self.circle.id]
            schedules = await tx.schedules.of_circle(self.circle.id)
            plan = await tx.plans.of(self.circle.id)
        services, actor = self.house.services, actor_of(self.house, self.ada)
        return [
            circles,
            schedules,
            plan,
            await services.members.kept(actor),
            [(each.id, each.draft, each.review) for each in await services.shares.mine(actor)],
        ]


@pytest.fixture
async def town(house: House) -> AsyncIterator[Town]:
    """Lived in first; looked over last."""
    real = Real(house, lambda sent: sent.replace(NOTE, "A note.").replace(WORDS, "Some words."))
    real.record()
    circle, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"weather": ["storm"], "note": NOTE, "audience": "facilitators"})
    await offered(house, ada, circle, post)
    for name in ("checkin", "history", "map", "privacy", "streak", "help-now", "ground", "boundary today"):
        await ada.command(name, house.channel)
    await house.facilitator.autocomplete("circle setup", house.channel, focused="timezone", timezone="Eur")
    await ada.message_command("Tell a facilitator", post)
    for name in ("review", "alerts", "marked", "summary", "circle status", "schedule list", "theme calendar"):
        await house.facilitator.command(name, house.channel)
    await house.facilitator.command("theme plan", house.channel, start="2030-01-07")
    ben = await joined(house, circle, "Ben", [])
    _, sol = await second_circle(house)
    town = Town(house, ada, post, circle, [ben, sol, house.member("Mallory")], real)
    before = await town.state()
    yield town
    assert await town.state() == before


async def test_thousands_of_random_interactions_change_nothing_and_learn_nothing(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    tries = st.tuples(st.sampled_from(town.people), town.acts)
    for number, (person, act) in enumerate(made(tries)):
        outcome = await town.comes_of(person, act)
        logged = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
        caplog.clear()
        wrong = [each for each in logged if _wrong(act, each)]
        wrong += _unkind(town, outcome, act)
        assert wrong == [], f"case {number} of TRELLIS_SEED={SEED}: {act}"


def _wrong(act: Act, logged: str) -> bool:
    """Whether this line may not be. What a client writes is never an error of ours; a shape Discord never
    sends may be one, as long as it is met: no task ends by it, and the person is told.
    """
    if "Can't keep up" in logged:  # the library of a busy machine, where its thread waits for this one
        return False
    if act.torn:
        return any(each in logged for each in LOST)
    return not (act.hurt and UNREADABLE in logged)


def _unkind(town: Town, outcome: Any, act: Act) -> Iterator[str]:
    """Whatever is not as an answer is to be: there, private, kind, waking nobody, giving nothing away."""
    if not (act.hurt or act.torn) and outcome.state not in ("answered", "updated", "modal", "choices"):
        yield f"{outcome.state}: {outcome.reason}"
    messages = [each for each in (outcome.message, *outcome.followups) if each is not None]
    for message in messages:
        if pings(message):
            yield "it wakes somebody"
        if not message.ephemeral and message is not town.post:
            yield "others see it"
    said = " ".join(text_of(each) for each in messages)
    if "Something went wrong" in said and not act.torn:
        yield said
    shown = f"{said}{outcome.modal.components if outcome.modal else ''}{outcome.choices}"
    for secret in (NOTE, WORDS, f"<@{town.ada.id}>"):
        if secret in shown and secret not in town.sent:
            yield f"it says {secret}"
