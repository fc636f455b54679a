"""`/theme`: a plan that can be laid, seen, changed, taken away and brought back; `/themes` for members."""

import io
from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.content.plan_files import MOST_BYTES
from bot.domain.plan_files import BadPlanFile, Fault, because
from bot.domain.plans import Skip
from cogs.actors import Interaction, actor_of
from cogs.choices import picked
from cogs.dates import on_day
from cogs.errors import Told, answer
from cogs.fetching import fetched
from cogs.items import Panel
from cogs.places import circle_here
from cogs.replies import in_time
from cogs.speech import Phrase, grouped, say
from cogs.themes import _choices as choices
from cogs.themes._changes import changed_look, laid_look
from cogs.themes._components import PreviewWeeks
from cogs.themes._editing import DayForm, WordsForm
from cogs.themes._importing import difference_look
from cogs.themes._library import library_look, theme_look
from cogs.themes.showing import show_calendar, show_week

WEEK = Phrase("Which week? The coming ones are offered as you type")
SKIPS = {
    Skip.STAY: Phrase("this week goes without a theme; the others keep their dates"),
    Skip.MOVE_UP: Phrase("leave the theme out; the later ones come a week earlier"),
    Skip.MOVE_BACK: Phrase("no theme this week; it and the later ones come a week later"),
}
SKIP_CHOICES = [Choice(name=name.english, value=each.value) for each, name in SKIPS.items()]
TOO_LARGE = because("{size} bytes, where {most} are the most; nothing of it was read")


