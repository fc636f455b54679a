"""Weighs the words of one language by its labelled texts: `python -m tests.domain.listening.weigh`.

Multinomial logistic regression by AdaGrad over sparse features, a minute in plain Python. Texts that are held
out are never seen. bot.content reads the result.
"""

import math
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import bot.content
from bot.content import load_phrasebooks
from bot.domain.listening import Phrasebook, Tier
from bot.domain.listening.normalising import plain, tokens
from bot.domain.listening.screening import read_by
from bot.domain.listening.weighing import TIERS, UNIT, features
from tests.domain.listening.labelled import Labelled, labelled

LEAST = 2  # texts in which a feature must stand
ROUNDS = 15
STEP = 0.15
SHRINK = 4e-3
WITHOUT_PHRASES = 0.6  # of the texts are learnt without what the phrases say, as these were written for them
TOO_LIGHT = 25  # hundredths; a feature whose weights are all lighter is left out
SEED = 1
ALONE = 50  # hundredths: how likely an alarm must be to be heard by weight alone
EVERY_DAY = ("calm", "everyday")  # kinds of texts that sound like nothing grave
PLAIN = len(TIERS) - 1  # their column
SHARE = 1 / 3  # of the texts in a round are such: one text in eight is, and most of what a group says


def seen(text: str, book: Phrasebook) -> set[str]:
    """The features of one text."""
    readings, judged = read_by(tokens(plain(text)), book)
    return features(readings, ((each.match, each.how) for each in judged))


def learnt(texts: list[Labelled], book: Phrasebook) -> tuple[dict[str, list[float]], list[float]]:
    """The weights of each feature, and those that every text starts from."""
    chance = random.Random(SEED)  # the same weights each time
    all_seen = [seen(one.text, book) for one in texts]
    counted = Counter(each for found in all_seen for each in found)
    kept = [[each for each in sorted(found) if counted[each] >= LEAST] for found in all_seen]
    weights: dict[str, list[float]] = {each: [0.0] * len(TIERS) for found in kept for each in found}
    squares = {each: [0.01] * len(TIERS) for each in weights}
    base, base_squares = [0.0] * len(TIERS), [0.01] * len(TIERS)
    columns = [_column(one) for one in texts]
    daily = columns.count(PLAIN)
    often = max(1, round(SHARE / (1 - SHARE) * (len(columns) - daily) / max(1, daily)))
    order = [at for at, each in enumerate(columns) for _ in range(often if each == PLAIN else 1)]
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for at in order:
            found = kept[at]
            if chance.random() < WITHOUT_PHRASES:
                found = [each for each in found if not each.startswith("<")]
            share = 1 / math.sqrt(len(found) or 1)
            errors = _errors(found, weights, base, share, columns[at])
            _step(base, base_squares, errors)
            for each in found:
                row = weights[each]
                _step(row, squares[each], [e * share + SHRINK * w for e, w in zip(errors, row, strict=True)])
    return weights, base


def _column(one: Labelled) -> int:
    return PLAIN if one.tier is Tier.NONE and one.kind in EVERY_DAY else TIERS.index(one.tier)


def _errors(
    found: Iterable[str], weights: dict[str, list[float]], base: list[float], share: float, right: int
) -> list[float]:
    sums = [
        start + share * sum(each) for start, *each in zip(base, *(weights[f] for f in found), strict=True)
    ]
    most = max(sums)
    powers = [math.exp(each - most) for each in sums]
    whole = sum(powers)
    return [power / whole - (at == right) for at, power in enumerate(powers)]


def _step(row: list[float], squares: list[float], slope: list[float]) -> None:
    for at, each in enumerate(slope):
        squares[at] += each * each
        row[at] -= STEP * each / math.sqrt(squares[at])


def written(language: str, weights: dict[str, list[float]], base: list[float]) -> str:
    """The content file."""
    rows = {name: [round(UNIT * each) for each in row] for name, row in sorted(weights.items())}
    lines = [
        f"  {name} | {' '.join(map(str, row))}"
        for name, row in rows.items()
        if max(map(abs, row)) >= TOO_LIGHT and "|" not in name
    ]
    head = [
        "# Made by `python -m tests.domain.listening.weigh` from the labelled texts; not written by hand.",
        "# What each word, pair of words, {concept} and <match> says for or against a tier, in hundredths.",
        "# The last none is the talk of every day.",
        "schema_version: 1",
        "kind: listener_weights",
        f"language: {language}",
        f"alone: {ALONE}",
        f"tiers: [{', '.join(TIERS)}]",
        f"base: [{', '.join(str(round(UNIT * each)) for each in base)}]",
        "weights: |",
    ]
    return "\n".join([*head, *lines]) + "\n"


if __name__ == "__main__":
    language = sys.argv[1] if len(sys.argv) > 1 else "en"
    file = Path(bot.content.__file__).parent / "listener" / f"{language}_weights.yaml"
    book = next(each for each in load_phrasebooks() if each.language == language)
    file.write_text(written(language, *learnt(labelled(language, held_out=False), book)), encoding="utf-8")
