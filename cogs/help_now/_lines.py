"""One line in words: how it is reached, when and for whom, and who checked it."""

import re
from collections.abc import Sequence
from datetime import date

import discord
from babel import Locale

from bot.domain.lines import Line, Shown
from cogs.dates import plain_day, written
from cogs.help_now._table import in_words
from cogs.speech import Phrase, locale, say

LANGUAGES = (
    "am", "ar", "cs", "cy", "da", "de", "el", "en", "es", "fi", "fil", "fr", "ha", "he", "hi",
    "hu", "id", "it", "ja", "ko", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sv", "ta", "uk",
    "yue", "zh",
)  # fmt: skip
_ADDRESS = re.compile(r"https://\S+")
_WORD_TO = re.compile(r"([A-Z]+) to (\d.*)")
_E164 = re.compile(r"\+[0-9 ]{7,18}")
_WOMEN_OR_MEN = re.compile(r"\((women|men)\)")
_BETWEEN = re.compile(r"(?<=\d) (?=\d)")
_CODE = re.compile(r"([a-z]{2,3})(?=;|$|\s)(;?)")
_FOR = {"women": Phrase("for women"), "men": Phrase("for men")}
_READ_AT = (  # on no known day, on a day, in a month
    Phrase("read at {place}"),
    Phrase("read {day} at {place}"),
    Phrase("read in {month} at {place}"),
)
_READ_IN_A_LIST = (
    Phrase("read in the list {place}"),
    Phrase("read {day} in the list {place}"),
    Phrase("read in {month} in the list {place}"),
)


def said_line(shown: Shown, *, languages: bool = False) -> str:
    """One line: its name, how to reach it, when and for whom; and beneath, small, who checked it."""
    line = shown.line
    spoken = said_languages(line.languages) if languages else ""
    hours = safe(in_words(line.hours))
    said = " · ".join(part for part in (ways(line), whom(line), hours, spoken) if part)
    return f"**{safe(line.name)}**: {said}\n-# {remark(shown)}"


def spaced(shown: Sequence[Shown]) -> str:
    """Lines with all that is known of them, a blank one between; a language shared by all goes unsaid."""
    several = len({each.line.languages for each in shown}) > 1
    return "\n\n".join(
        said_line(each, languages=several or not each.line.languages.isalpha()) for each in shown
    )


def remark(shown: Shown) -> str:
    """Who checked a line and when, or that nobody has, with where and when it was read."""
    line = shown.line
    if not shown.stale and line.verified_on is not None:
        return say("Checked on {day}.", day=said_day(line.verified_on))
    if line.verified_on is not None:
        return say("Last checked on {day}; it may have changed since.", day=said_day(line.verified_on))
    if line.local:
        return say("Added by a facilitator of this circle; not checked yet.")
    return say("Not checked here yet; {where_read}.", where_read=read(line))


def origin(line: Line) -> str:
    """Whence it is: a facilitator, or a page that was read."""
    return say("added by a facilitator of this circle") if line.local else read(line)


def read(line: Line) -> str:
    """When and where it was read: `read 23 Nov 2026 at refuge.org.uk (of 2020)`."""
    forms = _READ_AT if line.listed_in is None else _READ_IN_A_LIST
    place = safe(line.listed_in or line.place)
    if not line.read_on:
        said = forms[0](place=place)
    elif len(line.read_on) > len("2026-11"):
        said = forms[1](place=place, day=said_day(date.fromisoformat(line.read_on)))
    else:
        said = forms[2](place=place, month=_said_month(date.fromisoformat(f"{line.read_on}-01")))
    if not line.age:
        return said
    if line.age.startswith("undated"):
        return say("{where_read} (undated)", where_read=said)
    return say("{where_read} (of {year})", where_read=said, year=line.age[:4])


def ways(line: Line) -> str:
    """How it is reached: call, text, chat; numbers in bold, addresses as links."""
    number = _number(in_words(line.phone))
    called = say("call **{number}**", number=number) if line.phone else ""
    texted = _texted(line.text)
    if line.phone and line.text == line.phone:
        called, texted = say("call or text **{number}**", number=number), ""
    online = _ADDRESS.sub(lambda found: f"<{found[0]}>", in_words(line.chat))
    return ", ".join(part for part in (called, texted, online) if part)


def whom(line: Line) -> str:
    """For whom it is, where that is not everyone."""
    found = _WOMEN_OR_MEN.search(line.for_whom)
    return _FOR[found[1]]() if found else ""


def emergency_numbers(line: Line) -> str:
    """Such as `112 or 17, or text 114`."""
    called = in_words(line.phone)
    if line.for_whom:
        called = f"{called} ({in_words(line.for_whom)})"
    return say("{number}, or text {other}", number=called, other=line.text) if line.text else called


def said_languages(given: str) -> str:
    """`en;es` as `English, Spanish`, and after that what follows the codes."""
    said, place = [], 0
    while (found := _CODE.match(given, place)) and found[1] in LANGUAGES:
        said.append(Locale.parse(locale()).languages[found[1]])
        place = found.end()
        if not found[2]:
            break
    rest = given[place:].strip()
    return " ".join(filter(None, (", ".join(said), in_words(rest))))


def said_day(day: date) -> str:
    """Such as `3 Mar 2026`."""
    return plain_day(day)


def safe(given: str) -> str:
    """Without any effect as markup: a number may begin with an asterisk."""
    return discord.utils.escape_markdown(discord.utils.escape_mentions(given))


def _texted(given: str) -> str:
    if not given:
        return ""
    if given.startswith("SMS/"):
        return say("text or WhatsApp the same number")
    if given.startswith("WhatsApp"):
        return say("WhatsApp **{number}**", number=_number(given.removeprefix("WhatsApp").strip()))
    sent = _WORD_TO.fullmatch(given)
    if sent is not None:
        return say("text **{word} to {number}**", word=safe(sent[1]), number=safe(sent[2]))
    return say("text **{number}**", number=_number(given.removeprefix("SMS").strip()))


def _number(given: str) -> str:
    """As given, on one row; in international form as a link that dials (Discord: `<tel:+…>`)."""
    if _E164.fullmatch(given):
        return f"<tel:{given.replace(' ', '')}>"
    return _BETWEEN.sub("\u00a0", safe(given))


def _said_month(day: date) -> str:
    """Such as `Nov 2026`."""
    return written(day, "MMM y", "yMMM")
