"""The table of crisis lines: its faults are named, and nothing in it is said as a fact that is none."""

import csv
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import content
from bot.content._lines import COLUMNS, LINES
from bot.domain.errors import ContentError
from bot.domain.lines import ANYWHERE, Line, LineKind, covered, help_for, local_id
from cogs.help_now._table import BY_WORDS, EITHER, in_words
from cogs.help_now.said import LONGEST, filled, people_now, said_emergency, said_line
from tests.content.test_content import SHIPPED
from tests.pack import CONTENT

TODAY = date(2026, 11, 27)
ROW = "hl-gb-sam,GB,crisis,Samaritans,116 123,"
FAULTS = [
    ("an id used twice", "hl-gb-txt,GB", "hl-gb-sam,GB", "hl-gb-sam", "twice"),
    ("an id of no shape", "hl-gb-men,", "Men's line,", "Men's line", "no id"),
    ("an unknown country", "hl-gb-men,GB,", "hl-gb-men,UK,", "hl-gb-men", "no country UK"),
    ("an unknown kind", ROW, "hl-gb-sam,GB,sorrow,Samaritans,116 123,", "hl-gb-sam", "no kind sorrow"),
    ("no way to it", ROW, "hl-gb-sam,GB,crisis,Samaritans,,", "hl-gb-sam", "neither"),
    ("no name", ROW, "hl-gb-sam,GB,crisis,,116 123,", "hl-gb-sam", "no name"),
    ("a phone of letters", ROW, "hl-gb-sam,GB,crisis,Samaritans,ask,", "hl-gb-sam", "no digit"),
    ("a blank too many", ROW, "hl-gb-sam,GB,crisis,Samaritans ,116 123,", "hl-gb-sam", "blanks"),
    ("a field too long", ROW, f"hl-gb-sam,GB,crisis,{'S' * 61},116 123,", "hl-gb-sam", "60"),
    ("not the signed number", ROW, "hl-gb-sam,GB,crisis,Samaritans,116 124,", "hl-gb-sam", "number"),
    ("not the signed kind", ROW, "hl-gb-sam,GB,abuse,Samaritans,116 123,", "hl-gb-sam", "kind"),
    ("a signed line that is gone", "hl-gb-sam,", "hl-gb-tom,", "hl-gb-sam", f"not in {LINES}"),
    ("two emergency rows", "hl-gb-men,GB,abuse", "hl-gb-men,GB,emergency", "hl-gb-men", "two emergency"),
    ("hours that nobody stated", ",24/7,en,domestic violence (women),https://www.womensaid",
     ",24/7 in the directory,en,domestic violence (women),https://www.womensaid", "hl-ie-wa", "stay empty"),
    ("no day of reading", ",2025-05,2026-11-23,low", ",2025-05,soon,low", "hl-", "read_on"),
    ("an unknown confidence", ",2025-05,2026-11-23,low", ",2025-05,2026-11-23,sure", "hl-", "confidence"),
    ("a day of checking that is none", ",2026-11-23,high,,", ",2026-11-23,high,soon,", "hl-", "verified_on"),
    ("a field too few", "hl-gb-men,GB,abuse,", "hl-gb-men,GB,", "hl-gb-men", "fields"),
    ("another column", "id,country", "id,region", "header", "is not"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    for path in SHIPPED.iterdir():
        if path.suffix in (".yaml", ".csv", ".md"):
            shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize(("old", "new", "id_", "reason"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_fault_is_named_by_file_id_and_reason(
    folder: Path, old: str, new: str, id_: str, reason: str
) -> None:
    text = (folder / LINES).read_text(encoding="utf-8")
    assert old in text
    (folder / LINES).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        content.load(folder)
    assert refused.value.file in (LINES, "safety.yaml")
    assert refused.value.id.startswith(id_)
    assert reason in refused.value.reason


def test_the_table_holds_the_lines_of_forty_countries_and_the_signed_ones_by_their_ids() -> None:
    assert len(covered(CONTENT.lines)) >= 40
    ids = {line.id for line in CONTENT.lines}
    signed = {id_ for id_ in CONTENT.texts if id_.startswith("hl-")}
    assert signed
    assert signed <= ids
    assert [line.id for line in CONTENT.lines if line.region == ANYWHERE] == ["hl-zz-findahelpline"]


def test_nobody_has_checked_a_line_yet_and_none_claims_it() -> None:
    assert [line.id for line in CONTENT.lines if line.verified_on is not None] == []


def test_a_number_on_which_pages_disagree_is_shown_nowhere() -> None:
    doubtful = [line for line in CONTENT.lines if line.doubtful]
    assert {line.id for line in doubtful} >= {"hl-us-child", "hl-es-esperanza", "hl-it-amico", "hl-dk-livs"}
    for region in CONTENT.regions:
        help_ = help_for(CONTENT.lines, region, TODAY)
        said = " ".join(said_line(each) for kind in LineKind for each in help_.of(kind))
        assert not any(line.phone in said for line in doubtful if line.region == region)
    child = help_for(CONTENT.lines, "US", TODAY).of(LineKind.CHILD)
    assert [(each.line.phone, each.line.chat) for each in child] == [("", "https://childhelphotline.org")]


@pytest.mark.parametrize("id_", ["sf-t-suicide", "sf-t-danger", "sf-t-child", "sf-s-lines", "sf-s-now"])
def test_every_line_of_every_country_fits_whole_into_each_text_with_its_remark(id_: str) -> None:
    for region in [*covered(CONTENT.lines), "EE", "BT", None]:
        help_ = help_for(CONTENT.lines, region, TODAY)
        said = filled(CONTENT, id_, help_, on_call_line="x" * 200, hours="x" * 40)
        assert len(said) <= 2000  # Discord's limit of a message
        assert "{" not in said
        assert len(said_emergency(help_)) <= 60
        for kind in (LineKind.CRISIS, LineKind.ABUSE, LineKind.CHILD):
            blocks = [said_line(each) for each in help_.of(kind)]
            assert len("\n\n".join(blocks)) <= LONGEST, (region, kind)  # so that none is ever left out


def test_each_unchecked_number_says_so_beside_it_with_where_and_when_it_was_read() -> None:
    remark = re.compile(r"-# Not checked here yet; read (?:23 Nov|in Nov) .*2026 (?:at|in) \S+")
    for line in CONTENT.lines:
        for kind in LineKind:
            for shown in help_for([line], line.region, TODAY).of(kind):
                assert remark.search(said_line(shown)), line.id
    said = filled(CONTENT, "sf-s-now", help_for(CONTENT.lines, "GB", TODAY))
    assert "**999** (not checked here yet)" in said
    assert said.endswith("\n\n-# 999: read 23 Nov 2026 at centre56.org.uk (undated).")
    assert said.count("not checked here yet") == 1  # a line's own remark begins with a capital
    own = Line(id=local_id(1), region="", kind=LineKind.EMERGENCY, name="Ours", phone="1", local=True)
    said = filled(CONTENT, "sf-s-now", help_for([own], "GB", TODAY))
    assert "**1** (not checked here yet)" in said
    assert said.endswith("\n\n-# 1: added by a facilitator of this circle.")


def test_what_is_not_known_is_said_as_that_and_no_number_is_made_up() -> None:
    said = filled(CONTENT, "sf-s-lines", help_for(CONTENT.lines, "BT", TODAY))
    assert CONTENT.texts["sf-lines-fallback"] in said
    assert "In danger now: your local emergency number." in said
    assert re.search(r"\d", said) is None


def test_beside_a_wish_for_a_person_stand_people_where_any_are_known() -> None:
    for region in [*covered(CONTENT.lines), "BT", None]:
        help_ = help_for(CONTENT.lines, region, TODAY)
        said = people_now(CONTENT, help_)
        assert said.startswith("I'm a bot and no emergency service.")
        assert len(said) <= 800  # what is said of the wish stands above it
        known = help_.of(LineKind.CRISIS)
        assert (CONTENT.texts["sf-lines-fallback"] in said) is not bool(known)
        assert all(each.line.name in said for each in known if each.line.name.isalpha())


def test_the_file_has_just_its_columns() -> None:
    with (SHIPPED / LINES).open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS


def test_what_the_table_says_in_words_is_known_as_such_but_for_names() -> None:
    names = {"1-800-799-7233 (TTY 1-800-787-3224)"}
    for line in CONTENT.lines:
        for given in (line.phone, line.hours, *map(str.strip, line.for_whom.split(";")), line.chat):
            left = given in names or "://" in given or "0112" in given or not re.search("[a-z]", given)
            assert left or given in BY_WORDS or EITHER.fullmatch(given), (line.id, given)


def test_a_number_is_never_another_in_another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cogs.speech.say", lambda english, **_: english.replace("4", "5"))
    assert in_words("112 (ambulance 144)") == "112 (ambulance 144)"
    assert in_words("999 or 112") == "999 or 112"  # what has lost its numbers is not said
    assert in_words("police") == "police"
