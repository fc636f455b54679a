"""The guard's phrases and rules: what they meet, what they leave alone, and what is mended of what stands."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.channel_errors import CannotGuard
from bot.domain.guard import (
    MOST_EXEMPT,
    MOST_RULES,
    Found,
    Ground,
    Policy,
    Rule,
    check_room,
    compared,
    desired,
    keywords,
    same,
    tier_of,
)
from bot.domain.listening.tiers import Tier
from sandbox.automod import _matched
from tests.pack import CONTENT

WORDS = CONTENT.guard
HOLD, TELL = Policy.HOLD, Policy.TELL


def met(text: str) -> tuple[str, Tier] | None:
    """The rule that a text meets, as the sandbox's AutoMod matches, and the tier of it."""
    for rule in desired(WORDS, [("1", HOLD)], {"1"}, None):
        trigger = {
            "keyword_filter": rule.keywords,
            "regex_patterns": rule.patterns,
            "allow_list": rule.allowed,
        }
        if found := _matched({"trigger_metadata": trigger}, text):
            return rule.label, tier_of(WORDS, rule.label, found[0])
    return None


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("I just want to die.", Tier.SUICIDE_ACTIVE),
        ("im going to kill myself tonight", Tier.SUICIDE_ACTIVE),
        ("I’m thinking about suicide again, sorry", Tier.SUICIDE_ACTIVE),
        ("everyone would be better off without me", Tier.SUICIDE_PASSIVE),
        ("dont know why but i dont want to live anymore", Tier.SUICIDE_PASSIVE),
        ("I cut myself again last night", Tier.SELF_HARM),
        ("I'm gonna hurt myself", Tier.SELF_HARM),
        ("My husband hits me when he drinks", Tier.DANGER_FROM_OTHER),
        ("he choked me again", Tier.DANGER_FROM_OTHER),
        ("I'm scared he'll kill me", Tier.DANGER_FROM_OTHER),
        ("I'm going to kill him", Tier.HARM_TO_OTHER),
        ("ya no quiero vivir más", Tier.SUICIDE_PASSIVE),
        ("quiero suicidarme", Tier.SUICIDE_ACTIVE),
        ("Tengo miedo de volver a casa", Tier.DANGER_FROM_OTHER),
        ("j'ai envie de mourir", Tier.SUICIDE_ACTIVE),
        ("je suis fatiguee de vivre", Tier.SUICIDE_PASSIVE),  # without its accent
        ("ich will nicht mehr leben", Tier.SUICIDE_PASSIVE),
        ("Er schlägt mich.", Tier.DANGER_FROM_OTHER),
        ("quero me matar", Tier.SUICIDE_ACTIVE),
        ("nao quero mais viver", Tier.SUICIDE_PASSIVE),
    ],
)
def test_plain_words_of_now_are_met_with_their_tier(text: str, tier: Tier) -> None:
    found = met(text)
    assert found is not None
    assert found[1] is tier


@pytest.mark.parametrize(
    "text",
    [
        "I want to diet again",
        "I could die of embarrassment; I want to die laughing",
        "The suspense is killing me",
        "We're just killing time",
        "He said he wanted to kill himself, years ago",
        "I used to want to die. I don't any more.",
        "I'm glad I don't want to die these days",
        "my ex choked me back in 2011. took years to say it out loud",
        "He hit me up for money",
        "My wife hits me up at lunch",
        "She beats me at chess every time",
        "he's better off without me and so am I",
        "I see no reason to live together any longer",
        "I'm tired of living in fear of the next lie",
        "ya no quiero vivir con él",
        "je ne veux plus vivre avec lui",
        "ich will so nicht mehr weitermachen mit ihm",
        "não quero mais viver com ele",
        "quiero morirme de risa",
        "I cut myself some slack today",
        "The talk on suicide prevention helped",
        "he broke my heart and my trust",
        "I'm so angry I could scream",
        "I will kill her plants with too much water, as ever",
        "dead tired, good night",
        "Mon mari me trompe depuis des années",
        "Sie hat mich angelogen",
    ],
)
def test_idioms_times_gone_by_and_other_people_s_words_are_left_alone(text: str) -> None:
    found = met(text)
    if text.startswith("I will kill her"):
        assert found == (
            "pause",
            Tier.HARM_TO_OTHER,
        )  # it goes by words, and says so
    else:
        assert found is None


def test_a_long_last_word_takes_any_ending_and_a_short_one_none() -> None:
    assert keywords(["i want to die", "thinking about suicide"]) == (
        "i want to die",
        "thinking about suicide*",
    )
    assert keywords(["i'm tired of living"]) == (
        "i'm tired of living*",
        "i’m tired of living*",
        "im tired of living*",
    )


@given(st.sampled_from(WORDS.groups), st.data())
def test_every_phrase_is_known_again_by_its_tier(group: object, data: st.DataObject) -> None:
    group = data.draw(st.sampled_from(WORDS.groups))
    tier = data.draw(st.sampled_from(list(group.phrases)))
    word = data.draw(st.sampled_from(keywords(group.phrases[tier])))
    assert tier_of(WORDS, group.label, word.upper()) is tier
    assert tier_of(WORDS, "told", word) is tier


