"""Reads the weights of a language's words: what each, with so many others, says for or against a tier."""

from dataclasses import replace

from bot.content._models_listener import Weights
from bot.domain.errors import ContentError
from bot.domain.listening import Phrasebook
from bot.domain.listening.weighing import TIERS, UNIT

COLUMN = " | "


def weighted(file: str, listed: Weights, book: Phrasebook) -> Phrasebook:
    """The book with its weights. Raises ContentError with the file, the line and the reason."""
    if listed.tiers != list(TIERS) or len(listed.base) != len(TIERS):
        raise ContentError(file, "tiers", f"they are not {', '.join(TIERS)}")
    weights, same = {}, dict[int, int]()  # the few thousand figures stand once each, not two hundred thousand
    for number, line in enumerate(listed.weights.splitlines(), 1):
        name, sign, figures = line.rpartition(COLUMN)
        try:
            row = tuple(same.setdefault(each, each) for each in map(int, figures.split()))
        except ValueError:
            raise ContentError(file, f"weights.{number}", "a weight is no whole number") from None
        if not sign or len(row) != len(TIERS):
            raise ContentError(file, f"weights.{number}", f"not {len(TIERS)} weights behind a |")
        weights[name] = row
    alone = listed.alone / UNIT
    return replace(book, weights=weights, base=tuple(listed.base), alone=alone)
