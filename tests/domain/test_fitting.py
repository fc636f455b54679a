"""What a commitment can be about: refusals with their hard neighbours, and our examples."""

import pytest

from bot.domain.commitments import Words
from bot.domain.errors import Empty, TooLong
from bot.domain.fitting import MAX_TEXT, checked, lacking, no_counter
from bot.domain.practice_errors import UnfitCommitment, VagueCommitment
from tests.pack import CONTENT

UNFIT = {
    "cm-not-01": [
        "I will check his phone every evening",
        "I will make him tell me where he was",
        "I will read her messages on Sundays",
        "My husband will call me at noon",
        "I will keep my wife from going out",
    ],
    "cm-not-02": [
        "I will not drink alcohol this week",
        "I will stay sober until Friday",
        "I will quit smoking",
        "I will stop gambling on weekdays",
        "No wine after work",
    ],
    "cm-not-03": [
        "I will lose some weight by June",
        "I will count calories at each meal",
        "I will skip lunch twice a week",
        "I will not eat after six",
    ],
    "cm-not-04": [
        "I will not hurt myself today",
        "I will stop cutting my arms",
        "I will not think of suicide",
    ],
    "cm-not-05": ["I will have sex with him once a week", "I will be intimate on Saturdays"],
    "cm-not-06": [
        "I will tell my brother who threatens me to stop",
        "I will call her although I'm afraid of her",
        "I will answer the man who hits me",
    ],
    "cm-not-07": [
        "I will forgive him by Christmas",
        "I will leave my husband before summer",
        "I will confront her on Sunday",
        "I will decide whether to stay",
    ],
    "cm-not-08": [
        "I will take my pills at eight",
        "I will stop my antidepressants",
        "I will skip my medication",
    ],
}
FITS = [
    "I will drink a glass of water at noon",
    "I will not drink coffee after four",
    "I will leave the office at five",
    "I will leave my phone in the hall at nine",
    "I will check my own calendar each evening",
    "I will read one page before bed",
    "I will make my bed in the morning",
    "I will make him a cup of tea on Sundays",
    "I will let my partner know when I am late",
    "I will eat breakfast at the table",
    "I will walk round the block after lunch",
    "I will follow the recipe I chose on Friday",
    "I will watch the sun go down once a week",
    "I will stop at the second no and step outside",
    "I will be home at six on weekdays",
    "I will say one thing that I like about my day",
]
VAGUE = {
    "act": ["I will be better", "I will try to be more open", "Feel calmer", "I will work on myself"],
    "few": ["Water", "I will write"],
    "large": [
        "I will always answer at once",
        "I will write for three hours",
        "I will tell him everything I do",
    ],
}


@pytest.mark.parametrize(("sort", "text"), [(sort, text) for sort, all_ in UNFIT.items() for text in all_])
def test_what_no_counter_is_for_is_named(sort: str, text: str) -> None:
    assert no_counter(text) == sort
    with pytest.raises(UnfitCommitment):
        checked(Words(text=text), insist=True)


@pytest.mark.parametrize("text", [*FITS, *(one.text for one in CONTENT.commitments)])
def test_ordinary_acts_and_all_our_examples_fit(text: str) -> None:
    assert no_counter(text) is None
    assert lacking(text) is None
    assert checked(Words(text=f" {text} ")).text == text


@pytest.mark.parametrize(("sort", "text"), [(sort, text) for sort, all_ in VAGUE.items() for text in all_])
def test_what_nobody_could_see_is_asked_back_once_and_kept_if_the_member_insists(
    sort: str, text: str
) -> None:
    with pytest.raises(VagueCommitment) as raised:
        checked(Words(text=text))
    assert raised.value.sort == sort
    assert checked(Words(text=text), insist=True).text == text


def test_nothing_and_too_much_are_refused_whole() -> None:
    with pytest.raises(Empty):
        checked(Words(text="  "))
    with pytest.raises(TooLong) as raised:
        checked(Words(text="I will " + "x" * MAX_TEXT))
    assert raised.value.text.endswith("xxx")
