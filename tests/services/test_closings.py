"""A circle is closed: it rests at once, can be kept for a week, and then all of it is gone, everywhere."""

import asyncio
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import func, select

from bot.domain import errors
from bot.domain.audit import Deed
from bot.domain.check_ins import Answer
from bot.domain.circles import Circle
from bot.domain.closing_errors import CircleClosing, TooLateToKeep
from bot.domain.closings import GRACE
from bot.domain.guard import Guard, Policy
from bot.domain.lines import LineKind, NewLine
from bot.domain.members import Scope
from bot.domain.occurrences import State
from bot.domain.outbox import Recipient
from bot.domain.safety_maps import MapPart
from bot.domain.schedules import Kind
from bot.domain.shares import Review
from bot.services._closing_letters import RESTING
from bot.services.arranging import Wanted
from bot.services.circle_settings import Typed
from bot.services.closings import PATIENCE
from bot.services.life import Life
from cogs.closings._file import packed_up
from cogs.privacy._data import as_data
from storage import Storage
from storage.marks import ALIVE, RESTORED
from storage.tables import metadata
from tests.services.guarded import LABELS, guarded, standing
from tests.services.house import ADA, BEN, CONTENT, KEY, MARA, RAIN, ROLE, YES, House, person
from tests.services.meetings import THURSDAY, reminded
from tests.services.recorder import Fault
from tests.services.test_privacy import lived

ALL = frozenset(Scope)
CLEO = person("4")
OUTSIDER = person("9", ROLE, server="901")
OWN_LINE = NewLine(kind=LineKind.CRISIS, name="Listening loft", phone="0700 4186257")
TOLD = ["circle-closing", "circle-closing-note"]


async def closed(house: House) -> Circle:
    """A circle with Ada in it that closes."""
    circle = await house.circle()
    await house.members.join(ADA, circle.id, ALL)
    return await house.closings.close(MARA, circle.id)


async def over(house: House, **more: float) -> None:
    """Its seven days pass, and what is due is done."""
    house.clock.step(GRACE + timedelta(**more))
    await house.closings.tick()


async def left(house: House) -> dict[str, int]:
    """How many rows each table holds, without those that are about no circle."""
    none = {"vault_keys", "keyrings", "marks", "erased", "processes", "exercise_runs"}
    found = {}
    async with house.storage.begin() as tx:
        for table in metadata.sorted_tables:
            if table.name not in none:
                count = await tx._session.value(select(func.count()).select_from(table))
                found[table.name] = int(count)
    return {name: count for name, count in found.items() if count}


async def circles(house: House) -> list[Circle]:
    async with house.storage.read() as tx:
        return await tx.circles.all()


async def test_only_its_facilitators_close_keep_and_take_its_things(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, ALL)
    for act in (house.closings.close, house.closings.keep, house.closings.hand_over):
        with pytest.raises(errors.NotFacilitator):
            await act(ADA, circle.id)
        with pytest.raises(errors.NoCircle):
            await act(OUTSIDER, circle.id)
    assert (await circles(house))[0].closing is None


async def test_both_channels_read_the_date_and_nothing_is_posted_any_more(house: House) -> None:
    circle = await closed(house)
    assert circle.closing is not None
    at = int(circle.closing.closes_at.timestamp())
    assert at == int((house.clock.now() + timedelta(days=7)).timestamp())
    await house.tick()
    told = [(letter.kind, letter.recipient, letter.facts["at"]) for letter, _ in house.face.letters]
    assert told == [(TOLD[0], Recipient.CIRCLE, at), (TOLD[1], Recipient.FACILITATORS, at)]
    for _ in range(6):
        await house.step(days=1)
    assert house.face.posts == []
    assert {each.state for each in await house.occurrences(circle.id)} == {State.HELD}
    assert (await house.circles.status(MARA, circle.id)).paused
    [deed, *_] = await house.circles.audit(MARA, circle.id)
    assert deed.deed is Deed.CLOSING_BEGUN


async def test_pressed_twice_it_keeps_its_date_and_tells_nobody_again(house: House) -> None:
    circle = await closed(house)
    await house.step(days=2)
    again = await house.closings.close(person("11", ROLE), circle.id)
    assert again.closing == circle.closing
    await house.tick()
    assert house.face.kinds() == TOLD


