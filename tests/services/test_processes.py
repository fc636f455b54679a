"""Processes on one PostgreSQL: what a living one holds is its own; a dead one's is gone on with."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain.circles import Circle
from bot.domain.errors import Contended, NotAnswered, NotKept, Unreachable
from bot.domain.guard import Policy
from bot.domain.listening.tiers import Tier
from bot.domain.members import Scope
from bot.domain.practice_errors import TooManyCommitments
from bot.domain.processes import GONE_AFTER
from bot.services import processes as service
from bot.services._again import again
from bot.services._guarding import Met
from bot.services.covers import KIND as COVER
from bot.services.processes import Processes
from storage import Storage, bounded
from tests.services.house import ADA, BEN, KEY, MARA, RAIN, YES, House, person
from tests.services.recorder import Fault
from tests.services.test_commitments import wanted
from tests.services.test_postgres import frozen


class Pacer:
    """What `cogs.pacer` is to the service."""

    whole, most = 48, 50

    def __init__(self) -> None:
        self.limits: list[int] = []
        self.in_use = 0

    def allow(self, limit: int) -> None:
        self.limits.append(limit)


Lives = tuple[Processes, Processes]


@pytest.fixture
async def lives(houses: tuple[House, House]) -> Lives:
    """Both have joined, and know of each other."""
    one = Processes(houses[0].storage, houses[0].clock, "0/2", Pacer())
    await one.join()
    houses[0].clock.step(timedelta(seconds=1))
    other = Processes(houses[1].storage, houses[1].clock, "1/2", Pacer())
    await other.join()
    await beaten(one, other)
    return one, other


async def beaten(*living: Processes) -> None:
    for each in living:
        await each.beat()


async def a_while(houses: tuple[House, House], seconds: float, *living: Processes) -> None:
    """Time passes; who lives says so meanwhile."""
    for _ in range(int(seconds // 5)):
        houses[0].clock.step(timedelta(seconds=5))
        await beaten(*living)


async def in_hand(house: House) -> None:
    """Once it has a letter."""
    async with asyncio.timeout(5):
        while not house.letters.in_hand:  # noqa: ASYNC110 - nobody tells it
            await asyncio.sleep(0.01)


async def due(houses: tuple[House, House]) -> Circle:
    """A circle whose check-in is due, and which the first house is about to post."""
    circle = await houses[0].circle()
    houses[0].face.gate = asyncio.Event()
    houses[0].clock.step(timedelta(hours=1))
    return circle


async def test_a_slow_send_of_a_living_process_is_left_alone_and_a_dead_ones_is_sent_once(
    houses: tuple[House, House], lives: Lives
) -> None:
    first, second = houses
    await due(houses)
    await beaten(*lives)
    await first.dispatch.tick()
    await a_while(houses, 60, *lives)
    await second.dispatch.tick()
    assert second.dispatch.in_hand == 0
    await a_while(houses, GONE_AFTER.total_seconds() - 5, lives[1])
    await second.dispatch.tick()
    assert second.dispatch.in_hand == 0
    await a_while(houses, 5, lives[1])
    await second.dispatch.tick()
    assert second.dispatch.in_hand == 1
    assert first.face.gate is not None
    first.face.gate.set()  # both are on the wire now; the platform knows the nonce
    await asyncio.gather(first.dispatch.drain(), second.dispatch.drain())
    assert (first.face.calls.count("post"), len(first.face.posts)) == (2, 1)


async def test_who_could_not_reach_the_platform_leaves_the_claim_to_whoever_can(
    houses: tuple[House, House], lives: Lives
) -> None:
    first, second = houses
    await due(houses)
    await beaten(*lives)
    first.face.gate = None
    first.face.post_faults = [Fault(Unreachable())]
    await first.dispatch.tick()
    await first.dispatch.drain()
    assert first.face.posts == []
    await a_while(houses, 5, *lives)
    await second.dispatch.tick()
    await second.dispatch.drain()
    assert len(first.face.posts) == 1


async def test_a_successor_on_the_same_shards_goes_on_at_once(
    houses: tuple[House, House], lives: Lives, postgres_server: str
) -> None:
    _, second = houses
    await due(houses)
    await beaten(*lives)
    await houses[0].dispatch.tick()
    storage = await Storage.open(postgres_server, [KEY])
    successor = Processes(storage, second.clock, "0/2", Pacer())
    await successor.join()
    houses[0].clock.step(timedelta(seconds=5))
    await second.dispatch.tick()
    assert second.dispatch.in_hand == 1
    assert houses[0].face.gate is not None
    houses[0].face.gate.set()
    await asyncio.gather(*(house.dispatch.drain() for house in houses))
    await storage.close()


async def test_a_letter_in_a_slow_hand_is_left_there(
    houses: tuple[House, House], lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = houses
    circle = await first.circle()
    await first.members.join(ADA, circle.id, YES)
    gate, tell = asyncio.Event(), first.face.tell_alert

    async def slow(note: object) -> str:
        await gate.wait()
        return await tell(note)  # type: ignore[arg-type]

    monkeypatch.setattr(first.face, "tell_alert", slow)
    await first.people.want_person(ADA, circle_id=circle.id)
    ticking = asyncio.create_task(first.letters.tick())
    await in_hand(first)
    await a_while(houses, 15, *lives)
    await second.letters.tick()
    assert second.letters.in_hand == 0
    await a_while(houses, GONE_AFTER.total_seconds(), lives[1])
    other = asyncio.create_task(second.letters.tick())
    await in_hand(second)
    gate.set()
    await asyncio.gather(ticking, other)
    assert len(first.face.notes) == 1


async def test_a_thread_that_is_slow_to_come_is_opened_by_no_second_process(
    houses: tuple[House, House], lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = houses
    circle = await first.circle()
    for who in (ADA, BEN):
        await first.members.join(who, circle.id, frozenset(Scope))
        await first.pairs.join(who, circle.id, ear=False)
    first.clock.step(timedelta(days=7))
    await beaten(*lives)
    gate, open_pair = asyncio.Event(), first.face.open_pair

    async def slow(it: object) -> tuple[str, str]:
        await gate.wait()
        return await open_pair(it)  # type: ignore[arg-type]

    monkeypatch.setattr(first.face, "open_pair", slow)
    ticking = asyncio.create_task(first.pairs.tick())
    await asyncio.sleep(0.3)
    await a_while(houses, 120, *lives)
    monkeypatch.setattr(first.face, "open_pair", open_pair)
    await second.pairs.tick()
    assert first.face.threads == {}
    gate.set()
    await ticking
    assert first.face.calls.count("open-pair") == len(first.face.threads) == 1


async def test_the_pace_is_shared_with_no_second_in_which_it_is_overdrawn(
    houses: tuple[House, House],
) -> None:
    first, second = Pacer(), Pacer()
    one = Processes(houses[0].storage, houses[0].clock, "0/2", first)
    other = Processes(houses[1].storage, houses[1].clock, "1/2", second)
    await one.join()
    assert (one.pace, one.living, one.first) == (48, 1, True)
    houses[0].clock.step(timedelta(seconds=1))
    await other.join()
    assert (other.pace, other.living, other.first) == (2, 2, False)
    first.in_use = 40  # of the last second
    await one.beat()
    assert (one.pace, first.limits[-1]) == (24, 24)
    await other.beat()
    assert other.pace == 10  # 50 - 40: what the first has sent in this second counts still
    first.in_use = 3
    await one.beat()
    await other.beat()
    assert (one.pace, other.pace) == (24, 24)
    await one.leave()
    await other.beat()
    assert (other.pace, other.living, other.first) == (48, 1, True)


async def test_work_for_one_alone_is_done_by_the_eldest_and_by_the_next_once_it_is_gone(
    houses: tuple[House, House], lives: Lives
) -> None:
    done = []

    async def note(number: int) -> None:
        done.append(number)

    works = [each.alone(lambda number=number: note(number)) for number, each in enumerate(lives)]  # type: ignore[misc]
    for work in works:
        await work()
    assert done == [0]
    await a_while(houses, GONE_AFTER.total_seconds() + 5, lives[1])
    for work in works:
        await work()
    assert done == [0, 1]  # the first, could it still run, knows that it was not seen


async def test_who_was_taken_for_gone_says_so_and_is_there_again(
    houses: tuple[House, House], lives: Lives
) -> None:
    await a_while(houses, GONE_AFTER.total_seconds() + 5, lives[1])
    assert lives[1].living == 1
    await beaten(lives[0], lives[1], lives[0])
    assert (lives[0].living, lives[1].living) == (2, 2)
    assert lives[0].pace + lives[1].pace == 48


async def test_shards_introduce_themselves_one_after_the_other(
    houses: tuple[House, House], lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "APART", timedelta(seconds=5))
    await lives[0].introduce()
    waiting = asyncio.create_task(lives[1].introduce())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(waiting), 0.2)
    assert await lives[1]._turn() == timedelta(seconds=5)
    waiting.cancel()
    houses[0].clock.step(timedelta(seconds=5))
    await lives[1].introduce()


async def test_of_two_whose_turn_it_is_at_one_instant_one_waits(
    houses: tuple[House, House], lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "APART", timedelta(seconds=5))
    async with houses[1].storage.begin() as tx:
        await tx.processes.alone()
        other = asyncio.create_task(lives[0]._turn())
        await asyncio.sleep(0.1)  # it waits for this one, which has its turn a moment later
        houses[0].clock.step(timedelta(milliseconds=10))
        await tx.processes.identify(houses[0].clock.now())
        await tx.commit()
    assert await other == timedelta(seconds=5)


async def test_a_turn_that_a_clock_before_this_one_wrote_down_is_waited_for_too(
    houses: tuple[House, House], lives: Lives, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "APART", timedelta(seconds=5))
    async with houses[1].storage.begin() as tx:
        await tx.processes.identify(houses[1].clock.now() + timedelta(milliseconds=10))
        await tx.commit()
    assert await lives[0]._turn() == timedelta(seconds=5, milliseconds=10)


@pytest.fixture
async def pressed(
    postgres_server: str, houses: tuple[House, House], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """One for which the database has as long as it has for people."""
    for name, seconds in (("STATEMENT", 1.8), ("CONNECTION", 2.4), ("LOCK", 1.5)):
        monkeypatch.setattr(bounded, name, seconds)
    house = House(await Storage.open(postgres_server, [KEY]), houses[0].clock, houses[0].face)
    yield house
    await house.storage.close()


async def test_while_others_ask_for_their_turn_too_long_a_shard_asks_again_and_takes_none_unasked(
    houses: tuple[House, House], pressed: House
) -> None:
    life = Processes(pressed.storage, pressed.clock, "1/2", Pacer())
    async with houses[0].storage.begin() as tx:
        await tx.processes.alone()
        waiting = asyncio.create_task(life.introduce())
        await asyncio.sleep(bounded.LOCK + 0.3)
        assert not waiting.done()
    assert await waiting


async def test_a_press_hears_within_three_seconds_that_the_database_stands_still(
    pressed: House, postgres_server: str
) -> None:
    house = pressed
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    posted = await house.posted(circle)
    with frozen(postgres_server):
        for _ in range(2):  # the second meets a connection that is dead, or waits for one
            began = time.perf_counter()
            with pytest.raises(NotAnswered):
                await house.check_ins.submit(ADA, posted.id, RAIN)
            assert time.perf_counter() - began < 3
    assert (await house.check_ins.submit(ADA, posted.id, RAIN)).check_in.answer == RAIN


async def test_a_press_waits_for_anothers_lock_so_long_and_no_longer(
    houses: tuple[House, House], pressed: House
) -> None:
    first, second = houses[0], pressed
    circle = await first.circle()
    async with first.storage.begin() as tx:
        await tx.circles.hold(circle.id)
        began = time.perf_counter()
        with pytest.raises(Contended):
            async with second.storage.begin() as other:
                await other.circles.hold(circle.id)
        assert 1 < time.perf_counter() - began < 3


async def test_a_server_that_takes_no_writes_has_kept_nothing_and_the_next_connection_may_write_again(
    houses: tuple[House, House],
) -> None:
    circle, storage = await houses[0].circle(), houses[0].storage
    async with storage.begin() as tx:
        await tx._session.execute(text("SET default_transaction_read_only = on"))
        await tx.commit()  # it stays so for as long as the connection does
    async with storage.begin() as tx:
        with pytest.raises(NotKept, match="25006"):
            await tx.circles.care(circle.id, houses[0].clock.now())
    for channel in ("30", "40", "50"):
        await houses[0].circle(channel)


async def test_what_is_written_in_a_snapshot_of_postgresql_is_a_fault_of_ours(
    houses: tuple[House, House],
) -> None:
    circle = await houses[0].circle()
    async with houses[0].storage.read() as tx:
        with pytest.raises(DBAPIError):
            await tx.circles.care(circle.id, houses[0].clock.now())


async def test_a_connection_that_is_cut_in_a_unit_of_work_is_told_as_one_that_does_not_answer(
    houses: tuple[House, House],
) -> None:
    circle = await houses[0].circle()

    async def cut() -> None:
        async with houses[0].storage.begin() as tx:
            mine = await tx._session.value(text("SELECT pg_backend_pid()"))
            async with houses[1].storage.begin() as other:
                await other._session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
            await tx.circles.hold(circle.id)

    with pytest.raises(NotAnswered):
        await cut()
    await houses[0].circle("30")


async def test_of_two_that_wait_for_one_another_one_gives_way_and_does_it_again(
    houses: tuple[House, House],
) -> None:
    circles = [await houses[0].circle(channel) for channel in ("10", "20")]
    both, tries = asyncio.Barrier(2), []

    async def hold(house: House, order: list[Circle]) -> None:
        tries.append(house)
        async with house.storage.begin() as tx:
            await tx._session.execute(text("SET LOCAL deadlock_timeout = '100ms'"))  # long before any other
            await tx.circles.hold(order[0].id)
            if len(tries) <= 2:
                await both.wait()
            await tx.circles.hold(order[1].id)
            await tx.commit()

    works = [
        again(lambda: hold(houses[0], circles), within=10),
        again(lambda: hold(houses[1], circles[::-1]), within=10),
    ]
    await asyncio.gather(*works)
    assert len(tries) == 3
    tries.clear()
    came = await asyncio.gather(
        hold(houses[0], circles), hold(houses[1], circles[::-1]), return_exceptions=True
    )
    assert [type(each) for each in came if each is not None] == [Contended]


async def test_a_cover_suggested_twice_at_once_is_one_letter(houses: tuple[House, House]) -> None:
    circle = await houses[0].circle()
    await houses[0].members.join(ADA, circle.id, frozenset(Scope))
    presses = (house.covers.suggest(MARA, circle.id, ADA.account, "5") for house in houses * 3)
    await asyncio.gather(*presses)
    async with houses[0].storage.read() as tx:
        member = await tx.members.find(circle.id, ADA.account)
        assert member is not None
        letters = [each for each in await tx.outbox.of(member.id) if each.kind == COVER]
    assert len(letters) == 1


async def test_presses_at_once_do_not_begin_a_fourth_commitment(houses: tuple[House, House]) -> None:
    circle = await houses[0].circle()
    await houses[0].members.join(ADA, circle.id, frozenset(Scope))
    presses = [house.commitments.add(ADA, circle.id, wanted()) for house in houses * 3]
    done = await asyncio.gather(*presses, return_exceptions=True)
    assert sum(isinstance(each, TooManyCommitments) for each in done) == 3
    assert len(await houses[0].commitments.mine(ADA, circle.id)) == 3


async def test_a_member_who_was_misread_and_the_filter_that_hears_more_stand_in_no_ones_way(
    houses: tuple[House, House],
) -> None:
    first = houses[0]
    circles = [await first.circle(channel) for channel in ("10", "20")]
    people = [person(str(number)) for number in range(500, 504)]
    for circle in circles:
        await first.guards.on(MARA, circle.id, Policy.HOLD)
        for each in people:
            await first.members.join(each, circle.id, frozenset(Scope))
    rules = {each.rule.label: each.id for each in first.face.rules.values()}
    began = time.perf_counter()
    for label in ("care", "safety"):
        met = [
            house.guards.heard(
                Met(channel=circle.home.channel, account=who.account, rule=rules[label], keyword=None)
            )
            for who in people
            for circle, house in zip(circles, houses, strict=True)
        ]
        read = [
            house.listening.misread(who, {Tier.SUICIDE_ACTIVE, Tier.DANGER_FROM_OTHER})
            for who in people
            for house in houses
        ]
        ticks = [house.letters.tick() for house in houses]
        await asyncio.gather(*met, *read, *ticks)
        first.clock.step(timedelta(seconds=3))
    assert time.perf_counter() - began < 20
    assert {alert.alert.tier for note in first.face.notes for alert in note.alerts} == {Tier.SUICIDE_ACTIVE}
