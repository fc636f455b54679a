"""What can be pressed around a plan; each press reads the plan again and asks who presses."""

import re
from typing import Any, Self

import discord

from bot.domain.ids import CircleId, DraftId, ThemeId
from bot.domain.plan_errors import PlanChanged
from bot.domain.schedules import parse_date
from cogs.actors import Interaction, actor_of
from cogs.errors import Told
from cogs.items import ROW_ID, Pressed, button, chosen
from cogs.replies import in_place, in_time
from cogs.speech import say

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class SeeCalendar(Pressed, template=rf"plan:calendar:({ROW_ID})"):
    """Shows the calendar to whoever is in the circle; it stands under each theme's post."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("All weeks"), f"plan:calendar:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """The same as `/theme calendar`."""
        from cogs.themes.showing import show_calendar

        await show_calendar(interaction, self.circle)


class PreviewWeeks(Pressed, template=rf"plan:preview:({ROW_ID})"):
    """Shows the running or next week's posts, to facilitators."""

    def __init__(self, circle: int) -> None:
        super().__init__(
            button(say("See what will be posted"), f"plan:preview:{circle}", discord.ButtonStyle.primary)
        )
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """The same as `/theme preview`."""
        from cogs.themes.showing import show_week

        await show_week(interaction, self.circle, None)


class WeekSelect(Pressed, template=rf"plan:week:({ROW_ID})"):
    """Goes to another week of the preview, in its place."""

    def __init__(self, circle: int, options: list[discord.SelectOption] | None = None) -> None:
        select: discord.ui.Select[Any] = discord.ui.Select(
            placeholder=say("Go to another week"), options=options or [], custom_id=f"plan:week:{circle}"
        )
        super().__init__(select)
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows it where the other one stood."""
        from cogs.themes.showing import show_week

        given = next(iter(chosen(interaction)), "")
        start = parse_date(given)
        await show_week(interaction, self.circle, start)


class RestoreWeek(Pressed, template=rf"plan:restore:(?P<circle>{ROW_ID}):(?P<start>{DATE})"):
    """Holds a skipped week after all."""

    def __init__(self, circle: int, start: str) -> None:
        super().__init__(button(say("Hold it after all"), f"plan:restore:{circle}:{start}"))
        self.circle, self.start = CircleId(circle), start

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match["circle"]), match["start"])

    async def pressed(self, interaction: Interaction) -> None:
        """Takes the skip back."""
        from cogs.themes._changes import changed_look

        plans = interaction.client.services.plans
        changed = await plans.restore(actor_of(interaction), self.circle, parse_date(self.start))
        await in_place(interaction, changed_look(changed, say("It is held after all.")))


class LeaveOut(Pressed, template=rf"plan:leave-out:({ROW_ID})"):
    """A member's own choice: the themes that are chosen are left out, the others are not."""

    def __init__(self, circle: int, options: list[discord.SelectOption] | None = None) -> None:
        listed = options or []
        select: discord.ui.Select[Any] = discord.ui.Select(
            placeholder=say("Leave a theme out, for yourself alone"),
            min_values=0,
            max_values=max(len(listed), 1),
            options=listed,
            custom_id=f"plan:leave-out:{circle}",
        )
        super().__init__(select)
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Sets it, and says what it means."""
        from cogs.themes.showing import leave_out

        await leave_out(interaction, self.circle, [ThemeId(each) for each in chosen(interaction)])


class ImportIt(Pressed, template=rf"plan:import:({ROW_ID})"):
    """Does what an import's difference showed."""

    def __init__(self, draft: int) -> None:
        super().__init__(button(say("Change it so"), f"plan:import:{draft}", discord.ButtonStyle.primary))
        self.draft = DraftId(draft)

    async def pressed(self, interaction: Interaction) -> None:
        """Once; where the plan was changed meanwhile the new difference is shown instead."""
        from cogs.themes._importing import difference_look, imported

        files, actor = interaction.client.services.plan_files, actor_of(interaction)
        try:
            done = await in_time(interaction, files.apply(actor, self.draft))
        except PlanChanged:
            anew = await files.again(actor, self.draft)
            await in_place(interaction, difference_look(anew, meanwhile=True))
        else:
            await in_place(interaction, imported(done))


class LeaveIt(Pressed, template=rf"plan:discard:({ROW_ID})"):
    """Forgets an import."""

    def __init__(self, draft: int) -> None:
        super().__init__(button(say("Leave it as it is"), f"plan:discard:{draft}"))
        self.draft = DraftId(draft)

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing is changed."""
        await interaction.client.services.plan_files.discard(actor_of(interaction), self.draft)
        await in_place(interaction, Told(say("Nothing was changed, and the file is forgotten here.")))


class StopDigest(Pressed, template=rf"plan:stop-digest:({ROW_ID})"):
    """Switches the weekly digest off, from the digest itself."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("No more of these"), f"plan:stop-digest:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """As `/circle settings digest:False`."""
        from bot.services.circle_settings import Typed
        from cogs.errors import answer

        circles = interaction.client.services.circles
        await circles.settings(actor_of(interaction), self.circle, Typed(digest=False))
        await answer(
            interaction,
            Told(say("No more digests. `/circle settings` with `digest: True` brings them back.")),
        )
