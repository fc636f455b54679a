"""`/schedule`: each command reads the options, calls the service and says what came of it."""

from discord import app_commands

from bot.domain.schedules import Kind
from cogs.actors import Interaction, actor_of
from cogs.choices import picked
from cogs.dates import on_day
from cogs.errors import Told, answer
from cogs.items import Panel
from cogs.places import circle_here
from cogs.schedules._choices import choose_schedule, chosen_schedule
from cogs.schedules._components import Unskip
from cogs.schedules._fortnight import fortnight_look
from cogs.schedules._words import KIND_CHOICES, added, edited, overview, rested
from cogs.schedules.naming import name_of
from cogs.schedules.posting import post_now
from cogs.schedules.previewing import show_card
from cogs.speech import Phrase, say

SCHEDULE = Phrase("Which one? Its name is offered as you type")
DATE = Phrase("YYYY-MM-DD; the next one if left out")
TIME = Phrase("Local time, HH:MM")
DAYS = Phrase("daily, weekdays, or names such as mon,wed,fri")


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class ScheduleCommands(app_commands.Group, name="schedule", description="The circle's recurring posts"):
    """What is posted, and when."""

    @app_commands.command(description="Adds a recurring post in the circle's time zone")
    @app_commands.describe(kind="What is posted", time=TIME.english, days=DAYS.english)
    @app_commands.choices(kind=KIND_CHOICES)
    async def add(self, interaction: Interaction, kind: str, time: str, days: str) -> None:
        """Adds a schedule."""
        circle = await circle_here(interaction)
        schedules = interaction.client.services.schedules
        schedule = await schedules.add(
            actor_of(interaction), circle.id, picked(interaction, Kind, kind), time, days
        )
        await answer(interaction, Told(added(schedule, circle)))

    @app_commands.command(description="Shows the recurring posts with the next three dates of each")
    async def list(self, interaction: Interaction) -> None:
        """Lists them."""
        circle = await circle_here(interaction)
        schedules = await interaction.client.services.schedules.list(actor_of(interaction), circle.id)
        await answer(interaction, Told("", embed=overview(circle, schedules)))

    @app_commands.command(description="Changes the time or the days of a recurring post")
    @app_commands.describe(schedule=SCHEDULE.english, time=TIME.english, days=DAYS.english)
    @app_commands.autocomplete(schedule=choose_schedule)
    async def edit(
        self, interaction: Interaction, schedule: str, time: str | None = None, days: str | None = None
    ) -> None:
        """Edits one; from its next due post on."""
        circle = await circle_here(interaction)
        found = await chosen_schedule(interaction, circle, schedule)
        schedules = interaction.client.services.schedules
        before, after = await schedules.edit(actor_of(interaction), circle.id, found, time, days)
        await answer(interaction, Told(edited(before, after)))

    @app_commands.command(description="Removes a recurring post")
    @app_commands.describe(schedule=SCHEDULE.english)
    @app_commands.autocomplete(schedule=choose_schedule)
    async def remove(self, interaction: Interaction, schedule: str) -> None:
        """Removes one."""
        circle = await circle_here(interaction)
        found = await chosen_schedule(interaction, circle, schedule)
        await interaction.client.services.schedules.remove(actor_of(interaction), circle.id, found)
        await answer(
            interaction, Told(say("Removed. What it has posted so far stays, and its buttons keep working."))
        )

    @app_commands.command(description="Leaves out one date of a recurring post")
    @app_commands.describe(schedule=SCHEDULE.english, date=DATE.english)
    @app_commands.autocomplete(schedule=choose_schedule)
    async def skip(self, interaction: Interaction, schedule: str, date: str | None = None) -> None:
        """Skips a date."""
        circle = await circle_here(interaction)
        found = await chosen_schedule(interaction, circle, schedule)
        day = await interaction.client.services.schedules.skip(actor_of(interaction), circle.id, found, date)
        text = say(
            "Nothing is posted on {day}. The promise log will say that it was skipped by choice.",
            day=on_day(day),
        )
        await answer(interaction, Told(text, view=Panel(Unskip(found, day.isoformat()))))

    @app_commands.command(description="Lets one recurring post rest; the others go on")
    @app_commands.describe(
        schedule=SCHEDULE.english, until="The day on which it begins again, YYYY-MM-DD; open if left out"
    )
    @app_commands.autocomplete(schedule=choose_schedule)
    async def pause(self, interaction: Interaction, schedule: str, until: str | None = None) -> None:
        """Pauses one."""
        circle = await circle_here(interaction)
        found = await chosen_schedule(interaction, circle, schedule)
        schedules = interaction.client.services.schedules
        resting = await schedules.pause(actor_of(interaction), circle.id, found, until)
        await answer(interaction, Told(rested(resting)))

    @app_commands.command(description="Takes a resting post up again")
    @app_commands.describe(schedule=SCHEDULE.english)
    @app_commands.autocomplete(schedule=choose_schedule)
    async def resume(self, interaction: Interaction, schedule: str) -> None:
        """Resumes one."""
        circle = await circle_here(interaction)
        found = await chosen_schedule(interaction, circle, schedule)
        awake = await interaction.client.services.schedules.resume(actor_of(interaction), circle.id, found)
        await answer(interaction, Told(say("**{post}** goes on as scheduled.", post=name_of(awake))))

    @app_commands.command(description="Shows you privately what would be posted")
    @app_commands.describe(schedule=SCHEDULE.english, date=DATE.english)
    @app_commands.autocomplete(schedule=choose_schedule)
    async def preview(self, interaction: Interaction, schedule: str, date: str | None = None) -> None:
        """Previews a date."""
        circle = await circle_here(interaction)
        found = await chosen_schedule(interaction, circle, schedule)
        schedules = interaction.client.services.schedules
        await show_card(interaction, await schedules.preview(actor_of(interaction), circle.id, found, date))

    @app_commands.command(description="Shows you privately all that is posted in the next two weeks")
    async def fortnight(self, interaction: Interaction) -> None:
        """Previews a fortnight."""
        circle = await circle_here(interaction)
        schedules = interaction.client.services.schedules
        await answer(interaction, fortnight_look(await schedules.fortnight(actor_of(interaction), circle.id)))

    @app_commands.command(
        name="post-now", description="Posts that kind's next prompt at once, for everyone to see"
    )
    @app_commands.describe(kind="What is posted")
    @app_commands.choices(kind=KIND_CHOICES)
    async def post_now(self, interaction: Interaction, kind: str) -> None:
        """Posts by hand; pressed twice within a minute it posts once."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await post_now(interaction, await circle_here(interaction), picked(interaction, Kind, kind))
