"""Facilitators are told in time, once, and of what matters; each week they get a look back and ahead."""

from datetime import UTC, datetime, timedelta

from bot.domain.schedules import Kind
from bot.services.circle_settings import Typed
from tests.services.house import ADA, CONTENT, MARA, YES, House


async def days(house: House, number: int) -> None:
    """Lets days pass, with all that the scheduler does."""
    for _ in range(number * 24):
        await house.step(hours=1)
        await house.care.tick()
    await house.tick()


async def care(house: House, number: int) -> None:
    """Lets days pass in which it is only looked after the circle."""
    for _ in range(number * 2):
        house.clock.step(timedelta(hours=12))
        await house.care.tick()
        await house.letters.tick()
        await house.letters.drain()


def told(house: House, kind: str) -> list[dict[str, object]]:
    return [dict(letter.facts) for letter, _ in house.face.letters if letter.kind == kind]


async def test_a_plan_that_ends_is_told_of_seven_and_two_days_ahead_and_not_again(house: House) -> None:
    circle = await house.circle()
    await house.plans.lay(MARA, circle.id, "2026-03-02")
    await care(house, 76)  # until 17 May; the last day is 24 May
    assert told(house, "queue-ends") == []
    await care(house, 10)
    ends = told(house, "queue-ends")
    assert [(one["days"], one["on"]) for one in ends] == [(7, "2026-05-25"), (2, "2026-05-25")]
    assert ends[0]["last"] == CONTENT.themes[11].title


async def test_a_plan_that_is_laid_further_is_no_matter_for_a_warning(house: House) -> None:
    circle = await house.circle()
    await house.plans.lay(MARA, circle.id, "2026-03-02")
    await house.plans.lay(MARA, circle.id, "2026-05-25")
    await care(house, 84)
    assert told(house, "queue-ends") == []


async def test_a_theme_post_without_a_plan_is_told_of_before_it_is_due(house: House) -> None:
    circle = await house.circle()
    await house.schedules.add(MARA, circle.id, Kind.THEME, "09:30", "fri")
    await days(house, 3)
    assert [(one["days"], one["last"]) for one in told(house, "queue-ends")] == [(4, None), (2, None)]


async def test_a_circle_without_any_such_post_is_left_in_peace(house: House) -> None:
    circle = await house.circle()
    await house.circles.settings(MARA, circle.id, Typed(digest=False))
    await days(house, 9)
    assert house.face.letters == []


async def test_the_digest_comes_the_day_before_the_week_begins_and_can_be_switched_off(house: House) -> None:
    circle = await house.circle()
    await house.plans.lay(MARA, circle.id, "2026-03-02")
    await house.members.join(ADA, circle.id, YES)
    await house.offer(ADA, None, circle.id, "words of mine")
    await days(house, 7)
    [first] = told(house, "digest")
    assert (first["theme"], first["number"]) == (CONTENT.themes[1].title, 2)
    assert first["notes"] == CONTENT.themes[1].notes
    assert (first["missed"], first["waiting"]) == (0, 1)
    assert isinstance(first["posted"], int)
    assert first["posted"] > 6
    lines = str(first["coming"]).splitlines()
    assert len([line for line in lines if "check-in" in line]) == 7
    assert "words of mine" not in str(first)
    await house.circles.settings(MARA, circle.id, Typed(digest=False))
    await days(house, 7)
    assert len(told(house, "digest")) == 1


async def test_a_week_away_is_made_up_for_by_one_digest_not_by_many(house: House) -> None:
    circle = await house.circle()
    await house.plans.lay(MARA, circle.id, "2026-03-02")
    house.clock.set(datetime(2026, 4, 1, 12, tzinfo=UTC))
    await house.care.tick()
    await house.tick()
    assert len(told(house, "digest")) <= 1
    assert circle.id
