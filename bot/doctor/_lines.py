"""Which crisis lines somebody is to check: those that the circles' members see, or all that there are."""

from datetime import date

from bot.doctor._kept import Kept
from bot.domain.circles import Circle
from bot.domain.findings import Finding, note, ok
from bot.domain.lines import EUROPE, UNION, VERIFIED_FOR, Line, checked, to_verify
from bot.domain.prompts import Content

NAME = "Help lines"
FEW = 12  # so many are listed without being asked for
HOW = "call each, or read it on its own page, then say so with /lines check"


def lines_to_verify(content: Content, kept: Kept | None, today: date, *, all_of_them: bool) -> Finding:
    """With how many and, where few or asked for, each of them."""
    if kept is None or not any(circle.settings.region for circle in kept.circles):
        return _of_the_table(content, today, all_of_them=all_of_them)
    rows: dict[str, None] = {}
    seen = 0
    for circle in kept.circles:
        lines = checked(_seen(content, kept, circle), kept.checks.get(circle.id, {}))
        seen += len(lines)
        rows |= dict.fromkeys(_row(line, circle) for line in to_verify(lines, today))
    days = VERIFIED_FOR.days
    if not rows:
        return ok(NAME, f"Each of the {seen} that your circles see was checked within {days} days.")
    said = f"{len(rows)} that your circles see were not checked within {days} days: {HOW}."
    return _listed(said, list(rows), all_of_them=all_of_them)


def _of_the_table(content: Content, today: date, *, all_of_them: bool) -> Finding:
    rows = [_row(line, None) for line in to_verify(content.lines, today)]
    said = (
        f"{len(rows)} of {len(content.lines)} that come with Trellis were not checked within "
        f"{VERIFIED_FOR.days} days; once a circle has its region, I name those that matter there."
    )
    return _listed(said, rows, all_of_them=all_of_them) if rows else ok(NAME, "All were checked.")


def _listed(said: str, rows: list[str], *, all_of_them: bool) -> Finding:
    if all_of_them or len(rows) <= FEW:
        return note(NAME, said, *rows)
    return note(NAME, f"{said} `python -m bot doctor --lines` lists them.")


def _seen(content: Content, kept: Kept, circle: Circle) -> list[Line]:
    region = circle.settings.region
    own = [line for line in content.lines if line.region == region]
    if region in UNION and not any(line.kind == "emergency" for line in own):
        own += [line for line in content.lines if line.region == EUROPE]
    return [*kept.local.get(circle.id, ()), *own]


def _row(line: Line, circle: Circle | None) -> str:
    where = circle.name if circle is not None and line.local else line.region
    ways = " / ".join(filter(None, [line.phone, line.text if line.text != line.phone else "", line.chat]))
    doubt = " (pages disagree; shown without its number)" if line.doubtful else ""
    read = f", read {line.read_on} at {line.place}" if line.read_on else ""
    return f"{where} {line.name}: {ways}{read}{doubt}"
