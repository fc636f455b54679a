"""Help is shown once and not again so soon, graver help always; reminders rest, nothing stays for good."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.following import RESTS, SAME_FOR, Following, gone_on, kept, let_be, met, next_day, not_shown
from bot.domain.ids import MemberId
from bot.domain.listening.tiers import ALERTS, GRAVEST, HELPED_FIRST, Tier, gravest, helped_first

NOW = datetime(2026, 3, 2, 20, tzinfo=UTC)
NOTHING = Following(member=MemberId(1))
MATCHES = st.lists(
    st.tuples(st.sampled_from([each for each in Tier if each is not Tier.NONE]), st.integers(0, 20 * 60)),
    max_size=30,
)


@given(MATCHES)
def test_no_help_is_shown_twice_within_six_hours_and_graver_help_always_is(
    matches: list[tuple[Tier, int]],
) -> None:
    it, now, shown = NOTHING, NOW, list[tuple[Tier, datetime]]()
    for tier, minutes in matches:
        now += timedelta(minutes=minutes)
        it, first = met(kept(it, now), {tier}, now)
        lately = {each for each, at in shown if now - at < SAME_FOR}
        if tier is Tier.DISTRESS:
            assert first is not bool(lately)
        else:
            assert first is (tier not in lately)
        if all(ALERTS[tier] > ALERTS[each] for each in lately):
            assert first  # a higher tier always passes
        if first:
            shown.append((tier, now))
    assert not it.rests(now + RESTS)


def test_reminders_rest_for_two_days_or_until_the_member_goes_on() -> None:
    it, _ = met(NOTHING, {Tier.SELF_HARM}, NOW, follow_at=NOW + timedelta(hours=13))
    assert it.rests(NOW + RESTS - timedelta(seconds=1))
    assert not it.rests(NOW + RESTS)
    assert not gone_on(it).rests(NOW)
    assert gone_on(it).follow_at is None
    assert let_be(it, NOW + timedelta(days=1)).rests(NOW + RESTS)
    assert let_be(it, NOW).follow_at is None


def test_only_danger_from_another_rests_the_practice_and_it_does_not_end_by_itself() -> None:
    danger, _ = met(NOTHING, {Tier.DANGER_FROM_OTHER}, NOW, follow_at=NOW)
    assert danger.practice_rests
    assert danger.follow_at is None  # no word comes by itself to a screen that may be seen
    later = kept(danger, NOW + timedelta(days=30))
    assert later.practice_rests
    assert later.next_at is None
    assert not later.empty
    assert gone_on(later).empty
    assert not met(NOTHING, {Tier.SUICIDE_ACTIVE}, NOW)[0].practice_rests


def test_distress_alone_is_followed_by_no_word_next_day() -> None:
    assert met(NOTHING, {Tier.DISTRESS}, NOW, follow_at=NOW)[0].follow_at is None
    assert met(NOTHING, {Tier.SUICIDE_PASSIVE}, NOW, follow_at=NOW)[0].follow_at == NOW


@given(MATCHES)
def test_whatever_was_shown_is_gone_in_the_end(matches: list[tuple[Tier, int]]) -> None:
    it, now = NOTHING, NOW
    for tier, minutes in matches:
        now += timedelta(minutes=minutes)
        it, _ = met(it, {tier}, now)
    assert kept(gone_on(it), now + SAME_FOR).empty


def test_the_word_comes_at_the_circle_s_time_next_day_and_a_night_belongs_to_the_day_before() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert next_day(NOW, zone, time(9)) == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert next_day(datetime(2026, 3, 3, 1, tzinfo=UTC), zone, time(9)) == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert next_day(datetime(2026, 3, 3, 4, tzinfo=UTC), zone, time(9)) == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_no_tier_stands_in_its_repr() -> None:
    it, _ = met(NOTHING, {Tier.DANGER_FROM_OTHER}, NOW)
    assert "danger" not in repr(it)
    assert "practice" not in repr(it)


def test_help_that_did_not_arrive_counts_as_not_shown_and_the_rest_goes_on() -> None:
    it, _ = met(NOTHING, {Tier.DANGER_FROM_OTHER}, NOW)
    it, _ = met(it, {Tier.SELF_HARM}, NOW)
    left = not_shown(it, {Tier.SELF_HARM})
    assert met(left, {Tier.SELF_HARM}, NOW)[1]
    assert not met(left, {Tier.DANGER_FROM_OTHER}, NOW)[1]
    assert left.practice_rests
    assert left.rests(NOW)


def test_each_tier_has_its_place_in_the_order_of_replies() -> None:
    assert sorted(HELPED_FIRST) == sorted(GRAVEST)


def test_danger_among_graver_words_rests_the_practice_and_no_word_comes_next_day() -> None:
    both = {Tier.SUICIDE_ACTIVE, Tier.DANGER_FROM_OTHER}
    at_once, first = met(NOTHING, both, NOW, follow_at=NOW)
    assert first
    assert set(at_once.shown) == {Tier.SUICIDE_ACTIVE}  # one reply, about what comes first
    assert (at_once.practice_rests, at_once.follow_at) == (True, None)
    before, _ = met(NOTHING, {Tier.SUICIDE_ACTIVE}, NOW, follow_at=NOW)
    assert before.follow_at == NOW
    later, first = met(before, both, NOW)
    assert (first, later.practice_rests, later.follow_at) == (False, True, None)
    after, _ = met(met(NOTHING, {Tier.DANGER_FROM_OTHER}, NOW)[0], {Tier.SELF_HARM}, NOW, follow_at=NOW)
    assert after.follow_at is None


def test_the_reply_and_the_mark_each_have_an_order_of_their_own() -> None:
    among = {Tier.HARM_TO_OTHER, Tier.DANGER_FROM_OTHER, Tier.SUICIDE_PASSIVE}
    assert (helped_first(among), gravest(among)) == (Tier.SUICIDE_PASSIVE, Tier.HARM_TO_OTHER)
    assert helped_first(set()) is gravest({Tier.NONE}) is Tier.NONE


def test_what_comes_after_takes_no_word_back_that_was_to_come() -> None:
    it, _ = met(NOTHING, {Tier.SELF_HARM}, NOW, follow_at=NOW + timedelta(hours=13))
    it, first = met(it, {Tier.DISTRESS}, NOW + SAME_FOR)
    assert (first, it.follow_at) == (True, NOW + timedelta(hours=13))
