"""`/circle`: each command reads the options, calls the service and says what came of it."""

import discord
from discord import app_commands

from bot.domain.accounts import Platform
from bot.domain.circles import AlertPolicy, Holidays, Home, Sharing
from bot.domain.languages import Language
from bot.domain.prompts import Readers
from bot.services.arranging import Wanted
from bot.services.circle_settings import Typed
from cogs import permissions
from cogs.actors import Interaction, actor_of
from cogs.choices import picked
from cogs.circles._audit import audit_look
from cogs.circles._choices import (
    ALERT_CHOICES,
    HOLIDAY_CHOICES,
    LANGUAGE_CHOICES,
    READER_CHOICES,
    SHARING_CHOICES,
    WEEKDAY_CHOICES,
    choose_region,
    choose_zone,
)
from cogs.circles._look import settings_look, status_look
from cogs.circles._opening import opened
from cogs.circles._resting import pause_told, resume_told
from cogs.closings.asking import asked, kept_open
from cogs.errors import answer
from cogs.meetings.arranging import RHYTHMS, Rhythm, arrange
from cogs.places import choose_circle, circle_here


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class CircleCommands(app_commands.Group, name="circle", description="Set up and look after a circle"):
    """For facilitators; the services check each time who they are."""

    @app_commands.command(description="Makes a circle of a channel, and welcomes its members there")
    @app_commands.describe(
        channel="The circle's home, where prompts are posted",
        facilitators="A private channel that only facilitators see",
        role="The role that facilitators hold",
        timezone="Such as Europe/Berlin; offered as you type",
        name="What the circle is called; the channel's name if left out",
        region="Country, whose help lines members see first; offered as you type",
    )
    @app_commands.autocomplete(timezone=choose_zone, region=choose_region)
    async def setup(
        self,
        interaction: Interaction,
        channel: discord.TextChannel,
        facilitators: discord.TextChannel,
        role: discord.Role,
        timezone: str,
        name: str | None = None,
        region: str | None = None,
    ) -> None:
        """Makes a circle, once the bot may do in both channels what it must."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        home = Home(
            platform=Platform.DISCORD,
            server=str(interaction.guild_id),
            channel=str(channel.id),
            facilitators=str(facilitators.id),
            role=str(role.id),
        )
        permissions.check(interaction.client, home)
        circle = await interaction.client.services.circles.setup(
            actor_of(interaction), home, name=name or channel.name, zone=timezone, region=region
        )
        await answer(interaction, await opened(interaction, circle))

    @app_commands.command(description="How the circle stands: posts, members, what waits, what is missing")
    @app_commands.describe(circle="Which one, where the server has several")
    @app_commands.autocomplete(circle=choose_circle)
    async def status(self, interaction: Interaction, circle: str | None = None) -> None:
        """Shows how it stands."""
        found = await circle_here(interaction, circle)
        status = await interaction.client.services.circles.status(actor_of(interaction), found.id)
        client = interaction.client
        missing, cannot = (
            permissions.missing_in(client, found.home),
            permissions.cannot_ping(client, found.home),
        )
        await answer(interaction, status_look(status, missing, cannot_ping=cannot))

    @app_commands.command(description="Shows the circle's settings, or changes those that you name")
    @app_commands.describe(
        prompt_time="Local time of the daily check-in, HH:MM",
        discreet="Plain wording and silent messages, as phones may be seen by others",
        quiet_from="Local time from which direct messages wait, HH:MM",
        quiet_until="Local time until which direct messages wait, HH:MM",
        region="Country, whose help lines members see first; offered as you type",
        sharing="Whether members may offer words to the circle",
        week_starts="The weekday on which a theme's week begins",
        holidays="What public holidays of the circle's country change",
        made_for="Whom the circle is made of; a mixed one is never asked what one side alone can answer",
        digest="A look back and ahead for facilitators, once a week",
        alerts="Which word matches facilitators are told of, in circle words; never what was written",
        hours="When facilitators read, as members are told, such as: weekday evenings; or none",
        response_time="Until one answers in those hours, such as: two hours; or none",
        language="Of posts and of what facilitators are told; each member reads answers in their own",
    )
    @app_commands.choices(
        sharing=SHARING_CHOICES,
        week_starts=WEEKDAY_CHOICES,
        holidays=HOLIDAY_CHOICES,
        made_for=READER_CHOICES,
        alerts=ALERT_CHOICES,
        language=LANGUAGE_CHOICES,
    )
    @app_commands.autocomplete(region=choose_region)
    async def settings(
        self,
        interaction: Interaction,
        prompt_time: str | None = None,
        discreet: bool | None = None,
        quiet_from: str | None = None,
        quiet_until: str | None = None,
        region: str | None = None,
        sharing: str | None = None,
        week_starts: str | None = None,
        holidays: str | None = None,
        made_for: str | None = None,
        digest: bool | None = None,
        alerts: str | None = None,
        hours: str | None = None,
        response_time: str | None = None,
        language: str | None = None,
    ) -> None:
        """Shows or changes them."""
        circle = await circle_here(interaction)
        typed = Typed(
            prompt_time=prompt_time,
            discreet=discreet,
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            region=region,
            sharing=picked(interaction, Sharing, sharing) if sharing is not None else None,
            week_starts=week_starts,
            holidays=picked(interaction, Holidays, holidays) if holidays is not None else None,
            made_for=picked(interaction, Readers, made_for) if made_for is not None else None,
            digest=digest,
            alerts=picked(interaction, AlertPolicy, alerts) if alerts is not None else None,
            hours=hours,
            response_time=response_time,
            language=picked(interaction, Language, language) if language is not None else None,
        )
        changed = await interaction.client.services.circles.settings(actor_of(interaction), circle.id, typed)
        await answer(interaction, settings_look(changed, before=circle))

    @app_commands.command(description="Shows the circle's regular meeting, or sets what you name of it")
    @app_commands.describe(
        day="The weekday",
        time="Local time at which it begins, HH:MM",
        minutes="How long it is, 15 to 480 minutes; 90 if left out",
        every="Each week or every other one; weekly if left out",
        first="The first one is on this date or after it, YYYY-MM-DD; the next such day if left out",
        channel="A voice channel; the event is then seen by those who see the channel",
        where="A place in a few words; everyone on the server sees it with the event",
    )
    @app_commands.choices(day=WEEKDAY_CHOICES, every=RHYTHMS)
    async def meeting(
        self,
        interaction: Interaction,
        day: str | None = None,
        time: str | None = None,
        minutes: int | None = None,
        every: str | None = None,
        first: str | None = None,
        channel: discord.VoiceChannel | None = None,
        where: str | None = None,
    ) -> None:
        """Sets, changes or shows it."""
        rhythm = picked(interaction, Rhythm, every) if every is not None else None
        wanted = Wanted(
            day=day,
            time=time,
            minutes=minutes,
            fortnightly=None if rhythm is None else rhythm is Rhythm.FORTNIGHTLY,
            first=first,
            channel=str(channel.id) if channel is not None else None,
            where=where,
        )
        await arrange(interaction, wanted)

    @app_commands.command(description="Who did what as a facilitator, the newest first")
    async def audit(self, interaction: Interaction) -> None:
        """Shows the audit list."""
        circle = await circle_here(interaction)
        entries = await interaction.client.services.circles.audit(actor_of(interaction), circle.id)
        await answer(interaction, audit_look(circle, entries))

    @app_commands.command(description="Lets the circle rest: nothing is posted, and the circle is told so")
    @app_commands.describe(
        until="The day on which posts begin again, YYYY-MM-DD; open if left out",
        circle="Which one, where the server has several",
    )
    @app_commands.autocomplete(circle=choose_circle)
    async def pause(
        self, interaction: Interaction, until: str | None = None, circle: str | None = None
    ) -> None:
        """Pauses, and tells the circle plainly."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await circle_here(interaction, circle)
        circles = interaction.client.services.circles
        resting = await circles.pause(actor_of(interaction), found.id, until)
        await answer(interaction, await pause_told(interaction, resting))

    @app_commands.command(
        description="Closes the circle: asks first, can be taken back for 7 days, then deletes"
    )
    @app_commands.describe(circle="Which one, where the server has several")
    @app_commands.autocomplete(circle=choose_circle)
    async def close(self, interaction: Interaction, circle: str | None = None) -> None:
        """Says what would happen, and asks."""
        await answer(interaction, await asked(interaction, await circle_here(interaction, circle)))

    @app_commands.command(
        description="Ends the pause, or keeps a circle that closes, and tells the circle so"
    )
    @app_commands.describe(circle="Which one, where the server has several")
    @app_commands.autocomplete(circle=choose_circle)
    async def resume(self, interaction: Interaction, circle: str | None = None) -> None:
        """Resumes, and tells the circle plainly."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await circle_here(interaction, circle)
        if (kept := await kept_open(interaction, found)) is not None:
            await answer(interaction, kept)
            return
        awake = await interaction.client.services.circles.resume(actor_of(interaction), found.id)
        await answer(interaction, await resume_told(interaction, awake))
