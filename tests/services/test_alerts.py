"""Alerts reach people, are asked for until one has them, and say nothing that is not so."""

import asyncio
import logging
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.accounts import Account
from bot.domain.alert_errors import AlertClosed, AlertTaken, NoSuchAlert
from bot.domain.alerts import AlertState, Concern, NewAlert, Safe, Source, Step
from bot.domain.circles import Circle
from bot.domain.errors import ChannelGone, NoCircle, NotFacilitator, TooLong, Unreachable
from bot.domain.ids import AlertId
from bot.domain.listening.tiers import Tier
from bot.domain.looks import Seen
from bot.domain.members import Scope
from bot.services._alerting import Raised, raised
from bot.services.circle_settings import Typed
from bot.services.messenger import AlertNote
from tests.services.house import ADA, BEN, MARA, ROLE, YES, House, person
from tests.services.recorder import Fault

NOOR, OLE = person("11", ROLE), person("12", ROLE)  # two more facilitators
OWNER = "1000"
LINK = "https://discord.com/channels/900/10/77"
GRAVE = {"source": Source.MATCH, "tier": Tier.SUICIDE_ACTIVE}


async def alarm(house: House, circle: Circle, account: Account = BEN.account, **new: Any) -> Raised:
    """Something is raised, in a transaction of its own."""
    async with house.storage.begin() as tx:
        given = {**GRAVE, "account": account, **new}
        done = await raised(tx, circle, NewAlert(**given), house.clock.now())
        await tx.commit()
    return done


async def opened(house: House) -> Circle:
    """A circle with Ada and Ben in it."""
    circle = await house.circle()
    for who in (ADA, BEN):
        await house.members.join(who, circle.id, YES)
    return circle


def asked(note: AlertNote) -> list[str]:
    """Who is asked by a letter: people by their ids, "role", and the owner."""
    names = [account.id for account in note.people] + (["role"] if note.role else [])
    return names + ([note.owner.id] if note.owner else [])


async def test_who_is_on_duty_is_asked_again_then_the_next_then_the_owner_through_a_restart(
    house: House, tmp_path: Path
) -> None:
    circle = await opened(house)
    await house.duty.begin(NOOR, circle.id)
    await house.step(hours=1)
    await house.duty.end(NOOR, circle.id)
    await house.duty.begin(MARA, circle.id)
    done = await alarm(house, circle)
    assert (done.on_duty, done.told) == (True, False)
    await house.tick()
    assert (await house.alerts.told(done)).told
    assert [asked(note) for note in house.face.notes] == [["1"]]
    for minutes in (4, 1, 4):
        await house.step(minutes=minutes)
    assert [asked(note) for note in house.face.notes] == [["1"], ["1"]]
    again = House(house.storage, house.clock, house.face)  # another process on the same data
    for minutes in (1, 9, 1, 60):
        await again.step(minutes=minutes)
        await again.tick()
    assert [asked(note) for note in house.face.notes] == [["1"], ["1"], ["11"], [OWNER]]
    assert [note.steps for note in house.face.notes] == [(step,) for step in Step]
    assert not any(note.is_late for note in house.face.notes)


async def test_where_nobody_is_on_duty_everyone_with_the_role_is_asked(house: House) -> None:
    circle = await opened(house)
    done = await alarm(house, circle)
    assert not done.on_duty
    for minutes in (0, 5, 5, 10):
        await house.step(minutes=minutes)
    assert [asked(note) for note in house.face.notes] == [["role"], ["role"], ["role"], [OWNER]]


async def test_what_is_late_after_an_outage_comes_once_and_says_how_late_it_is(house: House) -> None:
    circle = await opened(house)
    await house.duty.begin(NOOR, circle.id, "08:02")
    await house.duty.begin(MARA, circle.id)
    await alarm(house, circle)
    await house.tick()
    await house.step(minutes=12)
    [first, late] = house.face.notes
    assert sorted(asked(first)) == ["1", "11"]
    assert (late.steps, asked(late)) == ((Step.SAME, Step.NEXT), ["1", "11"])
    assert (late.late, late.is_late) == (timedelta(minutes=2), True)
    await house.step(minutes=8)
    assert asked(house.face.notes[-1]) == [OWNER]
    assert len(house.face.notes) == 3


