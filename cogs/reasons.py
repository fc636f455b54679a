"""Kinds of posts, which one it is, and why one did not come, in plain words."""

from bot.domain.prompts import Part, Prompt
from cogs.speech import Phrase, say

KINDS = {
    "check-in": Phrase("check-in"),
    "boundary": Phrase("boundary challenge"),
    "theme": Phrase("theme"),
    "reflection": Phrase("reflection"),
}
REASONS = {
    "late": Phrase("I was away for more than two hours when it was due"),
    "paused": Phrase("the circle rests"),
    "skipped": Phrase("it was skipped"),
    "not-permitted": Phrase("Discord did not let me post there; `/circle status` names what is missing"),
    "channel-gone": Phrase("the channel was deleted or is hidden from me"),
    "unreachable": Phrase("Discord could not be reached for two hours"),
    "nothing-planned": Phrase("no text is planned for it"),
    "no-theme": Phrase("the plan has no such text left for that week"),
    "holiday": Phrase("it is a public holiday, and the circle rests on those"),
    "rejected": Phrase("Discord refused it as I had written it"),
}
FAILED = Phrase("something failed on my side")
SNIPPET = 60  # characters of a question that has no title of its own


def kind_of(prompt: Prompt) -> str:
    """Such as "check-in" or "practice"."""
    return say("practice") if prompt.part is Part.PRACTICE else KINDS[prompt.kind]()


def gist(prompt: Prompt) -> str:
    """What tells a post from others: its title, or how a day's question begins."""
    if not prompt.day:
        return prompt.title
    said = " ".join(prompt.text.split())
    question = said if len(said) <= SNIPPET else f"{said[:SNIPPET].rstrip()}…"
    return say("day {day}: {question}", day=prompt.day, question=question)
