"""A circle's lines as its facilitators see them: what each says, and who checked it, and when."""

from bot.domain.lines import ANYWHERE, EUROPE, Line, LineKind, fresh
from bot.services.lines import LinesKept
from cogs.help_now._lines import read, safe, said_day, said_languages, ways
from cogs.speech import Phrase, say
from cogs.words import clipped, lines

KINDS = {
    LineKind.EMERGENCY: Phrase("emergency number"),
    LineKind.CRISIS: "crisis",
    LineKind.ABUSE: Phrase("safety at home"),
    LineKind.CHILD: Phrase("for a child or young person"),
    LineKind.OTHER: "other",
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
    said = [CHECKING, "" if kept.circle.settings.region else NO_REGION]
    left = LONGEST - sum(map(len, said)) - 100
    shown: list[str] = []
    for line in kept.lines:
        block = f"**{safe(line.name)}** ({KINDS[line.kind]}): {ways(line)}\n-# {standing(line, kept)}"
        left -= len(block) + 2
        if left < 0:
            shown.append(
                say("And {lines} more; the menu below has them all.", lines=len(kept.lines) - len(shown))
            )
            break
        shown.append(block)
    return lines([*said, *shown])


def line_text(line: Line, kept: LinesKept) -> str:
    """One line with all that is known of it."""
    facts = {
        say("For"): ", ".join([KINDS[line.kind], *filter(None, line.for_whom.split(";"))]),
        say("Hours"): line.hours or say("not stated"),
        say("Languages"): said_languages(line.languages),
        say("Where from"): "" if line.local else read(line),
        say("Note"): line.note,
    }
    listed = "\n".join(f"{name}: {safe(value)}" for name, value in facts.items() if value)
    doubt = DOUBTFUL if line.doubtful and not fresh(line, kept.today) else ""
    about = "" if line.local else TABLE
    parts = [f"**{safe(line.name)}**\n{ways(line)}", standing(line, kept), doubt, listed, about]
    return clipped(lines(parts), LONGEST)


def standing(line: Line, kept: LinesKept) -> str:
    """Whose it is, and who checked it when."""
    own = (
        say("Your circle's own. ")
        if line.local
        else say("For every country. ")
        if line.region == ANYWHERE
        else ""
    )
    own = own or (say("For the European Union. ") if line.region == EUROPE else "")
    check = kept.checks.get(line.id)
    on = line.verified_on
    if on is None:
        return say("{own}Not checked yet.", own=own)
    who = (
        say(" by <@{account}>", account=check.account.id)
        if check is not None and check.on == on and check.account
        else ""
    )
    aged = "" if fresh(line, kept.today) else say(" That is more than 90 days ago.")
    return say("{own}Checked on {on}{who}.{aged}", own=own, on=said_day(on), who=who, aged=aged)
