"""How the promise log is said: what was promised, what came, and why the rest did not."""

from bot.domain.occurrences import State
from bot.domain.promises import Exceptional, PromiseLog
from cogs.reasons import KINDS, REASONS
from cogs.sentences import stamp

SHOWN = 5  # explained posts, newest first


def kept_word(promises: PromiseLog) -> str:
    """A field's worth of lines (Discord: 1,024 characters)."""
    if not (promises.promised or promises.held):
        return "Nothing has been due yet."
    lines = [f"Promised: {promises.promised}. Sent: {promises.sent}; {promises.late} of these late."]
    if promises.missed:
        lines.append(f"Missed by a fault: {promises.missed}.")
    if promises.held:
        lines.append(f"Held back by choice: {promises.held}.")
    lines += [_explained(each) for each in promises.exceptions[: -SHOWN - 1 : -1]]
    return "\n".join(lines)[:1024]


def _explained(exception: Exceptional) -> str:
    kind = KINDS[exception.kind.value]
    if exception.state is State.SENT:
        return f"- {stamp(exception.due, 'f')}: {kind}; sent late"
    reason = REASONS.get(exception.reason.value) if exception.reason else None
    return f"- {stamp(exception.due, 'f')}: {kind}; {reason or 'something failed on my side'}"
