"""The rules of the pack that need no clinician to be held: sources, plain words, short buttons, sign-off."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.content._checks import TEXT_FIELDS, items
from tests.content.test_content import SHIPPED

RAW: dict[str, dict[str, Any]] = {
    path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.yaml"))
}
GROUPS = {
    "themes.yaml": "themes",
    "check_ins.yaml": "prompts",
    "boundaries.yaml": "challenges",
    "grounding.yaml": "exercises",
    "commitments.yaml": "examples",
    "private_help.yaml": "texts",
}
HARDEST = 8  # reading grade of a whole file (Flesch-Kincaid)
HARDEST_TEXT, WORDS_TO_JUDGE = 10, 25  # a single longer text may stand a little above
FOR_BUILDERS = "sf-rule-"  # how the software behaves; no member reads these
SIGNED = "d5feb8a6d6ad8b10"  # digest of what changes only with a clinician's sign-off


def texts(file: str) -> Iterator[tuple[str, str]]:
    """(id, text) of what members read."""
    for name, id_, node in items(RAW):
        if name == file:
            for field in TEXT_FIELDS:
                if isinstance(node.get(field), str):
                    yield id_, node[field]


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    """The school year that reads it with ease (Kincaid et al. 1975), its syllables estimated by vowels."""
    plain = re.sub(r"\{[a-z_0-9]+\}|___", "it", text)
    words = re.findall(r"[a-z]+(?:'[a-z]+)?", plain.lower())
    sentences = [part for part in re.split(r"[.!?\n]+", plain) if re.search(r"[A-Za-z]", part)]
    syllables = sum(_syllables(word.replace("'", "")) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _needs_sign_off() -> dict[str, Any]:
    """safety.yaml whole, the cautions of each exercise and the safety question."""
    return {
        "safety": {key: value for key, value in RAW["safety.yaml"].items() if key != "review"},
        "cautions": {one["id"]: one["cautions"] for one in RAW["grounding.yaml"]["exercises"]},
        "question": RAW["boundaries.yaml"]["safety_question"],
    }


@pytest.mark.parametrize(("file", "group"), GROUPS.items())
def test_every_item_names_its_seeds_and_its_sources(file: str, group: str) -> None:
    bare = [one["id"] for one in RAW[file][group] if not (one.get("seed") and one.get("sources"))]
    assert bare == []


@pytest.mark.parametrize("file", [*GROUPS, "safety.yaml"])
def test_the_words_are_plain(file: str) -> None:
    said = list(texts(file))
    assert grade("\n".join(text for _, text in said)) <= HARDEST
    longer = [(id_, text) for id_, text in said if len(text.split()) >= WORDS_TO_JUDGE]
    hard = {id_ for id_, text in longer if grade(text) > HARDEST_TEXT}
    assert {id_ for id_ in hard if not id_.startswith(FOR_BUILDERS)} == set()


def test_the_reading_grade_tells_plain_words_from_hard_ones() -> None:
    assert grade("You can pass. The cat sat on the mat.") < 2
    assert grade("Interpersonal accountability necessitates collaborative renegotiation.") > 15


def test_texts_that_need_a_clinician_are_those_that_were_given() -> None:
    written = json.dumps(_needs_sign_off(), sort_keys=True, ensure_ascii=False, default=str)
    assert hashlib.sha256(written.encode()).hexdigest()[:16] == SIGNED, (
        "a text of safety.yaml, a caution or the safety question was changed: "
        "name in the commit which clinician signed it off, and set SIGNED anew"
    )


def test_nothing_claims_a_review_that_nobody_made() -> None:
    statuses = {file: data["review"]["status"] for file, data in RAW.items() if "review" in data}
    assert set(statuses) >= set(GROUPS) | {"safety.yaml"}
    assert set(statuses.values()) == {"draft"}
