"""Charts are drawn in one thread, however many are asked for together."""

import asyncio
import threading
from typing import TYPE_CHECKING

from cogs.charts import drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure


async def test_all_charts_are_drawn_by_one_thread_whose_fonts_are_opened_once() -> None:
    hands: set[int] = set()

    def draw(figure: "Figure") -> None:
        hands.add(threading.get_ident())
        figure.subplots().plot([1, 2])

    pictures = await asyncio.gather(*(drawn(draw, (2, 1)) for _ in range(6)))
    assert all(each.startswith(b"\x89PNG") for each in pictures)
    assert len(hands) == 1
    assert threading.get_ident() not in hands
