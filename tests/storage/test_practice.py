"""Practice on both databases: as put, sealed with its member's key, and gone with it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.circles import Circle
from bot.domain.commitments import EVERY_DAY, Commitment, Mark, Rest, Words, parse_cadence
from bot.domain.errors import VaultError
from bot.domain.ids import AttemptId, CommitmentId, PairId, PromptId
from bot.domain.ladder import Attempt, Ending
from bot.domain.looking_back import HardDay, Keepsake, OwnStory
from bot.domain.members import Member
from bot.domain.pairs import Pair, Step, Wish
from bot.domain.partners import Partner
from bot.domain.practice_errors import NoSuchAttempt, NoSuchCommitment, NoSuchPair
from storage import Storage
from tests.storage.samples import BEN, NOW, TODAY, made_member

WORDS = Words(text="I will water the fern.", seen="It drips.", smallest="One drop.", hard="Call Noor.")


def commitment(member: Member) -> Commitment:
    return Commitment(
        id=CommitmentId(0),
        member=member.id,
        words=WORDS,
        plans=((TODAY, EVERY_DAY), (TODAY + timedelta(days=3), parse_cadence("3 a week"))),
        rests=(Rest(TODAY, TODAY + timedelta(days=1)), Rest(TODAY + timedelta(days=9))),
        zone=ZoneInfo("Pacific/Apia"),
        day_starts=time(5),
        reminded=time(18, 30),
        made_at=NOW,
        remind_at=NOW + timedelta(hours=3),
        reviewed=TODAY,
    )


async def test_a_commitment_and_its_log_stand_as_put(storage: Storage, member: Member) -> None:
    async with storage.begin() as tx:
        added = await tx.commitments.add(commitment(member))
        assert added == replace(commitment(member), id=added.id)
        changed = replace(added, ended=TODAY, reminded=None, remind_at=None, lapse_only=True)
        await tx.commitments.put(changed)
        for day, mark in (
            (TODAY, Mark.MISSED),
            (TODAY - timedelta(days=1), Mark.KEPT),
            (TODAY, Mark.REPAIRED),
        ):
            await tx.commitments.put_entry(changed, day, mark)
        assert await tx.commitments.log(changed) == {
            TODAY - timedelta(days=1): Mark.KEPT,
            TODAY: Mark.REPAIRED,
        }
        await tx.commitments.remove_entry(changed, TODAY)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.commitments.of(member.id) == [changed]
        assert list(await tx.commitments.log(changed)) == [TODAY - timedelta(days=1)]
    async with storage.begin() as tx:
        await tx.commitments.delete(changed.id)
        with pytest.raises(NoSuchCommitment):
            await tx.commitments.get(changed.id)
        assert await tx.commitments.log(changed) == {}


async def test_what_is_due_is_found_in_its_order(storage: Storage, member: Member) -> None:
    async with storage.begin() as tx:
        for hours in (5, 1, 3):
            await tx.commitments.add(replace(commitment(member), remind_at=NOW + timedelta(hours=hours)))
        await tx.commitments.add(replace(commitment(member), remind_at=None))
        due = await tx.commitments.due(NOW + timedelta(hours=4), 9)
        assert [each.remind_at for each in due] == [NOW + timedelta(hours=1), NOW + timedelta(hours=3)]
        assert await tx.commitments.next_at() == NOW + timedelta(hours=1)


async def test_an_attempt_stands_as_put(storage: Storage, member: Member) -> None:
    attempt = Attempt(id=AttemptId(0), member=member.id, challenge=PromptId("bd-101"), begun_at=NOW)
    async with storage.begin() as tx:
        added = await tx.attempts.add(attempt)
        over = replace(
            added, ended_at=NOW, ending=Ending.BADLY, before=7, after=0, learned="It was loud.", words="No."
        )
        await tx.attempts.put(over)
        assert await tx.attempts.of(member.id) == [over]
        await tx.attempts.delete(over.id)
        with pytest.raises(NoSuchAttempt):
            await tx.attempts.get(over.id)


async def test_a_naming_stands_as_put_and_is_found_by_who_was_named(
    storage: Storage, circle: Circle, member: Member
) -> None:
    named = Partner(member=member.id, named=BEN)
    full = replace(named, shows=(CommitmentId(3),), sent_on=TODAY, word="cr-enc-1", word_on=TODAY)
    async with storage.begin() as tx:
        for each in (named, full):
            await tx.partners.put(circle.id, each)
            assert await tx.partners.of(member.id) == each
        await tx.partners.forget(circle.id, BEN)
        assert await tx.partners.of(member.id) is None


async def test_a_story_stands_as_put_and_leaves_no_row_when_it_is_empty(
    storage: Storage, member: Member
) -> None:
    story = OwnStory(
        member=member.id,
        goal="A quieter kitchen.",
        hard_days=(HardDay(name="The letter", month=2, day=29, plan="We bake."),),
        kept=(Keepsake(words="It was loud.", on=date(2026, 3, 1)),),
    )
    async with storage.begin() as tx:
        assert await tx.own_stories.of(member.id) == OwnStory(member=member.id)
        await tx.own_stories.put(story)
        assert await tx.own_stories.of(member.id) == story
        await tx.own_stories.put(OwnStory(member=member.id))
        assert await tx.own_stories.of(member.id) == OwnStory(member=member.id)


async def test_wishes_and_pairs_stand_as_put_and_a_pair_outlives_who_is_deleted(
    storage: Storage, circle: Circle, member: Member
) -> None:
    ben = await made_member(storage, circle, BEN)
    pair = Pair(
        id=PairId(0),
        circle=circle.id,
        people={0: member.id, 1: ben.id},
        made_at=NOW,
        closes_at=datetime(2026, 3, 8, 19, tzinfo=UTC),
        next_at=NOW,
    )
    async with storage.begin() as tx:
        await tx.pairs.put_wish(Wish(member.id, ear=True, waited=2), NOW)
        assert await tx.pairs.wishes_due(NOW) == [(circle.id, Wish(member.id, ear=True, waited=2))]
        await tx.pairs.remove_wish(member.id)
        added = await tx.pairs.add(pair)
        going = replace(
            added, step=Step.SPEAK, speaker=1, ready=frozenset({0, 1}), until=NOW, thread="1", message="2"
        )
        await tx.pairs.put(going)
        assert await tx.pairs.of(ben.id) == await tx.pairs.due(NOW, 5) == [going]
        await tx.members.delete(ben.id)
        assert (await tx.pairs.get(added.id)).people == {0: member.id}
        await tx.pairs.put(replace(going, next_at=None))
        await tx.pairs.delete_before(NOW + timedelta(days=1))
        with pytest.raises(NoSuchPair):
            await tx.pairs.get(added.id)


async def test_who_is_kept_apart_from_whom_is_known_by_either(
    storage: Storage, circle: Circle, member: Member
) -> None:
    ben = await made_member(storage, circle, BEN)
    async with storage.begin() as tx:
        for _ in range(2):
            await tx.pairs.keep_apart(circle.id, member.id, BEN)
        assert await tx.pairs.apart(member.id) == 1
        people = {each.id: await tx.members.account(each.id) for each in (member, ben)}
        assert await tx.pairs.apart_among(circle.id, people) == {frozenset({member.id, ben.id})}
        await tx.pairs.end_apart(member.id)
        assert await tx.pairs.apart_among(circle.id, people) == set()


async def test_nothing_is_sealed_for_who_was_deleted(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        await tx.members.delete(member.id)
        with pytest.raises(VaultError):
            await tx.partners.put(circle.id, Partner(member=member.id, named=BEN))
        with pytest.raises(VaultError):
            await tx.own_stories.put(OwnStory(member=member.id, goal="x"))
        with pytest.raises(VaultError):
            await tx.pairs.put_wish(Wish(member.id), NOW)
