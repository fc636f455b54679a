"""A map holds what was written, short enough for a hard day, with one of a person's memberships."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import TooLong
from bot.domain.ids import CircleId, MemberId
from bot.domain.member_errors import PartTooLong
from bot.domain.members import CONSENT_VERSION, Member, leaving
from bot.domain.safety_maps import MAX_LINES, MAX_PART, MapPart, drawn, keeper

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def member(id_: int, *, active: bool = True) -> Member:
    made = Member(
        id=MemberId(id_),
        circle=CircleId(id_),
        joined_at=NOW,
        consents=frozenset(),
        consent_version=CONSENT_VERSION,
    )
    return made if active else leaving(made, NOW)


def test_what_was_written_stands_line_by_line_and_empty_parts_are_left_out() -> None:
    map_ = drawn({MapPart.HELPS: "  the river\n\n\n  tea \n", MapPart.PEOPLE: " \n "}, NOW)
    assert map_.parts == {MapPart.HELPS: "the river\n  tea"}
    assert not map_.empty
    assert drawn({}, NOW).empty


def test_what_is_too_long_for_a_hard_day_is_refused_with_how_much_fits() -> None:
    with pytest.raises(TooLong) as long:
        drawn({MapPart.SIGNS: "x" * (MAX_PART + 1)}, NOW)
    assert long.value.limit == MAX_PART
    with pytest.raises(PartTooLong) as many:
        drawn({MapPart.SIGNS: "\n".join("abcdefghijklm")}, NOW)
    assert (many.value.given, many.value.most) == (13, MAX_LINES)


def test_no_words_of_a_map_stand_in_its_repr() -> None:
    assert "river" not in repr(drawn({MapPart.HELPS: "the river"}, NOW))


@given(st.lists(st.booleans(), max_size=5), st.integers(1, 5))
def test_it_is_kept_with_an_active_membership_wherever_there_is_one(active: list[bool], holding: int) -> None:
    members = [member(id_, active=here) for id_, here in enumerate(active, 1)]
    kept = keeper(members, MemberId(holding))
    here = [each.id for each in members if each.active]
    assert kept in (here or [None])
    if holding in here:
        assert kept == holding  # it does not wander while nobody leaves
