"""The shipped content loads, and each kind of fault in it is named by file, id and reason."""

import re
import shutil
from pathlib import Path

import pytest

from bot import content
from bot.content._checks import NOT_OURS, QUOTED
from bot.domain.check_ins import GROUNDING_OFFERED_AT, Energy, Reactivity, Weather
from bot.domain.errors import ContentError
from bot.domain.schedules import Kind
from tests.content.faults import FAULTS
from tests.pack import BOOKS, CONTENT

SHIPPED = Path(content.__file__).parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the pack to break; its listener, which has tests of its own, is not compiled each time."""
    for path in [*SHIPPED.glob("*.yaml"), SHIPPED / "lines.csv", SHIPPED / content.TRACE]:
        shutil.copy(path, tmp_path)
    monkeypatch.setattr("bot.content.phrasebooks", lambda _: BOOKS)
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_content_holds_the_whole_curriculum() -> None:
    assert [theme.week for theme in CONTENT.themes] == list(range(1, 13))
    assert all(len(theme.daily) == 7 for theme in CONTENT.themes)
    assert (len(CONTENT.check_ins), len(CONTENT.challenges), len(CONTENT.exercises)) == (82, 46, 25)
    assert {prompt.kind for prompt in CONTENT.prompts.values()} == set(Kind)
    assert CONTENT.prompts["theme-01:intro"].intention
    assert CONTENT.prompts["theme-01:closing"].kind is Kind.REFLECTION
    assert CONTENT.prompts["bd-101"].steps
    assert len(CONTENT.regions) == 249


def test_the_labels_follow_the_domain() -> None:
    assert (list(CONTENT.weathers), list(CONTENT.energies)) == (list(Weather), list(Energy))
    assert list(CONTENT.reactivities) == list(Reactivity)
    assert CONTENT.reactivities[Reactivity.FROZEN] == "Frozen over"
    assert CONTENT.grounding_offered_at == GROUNDING_OFFERED_AT


def test_texts_and_buttons_are_found_by_id() -> None:
    for id_ in (
        "sf-agreement",
        "sf-d-long",
        "sf-c-kept",
        "ci-r-01",
        "bd-invite",
        "gr-choose",
        "sc-mood",
        "th01-p",
    ):
        assert CONTENT.texts[id_]
    assert CONTENT.texts["sc-reactivity:offer"].startswith("Thanks for saying")
    assert CONTENT.buttons["ci-b-private"] == "Answer privately"


def test_a_title_with_commas_is_whole() -> None:
    assert CONTENT.prompts["ck-023"].title == "Fact, guess, fear"


def test_no_text_of_ours_says_should_or_at_least() -> None:
    for id_, text in CONTENT.texts.items():
        if id_ not in NOT_OURS:
            assert re.search(r"\b(should|at least)\b", QUOTED.sub("", text), re.IGNORECASE) is None, id_


def test_every_text_and_label_is_within_its_limit() -> None:
    assert all(0 < len(text) <= 1800 for text in CONTENT.texts.values())
    labels = [*CONTENT.buttons.values(), *CONTENT.weathers.values(), *CONTENT.energies.values()]
    assert all(0 < len(label) <= 40 for label in [*labels, *CONTENT.reactivities.values()])


@pytest.mark.parametrize(
    ("file", "old", "new", "id_", "reason"),
    [fault[1:] for fault in FAULTS],
    ids=[fault[0] for fault in FAULTS],
)
def test_a_fault_is_named_by_file_id_and_reason(
    folder: Path, file: str, old: str, new: str, id_: str, reason: str
) -> None:
    change(folder, file, old, new)
    with pytest.raises(ContentError) as refused:
        content.load(folder)
    assert refused.value.file == file
    assert refused.value.id.startswith(id_)
    assert reason in refused.value.reason
    assert str(refused.value) == f"{file}: {refused.value.id}: {refused.value.reason}"


@pytest.mark.parametrize(
    "file", ["safety.yaml", "sources.yaml", "regions.yaml", "lines.csv", "seed-trace.md"]
)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ContentError, match=f"{file}: file: is missing"):
        content.load(folder)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("- a list", "no mapping"), ("", "no mapping"), ("{a: !!python/name:os.system x}", "constructor")],
)
def test_a_file_of_another_kind_is_refused(folder: Path, text: str, reason: str) -> None:
    (folder / "themes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=reason) as refused:
        content.load(folder)
    assert refused.value.file == "themes.yaml"


def test_a_file_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / "themes.yaml").write_bytes(b"kind: \xff\xfe")
    with pytest.raises(ContentError, match="UTF-8"):
        content.load(folder)
