"""All services of one Trellis, handed to the faces as one value."""

from dataclasses import dataclass

from bot.domain.prompts import Content
from bot.services.alerts import Alerts
from bot.services.channel_notes import ChannelNotes
from bot.services.check_ins import CheckIns
from bot.services.circles import Circles
from bot.services.closings import Closings
from bot.services.commitments import Commitments
from bot.services.covers import Covers
from bot.services.duty import Duty
from bot.services.grounding import Grounding
from bot.services.guards import Guards
from bot.services.history import Histories
from bot.services.keep_apart import KeepApart
from bot.services.ladder import Ladder
from bot.services.limits import Limits
from bot.services.lines import Lines
from bot.services.listening import Listening
from bot.services.looking_back import LookingBack
from bot.services.marked import Marked
from bot.services.meetings import Meetings
from bot.services.members import Members
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
from bot.services.reviewing import Reviewing
from bot.services.safety_maps import SafetyMaps
from bot.services.schedules import Schedules
from bot.services.shares import Shares
from bot.services.summaries import Summaries
from bot.services.themes import Themes


@dataclass(frozen=True, slots=True)
class Services:
    """What a face may call. Dispatch, Letters and Care work by themselves."""

    limits: Limits  # for what a face itself makes at much cost
    circles: Circles
    closings: Closings
    members: Members
    check_ins: CheckIns
    commitments: Commitments
    nudges: Nudges
    ladder: Ladder
    partners: Partners
    pairs: Pairs
    keep_apart: KeepApart
    paces: Paces
    covers: Covers
    channel_notes: ChannelNotes
    guards: Guards
    looking_back: LookingBack
    schedules: Schedules
    plans: Plans
    themes: Themes
    plan_files: PlanFiles
    meetings: Meetings
    shares: Shares
    reviewing: Reviewing
    reminders: Reminders
    preferences: Preferences
    mutes: Mutes
    privacy: Privacy
    histories: Histories
    summaries: Summaries
    marked: Marked
    people: People
    safety_maps: SafetyMaps
    listening: Listening
    grounding: Grounding
    own_exercises: OwnExercises
    lines: Lines
    alerts: Alerts
    duty: Duty
    content: Content
