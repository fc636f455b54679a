"""Each language says all that English does, within Discord's limits, and with nothing lost on the way."""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot import content
from bot.content import _kept, languages
from bot.content._checks import TONE
from bot.content._spoken import FILES
from bot.content.languages import FACE, _compiling, catalog, reviewed
from bot.content.languages.__main__ import HERE, english, in_step, wanting, written
from bot.content.languages._extracting import Found, extracted
from bot.domain.errors import ContentError
from bot.domain.languages import Language, language_of
from bot.domain.prompts import Content

OTHERS = [language for language in Language if language is not Language.EN]
ENGLISH = english()
AS_THE_LINES_SAY = {"cogs/help_now/_table.py"}  # some are for "victims of crime", in their own words
_BOLD = re.compile(r"\*\*([^*{}<]+)\*\*")
_KEPT = re.compile(r"`/[^`]+`|<[#@][^>]*>|<t:[^>]*>|https?://\w\S*")  # commands, mentions, times, addresses


def read(language: Language, name: str) -> Catalog:
    """The catalog as it stands in its file."""
    return read_po(io.BytesIO((HERE / language / f"{name}.po").read_bytes()), locale=language.value)


def pairs(language: Language, name: str) -> Iterator[tuple[Found, str, str]]:
    """(what is known of a text, the English, what is said for it), each plural by itself."""
    found = {one.words: one for one in ENGLISH[name]}
    for message in read(language, name):
        if not message.id:
            continue
        one = found[message.id if isinstance(message.id, str) else message.id[0]]
        for said, words in zip(forms(message.string), forms(message.id), strict=True):
            yield one, words, said


def every_text(language: Language) -> list[tuple[Found, str, str]]:
    """The same of all its catalogs."""
    return [pair for name in ENGLISH for pair in pairs(language, name)]


def forms(given: Any) -> tuple[str, ...]:
    """A text alone, or its forms for one and for many."""
    return (given,) if isinstance(given, str) else tuple(given)


