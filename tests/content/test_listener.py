"""A fault in the listener's files is named by file, list and reason; what is shipped loads."""

import shutil
from pathlib import Path

import pytest

from bot import content
from bot.domain.errors import ContentError
from bot.domain.listening import screen

SHIPPED = Path(content.__file__).parent / "listener"
EN, WEIGHTS = "listener/en.yaml", "listener/en_weights.yaml"
SMALL = """
schema_version: 1
kind: listener
language: en
review: {clinician: null}
spellings: |
  im = i am
groups:
ROLES
  die: die, dying, not wake up
  want: want to
idioms: |
  dying to see
say:
  suicide_passive: |
    i {want}
      {die}
"""
ROLES = (
    *("filler", "small", "joint", "own", "others", "i_say", "denial", "no_denial", "denied_after", "turn"),
    *("past", "past_after", "past_verb", "better", "present", "story", "taken_up", "joke"),
)
OTHERS = ("es", "fr", "de", "pt")
NO_WEIGHTS = """
schema_version: 1
kind: listener_weights
language: en
tiers: [none, distress, self_harm, suicide_passive, suicide_active, danger_from_other, harm_to_other, none]
alone: 90
base: [0, 0, 0, 0, 0, 0, 0, 0]
weights: |
  i | 0 0 0 0 0 0 0 0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack with little books, so that a test does not wait for the whole ones."""
    (tmp_path / "listener").mkdir()
    book = SMALL.replace("ROLES", "\n".join(f"  {role}: {role.replace('_', '')}x" for role in ROLES))
    (tmp_path / EN).write_text(book, encoding="utf-8")
    for other in OTHERS:
        text = book.replace("language: en", f"language: {other}").replace("die", f"die{other}")
        (tmp_path / f"listener/{other}.yaml").write_text(text, encoding="utf-8")
        none = NO_WEIGHTS.replace("language: en", f"language: {other}")
        (tmp_path / f"listener/{other}_weights.yaml").write_text(none, encoding="utf-8")
    (tmp_path / WEIGHTS).write_text(NO_WEIGHTS, encoding="utf-8")
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_little_book_is_heard(folder: Path) -> None:
    books = content.load_phrasebooks(folder)
    assert screen("im dying, i want to not wake up", books).rule == "en.say.suicide_passive.1"
    assert screen("dying to see you", books).alert == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "reason"),
    [
        (EN, "i {want}", "i {wnat}", "say.suicide_passive.1", "no group wnat"),
        (EN, "dying to see", "~ dying", "idioms.1", "begins with a word"),
        (EN, "im = i am", "im i am", "spellings", "no ="),
        (EN, "suicide_passive:", "sadness:", "say/sadness/[key]", "distress"),
        (EN, "  want: want to", "  want: '{die}, {longing}'\n  longing: '{want}'", "groups.want", "itself"),
        (EN, "  story: storyx\n", "", "groups", "story is missing"),
        (EN, "dying, not", "d__ing, not", "groups.die", "no word"),
        (EN, "language: en", "language: english", "language", "pattern"),
        (EN, "review: {clinician: null}", "review: {clinician: null}\ncolour: red", "colour", "Extra"),
        (WEIGHTS, "i | 0 0", "i | 0 x", "weights.1", "whole number"),
        (WEIGHTS, "i | 0 0", "i | 0", "weights.1", "8 weights"),
        (WEIGHTS, "[none, distress", "[distress, none", "tiers", "none, distress"),
    ],
)
def test_a_fault_is_named_by_file_list_and_reason(
    folder: Path, file: str, old: str, new: str, where: str, reason: str
) -> None:
    change(folder, file, old, new)
    with pytest.raises(ContentError) as told:
        content.load_phrasebooks(folder)
    assert told.value.file == file
    assert where in told.value.id or where in told.value.reason
    assert reason in told.value.reason


def test_a_language_that_is_missing_is_named(folder: Path) -> None:
    (folder / "listener/pt.yaml").unlink()
    with pytest.raises(ContentError, match=r"listener/pt\.yaml: file: is missing"):
        content.load_phrasebooks(folder)


def test_what_is_shipped_loads_with_the_rest_of_the_content_and_keeps_its_lines_short() -> None:
    books = content.load_phrasebooks()
    assert [book.language for book in books] == ["en", "es", "fr", "de", "pt"]
    for path in SHIPPED.glob("??.yaml"):
        assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 140, path.name


def test_the_folder_of_the_listener_is_part_of_the_package(tmp_path: Path) -> None:
    project = (Path(content.__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert '"content/**/*.yaml"' in project
    shutil.copytree(SHIPPED, tmp_path / "listener")
    assert len(content.load_phrasebooks(tmp_path)) == len(OTHERS) + 1
