"""The real bot in a process of its own, that can be killed; forked from one that has imported everything."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess


def serve(environment: Mapping[str, str]) -> None:
    """What `python -m bot run` does, in a fresh process with this environment."""
    os.environ.update(environment)
    from bot import logs
    from bot.cli import serve_until_stopped
    from bot.settings import load_settings

    logs.configure("error", "json")
    asyncio.run(serve_until_stopped(load_settings(env_file=None)))


class Bots:
    """Starts bots and kills them. The fork server has imported and read all that a start needs."""

    def __init__(self) -> None:
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["bot.app", "bot.cli", "tests.pack"])
        self._running: list[BaseProcess] = []

    def start(self, environment: Mapping[str, str]) -> BaseProcess:
        """A running bot."""
        process = self._context.Process(target=serve, args=(dict(environment),))
        process.start()
        self._running.append(process)
        return process

    async def kill(self, process: BaseProcess) -> None:
        """SIGKILL: no chance to tidy up."""
        process.kill()
        await asyncio.to_thread(process.join)
        self._running.remove(process)

    async def stop(self, process: BaseProcess) -> int:
        """SIGTERM, as an operator's service manager does; the exit status."""
        if process.pid is not None:
            os.kill(process.pid, signal.SIGTERM)
        await asyncio.to_thread(process.join, 15)
        self._running.remove(process)
        return -1 if process.exitcode is None else process.exitcode

    async def close(self) -> None:
        """Kills whatever a failed test left running."""
        for process in list(self._running):
            await self.kill(process)
