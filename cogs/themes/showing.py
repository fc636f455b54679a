"""The calendar and a week's preview, the same by command and by button; and what a member leaves out."""

from collections.abc import Collection
from datetime import date

from discord.utils import escape_markdown

from bot.domain.ids import CircleId, ThemeId
from bot.domain.limits import Costly
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.replies import in_place
from cogs.sentences import listed
from cogs.speech import Phrase
from cogs.themes._calendar import calendar_look
from cogs.themes._preview import week_look

LEFT_OUT = Phrase(
    "Heard. You leave out {themes}. In such a week the posts stay as they are for everyone; when "
    "you press an answer button under one, you get another question. Nobody else learns of it, "
    "and you can change it here at any time."
)
NONE_LEFT_OUT = Phrase("Heard. You leave no theme out. You can still pass on any question, any day.")


async def show_calendar(interaction: Interaction, circle: CircleId) -> None:
    """To members and facilitators; drawing takes a moment, so the answer is deferred."""
    interaction.client.services.limits.take(actor_of(interaction), Costly.PICTURE)
    await interaction.response.defer(ephemeral=True, thinking=True)
    calendar = await interaction.client.services.themes.calendar(actor_of(interaction), circle)
    await answer(interaction, await calendar_look(calendar))


async def show_week(interaction: Interaction, circle: CircleId, start: date | None) -> None:
    """To facilitators: in place of the preview that was pressed on, else as a new answer."""
    week = await interaction.client.services.themes.week(actor_of(interaction), circle, start)
    await in_place(interaction, week_look(week))


async def leave_out(interaction: Interaction, circle: CircleId, out: Collection[ThemeId]) -> None:
    """Sets the offered themes: those chosen are left out, the other ones not."""
    themes = await interaction.client.services.themes.leave_out(actor_of(interaction), circle, out)
    titles = [f"**{escape_markdown(theme.title)}**" for theme in themes]
    said = LEFT_OUT(themes=listed(titles, "and")) if titles else NONE_LEFT_OUT()
    await answer(interaction, Told(said))