async def test_a_letter_that_never_left_before_the_crash_is_taken_up_by_the_one_that_does(
    house: House,
) -> None:
    circle = await opened(house)
    await house.duty.begin(MARA, circle.id)
    await alarm(house, circle)
    house.clock.step(timedelta(minutes=6))
    await house.tick()
    [note] = house.face.notes
    assert (note.steps, asked(note)) == ((Step.FIRST, Step.SAME), ["1"])


async def test_what_was_passed_on_and_never_left_is_asked_of_the_first_again(house: House) -> None:
    circle = await opened(house)
    await alarm(house, circle)
    for minutes in (0, 5):
        await house.step(minutes=minutes)
    await house.step(minutes=1)
    house.face.closed = lambda _: Unreachable()
    await house.alerts.hand_on(MARA, AlertId(1))
    await house.step(minutes=5)
    house.face.closed = lambda _: None
    for _ in range(3):
        await house.step(seconds=10)
    assert house.face.notes[-1].steps == (Step.FIRST, Step.SAME)


async def test_a_letter_of_several_is_not_dropped_for_one_that_is_asked_for_again(house: House) -> None:
    circle = await opened(house)
    for number in range(4):
        await alarm(house, circle, person(str(100 + number)).account)
    await alarm(house, circle, person("104").account, tier=Tier.SELF_HARM)  # it asks once
    await house.step(minutes=6)
    told = [shown.alert.id for note in house.face.notes for shown in note.alerts]
    assert set(told) == {1, 2, 3, 4, 5}


async def test_where_discord_is_away_the_newest_letter_asks_all_and_older_ones_are_dropped(
    house: House,
) -> None:
    circle = await opened(house)
    await house.duty.begin(MARA, circle.id)
    house.face.closed = lambda _: Unreachable()
    await alarm(house, circle)
    for _ in range(45):
        await house.step(seconds=15)
    assert house.face.notes == []
    house.face.closed = lambda _: None
    for _ in range(4):
        await house.step(seconds=15)
    [note] = house.face.notes
    assert note.steps == (Step.FIRST, Step.SAME, Step.NEXT)
    assert asked(note) == ["1", "role"]


async def test_nobody_is_asked_after_one_has_it_and_every_letter_then_says_so(house: House) -> None:
    circle = await opened(house)
    await alarm(house, circle)
    for minutes in (0, 5):
        await house.step(minutes=minutes)
    [shown] = await house.alerts.open(MARA, circle.id)
    taken = await house.alerts.acknowledge(MARA, shown.alert.id)
    assert taken.alert.holder == MARA.account
    for minutes in (0, 5, 10, 60):
        await house.step(minutes=minutes)
    assert len(house.face.notes) == 2
    for note in house.face.notes:
        changed = house.face.revised[note.letter.id]
        assert isinstance(changed, AlertNote)
        assert (changed.alerts[0].alert.state, asked(changed)) == (AlertState.ACKNOWLEDGED, [])


async def test_a_card_is_changed_once_for_all_that_came_and_again_for_what_comes_then(house: House) -> None:
    circle = await opened(house)
    await alarm(house, circle)
    await house.tick()
    await house.alerts.acknowledge(MARA, AlertId(1))
    await house.alerts.close(MARA, AlertId(1))
    await house.tick()
    assert house.face.calls.count("revise") == 1
    await alarm(house, circle)
    await house.tick()
    for number, act in enumerate((house.alerts.acknowledge, house.alerts.close), 2):
        await act(MARA, AlertId(2))
        await house.tick()
        assert house.face.calls.count("revise") == number


