"""The one port: how services speak to people without knowing through which platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.accounts import Account
from bot.domain.alerts import LATE, Alert, Step
from bot.domain.circles import Circle
from bot.domain.grounding import Ended, Run
from bot.domain.guard import Ground, Rule
from bot.domain.ids import RunId
from bot.domain.live_runs import Place
from bot.domain.occurrences import Occurrence
from bot.domain.outbox import Letter
from bot.domain.pairs import Pair
from bot.domain.prompts import Prompt


@dataclass(frozen=True, slots=True)
class Post:
    """What an occurrence puts into a circle's home channel. `occurrence` is None in a preview."""

    circle: Circle
    prompt: Prompt
    occurrence: Occurrence | None
    hushed: bool = False  # it comes late, within the circle's quiet hours: no phone rings


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What the platform's event says of a circle's next meeting."""

    start: datetime
    end: datetime
    where: str | None = field(default=None, repr=False)
    channel: str | None = field(default=None, repr=False)  # a voice channel
    known: str | None = field(
        default=None, repr=False
    )  # the event that was made before, for whichever meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class PairShown:
    """A pair with its circle, and who the two are, by place; one who was deleted is missing."""

    circle: Circle
    pair: Pair
    accounts: Mapping[int, Account] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunShown:
    """Somebody's way through an exercise as its card shows it, or how it ended."""

    id: RunId
    run: Run | Ended
    place: Place | None = None
    favourites: tuple[str, ...] = field(default=(), repr=False)  # where it is asked what to choose
    member: bool = False  # of any circle: favourites and numbers can be kept
    kept: bool = False  # both numbers were, as this member switched that on


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertShown:
    """An alert as facilitators may see it."""

    alert: Alert
    account: Account | None = field(default=None, repr=False)  # whom it is about
    told_by: tuple[Account, ...] = field(default=(), repr=False)  # who told it and lets that be known


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertNote:
    """A letter about alerts, as they stand now, and who is asked by it. No alerts: they were deleted."""

    circle: Circle
    letter: Letter
    alerts: tuple[AlertShown, ...]
    now: datetime
    steps: tuple[Step, ...] = ()  # those it takes, the missed ones too; empty: it asks nobody
    people: tuple[Account, ...] = field(default=(), repr=False)  # who is asked by name
    role: bool = False  # everyone with the role is asked
    owner: Account | None = field(default=None, repr=False)
    on_duty: bool = False  # whether anybody is
    late: timedelta = timedelta(0)  # how long after it was due

    @property
    def is_late(self) -> bool:
        """By so much that it is to be said."""
        return self.late >= LATE


class Messenger(Protocol):
    """Each face implements this. Every method raises a `DeliveryError` and nothing else on failure."""

    async def post(self, post: Post) -> str:
        """Posts under the occurrence's own nonce; the platform's message id."""
        ...

    async def find(self, circle: Circle, occurrence: Occurrence) -> str | None:
        """The message id of the occurrence's post where the channel holds it already."""
        ...

    async def deliver(self, circle: Circle, letter: Letter, account: Account | None) -> str:
        """Delivers a letter under its own nonce; `account` is the member it goes to or is about."""
        ...

    async def find_letter(
        self,
        circle: Circle,
        letter: Letter,
        account: Account | None,
        others: frozenset[str],
        *,
        changes: bool = False,
    ) -> str | None:
        """The message id of a letter that stands there already; `others` are known to be other letters'.

        `changes`: it says how things stand when it leaves, so it may have said something else before.
        """
        ...

    async def find_alert(self, note: AlertNote, others: frozenset[str]) -> str | None:
        """The same for a letter about alerts."""
        ...

    async def take_down(self, circle: Circle, message: str) -> None:
        """Deletes a message of ours in the circle's home channel; fine where it is gone."""
        ...

    async def present(self, circle: Circle, account: Account) -> bool:
        """Whether a person is on the circle's server; False on the platform's own definite word alone."""
        ...

    async def hold_meeting(self, circle: Circle, call: Call) -> str:
        """Sees to it that just this event of the circle's is announced, once however often called; its id."""
        ...

    async def open_pair(self, it: PairShown) -> tuple[str, str]:
        """A private thread with the two of a pair, once however often called; its id and its card's."""
        ...

    async def show_pair(self, it: PairShown) -> None:
        """Changes the card to where the pair is."""
        ...

    async def close_pair(self, it: PairShown) -> None:
        """A last word on the card, and the thread is put away; fine where it is gone."""
        ...

    async def show_run(self, it: RunShown) -> None:
        """Changes an exercise's card; raises MessagesClosed where that takes another tap first."""
        ...

    async def cannot_hush(self, circle: Circle, account: Account, ours: datetime | None) -> str:
        """Why somebody cannot be kept from posting on the circle's server: a reason's id; empty: they can.

        `ours` is until when they are kept from it by us already; what anybody else did is left as it is.
        """
        ...

    async def hush(self, circle: Circle, account: Account, until: datetime) -> None:
        """Keeps somebody from posting there until then; it ends by itself."""
        ...

    async def unhush(self, circle: Circle, account: Account, ours: datetime) -> None:
        """Ends that, where it is still as we set it; fine where it is over or somebody else's by now."""
        ...

    async def pace(self, circle: Circle) -> int:
        """How many seconds each waits between two messages in the circle's channel; 0: none."""
        ...

    async def set_pace(self, circle: Circle, seconds: int) -> None:
        """Sets that."""
        ...

    async def ground(self, circle: Circle, copies: str | None) -> Ground:
        """What the circle's server has of rules and channels, and who sees the channel of the copies."""
        ...

    async def put_rule(self, circle: Circle, rule: Rule, known: str | None) -> str:
        """Makes a rule of the platform's word filter, or changes a `known` one; its id."""
        ...

    async def drop_rule(self, circle: Circle, known: str) -> None:
        """Takes one away; fine where it is gone."""
        ...

    async def drop_copies(self, circle: Circle, channel: str, note: str | None) -> None:
        """Deletes the filter's note there, or all that are still there; fine where they are gone."""

    async def tell_alert(self, note: AlertNote) -> str:
        """Puts it into the facilitators' channel under the letter's own nonce; the message id."""
        ...

    async def revise_alert(self, note: AlertNote, message: str) -> None:
        """Changes what was put there to how it stands; it pings nobody."""
        ...

    async def revise(self, circle: Circle, letter: Letter, account: Account | None) -> None:
        """Changes a delivered letter to what it says now. Raises ChannelGone where it was deleted."""
        ...

    async def holds_role(self, circle: Circle, account: Account) -> bool:
        """Whether somebody facilitates the circle; False on the platform's own definite word alone."""
        ...

    async def owner(self, circle: Circle) -> Account:
        """Who owns the circle's server."""
        ...

    async def cancel_meeting(self, circle: Circle, known: str | None) -> None:
        """Takes back what is announced of the circle's coming meetings; fine where there is nothing."""
        ...
