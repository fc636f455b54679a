"""From a text to a tier: what is meant counts, what is open counts if taken up, weak signs count by twos."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.domain.listening.leaning import Judged, alarm_at, leaning
from bot.domain.listening.matching import Reading, read
from bot.domain.listening.normalising import Token, plain, tokens
from bot.domain.listening.phrasebook import Means, Phrasebook
from bot.domain.listening.resolving import Standing, standing
from bot.domain.listening.spelling import sentences
from bot.domain.listening.tiers import ALERTS, OWN, Tier, gravest
from bot.domain.listening.weighing import ALARMS

TAKEN_UP_WITHIN = 2  # sentences
TOGETHER_WITHIN = 4  # sentences
LEAST_FOR = {  # and for what is only a phrase; one that is sure needs no weight
    Means.SAID: 0.35,
    Means.LIGHT: 0.35,
    Means.HINT: 0.45,
    Means.WEAK: 0.45,
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard: the gravest tier, how loudly it asks (0 to 3), which rule says so, and all among it."""

    tier: Tier
    alert: int
    rule: str = field(default="", compare=False)
    among: frozenset[Tier] = field(default=frozenset(), compare=False)
    language: str = field(default="", compare=False)  # that the words are of


def screen(text: str, books: Iterable[Phrasebook]) -> Heard:
    """The gravest that any of the languages hears."""
    cut = tokens(plain(text))
    found: dict[Tier, tuple[str, str]] = {}
    for book in books:
        for tier, rule in _heard(cut, book):
            found.setdefault(tier, (rule, book.language))
    tier = gravest(found)
    rule, language = found.get(tier, ("", ""))
    return Heard(tier, ALERTS[tier], rule, frozenset(found), language)


def read_by(cut: list[Token], book: Phrasebook) -> tuple[list[Reading], list[Judged]]:
    """Each sentence as this language reads it, and what is to be made of every match."""
    readings = [read(words, quoted, book) for words, quoted in sentences(cut, book)]
    judged: list[Judged] = []
    for number, reading in enumerate(readings):
        if not reading.matches:
            continue
        idioms = [(each.start, each.end) for each in reading.matches if each.rule.means is Means.IDIOM]
        after = readings[number + 1] if number + 1 < len(readings) else None
        judged += [Judged(number, each, standing(each, reading, idioms, after)) for each in reading.matches]
    return readings, judged


def _heard(cut: list[Token], book: Phrasebook) -> Iterator[tuple[Tier, str]]:
    readings, judged = read_by(cut, book)
    leanings = list(leaning(readings, judged, book))
    signs: dict[tuple[int, str], Judged] = {}
    for each in judged:
        rule = each.match.rule
        if each.how is Standing.OF_ANOTHER and rule.tier in OWN:
            yield Tier.DISTRESS, rule.id
        if each.how is not Standing.MEANT and not (each.how is Standing.OPEN and _taken_up(each, readings)):
            continue
        if rule.means is Means.WEAK:
            signs[each.sentence, rule.id] = each
        elif (
            rule.firm or rule.tier not in ALARMS or alarm_at(each.sentence, leanings) >= LEAST_FOR[rule.means]
        ):
            yield rule.tier, rule.id
    for tier, first, rules in _inferred(list(signs.values()), book):
        if alarm_at(first, leanings) >= LEAST_FOR[Means.WEAK]:
            yield tier, rules
    for one in leanings:
        if one.alone is not None:
            yield one.alone, f"{book.language}.weights"


def _taken_up(each: Judged, readings: list[Reading]) -> bool:
    """ "I am.", "this time I mean it", after it in its sentence or in one of the next."""
    for number in range(each.sentence, min(each.sentence + TAKEN_UP_WITHIN + 1, len(readings))):
        reading = readings[number]
        for start, _ in reading.spans(reading.book.roles.taken_up):
            if number > each.sentence or start >= each.match.end:
                return True
    return False


def _inferred(signs: list[Judged], book: Phrasebook) -> Iterator[tuple[Tier, int, str]]:
    """Two weak signs of kinds that belong together, near one another, and in which sentence the first is."""
    for number, first in enumerate(signs):
        for second in signs[number + 1 :]:
            if second.sentence - first.sentence > TOGETHER_WITHIN:
                break
            one, other = first.match.rule, second.match.rule
            tier = book.pairs.get(frozenset((one.sign, other.sign)))
            if tier is not None and one.id != other.id:
                yield tier, first.sentence, f"{one.id}+{other.id}"
