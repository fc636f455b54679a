"""The forms of commitments, sent: begun, changed, or all that was typed comes back to be taken up again."""

import re
from dataclasses import replace

import discord

from bot.domain.errors import Empty, TrellisError
from bot.domain.ids import CircleId, CommitmentId
from bot.domain.practice_errors import TooManyCommitments, UnfitCommitment, VagueCommitment
from bot.services.commitments import Wanted
from bot.services.own_commitments import CommitmentShown
from cogs.actors import Interaction, actor_of
from cogs.check_ins.support import WantPersonHere
from cogs.commitments import _replies
from cogs.commitments._form import USUAL_TIME, as_meant, as_wanted, draft_card, read, read_back
from cogs.commitments.components import TakeUp, opened
from cogs.errors import Told, answer
from cogs.forms import Fields
from cogs.help_now.said import A_PRESS_AWAY, ways_to_help
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import Phrase, say
from cogs.words import lines, text

BEGUN = Phrase("It begins today. A press on a day is all it takes, and a day off needs no reason.")
REMINDED = Phrase(
    "You are reminded at **{time}** by direct message, only on a day that asks and has nothing "
    "noted yet. It says nothing of what it is about, and each has a button that ends them."
)
NO_REMINDER = Phrase("There is no reminder yet.")
LAPSES = Phrase("It begins today. I stay quiet about it: you log only what didn't go well.")
ASKED_BACK = {"act": "cr-vag-2", "few": "cr-vag-3", "large": "cr-big-1"}
DECLINED = {"cm-not-01": "cr-nof-2", "cm-not-02": "cr-nof-3", "cm-not-03": "cr-nof-3"}
READ_AS = Phrase("It reads as if it were about {what}. If I read it wrong, other words will do.")
DATES_STAY = Phrase("The days you logged keep their dates.")
HELP = frozenset({"cm-not-04", "cm-not-06"})  # where help lines are named too


class KeepAsIs(Pressed, template=rf"commit:insist:({ROW_ID}):({ROW_ID})"):
    """Keeps words that looked vague: the member knows best. The second id is 0 for a new one."""

    def __init__(self, circle: int, commitment: int) -> None:
        super().__init__(button(say("Keep it as I wrote it"), f"commit:insist:{circle}:{commitment}"))
        self.circle, self.commitment = circle, commitment

    async def pressed(self, interaction: Interaction) -> None:
        """Takes the draft above it."""
        wanted = read_back(interaction.message)
        await _take(interaction, self.circle, self.commitment, wanted, insist=True)


