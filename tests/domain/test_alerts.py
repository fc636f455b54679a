"""Each step is taken once, in its time, never after somebody took it; what belongs together is one alert."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts import Account, Platform
from bot.domain.alert_errors import AlertClosed, AlertTaken, NoWordMatch
from bot.domain.alerts import (
    ASK_AGAIN,
    SAME_FOR,
    Alert,
    AlertState,
    Concern,
    NewAlert,
    Source,
    Step,
    acknowledged,
    closed,
    escalated,
    handed_on,
    joined,
    level_of,
    misread,
    one_of,
    wanted,
)
from bot.domain.circles import AlertPolicy
from bot.domain.ids import AlertId, CircleId, MemberId
from bot.domain.listening.tiers import ALERTS, Tier

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MARA, NOOR = Account(Platform.DISCORD, "1"), Account(Platform.DISCORD, "2")
MINUTES = {5: Step.SAME, 10: Step.NEXT, 20: Step.OWNER}


def raised(**given_: Any) -> Alert:
    alert = Alert(
        id=AlertId(1),
        circle=CircleId(1),
        source=Source.MATCH,
        tier=Tier.SUICIDE_ACTIVE,
        member=MemberId(1),
        raised_at=NOON,
        asked_at=NOON,
        last_at=NOON,
    )
    return replace(alert, **given_)


class Oracle:
    """A clerk with a watch: minute by minute since it was last asked for, who is to be asked now?"""

    def __init__(self) -> None:
        self.asked_at, self.taken, self.over = NOON, False, False
        self.done: set[Step] = set()

    def look(self, now: datetime) -> list[Step]:
        if self.taken or self.over:
            return []
        found, minute = [], 0
        while self.asked_at + minute * MINUTE <= now:
            step = MINUTES.get(minute)
            if step is not None and step not in self.done and not any(each > step for each in self.done):
                found.append(step)
            minute += 1
        self.done |= set(found)
        return found

    def again(self, now: datetime) -> None:
        self.asked_at, self.taken, self.done = now, False, set()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["look", "look", "look", "take", "hand on", "close", "press"]),
        st.integers(-7, 45),  # minutes until it; a clock that is set back, a machine that was off
    ),
    max_size=25,
)


@given(ACTS)
def test_each_step_is_taken_once_in_its_time_and_never_after_somebody_took_it(
    acts: list[tuple[str, int]],
) -> None:
    alert, oracle, now = raised(), Oracle(), NOON
    for act, minutes in acts:
        now += minutes * MINUTE
        if act == "look":
            alert, steps = escalated(alert, now)
            assert list(steps) == oracle.look(now)
            assert alert.next_at is None or alert.next_at > now
        elif alert.state is AlertState.CLOSED:
            with pytest.raises(AlertClosed):
                handed_on(alert, now)
        elif act == "take" and alert.state is AlertState.OPEN:
            alert, oracle.taken = acknowledged(alert, MARA, now), True
        elif act == "hand on":
            alert = handed_on(alert, now)
            oracle.again(now)
        elif act == "close":
            alert, oracle.over = closed(alert, now), True
        elif act == "press":
            new = NewAlert(source=Source.PRESSED, member=MemberId(1))
            free = alert.state is AlertState.OPEN
            alert, asks = joined(alert, new, now)
            if asks and free:
                oracle.again(now)


@given(st.lists(st.integers(1, 30 * 60), max_size=40))
def test_restarts_in_between_change_nothing_as_nothing_is_kept_but_the_alert(seconds: list[int]) -> None:
    """Whatever the moments at which it is looked, each step comes at the first one that is not too early."""
    alert, taken = raised(), []
    for at in sorted(seconds):
        now = NOON + timedelta(seconds=at)
        alert, steps = escalated(replace(alert), now)
        taken += [(step, now) for step in steps]
    assert [step for step, _ in taken] == list(Step)[1 : len(taken) + 1]
    for step, now in taken:
        [minute] = [minute for minute, each in MINUTES.items() if each is step]
        earlier = [at for at in seconds if NOON + timedelta(seconds=at) < now]
        assert now >= NOON + minute * MINUTE
        assert all(at < minute * 60 for at in earlier)


def test_after_an_outage_all_that_is_due_is_named_in_order() -> None:
    alert, steps = escalated(raised(), NOON + 12 * MINUTE)
    assert steps == (Step.SAME, Step.NEXT)
    assert escalated(alert, NOON + 12 * MINUTE)[1] == ()
    assert alert.next_at == NOON + 20 * MINUTE


@pytest.mark.parametrize("tier", Tier)
def test_only_what_is_urgent_is_asked_for_again(tier: Tier) -> None:
    alert = raised(tier=tier)
    assert (alert.next_at is not None) == (ALERTS[tier] == 3)
    assert raised(tier=tier, source=Source.PRESSED).level >= 2


def test_two_who_press_at_once_one_has_it_and_the_other_reads_who() -> None:
    alert = acknowledged(raised(), MARA, NOON)
    assert acknowledged(alert, MARA, NOON + MINUTE) == alert
    with pytest.raises(AlertTaken) as taken:
        acknowledged(alert, NOOR, NOON)
    assert taken.value.holder == MARA
    forgotten = replace(alert, holder=None)  # its facilitator had everything deleted
    assert acknowledged(forgotten, NOOR, NOON).holder == NOOR


def test_a_false_match_keeps_nothing_of_anybody_and_only_word_matches_can_be_false() -> None:
    over = misread(raised(link="https://x", words="words"), NOON)
    assert (over.member, over.account, over.link, over.words) == (None, None, None, None)
    assert over.state is AlertState.CLOSED
    with pytest.raises(NoWordMatch):
        misread(raised(source=Source.PRESSED, tier=Tier.NONE), NOON)
    with pytest.raises(NoWordMatch):
        misread(raised(also=frozenset({Source.PRESSED})), NOON)
    with pytest.raises(AlertClosed):
        misread(over, NOON)


def test_who_has_not_joined_is_named_no_longer_than_it_is_open() -> None:
    over = closed(raised(member=None, account=NOOR, words="words"), NOON)
    assert (over.account, over.words) == (None, None)
    assert closed(raised(words="words"), NOON).words == "words"


TIERS = st.sampled_from([tier for tier in Tier if ALERTS[tier] >= 2])
NEWS = st.builds(
    NewAlert, source=st.sampled_from([Source.MATCH, Source.CHANNEL]), tier=TIERS, member=st.just(MemberId(1))
)


@given(st.lists(st.tuples(NEWS, st.integers(1, 200), st.booleans()), max_size=30))
def test_a_match_is_one_with_another_of_its_tier_within_six_hours_and_a_higher_one_always_passes(
    matches: list[tuple[NewAlert, int, bool]],
) -> None:
    standing: dict[int, Alert] = {}
    now = NOON
    for number, (new, minutes, closes) in enumerate(matches, 1):
        now += minutes * MINUTE
        open_ = [each for each in standing.values() if each.state is AlertState.OPEN]
        near = [each for each in open_ if now - each.raised_at < SAME_FOR]
        found = one_of(new, standing.values(), now)
        grave = ALERTS[new.tier]
        if all(ALERTS[each.tier] < grave for each in near):
            assert found is None  # the gravest yet
        assert (found is None) == all(
            each.tier is not new.tier and ALERTS[each.tier] <= grave for each in near
        )
        if found is None:
            fresh = {"raised_at": now, "asked_at": now, "last_at": now}
            standing[number] = raised(id=AlertId(number), tier=new.tier, source=new.source, **fresh)
        else:
            standing[found.id], asks = joined(found, new, now)
            assert not asks  # the same again pings nobody
        if closes and open_:
            standing[open_[0].id] = closed(standing[open_[0].id], now)


def test_what_only_tells_more_of_the_same_is_no_further_time() -> None:
    press, more = (
        raised(source=Source.PRESSED, tier=Tier.NONE),
        NewAlert(source=Source.PRESSED, words="Please ring."),
    )
    assert joined(press, more, NOON)[0].times == 1
    assert joined(press, NewAlert(source=Source.PRESSED, safe="yes"), NOON)[0].times == 1
    assert joined(raised(), NewAlert(source=Source.UNDELIVERED), NOON)[0].times == 1
    assert joined(press, NewAlert(source=Source.PRESSED), NOON)[0].times == 2
    assert joined(raised(), more, NOON)[0].times == 2  # the first press beside a match


def test_a_press_joins_what_stands_and_people_are_asked_anew_where_it_tells_them_something() -> None:
    new = NewAlert(source=Source.PRESSED, member=MemberId(1), safe="yes")
    match = raised(tier=Tier.SELF_HARM)
    assert one_of(new, [match, raised(id=AlertId(2))], NOON) == raised(id=AlertId(2))  # the gravest
    alert, asks = joined(match, new, NOON + MINUTE)
    assert asks
    assert (alert.sources, alert.safe, alert.times) == ({Source.MATCH, Source.PRESSED}, "yes", 2)
    again, asks = joined(alert, new, NOON + 2 * MINUTE)
    assert not asks
    assert joined(again, new, alert.asked_at + ASK_AGAIN)[1]
    taken = acknowledged(again, MARA, NOON)
    assert not joined(taken, new, alert.asked_at + ASK_AGAIN)[1]
    undelivered = NewAlert(source=Source.UNDELIVERED, tier=Tier.SELF_HARM, member=MemberId(1))
    assert joined(taken, undelivered, NOON)[1]  # who has it is told


@pytest.mark.parametrize("tier", [Tier.SUICIDE_ACTIVE, Tier.DANGER_FROM_OTHER])
def test_what_a_press_adds_makes_an_alert_urgent_and_its_steps_begin_anew(tier: Tier) -> None:
    wish = NewAlert(source=Source.PRESSED, tier=tier, member=MemberId(1))
    before = raised(source=Source.PRESSED, tier=Tier.NONE)
    assert before.next_at is None
    alert, asks = joined(before, wish, NOON + MINUTE)
    assert asks
    assert (alert.tier, alert.wished, alert.level) == (Tier.NONE, {tier}, 3)
    assert alert.next_at == NOON + 6 * MINUTE
    assert not joined(alert, wish, NOON + 2 * MINUTE)[1]
    assert joined(alert, replace(wish, tier=Tier.NONE), NOON)[0].wished == {tier}


def test_who_presses_where_minutes_may_count_is_asked_for_until_somebody_has_it() -> None:
    wish = NewAlert(source=Source.PRESSED, tier=Tier.SELF_HARM, member=MemberId(1), pressing=True)
    before = raised(source=Source.PRESSED, tier=Tier.SELF_HARM)
    assert before.next_at is None
    alert, asks = joined(before, wish, NOON + MINUTE)
    assert asks
    assert (alert.level, alert.tiers, alert.next_at) == (3, {Tier.SELF_HARM}, NOON + 6 * MINUTE)
    more = NewAlert(source=Source.PRESSED, member=MemberId(1), safe="yes")
    assert joined(alert, more, NOON + 2 * MINUTE)[0].level == 3  # what is added takes none of it back


def test_that_somebody_may_not_be_safe_is_told_though_it_is_urgent_already() -> None:
    wish = NewAlert(source=Source.PRESSED, tier=Tier.DANGER_FROM_OTHER, member=MemberId(1))
    alert = acknowledged(raised(also=frozenset({Source.PRESSED})), MARA, NOON)
    assert joined(alert, wish, NOON)[1]
    assert not joined(alert, replace(wish, tier=Tier.HARM_TO_OTHER), NOON)[1]


def test_what_somebody_pressed_for_is_not_taken_for_a_match() -> None:
    pressed = raised(source=Source.PRESSED, tier=Tier.SUICIDE_ACTIVE)
    match = NewAlert(source=Source.MATCH, tier=Tier.SELF_HARM, member=MemberId(1))
    assert one_of(match, [pressed], NOON) is None
    assert one_of(replace(match, tier=Tier.SUICIDE_ACTIVE), [pressed], NOON) == pressed
    assert one_of(match, [raised()], NOON) == raised()


def test_what_is_closed_takes_up_nothing() -> None:
    new = NewAlert(source=Source.MATCH, tier=Tier.SUICIDE_ACTIVE, member=MemberId(1))
    assert one_of(new, [closed(raised(), NOON)], NOON) is None
    assert one_of(new, [raised()], NOON + SAME_FOR) is None


@pytest.mark.parametrize(
    ("source", "tier", "all_", "urgent", "off"),
    [
        (Source.MATCH, Tier.DISTRESS, False, False, False),
        (Source.MATCH, Tier.SELF_HARM, True, False, False),
        (Source.CHANNEL, Tier.SUICIDE_ACTIVE, True, True, False),
        (Source.UNDELIVERED, Tier.DISTRESS, True, False, False),
        (Source.PRESSED, Tier.NONE, True, True, True),
        (Source.PEER, Tier.NONE, True, True, True),
    ],
)
def test_the_circle_s_policy_is_about_word_matches_alone(
    source: Source, tier: Tier, all_: bool, urgent: bool, off: bool
) -> None:
    new = NewAlert(source=source, tier=tier)
    given_ = [wanted(new, policy) for policy in (AlertPolicy.ALL, AlertPolicy.URGENT, AlertPolicy.OFF)]
    assert given_ == [all_, urgent, off]


def test_a_worry_about_somebody_is_urgent_and_other_reports_are_told() -> None:
    levels = [level_of([Source.PEER], Tier.NONE, concern) for concern in Concern]
    assert levels == [3, 2, 2]