async def test_two_who_press_at_once_one_has_it_and_the_other_reads_who(house: House) -> None:
    circle = await opened(house)
    done = await alarm(house, circle)
    assert done.alert is not None
    presses = [house.alerts.acknowledge(who, done.alert.id) for who in (MARA, NOOR, OLE)]
    came = await asyncio.gather(*presses, return_exceptions=True)
    [one] = [each for each in came if not isinstance(each, BaseException)]
    others = [each for each in came if isinstance(each, AlertTaken)]
    assert [each.holder for each in others] == [one.alert.holder] * 2


async def test_someone_else_is_asked_at_once_and_not_who_handed_it_on(house: House) -> None:
    circle = await opened(house)
    await house.duty.begin(NOOR, circle.id, "08:02")
    await house.duty.begin(MARA, circle.id)
    done = await alarm(house, circle)
    assert done.alert is not None
    await house.step(minutes=3)
    await house.alerts.acknowledge(MARA, done.alert.id)
    await house.step(minutes=30)
    assert len(house.face.notes) == 1
    await house.alerts.hand_on(MARA, done.alert.id)
    await house.tick()
    assert asked(house.face.notes[-1]) == ["11"]  # Noor was on duty until a while ago
    await house.step(minutes=5)
    assert asked(house.face.notes[-1]) == ["1"]  # the clock has begun anew
    assert len(house.face.notes) == 3


async def test_who_lost_the_role_is_asked_no_more_and_who_cannot_be_checked_is(house: House) -> None:
    circle = await opened(house)
    for who in (MARA, NOOR):
        await house.duty.begin(who, circle.id)
    house.face.without_role = {NOOR.account}
    await alarm(house, circle)
    await house.tick()
    assert asked(house.face.notes[-1]) == ["1"]
    assert [turn.account for turn in await house.duty.on_duty(circle.id)] == [MARA.account]
    house.face.role_faults = [Fault(Unreachable())]
    await house.step(minutes=5)
    assert asked(house.face.notes[-1]) == ["1"]
    house.face.without_role = {MARA.account}
    await alarm(house, circle, ADA.account)
    await house.tick()
    assert asked(house.face.notes[-1]) == ["role"]
    assert not (await alarm(house, circle, person("40").account)).on_duty


async def test_a_burst_is_told_in_few_letters_and_each_alert_stands_for_itself(house: House) -> None:
    circle = await opened(house)
    for number in range(30):
        await alarm(house, circle, person(str(100 + number)).account)
    await house.tick()
    assert len(house.face.notes) == 3
    for _ in range(6):
        await house.step(seconds=10)
    told = [shown.alert.id for note in house.face.notes for shown in note.alerts]
    assert len(house.face.notes) <= 5
    assert sorted(told) == list(range(1, 31))
    listed = await house.alerts.open(MARA, circle.id)
    assert [shown.alert.id for shown in listed] == list(range(1, 31))
    await house.alerts.acknowledge(MARA, AlertId(7))
    await house.tick()
    [letter] = [note.letter.id for note in house.face.notes if 7 in {each.alert.id for each in note.alerts}]
    changed = house.face.revised[letter]
    assert isinstance(changed, AlertNote)
    assert [shown.alert.id for shown in changed.alerts if shown.alert.state is not AlertState.OPEN] == [7]
    assert (await house.alerts.open(MARA, circle.id))[-1].alert.id == 7  # those that nobody has come first
    before, start = len(house.face.notes), house.clock.now() - timedelta(minutes=1)
    for minutes in (5, 10, 20):
        house.clock.set(start + timedelta(minutes=minutes))
        for seconds in (0, 1, 20):
            await house.step(seconds=seconds)
    again = house.face.notes[before:]
    by_step: dict[Step, set[int]] = {step: set() for step in Step}
    for note in again:
        for shown in note.alerts:
            by_step[note.steps[-1]].add(shown.alert.id)
    assert all(by_step[step] == set(range(1, 31)) - {7} for step in list(Step)[1:])
    assert len(again) == 3 * 5


