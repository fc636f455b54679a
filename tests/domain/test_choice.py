"""Which text is posted next."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import load
from bot.domain.choice import next_prompt
from bot.domain.ids import PromptId
from bot.domain.prompts import Prompt
from bot.domain.schedules import Kind

CONTENT = load()
FIRST = date(2026, 3, 4)  # a Wednesday
THEME = CONTENT.themes[0]
DAYS = st.integers(0, 600).map(lambda number: FIRST + timedelta(days=number))
POSTED = [
    one
    for one in CONTENT.check_ins
    if one.audience == "all" and one.intensity <= 2 and one.occasion != "hard_day"
]


def chosen(kind: Kind, day: date, used: Sequence[PromptId] = ()) -> Prompt | None:
    return next_prompt(kind, CONTENT, day=day, first_day=FIRST, used=used)


def posted(kind: Kind, days: Sequence[date]) -> list[Prompt]:
    """What is posted on these days, one after the other."""
    prompts: list[Prompt] = []
    for day in days:
        prompt = chosen(kind, day, [one.id for one in prompts])
        assert prompt is not None
        prompts.append(prompt)
    return prompts


def test_the_first_seven_days_take_the_first_themes_prompts_in_order() -> None:
    week = [FIRST + timedelta(days=number) for number in range(7)]
    assert posted(Kind.CHECK_IN, week) == list(THEME.daily)
    assert (
        chosen(Kind.CHECK_IN, FIRST + timedelta(days=7), [one.id for one in THEME.daily]) in CONTENT.check_ins
    )


def test_a_second_post_of_a_day_says_something_else() -> None:
    first, second = posted(Kind.CHECK_IN, [FIRST, FIRST])
    assert first == THEME.daily[0]
    assert second == POSTED[0]


def test_the_theme_opens_closes_and_challenges_in_its_week_alone() -> None:
    later = FIRST + timedelta(days=7)
    assert chosen(Kind.THEME, FIRST) == THEME.opening
    assert chosen(Kind.REFLECTION, FIRST + timedelta(days=6)) == THEME.closing
    assert chosen(Kind.BOUNDARY, FIRST) == CONTENT.prompts[THEME.challenge]
    assert chosen(Kind.THEME, later) is None
    assert chosen(Kind.REFLECTION, later) is None
    assert chosen(Kind.THEME, FIRST - timedelta(days=1)) is None
    assert chosen(Kind.THEME, FIRST, [THEME.opening.id]) is None


def test_no_check_in_comes_twice_until_all_were_used_and_then_the_longest_unseen() -> None:
    saturday = date(2026, 3, 14)
    days = [saturday] * (2 * len(POSTED))
    prompts = posted(Kind.CHECK_IN, days)
    assert prompts[: len(POSTED)] == POSTED
    assert prompts[len(POSTED) :] == POSTED


def test_challenges_stay_on_the_first_rung_and_do_not_repeat_until_all_were_used() -> None:
    rung = [one for one in CONTENT.challenges if one.intensity == 1 and one.audience == "all"]
    prompts = posted(Kind.BOUNDARY, [FIRST + timedelta(days=8)] * len(rung))
    assert prompts == rung


@given(DAYS, st.lists(st.sampled_from(sorted(CONTENT.prompts)), max_size=200))
@settings(max_examples=150, deadline=None)
def test_whatever_was_used_the_text_suits_the_day_and_everyone(day: date, used: list[PromptId]) -> None:
    prompt = chosen(Kind.CHECK_IN, day, used)
    assert prompt is not None
    assert prompt.kind is Kind.CHECK_IN
    assert (prompt.audience, prompt.intensity <= 2, prompt.occasion == "hard_day") == ("all", True, False)
    assert prompt.occasion != "weekend" or day.isoweekday() in (6, 7)
    fresh = [one for one in POSTED if one.id not in used and (one.occasion == "any" or day.isoweekday() > 5)]
    if fresh:
        assert prompt.id not in used


@given(st.lists(DAYS, min_size=1, max_size=90, unique=True).map(sorted))
@settings(max_examples=25, deadline=None)
def test_on_any_days_a_text_returns_only_after_all_that_suited_the_day(days: list[date]) -> None:
    prompts = posted(Kind.CHECK_IN, days)
    for number, (day, prompt) in enumerate(zip(days, prompts, strict=True)):
        earlier = prompts[:number]
        if prompt in earlier:
            suited = [one for one in POSTED if one.occasion == "any" or day.isoweekday() > 5]
            assert {one.id for one in suited} <= {one.id for one in earlier}
