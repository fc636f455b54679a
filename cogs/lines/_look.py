"""A circle's lines as its facilitators see them: what each says, and who checked it, and when."""

from bot.domain.lines import ANYWHERE, EUROPE, Line, LineKind, fresh
from bot.services.lines import LinesKept
from cogs.help_now._lines import read, safe, said_day, said_languages, ways
from cogs.help_now._table import in_words
from cogs.speech import Phrase, in_a_row, say, several
from cogs.words import clipped, lines

KINDS = {
    LineKind.EMERGENCY: Phrase("emergency number"),
    LineKind.CRISIS: Phrase("crisis"),
    LineKind.ABUSE: Phrase("safety at home"),
    LineKind.CHILD: Phrase("for a child or young person"),
    LineKind.OTHER: Phrase("other"),
}
LONGEST = 4096  # characters of an embed's description (Discord)
CHECKING = Phrase(
    "Checked means: today you called it, or read the number on the line's own page. Members see "
    "the date. After 90 days it counts as not checked again."
)
NO_REGION = Phrase(
    "The circle has no region yet, so members are asked for their country. `/circle settings` "
    "sets one with `region`."
)
DOUBTFUL = Phrase("Pages disagree about it, so no number of it is shown until somebody here has checked it.")
TABLE = Phrase("This line comes with Trellis. It can be checked here, and not taken away.")


def list_text(kept: LinesKept) -> str:
    """All of them, the circle's own first; as many as fit."""
    said = [CHECKING(), "" if kept.circle.settings.region else NO_REGION()]
    left = LONGEST - sum(map(len, said)) - 100
    shown: list[str] = []
    for line in kept.lines:
        block = f"**{safe(line.name)}** ({KINDS[line.kind]}): {ways(line)}\n-# {standing(line, kept)}"
        left -= len(block) + 2
        if left < 0:
            shown.append(_more(len(kept.lines) - len(shown)))
            break
        shown.append(block)
    return lines([*said, *shown])


def line_text(line: Line, kept: LinesKept) -> str:
    """One line with all that is known of it."""
    whom = [in_words(each.strip()) for each in line.for_whom.split(";") if each]
    facts = {
        say("For"): ", ".join([KINDS[line.kind](), *whom]),
        say("Hours"): in_words(line.hours) or say("not stated"),
        say("Languages"): said_languages(line.languages),
        say("Where from"): "" if line.local else read(line),
        say("Note"): line.note,
    }
    listed = "\n".join(f"{name}: {safe(value)}" for name, value in facts.items() if value)
    doubt = DOUBTFUL() if line.doubtful and not fresh(line, kept.today) else ""
    about = "" if line.local else TABLE()
    parts = [f"**{safe(line.name)}**\n{ways(line)}", standing(line, kept), doubt, listed, about]
    return clipped(lines(parts), LONGEST)


def standing(line: Line, kept: LinesKept) -> str:
    """Whose it is, and who checked it when."""
    check, on = kept.checks.get(line.id), line.verified_on
    if on is None:
        return in_a_row(_whose(line), say("Not checked yet."))
    if check is not None and check.on == on and check.account:
        checked = say("Checked on {day} by {who}.", day=said_day(on), who=f"<@{check.account.id}>")
    else:
        checked = say("Checked on {day}.", day=said_day(on))
    aged = "" if fresh(line, kept.today) else say("That is more than 90 days ago.")
    return in_a_row(_whose(line), checked, aged)


def _whose(line: Line) -> str:
    if line.local:
        return say("Your circle's own.")
    if line.region == ANYWHERE:
        return say("For every country.")
    return say("For the European Union.") if line.region == EUROPE else ""


def _more(number: int) -> str:
    return several(
        "And {n} more; the menu below has them all.", "And {n} more; the menu below has them all.", number
    )
