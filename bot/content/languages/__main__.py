"""`python -m bot.content.languages`: brings the catalogs in step with the English words.

New words come in without a translation, changed ones lose theirs, and what is no longer said goes. Then it
says how many each catalog still wants.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.content._guard import MOST_SHOWN
from bot.content._reading import read
from bot.content._spoken import FILES, said
from bot.content.languages import FACE
from bot.content.languages._extracting import Found, extracted
from bot.domain.languages import NATIVE, Language

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
WIDTH = 110
GUARD = "guard"  # of its file only what an author is shown; its phrases have five languages of their own


def english() -> dict[str, list[Found]]:
    """Every catalog's English words, by its name."""
    face = extracted(ROOT / "cogs")
    for words_, found_ in extracted(ROOT / "bot" / "content").items():  # why a plan file cannot be taken
        face.setdefault(words_, found_).files |= found_.files
    words = {FACE: [*face.values()]}
    for name in FILES:
        found: dict[str, Found] = {}
        for where, text in said(read(HERE.parent, f"{name}.yaml")):
            found.setdefault(text, Found(text)).files.add(where)
        words[name] = [*found.values()]
    guard = read(HERE.parent, "guard.yaml")["groups"]
    words[GUARD] = [Found(each["shown"], files={each["id"]}, limit=MOST_SHOWN) for each in guard]
    return words


def in_step(before: Catalog, words: list[Found]) -> Catalog:
    """The catalog with just these words, each with what was said for it before."""
    after = Catalog(locale=before.locale, charset="utf-8", fuzzy=False)
    after.mime_headers = [("Plural-Forms", before.plural_forms)]  # as its head has them
    for one in words:
        key = (one.words, one.many) if one.many else one.words
        old = before.get(one.words)
        fits = old is not None and isinstance(old.id, tuple) == bool(one.many) and not old.fuzzy
        places = sorted(one.files)
        comment = [f"{one.limit} characters at most", *places] if one.limit else places
        after.add(key, old.string if fits and old is not None else None, auto_comments=comment)
    return after


def wanting(catalog: Catalog) -> list[Message]:
    """The messages that nothing is said for yet."""
    return [one for one in catalog if one.id and not _translated(one)]


def _translated(message: Message) -> bool:
    said_ = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(said_)


def main() -> int:
    """How many texts want a translation."""
    left = 0
    for language in Language:
        for name, words in english().items() if language is not Language.EN else ():
            file = HERE / language / f"{name}.po"
            catalog = in_step(read_po(io.BytesIO(file.read_bytes()), locale=language.value), words)
            file.write_text(written(file, catalog), encoding="utf-8")
            left += (lacks := len(wanting(catalog)))
            sys.stdout.write(f"{NATIVE[language]}, {name}: {len(catalog)} texts, {lacks} wanting\n")
    return left


def written(file: Path, catalog: Catalog) -> str:
    """The catalog as it is to stand in the file, beneath the head that stands there now."""
    head = file.read_text(encoding="utf-8").partition("\n\n")[0]
    out = io.BytesIO()
    write_po(out, catalog, width=WIDTH, omit_header=True)
    return f"{head}\n\n{out.getvalue().decode().strip()}\n"


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
