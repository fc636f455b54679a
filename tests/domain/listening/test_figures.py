"""The listener's figures on the labelled texts do not fall below what docs/listener.md says of them."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.domain.listening import Heard, Tier, screen
from tests.domain.listening.labelled import ALARMS, Figures, Labelled, figures, labelled
from tests.pack import BOOKS

HELD_OUT = labelled(held_out=True)
READ = labelled(held_out=False)
FEW = 4  # every so many of the texts that were read, for the sake of time
LANGUAGES = ("en", "es", "fr", "de", "pt")
HARD = ("idiom", "negation", "past", "quote", "third_person", "heavy_but_safe")


@pytest.fixture(scope="module")
def hear() -> Callable[[str], Heard]:
    return partial(screen, books=BOOKS)


@pytest.fixture(scope="module")
def held_out(hear: Callable[[str], Heard]) -> dict[str, Heard]:
    return {one.text: hear(one.text) for one in HELD_OUT}


def of(heard: dict[str, Heard], *languages: str) -> Figures:
    """Without the calm ones, which would hide false alarms on texts that sound grave."""
    texts = [one for one in HELD_OUT if one.language in languages and one.kind != "calm"]
    return figures(texts, heard.__getitem__)


def test_there_are_a_thousand_texts_and_hard_negatives_of_every_kind() -> None:
    texts = [*HELD_OUT, *READ]
    assert len(texts) > 1000
    assert {one.language for one in texts} == set(LANGUAGES)
    kinds = {one.kind for one in texts if one.tier is Tier.NONE}
    assert {*HARD, "mixed", "everyday", "calm"} <= kinds
    assert {one.tier for one in texts if one.explicit} >= ALARMS


def test_no_text_that_is_held_out_stands_among_those_that_were_read() -> None:
    assert not {one.text for one in HELD_OUT} & {one.text for one in READ}


def test_english_texts_that_are_held_out_are_heard(held_out: dict[str, Heard]) -> None:
    found = of(held_out, "en")
    assert found.explicit >= 0.92
    assert found.positive >= 0.85
    assert found.false_alarms <= 0.07
    assert found.distress_alarms <= 0.10
    assert found.right_tier >= 0.90


def test_texts_of_the_other_languages_that_are_held_out_are_heard(held_out: dict[str, Heard]) -> None:
    found = of(held_out, "es", "fr", "de", "pt")
    assert found.explicit >= 0.85
    assert found.false_alarms <= 0.08
    assert found.right_tier >= 0.90


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_heard(held_out: dict[str, Heard], language: str) -> None:
    assert of(held_out, language).explicit >= 0.70


@pytest.mark.parametrize("kind", ["direct", "mixed", "algospeak"])
def test_each_kind_of_plain_statement_is_heard(held_out: dict[str, Heard], kind: str) -> None:
    texts = [one for one in HELD_OUT if one.kind == kind and one.language == "en"]
    assert figures(texts, held_out.__getitem__).explicit >= 0.80


def test_what_such_a_group_says_every_day_stays_quiet_and_danger_in_a_few_plain_words_is_heard(
    held_out: dict[str, Heard],
) -> None:
    texts = [one for one in HELD_OUT if one.kind == "everyday"]
    found = figures(texts, held_out.__getitem__)
    assert found.explicit >= 0.90
    assert found.false_alarms <= 0.05
    assert found.distress_alarms <= 0.05


@pytest.mark.parametrize("languages", [("en",), ("es", "fr", "de", "pt")])
def test_a_calm_evening_raises_no_alarm(held_out: dict[str, Heard], languages: tuple[str, ...]) -> None:
    texts = [one for one in HELD_OUT if one.kind == "calm" and one.language in languages]
    assert len(texts) == 120
    assert figures(texts, held_out.__getitem__).false_alarms <= 0.04  # it is 2 of 120


@pytest.mark.parametrize("kind", HARD)
def test_each_kind_of_hard_negative_stays_quiet(held_out: dict[str, Heard], kind: str) -> None:
    texts = [one for one in HELD_OUT if one.kind == kind and one.tier is Tier.NONE]
    assert figures(texts, held_out.__getitem__).false_alarms <= 0.17  # one of six quotes


def test_texts_that_were_read_are_heard(hear: Callable[[str], Heard]) -> None:
    found = figures(READ[::FEW], hear)
    assert found.explicit >= 0.92
    assert found.positive >= 0.77
    assert found.false_alarms <= 0.05
    assert found.right_tier >= 0.93


def test_figures_count_as_they_are_told() -> None:
    def one(tier: Tier, *, explicit: bool = False, accepted: frozenset[Tier] = frozenset()) -> Labelled:
        return Labelled(tier, "en", tier, explicit, "direct", accepted)

    texts = [
        one(Tier.SUICIDE_ACTIVE, explicit=True),
        one(Tier.SELF_HARM),
        one(Tier.NONE),
        one(Tier.DISTRESS, accepted=frozenset({Tier.SUICIDE_ACTIVE})),
    ]
    all_active = figures(texts, lambda _: Heard(Tier.SUICIDE_ACTIVE, 3))
    assert all_active == Figures(1.0, 1.0, 1.0, 0.0, 0.5)
    assert figures(texts, lambda _: Heard(Tier.NONE, 0)).positive == 0
