"""The phrasebooks of all languages, out of their files."""

import pickle
import sys
from functools import partial
from pathlib import Path

import structlog

import bot.domain.listening as listening
from bot.content._kept import kept
from bot.content._models_listener import Listener, Weights
from bot.content._phrases import compiled, spelt_with_care
from bot.content._reading import read
from bot.content._shaping import shaped
from bot.content._weights import weighted
from bot.domain.errors import ContentError
from bot.domain.listening import Phrasebook

LANGUAGES = ("en", "es", "fr", "de", "pt")  # that the listener understands
log = structlog.get_logger(__name__)
CODE = (Path(__file__).parent, Path(listening.__file__).parent)  # what makes them, and what they are


def phrasebooks(folder: Path) -> tuple[Phrasebook, ...]:
    """Those of a folder, checked. Raises ContentError."""
    names = [f"listener/{language}.yaml" for language in LANGUAGES]
    listed = {name: shaped(Listener, name, read(folder, name)) for name in names}
    careful = {name: spelt_with_care(one) for name, one in listed.items()}
    foreign = {name: [word for other in names if other != name for word in careful[other]] for name in names}
    books = (compiled(name, one, foreign[name]) for name, one in listed.items())
    return tuple(_weighted(folder, book) for book in books)


def own_phrasebooks(folder: Path) -> tuple[Phrasebook, ...]:
    """Those that come with Trellis: made and checked once, then kept, as it takes a third of a second."""
    made = kept("phrasebooks", _all_of(folder), partial(_pickled, folder))
    try:
        books: tuple[Phrasebook, ...] = pickle.loads(made)  # noqa: S301 - ours, and kept as bytecode is
    except Exception as fault:  # noqa: BLE001 - a damaged file can raise anything
        log.warning("the kept phrasebooks cannot be read", cause=type(fault).__name__)
        return phrasebooks(folder)
    return books


def _pickled(folder: Path) -> bytes:
    return pickle.dumps(phrasebooks(folder), protocol=pickle.HIGHEST_PROTOCOL)


def _all_of(folder: Path) -> bytes:
    """The files and the code that they are made by. Raises ContentError where one is missing."""
    texts = [
        folder / "listener" / f"{language}{end}.yaml" for language in LANGUAGES for end in ("", "_weights")
    ]
    code = [file for place in CODE for file in sorted(place.glob("*.py"))]
    try:
        return b"\0".join([sys.version.encode(), *(file.read_bytes() for file in (*texts, *code))])
    except OSError as fault:
        raise ContentError(f"listener/{Path(str(fault.filename)).name}", "file", "is missing") from None


def _weighted(folder: Path, book: Phrasebook) -> Phrasebook:
    """With what its words weigh."""
    name = f"listener/{book.language}_weights.yaml"
    return weighted(name, shaped(Weights, name, read(folder, name)), book)
