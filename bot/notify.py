"""Tells systemd how it goes, where it asked for that (Type=notify); anywhere else it says nothing.

The protocol is a line on a datagram socket, as sd_notify(3) has it; the library for it was last touched in
2017.
"""

import asyncio
import os
import socket
from collections.abc import Callable, Mapping

READY, STOPPING, WATCHDOG = "READY=1", "STOPPING=1", "WATCHDOG=1"


def notify(*said: str, env: Mapping[str, str] = os.environ) -> bool:
    """Sends it; whether anybody listens. Never raises: a service manager that is gone stops no bot."""
    address = env.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as wire:
            wire.setblocking(False)  # a manager that reads no more must not stop the event loop
            wire.connect(address.replace("@", "\0", 1) if address.startswith("@") else address)
            wire.send("\n".join(said).encode())
    except OSError:
        return False
    return True


async def watched(alive: Callable[[], bool], env: Mapping[str, str] = os.environ) -> None:
    """Says that this process is alive, twice in the time after which systemd would start it anew.

    Returns at once where it asked for none. A loop that stands says nothing; nor does one without work.
    """
    micros = env.get("WATCHDOG_USEC", "")
    if not micros.isdecimal() or env.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return
    while True:
        if alive():
            notify(WATCHDOG, env=env)
        await asyncio.sleep(int(micros) / 2e6)
