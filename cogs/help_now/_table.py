"""What the table of lines says in words, in the language that is spoken; names, numbers and addresses stay.

Words whose digits differ from the table's are not shown, so that no number ever becomes another.
"""

import re

from cogs.speech import Phrase

_DIGIT = re.compile(r"[0-9]")
EITHER = re.compile(r"([0-9][0-9 -]*[0-9]) or ([0-9][0-9 -]*[0-9])")
_ONE_OR_OTHER = Phrase("{number} or {other}")
_SAID = (
    Phrase("112 (ambulance 144)"),
    Phrase("113 (free since 2025-10) or 0800-0113"),
    Phrase("0800 078 7746 (also 0903 440 0009)"),
    Phrase("119 ext 8"),
    Phrase("police"),
    Phrase("medical"),
    Phrase("suicide"),
    Phrase("general"),
    Phrase("domestic violence"),
    Phrase("domestic violence (women)"),
    Phrase("domestic violence (men)"),
    Phrase("domestic violence (anyone, also people worried about own behaviour)"),
    Phrase("domestic and sexual violence"),
    Phrase("sexual violence"),
    Phrase("victims of crime"),
    Phrase("family crisis"),
    Phrase("relationships (men)"),
    Phrase("children, and adults worried about a child"),
    Phrase("Mon-Fri 9-17"),
    Phrase("Mon-Fri 09-17"),
    Phrase("24/7 (phone)"),
    Phrase("08-24 daily"),
    Phrase("16-21 daily; 24 h on the 10th"),
    Phrase("Finnish 24/7, others at set hours"),
    Phrase("chat on the Ministry of Health site"),
    Phrase("chat on the government delegation site"),
    Phrase("chat on mind.se"),
    Phrase("app and chat (1522.eu)"),
    Phrase("chat and e-mail"),
    Phrase("WhatsApp and chat"),
    Phrase("+ 200 by interpreter"),
    Phrase("(Welsh at times)"),
    Phrase("(interpreters by phone)"),
    Phrase("+ interpreters"),
    Phrase("+ 12 at set hours"),
    Phrase("+ others"),
    Phrase("+ states"),
    Phrase("20 languages"),
    Phrase("many"),
)
BY_WORDS = {each.english: each for each in _SAID}


def in_words(given: str) -> str:
    """A field of a line, or a part of one; what a circle wrote itself stays as it is."""
    either = EITHER.fullmatch(given)
    if either is not None:
        said = _ONE_OR_OTHER(number=either[1], other=either[2])
    elif given in BY_WORDS:
        said = BY_WORDS[given]()
    else:
        return given
    return said if _DIGIT.findall(said) == _DIGIT.findall(given) else given
