"""What is made of the texts is kept for later starts, and nothing old or damaged is ever taken for it."""

import logging
import runpy
import shutil
from pathlib import Path

import pytest

from bot import content
from bot.content import _kept
from bot.content._kept import kept
from bot.content._listening import own_phrasebooks, phrasebooks
from bot.domain.languages import Language
from bot.domain.prompts import Content

OURS = Path(content.__file__).parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(_kept, "FOLDER", tmp_path)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return tmp_path


def never() -> bytes:
    raise AssertionError("made again")


def test_what_is_kept_is_made_once_and_anew_where_what_it_is_made_of_has_changed(folder: Path) -> None:
    assert kept("words", b"before", lambda: b"made") == b"made"
    assert kept("words", b"before", never) == b"made"
    assert kept("others", b"before", lambda: b"other") == b"other"
    assert kept("words", b"after", lambda: b"made anew") == b"made anew"
    assert kept("words", b"after", never) == b"made anew"
    assert len(list(folder.iterdir())) == 2  # what was kept of before is gone, and nothing half is left
    assert all(file.stat().st_mode & 0o777 == 0o644 for file in folder.iterdir())


def test_where_nothing_can_be_written_it_is_made_each_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_kept, "FOLDER", folder / "file" / "beneath a file")
    (folder / "file").write_text("in the way")
    assert kept("words", b"before", lambda: b"made") == b"made"
    monkeypatch.setattr(_kept, "FOLDER", folder)
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert kept("words", b"before", lambda: b"made") == b"made"
    assert [file.name for file in folder.iterdir()] == ["file"]


def test_kept_phrasebooks_are_those_of_the_files_and_damaged_ones_are_made_anew(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = phrasebooks(OURS)
    assert own_phrasebooks(OURS) == made
    [file] = folder.iterdir()
    assert own_phrasebooks(OURS) == made
    file.write_bytes(file.read_bytes()[:100_000])
    with caplog.at_level(logging.WARNING):
        assert own_phrasebooks(OURS) == made


def test_phrasebooks_are_made_anew_where_a_file_of_theirs_has_changed(folder: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    shutil.copytree(OURS / "listener", texts / "listener")
    before = own_phrasebooks(texts)
    weights = texts / "listener" / "pt_weights.yaml"
    weights.write_text(
        weights.read_text(encoding="utf-8").replace("alone: 50", "alone: 70"), encoding="utf-8"
    )
    after = own_phrasebooks(texts)
    assert [book.alone for book in before] == [0.5] * 5
    assert [book.alone for book in after] == [0.5] * 4 + [0.7]


def test_the_check_of_all_texts_reads_every_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read, plainly = set(), content.in_language

    def in_language(language: Language) -> Content:
        read.add(language)
        return plainly(language)

    monkeypatch.setattr(content, "in_language", in_language)
    monkeypatch.setattr("sys.argv", ["bot.content"])
    runpy.run_module("bot.content", run_name="__main__")
    assert read == set(Language)
    assert "all well" in capsys.readouterr().out
