"""Words reach the circle only when a facilitator agrees, and without their author's name."""

import asyncio

import pytest

from bot.domain import errors
from bot.domain.ids import OccurrenceId, ShareId
from bot.domain.members import Scope
from bot.domain.prompts import ShareRule
from bot.domain.shares import MAX_SHARE, Review
from bot.services.circle_settings import Typed
from bot.services.reviewing import MAX_REASON
from tests.services.house import ADA, BEN, CONTENT, MARA, YES, House


async def test_an_approved_share_is_posted_without_its_author(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    post = await house.posted(circle)
    share = await house.offer(ADA, post.id, circle.id, " A small thing helped. ")
    await house.tick()
    [(waiting, account)] = house.face.letters
    assert (waiting.kind, waiting.recipient, waiting.facts) == (
        "share-waiting",
        "facilitators",
        {"share": share.id},
    )
    assert account is None
    [seen] = await house.reviewing.queue(MARA, circle.id)
    assert seen == await house.reviewing.read(MARA, share.id)
    assert (seen.draft.text, seen.waits_since) == ("A small thing helped.", house.clock.now())
    assert seen.author is None
    assert not hasattr(seen, "member")
    assert (await house.reviewing.approve(MARA, share.id)).review is Review.APPROVED
    await house.tick()
    posted, account = house.face.letters[1]
    assert (posted.kind, posted.recipient, account) == ("share-posted", "circle", None)
    assert posted.facts == {
        "share": share.id,
        "text": share.text,
        "title": CONTENT.prompts[post.prompt or share.text].title,  # type: ignore[index]
        "named": False,
        "wish": None,
        "topic": None,
        "covered": False,
    }
    assert await house.reviewing.queue(MARA, circle.id) == []


async def test_a_decline_needs_a_reason_which_reaches_the_author(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    share = await house.offer(ADA, None, circle.id, "words")
    with pytest.raises(errors.Empty):
        await house.reviewing.decline(MARA, share.id, "  ")
    with pytest.raises(errors.TooLong):
        await house.reviewing.decline(MARA, share.id, "x" * (MAX_REASON + 1))
    await house.reviewing.decline(MARA, share.id, "It names somebody.")
    [mine] = await house.shares.mine(ADA)
    assert (mine.review, mine.reason) == (Review.DECLINED, "It names somebody.")
    await house.tick()
    assert house.face.kinds() == ["share-waiting"]  # no direct message that nobody asked for


async def test_a_decline_comes_by_dm_where_the_author_wants_messages(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, {Scope.REMINDERS})
    share = await house.offer(ADA, None, circle.id, "words")
    await house.reviewing.decline(MARA, share.id, "It names somebody.")
    await house.tick()
    letter, account = house.face.letters[-1]
    assert (letter.kind, letter.facts, account) == (
        "share-declined",
        {"reason": "It names somebody.", "share": share.id},
        ADA.account,
    )


async def test_a_share_is_decided_on_once_however_many_press(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    share = await house.offer(ADA, None, circle.id, "words")
    presses = [house.reviewing.approve(MARA, share.id) for _ in range(3)]
    outcomes = await asyncio.gather(
        *presses, house.reviewing.decline(MARA, share.id, "no"), return_exceptions=True
    )
    assert sum(isinstance(one, errors.AlreadyDecided) for one in outcomes) == 3
    await house.tick()
    assert house.face.kinds().count("share-posted") == 1


async def test_only_the_author_takes_words_back_and_only_before_the_decision(house: House) -> None:
    circle = await house.circle()
    for who in (ADA, BEN):
        await house.members.join(who, circle.id, YES)
    share = await house.offer(ADA, None, circle.id, "words")
    for who in (BEN, MARA):
        with pytest.raises(errors.NoSuchShare):
            await house.shares.withdraw(who, share.id)
    taken = await house.shares.withdraw(ADA, share.id)
    assert (taken.share.review, taken.posted) == (Review.WITHDRAWN, False)
    with pytest.raises(errors.AlreadyDecided) as decided:
        await house.reviewing.approve(MARA, share.id)
    assert decided.value.review == Review.WITHDRAWN
    with pytest.raises(errors.NoSuchShare):
        await house.reviewing.approve(MARA, ShareId(99))


async def test_what_cannot_be_offered_is_refused_and_nothing_waits(house: House) -> None:
    circle, other = await house.circle("10"), await house.circle("20")
    with pytest.raises(errors.NotAMember):
        await house.offer(ADA, None, circle.id, "words")
    await house.members.join(ADA, circle.id, YES)
    await house.step(hours=1)
    theirs = (await house.occurrences(other.id))[0].id
    for occurrence in (theirs, OccurrenceId(99)):
        with pytest.raises(errors.NoSuchOccurrence):
            await house.offer(ADA, occurrence, circle.id, "words")
    with pytest.raises(errors.Empty):
        await house.offer(ADA, None, circle.id, "\n")
    with pytest.raises(errors.TooLong) as refused:
        await house.offer(ADA, None, circle.id, "x" * (MAX_SHARE + 1))
    assert len(refused.value.text) == MAX_SHARE + 1
    await house.circles.settings(MARA, circle.id, Typed(sharing="off"))
    with pytest.raises(errors.SharingOff):
        await house.offer(ADA, None, circle.id, "words")
    assert await house.reviewing.queue(MARA, circle.id) == []


async def test_an_answer_to_a_private_prompt_stays_private(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    private = next(one for one in CONTENT.prompts.values() if one.share is ShareRule.PRIVATE)
    now = house.clock.now()
    async with house.storage.begin() as tx:
        post = await tx.occurrences.claim(
            circle.id,
            None,
            private.kind,
            now.date(),
            now,
            private.id,
            "sent",  # type: ignore[arg-type]
            now,
        )
        await tx.commit()
    assert post is not None
    with pytest.raises(errors.SharingOff):
        await house.offer(ADA, post.id, circle.id, "words")
