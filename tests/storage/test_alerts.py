"""Alerts, reports and turns on duty on both databases: as put, found by whom they concern, gone with them."""

from dataclasses import replace

import pytest

from bot.domain.accounts import Account, Platform
from bot.domain.alert_errors import NoSuchAlert
from bot.domain.alerts import (
    Alert,
    AlertState,
    Concern,
    NewAlert,
    Report,
    Source,
    Step,
    acknowledged,
    closed,
    joined,
    misread,
)
from bot.domain.circles import Circle
from bot.domain.duty import Watch, off, on
from bot.domain.listening.tiers import Tier
from bot.domain.members import Member
from bot.domain.outbox import Recipient
from storage import Storage, Transaction
from tests.storage.samples import BEN, NOW, later

MARA = Account(Platform.DISCORD, "970000000000000001")
LINK = "https://discord.com/channels/1/2/3"
MATCH = NewAlert(
    source=Source.MATCH, tier=Tier.SUICIDE_ACTIVE, link=LINK, words="words", safe="at", when="now"
)


async def added(tx: Transaction, circle: Circle, new: NewAlert) -> Alert:
    """Raised now, with the instant at which somebody is asked again."""
    alert = await tx.alerts.add(circle.id, new, NOW)
    await tx.alerts.put(alert)
    return alert


