"""A circle with twelve weeks laid out, on a Wednesday in December: what the plan's tests begin with."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.circles import Circle
from tests.cogs.house import House

WEDNESDAY = datetime(2026, 12, 2, 7, tzinfo=UTC)  # 08:00 in Berlin
MONDAYS = ["2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28", "2027-01-04", "2027-01-11", "2027-01-18"]


async def theme(house: House, command: str, who: Any = None, **options: Any) -> Any:
    """Runs a `/theme` command; the settled outcome."""
    outcome = await (who or house.facilitator).command(f"theme {command}", house.channel, **options)
    await outcome.settled(5)
    return outcome


async def planned(house: House) -> tuple[Circle, Any]:
    """The circle, and the answer to `/theme plan`."""
    house.clock.set(WEDNESDAY)
    circle = await house.circle(name="North", region="DE")
    return circle, (await theme(house, "plan", start="2026-12-02")).message
