"""Shared text is words and no more: it calls nobody, hides nothing, and leads nowhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.harmless import harmless

TRICKS = [
    "@everyone look", "@here", "<@123456789012345678>", "<@&77>", "<#10>", "</review:5>", "<t:0:R>",
    "<id:home>",
    "[your bank](https://evil.example)", "[a](<https://evil.example>)", "https://evil.example/login",
    "<https://evil.example>", "discord://-/settings", "||hidden||", "```code```", "> quoted", "# Loud",
    "-# small", "1. list", "- list", "__under__ **bold** *it* ~~gone~~", "\u202egnp.exe", "a\u200bb",
    "<:party:123456789012345678>",
]  # fmt: skip
EFFECTS = re.compile(
    r"(?<!\\)(\*|_|~~|\|\||`|<[@#/:ta]|\]\()|@everyone|@here|://|[\u202a-\u202e\u2066-\u2069\u200b]"
    r"|^(> |#{1,3} |-# |[-*] |\d+\. )",
    re.MULTILINE,
)


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_has_no_effect_and_its_words_stay(trick: str) -> None:
    shown = harmless(trick)
    assert not EFFECTS.search(shown), shown
    read = shown.replace("\\", "").replace("\u2060", "")
    assert read == re.sub("[\u202e\u200b]", "", trick)


@given(st.lists(st.sampled_from(TRICKS + list("\\*_~|`<>[]()@#-. \n1a")), max_size=8).map("".join))
def test_no_mixture_of_tricks_has_an_effect(text: str) -> None:
    bare = harmless(text).replace("\\\\", "x")  # an escaped backslash is a letter like others
    assert not EFFECTS.search(bare), bare


@given(st.text())
def test_plain_words_of_any_script_stay_as_they_are(text: str) -> None:
    words = "".join(letter for letter in text if letter.isalpha())
    assert harmless(words) == words