async def test_a_word_match_is_raised_once_within_six_hours_and_a_higher_tier_passes(house: House) -> None:
    circle = await opened(house)
    first = await alarm(house, circle, tier=Tier.SELF_HARM)
    again = await alarm(house, circle, tier=Tier.SELF_HARM)
    higher = await alarm(house, circle)
    lower = await alarm(house, circle, tier=Tier.SUICIDE_PASSIVE)
    assert first.alert is not None
    assert higher.alert is not None
    assert (again.alert, lower.alert) == (None, None)
    assert (again.standing and again.standing.times, lower.standing and lower.standing.id) == (
        2,
        higher.alert.id,
    )
    house.clock.step(timedelta(hours=6))
    assert (await alarm(house, circle, tier=Tier.SELF_HARM)).alert is not None


async def test_the_circle_s_policy_holds_back_matches_and_never_what_somebody_asks_for(house: House) -> None:
    circle = await opened(house)
    circle = await house.circles.settings(MARA, circle.id, Typed(alerts="off"))
    none = await alarm(house, circle)
    assert (none.alert, none.standing) == (None, None)
    assert not (await house.alerts.told(none)).told
    assert (await house.people.want_person(ADA, circle_id=circle.id)).raised.alert is not None
    circle = await house.circles.settings(MARA, circle.id, Typed(alerts="urgent"))
    assert (await alarm(house, circle, tier=Tier.SELF_HARM)).standing is None
    assert (await alarm(house, circle)).alert is not None


async def test_a_false_match_closes_and_nothing_of_the_person_is_left_in_it(house: House) -> None:
    circle = await opened(house)
    done = await alarm(house, circle, link=LINK)
    assert done.alert is not None
    await house.tick()
    await house.alerts.misread(MARA, done.alert.id)
    await house.tick()
    async with house.storage.read() as tx:
        alert = await tx.alerts.get(done.alert.id)
    assert (alert.misread, alert.member, alert.account, alert.link) == (True, None, None, None)
    [held] = (await house.privacy.everything(BEN)).circles
    assert held.alerts == ()
    assert (await alarm(house, circle)).alert is not None  # the next one is not held to be false, too
    with pytest.raises(AlertClosed):
        await house.alerts.acknowledge(MARA, done.alert.id)


async def test_who_asked_for_a_person_is_told_how_it_stands_and_not_who_has_it(house: House) -> None:
    circle = await opened(house)
    wanted = await house.people.want_person(ADA, circle_id=circle.id)
    id_ = wanted.raised.alert.id if wanted.raised.alert else AlertId(0)
    before = await house.alerts.answered(ADA, id_)
    assert (before.told, before.on_duty, before.state) == (False, False, AlertState.OPEN)
    await house.duty.begin(MARA, circle.id)
    await house.tick()
    told = await house.alerts.answered(ADA, id_)
    assert (told.told, told.on_duty, told.taken_at) == (True, True, None)
    await house.alerts.acknowledge(MARA, id_)
    taken = await house.alerts.answered(ADA, id_)
    assert (taken.state, taken.taken_at) == (AlertState.ACKNOWLEDGED, house.clock.now())
    assert "holder" not in {each.name for each in fields(taken)}
    [look] = await house.privacy.looks(ADA)
    assert (look.seen, look.viewer) == (Seen.PERSON, MARA.account)
    for stranger in (BEN, MARA):
        with pytest.raises(NoSuchAlert):
            await house.alerts.answered(stranger, id_)
    assert [each.alert for each in await house.alerts.standing(ADA, circle.id)] == [id_]


