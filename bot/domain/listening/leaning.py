"""What the weights say of every few sentences, so that a long text does not thin out what it says once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.listening.matching import Match, Reading
from bot.domain.listening.phrasebook import Means, Phrasebook
from bot.domain.listening.resolving import Standing
from bot.domain.listening.tiers import Tier
from bot.domain.listening.weighing import ALARMS, features, weighed

WINDOW = 3  # sentences weighed together, as many as most of the labelled texts have
AGAINST = 0.75  # how likely an alarm must be by weight where a phrase was found and not believed
ENOUGH = 6  # words, from which on weight alone says anything: "he says he loves me" is hardly more than who
SPOKEN = 0.6  # of the words the weights must know, or it is another language


@dataclass(frozen=True, slots=True)
class Judged:
    """A match, in which sentence it stands, and what is to be made of it."""

    sentence: int
    match: Match
    how: Standing


@dataclass(frozen=True, slots=True)
class Leaning:
    """Of the sentences from `first` to before `end`: how likely an alarm is, and a tier by weight alone."""

    first: int
    end: int
    alarm: float
    alone: Tier | None = None


def leaning(readings: list[Reading], judged: list[Judged], book: Phrasebook) -> Iterator[Leaning]:
    """One for each window; a language without weights leans to every phrase that is found."""
    if not book.weights:
        yield Leaning(0, len(readings), 1.0)
        return
    by_sentence: list[list[Judged]] = [[] for _ in readings]
    for each in judged:
        by_sentence[each.sentence].append(each)
    for first in range(max(1, len(readings) - WINDOW + 1)):
        end = first + WINDOW
        own = [each for some in by_sentence[first:end] for each in some]
        yield _of(first, end, readings[first:end], own, book)


def alarm_at(sentence: int, leanings: Iterable[Leaning]) -> float:
    """How likely an alarm is in the windows that the sentence is in, where it is likeliest."""
    return max((each.alarm for each in leanings if each.first <= sentence < each.end), default=0.0)


def _of(first: int, end: int, readings: list[Reading], judged: list[Judged], book: Phrasebook) -> Leaning:
    likely = weighed(features(readings, ((each.match, each.how) for each in judged)), book)
    alarm = sum(likely[tier] for tier in ALARMS)
    doubted = any(each.match.rule.means is Means.SAID and each.match.rule.tier in ALARMS for each in judged)
    alone = alarm >= (max(AGAINST, book.alone) if doubted else book.alone) and _speaks(readings, book)
    return Leaning(first, end, alarm, max(ALARMS, key=lambda tier: likely[tier]) if alone else None)


def _speaks(readings: list[Reading], book: Phrasebook) -> bool:
    """There are words enough to weigh, and most of them are of this language."""
    words = [word for reading in readings for word in reading.words]
    return len(words) >= ENOUGH and sum(word in book.weights for word in words) >= SPOKEN * len(words)