async def test_an_alert_is_read_as_it_was_put_in_each_state(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        alert = await added(tx, circle, replace(MATCH, member=member.id))
        await tx.commit()
    for changed in (
        joined(alert, NewAlert(source=Source.PRESSED, member=member.id), later(minutes=1))[0],
        acknowledged(alert, MARA, later(minutes=2)),
        replace(closed(alert, later(minutes=3)), word_wanted=True),
        replace(alert, step=Step.NEXT, concern=Concern.WORRIED),
        replace(alert, wished=frozenset({Tier.DANGER_FROM_OTHER, Tier.HARM_TO_OTHER})),
        replace(alert, pressing=True),
    ):
        async with storage.begin() as tx:
            await tx.alerts.put(changed)
            assert await tx.alerts.get(alert.id) == changed
            is_open = changed.state is not AlertState.CLOSED
            assert (await tx.alerts.count_open(circle.id), len(await tx.alerts.open(circle.id))) == (
                is_open,
                is_open,
            )
            assert await tx.alerts.next_at() == changed.next_at
            await tx.commit()


async def test_alerts_are_found_by_member_by_account_and_by_message(
    storage: Storage, circle: Circle, member: Member
) -> None:
    ours, theirs = replace(MATCH, member=member.id), replace(MATCH, account=BEN)
    message = NewAlert(source=Source.PEER, link=LINK)
    async with storage.begin() as tx:
        alerts = [await added(tx, circle, new) for new in (ours, theirs, message)]
        for new, alert in zip((ours, theirs, message), alerts, strict=True):
            assert await tx.alerts.about(circle.id, new) == [alert]
        assert await tx.alerts.about(circle.id, replace(message, link=LINK + "4")) == []
        assert await tx.alerts.about(circle.id, NewAlert(source=Source.PRESSED)) == []
        assert await tx.alerts.of(member.id) == alerts[:1]
        assert await tx.alerts.of_account(BEN) == alerts[1:2]
        await tx.alerts.delete_of_account(BEN)
        with pytest.raises(NoSuchAlert):
            await tx.alerts.get(alerts[1].id)
        with pytest.raises(NoSuchAlert):
            await tx.alerts.put(alerts[1])


async def test_those_to_be_asked_for_come_in_their_order_and_closed_ones_go_in_time(
    storage: Storage, circle: Circle
) -> None:
    async with storage.begin() as tx:
        first = await added(tx, circle, replace(MATCH, account=BEN))
        second = await added(tx, circle, replace(MATCH, account=MARA))
        await tx.alerts.put(replace(first, asked_at=later(hours=1)))
        assert [alert.id for alert in await tx.alerts.due(later(hours=2), 9)] == [second.id, first.id]
        assert await tx.alerts.due(later(minutes=4), 9) == []
        await tx.alerts.put(closed(second, NOW))
        await tx.alerts.delete_closed(later(seconds=1))
        assert [alert.id for alert in await tx.alerts.open(circle.id)] == [first.id]
        with pytest.raises(NoSuchAlert):
            await tx.alerts.get(second.id)


async def test_letters_and_alerts_know_of_each_other(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        one = await added(tx, circle, replace(MATCH, member=member.id))
        two = await added(tx, circle, replace(MATCH, account=BEN))
        letters = [await tx.outbox.add(circle.id, Recipient.FACILITATORS, "alert", {}, NOW) for _ in range(2)]
        ids = [letter.id for letter in letters]
        for alert in (one, two):
            await tx.alerts.tell(ids[0], alert, Step.FIRST, NOW)
        await tx.alerts.tell(ids[1], two, Step.SAME, later(minutes=5))
        assert await tx.alerts.told_in(ids[0]) == [(one, Step.FIRST), (two, Step.FIRST)]
        assert await tx.alerts.letters(two.id) == [(ids[0], Step.FIRST), (ids[1], Step.SAME)]
        assert await tx.alerts.written_since(circle.id, NOW) == [(ids[1], Step.SAME)]
        assert await tx.alerts.revising(ids[0], on=True)
        assert not await tx.alerts.revising(ids[0], on=True)
        assert await tx.alerts.revising(ids[0], on=False)
        await tx.commit()
    async with storage.begin() as tx:
        await tx.members.delete(member.id)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.alerts.told_in(ids[0]) == [(two, Step.FIRST)]


async def test_a_letter_keeps_a_false_match_when_its_member_goes(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        alert = await added(tx, circle, replace(MATCH, member=member.id))
        letter = await tx.outbox.add(circle.id, Recipient.FACILITATORS, "alert", {}, NOW)
        await tx.alerts.tell(letter.id, alert, Step.FIRST, NOW)
        over = misread(alert, NOW)
        await tx.alerts.put(over)
        await tx.commit()
    async with storage.begin() as tx:
        await tx.members.delete(member.id)
        assert await tx.alerts.told_in(letter.id) == [(over, Step.FIRST)]


async def test_a_report_is_sealed_with_its_teller_and_leaves_the_alert_when_they_go(
    storage: Storage, circle: Circle, member: Member
) -> None:
    ours = Report(account=BEN, member=member.id, named=True, concern=Concern.WORRIED, words="words", at=NOW)
    stranger = Report(account=MARA, at=NOW)
    async with storage.begin() as tx:
        alert = await added(tx, circle, NewAlert(source=Source.PEER, link=LINK))
        for report in (ours, stranger, replace(ours, words="other words")):
            await tx.alert_reports.put(alert.id, report)
        assert await tx.alert_reports.of(alert.id) == [stranger, replace(ours, words="other words")]
        assert [one for _, one in await tx.alert_reports.by_member(member.id)] == [
            replace(ours, words="other words")
        ]
        await tx.alert_reports.forget(alert.id, MARA)
        assert await tx.alert_reports.by_account(MARA) == []
        await tx.commit()
    async with storage.begin() as tx:
        await tx.members.delete(member.id)
        assert await tx.alert_reports.of(alert.id) == []
        assert await tx.alerts.get(alert.id) == alert


async def test_a_facilitator_s_name_leaves_the_alerts_they_had(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        alert = acknowledged(await added(tx, circle, replace(MATCH, account=BEN)), MARA, NOW)
        await tx.alerts.put(alert)
        assert await tx.alerts.held_by(MARA) == [alert]
        await tx.alerts.forget(MARA)
        assert await tx.alerts.get(alert.id) == replace(alert, holder=None)
        assert await tx.alerts.held_by(MARA) == []


async def test_turns_on_duty_are_kept_by_circle_and_person_and_a_watch_once_a_circle(
    storage: Storage, circle: Circle
) -> None:
    async with storage.begin() as tx:
        assert await tx.duty.watch(circle.id) is None
        await tx.duty.watched(circle.id)
        await tx.duty.watched(circle.id)
        turn = on(await tx.duty.own(circle.id, MARA), NOW, later(hours=1))
        await tx.duty.put(turn)
        assert await tx.duty.own(circle.id, MARA) == turn
        assert await tx.duty.of_circle(circle.id) == await tx.duty.everywhere(MARA) == [turn]
        assert await tx.duty.get(turn.id) == turn
        watch = replace(Watch(circle=circle.id), covered=False, since=NOW, told_at=NOW, warned=NOW, bare=NOW)
        await tx.duty.put_watch(watch, later(hours=1))
        assert await tx.duty.next_at() == later(hours=1)
        assert await tx.duty.due(later(hours=1), 5) == [await tx.duty.watch(circle.id)] == [watch]
        await tx.duty.put(off(turn, later(minutes=5)))
        await tx.duty.delete_before(later(minutes=5))
        assert len(await tx.duty.of_circle(circle.id)) == 1
        await tx.duty.delete_before(later(minutes=6))
        assert await tx.duty.find(circle.id, MARA) is None
