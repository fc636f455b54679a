"""What follows when words of a person match the word list: help for them in private, and an alert as agreed.

Every text that a person gives is heard here, whatever it was given for. Private words lead to help on the
screen and never to an alert, unless their writer presses for one; words offered to the circle lead to one by
its policy and with the member's yes, and danger from another never without being asked first. The words are
kept nowhere here. Export: which help was shown, and what rests. Forgetting: it is deleted within two days or
at **Go on**, and with the member's key.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.alerts import Alert, AlertState, NewAlert, Safe, Source
from bot.domain.circles import Circle
from bot.domain.errors import NoCircle
from bot.domain.following import FOLLOWED_UP, SAME_FOR, Following, gone_on, kept, let_be, met
from bot.domain.ids import CircleId, MemberId
from bot.domain.listening import Heard
from bot.domain.listening.tiers import Tier
from bot.domain.members import Member, Scope, consented
from bot.domain.outbox import Recipient
from bot.domain.shares import Review
from bot.services._alerting import Raised, raised, revise, told
from bot.services._following import KIND, alerted, followed
from bot.services.access import membership
from bot.services.duty import anyone_on_duty
from bot.services.screening import Screening
from storage import Storage
from storage.transaction import Reading, Transaction

BATCH = 50  # members looked at in one transaction
STRANGERS = 1000  # people who have not joined, remembered for SAME_FOR and in memory alone

Change = Callable[[Following, datetime], Following]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """What came of words: which help is to be shown, and how."""

    tier: Tier = Tier.NONE
    first: bool = False  # this help is to be shown now; else it was, a while ago
    circle: Circle | None = None  # whose facilitators can be asked; None: they are in none
    alert_raised: Raised | None = None  # an alert stands for just this
    held: bool = False  # words of theirs wait in review with a mark
    danger: bool = False  # danger from another is among it: nothing of it may show before they open it
    discreet: bool = False  # the member wants neutral notices
    failed: bool = False  # the words could not be screened
    joined: bool = False  # they are a member of that circle
    rests_until: datetime | None = None  # reminders that they have rest until then
    practice_rests: bool = False  # what involves another person is not offered to them

    @property
    def opener(self) -> bool:
        """Whether a neutral note comes first (sf-rule-07)."""
        return self.danger or self.discreet


@dataclass(frozen=True, slots=True)
class Written:
    """A wish for a person, passed on."""

    circle: Circle
    raised: Raised


class Listening:
    """Everyone is heard; nobody else learns of it but as said above."""

    def __init__(self, storage: Storage, clock: Clock, screening: Screening) -> None:
        self._storage = storage
        self._clock = clock
        self._screening = screening
        self._strangers: dict[Account, Following] = {}

    async def listen(
        self, actor: Actor, texts: Iterable[str], *, channel: str | None = None, offered: bool = False
    ) -> Listened:
        """Hears what a person wrote; `offered`: it may have gone to the circle. Never raises.

        Where the database does not answer the help is to be shown all the same.
        """
        heard = self._screening.hear(texts)
        if heard is None:
            return Listened(failed=True, first=True, circle=self._screening.circle_of(actor, channel))
        return await self.matched(actor, heard, channel=channel, offered=offered)

    async def matched(
        self, actor: Actor, heard: Heard, *, channel: str | None = None, offered: bool = False
    ) -> Listened:
        """The same for what was heard elsewhere, such as by the platform's own filter. Never raises."""
        if heard.tier is Tier.NONE:
            return Listened()
        danger = Tier.DANGER_FROM_OTHER in heard.among
        try:
            async with self._storage.begin() as tx:
                listened = await self._met(tx, actor, heard.tier, channel, offered=offered)
                await tx.commit()
        except Exception as error:  # noqa: BLE001 - help does not wait for the database
            log.warning("a match could not be kept", error=type(error).__name__)
            known = self._screening.circle_of(actor, channel)
            return Listened(tier=heard.tier, first=True, circle=known, danger=danger, discreet=True)
        return replace(listened, danger=danger)

    async def standing(self, actor: Actor, circle_id: CircleId, tier: Tier) -> Listened:
        """How it stands now, for what was shown before: the alert that stands, and whether anyone is on duty.

        Never raises; where the database does not answer nothing is said of any alert.
        """
        try:
            async with self._storage.read() as tx:
                member = await tx.members.find(circle_id, actor.account)
                if member is None or not member.active:  # or there is no such circle any more
                    return Listened(tier=tier)
                circle = await tx.circles.get(circle_id)
                alert = await _stands(tx, member.id, tier)
                return await self._listened(tx, circle, member, tier, alert)
        except NoCircle:
            return Listened(tier=tier)  # it is gone, or was never there: nobody was told
        except Exception as error:  # noqa: BLE001 - the words that help are shown all the same
            log.warning("how an alert stands could not be read", error=type(error).__name__)
            return Listened(tier=tier)

    async def write_me(
        self,
        actor: Actor,
        circle_id: CircleId,
        tier: Tier,
        *,
        words: str | None = None,
        safe: Safe | None = None,
        when: str | None = None,
    ) -> Written:
        """Passes on that the member asks for a person: at their own press, with what they chose to say.

        Pressed again, it joins the alert that stands. Raises NotAMember, NoCircle.
        """
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, circle_id)
            circle = await tx.circles.get(circle_id)
            alert = NewAlert(
                source=Source.PRESSED,
                tier=tier,
                member=member.id,
                words=words,
                safe=safe.value if safe else None,
                when=when,
            )
            done = await raised(tx, circle, alert, self._clock.now())
            await tx.commit()
        return Written(circle, done)

    async def undelivered(self, actor: Actor, listened: Listened) -> None:
        """Help for words that were offered did not get through: an alert, if they agreed to any."""
        if listened.circle is None:
            return
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, listened.circle.id)
            await alerted(
                tx, listened.circle, member, listened.tier, self._clock.now(), source=Source.UNDELIVERED
            )
            await tx.commit()

    async def misread(self, actor: Actor, tiers: Collection[Tier]) -> None:
        """The member says that they were misread: nothing rests any more; alerts and shares say so."""
        async with self._storage.begin() as tx:
            for member in await _active(tx, actor):
                following = await tx.followings.of(member.id)
                if set(following.shown) <= set(tiers):
                    await tx.followings.put(kept(gone_on(following), self._clock.now()))
                for alert in await tx.alerts.of(member.id):
                    if alert.tier in tiers and alert.state is not AlertState.CLOSED and not alert.doubted:
                        await tx.alerts.put(replace(alert, doubted=True))
                        await revise(tx, alert, self._clock.now())
                for share in await tx.shares.of(member.id):
                    if share.review is Review.WAITING and share.matched in tiers:
                        await tx.shares.put(replace(share, misread=True), was=share.review)
            await tx.commit()

    async def go_on(self, actor: Actor) -> None:
        """Reminders and practice go on as before, in every circle."""
        await self._change(actor, lambda it, _: gone_on(it))

    async def let_be(self, actor: Actor) -> None:
        """Quiet for as long again, and no word by itself."""
        await self._change(actor, let_be)

    async def okay(self, actor: Actor) -> None:
        """They are all right: no word comes next day; reminders rest until they go on, or it is over."""
        await self._change(actor, lambda it, _: replace(it, follow_at=None))

    async def tick(self) -> None:
        """Writes the next day's word to whom it is due, and deletes what is over."""
        async with self._storage.read() as tx:
            first = await tx.followings.next_at()
        while first is not None and first <= self._clock.now():
            async with self._storage.begin() as tx:
                due = await tx.followings.due(self._clock.now(), BATCH)
                for it in due:
                    await self._look(tx, it)
                await tx.commit()
            if len(due) < BATCH:
                return

    async def _look(self, tx: Transaction, it: Following) -> None:
        now = self._clock.now()
        if it.follow_at is not None and it.follow_at <= now:
            member = await tx.members.get(it.member)
            wanted = member is not None and consented(member, Scope.REMINDERS) and it.rests(now)
            if member is not None and wanted and now - it.follow_at < FOLLOWED_UP:
                facts = {"until": int((it.follow_at + FOLLOWED_UP).timestamp())}
                await tx.outbox.add(member.circle, Recipient.MEMBER, KIND, facts, now, member=member.id)
            it = replace(it, follow_at=None)
        await tx.followings.put(kept(it, now))

    async def _met(
        self, tx: Transaction, actor: Actor, tier: Tier, channel: str | None, *, offered: bool
    ) -> Listened:
        now, members = self._clock.now(), await _active(tx, actor)
        if not members:
            return Listened(tier=tier, first=self._stranger(actor.account, tier))
        circle, member, alert = await _home(tx, actor, members, tier if offered else None, channel, now)
        first = await followed(tx, circle, member, members, tier, now)
        return replace(await self._listened(tx, circle, member, tier, alert), first=first)

    async def _listened(
        self, tx: Reading, circle: Circle, member: Member, tier: Tier, alert: Alert | None
    ) -> Listened:
        shares = await tx.shares.of(member.id)
        following = kept(await tx.followings.of(member.id), self._clock.now())
        stands = None
        if alert is not None:
            on_duty = await anyone_on_duty(tx, circle, self._clock.now())
            stands = await told(tx, Raised(None, on_duty, alert))
        return Listened(
            tier=tier,
            first=True,
            circle=circle,
            alert_raised=stands,
            held=any(each.review is Review.WAITING and each.matched is tier for each in shares),
            discreet=(await tx.preferences.of(member.id)).discreet is True,
            joined=True,
            rests_until=following.rests_until if await _reminded(tx, member.id) else None,
            practice_rests=following.practice_rests,
        )

    def _stranger(self, account: Account, tier: Tier) -> bool:
        """The same for who has not joined; in memory alone."""
        now = self._clock.now()
        before = kept(self._strangers.pop(account, Following(member=MemberId(0))), now)
        after, first = met(before, tier, now)
        self._strangers[account] = after
        while len(self._strangers) > STRANGERS:
            del self._strangers[next(iter(self._strangers))]
        return first

    async def _change(self, actor: Actor, change: Change) -> None:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            for member in await _active(tx, actor):
                it = await tx.followings.of(member.id)
                if not it.empty:
                    await tx.followings.put(kept(change(it, now), now))
            await tx.commit()


