"""Finds a Chromium, installs one where that is allowed, or says in one sentence that there is none."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DEBIAN = Path("/usr/bin/chromium")
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_SECONDS = 600
NONE = (
    "No Chromium was found or could be installed: install one (Debian: apt install chromium), name one with "
    "CHROMIUM=/path/to/it, or leave the browser tests out with BROWSER=none."
)


NO_DRIVER = (
    "Playwright's driver does not start here: on Debian, apt install libatomic1; or leave the browser tests "
    "out with BROWSER=none."
)


class NoBrowser(Exception):
    """There is no Chromium to be had here."""


def find_chromium() -> Path:
    """The path of a Chromium that starts; may download Playwright's or install Debian's. Raises NoBrowser."""
    _need_driver()
    named = os.environ.get("CHROMIUM")
    if named:
        if _starts(Path(named)):
            return Path(named)
        raise NoBrowser(f"CHROMIUM names {named}, and no browser starts there.")
    found = _installed()
    if found:
        return found
    with _alone():
        for found in (_installed(), _from_playwright(), _from_debian()):
            if found:
                return found
    raise NoBrowser(NONE)


def _need_driver() -> None:
    """Playwright brings a Node.js of its own, which wants a library that a bare Debian lacks."""
    node, script = compute_driver_executable()
    if _ran([node, script, "--version"]):
        return
    with _alone():
        _install("libatomic1")
    if not _ran([node, script, "--version"]):
        raise NoBrowser(NO_DRIVER)


def _installed() -> Path | None:
    paths = [DEBIAN, *(Path(path) for name in ON_PATH if (path := shutil.which(name)))]
    return next((path for path in paths if _starts(path)), None)


def _starts(path: Path) -> bool:
    return path.is_file() and _ran([str(path), "--version"])


def _from_playwright() -> Path | None:
    """Playwright's own download; it says itself where it put it."""
    if not _ran([sys.executable, "-m", "playwright", "install", "chromium"]):
        return None
    ask = "import playwright.sync_api as p\nwith p.sync_playwright() as s: print(s.chromium.executable_path)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    path = Path(said.stdout.strip() or "none")
    return path if _starts(path) else None


def _from_debian() -> Path | None:
    return DEBIAN if _install("chromium") and _starts(DEBIAN) else None


def _install(package: str) -> bool:
    """Debian's package, where this is root on a Debian."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    _ran(["apt-get", "update", "-qq"])
    return _ran(["apt-get", "install", "-y", "-qq", package])


def _ran(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=INSTALL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@contextmanager
def _alone() -> Iterator[None]:
    """Parallel test workers install one after the other."""
    with (Path(tempfile.gettempdir()) / "trellis-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