@pytest.mark.parametrize(
    ("consents", "safe", "asks", "written"),
    [
        ({Scope.REMINDERS}, Safe.YES, False, True),
        ({Scope.REMINDERS}, None, False, False),
        ({Scope.REMINDERS}, Safe.AT, False, False),
        ({Scope.REMINDERS}, Safe.NO, True, False),
        (set(), Safe.YES, False, False),
        (set(), Safe.YES, True, True),
    ],
)
async def test_a_member_is_written_to_only_where_they_want_it_and_it_is_safe(
    house: House, consents: set[Scope], safe: Safe | None, asks: bool, written: bool
) -> None:
    circle = await house.circle()
    await house.circles.settings(MARA, circle.id, Typed(quiet_from="22:00", quiet_until="08:59"))
    await house.members.join(ADA, circle.id, consents)
    await house.people.want_person(ADA, circle_id=circle.id)
    if safe is not None:
        await house.alerts.say_safe(ADA, AlertId(1), safe)
    if asks:
        await house.alerts.want_word(ADA, AlertId(1))
    house.clock.step(timedelta(minutes=1))
    await house.alerts.acknowledge(MARA, AlertId(1))
    await house.tick()
    letters = [letter for letter, _ in house.face.letters if letter.kind == "alert-answered"]
    assert len(letters) == written
    if written:
        taken = int(house.clock.now().timestamp())
        assert (letters[0].facts["state"], letters[0].facts["at"]) == ("acknowledged", taken)
        await house.alerts.hand_on(MARA, AlertId(1))
        await house.tick()
        changed = house.face.revised[letters[0].id]
        assert not isinstance(changed, AlertNote)
        assert changed.facts["state"] == "open"  # what was told is not left standing


async def test_a_second_press_joins_and_asks_anew_only_after_an_hour_without_an_answer(house: House) -> None:
    circle = await opened(house)
    for minutes in (0, 10, 60):
        house.clock.step(timedelta(minutes=minutes))
        wanted = await house.people.want_person(ADA, circle_id=circle.id)
        await house.tick()
    assert wanted.already
    assert wanted.raised.standing is not None
    assert wanted.raised.standing.times == 3
    assert [note.alerts[0].alert.id for note in house.face.notes] == [1, 1]
    await house.alerts.acknowledge(MARA, AlertId(1))
    await house.step(hours=2)
    await house.people.want_person(ADA, circle_id=circle.id)
    await house.tick()
    assert len(house.face.notes) == 2  # somebody has it


async def test_who_has_it_is_asked_when_something_new_comes_to_it(house: House) -> None:
    circle = await opened(house)
    await alarm(house, circle, ADA.account)
    await house.tick()
    await house.alerts.acknowledge(NOOR, AlertId(1))
    wanted = await house.people.want_person(ADA, circle_id=circle.id)
    assert wanted.raised.standing is not None
    assert wanted.raised.standing.sources == {Source.MATCH, Source.PRESSED}
    await house.tick()
    assert asked(house.face.notes[-1]) == ["11"]
    assert house.face.notes[-1].steps == ()


@pytest.mark.parametrize("gone", ["lost the role", "deleted everything"])
async def test_what_is_added_where_whoever_had_it_is_gone_is_told_to_everyone(
    house: House, gone: str
) -> None:
    circle = await opened(house)
    await alarm(house, circle, ADA.account)
    await house.tick()
    await house.alerts.acknowledge(NOOR, AlertId(1))
    if gone == "lost the role":
        house.face.without_role = {NOOR.account}
    else:
        await house.members.delete_all(NOOR)
    await house.people.want_person(ADA, circle_id=circle.id)
    await house.tick()
    assert [asked(note) for note in house.face.notes] == [["role"], ["role"]]


