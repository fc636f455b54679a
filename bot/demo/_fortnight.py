"""Ada's last fortnight: one small commitment with a lapse in it and a return, to be seen with /streak."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import Trellis
from bot.demo._stage import Stage
from bot.domain.accounts import Account, Actor, Platform
from bot.domain.commitments import Mark, Words
from bot.domain.members import Scope, consented
from bot.services.commitments import Commitments, Wanted

HERS = "Ada"
DAYS = (  # oldest first; None: nothing noted
    Mark.KEPT, Mark.KEPT, Mark.SMALL, Mark.KEPT, Mark.REST, Mark.KEPT, Mark.MISSED,
    None, Mark.KEPT, Mark.SMALL, Mark.REPAIRED, Mark.KEPT, Mark.KEPT, Mark.SMALL,
)  # fmt: skip
WORDS = Words(
    text="I will name my weather in one word each day.",
    seen="A word written or said.",
    smallest="Think the word.",
    plan="If I brush my teeth, then I'll name it.",
)


@dataclass(frozen=True, slots=True)
class _Day:
    """A clock that stands."""

    at: datetime

    def now(self) -> datetime:
        """Always the same."""
        return self.at


async def lived(trellis: Trellis, stage: Stage, now: datetime) -> None:
    """Each day as she would have pressed it on that day; once in the demo's life."""
    user = next(user for user in stage.scripted if user.name == HERS)
    ada = Actor(account=Account(Platform.DISCORD, str(user.id)), server=str(stage.guild.id))
    joined = await trellis.services.members.memberships(ada)
    circle = next((circle for circle, member in joined if consented(member, Scope.STREAKS)), None)
    if circle is None or await trellis.services.commitments.mine(ada, circle.id):
        return
    first = now - timedelta(days=len(DAYS))
    begun = await Commitments(trellis.storage, _Day(first)).add(ada, circle.id, Wanted(words=WORDS))
    for number, mark in enumerate(DAYS):
        if mark is not None:
            day = Commitments(trellis.storage, _Day(first + timedelta(days=number)))
            await day.log(ada, begun.commitment.id, mark)
