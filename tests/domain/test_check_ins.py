"""How answers are checked, merged and counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.check_ins import (
    MAX_NOTE,
    Answer,
    Audience,
    CheckIn,
    Energy,
    Reactivity,
    Weather,
    checked,
    grounding_offered,
    merged,
    shown_count,
)  # fmt: skip
from bot.domain.errors import Empty, TooLong
from bot.domain.ids import MemberId, OccurrenceId

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
ANSWERS = st.builds(
    Answer,
    weather=st.lists(st.sampled_from(Weather), max_size=3, unique=True).map(tuple),
    energy=st.none() | st.sampled_from(Energy),
    reactivity=st.none() | st.sampled_from(Reactivity),
    note=st.text(max_size=20),
    audience=st.sampled_from(Audience),
)


def kept(before: CheckIn | None, answer: Answer, at: datetime = AT, *, whole: bool = False) -> CheckIn:
    return merged(
        before,
        answer,
        member=MemberId(1),
        occurrence=OccurrenceId(2),
        day=date(2026, 3, 1),
        at=at,
        whole=whole,
    )


@given(st.lists(ANSWERS, min_size=1, max_size=6))
def test_of_several_answers_the_last_that_said_something_counts_for_each_part(answers: list[Answer]) -> None:
    check_in = None
    for number, answer in enumerate(answers):
        check_in = kept(check_in, answer, AT + timedelta(minutes=number))
    assert check_in is not None
    for part in ("weather", "energy", "reactivity", "note"):
        said = [getattr(answer, part) for answer in answers if getattr(answer, part)]
        assert getattr(check_in.answer, part) == (said[-1] if said else getattr(Answer(), part))
    assert check_in.answer.audience is answers[-1].audience
    assert check_in.answered_at == AT
    assert (check_in.changed_at is None) == (len(answers) == 1)


@given(ANSWERS, ANSWERS)
def test_a_form_that_showed_everything_can_take_things_out(first: Answer, second: Answer) -> None:
    assert kept(kept(None, first), second, whole=True).answer == second


@pytest.mark.parametrize("answer", [Answer(), Answer(note=" \n"), Answer(audience=Audience.CIRCLE)])
def test_an_answer_that_says_nothing_is_refused(answer: Answer) -> None:
    with pytest.raises(Empty):
        checked(answer)


def test_a_note_over_the_limit_is_given_back_whole() -> None:
    note = "x" * (MAX_NOTE + 1)
    with pytest.raises(TooLong) as refused:
        checked(Answer(note=note))
    assert (refused.value.text, refused.value.limit) == (note, MAX_NOTE)
    assert checked(Answer(note=f"  {note[:-1]}\n")).note == note[:-1]


def test_a_weather_named_twice_counts_once_and_keeps_its_place() -> None:
    answer = checked(Answer(weather=(Weather.FOG, Weather.RAIN, Weather.FOG)))
    assert answer.weather == (Weather.FOG, Weather.RAIN)


@given(st.integers(0, 1000))
def test_a_count_is_shown_from_five_up(answers: int) -> None:
    assert shown_count(answers) == (answers if answers >= 5 else None)


def test_something_steadying_is_offered_where_the_water_is_rough_or_frozen() -> None:
    assert [one for one in Reactivity if grounding_offered(one)] == [
        Reactivity.WAVES, Reactivity.HIGH_SEAS, Reactivity.FROZEN,
    ]  # fmt: skip
    assert not grounding_offered(None)


@given(ANSWERS)
def test_no_answer_shows_in_a_repr(answer: Answer) -> None:
    assert repr(answer) == f"Answer(audience={answer.audience!r})"
