"""Zones and countries: what was meant, or the nearest that exist."""

import time as stopwatch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import regions, zones
from bot.domain.errors import UnknownRegion, UnknownZone
from tests.pack import CONTENT

COUNTRIES = CONTENT.regions


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (" europe/berlin ", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("US/Eastern", "US/Eastern"),
    ],
)
def test_a_zone_is_found_whatever_its_case(text: str, key: str) -> None:
    assert zones.zone(text).key == key


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Asia/Kathmandoo", "Asia/Kathmandu"),
        ("Amerika/Chicago", "America/Chicago"),
        ("Lord Howe", "Australia/Lord_Howe"),
    ],
)
def test_an_unknown_zone_is_answered_with_the_nearest_names(text: str, near: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zones.zone(text)
    assert refused.value.given == text
    assert near in refused.value.nearest
    assert len(refused.value.nearest) <= zones.NEAREST


@pytest.mark.parametrize(
    "text",
    ["", " ", "..", "../../etc/passwd", "/etc/localtime", "localtime", "posixrules", "Factory", "leapseconds",
     "posix/Europe/Berlin", "right/UTC", "zone.tab", "Europe", "Europe/", "\0", "x" * 100_000],
)  # fmt: skip
def test_a_name_of_a_file_is_no_zone(text: str) -> None:
    with pytest.raises(UnknownZone):
        zones.zone(text)


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_every_name_that_is_offered_for_any_text_is_a_zone(text: str) -> None:
    offered = zones.search(text)
    assert len(offered) == len(set(offered)) <= zones.MAX_CHOICES
    assert all(zones.zone(name).key == name for name in offered)


def test_a_city_that_begins_so_comes_first() -> None:
    assert zones.search("par")[0] == "America/Paramaribo"
    assert zones.search("paris")[0] == "Europe/Paris"
    assert "Europe/London" in zones.search("")
    assert zones.search("europe/be", limit=2) == ["Europe/Belfast", "Europe/Belgrade"]


def test_a_search_answers_within_milliseconds() -> None:
    zones.search("warm")
    start = stopwatch.perf_counter()
    for text in ("b", "berl", "qqqqqqqqqq", "amerika/new yorrk"):
        zones.search(text)
        regions.search(text, COUNTRIES)
    assert stopwatch.perf_counter() - start < 0.2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DE", "DE"),
        ("de", "DE"),
        ("Germany", "DE"),
        (" germany ", "DE"),
        ("uk", "GB"),
        ("United Kingdom", "GB"),
    ],
)
def test_a_country_is_found_by_code_or_name(text: str, code: str) -> None:
    assert regions.region(text, COUNTRIES) == code


@pytest.mark.parametrize(("text", "near"), [("Germny", "DE"), ("Swizerland", "CH"), ("Korea", "KR")])
def test_an_unknown_country_is_answered_with_the_nearest_codes(text: str, near: str) -> None:
    with pytest.raises(UnknownRegion) as refused:
        regions.region(text, COUNTRIES)
    assert near in refused.value.nearest


def test_nothing_is_near_to_no_name() -> None:
    with pytest.raises(UnknownRegion) as refused:
        regions.region(" ", COUNTRIES)
    assert refused.value.nearest == ()


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_every_country_that_is_offered_is_on_the_list_once(text: str) -> None:
    offered = regions.search(text, COUNTRIES)
    assert len(offered) == len(set(offered)) <= regions.MAX_CHOICES
    assert all(COUNTRIES[code] == name for code, name in offered)


def test_the_code_itself_comes_first() -> None:
    assert regions.search("ie", COUNTRIES)[0] == ("IE", "Ireland")
    assert len(COUNTRIES) == 249
