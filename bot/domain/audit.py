"""The audit list: who did what as a facilitator, so that whoever comes next knows how things came to be."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.accounts import Account

KEPT_FOR = timedelta(days=365)


class Deed(StrEnum):
    """What a facilitator did. Reading and previewing are no deeds."""

    CIRCLE_MADE = "circle-made"
    SETTINGS_CHANGED = "settings-changed"
    CIRCLE_PAUSED = "circle-paused"
    CIRCLE_RESUMED = "circle-resumed"
    CLOSING_BEGUN = "closing-begun"
    CIRCLE_KEPT = "circle-kept"
    SCHEDULE_ADDED = "schedule-added"
    SCHEDULE_EDITED = "schedule-edited"
    SCHEDULE_REMOVED = "schedule-removed"
    SCHEDULE_PAUSED = "schedule-paused"
    SCHEDULE_RESUMED = "schedule-resumed"
    DATE_SKIPPED = "date-skipped"
    DATE_RESTORED = "date-restored"
    POSTED_BY_HAND = "posted-by-hand"
    PLAN_LAID = "plan-laid"
    PLAN_CLEARED = "plan-cleared"
    WEEKS_SWAPPED = "weeks-swapped"
    WEEK_SKIPPED = "week-skipped"
    WEEK_RESTORED = "week-restored"
    WEEK_REPEATED = "week-repeated"
    WEEK_CHANGED = "week-changed"
    DAY_CHOSEN = "day-chosen"
    PLAN_IMPORTED = "plan-imported"
    SHARE_APPROVED = "share-approved"
    SHARE_RETURNED = "share-returned"
    SHARE_DECLINED = "share-declined"
    AUTHOR_UNSEALED = "author-unsealed"
    MEETING_SET = "meeting-set"
    MEETING_SKIPPED = "meeting-skipped"
    MEETING_ENDED = "meeting-ended"
    KEPT_APART = "kept-apart"
    APART_ENDED = "apart-ended"
    PACE_SET = "pace-set"
    CARD_POSTED = "card-posted"
    COVER_SUGGESTED = "cover-suggested"
    GUARD_ON = "guard-on"
    GUARD_OFF = "guard-off"
    LINE_ADDED = "line-added"
    LINE_CHECKED = "line-checked"
    LINE_UNCHECKED = "line-unchecked"
    LINE_REMOVED = "line-removed"
    DUTY_BEGUN = "duty-begun"
    DUTY_ENDED = "duty-ended"
    ALERT_TAKEN = "alert-taken"
    ALERT_HANDED_ON = "alert-handed-on"
    ALERT_CLOSED = "alert-closed"
    ALERT_MISREAD = "alert-misread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deed. `account` is None once that person had everything about them deleted."""

    at: datetime
    deed: Deed
    about: str = field(default="", repr=False)  # a short name of what it was done to: a week, a schedule
    account: Account | None = None
