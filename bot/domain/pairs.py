"""Reflective listening in pairs: who is paired with whom, and whose turn it is.

Nobody is paired with the one they were with the time before, nor with one whom either asked to be kept apart
from. One speaks up to four lines, the other says back what they heard, the first confirms; then they swap.
There is a way out at each step, and none asks why.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import combinations
from zoneinfo import ZoneInfo

from bot.domain.ids import CircleId, MemberId, PairId
from bot.domain.practice_errors import NotYourTurn, PairOver
from bot.domain.schedules import dues

DRAWN_ON, DRAWN_AT = frozenset({3}), time(12)  # Wednesday noon, the circle's time
CLOSES_ON, CLOSES_AT = frozenset({7}), time(20)  # Sunday evening
TURN = timedelta(minutes=5)
KEPT_FOR = timedelta(days=60)  # so that the next drawing knows who was with whom
FITS, WAITED, SAME_WISH = 4, 2, 1  # weights: two with one wish, and who was left over before


class Step(StrEnum):
    """Where two are."""

    HERE = "here"  # both say that they are there
    SPEAK = "speak"
    SAY_BACK = "say-back"
    CONFIRM = "confirm"
    DONE = "done"  # both have spoken and were heard
    OUT = "out"  # one of them stepped out, or the week is over


class Press(StrEnum):
    """What can be pressed."""

    HERE = "here"
    SAID = "said"
    SAID_BACK = "said-back"
    YES = "yes"
    PARTLY = "partly"
    MORE_TIME = "more-time"
    OUT = "out"


OVER = frozenset({Step.DONE, Step.OUT})
SPEAKERS = {Press.SAID: Step.SPEAK, Press.YES: Step.CONFIRM, Press.PARTLY: Step.CONFIRM}


@dataclass(frozen=True, slots=True)
class Wish:
    """A member who wants to be paired."""

    member: MemberId
    ear: bool = False  # a facilitator may read along
    waited: int = 0  # drawings in which they were left over


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two members; places 0 and 1, of whom 0 speaks first."""

    id: PairId
    circle: CircleId
    people: Mapping[int, MemberId]  # by place; one who was deleted is missing
    made_at: datetime
    closes_at: datetime
    step: Step = Step.HERE
    speaker: int = 0
    ready: frozenset[int] = frozenset()
    until: datetime | None = None  # when this turn is over; None: no turn runs
    ear: bool = False
    thread: str | None = field(default=None, repr=False)
    message: str | None = field(default=None, repr=False)  # the card in it
    next_at: datetime | None = None

    @property
    def over(self) -> bool:
        """Ended, well or early; both are good endings."""
        return self.step in OVER

    @property
    def turn(self) -> int | None:
        """Whose turn it is, by place; None where it is both's or nobody's."""
        if self.step is Step.SAY_BACK:
            return 1 - self.speaker
        return self.speaker if self.step in (Step.SPEAK, Step.CONFIRM) else None


def next_drawing(zone: ZoneInfo, now: datetime) -> datetime:
    """When pairs are made next."""
    return next(dues(DRAWN_ON, DRAWN_AT, zone, after=now)).at


def next_close(zone: ZoneInfo, now: datetime) -> datetime:
    """When a practice made now ends by itself."""
    return next(dues(CLOSES_ON, CLOSES_AT, zone, after=now)).at


def drawn(
    wishes: Collection[Wish],
    apart: Collection[frozenset[MemberId]],
    before: Mapping[MemberId, MemberId],
) -> list[tuple[Wish, Wish]]:
    """As many pairs as can be; among those, who was left over goes first, and like wishes go together.

    `apart` are twos never to be paired; `before` says with whom each was the last time. A maximum matching of
    a general graph (Edmonds 1965, as networkx has it). The same wishes give the same pairs, in any order.
    """
    import networkx

    graph: networkx.Graph[MemberId] = networkx.Graph()
    of = {wish.member: wish for wish in sorted(wishes, key=lambda wish: wish.member)}
    for one, two in combinations(of.values(), 2):
        pair = frozenset({one.member, two.member})
        again = before.get(one.member) == two.member or before.get(two.member) == one.member
        if pair not in apart and not again:
            weight = FITS + WAITED * (one.waited + two.waited) + SAME_WISH * (one.ear == two.ear)
            graph.add_edge(one.member, two.member, weight=weight)
    matched = networkx.max_weight_matching(graph, maxcardinality=True)
    return sorted(((of[min(pair)], of[max(pair)]) for pair in matched), key=lambda each: each[0].member)


def pressed(pair: Pair, member: MemberId, press: Press, now: datetime) -> Pair:
    """The pair after a press of one of them. Raises NotYourTurn, PairOver."""
    place = next((place for place, each in pair.people.items() if each == member), None)
    if pair.over:
        raise PairOver
    if place is None:
        raise NotYourTurn
    if press is Press.OUT:
        return ended(pair, now)
    if press is Press.HERE:
        return _arrived(pair, place, now)
    if press is Press.MORE_TIME:
        if pair.step is Step.HERE:
            raise NotYourTurn
        return _at(pair, pair.step, now)
    return _gone_on(pair, place, press, now)


def ended(pair: Pair, now: datetime, step: Step = Step.OUT) -> Pair:
    """Over; what is left to be done is to say so in the thread."""
    return pair if pair.over else replace(pair, step=step, until=None, next_at=now)


def timed(pair: Pair, now: datetime) -> Pair:
    """What the clock says: a turn over, or the week; what lacks one of the two is over as well."""
    if pair.over:
        return pair
    if now >= pair.closes_at or len(pair.people) < 2:
        return ended(pair, now)
    if pair.until is not None and now >= pair.until:
        return replace(pair, until=None, next_at=pair.closes_at)
    return pair


def _arrived(pair: Pair, place: int, now: datetime) -> Pair:
    if pair.step is not Step.HERE:
        raise NotYourTurn
    ready = pair.ready | {place}
    if len(ready) < 2:
        return replace(pair, ready=ready)
    return _at(replace(pair, ready=ready), Step.SPEAK, now)


def _gone_on(pair: Pair, place: int, press: Press, now: datetime) -> Pair:
    step = SPEAKERS.get(press, Step.SAY_BACK)
    if pair.step is not step or place != pair.turn:
        raise NotYourTurn
    if press is Press.SAID_BACK:
        return _at(pair, Step.CONFIRM, now)
    if press is not Press.YES:
        return _at(pair, Step.SAY_BACK, now)
    if pair.speaker == 1:
        return ended(pair, now, Step.DONE)
    return _at(replace(pair, speaker=1), Step.SPEAK, now)


def _at(pair: Pair, step: Step, now: datetime) -> Pair:
    until = min(now + TURN, pair.closes_at)
    return replace(pair, step=step, until=until, next_at=until)