def test_a_phrase_that_is_not_told_counts_for_the_gravest_of_its_rule() -> None:
    assert tier_of(WORDS, "care", None) is Tier.SUICIDE_ACTIVE
    assert tier_of(WORDS, "safety", "no longer ours") is Tier.DANGER_FROM_OTHER
    assert tier_of(WORDS, "told", None) is Tier.SUICIDE_ACTIVE


def test_rules_act_in_the_circles_channels_alone() -> None:
    channels = {str(n) for n in range(20)}
    rules = desired(WORDS, [("3", HOLD), ("4", HOLD), ("5", TELL)], channels, "9")
    held, told = rules[:3], rules[3]
    assert [rule.label for rule in rules] == ["care", "safety", "pause", "told"]
    assert all(rule.exempt == channels - {"3", "4"} and rule.copies is None and rule.shown for rule in held)
    assert (told.exempt, told.copies, told.shown) == (channels - {"5"}, "9", "")
    assert desired(WORDS, [], channels, None) == ()


def test_too_many_channels_and_a_missing_place_for_copies_are_refused() -> None:
    most = {str(n) for n in range(MOST_EXEMPT + 1)}
    assert len(desired(WORDS, [("0", HOLD)], most, None)[0].exempt) == MOST_EXEMPT
    for guarded, channels, why in (([("0", HOLD)], most | {"x"}, "too-many-channels"),
                                   ([("0", TELL)], most, "no-copies")):  # fmt: skip
        with pytest.raises(CannotGuard) as refused:
            desired(WORDS, guarded, channels, None)
        assert refused.value.why == why


def rule(label: str, *phrases: str, exempt: str = "") -> Rule:
    return Rule(label=label, keywords=phrases, patterns=(), allowed=(), exempt=frozenset(exempt))


def found(id_: str, made: Rule, *, enabled: bool = True) -> Found:
    return Found(id=id_, rule=made, enabled=enabled)


A, B = rule("a", "x", "y"), rule("b", "z")


def test_what_stands_as_meant_is_left_alone_in_whatever_order_it_comes() -> None:
    ground = Ground(manages=True, ours=(found("2", B), found("1", replace(A, keywords=("Y", "x")))))
    assert compared([A, B], ground, {"a": "1", "b": "2"}) == compared([A, B], ground, {})
    assert compared([A, B], ground, {}).make == ()
    assert compared([A, B], ground, {}).change == ()


def test_a_changed_rule_is_mended_a_lost_one_is_found_by_its_name_and_a_second_one_goes() -> None:
    ground = Ground(manages=True, ours=(found("1", rule("a", "other")), found("5", B), found("6", B)))
    changes = compared([A, B], ground, {"b": "5"})
    assert (changes.change, changes.remove, changes.make, changes.off) == ((("1", A),), ("6",), (), False)
    assert compared([A, B], ground, {"b": "6"}).remove == ("5",)  # what is known stays


def test_other_words_for_the_author_or_another_place_for_notes_are_mended() -> None:
    for other in (replace(A, shown="Hush"), replace(A, copies="9")):
        ground = Ground(manages=True, ours=(found("1", other),))
        assert compared([A], ground, {"a": "1"}).change == (("1", A),)


def test_rules_are_made_up_to_the_platform_s_limit() -> None:
    check_room([A, B], Ground(manages=True, others=MOST_RULES - 2))
    with pytest.raises(CannotGuard) as refused:
        check_room([A, B], Ground(manages=True, others=MOST_RULES - 1))
    assert (refused.value.why, refused.value.what) == ("no-room", ("5", "2"))


def test_what_a_person_deleted_or_switched_off_was_meant_so() -> None:
    gone = Ground(manages=True, ours=(found("2", B),))
    asleep = Ground(manages=True, ours=(found("1", A, enabled=False), found("2", B)))
    for ground in (gone, asleep):
        changes = compared([A, B], ground, {"a": "1", "b": "2"})
        assert changes.off
        assert changes.make == ()
        assert set(changes.remove) == {each.id for each in ground.ours}
        anew = compared([A, B], ground, {"a": "1", "b": "2"}, anew=True)
        assert not anew.off
        assert len(anew.make) + len(anew.change) == 1


@given(
    st.sets(st.sampled_from("abc")),
    st.dictionaries(st.sampled_from("abcd"), st.booleans()),
    st.sets(st.sampled_from("abc")),
)
def test_after_the_changes_all_stands_as_it_was_meant_or_nothing_of_ours(
    wanted: set[str], standing: dict[str, bool], known: set[str]
) -> None:
    rules = [rule(label, "w") for label in sorted(wanted)]
    ours = {
        f"id-{label}": found(f"id-{label}", rule(label, "w"), enabled=on) for label, on in standing.items()
    }
    ground = Ground(manages=True, ours=tuple(ours.values()))
    changes = compared(rules, ground, {label: f"id-{label}" for label in known})
    after = {id_: each.rule for id_, each in ours.items() if id_ not in changes.remove}
    after |= dict(changes.change) | {f"new-{each.label}": each for each in changes.make}
    if changes.off:
        assert after == {}
    else:
        assert sorted(each.label for each in after.values()) == sorted(wanted)
        assert all(same(each, rule(each.label, "w")) for each in after.values())
