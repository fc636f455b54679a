"""Review over time: words come back to be changed, names stay sealed, waits are told, posts come down."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.audit import Deed
from bot.domain.circles import Circle
from bot.domain.looks import Look, Seen
from bot.domain.member_errors import AuthorKnown
from bot.domain.members import Scope
from bot.domain.shares import Draft, Review, Share, Wish
from tests.services.house import ADA, BEN, MARA, YES, House

WRITTEN = frozenset({Scope.CHECK_INS, Scope.REMINDERS})


async def offered(house: House, **frame: Any) -> tuple[Circle, Share]:
    """Ada's words in review; she wants messages."""
    circle = await house.circle()
    for who in (ADA, BEN):
        await house.members.join(who, circle.id, WRITTEN)
    return circle, await house.offer(ADA, None, circle.id, "I went for a walk.", **frame)


async def test_words_that_are_to_be_changed_come_back_and_wait_anew(house: House) -> None:
    circle, share = await offered(house, wish=Wish.LISTEN)
    house.clock.step(timedelta(hours=1))
    await house.reviewing.ask(MARA, share.id, "A shorter one fits better.")
    await house.tick()
    letter, account = house.face.letters[-1]
    assert (letter.kind, account) == ("share-reword", ADA.account)
    assert letter.facts == {"share": share.id, "reason": "A shorter one fits better."}
    assert await house.reviewing.queue(MARA, circle.id) == []
    with pytest.raises(errors.AlreadyDecided):
        await house.reviewing.approve(MARA, share.id)
    [back] = await house.shares.mine(ADA)
    assert (back.text, back.review, back.reason) == (share.text, Review.REWORD, "A shorter one fits better.")
    house.clock.step(timedelta(hours=1))
    again = await house.shares.revise(ADA, share.id, Draft(text="A walk.", wish=Wish.LISTEN))
    assert (again.share.waits_since, again.share.reason) == (house.clock.now(), "")
    await house.tick()
    assert house.face.kinds().count("share-waiting") == 2
    assert (await house.reviewing.approve(MARA, share.id)).draft == again.share.draft


async def test_who_changes_waiting_words_keeps_the_place_in_the_queue(house: House) -> None:
    circle, share = await offered(house)
    house.clock.step(timedelta(minutes=5))
    others = await house.offer(BEN, None, circle.id, "Mine.")
    changed = await house.shares.revise(ADA, share.id, Draft(text="Other words."))
    assert changed.others.waiting == 1
    assert [one.id for one in await house.reviewing.queue(MARA, circle.id)] == [share.id, others.id]
    await house.tick()
    assert house.face.kinds().count("share-waiting") == 2  # one for each share, none for the change


async def test_an_edit_that_comes_too_late_changes_nothing_that_is_posted(house: House) -> None:
    _, share = await offered(house)
    await house.reviewing.approve(MARA, share.id)
    with pytest.raises(errors.AlreadyDecided):
        await house.shares.revise(ADA, share.id, Draft(text="Other words."))
    with pytest.raises(errors.AlreadyDecided):
        await house.shares.wish(ADA, share.id, Wish.COMPANY)
    assert (await house.shares.get(ADA, share.id)).text == share.text


async def test_posted_words_are_taken_out_of_the_channel_at_their_authors_wish(house: House) -> None:
    _, share = await offered(house)
    await house.reviewing.approve(MARA, share.id)
    await house.tick()
    posted = next(letter for letter, _ in house.face.letters if letter.kind == "share-posted")
    taken = await house.shares.withdraw(ADA, share.id)
    assert taken.posted
    await house.tick()
    async with house.storage.read() as tx:
        sent = await tx.outbox.get(posted.id)
    assert sent is not None
    assert house.face.taken == [sent.message]
    with pytest.raises(errors.AlreadyDecided):
        await house.shares.withdraw(ADA, share.id)


async def test_approved_words_that_are_not_out_yet_never_go_out_once_taken_back(house: House) -> None:
    _, share = await offered(house)
    await house.reviewing.approve(MARA, share.id)
    assert not (await house.shares.withdraw(ADA, share.id)).posted
    for _ in range(3):
        await house.step(hours=1)
    assert "share-posted" not in house.face.kinds()


