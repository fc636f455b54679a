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


class NoBrowser(Exception):
    """There is no Chromium to be had here."""


def find_chromium() -> Path:
    """The path of a Chromium that starts; may download Playwright's or install Debian's. Raises NoBrowser."""
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
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _ran(["apt-get", "update", "-qq"])
    return DEBIAN if _ran(["apt-get", "install", "-y", "-qq", "chromium"]) and _starts(DEBIAN) else None


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
