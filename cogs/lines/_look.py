"""A circle's lines as its facilitators see them: what each says, and who checked it, and when."""

from bot.domain.lines import ANYWHERE, EUROPE, Line, LineKind, fresh
from bot.services.lines import LinesKept
from cogs.help_now._lines import read, safe, said_day, said_languages, ways
from cogs.words import clipped, lines

KINDS = {
    LineKind.EMERGENCY: "emergency number",
    LineKind.CRISIS: "crisis",
    LineKind.ABUSE: "safety at home",
    LineKind.CHILD: "for a child or young person",
    LineKind.OTHER: "other",
}
LONGEST = 4096  # characters of an embed's description (Discord)
CHECKING = (
    "Checked means: today you called it, or read the number on the line's own page. Members see the date. "
    "After 90 days it counts as not checked again."
)
NO_REGION = (
    "The circle has no region yet, so members are asked for their country. `/circle settings` sets one with "
    "`region`."
)
DOUBTFUL = "Pages disagree about it, so no number of it is shown until somebody here has checked it."
TABLE = "This line comes with Trellis. It can be checked here, and not taken away."


def list_text(kept: LinesKept) -> str:
    """All of them, the circle's own first; as many as fit."""
    said = [CHECKING, "" if kept.circle.settings.region else NO_REGION]
    left = LONGEST - sum(map(len, said)) - 100
    shown: list[str] = []
    for line in kept.lines:
        block = f"**{safe(line.name)}** ({KINDS[line.kind]}): {ways(line)}\n-# {standing(line, kept)}"
        left -= len(block) + 2
        if left < 0:
            shown.append(f"And {len(kept.lines) - len(shown)} more; the menu below has them all.")
            break
        shown.append(block)
    return lines([*said, *shown])


def line_text(line: Line, kept: LinesKept) -> str:
    """One line with all that is known of it."""
    facts = {
        "For": ", ".join([KINDS[line.kind], *filter(None, line.for_whom.split(";"))]),
        "Hours": line.hours or "not stated",
        "Languages": said_languages(line.languages),
        "Where from": "" if line.local else read(line),
        "Note": line.note,
    }
    listed = "\n".join(f"{name}: {safe(value)}" for name, value in facts.items() if value)
    doubt = DOUBTFUL if line.doubtful and not fresh(line, kept.today) else ""
    about = "" if line.local else TABLE
    parts = [f"**{safe(line.name)}**\n{ways(line)}", standing(line, kept), doubt, listed, about]
    return clipped(lines(parts), LONGEST)


def standing(line: Line, kept: LinesKept) -> str:
    """Whose it is, and who checked it when."""
    own = "Your circle's own. " if line.local else "For every country. " if line.region == ANYWHERE else ""
    own = own or ("For the European Union. " if line.region == EUROPE else "")
    check = kept.checks.get(line.id)
    on = line.verified_on
    if on is None:
        return f"{own}Not checked yet."
    who = f" by <@{check.account.id}>" if check is not None and check.on == on and check.account else ""
    aged = "" if fresh(line, kept.today) else " That is more than 90 days ago."
    return f"{own}Checked on {said_day(on)}{who}.{aged}"
