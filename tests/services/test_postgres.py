"""Several processes over one PostgreSQL share the work; here each is a House with connections of its own."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bot.domain.alert_errors import AlertTaken
from bot.domain.alerts import NewAlert, Source, Step
from bot.domain.duty import on
from bot.domain.grounding import Phase, Run
from bot.domain.guard import Policy
from bot.domain.ids import AlertId
from bot.domain.lines import LineKind
from bot.domain.listening.tiers import Tier
from bot.domain.members import Scope
from bot.domain.schedules import Kind
from bot.services._alerting import raised
from bot.services._following import followed
from bot.services._guarding import KIND, Met
from bot.services._watching import look
from bot.services.circle_settings import Typed
from tests.services.house import ADA, BEN, MARA, RAIN, ROLE, YES, House, person
from tests.services.test_dispatch_many import add_due_circles
from tests.services.test_grounding import stepping


async def test_what_is_due_is_posted_once_whoever_takes_it(houses: tuple[House, House]) -> None:
    first, second = houses
    async with first.storage.begin() as tx:
        await add_due_circles(tx, 120, first.clock.now())
        await tx.commit()
    await asyncio.gather(*(house.dispatch.tick() for house in (first, second, first, second)))
    await asyncio.gather(*(house.dispatch.drain() for house in houses))
    await asyncio.gather(*(house.dispatch.tick() for house in houses))
    await asyncio.gather(*(house.dispatch.drain() for house in houses))
    assert first.face.calls.count("post") == len(first.face.posts) == 120
    async with first.storage.read() as tx:
        assert await tx.occurrences.unsettled() == []


async def test_a_circle_lives_through_its_first_days(houses: tuple[House, House]) -> None:
    first, second = houses
    circle = await first.circle()
    await second.members.join(ADA, circle.id, YES)
    presses = (first.schedules.post_now(MARA, circle.id, Kind.CHECK_IN) for _ in range(5))
    posted = await asyncio.gather(*presses)
    assert len(first.face.posts) == 1
    recorded = await second.check_ins.submit(ADA, posted[0].occurrence.id, RAIN)
    assert await first.check_ins.current(ADA, circle_id=circle.id) == recorded.check_in
    share = await first.offer(ADA, None, circle.id, "words")
    await second.reviewing.approve(MARA, share.id)
    await asyncio.gather(*(house.letters.tick() for house in (first, second, first, second)))
    assert sorted(first.face.kinds()) == ["share-posted", "share-waiting"]
    assert first.face.calls.count("deliver") == 2
    first.clock.step(timedelta(hours=1))
    await asyncio.gather(first.tick(), second.tick())
    status = await second.circles.status(MARA, circle.id)
    assert (status.promises.sent, status.members) == (1, 1)
    await first.members.leave(ADA, circle.id, now=True)
    assert await second.members.kept(ADA) == []


async def test_an_alert_is_raised_once_taken_by_one_and_asked_for_once_whoever_does_it(
    houses: tuple[House, House],
) -> None:
    first, second = houses
    circle = await first.circle()
    noor = person("11", ROLE)
    for who in (MARA, noor):
        await first.duty.begin(who, circle.id)
    for who in (ADA, BEN):
        await first.members.join(who, circle.id, YES)
    presses = [house.people.want_person(ADA, circle_id=circle.id) for house in (first, second, first, second)]
    wanted = await asyncio.gather(*presses)
    assert {each.raised.standing.id for each in wanted if each.raised.standing} == {1}
    async with first.storage.begin() as tx:
        grave = NewAlert(source=Source.MATCH, tier=Tier.HARM_TO_OTHER, account=BEN.account)
        await raised(tx, circle, grave, first.clock.now())
        await tx.commit()
    for _ in range(4):
        await asyncio.gather(*(house.alerts.tick() for house in (first, second, first, second)))
        await asyncio.gather(*(house.letters.tick() for house in (first, second, first, second)))
        first.clock.step(timedelta(minutes=5))
    steps = sorted((note.alerts[0].alert.id, note.steps) for note in first.face.notes)
    assert steps == [(1, (Step.FIRST,)), *((2, (step,)) for step in (Step.FIRST, Step.SAME, Step.NEXT))]
    taking = [first.alerts.acknowledge(MARA, AlertId(2)), second.alerts.acknowledge(noor, AlertId(2))]
    came = await asyncio.gather(*taking, return_exceptions=True)
    assert sorted(isinstance(each, AlertTaken) for each in came) == [False, True]
    await asyncio.gather(*(house.letters.tick() for house in (first, second)))
    assert first.face.calls.count("revise") == 4


async def test_two_who_look_at_duty_at_once_each_see_what_the_other_said(houses: tuple[House, House]) -> None:
    first, second = houses
    circle = await first.circle()
    await first.duty.begin(MARA, circle.id, "08:01")
    first.clock.step(timedelta(minutes=6))
    now = first.clock.now()
    async with first.storage.begin() as tx, second.storage.begin() as other:
        await look(tx, circle.id, now)  # one is about to say that nobody is on duty
        await other.duty.put(on(await other.duty.own(circle.id, MARA.account), now, None))
        looks = asyncio.ensure_future(look(other, circle.id, now))
        await asyncio.wait({looks}, timeout=0.2)
        await tx.commit()
        await looks
        await other.commit()
    async with first.storage.read() as tx:
        watch = await tx.duty.watch(circle.id)
    assert watch is not None
    assert watch.covered
    assert watch.note is not None
    for _ in range(2):
        await asyncio.gather(*(house.letters.tick() for house in houses))
    [note] = [letter for letter, _ in first.face.letters if letter.kind == "duty-note"]
    assert note.facts["covered"] is True


async def test_each_step_is_shown_once_whoever_takes_it_and_a_run_begun_twice_is_one(
    houses: tuple[House, House],
) -> None:
    first, second = houses
    people = [person(str(n)) for n in range(300, 320)]
    twice = await asyncio.gather(*(house.grounding.begin(people[0]) for house in houses))
    assert await first.grounding.goes_on(people[0])
    assert {it.run.phase for it in twice if isinstance(it.run, Run)} == {Phase.SAFE}
    await asyncio.gather(*(stepping(house, each) for house, each in zip(houses * 10, people, strict=True)))
    for number in range(1, 4):
        first.clock.step(timedelta(seconds=10.6))
        await asyncio.gather(*(house.grounding.tick() for house in (first, second, first, second)))
        assert len(first.face.runs) == 20 * number
    assert {it.run.step for it in first.face.runs[-20:] if isinstance(it.run, Run)} == {3}
    for each in people:
        await second.members.delete_all(each)
    async with first.storage.read() as tx:
        assert await tx.exercise_runs.next_at() is None


async def test_pairs_are_drawn_once_and_each_has_one_thread_whoever_makes_it(
    houses: tuple[House, House],
) -> None:
    first, second = houses
    circle = await first.circle()
    members = [person(str(n)) for n in range(10, 20)]
    for each in members:
        await first.members.join(each, circle.id, frozenset(Scope))
        await second.pairs.join(each, circle.id, ear=True)
    first.clock.step(timedelta(days=7))
    for _ in range(3):
        await asyncio.gather(*(house.pairs.tick() for house in (first, second, first, second)))
    paired = [who for shown in first.face.threads.values() for who in shown[0].accounts.values()]
    assert {each.account for each in members} == set(paired)
    assert len(paired) == 10
    assert first.face.calls.count("open-pair") == 5
    await asyncio.gather(*(house.letters.tick() for house in houses))
    assert first.face.kinds() == ["pair-ear"] * 5


@contextmanager
def frozen(address: str) -> Iterator[None]:
    """The server with all its processes stands still: it takes connections, and answers none."""
    folder = Path(parse_qs(urlsplit(address).query)["host"][0])
    main = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    processes = [main, *map(int, children)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


async def test_help_is_there_within_a_second_while_the_server_stands_still(
    houses: tuple[House, House], postgres_server: str
) -> None:
    house, fresh = houses
    circle = await house.circle()
    await house.circles.settings(MARA, circle.id, Typed(region="GB"))
    await house.members.join(ADA, circle.id, YES)
    assert (await house.lines.help_of(circle.id)).region == "GB"
    house.lines._memory._read_at = None  # so that it is asked again
    with frozen(postgres_server):
        began = time.perf_counter()
        known = await house.lines.help_for(ADA)
        unknown = await fresh.lines.help_for(ADA)
        assert time.perf_counter() - began < 1
    assert [each.line.name for each in known.of(LineKind.CRISIS)] == ["Samaritans", "Shout"]
    assert unknown.region is None
    await fresh.lines._memory._wait()  # its question is answered once the server goes on
    assert (await fresh.lines.help_for(BEN, channel="10")).region == "GB"


async def test_one_message_that_the_filter_met_leads_to_one_letter_whoever_hears_of_it(
    houses: tuple[House, House],
) -> None:
    first, second = houses
    circle = await first.circle()
    await first.guards.on(MARA, circle.id, Policy.HOLD)
    rules = {each.rule.label: each.id for each in first.face.rules.values()}
    people = [person(str(n)) for n in range(400, 404)]
    for each in people[:3]:
        await first.members.join(each, circle.id, frozenset(Scope))
    told = (("safety", people[0]), ("safety", people[1]), ("care", people[1]), ("care", people[2]),
            ("care", people[3]))  # fmt: skip
    for _ in range(2):
        await asyncio.gather(*(
            house.guards.heard(Met(channel="10", account=who.account, rule=rules[label], keyword=None))
            for label, who in told
            for house in houses
        ))  # fmt: skip
    first.clock.step(timedelta(seconds=3))
    await asyncio.gather(*(house.letters.tick() for house in (first, second, first, second)))
    helped = [(who, letter.facts["tiers"]) for letter, who in first.face.letters if letter.kind == KIND]
    assert sorted(helped, key=str) == [
        (people[0].account, "danger_from_other"),
        (people[1].account, "danger_from_other,suicide_active"),
        (people[2].account, "suicide_active"),
    ]
    asked = [alert.alert.account or alert.alert.member for note in first.face.notes for alert in note.alerts]
    assert len(asked) == len(set(asked)) == 3


async def test_who_hears_of_a_match_meanwhile_waits_and_knows_what_was_shown(
    houses: tuple[House, House],
) -> None:
    first, second = houses
    circle, now = await first.circle(), first.clock.now()
    await first.members.join(ADA, circle.id, frozenset(Scope))

    async def fresh(house: House, tier: Tier, meanwhile: Callable[[], Awaitable[None]] | None = None) -> bool:
        async with house.storage.begin() as tx:
            members = await tx.members.of(ADA.account)
            done = await followed(tx, circle, members[0], members, tier, now)
            if meanwhile is not None:
                await meanwhile()
            await tx.commit()
        return done

    for tier in (Tier.DANGER_FROM_OTHER, Tier.SUICIDE_ACTIVE):
        waiting: list[asyncio.Task[bool]] = []

        async def heard_elsewhere(waiting: list[asyncio.Task[bool]] = waiting, tier: Tier = tier) -> None:
            waiting += [asyncio.create_task(fresh(second, each)) for each in (tier, Tier.SELF_HARM)]
            _, pending = await asyncio.wait(waiting, timeout=0.3)
            assert len(pending) == 2

        assert await fresh(first, tier, heard_elsewhere)
        same, _other = await asyncio.gather(*waiting)
        assert not same
    kept = (await first.privacy.everything(ADA)).circles[0].following
    assert set(kept.shown) == {Tier.DANGER_FROM_OTHER, Tier.SUICIDE_ACTIVE, Tier.SELF_HARM}
    assert kept.practice_rests
