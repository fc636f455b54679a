"""Words however somebody typed them."""

import unicodedata


def without_accents(words: str) -> str:
    """Each letter without its marks; of a ligature, its letters."""
    letters = unicodedata.normalize("NFKD", words)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def bare(words: str) -> str:
    """In small letters, without accents."""
    return without_accents(words.casefold())