async def test_a_wish_that_tells_of_danger_is_asked_for_until_one_has_it(house: House) -> None:
    circle = await opened(house)
    await house.people.want_person(ADA, circle_id=circle.id)
    await house.tick()
    wish = await house.listening.write_me(ADA, circle.id, Tier.DANGER_FROM_OTHER)
    assert wish.raised.standing is not None
    assert (wish.raised.standing.id, wish.raised.standing.wished) == (1, {Tier.DANGER_FROM_OTHER})
    for minutes in (0, 5, 5, 10):
        await house.step(minutes=minutes)
    assert [note.steps for note in house.face.notes] == [(Step.FIRST,), *((step,) for step in Step)]


async def test_what_came_to_an_alert_that_was_passed_on_does_not_wait_in_an_older_letter(
    house: House,
) -> None:
    circle = await opened(house)
    for number in (2, 101, 102, 103):  # the fourth waits in a letter for those that come with it
        await alarm(house, circle, person(str(number)).account)
    await house.step(seconds=1)
    await house.alerts.hand_on(MARA, AlertId(1))
    await house.tick()
    await house.people.want_person(ADA, circle_id=circle.id)
    await house.alerts.close(MARA, AlertId(4))
    before = len(house.face.notes)
    for _ in range(3):
        await house.step(seconds=10)
    assert [[shown.alert.id for shown in note.alerts] for note in house.face.notes[before:]] == [[1]]


async def test_what_is_told_of_a_message_names_its_teller_only_if_they_wish(house: House) -> None:
    circle = await opened(house)
    told = {"link": LINK, "concern": Concern.AGREEMENT, "words": "It names a street."}
    await house.alerts.tell(ADA, circle.id, **told)
    await house.tick()
    [note] = house.face.notes
    assert note.alerts[0].told_by == ()
    assert "street" not in repr(note)
    assert note.alerts[0].alert.level == 2
    stranger = person("50")  # has not joined
    worried = {**told, "concern": Concern.WORRIED, "named": True}
    _, done = await house.alerts.tell(stranger, circle.id, **worried)
    assert done.standing is not None
    assert (done.standing.id, done.standing.level) == (1, 3)  # the same message is the same alert
    await house.tick()
    assert [account.id for account in house.face.notes[-1].alerts[0].told_by] == ["50"]
    read = await house.alerts.read(MARA, AlertId(1))
    assert [report.words for report in read.reports] == ["It names a street."] * 2
    assert not (await house.alerts.answered(stranger, AlertId(1))).mine
    with pytest.raises(NoSuchAlert):
        await house.alerts.say_safe(stranger, AlertId(1), Safe.YES)
    [held] = (await house.privacy.everything(ADA)).circles
    assert ([each.words for each in held.reports], held.alerts) == (["It names a street."], ())
    with pytest.raises(TooLong):
        await house.alerts.tell(ADA, circle.id, **{**told, "words": "x" * 1001})
    with pytest.raises(NoCircle):
        await house.alerts.tell(person("2", server="901"), circle.id, **told)


async def test_somebody_s_own_message_is_a_wish_for_a_person(house: House) -> None:
    circle = await opened(house)
    own = {"link": LINK, "concern": Concern.WORRIED, "words": "Please read it.", "theirs": True}
    _, done = await house.alerts.tell(ADA, circle.id, **own)
    _, other = await house.alerts.tell(person("50"), circle.id, **own)
    assert done.alert is not None
    assert other.alert is not None
    assert (done.alert.source, done.alert.member is None) == (Source.PRESSED, False)
    assert other.alert.account == person("50").account
    assert (await house.alerts.read(MARA, done.alert.id)).shown.alert.words == "Please read it."
    [look] = await house.privacy.looks(ADA)
    assert look.seen is Seen.PERSON


