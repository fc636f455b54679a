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
    Deed.CIRCLE_MADE: Phrase("{who} set the circle up"),
    Deed.SETTINGS_CHANGED: Phrase("{who} changed settings"),
    Deed.CIRCLE_PAUSED: Phrase("{who} let the circle rest"),
    Deed.CIRCLE_RESUMED: Phrase("{who} ended the rest"),
    Deed.CLOSING_BEGUN: Phrase("{who} began to close the circle"),
    Deed.CIRCLE_KEPT: Phrase("{who} kept the circle that was closing"),
    Deed.SCHEDULE_ADDED: Phrase("{who} added a recurring post"),
    Deed.SCHEDULE_EDITED: Phrase("{who} changed a recurring post"),
    Deed.SCHEDULE_REMOVED: Phrase("{who} removed a recurring post"),
    Deed.SCHEDULE_PAUSED: Phrase("{who} let a recurring post rest"),
    Deed.SCHEDULE_RESUMED: Phrase("{who} took a recurring post up again"),
    Deed.DATE_SKIPPED: Phrase("{who} skipped a date"),
    Deed.DATE_RESTORED: Phrase("{who} brought a skipped date back"),
    Deed.POSTED_BY_HAND: Phrase("{who} posted by hand"),
    Deed.PLAN_LAID: Phrase("{who} laid a plan"),
    Deed.PLAN_CLEARED: Phrase("{who} took the coming weeks off the plan"),
    Deed.WEEKS_SWAPPED: Phrase("{who} swapped two weeks"),
    Deed.WEEK_SKIPPED: Phrase("{who} skipped a week"),
    Deed.WEEK_RESTORED: Phrase("{who} brought a skipped week back"),
    Deed.WEEK_REPEATED: Phrase("{who} repeated a week"),
    Deed.WEEK_CHANGED: Phrase("{who} changed a week"),
    Deed.DAY_CHOSEN: Phrase("{who} chose a date's question"),
    Deed.PLAN_IMPORTED: Phrase("{who} imported a plan"),
    Deed.SHARE_APPROVED: Phrase("{who} approved words for the channel"),
    Deed.SHARE_DECLINED: Phrase("{who} declined words, with a reason"),
    Deed.SHARE_RETURNED: Phrase("{who} asked for a change of words"),
    Deed.AUTHOR_UNSEALED: Phrase("{who} asked who wrote words, for safety"),
    Deed.MEETING_SET: Phrase("{who} set the meetings"),
    Deed.MEETING_SKIPPED: Phrase("{who} left a meeting out"),
    Deed.MEETING_ENDED: Phrase("{who} ended the meetings"),
    Deed.KEPT_APART: Phrase("{who} keeps two apart"),
    Deed.APART_ENDED: Phrase("{who} no longer keeps two apart"),
    Deed.PACE_SET: Phrase("{who} set the channel's pace"),
    Deed.CARD_POSTED: Phrase("{who} posted a note in the channel"),
    Deed.COVER_SUGGESTED: Phrase("{who} suggested a cover for a message"),
    Deed.GUARD_ON: Phrase("{who} switched the channel's guard on"),
    Deed.GUARD_OFF: Phrase("{who} switched the channel's guard off"),
    Deed.LINE_ADDED: Phrase("{who} added a help line"),
    Deed.LINE_CHECKED: Phrase("{who} checked a help line"),
    Deed.LINE_UNCHECKED: Phrase("{who} took the check of a help line back"),
    Deed.LINE_REMOVED: Phrase("{who} took a help line away"),
    Deed.DUTY_BEGUN: Phrase("{who} went on duty"),
    Deed.DUTY_ENDED: Phrase("{who} went off duty"),
    Deed.ALERT_TAKEN: Phrase("{who} took an alert"),
    Deed.ALERT_HANDED_ON: Phrase("{who} handed an alert on"),
    Deed.ALERT_CLOSED: Phrase("{who} closed an alert"),
    Deed.ALERT_MISREAD: Phrase("{who} closed an alert as a false match"),
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
        title=clipped(say("Who did what in {name}", name=name), 256),
        description="\n".join(lines) or NOTHING(),
    )
    embed.set_footer(
        text=say("For this circle's facilitators alone. Kept for a year. It holds no member's words.")
    )
    return Told("", embed=embed)


def _line(entry: Entry) -> str:
    who = f"<@{entry.account.id}>" if entry.account is not None else say("Somebody who is forgotten here")
    about = f": {discord.utils.escape_markdown(entry.about)}" if entry.about else ""
    return f"{stamp(entry.at, 'f')} {DEEDS[entry.deed](who=who)}{about}"
