"""The scheduler wakes jobs, survives their faults, and stops when they have ended."""

import asyncio
from datetime import timedelta

from structlog.testing import capture_logs

from bot.scheduler import Job, Scheduler

OFTEN = timedelta(milliseconds=20)


async def until(condition: asyncio.Event) -> None:
    async with asyncio.timeout(5):
        await condition.wait()


async def test_a_job_runs_at_once_and_again() -> None:
    runs, thrice = [], asyncio.Event()

    async def run() -> None:
        runs.append(1)
        if len(runs) == 3:
            thrice.set()

    scheduler = Scheduler([Job("often", run, OFTEN)])
    scheduler.start()
    await until(thrice)
    await scheduler.stop()
    count = len(runs)
    await asyncio.sleep(0.06)
    assert len(runs) == count


async def test_a_job_with_a_long_interval_runs_once_at_the_start() -> None:
    ran = asyncio.Event()

    async def run() -> None:
        ran.set()

    scheduler = Scheduler([Job("hourly", run, timedelta(hours=1))])
    scheduler.start()
    await until(ran)
    await scheduler.stop()


async def test_a_job_that_fails_is_logged_by_type_and_runs_again() -> None:
    runs, again = [], asyncio.Event()

    async def run() -> None:
        runs.append(1)
        if len(runs) > 1:
            again.set()
        raise ValueError("what a member wrote")

    scheduler = Scheduler([Job("broken", run, OFTEN)])
    with capture_logs() as logged:
        scheduler.start()
        await until(again)
        await scheduler.stop()
    assert {entry["error"] for entry in logged} == {"ValueError"}
    assert "member" not in str(logged)
    assert len({entry["reference"] for entry in logged}) == len(logged)


async def test_a_run_that_takes_long_is_not_doubled_and_a_stop_waits_for_it() -> None:
    started, ended = [], []
    go, begun = asyncio.Event(), asyncio.Event()

    async def run() -> None:
        started.append(1)
        begun.set()
        await go.wait()
        ended.append(1)

    scheduler = Scheduler([Job("slow", run, OFTEN)])
    scheduler.start()
    await until(begun)
    await asyncio.sleep(0.08)
    assert len(started) == 1
    stopping = asyncio.create_task(scheduler.stop())
    await asyncio.sleep(0.02)
    assert not stopping.done()
    go.set()
    await stopping
    assert (len(started), len(ended)) == (1, 1)


async def test_a_scheduler_that_was_never_started_can_be_stopped() -> None:
    await Scheduler([]).stop()
