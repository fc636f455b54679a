"""How the promise log is said: what was promised, what came, and why the rest did not."""

from bot.domain.occurrences import State
from bot.domain.promises import Exceptional, PromiseLog
from cogs.reasons import FAILED, KINDS, REASONS
from cogs.sentences import stamp
from cogs.speech import say

SHOWN = 5  # explained posts, newest first


def kept_word(promises: PromiseLog) -> str:
    """A field's worth of lines (Discord: 1,024 characters)."""
    if not (promises.promised or promises.held):
        return say("Nothing has been due yet.")
    lines = [
        say(
            "Promised: {promised}. Sent: {sent}; {late} of these late.",
            promised=promises.promised,
            sent=promises.sent,
            late=promises.late,
        )
    ]
    if promises.missed:
        lines.append(say("Missed by a fault: {missed}.", missed=promises.missed))
    if promises.held:
        lines.append(say("Held back by choice: {held}.", held=promises.held))
    lines += [_explained(each) for each in promises.exceptions[: -SHOWN - 1 : -1]]
    return "\n".join(lines)[:1024]


def _explained(exception: Exceptional) -> str:
    kind = KINDS[exception.kind.value]
    if exception.state is State.SENT:
        return say("- {due}: {kind}; sent late", due=stamp(exception.due, "f"), kind=kind)
    reason = REASONS.get(exception.reason.value, FAILED) if exception.reason else FAILED
    return f"- {stamp(exception.due, 'f')}: {kind}; {reason}"
