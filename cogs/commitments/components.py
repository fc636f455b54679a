"""What can be pressed on a commitment; all of it private, all of it outlives a restart."""

import re
from typing import Any, Self

import discord

from bot.domain.commitments import Mark, Rhythm
from bot.domain.ids import CommitmentId
from bot.domain.practice_errors import NoRestLeft
from bot.domain.schedules import parse_date
from bot.services.own_commitments import CommitmentShown
from cogs.actors import Interaction, actor_of
from cogs.commitments import _look, _replies
from cogs.commitments._form import CommitmentForm, MoreForm, as_wanted, read_back
from cogs.commitments.keeping import DeleteRecord, GiveRecord, RemindMe
from cogs.errors import Told
from cogs.items import ROW_ID, Panel, Pressed, button, chosen
from cogs.replies import in_place
from cogs.speech import Phrase, Words, say
from cogs.words import text

MARKS = {  # labels of content/commitments.yaml, by their ids
    Mark.KEPT: "cm-l-kept",
    Mark.SMALL: "cm-l-small",
    Mark.MISSED: "cm-l-not",
    Mark.REST: "cm-l-rest",
    Mark.REPAIRED: "cm-l-mend",
}
LABELS = {
    Mark.KEPT: Phrase("Kept"),
    Mark.SMALL: Phrase("Kept, smallest version"),
    Mark.MISSED: Phrase("Not this time"),
    Mark.REST: Phrase("Rest day"),
    Mark.REPAIRED: Phrase("Late, and mended"),
}
OPEN, PAUSE, LET_GO = Phrase("Open"), Phrase("Pause"), Phrase("Let it go")
CHANGE_IT, CHANGE_WORDS = Phrase("Change it"), Phrase("Change the words")
TODAY = "today"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class LogDay(Pressed, template=rf"commit:log:({ROW_ID}):({'|'.join(Mark)}):({DAY}|{TODAY})"):
    """Writes how a day went."""

    def __init__(self, commitment: int, mark: Mark, when: str = TODAY) -> None:
        style = discord.ButtonStyle.success if mark is Mark.KEPT else discord.ButtonStyle.secondary
        super().__init__(button(LABELS[mark], f"commit:log:{commitment}:{mark.value}:{when}", style))
        self.commitment, self.mark, self.when = CommitmentId(commitment), mark, when

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), Mark(match[2]), match[3])

    async def pressed(self, interaction: Interaction) -> None:
        """Logs it, and shows what stands now."""
        commitments = interaction.client.services.commitments
        actor, content = actor_of(interaction), interaction.client.content
        day = None if self.when == TODAY else parse_date(self.when)
        try:
            done = await commitments.log(actor, self.commitment, self.mark, day)
        except NoRestLeft:
            view = Panel(PauseIt(int(self.commitment)), Open(int(self.commitment), say("Back")))
            await in_place(interaction, Told(text(content, "cr-rest-6"), view=view))
            return
        said = _replies.after_log(done, content)
        if done.day != done.shown.today:
            said = f"{_look.FOR_DAY(done.day, done.shown.today)} {said}"
        await in_place(interaction, opened(done.shown, said))