def names(text: str) -> list[str]:
    """The names of what is filled in, as often as they stand there."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def broken(text: str, language: Language) -> bool:
    """Whether it is worded as no text of ours is."""
    return any(pattern.search(text) for pattern in TONE[language])


every_language = pytest.mark.parametrize("language", OTHERS)
every_catalog = pytest.mark.parametrize("name", list(ENGLISH))


@every_language
@every_catalog
def test_a_catalog_has_just_the_words_that_are_said_in_english(language: Language, name: str) -> None:
    has = {forms(message.id) for message in read(language, name) if message.id}
    assert has == {(one.words, one.many) if one.many else (one.words,) for one in ENGLISH[name]}


@every_language
@every_catalog
def test_nothing_is_left_without_a_translation(language: Language, name: str) -> None:
    assert [message.id for message in wanting(read(language, name))] == []


@every_language
@every_catalog
def test_what_is_filled_in_is_the_same(language: Language, name: str) -> None:
    differ = {
        words: said
        for _, words, said in pairs(language, name)
        if set(names(words)) - {"n"} != set(names(said)) - {"n"}
        or not set(names(said)) <= set(names(words)) | {"n"}
    }
    assert differ == {}


@every_language
@every_catalog
def test_commands_mentions_and_blanks_are_the_same(language: Language, name: str) -> None:
    differ = {
        words: said
        for _, words, said in pairs(language, name)
        if sorted(_KEPT.findall(words)) != sorted(_KEPT.findall(said))
        or words.count("___") != said.count("___")
    }
    assert differ == {}


@every_language
@every_catalog
def test_markup_stays_in_pairs(language: Language, name: str) -> None:
    for _, words, said in pairs(language, name):
        for mark in ("**", "||", "`"):
            assert said.count(mark) % 2 == words.count(mark) % 2, said


@every_language
def test_a_button_that_a_text_names_is_called_as_on_the_button(language: Language) -> None:
    said_for: dict[str, set[str]] = {}
    for _, words, said in every_text(language):
        said_for.setdefault(words, set()).add(said)
    for _, words, said in every_text(language):
        for label in _BOLD.findall(words):
            names = {f"**{name}**" for name in said_for.get(label, ())}
            assert not names or any(name in said for name in names), said


@every_language
def test_each_text_of_the_face_fits_where_discord_puts_it(language: Language) -> None:
    longest = {
        words: said for one, words, said in pairs(language, FACE) if one.limit and len(said) > one.limit
    }
    assert longest == {}


@every_language
def test_the_face_keeps_to_the_rules_of_tone(language: Language) -> None:
    for one, _, said in pairs(language, FACE):
        if not one.files & AS_THE_LINES_SAY:
            assert not broken(said, language), said


@every_language
def test_the_whole_pack_of_texts_fits_the_shapes_and_lengths_of_the_english_one(language: Language) -> None:
    pack, own = content.in_language(language), content.load()
    assert pack.language is language
    assert set(pack.prompts) == set(own.prompts)
    assert set(pack.texts) == set(own.texts)
    assert pack.texts["sf-t-suicide"] != own.texts["sf-t-suicide"]
    assert pack.spoken(Language.EN) is own
    assert own.spoken(language) is pack


@every_language
def test_a_catalog_says_whether_a_clinician_has_read_it(language: Language) -> None:
    files = [(HERE / language / f"{name}.po").read_text(encoding="utf-8") for name in ENGLISH]
    heads = [dict(re.findall(r'^"(X-[\w-]+): (.*)\\n"$', file, re.MULTILINE)) for file in files]
    assert {head["X-Review-Status"] for head in heads} <= {"draft", "reviewed"}
    assert all((head["X-Review-Status"] == "reviewed") == bool(head["X-Reviewed-By"]) for head in heads)
    assert content.in_language(language).reviewed == all(reviewed(language, name) for name in FILES)


def test_english_is_said_as_it_stands() -> None:
    assert catalog(Language.EN, FACE).gettext("Anything at all.") == "Anything at all."


def test_a_locale_is_known_by_its_language_whatever_its_country() -> None:
    assert language_of("es-419") is language_of("es-ES") is Language.ES
    assert language_of("en-US") is Language.EN
    assert language_of("de") is Language.DE
    assert language_of("pt-BR") is None
    assert language_of(None) is None


def test_words_that_changed_in_english_lose_their_translation() -> None:
    before = Catalog(locale="de")
    before.add("A day.", "Ein Tag.")
    before.add("Gone.", "Weg.")
    before.add("A guess.", "Geraten.", flags=["fuzzy"])  # as the field's tools mark what nobody looked at
    words = [Found("A day."), Found("Two days."), Found("A guess."), Found("{n} day", "{n} days")]
    after = in_step(before, words)
    assert {forms(one.id)[0]: one.string for one in after if one.id} == {
        "A day.": "Ein Tag.",
        "Two days.": None,
        "A guess.": None,
        "{n} day": ("", ""),
    }
    assert len(wanting(after)) == 3


def test_a_catalog_in_step_is_written_as_it_stands() -> None:
    for language in OTHERS:
        for name, words in ENGLISH.items():
            file = HERE / language / f"{name}.po"
            stands = file.read_text(encoding="utf-8")
            assert written(file, in_step(read(language, name), words)) == stands, file.name


def test_a_text_is_found_wherever_the_face_says_it(tmp_path: Path) -> None:
    face = tmp_path / "face"
    face.mkdir()
    (face / "one.py").write_text(
        'LATER = Phrase("Later")\n'
        "def here(n: int) -> str:\n"
        '    button(LATER, "x:y")\n'
        '    TextInput(placeholder=say("Some words"))\n'
        '    return say("A " "whole {thing}.", thing=several("{n} day", "{n} days", n))\n'
        '@command(description="What it does")\n'
        "def done() -> None: ...\n"
    )
    found = extracted(face)
    assert {one.words: one.limit for one in found.values()} == {
        "Later": 80,
        "Some words": 100,
        "A whole {thing}.": None,
        "{n} day": None,
        "What it does": 100,
    }
    assert found["{n} day"].many == "{n} days"


def test_a_catalog_that_cannot_be_read_leaves_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_file(language: Language, name: str) -> bytes:
        raise ContentError(f"languages/{language}/{name}.po", "file", "cannot be read: No such file")

    monkeypatch.setattr(languages, "_written", broken_file)
    assert languages.catalog.__wrapped__(Language.ES, FACE).gettext("Back") == "Back"
    with pytest.raises(ContentError, match=r"es/themes\.po"):
        languages.catalog.__wrapped__(Language.ES, "themes")


def test_a_pack_that_cannot_be_read_leaves_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_english(language: Language) -> Content:
        if language is not Language.EN:
            raise ContentError("themes.yaml", "theme-01", "is broken")
        return ours

    ours = content.load()
    monkeypatch.setattr(content, "in_language", only_english)
    assert content._or_english.__wrapped__(Language.ES) is ours


def test_a_compiled_catalog_is_kept_for_the_next_start_and_no_longer_than_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_kept, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    words = 'msgid "Back"\nmsgstr "%s"\n'
    for said in ("Volver", "Atrás"):
        made = _compiling.compiled("es/face", (head + words % said).encode())
        assert said.encode() in made
        [kept_file] = tmp_path.iterdir()
        assert kept_file.read_bytes() == made
    kept_file.write_bytes(b"what is kept is read")
    assert _compiling.compiled("es/face", (head + words % "Atrás").encode()) == b"what is kept is read"
