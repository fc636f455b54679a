"""A picture to breathe along with: a circle that grows and shrinks at an exercise's pace, calm, without end.

A GIF, as Discord plays it in place. It goes on by small steps of size, without flashing; a word on it says
which way, and the steps say the same as text. Drawn once for each pace, in less than a second, in a thread.
"""

import asyncio
import io
import math
import threading
from functools import lru_cache
from importlib.resources import files

import discord
from PIL import Image, ImageColor, ImageDraw, ImageFont

from bot.domain.prompts import Breath
from cogs.speech import Phrase, say

NAME = "breath.gif"
SIDE = 224  # pixels
SMOOTH = 4  # drawn at so many times the size and brought down, for smooth edges
FRAME_MS = 100  # ten a second; GIF counts in hundredths
SMALL, LARGE = 0.30, 0.88  # the circle's width, as a part of SIDE
GROUND, RING, CIRCLE = (
    "#1d2b26",
    "#3f5a4f",
    "#7fbba3",
)  # its own ground, so that it suits light and dark themes
INWARD, OUTWARD = Phrase("in"), Phrase("out")  # the words on it
LETTERS = 32  # how large they are at most
MIXES = 4  # steps between ground and circle, for smooth edges; few colours keep the file light
_turn = threading.Lock()


async def picture(breath: Breath) -> discord.File:
    """As it is attached, with its alt text."""
    return discord.File(
        io.BytesIO(await asyncio.to_thread(drawn, breath)), NAME, description=alt_text(breath)
    )


def alt_text(breath: Breath) -> str:
    """What it shows, for who hears it."""
    return say(
        "A circle that grows for {inward} seconds, for breathing in, and shrinks for {outward} "
        "seconds, for breathing out, again and again. Nothing else moves.",
        inward=breath.inward,
        outward=breath.outward,
    )


def drawn(breath: Breath) -> bytes:
    """The GIF; it repeats for ever."""
    inward, outward = INWARD(), OUTWARD()
    with _turn:
        return _gif(breath, inward, outward)


def size_at(breath: Breath, seconds: float) -> float:
    """How large the circle is, 0 to 1, so long after a breath began; it eases into each turn."""
    if seconds < breath.inward:
        return (1 - math.cos(math.pi * seconds / breath.inward)) / 2
    return (1 + math.cos(math.pi * (seconds - breath.inward) / breath.outward)) / 2


@lru_cache(maxsize=16)
def _gif(breath: Breath, inward: str, outward: str) -> bytes:
    count = (breath.inward + breath.outward) * 1000 // FRAME_MS
    palette, frames = _palette(), []
    for number in range(count):
        at = number * FRAME_MS / 1000
        word = inward if at < breath.inward else outward
        frame = _frame(size_at(breath, at), word)
        frames.append(frame.quantize(palette=palette, dither=Image.Dither.NONE))
    out = io.BytesIO()
    more = {"append_images": frames[1:], "duration": FRAME_MS, "loop": 0, "disposal": 1}
    frames[0].save(out, "GIF", save_all=True, optimize=True, **more)
    return out.getvalue()


def _frame(size: float, word: str) -> Image.Image:
    side = SIDE * SMOOTH
    image = Image.new("RGB", (side, side), GROUND)
    pen = ImageDraw.Draw(image)
    pen.ellipse(_box(LARGE), outline=RING, width=2 * SMOOTH)
    pen.ellipse(_box(SMALL + (LARGE - SMALL) * size), fill=CIRCLE)
    image = image.reduce(SMOOTH)
    ImageDraw.Draw(image).text((SIDE / 2, SIDE / 2), word, fill=GROUND, font=_fitting(word), anchor="mm")
    return image


def _palette() -> Image.Image:
    """Its colours and what lies between two of them."""
    ground, circle = ImageColor.getrgb(GROUND), ImageColor.getrgb(CIRCLE)
    parts = [*ImageColor.getrgb(RING)]
    for step in range(MIXES + 1):
        parts += [round(a + (b - a) * step / MIXES) for a, b in zip(ground, circle, strict=True)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(parts)
    return palette


def _box(width: float) -> tuple[float, float, float, float]:
    middle, half = SIDE * SMOOTH / 2, SIDE * SMOOTH * width / 2
    return (middle - half, middle - half, middle + half, middle + half)


@lru_cache
def _fitting(word: str) -> ImageFont.FreeTypeFont:
    """As large as the word fits into the circle at its smallest."""
    font = _font(LETTERS)
    return _font(int(min(LETTERS, LETTERS * SIDE * SMALL / font.getlength(word))))


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    data = (files("font_source_sans_pro") / "files" / "SourceSansPro-Semibold.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size)
