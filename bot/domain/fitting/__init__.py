"""Whether words fit a commitment: small, the member's own, and such that someone could see or hear it done.

A hint by words, no judgement: what no counter is for is declined with its reason; what is vague or large is
asked back once, and the member may keep it as it is. People write in any language, whatever their Discord's:
the hints of all are looked for.
"""

from functools import cache

from bot.domain.commitments import Words
from bot.domain.errors import Empty, TooLong
from bot.domain.fitting._hints import Hints
from bot.domain.letters import bare
from bot.domain.practice_errors import UnfitCommitment, VagueCommitment

MAX_TEXT = 200  # characters of the act itself
MAX_WORDS = 300  # of each other line
_FEW = 3  # words


def checked(words: Words, *, insist: bool = False) -> Words:
    """The words, stripped. Raises Empty, TooLong, UnfitCommitment; VagueCommitment unless `insist`."""
    stripped = Words(**{name: getattr(words, name).strip() for name in Words.__slots__})
    if not stripped.text:
        raise Empty
    for name in Words.__slots__:
        said, limit = getattr(stripped, name), MAX_TEXT if name == "text" else MAX_WORDS
        if len(said) > limit:
            raise TooLong(said, limit)
    if (unfit := no_counter(stripped.text)) is not None:
        raise UnfitCommitment(unfit)
    if not insist and (lacks := lacking(stripped.text)) is not None:
        raise VagueCommitment(lacks)
    return stripped


def no_counter(text: str) -> str | None:
    """The id of the category of content/commitments.yaml that the words name; None where they name none."""
    plain, languages = _plain(text), _languages()
    sorts = languages[0].unfit  # the first that fits is told, so the gravest stands first
    return next((sort for sort in sorts if any(each.unfit[sort].search(plain) for each in languages)), None)


def lacking(text: str) -> str | None:
    """What keeps it from being a small, visible act: `act`, `few` or `large`; None where nothing does."""
    plain = _plain(text)
    acts = [(each, each.lead.sub("", plain)) for each in _languages()]
    if any(each.state.search(act) and not each.seen.search(act) for each, act in acts):
        return "act"
    if min(len(act.split()) for _, act in acts) < _FEW:
        return "few"
    return "large" if any(each.large.search(act) for each, act in acts) else None


@cache
def _languages() -> tuple[Hints, ...]:
    """Compiled when first needed, which no start is."""
    from bot.domain.fitting._english import ENGLISH
    from bot.domain.fitting._german import GERMAN
    from bot.domain.fitting._spanish import SPANISH

    return ENGLISH, SPANISH, GERMAN


def _plain(text: str) -> str:
    return " ".join(bare(text).replace("’", "'").split()).strip(" .!¡")