async def test_a_week_of_all_that_reminds_brings_nothing_but_the_two_notes(house: House) -> None:
    circle = await reminded(house, ADA)
    await house.members.consents(ADA, circle.id, ALL)
    await house.plans.lay(MARA, circle.id, "2026-03-02", None)
    await house.reminders.set_(ADA, circle.id, at="18:00")
    await house.pairs.join(ADA, circle.id, ear=False)
    share = await house.offer(ADA, None, circle.id, "I went to the river.")
    await house.tick()
    before = len(house.face.letters)
    await house.closings.close(MARA, circle.id)
    for _ in range(6 * 24 * 2):
        await house.step(minutes=30)
        for work in (house.care, house.reminders, house.nudges, house.pairs, house.reviewing):
            await work.tick()
    assert [letter.kind for letter, _ in house.face.letters[before:]] == TOLD
    assert house.face.posts == []
    assert house.face.made == 1, "no meeting is announced but the one that was"
    assert (await house.shares.get(ADA, share.id)).review is Review.WAITING


@pytest.mark.parametrize("kind", sorted(RESTING))
async def test_what_was_written_before_and_only_urges_is_let_go(house: House, kind: str) -> None:
    circle = await house.circle()
    async with house.storage.begin() as tx:
        await tx.outbox.add(circle.id, Recipient.FACILITATORS, kind, {}, house.clock.now())
        await tx.commit()
    await house.closings.close(MARA, circle.id)
    await house.tick()
    assert house.face.kinds() == TOLD
    assert (await house.circles.status(MARA, circle.id)).stuck == ()


async def test_nothing_new_is_begun_and_what_is_there_goes_on(house: House) -> None:
    circle = await house.circle()
    for who in (ADA, BEN):
        await house.members.join(who, circle.id, ALL)
    post = await house.posted(circle)
    first, second = [await house.offer(ADA, post.id, circle.id, words) for words in ("One.", "Two.")]
    await house.members.leave(BEN, circle.id)
    await house.closings.close(MARA, circle.id)
    for refused in (
        house.members.join(CLEO, circle.id, YES),
        house.offer(ADA, post.id, circle.id, "Three."),
        house.shares.revise(ADA, first.id, first.draft),
        house.pairs.join(ADA, circle.id, ear=False),
        house.schedules.post_now(MARA, circle.id, Kind.CHECK_IN),
        house.circles.pause(MARA, circle.id),
        house.circles.resume(MARA, circle.id),
        house.reviewing.approve(MARA, first.id),
        house.reviewing.ask(MARA, first.id, "Shorter?"),
    ):
        with pytest.raises(CircleClosing):
            await refused
    assert (await house.reviewing.decline(MARA, first.id, "It closes.")).review is Review.DECLINED
    await house.shares.withdraw(ADA, second.id)
    await house.check_ins.submit(ADA, post.id, RAIN)
    await house.members.join(BEN, circle.id, ALL)  # who left finds all of theirs, as long as it is there
    assert len((await house.privacy.everything(BEN)).circles) == 1
    raised = (await house.people.want_person(ADA, circle_id=circle.id)).raised
    assert raised.alert is not None
    await house.tick()
    assert house.face.notes, "who asks for a person is heard to the end"


async def test_kept_it_goes_on_as_it_was_and_both_channels_read_so(house: House) -> None:
    circle = await closed(house)
    await house.step(days=6)
    kept = await house.closings.keep(MARA, circle.id)
    assert kept.closing is None
    await house.tick()
    assert house.face.kinds() == [*TOLD, "circle-kept", "circle-kept-note"]
    assert await house.closings.keep(MARA, circle.id) == kept
    await house.step(hours=1)
    assert len(house.face.posts) == 1, "the day's post, and none of those that were held"
    await over(house)
    assert await circles(house) == [kept]
    deeds = [each.deed for each in await house.circles.audit(MARA, circle.id)]
    assert deeds[:2] == [Deed.CIRCLE_KEPT, Deed.CLOSING_BEGUN]


