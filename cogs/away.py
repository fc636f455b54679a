"""What facilitators are told after Trellis was away: since when, until when, and what was missed."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.speech import Phrase, say, several

HOW = {
    "stopped": Phrase("I had been stopped for that time."),
    "died": Phrase("I stopped without warning then, and was started again now."),
    "cut-off": Phrase("I was running, and had no connection to Discord."),
}
PRESSES = Phrase("Whoever pressed a button or wrote to me in that time got no answer.")
UNKNOWN = Phrase(
    "{posts} that fell due since then may have been posted; the promise log counts them as missed."
)
NONE_MISSED = Phrase("No post was missed.")
MISSED = Phrase(
    "{posts} missed; the promise log (`/about`) names each. `/schedule post-now` posts one by hand."
)
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
    posts = several("{n} post", "{n} posts", missed)
    if facts.get("how") == "restored":
        unknown = UNKNOWN(posts=posts) if missed else ""
        said = say("I'm sorry. {format} {unknown}", format=RESTORED(since=since), unknown=unknown).rstrip()
    else:
        told = MISSED(posts=f"{posts} {'was' if missed == 1 else 'were'}") if missed else NONE_MISSED
        how = HOW.get(str(facts.get("how")), "")
        said = say(
            "I'm sorry, I was away from {since} until {until}. {how} {told} {presses}",
            since=since,
            until=until,
            how=how,
            told=told,
            presses=PRESSES,
        )
    return {"content": said, "silent": True}
