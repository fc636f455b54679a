"""`python -m bot doctor`: looks at all that Trellis needs, each a line: ok, worth knowing, or what to do."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import content as texts
from bot.clock import Clock, SystemClock
from bot.doctor import _here, _kept
from bot.doctor._lines import lines_to_verify
from bot.doctor._texts import texts_reviewed
from bot.domain.errors import ContentError, SettingsError
from bot.domain.findings import Finding, Mark, note, ok, to_do
from bot.domain.languages import Language
from bot.settings import HOW, Settings, diagnosed
from cogs import checkup

__all__ = ["examine", "shown"]

STYLES = {Mark.OK: "green", Mark.NOTE: "cyan", Mark.TO_DO: "bold yellow"}
KEY, TOKEN = "TRELLIS_KEY", "DISCORD_TOKEN"


async def examine(
    env_file: Path | None = Path(".env"),
    env: Mapping[str, str] | None = None,
    *,
    clock: Clock | None = None,
    lines: bool = False,
) -> list[Finding]:
    """Everything, in the order in which one would mend it; changes nothing, raises for nothing it finds."""
    clock = clock or SystemClock()
    settings, faults = diagnosed(env_file, env)
    database, kept = await _database(settings, faults)
    circles = kept.circles if kept is not None else None
    return [
        _settings(faults, env_file),
        *await _discord(settings, faults, kept, clock),
        *database,
        _here.time_zones([circle.settings.zone.key for circle in circles or ()]),
        _here.disk(settings.database_url.get_secret_value()),
        _backups(settings, kept, clock),
        await _here.running(settings.metrics_port),
        *_pack(kept, clock, lines=lines),
    ]


def shown(findings: Sequence[Finding], console: Console) -> int:
    """Prints them; the exit status: 1 where something is to be done."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for each in findings:
        said = Text(each.said)
        for row in each.more:
            said.append(f"\n- {row}", style="dim")
        table.add_row(Text(each.mark, style=STYLES[each.mark]), Text(each.name), said)
    console.print(table)
    open_ = sum(each.mark is Mark.TO_DO for each in findings)
    things = "is one thing" if open_ == 1 else f"are {open_} things"
    console.print(f"\nThere {things} to do." if open_ else "\nAll is well.")
    return 1 if open_ else 0


def _settings(faults: Sequence[SettingsError], env_file: Path | None) -> Finding:
    readable = _here.readable(env_file)
    if readable and not faults:
        return to_do("Settings", f"Token and key stand in {env_file}, and {readable}")
    if not faults:
        return ok("Settings", "Each that is set is one that Trellis takes.")
    return to_do("Settings", "These are to be set right, in .env or the environment.", *map(str, faults))


async def _discord(
    settings: Settings, faults: Sequence[SettingsError], kept: _kept.Kept | None, clock: Clock
) -> list[Finding]:
    token = settings.discord_token.get_secret_value()
    if any(each.name == TOKEN for each in faults):
        return [note("Discord", "Not asked: the token is to be set right first.")]
    if not token:
        missing = to_do("Token", f"{TOKEN} is missing: {HOW[TOKEN]}.")
        return [
            missing,
            note("Discord", "Not asked for intents, permissions, commands and clock without it."),
        ]
    circles, uses = (kept.circles, kept.uses) if kept is not None else (None, {})
    return await checkup.look(token, settings.discord_api_url, circles, clock, uses)


async def _database(
    settings: Settings, faults: Sequence[SettingsError]
) -> tuple[list[Finding], _kept.Kept | None]:
    named = {each.name for each in faults}
    if "DATABASE_URL" in named or KEY in named:
        which = KEY if KEY in named else "DATABASE_URL"
        return [note("Database", f"Not opened: {which} is to be set right first.")], None
    keys = [key.get_secret_value() for key in settings.trellis_key]
    return await _kept.read(settings.database_url.get_secret_value(), keys)


def _backups(settings: Settings, kept: _kept.Kept | None, clock: Clock) -> Finding:
    folders = kept.folders if kept is not None else None
    first = min((circle.made_at for circle in kept.circles), default=None) if kept is not None else None
    return _here.backups(folders, clock, first=first, nightly=settings.backups)


def _pack(kept: _kept.Kept | None, clock: Clock, *, lines: bool) -> list[Finding]:
    languages = {circle.settings.language for circle in kept.circles} if kept is not None else set()
    try:
        content = texts.load()
        read = texts_reviewed(languages or {Language.EN})
    except ContentError as fault:
        return [to_do("Texts", f"One of Trellis's own is broken: {fault}.")]
    return [lines_to_verify(content, kept, clock.now().astimezone(UTC).date(), all_of_them=lines), read]
