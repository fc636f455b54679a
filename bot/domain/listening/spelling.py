"""Each word as a phrasebook spells it: short forms written out, numbers for letters undone, slips mended."""

import re
from collections.abc import Iterable

from bot.domain.listening.normalising import END, PAUSE, Token
from bot.domain.listening.phrasebook import Phrasebook

_LEET = str.maketrans("013457$@!|+", "oieastsailt")
_LEET_L = str.maketrans("013457$@!|+", "oleastsallt")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_HIDDEN = re.compile(r"[*#_$@!+|]+")
_LONGEST = 40  # letters of a word; what is longer is none
_SLIP = 6  # letters from which on a slip is looked for


def sentences(tokens: Iterable[Token], book: Phrasebook) -> list[tuple[list[str], list[bool]]]:
    """The words of each sentence as the book spells them, and which of them are quoted."""
    words: list[str] = []
    quoted: list[bool] = []
    found = [(words, quoted)]
    for token in tokens:
        if token.text == END:
            if words:
                words, quoted = [], []
                found.append((words, quoted))
            continue
        for word in spelled(token.text, book):
            words.append(word)
            quoted.append(token.quoted)
    return found if words else found[:-1]


def spelled(word: str, book: Phrasebook) -> tuple[str, ...]:
    """What the word stands for: mostly itself."""
    known = book.spellings.get(word)
    if known is not None or len(word) > _LONGEST:
        return known or ()
    if word == PAUSE or word in book.words:
        return (word,)
    if not word.isalpha():
        return _mended(word, book)
    if len(word) < _SLIP or book.groups(word):
        return (word,) if _STRETCHED.search(word) is None else (_shrunk(word, book),)
    if _STRETCHED.search(word):
        return (_shrunk(word, book),)
    return (word if word in book.foreign else _without_slip(word, book),)


def _mended(word: str, book: Phrasebook) -> tuple[str, ...]:
    """A word with signs or numbers in it."""
    if word.isdigit():
        return (word,)
    if not any(letter.isalnum() for letter in word):
        return (word,) if book.knows(word) else ()
    bare = word.strip("*#_'")
    if "'" in bare:
        return _parted(bare, book)
    for table in (_LEET, _LEET_L):
        plain = bare.translate(table)
        if plain != word and plain.isalpha() and (plain in book.spellings or book.knows(plain)):
            return book.spellings.get(plain, (plain,))
    if _HIDDEN.search(word):
        return _uncovered(word, book)
    return (word,)


def _parted(word: str, book: Phrasebook) -> tuple[str, ...]:
    before, _, after = word.partition("'")
    if book.elision:
        return (*spelled(before, book), *spelled(after, book)) if after else spelled(before, book)
    return spelled(before, book) if after == "s" else spelled(before + after, book)


def _uncovered(word: str, book: Phrasebook) -> tuple[str, ...]:
    pattern = re.compile(
        "".join(
            f".{{0,{len(part) + 1}}}" if _HIDDEN.fullmatch(part) else re.escape(part.translate(_LEET))
            for part in re.split(r"([*#_$@!+|]+)", word)
            if part
        )
    )
    for each in book.hidden:
        if pattern.fullmatch(each):
            return book.spellings.get(each, (each,))
    parts = [part for part in re.split(r"[*#_$@!+|]+", word) if part]
    return tuple(one for part in parts for one in spelled(part, book)) if len(parts) > 1 else tuple(parts)


def _shrunk(word: str, book: Phrasebook) -> str:
    """sooo, killl: twice the letter or once, whichever is known."""
    twice, once = _STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)
    return next((each for each in (once, twice) if book.knows(each)), once)


def _without_slip(word: str, book: Phrasebook) -> str:
    """One letter too many, too few, wrong, or two changed places, in a word that is often misspelt."""
    found = book.misspelt.get(word)
    if found is not None:
        return found
    for at in range(len(word)):
        found = book.misspelt.get(word[:at] + word[at + 1 :])
        if found is not None:
            return found
    return word
