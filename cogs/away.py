"""What facilitators are told after Trellis was away: since when, until when, and what was missed."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.speech import Phrase, in_a_row, say, several

HOW = {
    "stopped": Phrase("I had been stopped for that time."),
    "died": Phrase("I stopped without warning then, and was started again now."),
    "cut-off": Phrase("I was running, and had no connection to Discord."),
}
PRESSES = Phrase("Whoever pressed a button or wrote to me in that time got no answer.")
NONE_MISSED = Phrase("No post was missed.")
SORRY = Phrase("I'm sorry.")
RESTORED = Phrase(
    "I was brought back from a backup, and am where I was at {since}. What anyone told me or "
    "decided after that is gone, and I can't know what it was: answers, words offered, reviews, "
    "changes of the plan. Please look at what waits (`/review`, `/alerts`), and tell the circle "
    "that what they told me since then may be told again."
)


def away(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> dict[str, Any]:
    """No phone rings: it is over."""
    facts = letter.facts
    since, until = f"<t:{facts.get('since')}:f>", f"<t:{facts.get('back')}:f>"
    missed = int(facts.get("missed") or 0)
    if facts.get("how") == "restored":
        said = in_a_row(SORRY, RESTORED(since=since), _unknown(missed))
    else:
        gone = say("I'm sorry, I was away from {since} until {until}.", since=since, until=until)
        said = in_a_row(gone, HOW.get(str(facts.get("how")), ""), _missed(missed), PRESSES)
    return {"content": said, "silent": True}


def _unknown(missed: int) -> str:
    if not missed:
        return ""
    return several(
        "{n} post that fell due since then may have been posted; the promise log counts it as missed.",
        "{n} posts that fell due since then may have been posted; the promise log counts them as missed.",
        missed,
    )


def _missed(missed: int) -> str:
    if not missed:
        return NONE_MISSED()
    return several(
        "{n} post was missed; the promise log (`/about`) names each. `/schedule post-now` posts one by hand.",
        "{n} posts were missed; the promise log (`/about`) names each. "
        "`/schedule post-now` posts one by hand.",
        missed,
    )
