"""Alerts: that somebody may need a person now. Raised once, asked for until one has it, closed by hand.

An alert holds who, when and where, and never what was written, unless its writer said yes to that. It says
how it came to be ("word match", "pressed") and makes no claim about anybody. Facilitators are asked when it
is raised. Where nobody takes one that is urgent, the same people are asked again after 5 minutes, the next on
the rota after 10, the server's owner after 20: each once, never after somebody took it, late ones caught up.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.accounts import Account
from bot.domain.alert_errors import AlertClosed, AlertTaken, NoWordMatch
from bot.domain.circles import AlertPolicy
from bot.domain.ids import AlertId, CircleId, MemberId
from bot.domain.listening.tiers import ALERTS, Tier

SAME_FOR = timedelta(hours=6)  # a match of the same tier within this is the same alert
ASK_AGAIN = timedelta(hours=1)  # pressed again after this, with nobody having taken it: they are asked anew
LATE = timedelta(minutes=1)  # from which it is said that one was asked late, and how late
KEPT_FOR = timedelta(days=30)  # after it was closed
TOLD, URGENT = 2, 3  # levels: facilitators are told; they are told until one answers


class Source(StrEnum):
    """How an alert came to be."""

    MATCH = "match"  # words for the circle matched the word list
    PRESSED = "pressed"  # a member asked for a person
    PEER = "peer"  # somebody told a facilitator about a message
    CHANNEL = "channel"  # the platform's own word filter (AutoMod)
    UNDELIVERED = "undelivered"  # help could not be delivered in private


class AlertState(StrEnum):
    """Where it stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Safe(StrEnum):
    """What a member says to a private message here."""

    YES = "yes"
    AT = "at"  # only at a time that they name
    NO = "no"


class Concern(StrEnum):
    """Why somebody told a facilitator about a message."""

    WORRIED = "worried"  # about a person
    AGREEMENT = "agreement"  # it breaks what the circle agreed on
    OTHER = "other"


class Step(IntEnum):
    """Who is asked, and when."""

    FIRST = 0  # who is on duty, or everyone with the role
    SAME = 1  # the same again
    NEXT = 2  # the next one on the rota
    OWNER = 3  # the server's owner


