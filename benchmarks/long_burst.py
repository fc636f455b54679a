"""Five thousand circles due at one instant, beside Discord's limit: no bot can be faster than its pace."""

from benchmarks.burst import PACE, ours_burst
from benchmarks.figures import Figure, Target
from benchmarks.town import LIMITS, Town
from sandbox import Sandbox

CIRCLES, SERVERS = 5_000, 1_000
FLOOR = "the pace itself, 48 of Discord's 50 a second"


async def measure() -> list[Figure]:
    """Posts a second, and seconds until the last."""
    async with Sandbox(limits=LIMITS) as sandbox:
        ours = await ours_burst(Town(sandbox, SERVERS, CIRCLES // SERVERS))
    what = f"{CIRCLES:,} circles due at once"
    return [
        Figure(f"{what}, posted", ours.rate, PACE, "/s", FLOOR, Target(47, "at least", "figure")),
        Figure(f"{what}, until the last", ours.posted[-1], CIRCLES / PACE, "s", FLOOR),
        Figure(f"{what}, refused with 429", ours.refused, 0, "", FLOOR, Target(0, of="figure")),
    ]
