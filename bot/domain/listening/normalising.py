"""A copy of a text as the listener reads it: one case, plain letters, cut into marks and words."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 6000  # characters looked at: a note or a form field takes 4,000
PAUSE = ","  # stands for every mark that parts two clauses
END = "."  # and this for every one that parts two sentences
_LOOK_ALIKE = str.maketrans(
    {
        **dict(
            zip("аеорсухіјѕԁһԛԝкмтвнᴀᴇɪᴏᴜ", "aeopcyxijsdhqwkmtbhaeiou", strict=True)
        ),  # Cyrillic, small capitals
        **dict(zip("αοερτυχκνι", "aoeptuxkvi", strict=True)),  # Greek
        **dict.fromkeys("’‘‛`´ʼ", "'"),
        **dict.fromkeys("“”„«»‹›", '"'),
        **dict.fromkeys("–—―", "-"),
        **dict.fromkeys("¿¡", " "),
        "…": "...",
    }
)
_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_ACCENT = re.compile("[\u0300-\u036f]")
_SPACED = re.compile(r"(?<![\w'])[^\W\d_]([ .*/_-])[^\W_](?:\1[^\W_])+(?![\w'])")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_MARKS = re.compile(r"[ .*/_-]")
_TOKEN = re.compile(
    r"\d+[.:]\d+"
    r"|[$@]?[^\W_]+(?:[$@*#+!|_'][$@*#+!|_']{0,3}[^\W_]+)*(?:[*#]+)?"  # a word, letters of it hidden or not
    r"|\n|\.\.+|[.!?;]+|[,:()\[\]]|-+|\"|'|[^\w\s]"
)
_SHORT = re.compile(r"(?<![\w'])([^\W\d_])/([^\W\d_]?)(?!\w)")  # s/h, w/
_PAUSES = re.compile(r"\.\.+|[,:()\[\]]|-+")
_ENDS = re.compile(r"\n|[.!?;]+")


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """A word or mark; `quoted` where it stands in quotation marks."""

    text: str
    quoted: bool = False


def plain(text: str) -> str:
    """Lower case, without accents, look-alike letters undone, spelled-out letters joined."""
    same = text[:LONGEST].translate(_LOOK_ALIKE)
    if not same.isascii():
        bare = unicodedata.normalize("NFKD", _INVISIBLE.sub("", same)).translate(_LOOK_ALIKE)
        same = unicodedata.normalize("NFC", _ACCENT.sub("", bare))[:LONGEST]
    same = _SHORT.sub(r"\1_\2", same.casefold())
    return _HYPHEN.sub(" ", _SPACED.sub(lambda match: _MARKS.sub("", match[0]), same))


def tokens(text: str) -> list[Token]:
    """The words and marks of a plain text; quotation marks are gone, and what stood in them is marked."""
    found: list[Token] = []
    opened: int | None = None  # where in `found` the quotation began
    sign = ""
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word in ('"', "'"):
            if opened is None and _opens(text, match):
                opened, sign = len(found), word
            elif opened is not None and word == sign:
                found[opened:] = [Token(each.text, quoted=True) for each in found[opened:]]
                opened = None
                found.append(Token(PAUSE))
            continue
        if _ENDS.fullmatch(word) and not word.startswith(".."):
            word = END
        elif _PAUSES.fullmatch(word):
            word = PAUSE
        found.append(Token(word))
    return found


def _opens(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    return not before.strip() or before in "(:,.-"