async def test_nobody_else_can_change_keep_or_see_words(house: House) -> None:
    _, share = await offered(house)
    for who in (BEN, MARA):
        for act in (
            house.shares.get(who, share.id),
            house.shares.editable(who, share.id),
            house.shares.keep(who, share.id),
            house.shares.revise(who, share.id, Draft(text="Not mine.")),
            house.shares.wish(who, share.id, None),
        ):
            with pytest.raises(errors.NoSuchShare):
                await act
    for who in (ADA, BEN):
        with pytest.raises(errors.NotFacilitator):
            await house.reviewing.unseal(who, share.id, "I wonder.")
        with pytest.raises(errors.NotFacilitator):
            await house.reviewing.ask(who, share.id, "No.")
    assert await house.shares.mine(BEN) == []


async def test_words_can_be_kept_as_a_note_of_ones_own(house: House) -> None:
    circle, share = await offered(house)
    day = await house.shares.keep(ADA, share.id)
    assert (await house.shares.get(ADA, share.id)).review is Review.WITHDRAWN
    async with house.storage.read() as tx:
        kept = await tx.check_ins.of(share.member, None, day)
    assert kept is not None
    assert kept.answer.note == share.text
    await house.members.consents(BEN, circle.id, frozenset())
    theirs = await house.offer(BEN, None, circle.id, "Mine.")
    with pytest.raises(errors.ConsentNeeded):
        await house.shares.keep(BEN, theirs.id)
    assert (await house.shares.get(BEN, theirs.id)).review is Review.WAITING


async def test_a_name_is_shown_only_where_its_author_chose_so(house: House) -> None:
    circle, sealed = await offered(house)
    named = await house.offer(BEN, None, circle.id, "It was me.", named=True)
    first, second = await house.reviewing.queue(MARA, circle.id)
    assert (first.author, second.author) == (None, BEN.account)
    for share in (sealed, named):
        await house.reviewing.approve(MARA, share.id)
    await house.tick()
    posted = [
        (letter.facts["text"], who) for letter, who in house.face.letters if letter.kind == "share-posted"
    ]
    assert posted == [("I went for a walk.", None), ("It was me.", BEN.account)]


async def test_asking_for_a_sealed_name_is_written_down_and_told_before_it_is_shown(house: House) -> None:
    circle, share = await offered(house)
    with pytest.raises(errors.Empty):
        await house.reviewing.unseal(MARA, share.id, " ")
    author = await house.reviewing.unseal(MARA, share.id, "The words sound like danger.")
    assert author == ADA.account
    async with house.storage.read() as tx:
        looks = await tx.looks.of([share.member])
        entry = (await tx.audit.latest(circle.id))[0]
    expected = Look(
        at=house.clock.now(), seen=Seen.AUTHOR, about=date(2026, 3, 2), reason="The words sound like danger.",
        viewer=MARA.account,
    )  # fmt: skip
    assert looks == [expected]
    assert (entry.deed, entry.account) == (Deed.AUTHOR_UNSEALED, MARA.account)
    await house.tick()
    letter, who = house.face.letters[-1]
    assert (letter.kind, who) == ("author-unsealed", ADA.account)
    named = await house.offer(BEN, None, circle.id, "It was me.", named=True)
    with pytest.raises(AuthorKnown):
        await house.reviewing.unseal(MARA, named.id, "Why not.")


async def test_long_waits_are_told_of_twice_and_no_more(house: House) -> None:
    circle, share = await offered(house)
    told = {1: 0, 3: 1, 11: 1, 13: 2, 40: 2}
    start = house.clock.now()
    for hours, times in told.items():
        house.clock.set(start + timedelta(hours=hours))
        for _ in range(2):
            await house.reviewing.tick()
            await house.tick()
        kinds = house.face.kinds()
        assert (kinds.count("share-late"), kinds.count("share-delayed")) == (times, times), hours
    letter, account = next(one for one in house.face.letters if one[0].kind == "share-late")
    assert (letter.facts, account) == ({"share": share.id, "since": int(start.timestamp())}, None)
    await house.reviewing.approve(MARA, share.id)
    await house.reviewing.tick()
    assert await house.shares.queue(ADA, circle.id) == await house.shares.queue(BEN, circle.id)


async def test_the_authors_news_waits_in_their_own_list_where_they_want_no_messages(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    share = await house.offer(ADA, None, circle.id, "words")
    await house.reviewing.unseal(MARA, share.id, "The words sound like danger.")
    await house.reviewing.ask(MARA, share.id, "Without the street.")
    await house.tick()
    assert house.face.kinds() == ["share-waiting"]
    assert (await house.shares.mine(ADA))[0].reason == "Without the street."
