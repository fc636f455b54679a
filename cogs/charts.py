"""Charts, drawn one at a time in a thread of their own: matplotlib's objects alone, none of its state.

The colours are Okabe and Ito's, which people with any kind of colour vision tell apart
(https://jfly.uni-koeln.de/color/); each mark has a shape of its own too, and the same stands as text.
"""

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PAGE, INK, SOFT, LINES = "#f6f4ee", "#22302b", "#5d6b65", "#cfccc0"
BLUE, ORANGE, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
FONT, FONTS = "Source Sans Pro", ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
DOTS = 200  # pixels an inch: sharp on phones
STYLE: dict[Any, Any] = {  # matplotlib's own type lists every setting by name
    "font.family": FONT,
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": LINES,
    "axes.labelcolor": INK,
    "axes.facecolor": "#fffdf8",
    "figure.facecolor": PAGE,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "none",
}

Draw = Callable[["Figure"], None]
# One thread and no other: matplotlib's settings are one for the process, and it opens its fonts anew in each
# thread that draws. It begins with the first chart.
_hand = ThreadPoolExecutor(1, "charts")


async def drawn(draw: Draw, size: tuple[float, float]) -> bytes:
    """A PNG of what `draw` puts on a figure of this size (inches); about 0.2 s, 0.7 s for the first one."""
    said_there = copy_context().run  # a thread of its own would not know which language is spoken
    return await asyncio.get_running_loop().run_in_executor(_hand, said_there, _png, draw, size)


def _png(draw: Draw, size: tuple[float, float]) -> bytes:
    from matplotlib import rc_context  # when first needed: it costs a start 0.7 s and some 40 MiB
    from matplotlib.figure import Figure

    out = io.BytesIO()
    with rc_context(STYLE):
        font()
        figure = Figure(figsize=size, dpi=DOTS, layout="constrained")
        draw(figure)
        figure.savefig(out, format="png")
        figure.clear()  # its parts point at each other, and would wait for the garbage collector
    return out.getvalue()


@lru_cache
def font() -> None:
    from matplotlib.font_manager import fontManager

    for name in FONTS:
        fontManager.addfont(str(files("font_source_sans_pro") / "files" / name))
