"""However a text is made, the listener's work grows with its length and no faster, and it never fails."""

import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.listening import screen
from bot.domain.listening.normalising import LONGEST, plain, tokens
from tests.pack import BOOKS

WORDS = [
    "i",
    "want",
    "to",
    "die",
    "not",
    "kill",
    "him",
    "he",
    "will",
    "hit",
    "me",
    "my",
    ",",
    "'",
    '"',
    "and",
    "if",
]
SHORT, LONG = 750, 1500  # characters
GROWTH = 3.0  # at twice the length


def steps(work: Callable[[], object]) -> int:
    """How many calls of Python functions the work takes; a clock would depend on the machine."""
    count = 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "i want to ",
        "i will not ",
        "he ",
        "k i l l ",
        "k*",
        "'",
        '"i ',
        "a-",
        "really so just ",
        "if he if i ",
        "aaaa",
        "!?",
        "k!1!",
    ],
)
def test_twice_the_length_takes_at_most_thrice_the_steps(unit: str) -> None:
    short, long = ((unit * size)[:size] for size in (SHORT, LONG))
    screen(short, BOOKS)
    assert steps(lambda: screen(long, BOOKS)) <= GROWTH * steps(lambda: screen(short, BOOKS)) + 500


def test_what_stands_past_the_longest_text_costs_nothing() -> None:
    assert len(plain("ab " * LONGEST)) <= LONGEST
    assert len(plain("\ufdfa" * LONGEST)) <= LONGEST  # one sign that stands for eighteen letters


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_row_of_its_own_words_is_screened(text: str) -> None:
    assert screen(text, BOOKS).alert in (0, 1, 2, 3)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_is_screened_and_comes_out_the_same_twice(text: str) -> None:
    assert screen(text, BOOKS) == screen(text, BOOKS)


def test_quotation_marks_are_taken_off_and_what_stood_in_them_is_known() -> None:
    assert [(each.text, each.quoted) for each in tokens("she's 'so done' now")] == [
        ("she's", False),
        ("so", True),
        ("done", True),
        (",", False),
        ("now", False),
    ]
