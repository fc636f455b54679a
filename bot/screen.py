"""`python -m bot screen`: one text a line in, one JSON line out; needs no settings, no key, no database."""

import json
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from bot.content import load_phrasebooks
from bot.domain.listening import screen


def answer(lines: Iterable[bytes], out: TextIO) -> None:
    """One line for each, in order, as soon as it is read: tier, and alert from 0 (nothing) to 3 (urgent)."""
    books = load_phrasebooks()
    for line in lines:
        heard = screen(line.decode("utf-8", "replace"), books)
        out.write(json.dumps({"tier": heard.tier, "alert": heard.alert}) + "\n")
        out.flush()


def main() -> None:
    """Reads standard input to its end, or until nobody reads the answers any more."""
    try:
        answer(sys.stdin.buffer, sys.stdout)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # or the interpreter complains at its end
