"""Text that a member offers to the circle; it waits in review until a facilitator decides."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import AlreadyDecided, Empty, TooLong
from bot.domain.ids import CircleId, MemberId, OccurrenceId, ShareId
from bot.domain.listening.tiers import Tier, gravest

MAX_SHARE = 1500  # characters, so that the post with its frame stays within Discord's limits
MAX_TOPIC = 60  # characters of the line above the words
LATE_AFTER = (timedelta(hours=2), timedelta(hours=12))  # waits of which author and facilitators are told


class Review(StrEnum):
    """Where a share stands."""

    WAITING = "waiting"
    REWORD = "reword"  # back with its author, who was asked to change something
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({Review.WAITING, Review.REWORD})  # nothing of it stands in the channel, and it still may
REVISED = OPEN | {Review.DECLINED}  # what its author may change, and offer again


class Wish(StrEnum):
    """What would help back; labels stand in content/check_ins.yaml (ci-wish), in this order."""

    LISTEN = "listen"
    SAY_BACK = "say-back"
    COMPANY = "company"
    THOUGHTS = "thoughts"
    NO_REPLIES = "no-replies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Words with the frame that their author chose. The repr hides all of it."""

    text: str = field(repr=False)
    named: bool = field(default=False, repr=False)  # posted with the author's name
    wish: Wish | None = field(default=None, repr=False)
    topic: str = field(default="", repr=False)  # the line above the words
    covered: bool = field(default=False, repr=False)  # the words open at a press


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One offered draft. `reason` is the facilitator's, for the author."""

    id: ShareId
    circle: CircleId
    member: MemberId
    occurrence: OccurrenceId | None
    draft: Draft = field(repr=False)
    offered_at: datetime
    review: Review = Review.WAITING
    decided_at: datetime | None = None
    reason: str = field(default="", repr=False)
    told: int = 0  # how many of LATE_AFTER its people were told of
    waits_since: datetime | None = None  # since it was offered last; None once it does not wait
    matched: Tier = Tier.NONE  # the word list's tier: a facilitator looks twice before it is posted
    misread: bool = False  # its author says that the match is wrong
    unscreened: bool = False  # it could not be looked at

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.draft.text


@dataclass(frozen=True, slots=True)
class Queue:
    """How long others have been waiting: what everyone in the circle may know."""

    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Screened:
    """What the word list says of words that are offered."""

    among: frozenset[Tier] = frozenset()
    failed: bool = False

    @property
    def matched(self) -> Tier:
        """The gravest, which the mark names."""
        return gravest(self.among)


def checked(draft: Draft) -> Draft:
    """The draft, trimmed. Raises Empty and TooLong (with the words)."""
    text, topic = draft.text.strip(), " ".join(draft.topic.split())
    if not text:
        raise Empty
    if len(text) > MAX_SHARE:
        raise TooLong(draft.text, MAX_SHARE)
    if len(topic) > MAX_TOPIC:
        raise TooLong(draft.topic, MAX_TOPIC)
    return replace(draft, text=text, topic=topic)


def revised(share: Share, draft: Draft, now: datetime, screened: Screened | None = None) -> Share:
    """The share with other words or another frame, waiting. Raises AlreadyDecided once it was posted.

    Who changes words while they wait keeps their place in the queue.
    """
    if share.review not in REVISED:
        raise AlreadyDecided(share.review)
    since = share.waits_since if share.review is Review.WAITING else now
    told = share.told if share.review is Review.WAITING else 0
    screened = screened or Screened()
    return replace(
        share,
        draft=draft,
        review=Review.WAITING,
        decided_at=None,
        reason="",
        told=told,
        waits_since=since,
        matched=screened.matched,
        misread=share.misread and screened.matched is share.matched,
        unscreened=screened.failed,
    )


def decided(share: Share, review: Review, now: datetime, reason: str = "") -> Share:
    """The share as a facilitator decides. Raises AlreadyDecided unless it waits."""
    if share.review is not Review.WAITING:
        raise AlreadyDecided(share.review)
    return replace(share, review=review, decided_at=now, reason=reason, waits_since=None)


def withdrawn(share: Share, now: datetime) -> Share:
    """The share taken back by its author, posted or not. Raises AlreadyDecided where it is over."""
    if share.review not in OPEN | {Review.APPROVED}:
        raise AlreadyDecided(share.review)
    return replace(share, review=Review.WITHDRAWN, decided_at=now, waits_since=None)


def late(share: Share, now: datetime) -> int:
    """How many of LATE_AFTER the share has been waiting for."""
    waited = now - share.waits_since if share.waits_since else timedelta(0)
    return sum(waited >= mark for mark in LATE_AFTER)
