"""Finds a phrasebook's rules in a sentence; each place is tried once a rule, so that no text takes long."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.listening.normalising import PAUSE
from bot.domain.listening.phrasebook import Means, Phrasebook, Rule, Stand, Step

NEAR, FAR, FILLED = 3, 8, 4  # words in a gap at most
Span = tuple[int, int]
Chart = dict[int, dict[int, tuple[int, ...]]]  # group -> where it begins -> where it may end


@dataclass(frozen=True, slots=True)
class Match:
    """A rule, and which words stand at each of its steps."""

    rule: Rule
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    @property
    def asked(self) -> list[Span]:
        """The words that the rule asked for, without those of its gaps."""
        steps = zip(self.rule.steps, self.spans, strict=True)
        return [span for step, span in steps if step.stand not in _GAPS and span[0] < span[1]]

    @property
    def gaps(self) -> set[int]:
        """The words that no step asked for."""
        steps = zip(self.rule.steps, self.spans, strict=True)
        return {at for step, (start, end) in steps if step.stand in _GAPS for at in range(start, end)}


_GAPS = frozenset({Stand.FILLED, Stand.NEAR, Stand.FAR})


@dataclass(slots=True, repr=False)
class Reading:
    """One sentence: its words, which of them are quoted, and what stands where."""

    words: list[str]
    quoted: list[bool]
    book: Phrasebook
    chart: Chart = field(default_factory=dict)
    matches: list[Match] = field(default_factory=list)

    def spans(self, group: int) -> Iterator[Span]:
        """Where the group stands."""
        for start, ends in self.chart.get(group, {}).items():
            for end in ends:
                yield start, end

    def put(self, group: int, start: int, end: int) -> None:
        """Marks words as being of a group."""
        at = self.chart.setdefault(group, {})
        ends = at.get(start, ())
        if end not in ends:
            at[start] = (*ends, end)


def read(words: list[str], quoted: list[bool], book: Phrasebook) -> Reading:
    """The sentence with every concept and every match of it."""
    reading = Reading(words, quoted, book)
    for at, word in enumerate(words):
        for group in book.groups(word):
            reading.put(group, at, at + 1)
    for layer in book.layers:
        present = reading.chart.keys()
        rules = [rule for group in layer.keys() & present for rule in layer[group] if rule.needs <= present]
        for rule in rules:
            for match in _found(rule, reading):
                if rule.means is Means.CONCEPT:
                    reading.put(rule.makes, match.start, match.end)
                else:
                    reading.matches.append(match)
    return reading


def _found(rule: Rule, reading: Reading) -> Iterator[Match]:
    dead: set[tuple[int, int]] = set()  # step and place from which the rest does not follow
    first = rule.steps[0]
    starts = reading.chart.get(first.group, ()) if first.stand is Stand.NEEDED else range(len(reading.words))
    for start in [*starts]:
        spans = _rest(rule.steps, 0, start, reading, dead)
        if spans is not None:
            yield Match(rule, spans)


def _rest(
    steps: tuple[Step, ...], number: int, at: int, reading: Reading, dead: set[tuple[int, int]]
) -> tuple[Span, ...] | None:
    if number == len(steps):
        return ()
    if (number, at) in dead:
        return None
    for end in _ends(steps[number], at, reading):
        rest = _rest(steps, number + 1, end, reading, dead)
        if rest is not None:
            return ((at, end), *rest)
    dead.add((number, at))
    return None


def _ends(step: Step, at: int, reading: Reading) -> tuple[int, ...] | list[int] | range:
    """Where the step may end that begins here; nothing if it can not stand here."""
    stand = step.stand
    here = reading.chart.get(step.group, {}).get(at, ())
    if stand is Stand.NEEDED:
        return here
    if stand is Stand.OPTIONAL:
        return (*here, at)
    if stand is Stand.ABSENT:
        return () if here else (at,)
    if stand is Stand.FAR:
        return range(at, min(at + FAR, len(reading.words)) + 1)
    if stand is Stand.NEAR:
        return _near(at, reading)
    if stand is Stand.FILLED:
        return _filled(at, reading)
    return (at,) if _edge(stand, at, reading) else ()


def _near(at: int, reading: Reading) -> range:
    last = at
    while last < len(reading.words) and last - at < NEAR and reading.words[last] != PAUSE:
        last += 1
    return range(at, last + 1)


def _filled(at: int, reading: Reading) -> list[int]:
    filler = reading.chart.get(reading.book.roles.filler, {})
    ends = [at]
    while ends[-1] < len(reading.words) and len(ends) <= FILLED:
        last = ends[-1]
        if reading.words[last] == PAUSE:
            ends.append(last + 1)
        elif last in filler:
            ends.append(max(filler[last]))
        else:
            break
    return ends


def _edge(stand: Stand, at: int, reading: Reading) -> bool:
    joints = reading.chart.get(reading.book.roles.joint, {})
    if stand is Stand.BEGINS:
        return at == 0 or reading.words[at - 1] == PAUSE or any(at in ends for ends in joints.values())
    return at == len(reading.words) or reading.words[at] == PAUSE or at in joints
