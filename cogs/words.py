"""Texts of bot/content by their ids, and the small words around them, said the same everywhere."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.domain.check_ins import Answer, Audience
from bot.domain.members import Scope
from bot.domain.prompts import Content, Prompt
from bot.domain.shares import Review
from cogs.speech import Phrase, say

_BLANK = re.compile(r"_{3,}")
_IN_WORDS = ("title", "text", "intention", "steps", "script", "done_when", "if_not_safe", "renegotiate")
AUDIENCES = {
    Audience.ME: Phrase("Only me"),
    Audience.FACILITATORS: Phrase("Facilitators"),
    Audience.CIRCLE: Phrase("The circle"),
}
MEANT = {  # what each means (Discord: 100 characters each)
    Audience.ME: Phrase("Nobody else in the circle sees any of it."),
    Audience.FACILITATORS: Phrase(
        "They can read it for 30 days. You see under /privacy who looked, and when."
    ),
    Audience.CIRCLE: Phrase(
        "Your note alone, once a facilitator has read it. Without your name unless you choose."
    ),
}
SCOPES = {  # label of a checkbox, and what it means (Discord: 100 characters each)
    Scope.CHECK_INS: (
        Phrase("Keep my check-ins"),
        Phrase(
            "Encrypted; notes 90 days, the rest a year. Only you see them; weekly counts from 5 people up."
        ),
    ),
    Scope.STREAKS: (
        Phrase("Keep my commitments and streaks"),
        Phrase(
            "What you commit to, log, practise. Encrypted, until you delete it. Only you, and whom "
            "you show it."
        ),
    ),
    Scope.FACILITATORS: (
        Phrase("Facilitators may see what I mark for them"),
        Phrase("Only answers that you mark, one by one, for 30 days. You can see who looked, and when."),
    ),
    Scope.REMINDERS: (
        Phrase("Write to me directly"),
        Phrase(
            "Word about what you offered, and the reminders you switch on. Each can be stopped on the spot."
        ),
    ),
    Scope.ALERTS: (
        Phrase("Tell the facilitators if words I offer the circle sound like danger"),
        Phrase(
            "A word list looks; it can be wrong. They read who, when and of what kind. Never private notes."
        ),
    ),
}
REVIEWS = {
    Review.WAITING: Phrase("waits for a facilitator"),
    Review.REWORD: Phrase("back with you, with a wish for a change"),
    Review.APPROVED: Phrase("approved for the channel"),
    Review.DECLINED: Phrase("not posted"),
    Review.WITHDRAWN: Phrase("taken back"),
}


def text(content: Content, id_: str, **filled: str) -> str:
    """A text by its id, its `{placeholders}` filled in. KeyError where there is no such text."""
    said = content.texts[id_]
    for name, value in filled.items():
        said = said.replace("{" + name + "}", value)
    return said


def clipped(said: str, limit: int) -> str:
    """At most `limit` characters, with a sign where some are left out."""
    return said if len(said) <= limit else said[: limit - 1] + "…"


def answered(answer: Answer, content: Content) -> dict[str, str]:
    """What was chosen, by name and in labels; the note is not among it."""
    chosen = {
        say("Weather"): ", ".join(content.weathers[each] for each in answer.weather),
        say("Energy"): content.energies[answer.energy] if answer.energy else "",
        say("Reactivity"): content.reactivities[answer.reactivity] if answer.reactivity else "",
    }
    return {name: label for name, label in chosen.items() if label}


def said_yes(consents: Collection[Scope]) -> str:
    """The consents that were given, as a sentence."""
    given = [f"**{SCOPES[scope][0]}**" for scope in Scope if scope in consents]
    if not given:
        return say("You said yes to none of them, for now.")
    return say("You said yes to: {consents}", consents=" · ".join(given))


def blanks_kept(said: str) -> str:
    """Each blank to be filled in (`___`) as it is written: two of them would underline what is between."""
    return _BLANK.sub(lambda blank: "\\_" * len(blank[0]), said)


def written(prompt: Prompt) -> Prompt:
    """The prompt with the blanks of all its texts kept."""
    return replace(
        prompt,
        text=blanks_kept(prompt.text),
        script=blanks_kept(prompt.script),
        steps=tuple(blanks_kept(step) for step in prompt.steps),
        done_when=blanks_kept(prompt.done_when),
        if_not_safe=blanks_kept(prompt.if_not_safe),
    )


def in_words(prompt: Prompt, content: Content) -> Prompt:
    """One of the curriculum's prompts in this content's language; a circle's own stays as it was written."""
    ours = content.prompts.get(prompt.id)
    if ours is None:
        return prompt
    said = {name: getattr(ours, name) for name in _IN_WORDS}
    theme = ours.theme if prompt.of is None or not prompt.of.version else prompt.theme
    return replace(prompt, **said, theme=theme or prompt.theme)


def lines(parts: Iterable[str]) -> str:
    """Paragraphs, the empty ones left out."""
    return "\n\n".join(part for part in parts if part)
