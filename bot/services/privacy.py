"""All that is kept about a person, for that person: gathered whole, and who looked at what of theirs.

Export: this is it; a table of members' that it leaves out fails its test. Forgetting: `Members.delete_all`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.alerts import Alert, Report
from bot.domain.audit import Entry
from bot.domain.check_ins import CheckIn
from bot.domain.circles import Circle
from bot.domain.commitments import Commitment, Log
from bot.domain.following import Following
from bot.domain.ids import OccurrenceId
from bot.domain.ladder import Attempt
from bot.domain.limits import Costly
from bot.domain.lines import LineId
from bot.domain.looking_back import OwnStory
from bot.domain.looks import Look
from bot.domain.members import Member
from bot.domain.mutes import Mute
from bot.domain.outbox import Letter
from bot.domain.own_exercises import OwnExercises
from bot.domain.pairs import Pair, Wish
from bot.domain.partners import Partner
from bot.domain.preferences import Preferences
from bot.domain.prompts import Content
from bot.domain.reminders import Reminder
from bot.domain.safety_maps import SafetyMap
from bot.domain.shares import Share
from bot.services._outlook import prompt_of
from bot.services.limits import Limits
from storage import Storage
from storage.transaction import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class InCircle:
    """All that is kept about one person in one circle."""

    circle: Circle
    member: Member
    check_ins: tuple[CheckIn, ...] = field(repr=False)
    posts: dict[OccurrenceId, str] = field(repr=False)  # the titles of what was answered
    shares: tuple[Share, ...] = field(repr=False)
    letters: tuple[Letter, ...] = field(repr=False)
    looks: tuple[Look, ...] = field(repr=False)
    left_out: tuple[str, ...] = field(repr=False)  # themes, by id
    commitments: tuple[tuple[Commitment, Log], ...] = field(repr=False)
    attempts: tuple[Attempt, ...] = field(repr=False)
    partner: Partner | None = field(repr=False)
    pair_wish: Wish | None
    kept_apart: int  # from how many
    pairs: tuple[Pair, ...] = field(repr=False)
    own_story: OwnStory = field(repr=False)
    safety_map: SafetyMap | None = field(repr=False)
    following: Following = field(repr=False)
    alerts: tuple[tuple[Alert, int], ...] = field(repr=False)  # each with how many letters told of it
    reports: tuple[Report, ...] = field(repr=False)  # what they told about messages
    own_exercises: OwnExercises = field(repr=False)
    preferences: Preferences
    mute: Mute | None
    reminder: Reminder | None = field(repr=False)
    before_meetings: bool  # asked for a word before each


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All that is kept about one person, at one moment."""

    account: Account = field(repr=False)
    at: datetime
    circles: tuple[InCircle, ...]
    deeds: tuple[tuple[Circle, Entry], ...] = field(repr=False)  # as a facilitator
    exercising: bool  # an exercise goes on now; where one is in it is gone with its end
    lines: tuple[tuple[Circle, LineId, date], ...] = field(repr=False)  # help lines, checked on
    alerts: tuple[Alert, ...] = field(repr=False)  # about them where they have not joined
    reports: tuple[Report, ...] = field(repr=False)  # what they told where they have not joined


class Privacy:
    """Everyone their own, also while they are leaving."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, limits: Limits) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._limits = limits

    async def everything(self, actor: Actor) -> Everything:
        """One snapshot of it all. Raises TooOften."""
        self._limits.take(actor, Costly.EXPORT)
        async with self._storage.read() as tx:
            circles = [await self._in_circle(tx, member) for member in await tx.members.of(actor.account)]
            exercising = await tx.exercise_runs.of(actor.account) is not None
            deeds = [
                (await tx.circles.get(circle), entry) for circle, entry in await tx.audit.of(actor.account)
            ]
            lines = [
                (await tx.circles.get(circle), line, on)
                for circle, line, on in await tx.lines.checked_by(actor.account)
            ]
            alerts = await tx.alerts.of_account(actor.account)
            told = [each for _, each in await tx.alert_reports.by_account(actor.account)]
        return Everything(
            account=actor.account,
            at=self._clock.now(),
            circles=tuple(circles),
            deeds=tuple(deeds),
            exercising=exercising,
            lines=tuple(lines),
            alerts=tuple(alerts),
            reports=tuple(each for each in told if each.member is None),
        )

    async def looks(self, actor: Actor) -> list[Look]:
        """Who saw what of the actor's, in every circle, the newest first."""
        async with self._storage.read() as tx:
            return await tx.looks.of([member.id for member in await tx.members.of(actor.account)])

    async def _in_circle(self, tx: Reading, member: Member) -> InCircle:
        check_ins = await tx.check_ins.all_of(member.id)
        return InCircle(
            circle=await tx.circles.get(member.circle),
            member=member,
            check_ins=tuple(check_ins),
            posts=await self._titles(tx, check_ins),
            shares=tuple(await tx.shares.of(member.id)),
            letters=tuple(await tx.outbox.of(member.id)),
            looks=tuple(await tx.looks.of([member.id])),
            left_out=tuple(await tx.opt_outs.of(member.id)),
            commitments=tuple(await _commitments(tx, member)),
            attempts=tuple(await tx.attempts.of(member.id)),
            partner=await tx.partners.of(member.id),
            pair_wish=await _pair_wish(tx, member),
            kept_apart=await tx.pairs.apart(member.id),
            pairs=tuple(await tx.pairs.of(member.id)),
            own_story=await tx.own_stories.of(member.id),
            safety_map=await tx.safety_maps.of(member.id),
            following=await tx.followings.of(member.id),
            alerts=tuple(
                [(each, len(await tx.alerts.letters(each.id))) for each in await tx.alerts.of(member.id)]
            ),
            reports=tuple([each for _, each in await tx.alert_reports.by_member(member.id)]),
            own_exercises=await tx.own_exercises.of(member.id),
            preferences=await tx.preferences.of(member.id),
            mute=await tx.mutes.of(member.id),
            reminder=await tx.reminders.of(member.id),
            before_meetings=await tx.meetings.wishes(member.id),
        )

    async def _titles(self, tx: Reading, check_ins: list[CheckIn]) -> dict[OccurrenceId, str]:
        titles = {}
        for occurrence in {one.occurrence for one in check_ins if one.occurrence is not None}:
            prompt = await prompt_of(tx, self._content, await tx.occurrences.get(occurrence))
            if prompt is not None:
                titles[occurrence] = prompt.title
        return titles


async def _pair_wish(tx: Reading, member: Member) -> Wish | None:
    found = await tx.pairs.wish(member.id)
    return found and found[0]


async def _commitments(tx: Reading, member: Member) -> list[tuple[Commitment, Log]]:
    return [(each, await tx.commitments.log(each)) for each in await tx.commitments.of(member.id)]
