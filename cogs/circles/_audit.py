"""How the audit list is said: when, who, what; a person who had everything deleted is named no more."""

from collections.abc import Sequence

import discord

from bot.domain.audit import Deed, Entry
from bot.domain.circles import Circle
from cogs.embeds import calm
from cogs.errors import Told
from cogs.sentences import stamp
from cogs.speech import Phrase, say
from cogs.words import clipped

DEEDS = {
    Deed.CIRCLE_MADE: Phrase("set the circle up"),
    Deed.SETTINGS_CHANGED: Phrase("changed settings"),
    Deed.CIRCLE_PAUSED: Phrase("let the circle rest"),
    Deed.CIRCLE_RESUMED: Phrase("ended the rest"),
    Deed.CLOSING_BEGUN: Phrase("began to close the circle"),
    Deed.CIRCLE_KEPT: Phrase("kept the circle that was closing"),
    Deed.SCHEDULE_ADDED: Phrase("added a recurring post"),
    Deed.SCHEDULE_EDITED: Phrase("changed a recurring post"),
    Deed.SCHEDULE_REMOVED: Phrase("removed a recurring post"),
    Deed.SCHEDULE_PAUSED: Phrase("let a recurring post rest"),
    Deed.SCHEDULE_RESUMED: Phrase("took a recurring post up again"),
    Deed.DATE_SKIPPED: Phrase("skipped a date"),
    Deed.DATE_RESTORED: Phrase("brought a skipped date back"),
    Deed.POSTED_BY_HAND: Phrase("posted by hand"),
    Deed.PLAN_LAID: Phrase("laid a plan"),
    Deed.PLAN_CLEARED: Phrase("took the coming weeks off the plan"),
    Deed.WEEKS_SWAPPED: Phrase("swapped two weeks"),
    Deed.WEEK_SKIPPED: Phrase("skipped a week"),
    Deed.WEEK_RESTORED: Phrase("brought a skipped week back"),
    Deed.WEEK_REPEATED: Phrase("repeated a week"),
    Deed.WEEK_CHANGED: Phrase("changed a week"),
    Deed.DAY_CHOSEN: Phrase("chose a date's question"),
    Deed.PLAN_IMPORTED: Phrase("imported a plan"),
    Deed.SHARE_APPROVED: Phrase("approved words for the channel"),
    Deed.SHARE_DECLINED: Phrase("declined words, with a reason"),
    Deed.SHARE_RETURNED: Phrase("asked for a change of words"),
    Deed.AUTHOR_UNSEALED: Phrase("asked who wrote words, for safety"),
    Deed.MEETING_SET: Phrase("set the meetings"),
    Deed.MEETING_SKIPPED: Phrase("left a meeting out"),
    Deed.MEETING_ENDED: Phrase("ended the meetings"),
    Deed.KEPT_APART: Phrase("keeps two apart"),
    Deed.APART_ENDED: Phrase("no longer keeps two apart"),
    Deed.PACE_SET: Phrase("set the channel's pace"),
    Deed.CARD_POSTED: Phrase("posted a note in the channel"),
    Deed.COVER_SUGGESTED: Phrase("suggested a cover for a message"),
    Deed.GUARD_ON: Phrase("switched the channel's guard on"),
    Deed.GUARD_OFF: Phrase("switched the channel's guard off"),
    Deed.LINE_ADDED: Phrase("added a help line"),
    Deed.LINE_CHECKED: Phrase("checked a help line"),
    Deed.LINE_UNCHECKED: Phrase("took the check of a help line back"),
    Deed.LINE_REMOVED: Phrase("took a help line away"),
    Deed.DUTY_BEGUN: Phrase("went on duty"),
    Deed.DUTY_ENDED: Phrase("went off duty"),
    Deed.ALERT_TAKEN: Phrase("took an alert"),
    Deed.ALERT_HANDED_ON: Phrase("handed an alert on"),
    Deed.ALERT_CLOSED: Phrase("closed an alert"),
    Deed.ALERT_MISREAD: Phrase("closed an alert as a false match"),
}
LONGEST = 4096  # characters of an embed's description (Discord)
NOTHING = Phrase("Nothing has been done yet.")


def audit_look(circle: Circle, entries: Sequence[Entry]) -> Told:
    """The newest first, as many as fit."""
    lines: list[str] = []
    for entry in entries:
        line = _line(entry)
        if sum(map(len, lines)) + len(lines) + len(line) > LONGEST:
            break
        lines.append(line)
    name = discord.utils.escape_markdown(circle.name)
    embed = calm(
        title=clipped(say("Who did what in {name}", name=name), 256), description="\n".join(lines) or NOTHING
    )
    embed.set_footer(
        text=say("For this circle's facilitators alone. Kept for a year. It holds no member's words.")
    )
    return Told("", embed=embed)


def _line(entry: Entry) -> str:
    who = f"<@{entry.account.id}>" if entry.account is not None else say("Somebody who is forgotten here")
    about = f": {discord.utils.escape_markdown(entry.about)}" if entry.about else ""
    return f"{stamp(entry.at, 'f')} {who} {DEEDS[entry.deed]}{about}"
