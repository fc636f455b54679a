"""Joining, consenting, leaving and coming back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import CircleId, MemberId
from bot.domain.members import CONSENT_VERSION, Member, Scope, consented, consenting, leaving, returning

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
MEMBERS = st.builds(
    Member,
    id=st.just(MemberId(1)),
    circle=st.just(CircleId(1)),
    joined_at=st.just(AT),
    consents=st.frozensets(st.sampled_from(Scope)),
    consent_version=st.just(CONSENT_VERSION),
    left_at=st.none(),
    delete_at=st.none(),
)


@given(MEMBERS)
def test_a_change_of_mind_within_seven_days_restores_everything(member: Member) -> None:
    gone = leaving(member, AT)
    assert not gone.active
    assert gone.delete_at == AT + timedelta(days=7)
    assert leaving(gone, AT + timedelta(days=3)) == gone
    assert returning(gone) == member


@given(MEMBERS, st.sampled_from(Scope))
def test_a_yes_counts_while_its_member_is_here_and_its_words_stand(member: Member, scope: Scope) -> None:
    assert consented(member, scope) == (scope in member.consents)
    assert not consented(leaving(member, AT), scope)
    older = Member(
        id=member.id, circle=member.circle, joined_at=AT, consents=frozenset(Scope),
        consent_version=CONSENT_VERSION - 1,
    )  # fmt: skip
    assert not consented(older, scope)
    assert consented(consenting(older, [scope]), scope)
    assert consenting(older, [scope]).consents == {scope}
