"""The sentences for exercises; see `cogs.sentences`."""

from bot.domain import grounding_errors
from cogs.speech import Phrase

FIXED: dict[type[Exception], Phrase] = {
    grounding_errors.NoSuchRun: Phrase(
        "This exercise has ended, or you began another one since. Nothing was kept of where you were in it."
    ),
    grounding_errors.NoSuchExercise: Phrase("I have no such exercise. `/ground` offers all that there are."),
    grounding_errors.MembersOnly: Phrase(
        "I keep that for people who have joined a circle, as I keep nothing of anyone else's. "
        "The exercises themselves are for everyone, always."
    ),
}
