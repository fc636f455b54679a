"""One line in words: how it is reached, when and for whom, and who checked it."""

import re
from collections.abc import Sequence
from datetime import date

import discord
from babel import Locale

from bot.domain.lines import Line, Shown, numbers
from cogs.dates import plain_day
from cogs.speech import locale, say

LANGUAGES = (
    "am", "ar", "cs", "cy", "da", "de", "el", "en", "es", "fi", "fil", "fr", "ha", "he", "hi",
    "hu", "id", "it", "ja", "ko", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sv", "ta", "uk",
    "yue", "zh",
)  # fmt: skip
_ADDRESS = re.compile(r"https://\S+")
_WORD_TO = re.compile(r"[A-Z]+ to \d")
_E164 = re.compile(r"\+[0-9 ]{7,18}")
_WOMEN_OR_MEN = re.compile(r"\((women|men)\)")
_BETWEEN = re.compile(r"(?<=\d) (?=\d)")
_CODE = re.compile(r"([a-z]{2,3})(?=;|$|\s)(;?)")


def said_line(shown: Shown, *, languages: bool = False) -> str:
    """One line: its name, how to reach it, when and for whom; and beneath, small, who checked it."""
    line = shown.line
    spoken = said_languages(line.languages) if languages else ""
    said = " · ".join(part for part in (ways(line), whom(line), safe(line.hours), spoken) if part)
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
        return say("Checked on {verified_on}.", verified_on=said_day(line.verified_on))
    if line.verified_on is not None:
        return say(
            "Last checked on {verified_on}; it may have changed since.",
            verified_on=said_day(line.verified_on),
        )
    if line.local:
        return say("{capitalize}; not checked yet.", capitalize=origin(line).capitalize())
    return say("Not checked here yet; {line}.", line=origin(line))


def origin(line: Line) -> str:
    """Whence it is: a facilitator, or a page that was read."""
    return say("added by a facilitator of this circle") if line.local else read(line)


def read(line: Line) -> str:
    """When and where it was read: `read 23 Nov 2026 at refuge.org.uk (of 2020)`."""
    when = f" {_read_on(line.read_on)}" if line.read_on else ""
    at = "in" if line.place.startswith("the list ") else "at"
    return f"read{when} {at} {safe(line.place)}{_age(line.age)}"


def ways(line: Line) -> str:
    """How it is reached: call, text, chat; numbers in bold, addresses as links."""
    called = say("call **{phone}**", phone=_number(line.phone)) if line.phone else ""
    texted = _texted(line.text)
    if line.phone and line.text == line.phone:
        called, texted = say("call or text **{phone}**", phone=_number(line.phone)), ""
    online = _ADDRESS.sub(lambda found: f"<{found[0]}>", line.chat)
    return ", ".join(part for part in (called, texted, online) if part)


def whom(line: Line) -> str:
    """For whom it is, where that is not everyone."""
    found = _WOMEN_OR_MEN.search(line.for_whom)
    return f"for {found[1]}" if found else ""


def emergency_numbers(line: Line) -> str:
    """Such as `112 or 17, or text 114`."""
    return say("{line}, or text {text}", line=numbers(line), text=line.text) if line.text else numbers(line)


def said_languages(given: str) -> str:
    """`en;es` as `English, Spanish`; what follows the codes stays as it is."""
    said, place = [], 0
    while (found := _CODE.match(given, place)) and found[1] in LANGUAGES:
        said.append(Locale.parse(locale()).languages[found[1]])
        place = found.end()
        if not found[2]:
            break
    return (", ".join(said) + given[place:]).strip()


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
        return say("WhatsApp **{strip}**", strip=_number(given.removeprefix("WhatsApp").strip()))
    sent = safe(given) if _WORD_TO.match(given) else _number(given.removeprefix("SMS").strip())
    return say("text **{sent}**", sent=sent)


def _number(given: str) -> str:
    """As given, on one row; in international form as a link that dials (Discord: `<tel:+…>`)."""
    if _E164.fullmatch(given):
        return f"<tel:{given.replace(' ', '')}>"
    return _BETWEEN.sub("\u00a0", safe(given))


def _read_on(given: str) -> str:
    """`2026-11-23` as a day, `2026-11` as a month."""
    if len(given) > len("2026-11"):
        return said_day(date.fromisoformat(given))
    return f"in {date.fromisoformat(f'{given}-01'):%b %Y}"


def _age(given: str) -> str:
    if not given:
        return ""
    return " (undated)" if given.startswith("undated") else say(" (of {given})", given=given[:4])
