"""A soak over time: latency, memory, files and tasks, and the database (docs/images/soak.png)."""

from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from benchmarks.soak import Soak
from cogs.charts import BLUE, DOTS, GREEN, INK, LINES, ORANGE, PURPLE, SOFT, STYLE, font

FILE = Path("docs/images/soak.png")
SIZE = (8.2, 6.6)  # inches
PANELS = (  # a title, then a line each: name, label, colour
    ("Milliseconds to the answer", (("p50", "half within", BLUE), ("p99", "99 of 100 within", ORANGE))),
    ("Memory (RSS), MiB", (("rss", "", GREEN),)),
    (
        "Open files, threads, tasks",
        (("files", "files", BLUE), ("threads", "threads", GREEN), ("tasks", "tasks", ORANGE)),
    ),
    ("Database, MiB", (("database", "file", PURPLE), ("log", "write-ahead log", SOFT))),
)


def draw(soak: Soak, file: Path = FILE) -> None:
    """A panel each over the same minutes."""
    with rc_context(STYLE):
        font()
        picture = Picture(figsize=SIZE, dpi=DOTS, layout="constrained")
        for axes, (title, lines) in zip(picture.subplots(4, 1, sharex=True), PANELS, strict=True):
            axes.set_title(title, loc="left", fontsize=10.5, fontweight="semibold", color=INK)
            for name, label, colour in lines:
                _line(axes, soak, name, label, colour)
            axes.set_ylim(bottom=0)
            axes.margins(x=0.01)
            axes.tick_params(length=0)
            axes.grid(axis="y", color=LINES, linewidth=0.6)
        axes.set_xlabel("minutes under load", color=SOFT, fontsize=9)
        file.parent.mkdir(parents=True, exist_ok=True)
        picture.savefig(file)


def _line(axes: Axes, soak: Soak, name: str, label: str, colour: str) -> None:
    at, values = [one.at for one in soak.samples], [getattr(one, name) for one in soak.samples]
    axes.plot(at, values, color=colour, linewidth=1.6)
    if label:
        axes.annotate(
            label, (at[-1], values[-1]), xytext=(6, 0), textcoords="offset points", va="center",
            fontsize=8.5, color=colour, annotation_clip=False,
        )  # fmt: skip
