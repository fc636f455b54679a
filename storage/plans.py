"""Plans in the database: a circle's weeks, and the prompts that were chosen for single dates."""

from datetime import date

from sqlalchemy import delete, select

from bot.domain.ids import CircleId, PromptId, ThemeId
from bot.domain.plans import Plan, Week
from bot.domain.prompts import ThemeRef
from storage.plan_tables import chosen_prompts, notices, weeks
from storage.session import Session


class Plans:
    """Which theme holds which week."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, circle: CircleId) -> Plan:
        """The circle's plan; an empty one where nothing was laid."""
        rows = await self._session.rows(
            select(weeks).where(weeks.c.circle_id == circle).order_by(weeks.c.start)
        )
        return Plan(
            tuple(Week(row.start, ThemeRef(ThemeId(row.theme), row.version), row.skipped) for row in rows)
        )

    async def put(self, circle: CircleId, plan: Plan) -> None:
        """The plan as it stands from now on."""
        await self._session.execute(delete(weeks).where(weeks.c.circle_id == circle))
        rows = [
            {
                "circle_id": circle,
                "start": week.start,
                "theme": week.theme.id,
                "version": week.theme.version,
                "skipped": week.skipped,
            }
            for week in plan.weeks
        ]
        if rows:
            await self._session.execute(self._session.insert(weeks), rows)

    async def days(self, circle: CircleId) -> dict[date, PromptId]:
        """The chosen prompts by date."""
        chosen = select(chosen_prompts).where(chosen_prompts.c.circle_id == circle)
        rows = await self._session.rows(chosen.order_by(chosen_prompts.c.date))
        return {row.date: PromptId(row.prompt) for row in rows}

    async def choose(self, circle: CircleId, day: date, prompt: PromptId | None) -> None:
        """Sets a date's prompt; None takes it away."""
        c = chosen_prompts.c
        await self._session.execute(delete(chosen_prompts).where(c.circle_id == circle, c.date == day))
        if prompt is not None:
            row = {"circle_id": circle, "date": day, "prompt": prompt}
            await self._session.execute(self._session.insert(chosen_prompts).values(row))

    async def notice(self, circle: CircleId, notice: str) -> bool:
        """Notes that the facilitators are told something; False where they were told it before."""
        row = {"circle_id": circle, "notice": notice}
        told = self._session.insert(notices).values(row).on_conflict_do_nothing().returning(notices.c.notice)
        return await self._session.row(told) is not None