async def test_one_that_rested_before_rests_again_once_it_is_kept(house: House) -> None:
    circle = await house.circle()
    await house.circles.pause(MARA, circle.id)
    await house.closings.close(MARA, circle.id)
    await house.closings.keep(MARA, circle.id)
    await house.step(hours=1)
    assert house.face.posts == []
    await house.circles.resume(MARA, circle.id)
    await house.step(days=1)
    assert len(house.face.posts) == 1


async def test_kept_before_anybody_could_be_told_nobody_reads_that_it_closes(house: House) -> None:
    circle = await closed(house)
    house.face.closed = lambda _: errors.Unreachable()
    await house.tick()
    await house.closings.keep(MARA, circle.id)
    house.face.closed = lambda _: None
    await house.step(minutes=1)
    assert house.face.kinds() == ["circle-kept", "circle-kept-note"]


async def test_closed_again_it_has_seven_days_anew_and_the_old_date_reaches_nobody(house: House) -> None:
    circle = await closed(house)
    house.face.closed = lambda _: errors.Unreachable()
    await house.tick()
    await house.closings.keep(MARA, circle.id)
    await house.step(hours=1)
    again = await house.closings.close(MARA, circle.id)
    house.face.closed = lambda _: None
    await house.step(hours=1)
    assert house.face.kinds() == TOLD
    assert again.closing is not None
    assert {letter.facts["at"] for letter, _ in house.face.letters} == {
        int(again.closing.closes_at.timestamp())
    }


async def test_a_meeting_is_announced_again_once_the_circle_is_kept(house: House) -> None:
    circle = await reminded(house, ADA)
    await house.closings.close(MARA, circle.id)
    await house.at(2026, 3, 5, 20, 0)
    assert house.face.announced[circle.id][1].start == THURSDAY
    await house.closings.keep(MARA, circle.id)
    await house.step(seconds=1)
    assert house.face.announced[circle.id][1].start == THURSDAY + timedelta(weeks=1)


async def test_after_seven_days_nothing_is_left_and_another_circle_is_as_it_was(house: House) -> None:
    circle = await lived(house)
    await house.duty.begin(MARA, circle.id)
    await house.lines.add(MARA, circle.id, OWN_LINE)
    other = await house.circle("20")
    await house.members.join(ADA, other.id, ALL)
    await house.check_ins.submit_today(ADA, other.id, Answer(note="Theirs."))
    await house.closings.close(MARA, circle.id)
    house.clock.step(GRACE - timedelta(seconds=1))
    await house.closings.tick()
    assert len(await circles(house)) == 2
    house.clock.step(timedelta(seconds=1))
    await house.closings.tick()
    assert await circles(house) == [other]
    [kept] = (await house.privacy.everything(ADA)).circles
    assert [each.answer.note for each in kept.check_ins] == ["Theirs."]
    async with house.storage.begin() as tx:
        await tx.circles.delete(other.id)
        await tx.commit()
    assert await left(house) == {}, "all that the other left went with it: nothing was the closed one's"


async def test_the_last_word_is_said_once_and_the_rest_of_the_house_goes_on(house: House) -> None:
    circle = await closed(house)
    await over(house)
    await house.closings.tick()
    [(letter, who)] = [each for each in house.face.letters if each[0].kind == "circle-closed"]
    assert (letter.circle, letter.recipient, who) == (circle.id, Recipient.FACILITATORS, None)
    with pytest.raises(errors.NoCircle):
        await house.closings.keep(MARA, circle.id)
    await house.step(days=1)
    assert (await house.privacy.everything(ADA)).circles == ()
    again = await house.circle()
    assert again.id != circle.id


async def test_what_was_due_while_trellis_was_away_is_deleted_when_it_is_back(house: House) -> None:
    circle = await closed(house)
    house.clock.step(GRACE + timedelta(days=30))
    with pytest.raises(TooLateToKeep):
        await house.closings.keep(MARA, circle.id)
    await house.tick()  # what else is due comes first, and posts nothing
    await house.closings.tick()
    assert await circles(house) == []
    assert house.face.posts == []


