"""What a text leans to as a whole: each word, pair of words and concept weighs a little for a tier."""

import math
from collections.abc import Iterable, Iterator, Mapping

from bot.domain.listening.matching import Match, Reading
from bot.domain.listening.phrasebook import Means, Phrasebook
from bot.domain.listening.resolving import Standing
from bot.domain.listening.tiers import Tier

# The order of the weights. None stands twice: for what sounds grave and is not, and for the talk of every
# day. Most texts to learn from are of the first sort, and beside them "tonight" looks like a sign of danger.
TIERS = (*Tier, Tier.NONE)
ALARMS: tuple[Tier, ...] = tuple(tier for tier in Tier if tier not in (Tier.NONE, Tier.DISTRESS))
UNIT = 100  # weights are whole hundredths
BEGINS, ENDS = "^", "$"


def features(readings: Iterable[Reading], judged: Iterable[tuple[Match, Standing]]) -> set[str]:
    """What is weighed: words, pairs of words, {concepts}, and <matches> with what was made of them."""
    found: set[str] = set()
    for reading in readings:
        found.update(reading.words)
        found.update(_pairs(reading.words))
        found.update(name for group in reading.chart if (name := reading.book.names.get(group)))
    found.update(_judged(match, how) for match, how in judged)
    return found


def weighed(found: Iterable[str], book: Phrasebook) -> Mapping[Tier, float]:
    """How likely each tier is, by weight alone; they add up to 1."""
    known = [book.weights[each] for each in found if each in book.weights]
    share = UNIT * math.sqrt(len(known) or 1)
    sums = [base / UNIT + sum(each) / share for base, *each in zip(book.base, *known, strict=True)]
    most = max(sums)
    powers = [math.exp(each - most) for each in sums]
    whole = sum(powers)
    likely = dict.fromkeys(TIERS, 0.0)
    for tier, power in zip(TIERS, powers, strict=True):
        likely[tier] += power / whole
    return likely


def _pairs(words: list[str]) -> Iterator[str]:
    for before, after in zip([BEGINS, *words], [*words, ENDS], strict=True):
        yield f"{before} {after}"


def _judged(match: Match, how: Standing) -> str:
    rule = match.rule
    if rule.means is Means.IDIOM:
        return "<idiom>"
    return f"<{rule.means.name.lower()}/{rule.sign or rule.tier}/{how.name.lower()}>"
