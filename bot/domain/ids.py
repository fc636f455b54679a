"""Names for our own row ids, so that one kind of id is never taken for another."""

from typing import NewType

CircleId = NewType("CircleId", int)
MemberId = NewType("MemberId", int)
ScheduleId = NewType("ScheduleId", int)
OccurrenceId = NewType("OccurrenceId", int)
ShareId = NewType("ShareId", int)
OutboxId = NewType("OutboxId", int)
PromptId = NewType("PromptId", str)  # the id of a text in bot/content, such as "th01-d1" or "ck-001"
ThemeId = NewType("ThemeId", str)  # of a theme in bot/content, such as "theme-01", or a circle's own
DraftId = NewType("DraftId", int)  # an import that waits for its yes
CommitmentId = NewType("CommitmentId", int)
PairId = NewType("PairId", int)  # of two who practise listening
AttemptId = NewType("AttemptId", int)  # of a challenge that a member took up
TwoId = NewType("TwoId", int)  # of two whom facilitators keep apart
AlertId = NewType("AlertId", int)
DutyId = NewType("DutyId", int)  # of a facilitator who takes turns on duty
RunId = NewType("RunId", int)  # of somebody's way through an exercise
ProcessId = NewType("ProcessId", int)  # of one run of Trellis, where several share a database
