"""Which text is posted next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.choice import Day, Used, next_prompt
from bot.domain.ids import PromptId, ThemeId
from bot.domain.library import HARD_DAY, Library
from bot.domain.plans import Week
from bot.domain.prompts import Prompt, Readers, ThemeRef
from bot.domain.schedules import Kind
from bot.domain.themes import made, words_of
from tests.pack import CONTENT

LIBRARY = Library(CONTENT)
FIRST = date(2026, 3, 4)  # a Wednesday
THEME = CONTENT.themes[0]
WEEK = Week(FIRST, THEME.ref)
SIDES = [each for each in Readers if each is not Readers.ALL]
DAYS = st.integers(0, 600).map(lambda number: FIRST + timedelta(days=number))
POSTED = [
    one
    for one in CONTENT.check_ins
    if one.audience is Readers.ALL and one.intensity <= 2 and one.occasion != HARD_DAY
]


def day_of(
    day: date, *, week: Week | None = None, chosen: Prompt | None = None, festive: bool = False
) -> Day:
    theme = LIBRARY.theme(week.theme) if week else None
    return Day(date=day, week=week, theme=theme, chosen=chosen, festive=festive)


def posted(kind: Kind, days: Sequence[Day], library: Library = LIBRARY) -> list[Prompt]:
    """What is posted on these days, one after the other."""
    prompts: list[Prompt] = []
    used: list[Used] = []
    for day in days:
        prompt = next_prompt(kind, library, day, used)
        assert prompt is not None
        prompts.append(prompt)
        used.append(Used(prompt.id, day.date))
    return prompts


def test_a_themes_week_takes_its_seven_questions_in_order() -> None:
    week = [day_of(FIRST + timedelta(days=number), week=WEEK) for number in range(7)]
    assert posted(Kind.CHECK_IN, week) == list(THEME.daily)


def test_a_second_post_of_a_day_says_something_else() -> None:
    first, second = posted(Kind.CHECK_IN, [day_of(FIRST, week=WEEK)] * 2)
    assert first == THEME.daily[0]
    assert second == POSTED[0]


def test_a_theme_opens_practises_closes_and_challenges_once_in_its_week() -> None:
    monday, thursday, sunday = (day_of(FIRST + timedelta(days=n), week=WEEK) for n in (0, 3, 6))
    assert posted(Kind.THEME, [monday, thursday]) == [THEME.opening, THEME.practice]
    said = [Used(one.id, FIRST) for one in (THEME.opening, THEME.practice)]
    assert next_prompt(Kind.THEME, LIBRARY, sunday, said) is None
    assert posted(Kind.REFLECTION, [sunday]) == [THEME.closing]
    challenge = CONTENT.prompts[THEME.challenge]
    first, second = posted(Kind.BOUNDARY, [thursday, sunday])
    assert first == challenge
    assert second not in (None, challenge)


def test_a_week_that_is_repeated_says_all_of_it_again() -> None:
    again = Week(FIRST + timedelta(days=7), THEME.ref)
    used = [Used(one.id, FIRST) for one in THEME.prompts]
    for kind, prompt in ((Kind.THEME, THEME.opening), (Kind.CHECK_IN, THEME.daily[0])):
        assert next_prompt(kind, LIBRARY, day_of(again.start, week=again), used) == prompt


def test_a_part_that_was_said_in_an_earlier_version_is_not_said_again() -> None:
    ref = ThemeRef(ThemeId("theme-01"), 1)
    changed = made(ref, replace(words_of(THEME), text="Other words."))
    library = Library(CONTENT, own={ref: changed})
    week = Week(FIRST, ref)
    day = Day(date=FIRST + timedelta(days=1), week=week, theme=changed)
    said = [Used(THEME.opening.id, FIRST)]
    assert next_prompt(Kind.THEME, library, day, said) == changed.practice


def test_outside_a_theme_nothing_is_there_for_the_kinds_that_need_one() -> None:
    for kind in (Kind.THEME, Kind.REFLECTION):
        assert next_prompt(kind, LIBRARY, day_of(FIRST), []) is None


def test_a_question_that_was_chosen_for_a_date_goes_before_the_themes() -> None:
    hard = LIBRARY.hard_days[0]
    first, second = posted(Kind.CHECK_IN, [day_of(FIRST, week=WEEK, chosen=hard)] * 2)
    assert (first, second) == (hard, THEME.daily[0])


def test_a_holiday_is_gentle_where_the_circle_wants_that_and_never_asks_the_same_twice_running() -> None:
    days = [day_of(FIRST + timedelta(days=number), festive=True) for number in range(4)]
    prompts = posted(Kind.CHECK_IN, days)
    assert set(prompts) <= set(LIBRARY.holidays)
    assert all(before != after for before, after in pairwise(prompts))


def test_no_check_in_comes_twice_until_all_were_used_and_then_the_longest_unseen() -> None:
    saturday = day_of(date(2026, 3, 14))
    prompts = posted(Kind.CHECK_IN, [saturday] * (2 * len(POSTED)))
    assert prompts[: len(POSTED)] == POSTED
    assert prompts[len(POSTED) :] == POSTED


def test_challenges_stay_on_the_first_rung_and_do_not_repeat_until_all_were_used() -> None:
    rung = [one for one in CONTENT.challenges if one.intensity == 1 and one.audience is Readers.ALL]
    assert posted(Kind.BOUNDARY, [day_of(FIRST)] * len(rung)) == rung


def test_a_circle_of_one_side_is_asked_what_is_for_it_and_never_what_is_for_another() -> None:
    for side in SIDES:
        library = Library(CONTENT, readers=side)
        audiences = {one.audience for one in library.check_ins}
        assert audiences <= {Readers.ALL, side}
    sides = {one.audience for one in Library(CONTENT, readers=Readers.WHO_BROKE_TRUST).check_ins}
    assert Readers.WHO_BROKE_TRUST in sides


@given(DAYS, st.lists(st.sampled_from(sorted(CONTENT.prompts)), max_size=200))
@settings(max_examples=100, deadline=None)
def test_whatever_was_used_the_text_suits_the_day_and_everyone(day: date, used: list[PromptId]) -> None:
    prompt = next_prompt(Kind.CHECK_IN, LIBRARY, day_of(day), [Used(one, FIRST) for one in used])
    assert prompt is not None
    assert prompt.kind is Kind.CHECK_IN
    assert (prompt.audience, prompt.intensity <= 2) == (Readers.ALL, True)
    assert prompt.occasion != HARD_DAY
    assert prompt.occasion != "weekend" or day.isoweekday() in (6, 7)
    fresh = [one for one in POSTED if one.id not in used and (one.occasion == "any" or day.isoweekday() > 5)]
    if fresh:
        assert prompt.id not in used


@given(st.lists(DAYS, min_size=1, max_size=90, unique=True).map(sorted))
@settings(max_examples=20, deadline=None)
def test_on_any_days_a_text_returns_only_after_all_that_suited_the_day(days: list[date]) -> None:
    prompts = posted(Kind.CHECK_IN, [day_of(day) for day in days])
    for number, (day, prompt) in enumerate(zip(days, prompts, strict=True)):
        earlier = prompts[:number]
        if prompt in earlier:
            suited = [one for one in POSTED if one.occasion == "any" or day.isoweekday() > 5]
            assert {one.id for one in suited} <= {one.id for one in earlier}
