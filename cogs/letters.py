"""How each kind of letter looks: short, plain, and telling no more than its reader may know."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.meetings import REMIND_BEFORE
from bot.domain.outbox import Letter, Recipient
from bot.domain.prompts import Content
from cogs.alerts import letters as alerts
from cogs.away import away
from cogs.channel import letters as channel
from cogs.closings import letters as closings
from cogs.commitments import letters as commitments
from cogs.duty import letters as duty
from cogs.guard import letters as guard
from cogs.items import Panel
from cogs.marked.letters import marked
from cogs.pairs import letters as pairs
from cogs.partners import letters as partners
from cogs.reasons import FAILED, KINDS, REASONS
from cogs.reminders import letters as reminders
from cogs.safety import letters as safety
from cogs.sentences import stamp
from cogs.shares import letters as shares
from cogs.speech import Phrase, in_a_row, say
from cogs.themes.letters import digest, queue_ends

Facts = Mapping[str, str | int | bool | None]
Look = dict[str, Any]  # what discord.py's `send` takes

NEAR = timedelta(minutes=5)  # within which a reminder may still say "in an hour"
POST = Phrase("post")
MISSED = Phrase("I'm sorry: the {kind} of {when} was not posted, because {reason}.")
MISSED_ONCE = Phrase("I'm sorry: the {kind} was not posted, because {reason}.")
LOGGED = Phrase(
    "It stands in the promise log (`/about`). `/schedule post-now` posts one by hand, if you'd like that."
)
IN_AN_HOUR = Phrase("Your circle's regular time is in an hour: {start}.")
SOON = Phrase("Your circle's regular time is soon: {start}.")


def letter_look(letter: Letter, circle: Circle, account: Account | None, content: Content) -> Look:
    """What to send. Nobody is pinged; a letter about an alert has a form of its own."""
    discreet = circle.settings.discreet and letter.kind in shares.NEWS_OF
    look = (shares.news if discreet else _LOOKS[letter.kind])(letter, circle, account, content)
    if letter.recipient is not Recipient.FACILITATORS and circle.settings.discreet:
        look["silent"] = True  # a phone may be seen by someone else (design: decision 12)
    return look


def _missed_post(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    facts = letter.facts
    kind = KINDS.get(str(facts.get("kind")), POST)
    reason = REASONS.get(str(facts.get("reason")), FAILED)
    when = _when(facts)
    missed = MISSED if when else MISSED_ONCE
    return {"content": in_a_row(missed(kind=kind, when=when, reason=reason), LOGGED)}


def _person_wanted(_letter: Letter, circle: Circle, account: Account | None, _content: Content) -> Look:
    """As it was written before there were alerts; one may still be on its way."""
    who = f"<@{account.id}>" if account is not None else say("A member")
    role = discord.Object(int(circle.home.role))
    return {
        "content": say(
            "<@&{role}> {who} would like a person. They asked for it themselves. A short "
            "private word from one of you is enough to begin with.",
            role=role.id,
            who=who,
        ),
        "allowed_mentions": discord.AllowedMentions(everyone=False, users=False, roles=[role]),
    }


def _meeting_reminder(letter: Letter, circle: Circle, _account: Account | None, _content: Content) -> Look:
    at = letter.facts.get("at")
    start = at if isinstance(at, int) else 0
    ahead = timedelta(seconds=start - letter.written_at.timestamp())
    said = IN_AN_HOUR if abs(ahead - REMIND_BEFORE) <= NEAR else SOON
    button = discord.ui.Button[Any](label=say("No more of these"), custom_id=f"meeting:stop:{circle.id}")
    return {"content": said(start=f"<t:{start}:t>"), "view": Panel(button)}


def _when(facts: Facts) -> str:
    due = facts.get("due")
    if isinstance(due, int):
        return f"<t:{due}:F>"
    if isinstance(due, str) and due:
        return stamp(datetime.fromisoformat(due), "F")
    return ""


_LOOKS: dict[str, Callable[[Letter, Circle, Account | None, Content], Look]] = {
    "missed-post": _missed_post,
    "person-wanted": _person_wanted,
    "share-waiting": shares.waiting,
    "share-late": shares.late,
    "share-posted": shares.posted,
    "share-approved": shares.approved,
    "share-reword": shares.reword,
    "share-declined": shares.declined,
    "share-delayed": shares.delayed,
    "author-unsealed": shares.unsealed,
    "marked": marked,
    "queue-ends": queue_ends,
    "digest": digest,
    "meeting-reminder": _meeting_reminder,
    "reminder": reminders.due,
    "commitment-due": commitments.due,
    "commitment-quiet": commitments.quiet,
    "pair-left-over": pairs.left_over,
    "pair-failed": pairs.failed,
    "pair-ear": pairs.ear,
    "pair-not-opened": pairs.not_opened,
    "next-day": safety.next_day,
    "screening-down": safety.down,
    "screening-back": safety.back,
    "partner-begun": partners.begun,
    "partner-word": partners.word,
    "cover-suggested": channel.suggested,
    "pace-ended": channel.pace_ended,
    "pace-stuck": channel.pace_stuck,
    "channel-help": guard.help_offered,
    "guard-off-by-hand": guard.off_by_hand,
    "guard-trouble": guard.trouble,
    "alert-answered": alerts.answered,
    "alert-talk": alerts.talk,
    "away": away,
    "duty-note": duty.note,
    "duty-gap": duty.gap,
    "duty-swap": duty.swap,
    "circle-closing": closings.closing,
    "circle-closing-note": closings.note,
    "circle-kept": closings.kept,
    "circle-kept-note": closings.kept_note,
    "circle-closed": closings.closed,
}
