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
        "Open files and sockets, threads, tasks",
        (
            ("files", "files", BLUE),
            ("sockets", "sockets", PURPLE),
            ("threads", "threads", GREEN),
            ("tasks", "tasks", ORANGE),
        ),
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
            if len(lines) > 1:
                place = {"loc": "lower right", "bbox_to_anchor": (1.0, 0.98), "ncols": len(lines)}
                axes.legend(**place, frameon=False, fontsize=8.5, borderaxespad=0.2)
            axes.margins(x=0.01, y=0.12)
            axes.set_ylim(bottom=0)
            axes.tick_params(length=0)
            axes.grid(axis="y", color=LINES, linewidth=0.6)
        axes.set_xlabel("minutes under load", color=SOFT, fontsize=9)
        file.parent.mkdir(parents=True, exist_ok=True)
        picture.savefig(file)


def _line(axes: Axes, soak: Soak, name: str, label: str, colour: str) -> None:
    values = [getattr(one, name) for one in soak.samples]
    axes.plot([one.at for one in soak.samples], values, color=colour, linewidth=1.6, label=label or None)
