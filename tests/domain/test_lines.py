"""Which crisis lines are shown: no number in doubt as a fact, no more than three, checked ones first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.line_errors import LineIncomplete, LineTooLong
from bot.domain.lines import (
    LIMITS,
    SHOWN,
    UNION,
    VERIFIED_FOR,
    Help,
    Line,
    LineId,
    LineKind,
    NewLine,
    checked,
    chosen,
    composed,
    emergencies,
    emergency,
    fresh,
    help_for,
    local_id,
    number_of,
    to_verify,
)

TODAY = date(2026, 11, 27)
DAYS = st.one_of(st.none(), st.integers(-3, 200).map(lambda ago: TODAY - timedelta(days=ago)))
LINES = st.lists(
    st.builds(
        Line,
        id=st.uuids().map(str).map(LineId),
        region=st.sampled_from(["GB", "DK", "JP", "EU", "ZZ"]),
        kind=st.sampled_from(LineKind),
        name=st.just("A line"),
        phone=st.sampled_from(["116 123", "1", ""]),
        chat=st.sampled_from(["https://example.org", ""]),
        doubtful=st.booleans(),
        local=st.booleans(),
        verified_on=DAYS,
    ),
    max_size=14,
)
REGIONS = st.sampled_from(["GB", "DK", "JP", "FR", None])


def line(region: str = "GB", kind: LineKind = LineKind.CRISIS, **more: object) -> Line:
    given_ = {"id": LineId("hl-gb-x"), "name": "A line", "phone": "116 123", **more}
    return Line(region=region, kind=kind, **given_)  # type: ignore[arg-type]


@given(LINES, REGIONS, st.sampled_from(LineKind), st.integers(1, 4), st.booleans())
def test_what_is_shown_is_of_its_country_and_kind_few_and_never_in_doubt(
    lines: list[Line], region: str | None, kind: LineKind, limit: int, hide: bool
) -> None:
    shown = chosen(lines, region, kind, TODAY, limit=limit, hide=hide)
    assert len(shown) <= limit
    by_id = {each.id: each for each in lines}
    for each in shown:
        known = by_id[each.line.id]
        assert known.kind is kind
        assert known.local or known.region == region
        assert each.stale is not fresh(known, TODAY)
        assert not (hide and each.stale)
        if known.doubtful and each.stale:
            assert each.line.phone == ""  # a number in doubt is no fact
            assert each.line.chat
    of_table = [each for each in shown if not each.line.local]
    for group in ([each for each in shown if each.line.local], of_table):
        assert [each.stale for each in group] == sorted(each.stale for each in group)
    usable = chosen([each for each in lines if not each.local], region, kind, TODAY, hide=hide)
    assert not usable or limit == 1 or of_table  # a circle's own never push the known ones out
    assert [each.line.local for each in shown] == sorted((e.line.local for e in shown), reverse=True)


@given(LINES, REGIONS)
def test_help_is_one_to_three_lines_of_each_kind_or_none_at_all(
    lines: list[Line], region: str | None
) -> None:
    help_ = help_for(lines, region, TODAY)
    assert all(len(help_.of(kind)) <= SHOWN for kind in LineKind)
    assert [each.line for each in help_.emergency] == [
        each.line for each in emergencies(lines, region, TODAY)
    ]


def test_a_check_holds_ninety_days_and_no_longer() -> None:
    for ago, holds in ((0, True), (90, True), (91, False), (-1, True), (-2, False)):
        assert fresh(line(verified_on=TODAY - timedelta(days=ago)), TODAY) is holds
    assert timedelta(days=90) == VERIFIED_FOR
    assert not fresh(line(), TODAY)


def test_the_newer_check_counts_whoever_made_it() -> None:
    own = line(verified_on=date(2026, 10, 1))
    [kept] = checked([own], {own.id: date(2026, 9, 1)})
    assert kept.verified_on == date(2026, 10, 1)
    [newer] = checked([own], {own.id: TODAY})
    assert newer.verified_on == TODAY


def test_the_union_s_number_counts_where_a_member_s_own_is_not_known_and_nowhere_else() -> None:
    union = line("EU", LineKind.EMERGENCY, phone="112")
    own = line("GB", LineKind.EMERGENCY, phone="999")
    assert emergency([union, own], "DK") == "112"
    assert emergency([union, own], "GB") == "999"
    assert emergency([union, own], "JP") is None
    assert emergency([union], None) is None
    assert len(UNION) == 27


def test_whoever_else_listens_fills_up_where_there_is_room() -> None:
    other = line(kind=LineKind.OTHER, id=LineId("other"))
    crisis = [line(id=LineId(str(number))) for number in range(3)]
    assert [each.line.id for each in help_for([other, crisis[0]], "GB", TODAY).of(LineKind.CRISIS)] == [
        "0",
        "other",
    ]
    assert "other" not in [
        each.line.id for each in help_for([other, *crisis], "GB", TODAY).of(LineKind.CRISIS)
    ]


def test_a_circle_s_own_go_first_and_leave_room_for_one_of_the_table() -> None:
    own = [line("", id=local_id(number), local=True) for number in range(1, 5)]
    table = [line(id=LineId("table")), line(id=LineId("checked"), verified_on=TODAY)]
    shown = [each.line.id for each in chosen([*table, *own], "GB", LineKind.CRISIS, TODAY)]
    assert shown == ["local-1", "local-2", "checked"]
    alone = [each.line.id for each in chosen(own, "GB", LineKind.CRISIS, TODAY)]
    assert alone == ["local-1", "local-2", "local-3"]


def test_what_is_to_be_checked_names_the_doubtful_first() -> None:
    sure, doubtful = line(id=LineId("a")), line(id=LineId("b"), doubtful=True)
    done = line(id=LineId("c"), verified_on=TODAY)
    assert [each.id for each in to_verify([sure, done, doubtful], TODAY)] == ["b", "a"]


def test_nothing_is_known_of_no_country() -> None:
    assert help_for([line()], None, TODAY) == Help(region=None, kinds=dict.fromkeys(LineKind, ()))


@pytest.mark.parametrize(
    "given_",
    [
        {"name": " "},
        {"phone": ""},
        {"phone": "call us"},
        {"phone": "", "chat": "http://example.org"},
        {"phone": "", "chat": "https://nowhere"},
        {"phone": "", "text": "HELLO"},
    ],
)
def test_a_line_without_a_name_or_a_way_to_it_is_none(given_: dict[str, str]) -> None:
    with pytest.raises(LineIncomplete):
        composed(NewLine(**{"kind": LineKind.CRISIS, "name": "North", "phone": "123", **given_}))  # type: ignore[arg-type]


@pytest.mark.parametrize("field", LIMITS)
def test_a_field_too_long_is_named(field: str) -> None:
    long = {"name": "North", "phone": "1", field: "https://e.org/" + "1" * LIMITS[field]}
    with pytest.raises(LineTooLong) as refused:
        composed(NewLine(kind=LineKind.CRISIS, **long))
    assert (refused.value.field, refused.value.limit) == (field, LIMITS[field])


def test_a_line_is_kept_with_its_blanks_joined() -> None:
    new = composed(NewLine(kind=LineKind.ABUSE, name="  North \n Street ", phone=" 01 \t23 ", hours="24/7"))
    assert (new.name, new.phone, new.hours) == ("North Street", "01 23", "24/7")


@given(st.integers(1, 10**17))
def test_a_local_id_is_its_row_and_no_other_id_is_one(number: int) -> None:
    assert number_of(local_id(number)) == number
    assert number_of(LineId(f"hl-gb-{number}")) == 0
    assert number_of(LineId(f"local-{number}x")) == 0
