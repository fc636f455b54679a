"""Themes: a circle's weeks, planned ahead, seen before they are posted, and left out by who wants to."""

from typing import TYPE_CHECKING

from bot.domain.plan_files import BadPlanFile
from cogs.forms import Unheard
from cogs.themes import _components as components
from cogs.themes import _editing as editing
from cogs.themes._commands import ThemeCommands, themes
from cogs.themes._importing import faults_look

if TYPE_CHECKING:
    from cogs.client import TrellisClient


TEXTS = Unheard("texts that facilitators write for all")


async def setup(client: "TrellisClient") -> None:
    """Adds `/theme` and `/themes`, their buttons and forms, and how a file's faults are told."""
    client.tree.add_command(ThemeCommands())
    client.tree.add_command(themes)
    client.add_dynamic_items(
        components.SeeCalendar,
        components.PreviewWeeks,
        components.WeekSelect,
        components.RestoreWeek,
        components.LeaveOut,
        components.ImportIt,
        components.LeaveIt,
        components.StopDigest,
    )
    client.forms.on(editing.WORDS, editing.words_changed, heard=TEXTS)
    client.forms.on(editing.DAY, editing.day_changed, heard=TEXTS)
    client.errors.on(BadPlanFile, faults_look)