@pytest.mark.parametrize("error", [errors.ChannelGone, errors.NotPermitted, errors.Rejected])
async def test_where_the_channel_is_gone_or_we_were_removed_it_is_deleted_all_the_same(
    house: House, error: type[errors.DeliveryError]
) -> None:
    circle = await guarded(house)
    await house.closings.close(MARA, circle.id)
    house.face.closed = lambda _: error()
    await over(house)
    house.clock.step(PATIENCE)
    await house.closings.tick()
    assert await circles(house) == []


async def test_a_platform_that_is_away_is_waited_for_a_quarter_of_an_hour_and_no_longer(house: House) -> None:
    circle = await guarded(house)
    await house.closings.close(MARA, circle.id)
    house.face.closed = lambda _: errors.Unreachable()
    await over(house)
    assert len(await circles(house)) == 1
    house.face.closed = lambda _: None
    house.clock.step(timedelta(minutes=1))
    await house.closings.tick()
    assert (await circles(house), standing(house)) == ([], [])


async def test_a_platform_that_stays_away_holds_nothing_up(house: House) -> None:
    await closed(house)
    house.face.closed = lambda _: errors.Unreachable()
    async with house.storage.begin() as tx:
        [circle] = await tx.circles.all()
        guard = Guard(circle=circle.id, policy=Policy.HOLD, rules={"care": "r1"})
        await tx.guards.put(guard, house.clock.now())
        await tx.commit()
    await over(house)
    for _ in range(14):
        house.clock.step(timedelta(minutes=1))
        await house.closings.tick()
    assert len(await circles(house)) == 1
    house.clock.step(timedelta(minutes=1))
    await house.closings.tick()
    assert await circles(house) == []


async def test_what_stands_on_the_platform_by_us_is_taken_back(house: House) -> None:
    circle = await guarded(house)
    for who in (ADA, BEN):
        await house.members.join(who, circle.id, ALL)
        await house.pairs.join(who, circle.id, ear=False)
    house.clock.set(datetime(2026, 3, 4, 11, 0, tzinfo=UTC))
    await house.pairs.tick()
    await house.meetings.set_(MARA, circle.id, Wanted(day="thu", time="19:00"))
    house.face.paces[circle.id] = 5
    await house.paces.set_(MARA, circle.id, 300, span="24h")
    await house.mutes.begin(ADA, circle.id, house.clock.now() + timedelta(days=20), posting=True)
    await house.people.want_person(ADA, circle_id=circle.id)
    await house.tick()
    assert house.face.notes
    await house.closings.close(MARA, circle.id)
    await over(house)
    assert standing(house) == []
    assert house.face.paces[circle.id] == 5
    assert circle.id not in house.face.announced
    assert len(house.face.closed_pairs) == 1
    assert house.face.hushed == {}
    [card] = house.face.revised.values()
    assert getattr(card, "alerts", None) == (), "it names nobody any more"
    assert await circles(house) == []


async def test_another_guarded_circle_of_the_server_keeps_its_rules(house: House) -> None:
    first, second = await guarded(house), await house.circle("20")
    await house.guards.on(MARA, second.id, Policy.HOLD)
    await house.closings.close(MARA, first.id)
    await over(house)
    assert standing(house) == sorted(LABELS)
    assert all("20" not in each.rule.exempt for each in house.face.rules.values())
    assert all("10" in each.rule.exempt for each in house.face.rules.values())


async def test_a_rest_from_posting_that_another_circle_of_theirs_shares_stays(house: House) -> None:
    first, second = await house.circle(), await house.circle("20")
    for circle in (first, second):
        await house.members.join(ADA, circle.id, ALL)
    await house.mutes.begin(ADA, first.id, house.clock.now() + timedelta(days=20), posting=True)
    await house.closings.close(MARA, first.id)
    await over(house)
    assert ADA.account in house.face.hushed


async def test_one_thing_that_fails_on_the_platform_holds_up_no_other(house: House) -> None:
    circle = await guarded(house)
    await house.meetings.set_(MARA, circle.id, Wanted(day="thu", time="19:00"))
    await house.paces.set_(MARA, circle.id, 300, span="24h")
    await house.closings.close(MARA, circle.id)
    house.face.pace_faults = [Fault(errors.NotPermitted())]
    await over(house)
    assert circle.id not in house.face.announced
    assert await circles(house) == []


