"""What follows for a member when words of theirs matched: help once, a rest from reminders, a word next day.

The same help is not shown again within SAME_FOR; help of another kind always is. Words that are distress
alone need none where something graver was answered just now. Reminders rest as sf-rule-05 of safety.yaml has
it. Nothing here says anything of a member: it is what was shown to them, and when.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.ids import MemberId
from bot.domain.listening.tiers import ALERTS, Tier, helped_first
from bot.domain.schedules import due_at

SAME_FOR = timedelta(hours=6)
RESTS = timedelta(hours=48)  # reminders (sf-rule-05)
FOLLOWED_UP = timedelta(hours=12)  # from when on a word about "yesterday" comes too late
NIGHT = timedelta(hours=4)  # until then it is still the day before
GRAVE = 2  # a level from which on the next day's word is wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """One member's, as it stands."""

    member: MemberId
    shown: Mapping[Tier, datetime] = field(
        default_factory=dict, repr=False
    )  # help of this kind, the last time
    rests_until: datetime | None = None  # reminders rest until then, or until they go on
    practice_rests: bool = field(default=False, repr=False)  # boundary practice with others, until they go on
    follow_at: datetime | None = None  # when the next day's word is due; None: there is none

    @property
    def next_at(self) -> datetime | None:
        """When something of it is over or due next; None: not by itself."""
        ends = [at + SAME_FOR for at in self.shown.values()]
        ends += [at for at in (self.rests_until, self.follow_at) if at is not None]
        return min(ends, default=None)

    @property
    def empty(self) -> bool:
        """Nothing is to be kept."""
        return not (self.shown or self.rests_until or self.practice_rests or self.follow_at)

    def rests(self, now: datetime) -> bool:
        """Whether reminders rest at this instant."""
        return self.rests_until is not None and now < self.rests_until


def met(
    it: Following, tiers: Collection[Tier], now: datetime, *, follow_at: datetime | None = None
) -> tuple[Following, bool]:
    """After words that match; and whether help for them is to be shown: for the first of HELPED_FIRST.

    `follow_at`: when a word next day would come. While there is danger from another none does: a screen may
    be seen next day, too.
    """
    if Tier.DANGER_FROM_OTHER in tiers:  # whatever comes first
        it = replace(it, practice_rests=True, follow_at=None)
    tier = helped_first(tiers)
    if tier is Tier.NONE or _covered(it, tier, now):
        return it, False
    wanted = ALERTS[tier] >= GRAVE and not it.practice_rests
    changed = replace(
        it,
        shown=MappingProxyType({**it.shown, tier: now}),
        rests_until=now + RESTS,
        follow_at=it.follow_at or (follow_at if wanted else None),
    )
    return changed, True


def gone_on(it: Following) -> Following:
    """They go on: nothing rests, and no word comes. What was shown is not shown again so soon."""
    return replace(it, rests_until=None, practice_rests=False, follow_at=None)


def not_shown(it: Following, tiers: Collection[Tier]) -> Following:
    """Help for these did not arrive: whatever comes next is shown."""
    shown = {tier: at for tier, at in it.shown.items() if tier not in tiers}
    return replace(it, shown=MappingProxyType(shown))


def let_be(it: Following, now: datetime) -> Following:
    """They want quiet: it rests anew, and no word comes."""
    return replace(it, rests_until=now + RESTS, follow_at=None)


def kept(it: Following, now: datetime) -> Following:
    """Without what is over."""
    return replace(
        it,
        shown=MappingProxyType({tier: at for tier, at in it.shown.items() if now - at < SAME_FOR}),
        rests_until=it.rests_until if it.rests(now) else None,
    )


def next_day(now: datetime, zone: ZoneInfo, at: time) -> datetime:
    """The circle's usual time on the day after this one; until 4 a.m. it is still the day before."""
    today: date = (now.astimezone(zone) - NIGHT).date()
    return due_at(today + timedelta(days=1), at, zone)


def _covered(it: Following, tier: Tier, now: datetime) -> bool:
    lately = {each for each, at in it.shown.items() if now - at < SAME_FOR}
    return bool(lately) if tier is Tier.DISTRESS else tier in lately