@app_commands.command(description="The circle's themes: past, present and coming")
@app_commands.guild_only()
async def themes(interaction: Interaction) -> None:
    """What `/theme calendar` shows, for members: Discord shows a command with all its parts, or none."""
    await show_calendar(interaction, (await circle_here(interaction)).id)


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class ThemeCommands(app_commands.Group, name="theme", description="Weeks under a theme, planned ahead"):
    """The plan."""

    @app_commands.command(description="Lays a curriculum out over the coming weeks")
    @app_commands.describe(
        start="YYYY-MM-DD; the first week begins on the circle's weekday, then or next",
        curriculum="The twelve weeks that come with Trellis if left out",
    )
    @app_commands.choices(curriculum=choices.CURRICULUM_CHOICES)
    async def plan(self, interaction: Interaction, start: str, curriculum: str | None = None) -> None:
        """Lays it."""
        circle = await circle_here(interaction)
        plans = interaction.client.services.plans
        laid = await in_time(interaction, plans.lay(actor_of(interaction), circle.id, start, curriculum))
        await answer(interaction, laid_look(laid))

    @app_commands.command(description="The weeks as a picture, and as text")
    async def calendar(self, interaction: Interaction) -> None:
        """Shows them."""
        await show_calendar(interaction, (await circle_here(interaction)).id)

    @app_commands.command(description="Shows you privately all that a week will post, and its notes")
    @app_commands.describe(week="The running or the next one if left out")
    @app_commands.autocomplete(week=choices.choose_week)
    async def preview(self, interaction: Interaction, week: str | None = None) -> None:
        """Previews a week."""
        circle = await circle_here(interaction)
        await show_week(interaction, circle.id, choices.week_of(week) if week else None)

    @app_commands.command(description="Exchanges the themes of two coming weeks")
    @app_commands.describe(week=WEEK.english, other="And which other one?")
    @app_commands.autocomplete(week=choices.choose_week, other=choices.choose_week)
    async def swap(self, interaction: Interaction, week: str, other: str) -> None:
        """Swaps two weeks."""
        circle = await circle_here(interaction)
        one, two = choices.week_of(week), choices.week_of(other)
        changed = await interaction.client.services.plans.swap(actor_of(interaction), circle.id, one, two)
        await answer(interaction, changed_look(changed, say("Swapped.")))

    @app_commands.command(description="Skips a week, or moves the themes around it")
    @app_commands.describe(week=WEEK.english, how="What becomes of the other weeks; they stay if left out")
    @app_commands.autocomplete(week=choices.choose_week)
    @app_commands.choices(how=SKIP_CHOICES)
    async def skip(self, interaction: Interaction, week: str, how: str | None = None) -> None:
        """Skips one."""
        circle, start = await circle_here(interaction), choices.week_of(week)
        way = picked(interaction, Skip, how) if how else Skip.STAY
        changed = await interaction.client.services.plans.skip(actor_of(interaction), circle.id, start, way)
        undo = changed.after.starting(start) if way is Skip.STAY else None
        await answer(interaction, changed_look(changed, say("Done: {way}.", way=SKIPS[way]), undo=undo))

    @app_commands.command(description="Holds a week's theme once more; the later ones come a week later")
    @app_commands.describe(week=WEEK.english)
    @app_commands.autocomplete(week=choices.choose_week)
    async def repeat(self, interaction: Interaction, week: str) -> None:
        """Repeats one."""
        circle, start = await circle_here(interaction), choices.week_of(week)
        changed = await interaction.client.services.plans.repeat(actor_of(interaction), circle.id, start)
        await answer(interaction, changed_look(changed, say("It comes twice now.")))

    @app_commands.command(description="Changes one week: its theme, its challenge, its words or one day's")
    @app_commands.describe(
        week=WEEK.english,
        theme="Another theme for it",
        challenge="Another boundary challenge for it",
        day="1 to 7: opens that day's question; with nothing else named, the week's words",
    )
    @app_commands.autocomplete(
        week=choices.choose_week, theme=choices.choose_theme, challenge=choices.choose_challenge
    )
    async def edit(
        self,
        interaction: Interaction,
        week: str,
        theme: str | None = None,
        challenge: str | None = None,
        day: app_commands.Range[int, 1, 7] | None = None,
    ) -> None:
        """Edits one week."""
        circle, start = await circle_here(interaction), choices.week_of(week)
        services, actor = interaction.client.services, actor_of(interaction)
        if theme is not None:
            ref = await choices.theme_of(interaction, circle, theme)
            changed = await services.plans.retheme(actor, circle.id, start, ref)
            await answer(interaction, changed_look(changed, say("Changed.")))
        elif challenge is not None:
            id_ = await choices.challenge_of(interaction, circle, challenge)
            await services.themes.edit(actor, circle.id, start, lambda words: replace(words, challenge=id_))
            said = say("Changed, on that week alone.")
            await answer(interaction, Told(said, view=Panel(PreviewWeeks(int(circle.id)))))
        else:
            found, words = await services.themes.words(actor, circle.id, start)
            form = (
                WordsForm(circle, found.start, words)
                if day is None
                else DayForm(circle, found.start, day, words.daily[day - 1])
            )
            await interaction.response.send_modal(form)

    @app_commands.command(name="hard-day", description="Chooses what one date's check-in asks")
    @app_commands.describe(date="YYYY-MM-DD", question="Those for hard days come first; offered as you type")
    @app_commands.autocomplete(question=choices.choose_question)
    async def hard_day(self, interaction: Interaction, date: str, question: str) -> None:
        """Chooses a date's question."""
        circle = await circle_here(interaction)
        id_ = await choices.question_of(interaction, circle, question)
        plans = interaction.client.services.plans
        day, prompt = await plans.choose(actor_of(interaction), circle.id, date, id_)
        said = (
            say("The check-in of {day} asks **{title}**.", day=on_day(day), title=prompt.title)
            if prompt
            else say("The check-in of {day} asks what the plan has for it.", day=on_day(day))
        )
        await answer(interaction, Told(said))

    @app_commands.command(description="All themes the circle can post; with one named, all that it says")
    @app_commands.describe(theme="Which one? Offered as you type")
    @app_commands.autocomplete(theme=choices.choose_theme)
    async def library(self, interaction: Interaction, theme: str | None = None) -> None:
        """Shows the library, or one theme."""
        circle = await circle_here(interaction)
        library = await interaction.client.services.themes.library(actor_of(interaction), circle.id)
        found = library.theme(await choices.theme_of(interaction, circle, theme)) if theme else None
        await answer(interaction, theme_look(library, found) if found else library_look(library))

    @app_commands.command(description="Takes all weeks that have not begun off the plan")
    async def clear(self, interaction: Interaction) -> None:
        """Clears it."""
        circle = await circle_here(interaction)
        changed = await interaction.client.services.plans.clear(actor_of(interaction), circle.id)
        said = say("The coming weeks are off the plan. Check-ins take other questions from then on.")
        await answer(interaction, changed_look(changed, said))

    @app_commands.command(description="Gives you the plan and the circle's own texts as a file")
    async def export(self, interaction: Interaction) -> None:
        """Exports it."""
        circle = await circle_here(interaction)
        files = interaction.client.services.plan_files
        written = await in_time(interaction, files.export(actor_of(interaction), circle.id))
        file = discord.File(io.BytesIO(written.encode()), "plan.yaml")
        said = say("The plan as a file: change it in any text editor, and `/theme import` brings it back.")
        await answer(interaction, Told(said, file=file))

    @app_commands.command(
        name="import", description="Reads a plan from a file; shows what would change, and asks"
    )
    @app_commands.describe(file="A plan as /theme export gives it (YAML)")
    async def import_(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Imports one: nothing is changed before the yes."""
        if file.size > MOST_BYTES:
            reason = TOO_LARGE.of(size=grouped(file.size), most=grouped(MOST_BYTES))
            raise BadPlanFile((Fault(None, "", reason),))
        await interaction.response.defer(ephemeral=True, thinking=True)
        circle, files = await circle_here(interaction), interaction.client.services.plan_files
        await files.expect(actor_of(interaction), circle.id)
        data = await fetched(file, MOST_BYTES)
        await answer(interaction, difference_look(await files.draft(actor_of(interaction), circle.id, data)))
