"""The weeks of a plan as a picture: one box a week, its state in words and not by colour alone.

Pillow draws it in some hundredths of a second; the same stands as text beside it.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

SCALE = 2  # drawn at twice the size, so that phones show it sharply
COLUMNS, WIDTH, HEIGHT, GAP, EDGE = 3, 250, 148, 12, 18  # boxes, in pixels before SCALE
TITLE = 44  # the height that the title takes
PAGE, INK, SOFT = "#f6f4ee", "#22302b", "#5d6b65"
FILLS = {"over": "#e4e2da", "now": "#2f6b55", "coming": "#ffffff", "skipped": "#f6f4ee"}
EDGES = {"over": "#cfccc0", "now": "#2f6b55", "coming": "#9fb8ad", "skipped": "#b9b5a6"}
FONT = "SourceSansPro-{}.ttf"
LINES = 2  # of a title

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Square:
    """One week as it is drawn. `state` is one of FILLS, `said` is what it is called."""

    head: str  # "Week 3"
    dates: str  # "7 to 13 Dec"
    title: str
    state: str
    said: str
    note: str = ""  # a holiday, or that the reader leaves it out


def drawn(title: str, squares: Sequence[Square]) -> bytes:
    """A PNG of the squares, row by row."""
    from PIL import Image, ImageDraw  # when first needed: it costs a start some MiB

    rows = -(-len(squares) // COLUMNS)
    columns = min(COLUMNS, len(squares))
    width = 2 * EDGE + columns * WIDTH + (columns - 1) * GAP
    height = 2 * EDGE + TITLE + rows * HEIGHT + max(rows - 1, 0) * GAP
    image = Image.new("RGB", (width * SCALE, height * SCALE), PAGE)
    pen = ImageDraw.Draw(image)
    _write(pen, EDGE, EDGE - 4, _fitting(title, width - 2 * EDGE, 22), 22, INK, bold=True)
    for place, square in enumerate(squares):
        row, column = divmod(place, COLUMNS)
        _square(pen, EDGE + column * (WIDTH + GAP), EDGE + TITLE + row * (HEIGHT + GAP), square)
    return _png(image)


def _square(pen: "ImageDraw.ImageDraw", left: int, top: int, square: Square) -> None:
    on_dark = square.state == "now"
    ink, soft = ("#ffffff", "#dcebe4") if on_dark else (INK, SOFT)
    box = (left, top, left + WIDTH, top + HEIGHT)
    pen.rounded_rectangle(
        _scaled(box),
        radius=12 * SCALE,
        fill=FILLS[square.state],
        outline=EDGES[square.state],
        width=2 * SCALE,
    )
    _write(pen, left + 14, top + 10, square.head, 18, ink, bold=True)
    _write(pen, left + WIDTH - 14, top + 12, square.said, 16, soft, right=True)
    for number, line in enumerate(_wrapped(square.title, WIDTH - 28, 22)):
        _write(pen, left + 14, top + 38 + number * 26, line, 22, soft if square.state == "skipped" else ink)
    _write(pen, left + 14, top + HEIGHT - 50, square.dates, 17, soft)
    if square.note:
        _write(pen, left + 14, top + HEIGHT - 28, _fitting(square.note, WIDTH - 28, 16), 16, soft)


def _write(
    pen: "ImageDraw.ImageDraw",
    left: int,
    top: int,
    text: str,
    size: int,
    ink: str,
    *,
    bold: bool = False,
    right: bool = False,
) -> None:
    anchor = "ra" if right else "la"
    pen.text((left * SCALE, top * SCALE), text, fill=ink, font=_font(size, bold=bold), anchor=anchor)


def _wrapped(text: str, width: int, size: int) -> list[str]:
    """At most LINES lines that fit, the last one cut with a sign where words are left over."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _length(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], " ".join(lines[LINES - 1 :])]
    return [_fitting(each, width, size) for each in lines]


def _fitting(text: str, width: int, size: int) -> str:
    if _length(text, size) <= width:
        return text
    while text and _length(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _length(text: str, size: int) -> float:
    return _font(size, bold=False).getlength(text) / SCALE


@lru_cache
def _font(size: int, *, bold: bool) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    name = FONT.format("Semibold" if bold else "Regular")
    data = (files("font_source_sans_pro") / "files" / name).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size * SCALE)


def _scaled(box: Box) -> tuple[int, ...]:
    return tuple(each * SCALE for each in box)


def _png(image: "Image.Image") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()
