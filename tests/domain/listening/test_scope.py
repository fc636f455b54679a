"""Whose it is, when it was, whether it is meant: the same words, and what the listener makes of them."""

import pytest

from bot.domain.listening import Heard, Tier, screen
from tests.pack import BOOKS

NONE, DISTRESS, SELF_HARM = Tier.NONE, Tier.DISTRESS, Tier.SELF_HARM
PASSIVE, ACTIVE = Tier.SUICIDE_PASSIVE, Tier.SUICIDE_ACTIVE
DANGER, HARM = Tier.DANGER_FROM_OTHER, Tier.HARM_TO_OTHER


def tier(text: str) -> Tier:
    return screen(text, BOOKS).tier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i want to kill myself", ACTIVE),
        ("i wish i was dead", PASSIVE),
        ("i cut my arm last night", SELF_HARM),
        ("he hit me", DANGER),
        ("i am going to stab him tonight", HARM),
        ("panic attack, i can't breathe", DISTRESS),
        ("soup, dog, bed", NONE),
        ("", NONE),
        ("   \n", NONE),
    ],
)
def test_plain_statements_have_their_tier(text: str, expected: Tier) -> None:
    assert tier(text) is expected


@pytest.mark.parametrize(
    ("meant", "not_meant"),
    [
        ("i want to die", "i do not want to die"),
        ("i want to kill myself", "i don't want to kill myself, i want a nap"),
        ("he hit me on sunday", "he has never hit me"),
        ("i am suicidal", "i am not suicidal, just tired"),
        ("i will kill him", "i won't kill him, prison food is terrible"),
        ("i hurt myself again", "i have no plans to hurt myself"),
    ],
)
def test_a_denial_takes_it_back(meant: str, not_meant: str) -> None:
    assert screen(meant, BOOKS).alert >= 2
    assert screen(not_meant, BOOKS).alert < 2


@pytest.mark.parametrize(
    "text",
    [
        "i told everyone im not suicidal. i am.",
        "i don't want to scare anyone but i'm going to end my life",
        "i can't stop thinking about killing myself",
        "not for attention. i want to die",
        "i didn't sleep and i want to kill myself",
    ],
)
def test_a_denial_of_something_else_takes_nothing_back(text: str) -> None:
    assert screen(text, BOOKS).alert >= 2


@pytest.mark.parametrize(
    ("over", "again"),
    [
        ("i used to cut at school", "used to cut at school and last night i cut again"),
        ("ten years ago i tried to end my life", "i tried to end my life last night"),
        ("my ex choked me in 2011", "my ex choked me in 2011 and last night my husband choked me"),
        ("i wanted to die back then, i am glad i'm here", "i wanted to die back then and it is back tonight"),
    ],
)
def test_what_is_over_stays_quiet_until_it_is_back(over: str, again: str) -> None:
    assert screen(over, BOOKS).alert < 2
    assert screen(again, BOOKS).alert >= 2


@pytest.mark.parametrize(
    "text",
    [
        "my uncle killed himself before i was born",
        "my niece used to self harm and is doing well",
        "the villain kills himself at the end",
        "the worksheet asks 'have you ever wanted to die' and i skipped it",
        "lyrics in my head: 'i wanna die in your arms tonight'",
    ],
)
def test_what_is_somebody_elses_or_a_storys_raises_no_alarm(text: str) -> None:
    assert screen(text, BOOKS).alert < 2


def test_a_childs_or_partners_danger_is_met_with_kind_words_and_no_alarm() -> None:
    assert tier("my daughter says she wants to die and i don't know what to do") is DISTRESS


def test_a_threat_that_is_passed_on_in_quotation_marks_counts() -> None:
    assert tier("'i will kill you if you tell anyone' he said and locked the door") is DANGER


