"""Time zones and countries, offered as people type; and what a setting can be."""

from discord.app_commands import Choice

from bot.domain import regions, zones
from bot.domain.circles import AlertPolicy, Holidays, Sharing
from bot.domain.languages import NATIVE
from bot.domain.prompts import Readers
from cogs.actors import Interaction
from cogs.choices import OFFERED, offered
from cogs.dates import WEEKDAYS
from cogs.speech import Phrase

HOLIDAYS = {
    Holidays.OFF: Phrase("off: days like any other"),
    Holidays.MARK: Phrase("mark: they stand in the calendar and in previews"),
    Holidays.GENTLE: Phrase("gentle: the check-in is one that was written for such days"),
    Holidays.REST: Phrase("rest: nothing is posted"),
}
READERS = {
    Readers.ALL: Phrase("everyone, a mixed circle"),
    Readers.BETRAYED: Phrase("people who were betrayed"),
    Readers.WHO_BROKE_TRUST: Phrase("people who broke trust"),
    Readers.FAMILY: Phrase("families"),
    Readers.FRIENDS: Phrase("friends"),
}
SHARING = {Sharing.OFF: Phrase("off"), Sharing.REVIEWED: Phrase("reviewed")}
ALERTS = {
    AlertPolicy.ALL: Phrase("all: each word match that may be about somebody's safety"),
    AlertPolicy.URGENT: Phrase("urgent: the gravest word matches alone"),
    AlertPolicy.OFF: Phrase("off: no word match; what somebody asks for by hand still is"),
}
ALERT_CHOICES = [Choice(name=name.english, value=each.value) for each, name in ALERTS.items()]
HOLIDAY_CHOICES = [Choice(name=name.english, value=each.value) for each, name in HOLIDAYS.items()]
READER_CHOICES = [Choice(name=name.english, value=each.value) for each, name in READERS.items()]
SHARING_CHOICES = [Choice(name=name.english, value=each.value) for each, name in SHARING.items()]
LANGUAGE_CHOICES = [Choice(name=name, value=each.value) for each, name in NATIVE.items()]
WEEKDAY_CHOICES = [Choice(name=name.english, value=short) for short, name in WEEKDAYS.items()]


@offered
async def choose_zone(_interaction: Interaction, current: str) -> list[Choice[str]]:
    """IANA time zones near what was typed (Discord: 25 choices)."""
    return [Choice(name=name, value=name) for name in zones.search(current, OFFERED)]


@offered
async def choose_region(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Countries near what was typed."""
    found = regions.search(current, interaction.client.content.regions, OFFERED)
    return [Choice(name=f"{name} ({code})"[:100], value=code) for code, name in found]
