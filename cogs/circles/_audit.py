"""How the audit list is said: when, who, what; a person who had everything deleted is named no more."""

from collections.abc import Sequence

import discord

from bot.domain.audit import Deed, Entry
from bot.domain.circles import Circle
from cogs.embeds import calm
from cogs.errors import Told
from cogs.sentences import stamp
from cogs.words import clipped

DEEDS = {
    Deed.CIRCLE_MADE: "set the circle up",
    Deed.SETTINGS_CHANGED: "changed settings",
    Deed.CIRCLE_PAUSED: "let the circle rest",
    Deed.CIRCLE_RESUMED: "ended the rest",
    Deed.SCHEDULE_ADDED: "added a recurring post",
    Deed.SCHEDULE_EDITED: "changed a recurring post",
    Deed.SCHEDULE_REMOVED: "removed a recurring post",
    Deed.SCHEDULE_PAUSED: "let a recurring post rest",
    Deed.SCHEDULE_RESUMED: "took a recurring post up again",
    Deed.DATE_SKIPPED: "skipped a date",
    Deed.DATE_RESTORED: "brought a skipped date back",
    Deed.POSTED_BY_HAND: "posted by hand",
    Deed.PLAN_LAID: "laid a plan",
    Deed.PLAN_CLEARED: "took the coming weeks off the plan",
    Deed.WEEKS_SWAPPED: "swapped two weeks",
    Deed.WEEK_SKIPPED: "skipped a week",
    Deed.WEEK_RESTORED: "brought a skipped week back",
    Deed.WEEK_REPEATED: "repeated a week",
    Deed.WEEK_CHANGED: "changed a week",
    Deed.DAY_CHOSEN: "chose a date's question",
    Deed.PLAN_IMPORTED: "imported a plan",
    Deed.SHARE_APPROVED: "approved words for the channel",
    Deed.SHARE_DECLINED: "declined words, with a reason",
    Deed.SHARE_RETURNED: "asked for a change of words",
    Deed.AUTHOR_UNSEALED: "asked who wrote words, for safety",
    Deed.MEETING_SET: "set the meetings",
    Deed.MEETING_SKIPPED: "left a meeting out",
    Deed.MEETING_ENDED: "ended the meetings",
    Deed.KEPT_APART: "keeps two apart",
    Deed.APART_ENDED: "no longer keeps two apart",
    Deed.PACE_SET: "set the channel's pace",
    Deed.CARD_POSTED: "posted a note in the channel",
    Deed.COVER_SUGGESTED: "suggested a cover for a message",
    Deed.GUARD_ON: "switched the channel's guard on",
    Deed.GUARD_OFF: "switched the channel's guard off",
    Deed.LINE_ADDED: "added a help line",
    Deed.LINE_CHECKED: "checked a help line",
    Deed.LINE_UNCHECKED: "took the check of a help line back",
    Deed.LINE_REMOVED: "took a help line away",
    Deed.DUTY_BEGUN: "went on duty",
    Deed.DUTY_ENDED: "went off duty",
    Deed.ALERT_TAKEN: "took an alert",
    Deed.ALERT_HANDED_ON: "handed an alert on",
    Deed.ALERT_CLOSED: "closed an alert",
    Deed.ALERT_MISREAD: "closed an alert as a false match",
}
LONGEST = 4096  # characters of an embed's description (Discord)
NOTHING = "Nothing has been done yet."


def audit_look(circle: Circle, entries: Sequence[Entry]) -> Told:
    """The newest first, as many as fit."""
    lines: list[str] = []
    for entry in entries:
        line = _line(entry)
        if sum(map(len, lines)) + len(lines) + len(line) > LONGEST:
            break
        lines.append(line)
    name = discord.utils.escape_markdown(circle.name)
    embed = calm(title=clipped(f"Who did what in {name}", 256), description="\n".join(lines) or NOTHING)
    embed.set_footer(
        text="For this circle's facilitators alone. Kept for a year. It holds no member's words."
    )
    return Told("", embed=embed)


def _line(entry: Entry) -> str:
    who = f"<@{entry.account.id}>" if entry.account is not None else "Somebody who is forgotten here"
    about = f": {discord.utils.escape_markdown(entry.about)}" if entry.about else ""
    return f"{stamp(entry.at, 'f')} {who} {DEEDS[entry.deed]}{about}"
