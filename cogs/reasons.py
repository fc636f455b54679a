"""Kinds of posts, which one it is, and why one did not come, in plain words."""

from bot.domain.prompts import Part, Prompt

KINDS = {
    "check-in": "check-in",
    "boundary": "boundary challenge",
    "theme": "theme",
    "reflection": "reflection",
}
REASONS = {
    "late": "I was away for more than two hours when it was due",
    "paused": "the circle rests",
    "skipped": "it was skipped",
    "not-permitted": "Discord did not let me post there; `/circle status` names what is missing",
    "channel-gone": "the channel was deleted or is hidden from me",
    "unreachable": "Discord could not be reached for two hours",
    "nothing-planned": "no text is planned for it",
    "no-theme": "the plan has no such text left for that week",
    "holiday": "it is a public holiday, and the circle rests on those",
    "rejected": "Discord refused it as I had written it",
}
SNIPPET = 60  # characters of a question that has no title of its own


def kind_of(prompt: Prompt) -> str:
    """Such as "check-in" or "practice"."""
    return "practice" if prompt.part is Part.PRACTICE else KINDS[prompt.kind]


def gist(prompt: Prompt) -> str:
    """What tells a post from others: its title, or how a day's question begins."""
    if not prompt.day:
        return prompt.title
    said = " ".join(prompt.text.split())
    return (
        f"day {prompt.day}: {said}"
        if len(said) <= SNIPPET
        else f"day {prompt.day}: {said[:SNIPPET].rstrip()}…"
    )
