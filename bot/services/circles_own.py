"""Gathers what is a circle's own and no member's: nobody is in it, facilitators as numbers alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.accounts import Account
from bot.domain.audit import Deed
from bot.domain.circles import Circle, Settings, local_date
from bot.domain.guard import Policy
from bot.domain.lines import Line, LineId
from bot.domain.meetings import Meeting
from bot.domain.paces import Slowed
from bot.domain.promises import PromiseLog, promise_log
from bot.domain.prompts import Content
from bot.domain.schedules import Schedule
from bot.domain.summaries import WEEK, WeekFigures, from_data
from bot.services._outlook import standing
from storage.transaction import Reading

AGREEMENT = "sf-agreement"  # the text that the circle agreed on, by its id in the content
ALL = 100_000  # entries of the audit list


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An entry of the audit list; who did it as a number, None where they are forgotten."""

    at: datetime
    deed: Deed
    about: str
    who: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When a facilitator, as a number, is on duty or last was."""

    who: int
    since: datetime | None
    until: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CirclesOwn:
    """All that can be handed over of a circle. No value in it can hold an account or a member's word."""

    at: datetime
    name: str = field(repr=False)
    made_at: datetime
    settings: Settings
    agreement: str
    plan: str = field(repr=False)  # as `/theme export` gives it
    schedules: tuple[tuple[Schedule, frozenset[date]], ...]
    meeting: Meeting | None = field(repr=False)
    guard: Policy | None
    slowed: Slowed | None
    lines: tuple[Line, ...] = field(repr=False)
    checked: Mapping[LineId, date]
    deeds: tuple[Done, ...] = field(repr=False)  # oldest first
    weeks: tuple[WeekFigures, ...]
    promises: PromiseLog
    duty: tuple[Turn, ...]


async def own_of(tx: Reading, content: Content, circle: Circle, plan: str, now: datetime) -> CirclesOwn:
    """As it stands; `plan` is the file that `/theme export` gives."""
    people = _Numbers()
    made, guard = local_date(circle, circle.made_at), await tx.guards.get(circle.id)
    meeting = await tx.meetings.get(circle.id)
    checks = await tx.lines.checks(circle.id)
    posts = await tx.occurrences.since(circle.id, circle.made_at)
    weeks = await tx.summaries.since(circle.id, made - WEEK)
    return CirclesOwn(
        at=now,
        name=circle.name,
        made_at=circle.made_at,
        settings=circle.settings,
        agreement=content.spoken(circle.settings.language).texts.get(AGREEMENT, ""),
        plan=plan,
        schedules=tuple(await standing(tx, circle)),
        meeting=None if meeting is None or meeting.meeting.removed else meeting.meeting,
        guard=None if guard is None or guard.ending else guard.policy,
        slowed=await tx.slow_modes.of(circle.id),
        lines=tuple(await tx.lines.local(circle.id)),
        checked={line: check.on for line, check in checks.items()},
        deeds=await _deeds(tx, circle, people),
        weeks=tuple(from_data(first, held) for first, held in weeks.items()),
        promises=promise_log(posts, since=circle.made_at, until=now),
        duty=await _duty(tx, circle, people),
    )


class _Numbers:
    """The same number for the same person, in the order in which they come."""

    def __init__(self) -> None:
        self._known: dict[Account, int] = {}

    def of(self, account: Account) -> int:
        return self._known.setdefault(account, len(self._known) + 1)


async def _deeds(tx: Reading, circle: Circle, people: _Numbers) -> tuple[Done, ...]:
    return tuple(
        Done(
            at=entry.at,
            deed=entry.deed,
            about=entry.about,
            who=None if entry.account is None else people.of(entry.account),
        )
        for entry in reversed(await tx.audit.latest(circle.id, ALL))
    )


async def _duty(tx: Reading, circle: Circle, people: _Numbers) -> tuple[Turn, ...]:
    return tuple(
        Turn(who=people.of(each.account), since=each.since, until=each.until, last_at=each.last_at)
        for each in await tx.duty.of_circle(circle.id)
    )