class Open(Pressed, template=rf"commit:open:({ROW_ID})"):
    """Shows one."""

    def __init__(self, commitment: int, label: Words = OPEN) -> None:
        super().__init__(button(label, f"commit:open:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """Its card, with what can be pressed."""
        commitments = interaction.client.services.commitments
        await in_place(interaction, opened(await commitments.get(actor_of(interaction), self.commitment)))


class AnotherDay(Pressed, template=rf"commit:day:({ROW_ID})"):
    """A menu of the days that can still be logged."""

    def __init__(self, commitment: int, shown: CommitmentShown | None = None) -> None:
        days = _look.loggable_days(shown)[1:] if shown else []
        options = [
            discord.SelectOption(
                value=day.isoformat(),
                label=_look.day_name(day, shown.today) if shown else day.isoformat(),
                description=LABELS[shown.log[day]]() if shown and day in shown.log else None,
            )
            for day in days
        ] or [discord.SelectOption(label="-", value="-")]
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id=f"commit:day:{commitment}", placeholder=say("Log another day"), options=options
        )
        super().__init__(menu)
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """Asks how that day went."""
        day = parse_date(next(iter(chosen(interaction)), ""))
        commitments = interaction.client.services.commitments
        shown = await commitments.get(actor_of(interaction), self.commitment)
        id_ = int(self.commitment)
        buttons: list[Pressed] = [LogDay(id_, mark, day.isoformat()) for mark in LABELS]
        if day in shown.log:
            buttons.append(Unlog(id_, day.isoformat()))
        said = _look.HOW_DID_IT_GO(day, shown.today)
        await in_place(
            interaction,
            Told(said, embed=_look.commitment_card(shown), view=Panel(*buttons, Open(id_, say("Back")))),
        )


class Unlog(Pressed, template=rf"commit:unlog:({ROW_ID}):({DAY})"):
    """Takes an entry back."""

    def __init__(self, commitment: int, day: str) -> None:
        super().__init__(button(say("Note nothing for it"), f"commit:unlog:{commitment}:{day}"))
        self.commitment, self.day = CommitmentId(commitment), day

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), match[2])

    async def pressed(self, interaction: Interaction) -> None:
        """Deletes it."""
        commitments = interaction.client.services.commitments
        shown = await commitments.unlog(actor_of(interaction), self.commitment, parse_date(self.day))
        await in_place(interaction, opened(shown, say("Nothing is noted for that day now.")))


class ChangeIt(Pressed, template=rf"commit:change:({ROW_ID})"):
    """Opens the form with what stands."""

    def __init__(self, commitment: int) -> None:
        super().__init__(button(CHANGE_IT, f"commit:change:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """The same form that began it."""
        commitments = interaction.client.services.commitments
        shown = await commitments.get(actor_of(interaction), self.commitment)
        id_ = f"commit:changing:{self.commitment}"
        form = CommitmentForm(id_, interaction.client.content, as_wanted(shown.commitment), CHANGE_IT)
        await interaction.response.send_modal(form)


class More(Pressed, template=rf"commit:more:({ROW_ID})"):
    """Opens the form of what gives it a place."""

    def __init__(self, commitment: int) -> None:
        super().__init__(button(say("Say more about it"), f"commit:more:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """With what stands in it."""
        commitments = interaction.client.services.commitments
        shown = await commitments.get(actor_of(interaction), self.commitment)
        id_ = f"commit:adding:{self.commitment}"
        form = MoreForm(id_, interaction.client.content, shown.commitment.words)
        await interaction.response.send_modal(form)


class PauseIt(Pressed, template=rf"commit:pause:({ROW_ID})"):
    """Puts it on hold."""

    def __init__(self, commitment: int, label: Words = PAUSE) -> None:
        super().__init__(button(label, f"commit:pause:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """From today on; it costs nothing."""
        content, commitments = interaction.client.content, interaction.client.services.commitments
        shown = await commitments.pause(actor_of(interaction), self.commitment)
        said = text(content, _replies.turn(_replies.PAUSED, shown.today.toordinal()))
        await in_place(interaction, opened(shown, said))


class GoOn(Pressed, template=rf"commit:go-on:({ROW_ID})"):
    """Takes it up again."""

    def __init__(self, commitment: int) -> None:
        super().__init__(button(say("Go on"), f"commit:go-on:{commitment}", discord.ButtonStyle.success))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """From today on."""
        content, commitments = interaction.client.content, interaction.client.services.commitments
        shown = await commitments.resume(actor_of(interaction), self.commitment)
        await in_place(interaction, opened(shown, text(content, "cr-ret-2")))


class LetGo(Pressed, template=rf"commit:let-go:({ROW_ID})"):
    """Ends it."""

    def __init__(self, commitment: int, label: Words = LET_GO) -> None:
        super().__init__(button(label, f"commit:let-go:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """Its record stays, until it is deleted."""
        content, commitments = interaction.client.content, interaction.client.services.commitments
        shown = await commitments.let_go(actor_of(interaction), self.commitment)
        await in_place(interaction, opened(shown, text(content, "cr-let-2")))


class StopReminding(Pressed, template=rf"commit:stop-reminding:({ROW_ID})"):
    """Ends its reminder, at once and without a question."""

    def __init__(self, commitment: int) -> None:
        super().__init__(button(say("Stop these"), f"commit:stop-reminding:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """It stands as it is, and I ask no more."""
        nudges = interaction.client.services.nudges
        shown = await nudges.remind(actor_of(interaction), self.commitment, None)
        said = say("Stopped. Nothing more comes about this one unless you ask for it.")
        await in_place(interaction, Told(said, view=Panel(Open(int(shown.commitment.id)))))


class TakeUp(Pressed, template=rf"commit:again:({ROW_ID}):({ROW_ID})"):
    """Opens the form with the draft that stands above it; the second id is 0 for a new one."""

    def __init__(self, circle: int, commitment: int, label: Words = CHANGE_WORDS) -> None:
        id_ = f"commit:again:{circle}:{commitment}"
        super().__init__(button(label, id_, discord.ButtonStyle.primary))
        self.circle, self.commitment = circle, commitment

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it."""
        id_ = f"commit:changing:{self.commitment}" if self.commitment else f"commit:beginning:{self.circle}:0"
        form = CommitmentForm(id_, interaction.client.content, read_back(interaction.message))
        await interaction.response.send_modal(form)


def opened(shown: CommitmentShown, said: str = "") -> Told:
    """The card of one, with what can be pressed on it now."""
    return Told(said, embed=_look.commitment_card(shown), view=Panel(*_buttons(shown)))


def _buttons(shown: CommitmentShown) -> list[discord.ui.Item[Any]]:
    it, id_ = shown.commitment, int(shown.commitment.id)
    if not it.live:
        return [GiveRecord(id_), DeleteRecord(id_)]
    if it.paused:
        return [GoOn(id_), ChangeIt(id_), LetGo(id_), GiveRecord(id_)]
    marks = [Mark.MISSED, Mark.REPAIRED] if it.lapse_only else list(LABELS)
    items: list[discord.ui.Item[Any]] = [LogDay(id_, mark) for mark in marks]
    if len(_look.loggable_days(shown)) > 1:
        items.append(AnotherDay(id_, shown))
    if shown.review_due:
        items.append(button(say("Two weeks on"), f"commit:review:{id_}", discord.ButtonStyle.primary))
    items += [ChangeIt(id_), More(id_), PauseIt(id_), LetGo(id_), GiveRecord(id_)]
    if it.lapse_only or it.cadence.rhythm is Rhythm.OPEN:
        return items
    if it.reminded:
        return [*items, RemindMe(id_, say("Another time")), StopReminding(id_)]
    return [*items, RemindMe(id_)]