async def begun(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """A new one."""
    await _take(interaction, int(match[1]), 0, read(fields), remind=match[2] == "1")


async def changed(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """Other words for one that stands."""
    commitments = interaction.client.services.commitments
    stands = await commitments.get(actor_of(interaction), CommitmentId(int(match[1])))
    wanted = read(fields, stands.commitment.words)
    await _take(interaction, int(stands.circle.id), int(match[1]), wanted)


async def said_more(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """What gives it a place."""
    commitments, actor = interaction.client.services.commitments, actor_of(interaction)
    id_ = CommitmentId(int(match[1]))
    wanted = as_wanted((await commitments.get(actor, id_)).commitment)
    words = replace(wanted.words, **{name: fields.text(name) for name in ("plan", "value", "hard")})
    shown = await commitments.change(actor, id_, as_meant(replace(wanted, words=words)), insist=True)
    await in_place(interaction, opened(shown, say("Noted.")))


async def reminded(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """A reminder at their time."""
    nudges = interaction.client.services.nudges
    shown = await nudges.remind(actor_of(interaction), CommitmentId(int(match[1])), fields.text("time"))
    at = shown.commitment.reminded
    await in_place(interaction, opened(shown, REMINDED(time=f"{at:%H:%M}") if at else ""))


async def clock_set(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """Their own zone and day."""
    commitments = interaction.client.services.commitments
    mine = await commitments.set_clock(
        actor_of(interaction), CircleId(int(match[1])), fields.text("zone"), fields.text("starts")
    )
    live = next((each.commitment for each in mine if each.commitment.live), None)
    said = (
        say("Set.")
        if live is None
        else say(
            "Set: your day begins at {time} ({zone}).",
            time=f"{live.day_starts:%H:%M}",
            zone=live.zone.key,
        )
    )
    await answer(interaction, Told(f"{said} {DATES_STAY}"))


async def _take(
    interaction: Interaction,
    circle: int,
    commitment: int,
    wanted: Wanted,
    *,
    insist: bool = False,
    remind: bool = False,
) -> None:
    """Begins it, or changes it where an id is given; what cannot be taken comes back whole."""
    commitments, actor = interaction.client.services.commitments, actor_of(interaction)
    try:
        if commitment:
            before = await commitments.get(actor, CommitmentId(commitment))
            kept = replace(before.commitment.words, **_typed(wanted))
            shown = await commitments.change(
                actor, CommitmentId(commitment), as_meant(replace(wanted, words=kept)), insist=insist
            )
            await in_place(interaction, opened(shown, _changed(interaction, before, shown)))
            return
        shown = await commitments.add(actor, CircleId(circle), as_meant(wanted), insist=insist)
    except Empty:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, the words come back first
        await _give_back(interaction, error, wanted, circle, commitment)
        return
    said = LAPSES() if wanted.lapse_only else BEGUN()
    if remind:
        shown, more = await _with_reminder(interaction, shown)
        said = lines([said, more])
    await answer(interaction, opened(shown, said))


async def _with_reminder(interaction: Interaction, begun: CommitmentShown) -> tuple[CommitmentShown, str]:
    """With the reminder that was asked for with it, at the usual time; or why there is none."""
    nudges, at = interaction.client.services.nudges, f"{USUAL_TIME:%H:%M}"
    try:
        shown = await nudges.remind(actor_of(interaction), begun.commitment.id, at)
    except TrellisError as error:
        told = interaction.client.errors.told(error)
        return begun, f"{NO_REMINDER} {told.text if told else ''}"
    return shown, REMINDED(time=at)


def _typed(wanted: Wanted) -> dict[str, str]:
    return {name: getattr(wanted.words, name) for name in ("text", "seen", "smallest")}


def _changed(interaction: Interaction, before: CommitmentShown, after: CommitmentShown) -> str:
    content = interaction.client.content
    plans = len(after.commitment.plans)
    said = [text(content, _replies.turn(_replies.CHANGED, after.today.toordinal()))]
    if plans == 2 > len(before.commitment.plans):
        said = [text(content, _replies.FIRST_CHANGE)]
    return lines(said)


async def _give_back(
    interaction: Interaction, error: Exception, wanted: Wanted, circle: int, commitment: int
) -> None:
    """Says what it is with the draft beneath; raises what it does not know, once the draft is safe."""
    told = interaction.client.errors.told(error) if isinstance(error, TrellisError) else None
    said, more = _said(interaction, error, circle, commitment)
    offered: list[discord.ui.Item[discord.ui.View]] = list(told.view.children) if told and told.view else []
    view = Panel(*offered, TakeUp(circle, commitment), *more)
    if not said:
        said = told.text if told else say("Nothing is lost: here is what you wrote.")
    await answer(interaction, Told(said, view=view, embed=draft_card(wanted)))
    if told is None:
        raise error


def _said(
    interaction: Interaction, error: Exception, circle: int, commitment: int
) -> tuple[str, list[Pressed]]:
    content = interaction.client.content
    if isinstance(error, VagueCommitment):
        return text(content, ASKED_BACK[error.sort]), [KeepAsIs(circle, commitment)]
    if isinstance(error, TooManyCommitments):
        return text(content, "cr-big-2"), []
    if isinstance(error, UnfitCommitment):
        read = READ_AS(what=text(content, error.sort))
        parts = [text(content, DECLINED.get(error.sort, "cr-nof-1")), read]
        if error.sort in HELP:
            parts.append(A_PRESS_AWAY())
            return lines(parts), [WantPersonHere(circle), *ways_to_help()]
        return lines(parts), [WantPersonHere(circle)]
    return "", []
