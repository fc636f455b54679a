"""A member looks back on their own entries; nobody else can.

Export: nothing of its own, it is read from the check-ins. Forgetting: it goes with them.
"""

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.circles import Circle, local_date
from bot.domain.errors import NotAMember
from bot.domain.history import USUAL_WEEKS, History, Span, first_day, folded
from bot.domain.ids import CircleId
from bot.domain.languages import Language
from bot.domain.limits import Costly
from bot.domain.prompts import Content
from bot.services._outlook import library_of
from bot.services.limits import Limits
from storage import Storage
from storage.transaction import Reading


class Histories:
    """Reads; it changes nothing."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, limits: Limits) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._limits = limits

    async def mine(
        self, actor: Actor, circle_id: CircleId, weeks: int = USUAL_WEEKS
    ) -> tuple[Circle, History]:
        """The actor's own last weeks in a circle (1 to MOST_WEEKS, from when they joined), in its calendar.

        Who is leaving can still look. Raises NotAMember, NoCircle, TooOften.
        """
        self._limits.take(actor, Costly.PICTURE)
        async with self._storage.read() as tx:
            circle = await tx.circles.get(circle_id)
            member = await tx.members.find(circle_id, actor.account)
            if member is None:
                raise NotAMember(circle_id)
            today = local_date(circle, self._clock.now())
            first = first_day(today, weeks, since=local_date(circle, member.joined_at))
            check_ins = [one for one in await tx.check_ins.all_of(member.id) if first <= one.date <= today]
            themes = await self._themes(tx, circle, actor.language)
        return circle, folded(check_ins, themes, first, today)

    async def _themes(self, tx: Reading, circle: Circle, language: Language) -> list[Span]:
        library = await library_of(tx, self._content, circle, language)
        held = [week for week in (await tx.plans.of(circle.id)).weeks if not week.skipped]
        found = [(library.theme(week.theme), week) for week in held]
        return [Span(theme.title, week.start, week.last) for theme, week in found if theme is not None]
