"""Nothing is kept longer than was said, and nothing goes earlier: held against an oracle over months."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.check_ins import Answer, Energy, Weather
from bot.domain.circles import Circle, QuietHours
from bot.domain.errors import ChannelGone
from bot.domain.member_errors import BadRetention
from bot.domain.members import Scope
from bot.domain.outbox import Recipient
from bot.domain.preferences import Preferences
from bot.domain.shares import Review
from bot.services.letters import undeliverable
from bot.services.preferences import quiet_hours
from tests.clocks import SteppedClock
from tests.services.house import ADA, BEN, MARA, START, House
from tests.services.recorder import Recorder
from tests.services.test_pairs import drawing, signed_up

ALL = frozenset(Scope)
DAY = timedelta(days=1)
NOTED = Answer(weather=(Weather.RAIN,), note="A long night.")
ONLY_NOTE, RATED = Answer(note="Only words."), Answer(energy=Energy.LOW)
WISHES = st.builds(
    lambda notes, ratings, declined: Preferences(
        notes=notes * DAY, ratings=ratings * DAY, declined=declined * DAY
    ),
    st.integers(1, 90),
    st.integers(1, 365),
    st.integers(1, 14),
)
STEPS = st.lists(
    st.one_of(
        st.sampled_from([NOTED, ONLY_NOTE, RATED]),
        st.integers(1, 60),
        WISHES,
        st.sampled_from(["decline", "approve"]),
    ),
    max_size=14,
)


class Oracle:
    """What is to be there, kept in the plainest way."""

    def __init__(self) -> None:
        self.answers: dict[Any, tuple[Answer, Any]] = {}  # by day, with the time of the answer
        self.shares: list[tuple[Review, Any]] = []
        self.wishes = Preferences()

    def forget(self, now: Any) -> None:
        """What is over is gone for good: a time that is lengthened later brings nothing back."""
        notes = min(self.wishes.notes, self.wishes.ratings)
        self.answers = {
            day: (answer if now - at <= notes else replace(answer, note=""), at)
            for day, (answer, at) in self.answers.items()
            if now - at <= self.wishes.ratings
        }
        self.shares = [
            (r, at) for r, at in self.shares if r is Review.APPROVED or now - at <= self.wishes.declined
        ]

    def expected(self, now: Any) -> tuple[dict[Any, tuple[bool, bool]], int]:
        """Each day with whether its note and its ratings stand; how many shares stand."""
        notes = min(self.wishes.notes, self.wishes.ratings)
        days = {
            day: (bool(answer.note) and now - at <= notes, bool(answer.weather or answer.energy))
            for day, (answer, at) in self.answers.items()
            if now - at <= self.wishes.ratings
        }
        standing = [r for r, at in self.shares if r is Review.APPROVED or now - at <= self.wishes.declined]
        return {day: held for day, held in days.items() if any(held)}, len(standing)


async def step(house: House, circle: Circle, oracle: Oracle, what: Any) -> None:
    now = house.clock.now()
    if isinstance(what, Answer):
        recorded = await house.check_ins.submit_today(ADA, circle.id, what, whole=True)
        oracle.answers[recorded.check_in.date] = (what, now)
    elif isinstance(what, int):
        house.clock.step(what * DAY)
    elif isinstance(what, Preferences):
        await house.preferences.put(ADA, circle.id, what)
        oracle.wishes = what
    else:
        share = await house.offer(ADA, None, circle.id, "words")
        if what == "approve":
            await house.reviewing.approve(MARA, share.id)
        else:
            await house.reviewing.decline(MARA, share.id, "Too long.")
        oracle.shares.append((Review.APPROVED if what == "approve" else Review.DECLINED, now))


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(STEPS)
async def test_what_stands_after_each_night_is_what_was_said(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    clock, oracle = SteppedClock(START), Oracle()
    file = tmp_path_factory.mktemp("kept") / "trellis.db"
    house = await House.open(file, clock, Recorder(clock))
    try:
        circle = await house.circle()
        await house.members.join(ADA, circle.id, ALL)
        for what in steps:
            await step(house, circle, oracle, what)
            await house.retention.tick()
            oracle.forget(clock.now())
            if isinstance(what, int):
                mine = {one.date: one.answer for _, one in await house.check_ins.mine(ADA)}
                held = {day: (bool(a.note), bool(a.weather or a.energy)) for day, a in mine.items()}
                assert (held, len(await house.shares.mine(ADA))) == oracle.expected(clock.now())
    finally:
        await house.storage.close()


async def test_a_shorter_time_holds_at_once_and_for_its_member_alone(house: House) -> None:
    circle = await house.circle()
    for who in (ADA, BEN):
        await house.members.join(who, circle.id, ALL)
        await house.check_ins.submit_today(who, circle.id, NOTED)
    house.clock.step(10 * DAY)
    await house.preferences.put(ADA, circle.id, Preferences(notes=7 * DAY))
    assert [one.answer.note for _, one in await house.check_ins.mine(ADA)] == [""]
    await house.retention.tick()
    assert [one.answer.note for _, one in await house.check_ins.mine(BEN)] == [NOTED.note]


@pytest.mark.parametrize(
    "wishes", [Preferences(notes=91 * DAY), Preferences(ratings=366 * DAY), Preferences(declined=0 * DAY)]
)
async def test_nothing_is_kept_longer_than_for_everyone(house: House, wishes: Preferences) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, ALL)
    with pytest.raises(BadRetention):
        await house.preferences.put(ADA, circle.id, wishes)
    assert (await house.preferences.of(ADA, circle.id)).wishes == Preferences(language=ADA.language)


async def test_letters_that_arrived_go_and_a_posted_share_can_still_be_taken_down(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, ALL)
    kept, gone = [await house.offer(ADA, None, circle.id, words) for words in ("posted", "declined")]
    await house.reviewing.approve(MARA, kept.id)
    await house.reviewing.decline(MARA, gone.id, "Too long.")
    await house.tick()
    house.clock.step(20 * DAY)
    await house.retention.tick()
    async with house.storage.read() as tx:
        left = [letter.kind for letter in await tx.outbox.of(kept.member)]
    assert left == ["share-posted"]
    assert (await house.shares.withdraw(ADA, kept.id)).posted
    await house.tick()
    assert len(house.face.taken) == 1
    house.clock.step(20 * DAY)
    await house.retention.tick()
    async with house.storage.read() as tx:
        assert await tx.outbox.of(kept.member) == []
        assert await tx.shares.of(kept.member) == []


async def test_letters_to_facilitators_go_in_time_also_those_that_never_arrived(house: House) -> None:
    circle = await house.circle()
    house.face.closed = lambda _: ChannelGone()
    async with house.storage.begin() as tx:
        for expires in (None, int(house.clock.now().timestamp())):
            facts = {"until": expires} if expires else {}
            await tx.outbox.add(
                circle.id, Recipient.FACILITATORS, "pair-not-opened", facts, house.clock.now()
            )
        await tx.commit()
    await house.step(seconds=1)
    house.face.closed = lambda _: None
    await house.step(hours=1)
    async with house.storage.read() as tx:
        [given_up] = await tx.outbox.stuck(circle.id, house.clock.now())
    assert undeliverable(given_up)
    for days, left in ((88, 1), (3, 0)):
        house.clock.step(days * DAY)
        await house.retention.tick()
        async with house.storage.read() as tx:
            assert len(await tx.outbox.stuck(circle.id, house.clock.now())) == left


async def test_who_was_paired_with_whom_goes_in_time_also_where_nobody_is_drawn_again(house: House) -> None:
    await signed_up(house, ADA, BEN)
    await drawing(house)
    house.clock.step(8 * DAY)
    await house.pairs.tick()
    for days, left in ((50, 1), (3, 0)):
        house.clock.step(days * DAY)
        await house.retention.tick()
        async with house.storage.read() as tx:
            assert len(await tx.pairs.of((await tx.members.of(ADA.account))[0].id)) == left


def test_quiet_hours_are_read_from_two_times() -> None:
    assert quiet_hours(" ", "") is None
    hours = quiet_hours("22:00", "07:00")
    assert isinstance(hours, QuietHours)
    assert (hours.start.hour, hours.end.hour) == (22, 7)