async def test_deleting_everything_takes_alerts_and_reports_with_it_and_the_cards_say_so(
    house: House,
) -> None:
    circle = await opened(house)
    await alarm(house, circle, ADA.account)
    await house.alerts.tell(ADA, circle.id, link=LINK, concern=Concern.OTHER, named=True)
    await house.alerts.tell(person("50"), circle.id, link=LINK + "8", concern=Concern.OTHER, theirs=True)
    await house.tick()
    await house.members.delete_all(ADA)
    assert await house.members.delete_all(person("50")) == 1
    await house.tick()
    [left] = await house.alerts.open(MARA, circle.id)
    assert (left.alert.source, left.told_by) == (Source.PEER, ())
    changed = [house.face.revised[note.letter.id] for note in house.face.notes]
    assert sorted(len(each.alerts) for each in changed if isinstance(each, AlertNote)) == [0, 0, 1]
    for minutes in (5, 5, 10):
        await house.step(minutes=minutes)
    assert len(house.face.notes) == 3


async def test_a_facilitator_who_is_forgotten_is_named_in_no_alert_and_on_no_rota(house: House) -> None:
    circle = await opened(house)
    await house.duty.begin(MARA, circle.id)
    await alarm(house, circle)
    await house.alerts.acknowledge(MARA, AlertId(1))
    await house.members.delete_all(MARA)
    [shown] = await house.alerts.open(NOOR, circle.id)
    assert (shown.alert.state, shown.alert.holder) == (AlertState.ACKNOWLEDGED, None)
    assert await house.duty.on_duty(circle.id) == []
    assert (await house.alerts.acknowledge(NOOR, AlertId(1))).alert.holder == NOOR.account


async def test_closed_alerts_are_deleted_after_thirty_days_and_open_ones_are_not(house: House) -> None:
    circle = await opened(house)
    for who in (ADA, BEN):
        await alarm(house, circle, who.account)
    await house.alerts.close(MARA, AlertId(1))
    house.clock.step(timedelta(days=30, hours=1))
    await house.retention.tick()
    with pytest.raises(NoSuchAlert):
        await house.alerts.read(MARA, AlertId(1))
    assert [shown.alert.id for shown in await house.alerts.open(MARA, circle.id)] == [2]


async def test_only_facilitators_of_the_circle_see_and_change_its_alerts(house: House) -> None:
    circle = await opened(house)
    await alarm(house, circle)
    other = person("60", "88")
    for act in (house.alerts.acknowledge, house.alerts.close, house.alerts.misread, house.alerts.read):
        for who in (ADA, other):
            with pytest.raises(NotFacilitator):
                await act(who, AlertId(1))
        with pytest.raises(NoSuchAlert):
            await act(MARA, AlertId(99))
    with pytest.raises(NotFacilitator):
        await house.alerts.open(ADA, circle.id)


async def test_a_card_that_was_deleted_is_not_missed_and_is_no_warning(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    circle = await opened(house)
    await alarm(house, circle)
    await house.tick()
    house.face.revise_faults = [Fault(ChannelGone())]
    await house.alerts.acknowledge(MARA, AlertId(1))
    for _ in range(3):
        await house.step(minutes=1)
    assert house.face.calls.count("revise") == 1
    assert (await house.circles.status(MARA, circle.id)).stuck == ()
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_an_idle_tick_asks_the_database_one_thing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = await opened(house)
    await alarm(house, circle)
    await house.tick()

    def never(*_: Any) -> None:
        raise AssertionError("nothing is due")

    monkeypatch.setattr(house.storage, "begin", never)
    await house.alerts.tick()
    await house.duty.tick()


async def test_a_press_that_cannot_read_whether_its_alert_has_arrived_says_that_it_stands_written(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = await opened(house)
    done = await alarm(house, circle)

    def away(*_: Any) -> None:
        raise OSError("the database is away")

    monkeypatch.setattr(house.storage, "read", away)
    assert await house.alerts.told(done) == done


async def test_a_press_hears_whether_its_alert_has_arrived_even_where_sending_fails(house: House) -> None:
    circle = await opened(house)
    done = await alarm(house, circle)
    assert (await house.alerts.told(done)).told
    house.face.closed = lambda _: Unreachable()
    assert not (await house.alerts.told(await alarm(house, circle, ADA.account))).told
