"""A year's story counts what is there, each thing once, and never what lacks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import looking_back as back
from bot.domain.commitments import EVERY_DAY, KEEPS, Commitment, Mark, Words
from bot.domain.errors import Empty, TooLong
from bot.domain.ids import CommitmentId, MemberId
from bot.domain.looking_back import HardDay, OwnStory
from bot.domain.practice_errors import NoRoom
from bot.domain.streaks import return_days, streak

FIRST = date(2026, 1, 1)
EMPTY = OwnStory(member=MemberId(1))
DAYS = st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n))
LOGS = st.dictionaries(DAYS, st.sampled_from(list(Mark)), max_size=60).map(
    lambda log: dict(sorted(log.items()))
)


def commitment(text: str = "I will water the fern.") -> Commitment:
    return Commitment(
        id=CommitmentId(1),
        member=MemberId(1),
        words=Words(text=text),
        plans=((FIRST, EVERY_DAY),),
        zone=ZoneInfo("Europe/Berlin"),
        made_at=datetime(2026, 1, 1, 9, tzinfo=UTC),
    )


@given(LOGS, DAYS)
def test_the_days_of_return_are_as_many_as_the_streak_counts_and_each_was_kept(
    log: dict[date, Mark], today: date
) -> None:
    days = return_days(commitment(), log, today)
    assert len(days) == streak(commitment(), log, today).returns
    assert all(log[day] in KEEPS for day in days)
    assert days == sorted(set(days))


@given(LOGS, st.lists(DAYS, max_size=9), st.lists(DAYS, max_size=5), DAYS, st.integers(0, 90))
def test_a_span_counts_its_own_days_and_two_that_meet_count_as_one_whole(
    log: dict[date, Mark], noted: list[date], tried: list[date], first: date, days: int
) -> None:
    middle, last = first + timedelta(days=days), first + timedelta(days=2 * days + 1)
    of = [(commitment(), log)]
    whole = back.year(of, noted, tried, first, last)
    parts = [
        back.year(of, noted, tried, first, middle),
        back.year(of, noted, tried, middle + timedelta(days=1), last),
    ]
    assert whole.kept == sum(part.kept for part in parts)
    assert whole.repairs == sum(part.repairs for part in parts)
    assert whole.practised == sum(part.practised for part in parts)
    assert whole.weeks <= sum(part.weeks for part in parts) <= whole.weeks + 1
    assert (whole.acts == ()) == (whole.kept == 0)


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    day = HardDay(name="The letter", month=2, day=29)
    assert day.falls_on(date(2028, 2, 29))
    assert day.falls_on(date(2026, 2, 28))
    assert not day.falls_on(date(2028, 2, 28))
    assert not day.falls_on(date(2026, 3, 1))


def test_a_plan_takes_the_place_of_the_one_on_its_date_and_the_days_stand_in_order() -> None:
    story = back.planned(EMPTY, "Later", date(2026, 12, 24), "")
    story = back.planned(story, "Sooner", date(2026, 3, 1), "Noor comes.")
    story = back.planned(story, " Later, renamed ", date(2025, 12, 24), "We bake.")
    assert [each.name for each in story.hard_days] == ["Sooner", "Later, renamed"]
    assert back.is_hard(story, date(2030, 12, 24)) == story.hard_days[1]
    assert back.without(story, hard_day=0).hard_days == story.hard_days[1:]
    assert back.without(story, hard_day=9) == story


def test_what_is_too_long_or_empty_or_too_much_is_refused_and_nothing_is_lost() -> None:
    with pytest.raises(TooLong):
        back.aimed(EMPTY, "x" * (back.MAX_GOAL + 1))
    with pytest.raises(Empty):
        back.planned(EMPTY, "  ", FIRST, "")
    story = EMPTY
    for n in range(back.MOST_KEPT):
        story = back.marked(story, f"Words {n}", FIRST)
    assert back.marked(story, "Words 3", FIRST) == story  # kept already
    with pytest.raises(NoRoom):
        back.marked(story, "One more", FIRST)
    for n in range(back.MOST_HARD):
        story = back.planned(story, f"Day {n}", FIRST + timedelta(days=n), "")
    with pytest.raises(NoRoom):
        back.planned(story, "One more", date(2026, 6, 1), "")