async def test_a_map_goes_along_to_another_circle_of_its_person_s(house: House) -> None:
    first, second = await house.circle(), await house.circle("20")
    await house.members.join(ADA, first.id, YES)
    await house.safety_maps.put(ADA, {MapPart.SIGNS: "The spoons are counted."})
    await house.members.join(ADA, second.id, YES)
    await house.closings.close(MARA, first.id)
    await over(house)
    shown = (await house.safety_maps.of(ADA)).map
    assert shown is not None
    assert shown.parts[MapPart.SIGNS] == "The spoons are counted."


async def test_a_backup_of_before_opens_for_no_member_and_brings_no_circle_back(
    house: House, tmp_path: Path
) -> None:
    """Neither does one that was made while it closed; another circle comes back whole."""
    circle, other = await lived(house), await house.circle("20")
    await house.members.join(BEN, other.id, ALL)
    folder = tmp_path / "backups"
    await house.storage.backup(folder / "before.db")
    await house.closings.close(MARA, circle.id)
    await house.storage.backup(folder / "meanwhile.db")
    await over(house)
    for name in ("before", "meanwhile"):
        url = f"sqlite+aiosqlite:///{tmp_path / f'{name}-restored.db'}"
        await Storage.restore(folder / f"{name}.db", url, [KEY])
        restored = await Storage.open(url, [KEY])
        async with restored.read() as tx:
            assert await tx.circles.all() == [other]
            assert await tx.members.of(ADA.account) == []
            assert [member.circle for member in await tx.members.of(BEN.account)] == [other.id]
        await restored.close()


async def test_one_that_closed_in_a_restored_backup_has_seven_days_again_and_both_are_told(
    house: House, tmp_path: Path
) -> None:
    """It may have been kept since the backup was made, and nobody is there to say so."""
    circle = await closed(house)
    life = Life(house.storage, house.clock, lambda: True)
    await life.begin()
    await house.storage.backup(tmp_path / "backups" / "meanwhile.db")
    await house.closings.keep(MARA, circle.id)
    await house.storage.close()
    url = f"sqlite+aiosqlite:///{tmp_path / 'restored.db'}"
    await Storage.restore(tmp_path / "backups" / "meanwhile.db", url, [KEY])
    house.clock.set(datetime.now(UTC))
    again = House(await Storage.open(url, [KEY]), house.clock, house.face)
    async with again.storage.read() as tx:
        assert (await tx.marks.at(ALIVE), await tx.marks.at(RESTORED) is not None) == (None, True)
    await again.closings.tick()
    await Life(again.storage, again.clock, lambda: True).begin()
    await again.tick()
    [found] = await circles(again)
    assert found.closing is not None
    assert found.closing.closes_at > again.clock.now() + GRACE - timedelta(minutes=5)
    told = [letter for letter, _ in house.face.letters if letter.kind in TOLD]
    assert {letter.facts["at"] for letter in told[-2:]} == {int(found.closing.closes_at.timestamp())}
    assert (await again.closings.keep(MARA, circle.id)).closing is None
    house.storage = again.storage  # the fixture closes it


