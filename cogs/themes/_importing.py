"""What an import found: every fault with its line, or what it would change; then it asks."""

import io
from collections.abc import Sequence

import discord

from bot.domain.plan_files import BadPlanFile, Fault
from bot.services.plan_files import Difference
from cogs.dates import WEEKDAYS, on_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel
from cogs.speech import Phrase, say, several
from cogs.themes._changes import change_line
from cogs.themes._components import ImportIt, LeaveIt, SeeCalendar
from cogs.words import clipped

LONGEST = 4096  # characters of an embed's description (Discord)
SAID = 12  # faults in the reply itself; a file holds them all
ASK = Phrase("Nothing is changed yet. This is what would be:")
MEANWHILE = Phrase(
    "The plan was changed by somebody since I showed this, so I left it. By now this would change:"
)
AS_PLANNED = Phrase("as planned")
SAME = Phrase("I read it. It is the plan that stands already, so there is nothing to change.")
DONE = Phrase("Done: {changes}. What has begun stays as it was.")


def faults_look(error: BadPlanFile) -> Told:
    """The first ones in words, all of them in a file where there are more."""
    faults = error.faults
    lines = [_fault(each) for each in faults]
    head = several(
        "I read the file, and nothing was changed. {n} thing would be good to look at first:",
        "I read the file, and nothing was changed. {n} things would be good to look at first:",
        len(faults),
    )
    said = "\n".join([head, *(f"- {line}" for line in lines[:SAID])])
    if len(lines) <= SAID and len(said) <= 2000:
        return Told(said)
    file = discord.File(io.BytesIO("\n".join(lines).encode()), "what-to-look-at.txt")
    return Told(clipped(said, 1900), file=file)


def difference_look(difference: Difference, *, meanwhile: bool = False) -> Told:
    """Week by week and date by date; two buttons say yes or no."""
    if difference.nothing:
        return Told(SAME())
    lines = _lines(difference)
    embed = calm(title=say("What the file would change"), description=clipped("\n".join(lines), LONGEST))
    draft = int(difference.draft)
    whole = "\n".join(lines)
    file = discord.File(io.BytesIO(whole.encode()), "difference.txt") if len(whole) > LONGEST else None
    said = MEANWHILE() if meanwhile else ASK()
    return Told(said, embed=embed, file=file, view=Panel(ImportIt(draft), LeaveIt(draft)))


def imported(difference: Difference) -> Told:
    """After the yes."""
    weeks, days = len(difference.weeks), len(difference.days)
    texts = len(difference.themes) + len(difference.prompts)
    parts = [several("{n} week", "{n} weeks", weeks)] if weeks else []
    parts += [several("{n} date", "{n} dates", days)] if days else []
    parts += [several("{n} text", "{n} texts", texts)] if texts else []
    done = DONE(changes=", ".join(parts) or say("one setting"))
    return Told(done, view=Panel(SeeCalendar(int(difference.circle.id))))


def _fault(fault: Fault) -> str:
    reason = say(fault.reason.english, **fault.reason.filled)
    said = f"{fault.where}: {reason}" if fault.where else reason
    return say("line {line}: {what}", line=fault.line, what=said) if fault.line else said


def _lines(difference: Difference) -> list[str]:
    lines: list[str] = []
    if difference.week_starts is not None:
        before, after = (list(WEEKDAYS.values())[day - 1]() for day in difference.week_starts)
        lines.append(
            say("A theme's week begins on {after}, no longer on {before}.", after=after, before=before)
        )
    titles = {ref: words.title for ref, words in difference.themes}
    lines += _section(
        say("New themes, or new versions"),
        [f"**{discord.utils.escape_markdown(title)}** (`{ref}`)" for ref, title in titles.items()],
    )
    lines += _section(
        say("New questions"), [discord.utils.escape_markdown(own.title) for own in difference.prompts]
    )
    lines += _section(say("Weeks"), [change_line(each, difference.library) for each in difference.weeks])
    lines += _section(
        say("Questions for dates"),
        [
            f"{on_day(day)}: {before or AS_PLANNED} → {after or AS_PLANNED}"
            for day, before, after in difference.days
        ],
    )
    return lines


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", f"__{title}__", *(f"- {line}" for line in lines)] if lines else []