AFTER = {
    Step.FIRST: timedelta(0),
    Step.SAME: timedelta(minutes=5),
    Step.NEXT: timedelta(minutes=10),
    Step.OWNER: timedelta(minutes=20),
}
BY_HAND = frozenset({Source.PRESSED, Source.PEER, Source.UNDELIVERED})
BY_WORDS = frozenset({Source.MATCH, Source.CHANNEL})
OF_A_MATCH = BY_WORDS | {Source.UNDELIVERED}  # whoever reads one reads that words matched


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """What is to be raised. For PEER `member` and `account` stay empty: the link says which message it is."""

    source: Source
    tier: Tier = Tier.NONE
    member: MemberId | None = None  # whom it is about, or who pressed
    account: Account | None = field(default=None, repr=False)  # the same, where they have not joined
    link: str | None = field(default=None, repr=False)
    words: str | None = field(default=None, repr=False)  # only where their writer agreed to that
    safe: str | None = field(default=None, repr=False)  # their answer (Safe): is a message here safe
    when: str | None = field(default=None, repr=False)  # the time that they named
    concern: Concern | None = None
    pressing: bool = False  # they pressed where it may be a matter of minutes, whatever the tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert as it stands."""

    id: AlertId
    circle: CircleId
    source: Source
    tier: Tier = Tier.NONE
    member: MemberId | None = None
    account: Account | None = field(default=None, repr=False)
    link: str | None = field(default=None, repr=False)
    words: str | None = field(default=None, repr=False)
    safe: str | None = field(default=None, repr=False)
    when: str | None = field(default=None, repr=False)
    concern: Concern | None = None
    raised_at: datetime
    asked_at: datetime  # from when the steps are counted: it was raised, asked for anew, or handed on
    last_at: datetime  # it was raised again within the time in which it is the same
    times: int = 1
    also: frozenset[Source] = frozenset()  # how else it was raised since
    wished: frozenset[Tier] = frozenset()  # what its member pressed for since, besides the tier
    pressing: bool = False  # its member pressed where it may be a matter of minutes
    state: AlertState = AlertState.OPEN
    step: Step = Step.FIRST  # the last that was asked
    holder: Account | None = field(default=None, repr=False)  # the facilitator who has it
    taken_at: datetime | None = None
    closed_at: datetime | None = None
    misread: bool = False
    doubted: bool = False  # whom it is about says that the match is wrong; a word is welcome all the same
    word_wanted: bool = False  # the member asked to be told directly once somebody has it

    @property
    def sources(self) -> frozenset[Source]:
        """All the ways in which it was raised."""
        return self.also | {self.source}

    @property
    def tiers(self) -> frozenset[Tier]:
        """What it was raised for, and what its member pressed for since."""
        return self.wished | {self.tier}

    @property
    def level(self) -> int:
        """TOLD or URGENT; below them nobody is told."""
        if self.pressing:
            return URGENT
        return max(level_of(self.sources, tier, self.concern) for tier in self.tiers)

    @property
    def next_at(self) -> datetime | None:
        """When the next step is due, if nobody takes it before."""
        if self.state is not AlertState.OPEN or self.level < URGENT or self.step is Step.OWNER:
            return None
        return self.asked_at + AFTER[Step(self.step + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Somebody's word about a message. `account` is who told it."""

    account: Account = field(repr=False)
    member: MemberId | None = None
    named: bool = False  # the facilitators may know who told it
    concern: Concern = Concern.OTHER
    words: str = field(default="", repr=False)
    at: datetime


def level_of(sources: Collection[Source], tier: Tier, concern: Concern | None = None) -> int:
    """0 to 3. What a person raised is told at the least; a worry about somebody is urgent."""
    by_hand = TOLD if BY_HAND & frozenset(sources) else 0
    return max(ALERTS[tier], by_hand, URGENT if concern is Concern.WORRIED else 0)


def wanted(new: NewAlert, policy: AlertPolicy) -> bool:
    """Whether the circle wants such an alert. What somebody asks for by hand is always passed on."""
    if new.source in (Source.PRESSED, Source.PEER):
        return True
    if policy is AlertPolicy.OFF:
        return False
    if new.source is Source.UNDELIVERED and policy is AlertPolicy.ALL:
        return True
    return ALERTS[new.tier] >= (URGENT if policy is AlertPolicy.URGENT else TOLD)


def one_of(new: NewAlert, standing: Collection[Alert], now: datetime) -> Alert | None:
    """The alert about the same person (or message) that this belongs to; None: it is one of its own.

    A press and a failed delivery belong to the gravest that stands; a match to one of the same tier, or to a
    match of a graver one, raised within SAME_FOR: what somebody pressed for is no match, and is not called
    one. A closed one takes up nothing: what comes after it is new.
    """
    held = [each for each in standing if each.state is not AlertState.CLOSED]
    if new.source in BY_WORDS:
        grave = ALERTS[new.tier]
        held = [
            each
            for each in held
            if now - each.raised_at < SAME_FOR
            and (each.tier is new.tier or (each.sources & BY_WORDS and ALERTS[each.tier] > grave))
        ]
    return max(held, key=lambda each: (each.level, each.raised_at, each.id), default=None)


def joined(alert: Alert, new: NewAlert, now: datetime) -> tuple[Alert, bool]:
    """The alert with what came to it; and whether people are to be asked for it now.

    They are where it came in a new way, where it becomes urgent or its member says that they may not be safe,
    and where somebody presses again after ASK_AGAIN and nobody has it.
    """
    news = new.source in BY_HAND - alert.sources
    again = new.source is Source.PRESSED and alert.state is AlertState.OPEN
    wished = {new.tier} - alert.tiers - {Tier.NONE} if new.source is Source.PRESSED else set()
    news = news or Tier.DANGER_FROM_OTHER in wished
    asked = news or (again and now - alert.asked_at >= ASK_AGAIN)
    told_more = new.source is Source.PRESSED and (new.words or new.safe) and Source.PRESSED in alert.sources
    counts = new.source is not Source.UNDELIVERED and not told_more  # those say more of what was told already
    merged = replace(
        alert,
        also=(alert.also | {new.source}) - {alert.source},
        wished=alert.wished | wished,
        pressing=alert.pressing or new.pressing,
        times=alert.times + counts,
        last_at=max(now, alert.last_at),
        link=alert.link or new.link,
        words=new.words or alert.words,
        safe=new.safe or alert.safe,
        when=new.when if new.safe else alert.when,
        concern=Concern.WORRIED if Concern.WORRIED in (alert.concern, new.concern) else alert.concern,
    )
    urgent_now = merged.level > alert.level
    if not asked and not urgent_now:
        return merged, False
    return replace(merged, asked_at=now, step=Step.FIRST), True


def acknowledged(alert: Alert, by: Account, now: datetime) -> Alert:
    """Theirs; pressed again by who has it, as it was. Raises AlertTaken, AlertClosed."""
    check_not_closed(alert)
    if alert.state is AlertState.ACKNOWLEDGED:
        if alert.holder not in (by, None):
            raise AlertTaken(alert.holder)
        if alert.holder == by:
            return alert
    return replace(alert, state=AlertState.ACKNOWLEDGED, holder=by, taken_at=now)


def handed_on(alert: Alert, now: datetime) -> Alert:
    """Nobody's again, and its steps begin anew. Raises AlertClosed."""
    check_not_closed(alert)
    return replace(alert, state=AlertState.OPEN, holder=None, taken_at=None, asked_at=now, step=Step.FIRST)


def closed(alert: Alert, now: datetime) -> Alert:
    """Done with; who has not joined is named no longer. Raises AlertClosed."""
    check_not_closed(alert)
    words = alert.words if alert.member is not None else None
    return replace(alert, state=AlertState.CLOSED, closed_at=now, account=None, words=words)


def misread(alert: Alert, now: datetime) -> Alert:
    """A false match: closed, and nothing of anybody's is left in it. Raises AlertClosed, NoWordMatch."""
    check_not_closed(alert)
    if not alert.sources <= OF_A_MATCH:
        raise NoWordMatch
    over = closed(alert, now)
    return replace(
        over, misread=True, member=None, link=None, words=None, safe=None, when=None, word_wanted=False
    )


def escalated(alert: Alert, now: datetime) -> tuple[Alert, tuple[Step, ...]]:
    """The steps that are due and have not been taken, in their order, and the alert after them."""
    if alert.next_at is None:
        return alert, ()
    due = tuple(step for step in Step if step > alert.step and alert.asked_at + AFTER[step] <= now)
    return (replace(alert, step=due[-1]), due) if due else (alert, ())


def check_not_closed(alert: Alert) -> None:
    """Raises AlertClosed."""
    if alert.state is AlertState.CLOSED:
        raise AlertClosed
