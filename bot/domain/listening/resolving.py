"""Asks of each match whose it is, when it was, and whether it is denied, told, quoted or a figure."""

from enum import Enum, auto

from bot.domain.listening.matching import Match, Reading, Span
from bot.domain.listening.normalising import PAUSE
from bot.domain.listening.phrasebook import Means

BEFORE = 4  # words between a denial and what it denies
AFTER = 3  # words between a statement and what takes it back
TELLER = 3  # words between who says it and the quotation
SUBJECT = 6  # words between a subject and its verb


class Standing(Enum):
    """What is to be made of a match."""

    MEANT = auto()
    OPEN = auto()  # denied, past, quoted or light: counts if the next words take it up
    OF_ANOTHER = auto()  # somebody else's
    NOTHING = auto()


def standing(match: Match, reading: Reading, idioms: list[Span], after: Reading | None) -> Standing:
    """`after` is the sentence that follows, which may say that it was long ago."""
    if not match.rule.sure and _figurative(match, reading, idioms):
        return Standing.NOTHING
    if match.rule.own and _of_another(match, reading):
        return Standing.OF_ANOTHER
    open_ = match.rule.means is Means.LIGHT or _quoted(match, reading) or _denied(match, reading)
    if open_ or _told(match, reading) or _over(match, reading, after):
        return Standing.OPEN
    return Standing.MEANT


def _figurative(match: Match, reading: Reading, idioms: list[Span]) -> bool:
    """An idiom stands on a word of it that carries its meaning."""
    if not idioms:
        return False
    small = reading.chart.get(reading.book.roles.small, {})
    words = {at for start, end in match.asked for at in range(start, end) if at not in small}
    return any(at in words for start, end in idioms for at in range(start, end))


def _of_another(match: Match, reading: Reading) -> bool:
    """The nearest subject before it in its clause is somebody else."""
    chart, roles = reading.chart, reading.book.roles
    own, others, turn = (chart.get(group, {}) for group in (roles.own, roles.others, roles.turn))
    if match.start in own:
        return False
    for at in range(match.start - 1, max(-1, match.start - 1 - SUBJECT), -1):
        if reading.words[at] == PAUSE or at in own or at in turn:
            return False
        if at in others:
            return True
    return False


def _quoted(match: Match, reading: Reading) -> bool:
    """It stands in quotation marks, is no threat passed on, and the speaker quotes somebody else."""
    if not all(reading.quoted[match.start : match.end]):
        return False
    start = match.start
    while start > 0 and reading.quoted[start - 1]:
        start -= 1
    quotes_self = any(0 <= start - end <= TELLER for _, end in reading.spans(reading.book.roles.i_say))
    if match.rule.quoted:
        return quotes_self or any(True for _ in reading.spans(reading.book.roles.joke))
    return not all(reading.quoted) and not quotes_self


def _denied(match: Match, reading: Reading) -> bool:
    """A "not" in front of it in its clause, within it where no step asked for one, or right after it."""
    roles = reading.book.roles
    no_denials = [*reading.spans(roles.no_denial)]
    gaps = match.gaps
    for start, end in reading.spans(roles.denial):
        if any(begin <= start and end <= close for begin, close in no_denials):
            continue
        if any(at in gaps for at in range(start, end)):
            return True
        if end <= match.start and _reaches(end, match.start, reading):
            return True
    return any(0 <= start - match.end <= AFTER for start, _ in reading.spans(roles.denied_after))


def _reaches(end: int, start: int, reading: Reading) -> bool:
    if start - end > BEFORE:
        return False
    roles = reading.book.roles
    stops = [reading.chart.get(group, {}) for group in (roles.own, roles.others, roles.turn)]
    return not any(
        reading.words[at] == PAUSE or any(at in each for each in stops) for at in range(end, start)
    )


def _told(match: Match, reading: Reading) -> bool:
    """A film, a book, a lesson stands in the same clause, in words that are not the match's own."""
    return any(
        not _within(span, match) and (reading.quoted[match.start] or _one_clause(span, match, reading))
        for span in reading.spans(reading.book.roles.story)
    )


def _one_clause(span: Span, match: Match, reading: Reading) -> bool:
    turn = reading.chart.get(reading.book.roles.turn, {})
    between = range(min(span[1], match.end), max(span[0], match.start))
    return not any(reading.words[at] == PAUSE or at in turn for at in between)


def _over(match: Match, reading: Reading, after: Reading | None) -> bool:
    """It was, and is not."""
    roles = reading.book.roles
    past = [span for span in reading.spans(roles.past) if not _within(span, match)]
    if after is not None and any(start <= 2 for start, _ in after.spans(roles.past_after)):
        past.append((len(reading.words), len(reading.words)))
    if not past:
        return _got_over(match, reading, after)
    return not any(
        start > min(past)[0] or _same_clause(start, match, reading)
        for start, _ in reading.spans(roles.present)
    )


def _got_over(match: Match, reading: Reading, after: Reading | None) -> bool:
    """It is told in the past tense, and what follows says that things are better."""
    chart, roles = reading.chart, reading.book.roles
    was = chart.get(roles.past_verb, {})
    if not any(at in was for start, end in match.asked for at in range(start, end)):
        return False
    if any(True for _ in reading.spans(roles.present)):
        return False
    later = any(start >= match.end for start, _ in reading.spans(roles.better))
    return later or (after is not None and any(True for _ in after.spans(roles.better)))


def _within(span: Span, match: Match) -> bool:
    """The words are the match's own, as in "the book of my life ends tonight"."""
    return (
        match.start <= span[0] and span[1] <= match.end and not any(at in match.gaps for at in range(*span))
    )


def _same_clause(at: int, match: Match, reading: Reading) -> bool:
    low, high = sorted((at, match.start))
    return PAUSE not in reading.words[low:high]