async def _reminded(tx: Reading, member: MemberId) -> bool:
    """Whether there is anything that could rest."""
    reminder = await tx.reminders.of(member)
    if reminder is not None and not reminder.off:
        return True
    return any(each.reminded for each in await tx.commitments.of(member))


async def _active(tx: Reading, actor: Actor) -> list[Member]:
    return [each for each in await tx.members.of(actor.account) if each.active]


async def _home(
    tx: Reading,
    actor: Actor,
    members: Sequence[Member],
    offered: Tier | None,
    channel: str | None,
    now: datetime,
) -> tuple[Circle, Member, Alert | None]:
    """Whose facilitators are meant: where an alert of just this stands, else here, else on this server."""
    circles = [(await tx.circles.get(each.circle), each) for each in members]
    for circle, member in circles:
        alert = await _alert(tx, member.id, offered, now) if offered is not None else None
        if alert is not None:
            return circle, member, alert

    def near(each: tuple[Circle, Member]) -> tuple[bool, bool]:
        home = each[0].home
        return channel not in (home.channel, home.facilitators), home.server != actor.server

    circle, member = min(circles, key=near)
    return circle, member, None


async def _alert(tx: Reading, member: MemberId, tier: Tier, now: datetime) -> Alert | None:
    """The newest that is not closed, is about just this tier and came a while ago at the most."""
    open_ = [each for each in await tx.alerts.of(member) if each.state is not AlertState.CLOSED]
    about = [each for each in open_ if each.tier is tier and now - each.last_at < SAME_FOR]
    return max(about, key=lambda each: each.last_at, default=None)


async def _stands(tx: Reading, member: MemberId, tier: Tier) -> Alert | None:
    """What became of an alert that was raised with words of theirs, for as long as it is open.

    It may be of another tier: a graver one takes up what comes after it, and so does one that they asked for.
    """
    open_ = [each for each in await tx.alerts.of(member) if each.state is not AlertState.CLOSED]
    return max(open_, key=lambda each: (each.tier is tier, each.last_at), default=None)
