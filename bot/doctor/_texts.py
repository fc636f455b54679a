"""Whether a clinician has read the texts, in each language that the circles speak."""

from collections.abc import Collection

from bot import content
from bot.domain.findings import Finding, note, ok
from bot.domain.languages import NATIVE, Language


def texts_reviewed(languages: Collection[Language]) -> Finding:
    """Of what comes with Trellis. Raises ContentError for a pack that is broken."""
    spoken = [language for language in Language if language in languages]
    drafts = [NATIVE[each] for each in spoken if not content.in_language(each).reviewed]
    if not drafts:
        return ok("Review", f"A clinician has read the texts: {', '.join(NATIVE[each] for each in spoken)}.")
    return note(
        "Review",
        f"Drafts that no clinician has read yet: {', '.join(drafts)}. Read them before people rely on them; "
        "the head of each file says who has (CONTRIBUTING.md).",
    )
