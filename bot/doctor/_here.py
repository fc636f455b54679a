"""What can be looked at on this machine: time zones, disk, backups, whether a bot runs here."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from bot.clock import Clock
from bot.domain import zones
from bot.domain.errors import UnknownZone
from bot.domain.findings import Finding, note, ok, to_do
from bot.health import HOST
from storage.sound import is_sound

ROOM = 500 << 20  # bytes that are to be free
OLD = timedelta(days=7)  # of the newest backup
MISSED = timedelta(hours=50)  # of the newest nightly one: two nights
SQLITE = b"SQLite format 3\0"  # how such a file begins
WRONG = {
    "discord": "is not connected to Discord",
    "database": "its database does not answer",
    "dispatch": "does not look for what is due",
}
PATIENCE = 3.0  # seconds for an answer of our own process
ELSEWHERE = "copies that you keep elsewhere I can't know"


def time_zones(circles: Sequence[str]) -> Finding:
    """Whether zones can be loaded, those of the circles first."""
    broken = []
    for name in (*circles, *zones.FIRST_OFFERED):
        try:
            zones.zone(name).utcoffset(datetime.now(UTC))
        except UnknownZone:
            broken.append(name)
    if broken:
        named = ", ".join(dict.fromkeys(broken))
        return to_do("Time zones", f"{named} cannot be loaded: `pip install --upgrade tzdata`.")
    return ok("Time zones", f"They load (tzdata {_tzdata()}).")


def disk(database_url: str) -> Finding:
    """Room where the database lies."""
    path = sqlite_file(database_url)
    if path is None:
        return note("Disk", "The database is a PostgreSQL server's; of its disk I see nothing from here.")
    free = shutil.disk_usage(_existing(path.absolute().parent)).free
    if free < ROOM:
        return to_do("Disk", f"{_size(free)} free where the database lies: make room, 500 MB or more.")
    return ok("Disk", f"{_size(free)} free where the database lies.")


def private(database_url: str) -> str | None:
    """What is to do where others on this machine can read the database's file."""
    return readable(sqlite_file(database_url))


def readable(path: Path | None) -> str | None:
    """What is to do where others on this machine can read a file."""
    if path is None or not path.exists() or not path.stat().st_mode & 0o077:
        return None
    return f"other users of this machine can read it: `chmod 600 {path}`."


def backups(
    folders: Sequence[Path] | None, clock: Clock, *, first: datetime | None, nightly: Path | None
) -> Finding:
    """How old the newest backup that opens is, in the folders where any were made; None: not known.

    `first`: when the first circle was made; None: nothing is to be kept yet. `nightly`: the folder of those
    that Trellis makes by itself; None: it makes none.
    """
    if folders is None:
        return note("Backups", "Where they lie stands in the database, which I couldn't read.")
    if not folders:
        if nightly is not None:
            said = f"None yet; a running bot makes one every night in {nightly}"
            late = first is not None and clock.now() - first > MISSED
            why = "the log says at `backup failed` what is in its way"
            return to_do("Backups", f"{said}: {why}.") if late else note("Backups", f"{said}.")
        said = f"BACKUP_DIR is off, and none was made by `python -m bot backup FILE`; {ELSEWHERE}."
        return to_do("Backups", said) if first is not None else note("Backups", said)
    where = ", ".join(map(str, folders))
    try:
        return _newest(where, _files(folders), clock.now(), nightly)
    except OSError as error:
        why = f"I can't look at those in {where} ({type(error).__name__})"
        return note("Backups", f"{why}: run me as the user that makes them.")


def _newest(where: str, files: Sequence[Path], now: datetime, nightly: Path | None) -> Finding:
    how = "`python -m bot backup FILE` makes one"
    made = sorted((each.stat().st_mtime, each) for each in files)
    if not made:
        return to_do("Backups", f"I see none any more in {where}: {how}; {ELSEWHERE}.")
    damaged = 0
    while made and not is_sound(made[-1][1]):
        made.pop()
        damaged += 1
    if not made:
        return to_do("Backups", f"None of the {damaged} in {where} opens: {how}.")
    age = now - datetime.fromtimestamp(made[-1][0], UTC)
    said = f"The newest in {where} is {_age(age)} old and opens; {ELSEWHERE}."
    if damaged:
        return to_do("Backups", f"{said} {damaged} newer ones do not open: look after that disk. {how}.")
    if age > OLD:
        return to_do("Backups", f"{said} {how}.")
    if nightly is not None and age > MISSED:
        return to_do("Backups", f"{said} Some nights brought none: the log says why at `backup failed`.")
    return ok("Backups", said)


async def running(port: int | None) -> Finding:
    """Whether a bot runs here, as far as it can be asked."""
    if port is None:
        return note("Running", "Whether it runs I can't tell from here: METRICS_PORT would let me ask it.")
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session,
            session.get(f"http://{HOST}:{port}/health") as reply,
        ):
            said = await reply.json()
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return note("Running", f"Nothing of ours answers at METRICS_PORT {port}: it is not running here now.")
    if not isinstance(said, dict) or "wrong" not in said:
        return note("Running", f"Something else answers at METRICS_PORT {port}.")
    if not said["wrong"]:
        return ok("Running", "It runs here, is connected to Discord, and does its work.")
    wrong = [WRONG[each] for each in said["wrong"] if each in WRONG]
    return note("Running", f"It runs here, and just now {' and '.join(wrong)}.")


def sqlite_file(database_url: str) -> Path | None:
    """The file of a SQLite address; None for a server's."""
    scheme, _, rest = database_url.partition("://")
    return Path(urlsplit(f"x://{rest}").path[1:]) if scheme.startswith("sqlite") else None


def _existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def _files(folders: Sequence[Path]) -> list[Path]:
    """The backups in them, known by how they begin."""
    found = []
    for folder in folders:
        for each in folder.iterdir() if folder.is_dir() else ():
            if each.is_file() and each.suffix not in (".part", ".keyring"):
                with each.open("rb") as file:
                    if file.read(len(SQLITE)) == SQLITE:
                        found.append(each)
    return found


def _age(age: timedelta) -> str:
    if age < timedelta(hours=1):
        return "less than an hour"
    if age < timedelta(days=2):
        return f"{age // timedelta(hours=1)} hours"
    return f"{age.days} days"


def _size(count: int) -> str:
    return f"{count / (1 << 30):,.1f} GB" if count >= 1 << 30 else f"{count / (1 << 20):,.0f} MB"


def _tzdata() -> str:
    try:
        return version("tzdata")
    except PackageNotFoundError:
        return "of this machine"
