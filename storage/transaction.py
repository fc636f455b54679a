"""What a caller holds inside a transaction: one repository a noun, and commit."""

from storage.alert_reports import AlertReports
from storage.alerts import Alerts
from storage.attempts import Attempts
from storage.audit import Audit
from storage.check_ins import CheckIns
from storage.circles import Circles
from storage.commitments import Commitments
from storage.drafts import Drafts
from storage.duty import Duty
from storage.exercise_runs import ExerciseRuns
from storage.followings import Followings
from storage.guards import Guards
from storage.held_apart import HeldApart
from storage.lines import Lines
from storage.looks import Looks
from storage.marks import Marks
from storage.meetings import Meetings
from storage.members import Members
from storage.mutes import Mutes
from storage.occurrences import Occurrences
from storage.opt_outs import OptOuts
from storage.outbox import Outbox
from storage.own_exercises import OwnExercises
from storage.own_stories import OwnStories
from storage.own_texts import OwnTexts
from storage.pairs import Pairs
from storage.partners import Partners
from storage.plans import Plans
from storage.preferences import Preferences
from storage.processes import Processes
from storage.reminders import Reminders
from storage.safety_maps import SafetyMaps
from storage.schedules import Schedules
from storage.session import Session
from storage.shares import Shares
from storage.slow_modes import SlowModes
from storage.summaries import Summaries


class Reading:
    """A snapshot: what is read in it belongs together."""

    def __init__(self, session: Session) -> None:
        self.circles = Circles(session)
        self.members = Members(session)
        self.schedules = Schedules(session)
        self.occurrences = Occurrences(session)
        self.check_ins = CheckIns(session)
        self.shares = Shares(session)
        self.outbox = Outbox(session)
        self.plans = Plans(session)
        self.own_texts = OwnTexts(session)
        self.drafts = Drafts(session)
        self.opt_outs = OptOuts(session)
        self.audit = Audit(session)
        self.meetings = Meetings(session)
        self.preferences = Preferences(session)
        self.reminders = Reminders(session)
        self.lines = Lines(session)
        self.looks = Looks(session)
        self.summaries = Summaries(session)
        self.commitments = Commitments(session)
        self.attempts = Attempts(session)
        self.partners = Partners(session)
        self.pairs = Pairs(session)
        self.own_stories = OwnStories(session)
        self.safety_maps = SafetyMaps(session)
        self.followings = Followings(session)
        self.mutes = Mutes(session)
        self.held_apart = HeldApart(session)
        self.slow_modes = SlowModes(session)
        self.guards = Guards(session)
        self.alerts = Alerts(session)
        self.alert_reports = AlertReports(session)
        self.duty = Duty(session)
        self.exercise_runs = ExerciseRuns(session)
        self.own_exercises = OwnExercises(session)
        self.processes = Processes(session)
        self.marks = Marks(session)


class Transaction(Reading):
    """A unit of work, rolled back unless committed. Await nothing foreign inside: it holds the one writer."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    async def commit(self) -> None:
        """Returns when all of it is durable. Raises NotKept where it is not; nothing of it is kept then."""
        await self._session.commit()