@pytest.mark.parametrize(
    ("idiom", "exception"),
    [
        ("dying to see the photos", "i want to die"),
        ("my phone is dying", "my phone is dying and i want to die"),
        ("it hit me that i'm okay", "he hit me"),
        ("i cut my hair", "i cut my arm"),
        ("ending it with him tonight", "ending my life tonight"),
        ("i want to disappear under the duvet", "i want to disappear forever"),
        ("i could kill him lol", "people say 'i could kill him' and laugh. i'm not laughing. i will"),
        ("my mum will kill me if i'm late", "my ex will kill me if i leave"),
        ("ran 12 kms", "i want to kms"),
    ],
)
def test_an_idiom_is_none_and_its_exception_is(idiom: str, exception: str) -> None:
    assert screen(idiom, BOOKS).alert < 2
    assert screen(exception, BOOKS).alert >= 2


@pytest.mark.parametrize(
    "text",
    [
        "gonna k*ll myself",
        "i wanna k1ll mys3lf",
        "s u i c i d e tonight",
        "want to unalive myself",
        "sewerslide is the plan",
        "suicdal again and i mean it",
        "I WANT TO D I E",
        "i want to kíll mysеlf",  # an accent and a Cyrillic letter
        "i w\u200bant to die",
        "relapsed on sh last night",
    ],
)
def test_hidden_words_are_read(text: str) -> None:
    assert screen(text, BOOKS).alert >= 2


def test_two_weak_signs_count_where_one_does_not() -> None:
    one, other = "gave away my bike", "everything is arranged"
    assert screen(one, BOOKS).alert == screen(other, BOOKS).alert == 0
    assert screen(f"{one}. {other}", BOOKS).rule == "en.weak.given_away.1+en.weak.in_order.1"


@pytest.mark.parametrize(
    ("calm", "grave"),
    [
        ("Tonight I cooked soup and it was good.", "Tonight I cooked soup and then I cut my arm."),
        ("Tonight I am going to bed early.", "Tonight I am going to end it."),
        ("Tonight was easier than last night.", "Tonight I want to die."),
        ("The anniversary is tonight and I'm dreading it.", "It is our anniversary, I will kill myself."),
        ("I put my phone in the drawer tonight and slept.", "He took my phone tonight and locked me in."),
        ("I noticed that I was laughing again tonight.", "I noticed that I was cutting again tonight."),
        ("Tonight I noticed I could breathe.", "Tonight he held my throat and I couldn't breathe."),
        ("I took the long way home tonight and noticed that I was breathing again.", "I hope I die tonight."),
        ("I'm about to put the kids to bed.", "I'm about to stab him."),
        ("I won't be here tomorrow, I'm on holiday until Monday.", "I won't be here tomorrow."),
        ("My last night in this flat, pizza from the box.", "My last night on earth."),
        ("I don't want to go on that trip.", "I don't want to go on."),
        ("I stood on the bridge and watched the boats go by.", "I'll jump off the bridge tonight."),
        ("There is no point in going on about it with him.", "There is no point in going on."),
        ("Tonight I will end it with a cup of tea.", "Tonight I will end it."),
        ("He taught me to keep myself safe.", "I can't keep myself safe tonight."),
        ("I am done living with his lies.", "I am done living."),
    ],
)
def test_a_calm_evening_is_quiet_and_what_is_grave_that_evening_is_heard(calm: str, grave: str) -> None:
    assert screen(calm, BOOKS).alert == 0
    assert screen(grave, BOOKS).alert >= 2


def test_what_was_heard_holds_the_rule_and_never_the_words() -> None:
    heard = screen("i want to kill myself because of Marigold", BOOKS)
    assert heard.rule.startswith("en.")
    assert "marigold" not in repr(heard).lower()
    assert heard == Heard(ACTIVE, 3)


def test_all_of_a_long_note_is_looked_at() -> None:
    note = "we walked and talked about the garden. " * 100 + "i want to kill myself"
    assert 3900 < len(note) < 6000
    assert tier(note) is ACTIVE
