"""A face for tests: a Messenger that keeps what it was given, as a platform would, and fails when told to."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.accounts import Account, Platform
from bot.domain.circles import Circle
from bot.domain.errors import ChannelGone, DeliveryError, MessagesClosed, NotPermitted
from bot.domain.guard import Found, Ground, Rule
from bot.domain.ids import CircleId, OccurrenceId, OutboxId, PairId
from bot.domain.occurrences import Occurrence
from bot.domain.outbox import Letter
from bot.services.messenger import AlertNote, Call, PairShown, Post, RunShown

KNOWN_FOR = timedelta(minutes=3)  # how long the platform knows a nonce again


@dataclass(frozen=True)
class Fault:
    """How one call goes: `applied` with the error means that only the answer was lost."""

    error: DeliveryError | None = None
    applied: bool = False


@dataclass
class Recorder:
    """One platform, that outlives restarts of Trellis. Faults are used up one a call, oldest first."""

    clock: Clock
    posts: list[tuple[str, Post]] = field(default_factory=list)
    letters: list[tuple[Letter, Account | None]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    post_faults: list[Fault] = field(default_factory=list)
    find_faults: list[Fault] = field(default_factory=list)
    letter_faults: list[Fault] = field(default_factory=list)
    meeting_faults: list[Fault] = field(default_factory=list)
    absent: set[Account] = field(default_factory=set)  # who is not on the server
    present_faults: list[Fault] = field(default_factory=list)
    announced: dict[CircleId, tuple[str, Call]] = field(default_factory=dict)
    threads: dict[PairId, list[PairShown]] = field(default_factory=dict)  # a pair's card, as it was shown
    closed_pairs: list[PairShown] = field(default_factory=list)
    pair_faults: list[Fault] = field(default_factory=list)
    runs: list[RunShown] = field(default_factory=list)  # an exercise's card, as it was changed
    run_faults: list[Fault] = field(default_factory=list)
    run_gate: asyncio.Event | None = None  # while it is there and unset, changes of cards hang
    paces: dict[CircleId, int] = field(default_factory=dict)
    pace_faults: list[Fault] = field(default_factory=list)
    manages: bool = True  # the server's rules may be made
    channels: frozenset[str] = frozenset({"10", "100", "20", "200", "5", "6"})
    overlooked: set[str] = field(default_factory=set)  # channels that others see
    rules: dict[str, Found] = field(default_factory=dict)
    other_rules: int = 0
    rule_faults: list[Fault] = field(default_factory=list)
    dropped: list[tuple[str, str | None]] = field(default_factory=list)
    hushed: dict[Account, datetime] = field(default_factory=dict)  # who is kept from posting, until when
    unhushable: str = ""  # why nobody can be
    hush_faults: list[Fault] = field(default_factory=list)
    notes: list[AlertNote] = field(default_factory=list)  # about alerts, as they were first told
    revised: dict[OutboxId, AlertNote | Letter] = field(default_factory=dict)  # as a letter stands now
    without_role: set[Account] = field(default_factory=set)  # who lost the facilitators' role
    role_faults: list[Fault] = field(default_factory=list)
    revise_faults: list[Fault] = field(default_factory=list)
    made: int = 0  # events, ever
    calls: list[str] = field(default_factory=list)
    closed: Callable[[Circle], DeliveryError | None] = lambda _: None
    gate: asyncio.Event | None = None  # while it is there and unset, posts hang
    nonces: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    async def post(self, post: Post) -> str:
        """Keeps a post, once for each nonce that it still knows."""
        assert post.occurrence is not None
        self.calls.append("post")
        if self.gate is not None:
            await self.gate.wait()
        await asyncio.sleep(0)
        self._refuse(post.circle)
        fault = self.post_faults.pop(0) if self.post_faults else Fault()
        message = ""
        if fault.error is None or fault.applied:
            message = self._keep(post.occurrence.nonce, post)
        if fault.error is not None:
            raise fault.error
        return message

    async def find(self, circle: Circle, occurrence: Occurrence) -> str | None:
        """The kept post of an occurrence."""
        self.calls.append("find")
        await asyncio.sleep(0)
        self._refuse(circle)
        if self.find_faults and (fault := self.find_faults.pop(0)).error is not None:
            raise fault.error
        return next((message for message, post in self.posts if _id(post) == occurrence.id), None)

    async def deliver(self, circle: Circle, letter: Letter, account: Account | None) -> str:
        """Keeps a letter, once for each nonce."""
        self.calls.append("deliver")
        await asyncio.sleep(0)
        self._refuse(circle)
        fault = self._letter_fault(letter)
        if (fault.error is None or fault.applied) and letter.nonce not in self.nonces:
            self.letters.append((letter, account))
            self.nonces[letter.nonce] = (f"m{len(self.letters)}", self.clock.now())
        if fault.error is not None:
            raise fault.error
        return self.nonces[letter.nonce][0]

    def _letter_fault(self, letter: Letter) -> Fault:
        """The next one, if it can meet this letter: only a member's messages can be closed."""
        if not self.letter_faults:
            return Fault()
        closed = isinstance(self.letter_faults[0].error, MessagesClosed)
        return Fault() if closed and letter.member is None else self.letter_faults.pop(0)

    async def find_letter(
        self,
        circle: Circle,
        letter: Letter,
        account: Account | None,  # noqa: ARG002
        others: frozenset[str],
        *,
        changes: bool = False,  # noqa: ARG002
    ) -> str | None:
        """The kept message of a letter, however long ago."""
        self.calls.append("find-letter")
        await asyncio.sleep(0)
        self._refuse(circle)
        message, _ = self.nonces.get(letter.nonce, (None, None))
        return None if message in others else message

    async def find_alert(self, note: AlertNote, others: frozenset[str]) -> str | None:
        """The same."""
        return await self.find_letter(note.circle, note.letter, None, others)

    async def take_down(self, circle: Circle, message: str) -> None:
        """Deletes a letter's message; `taken` tells of all that ever were."""
        await asyncio.sleep(0)
        self._refuse(circle)
        self.taken.append(message)

    async def present(self, circle: Circle, account: Account) -> bool:
        """Whether somebody is on the server."""
        self.calls.append("present")
        await asyncio.sleep(0)
        self._refuse(circle)
        if self.present_faults and (fault := self.present_faults.pop(0)).error is not None:
            raise fault.error
        return account not in self.absent

    async def hold_meeting(self, circle: Circle, call: Call) -> str:
        """Makes the circle's one event, changes it, or leaves it as it is."""
        fault = await self._meeting_fault("hold", circle)
        if fault.error is None or fault.applied:
            event, before = self.announced.get(circle.id, ("", call))
            if not event or before.start != call.start:
                self.made += 1
                event = f"e{self.made}"
            self.announced[circle.id] = (event, call)
        if fault.error is not None:
            raise fault.error
        return self.announced[circle.id][0]

    async def open_pair(self, it: PairShown) -> tuple[str, str]:
        """Opens a pair's thread, once."""
        fault = self._pair_fault("open", it)
        if fault.error is None or fault.applied:
            self.threads.setdefault(it.pair.id, [])
            self.threads[it.pair.id].append(it)
        if fault.error is not None:
            raise fault.error
        return f"t{it.pair.id}", f"c{it.pair.id}"

    async def show_pair(self, it: PairShown) -> None:
        """Changes its card."""
        await asyncio.sleep(0)
        self._pair_fault("show", it)
        self.threads[it.pair.id].append(it)

    async def close_pair(self, it: PairShown) -> None:
        """Puts it away."""
        await asyncio.sleep(0)
        self._pair_fault("close", it)
        self.closed_pairs.append(it)

    async def show_run(self, it: RunShown) -> None:
        """Changes an exercise's card."""
        self.calls.append("show-run")
        if self.run_gate is not None:
            await self.run_gate.wait()
        await asyncio.sleep(0)
        fault = self.run_faults.pop(0) if self.run_faults else Fault()
        if fault.error is None or fault.applied:
            self.runs.append(it)
        if fault.error is not None:
            raise fault.error

    def _pair_fault(self, call: str, it: PairShown) -> Fault:
        self.calls.append(f"{call}-pair")
        self._refuse(it.circle)
        return self.pair_faults.pop(0) if self.pair_faults else Fault()

    async def tell_alert(self, note: AlertNote) -> str:
        """Keeps a letter about alerts, once for each nonce."""
        fresh = note.letter.nonce not in self.nonces
        message = await self.deliver(note.circle, note.letter, None)
        if fresh:
            self.notes.append(note)
        return message

    async def revise_alert(self, note: AlertNote, message: str) -> None:
        """Changes it."""
        await self._revised(note.circle, note.letter.id, note, message)

    async def revise(self, circle: Circle, letter: Letter, account: Account | None) -> None:  # noqa: ARG002
        """Changes a letter."""
        await self._revised(circle, letter.id, letter, letter.message)

    async def _revised(
        self, circle: Circle, id_: OutboxId, shown: AlertNote | Letter, message: str | None
    ) -> None:
        self.calls.append("revise")
        await asyncio.sleep(0)
        self._refuse(circle)
        if self.revise_faults and (fault := self.revise_faults.pop(0)).error is not None:
            raise fault.error
        assert message, "it changes what was never posted"
        self.revised[id_] = shown

    async def holds_role(self, circle: Circle, account: Account) -> bool:
        """Whether somebody facilitates."""
        self.calls.append("holds-role")
        await asyncio.sleep(0)
        self._refuse(circle)
        if self.role_faults and (fault := self.role_faults.pop(0)).error is not None:
            raise fault.error
        return account not in self.without_role

    async def owner(self, circle: Circle) -> Account:
        """The server's."""
        self._refuse(circle)
        return Account(Platform.DISCORD, "1000")

    async def cancel_meeting(self, circle: Circle, known: str | None) -> None:
        """Takes the circle's event back."""
        fault = await self._meeting_fault("cancel", circle)
        if fault.error is None or fault.applied:
            event, _ = self.announced.pop(circle.id, (known, None))
            assert known in (event, None), "it is asked to take back what it does not have"
        if fault.error is not None:
            raise fault.error

    async def cannot_hush(self, circle: Circle, account: Account, ours: datetime | None) -> str:
        """Why not: what the test says, or somebody else's hush."""
        await asyncio.sleep(0)
        self._refuse(circle)
        stands = self.hushed.get(account)
        return self.unhushable or ("timed-out" if stands is not None and stands != ours else "")

    async def hush(self, circle: Circle, account: Account, until: datetime) -> None:
        """Keeps somebody from posting."""
        await asyncio.sleep(0)
        self._refuse(circle)
        fault = self.hush_faults.pop(0) if self.hush_faults else Fault()
        if fault.error is None or fault.applied:
            self.hushed[account] = until
        if fault.error is not None:
            raise fault.error

    async def unhush(self, circle: Circle, account: Account, ours: datetime) -> None:
        """Ends that, where it is ours."""
        await asyncio.sleep(0)
        self._refuse(circle)
        if self.hush_faults and (fault := self.hush_faults.pop(0)).error is not None:
            raise fault.error
        if self.hushed.get(account) == ours:
            del self.hushed[account]

    async def pace(self, circle: Circle) -> int:
        """The channel's."""
        await asyncio.sleep(0)
        self._refuse(circle)
        return self.paces.get(circle.id, 0)

    async def set_pace(self, circle: Circle, seconds: int) -> None:
        """Sets it."""
        await asyncio.sleep(0)
        self._refuse(circle)
        if self.pace_faults and (fault := self.pace_faults.pop(0)).error is not None:
            raise fault.error
        self.paces[circle.id] = seconds

    async def ground(self, circle: Circle, copies: str | None) -> Ground:
        """The server's rules and channels; all circles of a test live on one server."""
        await asyncio.sleep(0)
        self._refuse(circle)
        if copies is not None and copies not in self.channels:
            raise ChannelGone
        if not self.manages:
            return Ground(manages=False, channels=self.channels)
        ours = tuple(self.rules.values())
        seen_by = 1 if copies in self.overlooked else 0
        return Ground(
            manages=True, ours=ours, others=self.other_rules, channels=self.channels, seen_by=seen_by
        )

    async def put_rule(self, circle: Circle, rule: Rule, known: str | None) -> str:
        """Keeps it."""
        fault = await self._rule_fault("put-rule", circle)
        if fault.error is None or fault.applied:
            id_ = known or f"r{len(self.calls)}"
            self.rules[id_] = Found(id=id_, rule=rule, enabled=True)
        if fault.error is not None:
            raise fault.error
        return id_

    async def drop_rule(self, circle: Circle, known: str) -> None:
        """Takes it away."""
        fault = await self._rule_fault("drop-rule", circle)
        if fault.error is None or fault.applied:
            self.rules.pop(known, None)
        if fault.error is not None:
            raise fault.error

    async def drop_copies(self, circle: Circle, channel: str, note: str | None) -> None:
        """Remembers what was asked for."""
        await asyncio.sleep(0)
        self._refuse(circle)
        self.dropped.append((channel, note))

    async def _rule_fault(self, call: str, circle: Circle) -> Fault:
        self.calls.append(call)
        await asyncio.sleep(0)
        self._refuse(circle)
        if not self.manages:
            raise NotPermitted
        return self.rule_faults.pop(0) if self.rule_faults else Fault()

    async def _meeting_fault(self, call: str, circle: Circle) -> Fault:
        self.calls.append(call)
        await asyncio.sleep(0)
        self._refuse(circle)
        return self.meeting_faults.pop(0) if self.meeting_faults else Fault()

    def times(self) -> dict[OccurrenceId, int]:
        """How often each occurrence stands in its channel."""
        ids = [_id(post) for _, post in self.posts]
        return {id_: ids.count(id_) for id_ in ids}

    def kinds(self) -> list[str]:
        """The letters that arrived, by kind."""
        return [letter.kind for letter, _ in self.letters]

    def _keep(self, nonce: str, post: Post) -> str:
        known = self.nonces.get(nonce)
        if known is not None and self.clock.now() - known[1] < KNOWN_FOR:
            return known[0]
        message = f"{1000 + len(self.posts)}"
        self.posts.append((message, post))
        self.nonces[nonce] = (message, self.clock.now())
        return message

    def _refuse(self, circle: Circle) -> None:
        error = self.closed(circle)
        if error is not None:
            raise error


def _id(post: Post) -> OccurrenceId:
    assert post.occurrence is not None
    return post.occurrence.id
