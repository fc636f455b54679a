"""Commands in each person's language, as Discord lists them: what they do is put into words, names stay.

A command is spoken of by its name, in texts and from person to person, so that is the same for everyone.
What is chosen from a message's menu is a label, and is translated. discord.py's own way asks for each text
and each of Discord's thirty-odd languages in turn, which costs every start what a thousand presses cost.
"""

from typing import Any

from discord import AppCommandType, Locale

from bot.content.languages import FACE, catalog
from bot.domain.languages import Language, language_of

Body = dict[str, Any]
LOCALES = {  # Discord's, by ours: Spanish has two
    locale.value: language
    for locale in Locale
    if (language := language_of(locale.value)) not in (None, Language.EN)
}


def localized(command: Body) -> Body:
    """A command as Discord is told of it, with its words in every language."""
    said = {**command, "description_localizations": _in_each(command.get("description") or "")}
    if command.get("type", 1) != AppCommandType.chat_input.value:
        said["name_localizations"] = _in_each(command["name"])
    if command.get("options"):
        said["options"] = [_option(option) for option in command["options"]]
    return said


def _option(option: Body) -> Body:
    """An option, or a command beneath one."""
    said = {**option, "description_localizations": _in_each(option.get("description") or "")}
    if option.get("options"):
        said["options"] = [_option(inner) for inner in option["options"]]
    if option.get("choices"):
        said["choices"] = [
            {**choice, "name_localizations": _in_each(choice["name"])} for choice in option["choices"]
        ]
    return said


def _in_each(english: str) -> dict[str, str]:
    """What the languages say for it, by Discord's locales; one that has no words of its own is left out."""
    if not english:
        return {}
    words = {locale: catalog(language, FACE).gettext(english) for locale, language in LOCALES.items()}
    return {locale: said for locale, said in words.items() if said != english}
