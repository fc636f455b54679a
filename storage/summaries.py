"""A circle's weeks in counts: each is written once, and stays as it was written."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot.domain.ids import CircleId
from storage.member_tables import summaries
from storage.session import Session


class Summaries:
    """Figures as plain data; the service gives them their meaning."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def freeze(self, circle: CircleId, week: date, figures: Mapping[str, Any], at: datetime) -> bool:
        """Writes a week's figures; False where they stand already, which then stay."""
        row = {
            "circle_id": circle,
            "week": week,
            "figures": json.dumps(figures, separators=(",", ":"), sort_keys=True),
            "made_at": at,
        }
        done = await self._session.execute(
            self._session.insert(summaries).values(row).on_conflict_do_nothing()
        )
        return bool(done.rowcount)

    async def newest(self, circle: CircleId) -> date | None:
        """The first day of the newest week that was written."""
        found = select(summaries.c.week).where(summaries.c.circle_id == circle)
        week: date | None = await self._session.value(found.order_by(summaries.c.week.desc()).limit(1))
        return week

    async def since(self, circle: CircleId, week: date) -> dict[date, dict[str, Any]]:
        """The figures of the weeks from this one on, oldest first."""
        found = select(summaries).where(summaries.c.circle_id == circle, summaries.c.week >= week)
        rows = await self._session.rows(found.order_by(summaries.c.week))
        return {row.week: json.loads(row.figures) for row in rows}
