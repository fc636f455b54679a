"""Which parts a Trellis has: every service that a face may call, and what is done by itself, how often."""

from datetime import timedelta
from typing import TypedDict

from bot.clock import Clock
from bot.domain.prompts import Content
from bot.scheduler import Job
from bot.services.alerts import Alerts
from bot.services.backups import Backups
from bot.services.bundle import Services
from bot.services.care import Care
from bot.services.channel_notes import ChannelNotes
from bot.services.check_ins import CheckIns
from bot.services.circles import Circles
from bot.services.closings import Closings
from bot.services.commitments import Commitments
from bot.services.covers import Covers
from bot.services.departures import Departures
from bot.services.dispatch import Dispatch
from bot.services.duty import Duty
from bot.services.grounding import Grounding
from bot.services.guards import Guards
from bot.services.history import Histories
from bot.services.keep_apart import KeepApart
from bot.services.ladder import Ladder
from bot.services.letters import Letters
from bot.services.life import Life
from bot.services.limits import Limits
from bot.services.lines import Lines
from bot.services.listening import Listening
from bot.services.looking_back import LookingBack
from bot.services.marked import Marked
from bot.services.meetings import Meetings
from bot.services.members import Members
from bot.services.messenger import Messenger
from bot.services.mutes import Mutes
from bot.services.nudges import Nudges
from bot.services.own_exercises import OwnExercises
from bot.services.paces import Paces
from bot.services.pairs import Pairs
from bot.services.partners import Partners
from bot.services.people import People
from bot.services.plan_files import PlanFiles
from bot.services.plans import Plans
from bot.services.preferences import Preferences
from bot.services.privacy import Privacy
from bot.services.reminders import Reminders
from bot.services.retention import Retention
from bot.services.reviewing import Reviewing
from bot.services.safety_maps import SafetyMaps
from bot.services.schedules import Schedules
from bot.services.screening import Screening
from bot.services.shares import Shares
from bot.services.summaries import Summaries
from bot.services.themes import Themes
from storage import Storage

TICK = timedelta(seconds=1)  # how often due posts and letters are looked for; a query by index each
CARE = timedelta(minutes=1)
MEETINGS = timedelta(seconds=30)
REMINDERS = timedelta(seconds=15)
ROLES = timedelta(minutes=10)
RETENTION = timedelta(hours=1)
LIFE = timedelta(seconds=30)
BACKUP = timedelta(minutes=5)
SCREENING = timedelta(seconds=30)
BY_ONE = frozenset(  # jobs that claim nothing: of several processes one alone does them
    {"duty-roles", "leavings", "closings", "drafts", "retention", "paces", "mutes", "departures"}
)


def services_of(
    storage: Storage,
    clock: Clock,
    content: Content,
    messenger: Messenger,
    dispatch: Dispatch,
    screening: Screening,
    lines: Lines,
    letters: Letters,
) -> Services:
    """What a face may call."""
    counted = _counted(storage, clock, content, screening)
    channel = _for_the_channel(storage, clock, content, messenger)
    own = (channel["guards"], counted["plan_files"], counted["limits"])
    return Services(
        circles=Circles(storage, clock, content),
        closings=Closings(storage, clock, content, messenger, *own),
        members=Members(storage, clock),
        check_ins=CheckIns(storage, clock, content),
        commitments=Commitments(storage, clock),
        nudges=Nudges(storage, clock),
        ladder=Ladder(storage, clock, content),
        partners=Partners(storage, clock),
        pairs=Pairs(storage, clock, messenger),
        looking_back=LookingBack(storage, clock),
        schedules=Schedules(storage, clock, content, dispatch),
        plans=Plans(storage, clock, content),
        themes=Themes(storage, clock, content),
        meetings=Meetings(storage, clock, messenger),
        reviewing=Reviewing(storage, clock, content),
        reminders=Reminders(storage, clock),
        preferences=Preferences(storage, clock),
        marked=Marked(storage, clock),
        people=People(storage, clock),
        safety_maps=SafetyMaps(storage, clock),
        listening=Listening(storage, clock, screening),
        lines=lines,
        grounding=Grounding(storage, clock, content, messenger),
        own_exercises=OwnExercises(storage, clock, content),
        alerts=Alerts(storage, clock, letters.tick),
        duty=Duty(storage, clock, messenger),
        content=content,
        **counted,
        **channel,
    )


class _Counted(TypedDict):
    limits: Limits
    plan_files: PlanFiles
    shares: Shares
    privacy: Privacy
    histories: Histories
    summaries: Summaries


def _counted(storage: Storage, clock: Clock, content: Content, screening: Screening) -> _Counted:
    """What costs much, and of which each person has so much at once."""
    limits = Limits(clock)
    return {
        "limits": limits,
        "plan_files": PlanFiles(storage, clock, content, limits),
        "shares": Shares(storage, clock, content, screening, limits),
        "privacy": Privacy(storage, clock, content, limits),
        "histories": Histories(storage, clock, content, limits),
        "summaries": Summaries(storage, clock, limits),
    }


class _ForTheChannel(TypedDict):
    keep_apart: KeepApart
    paces: Paces
    covers: Covers
    channel_notes: ChannelNotes
    guards: Guards
    mutes: Mutes


def _for_the_channel(
    storage: Storage, clock: Clock, content: Content, messenger: Messenger
) -> _ForTheChannel:
    """How a circle's channel is looked after."""
    return {
        "keep_apart": KeepApart(storage, clock),
        "paces": Paces(storage, clock, messenger),
        "covers": Covers(storage, clock),
        "channel_notes": ChannelNotes(storage, clock),
        "guards": Guards(storage, clock, content, messenger),
        "mutes": Mutes(storage, clock, messenger),
    }


def jobs_of(
    services: Services,
    dispatch: Dispatch,
    letters: Letters,
    care: Care,
    departures: Departures,
    retention: Retention,
    life: Life,
    backups: Backups,
) -> list[Job]:
    """What is done by itself, and how often it is looked whether it is to be done."""
    return [
        Job("dispatch", dispatch.tick, TICK),
        Job("letters", letters.tick, TICK),
        Job("alerts", services.alerts.tick, TICK),
        Job("duty", services.duty.tick, REMINDERS),
        Job("duty-roles", services.duty.check_roles, ROLES),
        Job("care", care.tick, CARE),
        Job("meetings", services.meetings.tick, MEETINGS),
        Job("leavings", services.members.erase_due, RETENTION),
        Job("closings", services.closings.tick, CARE),
        Job("drafts", care.retain, RETENTION),
        Job("retention", retention.tick, CARE),
        Job("review", services.reviewing.tick, CARE),
        Job("reminders", services.reminders.tick, REMINDERS),
        Job("commitments", services.nudges.tick, REMINDERS),
        Job("pairs", services.pairs.tick, TICK),
        Job("paces", services.paces.tick, REMINDERS),
        Job("guards", services.guards.tick, REMINDERS),
        Job("mutes", services.mutes.tick, RETENTION),
        Job("departures", departures.tick, CARE),
        Job("lines", services.lines.refresh, CARE),
        Job("life", life.tick, LIFE),
        Job("backup", backups.tick, BACKUP),
    ]


def hearing(services: Services, screening: Screening) -> list[Job]:
    """That it is heard what people write, and what follows from it."""
    return [
        Job("screening", screening.tick, SCREENING),
        Job("listening", services.listening.tick, CARE),
    ]