def opened(packed: bytes) -> dict[str, str]:
    """The files of the zip, by name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def leaves(data: Any) -> Iterator[str]:
    """Every string in it."""
    if isinstance(data, dict):
        for each in data.values():
            yield from leaves(each)
    elif isinstance(data, list | tuple):
        for each in data:
            yield from leaves(each)
    elif isinstance(data, str):
        yield data


async def test_what_is_handed_over_holds_nothing_of_any_member(house: House) -> None:
    """Each of them has left something in every table; then it is looked for, word for word."""
    ada, ben = person("770000000000000123"), person("770000000000000456")
    mara = person("880000000000000789", ROLE, manages=True)
    circle = await lived(house, ada, ben, mara)
    named = await house.offer(ada, None, circle.id, "The heron wore an umber coat.", named=True)
    await house.reviewing.decline(mara, named.id, "Wendelin is a real name.")
    await house.reviewing.unseal(mara, (await house.offer(ben, None, circle.id, "Salt.")).id, "The quay.")
    await house.duty.begin(mara, circle.id)
    await house.keep_apart.add(mara, circle.id, ada.account, ben.account)
    files = opened(packed_up(await house.closings.hand_over(mara, circle.id)))
    assert files.keys() == {"circle.yaml", "plan.yaml"}
    whole = "\n".join(files.values())
    words = {"heron", "Wendelin", "Salt.", "The quay.", "long night", "for a walk", "A little shorter"}
    words |= {"quarry", "fern", "Call Noor", "quieter kitchen", "spoons", "After the owls", "The tone of it"}
    for who in (ada, ben):
        held = as_data(await house.privacy.everything(who), CONTENT)
        words |= {each for each in leaves(held) if " " in each and any(map(str.isalpha, each))}
    words -= {circle.name}
    ids = {each.account.id for each in (ada, ben, mara)} | {"discord.com"}
    assert len(words) > 25
    assert [each for each in sorted(words | ids) if each in whole] == []


async def test_what_is_handed_over_is_what_the_circle_made(house: House) -> None:
    circle = await lived(house)
    await house.lines.add(MARA, circle.id, OWN_LINE)
    await house.duty.begin(person("11", ROLE), circle.id)
    own = await house.closings.hand_over(MARA, circle.id)
    files = opened(packed_up(own))
    assert files["plan.yaml"] == await house.plan_files.export(MARA, circle.id)
    held = yaml.safe_load(files["circle.yaml"])
    assert held["circle"] == "Circle 10"
    assert held["settings"]["zone"] == "Europe/Berlin"
    assert held["agreement"] == CONTENT.texts["sf-agreement"]
    assert held["recurring_posts"][0]["post"]
    assert held["meeting"]["on"] == "tue"
    assert held["help_lines_of_your_own"][0]["phone"] == "0700 4186257"
    assert held["promise_log"]["sent"] + held["promise_log"]["missed"] > 0
    assert [each["who"] for each in held["duty"]] == ["facilitator 2"]
    assert {each["what"] for each in held["who_did_what"]} >= {"circle-made", "plan-laid", "meeting-set"}
    assert {each["who"] for each in held["who_did_what"]} == {"facilitator 1", "facilitator 2"}
    assert len(held["weeks_in_bands"]) == len(own.weeks)


async def test_who_is_forgotten_is_no_number_in_it(house: House) -> None:
    circle = await house.circle()
    await house.members.delete_all(MARA)
    own = await house.closings.hand_over(person("11", ROLE), circle.id)
    assert [each.who for each in own.deeds] == [None]


async def test_of_two_processes_one_deletes_it_and_nobody_hears_twice(houses: tuple[House, House]) -> None:
    first, second = houses
    circle = await first.circle()
    await first.members.join(ADA, circle.id, ALL)
    presses = (house.closings.close(MARA, circle.id) for house in (first, second, first))
    assert len({done.closing for done in await asyncio.gather(*presses)}) == 1
    await asyncio.gather(first.tick(), second.tick())
    assert sorted(first.face.kinds()) == TOLD
    first.clock.step(GRACE)
    await asyncio.gather(*(house.closings.tick() for house in (first, second, first, second)))
    assert await circles(second) == []
    assert first.face.kinds().count("circle-closed") == 1


async def test_one_that_was_kept_since_it_was_found_due_is_not_deleted(house: House) -> None:
    circle = await closed(house)
    house.clock.step(GRACE - timedelta(microseconds=1))
    await house.closings.keep(MARA, circle.id)
    house.clock.step(timedelta(days=1))
    assert not await house.closings._delete(circle.id)
    assert [each.id for each in await circles(house)] == [circle.id]


async def test_a_change_of_settings_at_the_same_moment_takes_no_closing_back(
    houses: tuple[House, House],
) -> None:
    first, second = houses
    circle = await first.circle()
    for number in range(8):
        await asyncio.gather(
            first.circles.settings(MARA, circle.id, Typed(hours=f"at {number}")),
            second.closings.close(MARA, circle.id),
        )
        assert (await circles(first))[0].closing is not None
        await first.closings.keep(MARA, circle.id)
