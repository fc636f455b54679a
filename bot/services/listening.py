"""What follows when words of a person match the word list: help for them in private, and an alert as agreed.

Every text that a person gives is heard here, whatever it was given for. Private words lead to help on the
screen and never to an alert, unless their writer presses for one; words offered to the circle lead to one by
its policy and with the member's yes, and danger from another never without being asked first. The words are
kept nowhere here. Export: which help was shown, and what rests. Forgetting: it is deleted within two days or
at **Go on**, and with the member's key.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.alerts import OF_A_MATCH, Alert, AlertState, NewAlert, Safe, Source
from bot.domain.circles import Circle
from bot.domain.errors import NoCircle
from bot.domain.following import FOLLOWED_UP, Following, gone_on, kept, let_be
from bot.domain.ids import CircleId
from bot.domain.languages import Language, language_of
from bot.domain.listening import Heard
from bot.domain.listening.tiers import Tier, helped_first
from bot.domain.members import Member, Scope, consented
from bot.domain.outbox import Recipient
from bot.domain.shares import Review
from bot.services._again import again
from bot.services._alerting import Raised, raised, revise, told
from bot.services._following import KIND, alerted, followed, not_arrived
from bot.services._hearing import Strangers, active, home, reminded, stands
from bot.services._patience import Patience
from bot.services.access import membership
from bot.services.duty import anyone_on_duty
from bot.services.screening import Screening
from storage import Storage
from storage.transaction import Reading, Transaction

BATCH = 50  # members looked at in one transaction
HELP_WAITS = timedelta(seconds=5)  # that the database has, before help is shown without it
PRESS_WAITS = timedelta(seconds=2)  # the same at a press, which Discord wants answered within three

Change = Callable[[Following, datetime], Following]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """What came of words: which help is to be shown, and how."""

    tier: Tier = Tier.NONE  # what the help is for
    among: frozenset[Tier] = frozenset()  # all that was heard
    first: bool = False  # this help is to be shown now; else it was, a while ago
    circle: Circle | None = None  # whose facilitators can be asked; None: they are in none
    alert_raised: Raised | None = None  # an alert stands for just this
    held: bool = False  # words of theirs wait in review with a mark
    discreet: bool = False  # the member wants neutral notices
    failed: bool = False  # the words could not be screened
    joined: bool = False  # they are a member of that circle
    rests_until: datetime | None = None  # reminders that they have rest until then
    practice_rests: bool = False  # what involves another person is not offered to them
    language: Language | None = None  # in which they are spoken to, as far as it is known

    @property
    def opener(self) -> bool:
        """Whether a neutral note comes first (sf-rule-07): nothing of danger shows before they open it."""
        return self.discreet or Tier.DANGER_FROM_OTHER in self.among


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
        self._strangers = Strangers(clock)
        self._patience = Patience()

    async def listen(
        self, actor: Actor, texts: Iterable[str], *, channel: str | None = None, offered: bool = False
    ) -> Listened:
        """Hears what a person wrote; `offered`: it may have gone to the circle. Never raises.

        Where the database does not answer the help is to be shown all the same.
        """
        heard = self._screening.hear(texts)
        if heard is None:
            circle = self._screening.circle_of(actor, channel)
            return Listened(failed=True, first=True, circle=circle, language=_language(circle))
        return await self.matched(actor, heard, channel=channel, offered=offered)

    async def matched(
        self, actor: Actor, heard: Heard, *, channel: str | None = None, offered: bool = False
    ) -> Listened:
        """The same for what was heard elsewhere, such as by the platform's own filter. Never raises."""
        among = heard.among | {heard.tier} - {Tier.NONE}
        tier = helped_first(among)
        if tier is Tier.NONE:
            return Listened()
        try:
            work = self._kept(actor, heard.tier, among, channel, offered=offered)
            listened = await self._patience.wait(work, HELP_WAITS)
        except Exception as error:  # noqa: BLE001 - help does not wait for the database
            log.warning("a match could not be kept", error=type(error).__name__)
            known = self._screening.circle_of(actor, channel)
            listened = Listened(first=True, circle=known, discreet=True)
        language = listened.language or language_of(heard.language) or _language(listened.circle)
        return replace(listened, tier=tier, among=among, language=language)

    async def standing(self, actor: Actor, circle_id: CircleId, tier: Tier) -> Listened:
        """How it stands now, for what was shown before: the alert that stands, and whether anyone is on duty.

        Never raises; where the database does not answer nothing is said of any alert.
        """
        try:
            return await self._patience.wait(self._stands(actor, circle_id, tier), PRESS_WAITS)
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
        pressing: bool = False,
    ) -> Written:
        """Passes on that the member asks for a person: at their own press, with what they chose to say.

        `pressing`: they are asked until one has it, and read no more than else. Pressed again, it joins the
        alert that stands. Raises NotAMember, NoCircle.
        """
        asked = NewAlert(
            source=Source.PRESSED,
            tier=tier,
            words=words,
            safe=safe.value if safe else None,
            when=when,
            pressing=pressing,
        )

        async def write() -> Written:
            async with self._storage.begin() as tx:
                member = await membership(tx, actor, circle_id)
                circle = await tx.circles.get(circle_id)
                done = await raised(tx, circle, replace(asked, member=member.id), self._clock.now())
                await tx.commit()
            return Written(circle, done)

        return await again(write)

    async def undelivered(self, actor: Actor, listened: Listened, *, offered: bool) -> None:
        """Help did not get through: it counts as not shown, and comes with the next occasion. Never raises.

        Where the words were `offered` the facilitators are told so, if their writer agreed to that.
        """
        if listened.tier is Tier.NONE or not listened.first:
            return
        self._strangers.not_arrived(actor.account, listened.tier)
        try:
            async with self._storage.begin() as tx:
                now, circle = self._clock.now(), listened.circle if offered else None
                members = await active(tx, actor)
                for member in members[:1]:
                    await not_arrived(tx, member.id, {listened.tier}, now)
                for member in members:
                    if circle is not None and member.circle == circle.id:
                        source = Source.UNDELIVERED
                        await alerted(tx, circle, member, listened.among, now, source=source)
                await tx.commit()
        except Exception as error:  # noqa: BLE001 - nothing is left to be tried, and the log says so
            log.warning("that help did not arrive could not be kept", error=type(error).__name__)

    async def misread(self, actor: Actor, tiers: Collection[Tier]) -> bool:
        """The member says that they were misread: nothing rests any more; alerts and shares say so.

        Not an alert that they pressed for themselves: its readers don't know that any words matched. Whether
        facilitators see it marked anywhere.
        """
        return await again(lambda: self._misread(actor, tiers))

    async def _misread(self, actor: Actor, tiers: Collection[Tier]) -> bool:
        marked = False
        async with self._storage.begin() as tx:
            members = await active(tx, actor)
            await tx.members.hold(*(member.id for member in members))
            for member in members:
                following = kept(await tx.followings.of(member.id), self._clock.now())
                if set(following.shown) <= set(tiers):
                    await tx.followings.put(gone_on(following))
                for alert in await tx.alerts.of(member.id):
                    named = alert.tier in tiers and alert.sources & OF_A_MATCH
                    if not named or alert.state is AlertState.CLOSED:
                        continue
                    marked = True
                    if not alert.doubted:
                        await tx.alerts.put(replace(alert, doubted=True))
                        await revise(tx, alert, self._clock.now())
                for share in await tx.shares.of(member.id):
                    if share.review is Review.WAITING and share.matched in tiers:
                        await tx.shares.put(replace(share, misread=True), was=share.review)
                        marked = True
            await tx.commit()
        return marked

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
            wanted = member is not None and consented(member, Scope.REMINDERS)
            if member is not None and wanted and now - it.follow_at < FOLLOWED_UP:
                facts = {"until": int((it.follow_at + FOLLOWED_UP).timestamp())}
                await tx.outbox.add(member.circle, Recipient.MEMBER, KIND, facts, now, member=member.id)
            it = replace(it, follow_at=None)
        await tx.followings.put(kept(it, now))

    async def _kept(
        self, actor: Actor, marked: Tier, among: frozenset[Tier], channel: str | None, *, offered: bool
    ) -> Listened:
        async def meet() -> Listened:
            async with self._storage.begin() as tx:
                listened = await self._met(tx, actor, marked, among, channel, offered=offered)
                await tx.commit()
            return listened

        return await again(meet, within=HELP_WAITS.total_seconds())

    async def _met(
        self,
        tx: Transaction,
        actor: Actor,
        marked: Tier,
        among: frozenset[Tier],
        channel: str | None,
        *,
        offered: bool,
    ) -> Listened:
        now, members = self._clock.now(), await active(tx, actor)
        if not members:
            return Listened(first=self._strangers.met(actor.account, among))
        await tx.members.hold(*(member.id for member in members))
        circle, member, alert = await home(tx, actor, members, among if offered else (), channel, now)
        first = await followed(tx, circle, member, members, among, now)
        shares = await tx.shares.of(member.id)
        held = any(each.review is Review.WAITING and each.matched is marked for each in shares)
        return replace(await self._listened(tx, circle, member, alert), first=first, held=held)

    async def _stands(self, actor: Actor, circle_id: CircleId, tier: Tier) -> Listened:
        async with self._storage.read() as tx:
            member = await tx.members.find(circle_id, actor.account)
            if member is None or not member.active:  # or there is no such circle any more
                return Listened(tier=tier)
            circle, alert = await tx.circles.get(circle_id), await stands(tx, member.id, tier)
            return replace(await self._listened(tx, circle, member, alert), tier=tier)

    async def _listened(self, tx: Reading, circle: Circle, member: Member, alert: Alert | None) -> Listened:
        following = kept(await tx.followings.of(member.id), self._clock.now())
        stood = None
        if alert is not None:
            on_duty = await anyone_on_duty(tx, circle, self._clock.now())
            stood = await told(tx, Raised(None, on_duty, alert))
        wishes = await tx.preferences.of(member.id)
        return Listened(
            circle=circle,
            alert_raised=stood,
            discreet=wishes.discreet is True,
            language=wishes.language,
            joined=True,
            rests_until=following.rests_until if await reminded(tx, member.id) else None,
            practice_rests=following.practice_rests,
        )

    async def _change(self, actor: Actor, change: Change) -> None:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            for member in await active(tx, actor):
                it = await tx.followings.of(member.id)
                if not it.empty:
                    await tx.followings.put(kept(change(it, now), now))
            await tx.commit()


def _language(circle: Circle | None) -> Language | None:
    return circle.settings.language if circle is not None else None
