"""The results as a picture: how many times its floor each figure is, with its target."""

import math
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D

from benchmarks.results import Result, Results, plain, read
from cogs.charts import BLUE, DOTS, INK, LINES, ORANGE, SOFT, STYLE, font

FILE = Path("docs/images/performance.png")
WIDTH, ROW, AROUND = 8.2, 0.27, 1.5  # inches
STATES = {True: (BLUE, "o"), None: (SOFT, "o"), False: (ORANGE, "D")}


def draw(results: Results, file: Path = FILE) -> None:
    """A row a figure; figures without a floor to be divided by stand in the table alone."""
    shown = [each for each in results.results if 0 < each.ratio.middle < math.inf and each.about.unit]
    with rc_context(STYLE):
        font()
        picture = Picture(figsize=(WIDTH, ROW * len(shown) + AROUND), dpi=DOTS, layout="constrained")
        axes = picture.subplots()
        for place, each in enumerate(reversed(shown)):
            _row(axes, place, each)
        _scale(axes, shown)
        picture.suptitle(
            "Trellis beside its floors", x=0.012, ha="left", fontweight="semibold", fontsize=13, color=INK
        )
        picture.legend(handles=_legend(), loc="outside lower center", ncols=4, frameon=False, fontsize=8.5)
        file.parent.mkdir(parents=True, exist_ok=True)
        picture.savefig(file)


def _row(axes: Axes, place: int, each: Result) -> None:
    colour, mark = STATES[each.met]
    ratio = each.ratio
    axes.plot(
        [ratio.least, ratio.most],
        [place, place],
        color=colour,
        linewidth=2,
        alpha=0.45,
        solid_capstyle="round",
    )
    axes.plot(ratio.middle, place, mark, color=colour, markersize=6, zorder=3)
    if (bound := _bound(each)) is not None:
        axes.plot(bound, place, "|", color=INK, markersize=15, markeredgewidth=1.6, zorder=4)
    said = f"{plain(each.ours.middle)} {each.about.unit} beside {plain(each.floor.middle)}"
    axes.annotate(
        said, (1.0, place), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
        va="center", fontsize=8, color=SOFT, annotation_clip=False,
    )  # fmt: skip


def _bound(each: Result) -> float | None:
    """The target as a ratio."""
    target = each.about.target
    if target is None:
        return None
    return target.bound if target.of == "ratio" else target.bound / each.floor.middle


def _scale(axes: Axes, shown: list[Result]) -> None:
    axes.set_xscale("log")
    low = min(*(each.ratio.least for each in shown), 0.5)
    high = max(*(each.ratio.most for each in shown), 4.0)
    axes.set_xlim(low / 1.3, high * 1.3)
    ticks = [
        tick
        for tick in (0.1, 0.25, 0.5, 1, 2, 4, 10, 30, 100, 300, 1000, 3000)
        if low / 1.3 <= tick <= high * 1.3
    ]
    axes.set_xticks(ticks, [f"{tick:,g}×" for tick in ticks])
    axes.minorticks_off()
    axes.axvline(1.0, color=SOFT, linewidth=1, linestyle=":")
    axes.set_ylim(-0.7, len(shown) - 0.3)
    axes.set_yticks(range(len(shown)), [each.about.what for each in reversed(shown)], fontsize=8.5)
    axes.tick_params(length=0)
    axes.grid(axis="x", color=LINES, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(
        "times the floor: less is better for times and memory, more for rates (/s)", color=SOFT, fontsize=8.5
    )


def _legend() -> list[Line2D]:
    names = {True: "target kept", False: "target missed", None: "no target"}
    marks = [
        Line2D([], [], color=STATES[met][0], marker=STATES[met][1], linestyle="", label=name)
        for met, name in names.items()
    ]
    return [*marks, Line2D([], [], color=INK, marker="|", markersize=10, linestyle="", label="the target")]


if __name__ == "__main__":
    held = read()
    if held is None:
        raise SystemExit("Nothing was measured yet: make bench")
    draw(held)
