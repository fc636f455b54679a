"""Ten years of a daily log folded into its figures, against one plain pass over the same log."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.figures import Figure, best
from bot.domain.commitments import EVERY_DAY, Commitment, Mark, Words
from bot.domain.ids import CommitmentId, MemberId
from bot.domain.streaks import streak

FIRST = date(2016, 1, 4)
DAYS = 3652
TURNS = 30
WAYS = (Mark.KEPT, Mark.KEPT, Mark.SMALL, Mark.KEPT, Mark.REST, Mark.KEPT, Mark.MISSED, Mark.KEPT, None)


async def measure() -> list[Figure]:
    """Milliseconds, the best of TURNS."""
    marks = ((FIRST + timedelta(days=n), WAYS[n % len(WAYS)]) for n in range(DAYS))
    log = {day: mark for day, mark in marks if mark is not None}
    commitment = Commitment(
        id=CommitmentId(1),
        member=MemberId(1),
        words=Words(text="I will name my weather in one word."),
        plans=((FIRST, EVERY_DAY),),
        zone=ZoneInfo("UTC"),
        made_at=datetime(2016, 1, 4, tzinfo=UTC),
    )
    today = FIRST + timedelta(days=DAYS)
    ours = best(lambda: streak(commitment, log, today), TURNS)
    floor = best(lambda: sum(log.get(FIRST + timedelta(days=n)) is Mark.KEPT for n in range(DAYS)), TURNS)
    return [Figure("ten years of a log, folded", ours, floor, "ms", "one pass over its days that counts")]
