"""Commands in each person's language, as Discord lists them: what they do is put into words, names stay.

A command is spoken of by its name, in texts and from person to person, so that is the same for everyone.
What is chosen from a message's menu is a label, and is translated.
"""

from discord import Locale
from discord.app_commands import (
    ContextMenu,
    TranslationContextLocation,
    TranslationContextTypes,
    Translator,
    locale_str,
)

from bot.content.languages import FACE, catalog
from bot.domain.languages import Language, language_of

NAMES = frozenset(
    {
        TranslationContextLocation.command_name,
        TranslationContextLocation.group_name,
        TranslationContextLocation.parameter_name,
    }
)


class CommandTranslator(Translator):
    """discord.py asks it for each text and each of Discord's languages."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """The words; None where there are none but the English."""
        language = language_of(locale.value)
        is_name = context.location in NAMES and not isinstance(context.data, ContextMenu)
        if language in (None, Language.EN) or is_name:
            return None
        said = catalog(language, FACE).gettext(string.message)
        return said if said != string.message else None
