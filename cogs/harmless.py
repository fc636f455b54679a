"""What a person wrote, shown to others: every letter of it, and none of it with an effect.

Markdown, links under other words, mentions, commands, timestamps and letters that turn the direction of
reading are Discord's ways to let text look like something else than what it is.
"""

import re
import unicodedata

_MARKS = re.compile(r"[\\*_~|`<>\[\]()@]")
_LINE_STARTS = re.compile(r"^(\s*)(#{1,3}|-#|[-+]|\d+(?=\.))(?=[\s.]|$)", re.MULTILINE)
_KEPT = {"\n", "\t", "\u200c", "\u200d"}  # the last two shape Persian words and join emoji
_JOINED = "\u2060"  # a word joiner: nothing to see, and a mention or an address no more


def harmless(text: str) -> str:
    """The text as plain words: nobody is called, nothing is hidden, no address can be pressed."""
    seen = "".join(
        letter for letter in text if letter in _KEPT or unicodedata.category(letter) not in _HIDDEN
    )
    plain = _MARKS.sub(lambda mark: "@" + _JOINED if mark[0] == "@" else "\\" + mark[0], seen)
    plain = _LINE_STARTS.sub(r"\1\\\2", plain)
    return plain.replace("://", f":{_JOINED}//")


_HIDDEN = {"Cc", "Cf", "Cs", "Co"}  # control and format letters, halves of letters, private ones
