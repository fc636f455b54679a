"""Members answer the day's prompt; late answers count, until the next one is up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import errors
from bot.domain.check_ins import MAX_NOTE, Answer, Audience, Energy, Reactivity, Weather
from bot.domain.ids import OccurrenceId
from bot.domain.schedules import Kind
from bot.domain.shares import Review
from tests.services.house import ADA, BEN, MARA, RAIN, YES, House, person
from tests.services.recorder import Fault


async def test_an_answer_is_kept_and_a_later_one_changes_what_it_names(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    post = await house.posted(circle)
    assert await house.check_ins.current(ADA, occurrence_id=post.id) is None
    first = await house.check_ins.submit(ADA, post.id, RAIN)
    assert (first.changed, first.grounding_offered, first.count) == (False, False, None)
    assert first.check_in.answer.audience is Audience.ME
    second = await house.check_ins.submit(
        ADA, post.id, Answer(energy=Energy.LOW, reactivity=Reactivity.FROZEN, note=" so so ")
    )
    assert (second.changed, second.grounding_offered) == (True, True)
    current = await house.check_ins.current(ADA, occurrence_id=post.id)
    assert current == second.check_in
    assert current.answer.weather == (Weather.RAIN,)
    assert current.answer.note == "so so"
    whole = await house.check_ins.submit(ADA, post.id, Answer(energy=Energy.FULL), whole=True)
    assert whole.check_in.answer == Answer(energy=Energy.FULL)


async def test_a_tap_changes_the_weather_and_leaves_note_and_audience_as_they_were(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    post = await house.posted(circle)
    said = Answer(weather=(Weather.RAIN,), note="so so", audience=Audience.FACILITATORS)
    await house.check_ins.submit(ADA, post.id, said)
    tapped = await house.check_ins.tap(ADA, post.id, (Weather.CLEAR,))
    assert tapped.changed
    assert tapped.check_in.answer == replace(said, weather=(Weather.CLEAR,))
    with pytest.raises(errors.Empty):
        await house.check_ins.tap(ADA, post.id, ())
    with pytest.raises(errors.NotAMember):
        await house.check_ins.tap(BEN, post.id, (Weather.CLEAR,))


async def test_nothing_and_too_much_are_refused_and_a_long_note_is_given_back(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    post = await house.posted(circle)
    with pytest.raises(errors.Empty):
        await house.check_ins.submit(ADA, post.id, Answer(note="  "))
    with pytest.raises(errors.TooLong) as refused:
        await house.check_ins.submit(ADA, post.id, Answer(note="x" * (MAX_NOTE + 1)))
    assert refused.value.text == "x" * (MAX_NOTE + 1)
    assert await house.check_ins.current(ADA, occurrence_id=post.id) is None


async def test_who_has_not_joined_is_told_which_circle_it_is(house: House) -> None:
    circle = await house.circle()
    post = await house.posted(circle)
    for act in (
        house.check_ins.submit(ADA, post.id, RAIN),
        house.check_ins.current(ADA, circle_id=circle.id),
    ):
        with pytest.raises(errors.NotAMember) as refused:
            await act
        assert refused.value.circle == circle.id


async def test_a_post_stays_open_until_the_next_check_in_is_up(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    first = await house.posted(circle)
    house.face.post_faults = [Fault(errors.NotPermitted())]
    await house.step(days=1)  # the next one is missed
    await house.schedules.post_now(MARA, circle.id, Kind.BOUNDARY)
    await house.check_ins.submit(ADA, first.id, RAIN)
    await house.circles.pause(MARA, circle.id)
    await house.check_ins.submit(ADA, first.id, RAIN)
    await house.circles.resume(MARA, circle.id)
    await house.step(days=1)
    latest = (await house.occurrences(circle.id))[-1]
    with pytest.raises(errors.OccurrenceClosed) as closed:
        await house.check_ins.submit(ADA, first.id, RAIN)
    assert closed.value.latest == latest.message
    with pytest.raises(errors.OccurrenceClosed):
        await house.check_ins.current(ADA, occurrence_id=first.id)
    assert (await house.check_ins.submit(ADA, latest.id, RAIN)).occurrence == latest


async def test_a_press_on_a_post_whose_mark_is_still_on_the_way_counts(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    house.face.post_faults = [Fault(errors.Unreachable(), applied=True)]
    post = await house.posted(circle)
    assert post.message is None
    await house.check_ins.submit(ADA, post.id, RAIN)
    await house.step(seconds=3)
    assert await house.check_ins.current(ADA, occurrence_id=post.id) is not None


async def test_only_check_ins_that_are_there_can_be_answered(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    posted = await house.schedules.post_now(MARA, circle.id, Kind.BOUNDARY)
    house.face.post_faults = [Fault(errors.NotPermitted())]
    missed = await house.posted(circle)
    for id_ in (posted.occurrence.id, missed.id, OccurrenceId(99)):
        with pytest.raises(errors.NoSuchOccurrence):
            await house.check_ins.submit(ADA, id_, RAIN)


async def test_a_check_in_at_any_time_goes_to_todays_post_or_to_the_day(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    before = await house.check_ins.submit_today(ADA, circle.id, RAIN)
    assert before.occurrence is None
    assert await house.check_ins.current(ADA, circle_id=circle.id) == before.check_in
    post = await house.posted(circle)
    assert await house.check_ins.current(ADA, circle_id=circle.id) is None
    after = await house.check_ins.submit_today(ADA, circle.id, RAIN)
    assert after.check_in.occurrence == post.id
    assert (await house.check_ins.submit(ADA, post.id, RAIN)).changed
    await house.circles.pause(MARA, circle.id)
    await house.step(days=1)
    later = await house.check_ins.submit_today(
        replace(ADA, server=None), circle.id, Answer(energy=Energy.LOW)
    )
    assert (later.changed, later.check_in.occurrence) == (False, None)
    [kept] = await house.members.kept(ADA)
    assert kept.check_ins == 3


async def test_a_count_is_shown_from_five_answers_up(house: House) -> None:
    circle = await house.circle()
    post = await house.posted(circle)
    for n in range(1, 6):
        who = person(f"10{n}")
        await house.members.join(who, circle.id, YES)
        recorded = await house.check_ins.submit(who, post.id, RAIN)
        again = await house.check_ins.submit(who, post.id, RAIN)
        assert recorded.count == again.count == (5 if n == 5 else None)
        assert await house.check_ins.count(post.id) == recorded.count


async def test_an_answer_taken_back_is_deleted_and_the_count_falls(house: House) -> None:
    circle = await house.circle()
    post = await house.posted(circle)
    people = [person(f"10{n}") for n in range(1, 6)]
    for who in people:
        await house.members.join(who, circle.id, YES)
        await house.check_ins.submit(who, post.id, RAIN)
    assert await house.check_ins.count(post.id) == 5
    back = await house.check_ins.take_back(people[0], occurrence_id=post.id)
    assert (back.found, back.withdrawn, back.posted) == (True, False, ())
    assert await house.check_ins.count(post.id) is None
    assert await house.check_ins.current(people[0], occurrence_id=post.id) is None
    assert not (await house.check_ins.take_back(people[0], occurrence_id=post.id)).found
    assert await house.check_ins.current(people[1], occurrence_id=post.id) is not None
    assert not (await house.check_ins.submit(people[0], post.id, RAIN)).changed


async def test_taking_back_is_never_refused_for_time_or_consent_or_while_leaving(
    house: House,
) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    posts = [await house.posted(circle)]
    await house.check_ins.submit(ADA, posts[0].id, RAIN)
    await house.step(days=1)
    posts.append((await house.occurrences(circle.id))[-1])
    await house.check_ins.submit(ADA, posts[1].id, RAIN)
    await house.members.consents(ADA, circle.id, [])
    assert (await house.check_ins.take_back(ADA, occurrence_id=posts[0].id)).found
    await house.members.leave(ADA, circle.id)
    assert (await house.check_ins.take_back(replace(ADA, server=None), occurrence_id=posts[1].id)).found
    [kept] = await house.members.kept(ADA)
    assert kept.check_ins == 0


async def test_an_answer_to_a_day_is_taken_back_by_its_day_and_leaves_the_post_s(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    day = (await house.check_ins.submit_today(ADA, circle.id, RAIN)).check_in.date
    post = await house.posted(circle)
    await house.check_ins.submit(ADA, post.id, RAIN)
    assert not (await house.check_ins.take_back(ADA, circle_id=circle.id, day=day - timedelta(days=1))).found
    assert (await house.check_ins.take_back(ADA, circle_id=circle.id, day=day)).found
    assert not (await house.check_ins.take_back(ADA, circle_id=circle.id)).found
    assert await house.check_ins.current(ADA, occurrence_id=post.id) is not None


async def test_a_note_that_waits_for_the_circle_is_taken_back_with_its_answer(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    post = await house.posted(circle)
    answer = Answer(note="A small thing helped.", audience=Audience.CIRCLE)
    await house.check_ins.submit(ADA, post.id, answer)
    await house.offer(ADA, post.id, circle.id, answer.note)
    apart = await house.offer(ADA, post.id, circle.id, "Something else.")
    back = await house.check_ins.take_back(ADA, occurrence_id=post.id)
    assert (back.withdrawn, back.posted) == (True, ())
    assert [share.id for share in await house.reviewing.queue(MARA, circle.id)] == [apart.id]
    [withdrawn, _] = await house.shares.mine(ADA)
    assert (withdrawn.review, withdrawn.text) == (Review.WITHDRAWN, "")


async def test_a_note_that_was_approved_is_said_to_be_out(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    post = await house.posted(circle)
    answer = Answer(note="A small thing helped.", audience=Audience.CIRCLE)
    await house.check_ins.submit(ADA, post.id, answer)
    share = await house.offer(ADA, post.id, circle.id, answer.note)
    await house.reviewing.approve(MARA, share.id)
    back = await house.check_ins.take_back(ADA, occurrence_id=post.id)
    assert (back.found, back.withdrawn, back.posted) == (True, False, (share.id,))


async def test_nobody_takes_back_what_is_another_s_or_nowhere(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    post = await house.posted(circle)
    await house.check_ins.submit(ADA, post.id, RAIN)
    with pytest.raises(errors.NotAMember):
        await house.check_ins.take_back(BEN, occurrence_id=post.id)
    with pytest.raises(errors.NoSuchOccurrence):
        await house.check_ins.take_back(ADA, occurrence_id=OccurrenceId(99))
    with pytest.raises(errors.NoCircle):
        await house.check_ins.take_back(ADA)
    assert await house.check_ins.current(ADA, occurrence_id=post.id) is not None


async def test_everyone_finds_all_their_own_answers_newest_first(house: House) -> None:
    circle = await house.circle()
    for who in (ADA, BEN):
        await house.members.join(who, circle.id, YES)
        await house.check_ins.submit_today(who, circle.id, RAIN)
    post = await house.posted(circle)
    await house.check_ins.submit(ADA, post.id, RAIN)
    mine = await house.check_ins.mine(ADA)
    assert [(found.id, each.occurrence) for found, each in mine] == [(circle.id, post.id), (circle.id, None)]
    await house.check_ins.take_back(ADA, occurrence_id=post.id)
    assert len(await house.check_ins.mine(ADA)) == len(await house.check_ins.mine(BEN)) == 1


async def test_a_note_that_was_declined_leaves_no_words_behind(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    answer = Answer(note="A small thing helped.", audience=Audience.CIRCLE)
    day = (await house.check_ins.submit_today(ADA, circle.id, answer)).check_in.date
    share = await house.offer(ADA, None, circle.id, answer.note)
    await house.reviewing.decline(MARA, share.id, "Too long for tonight.")
    back = await house.check_ins.take_back(ADA, circle_id=circle.id, day=day)
    assert (back.withdrawn, back.posted) == (False, ())
    [mine] = await house.shares.mine(ADA)
    assert (mine.review, mine.text, mine.reason) == (Review.DECLINED, "", "Too long for tonight.")
