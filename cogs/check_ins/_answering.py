"""A submitted form: the answer is kept, a note for the circle goes into review, or all of it comes back."""

import re
from contextlib import suppress
from dataclasses import replace

from bot.domain.check_ins import Answer, Audience, CheckIn
from bot.domain.closing_errors import CircleClosing
from bot.domain.errors import AlreadyDecided, Empty, SharingOff
from bot.domain.ids import CircleId, OccurrenceId
from bot.domain.limits import TooOften
from bot.domain.members import Scope
from bot.domain.schedules import Kind
from bot.domain.shares import OPEN, Draft, Share
from bot.services.check_ins import CheckInRecorded, offered_from
from cogs.actors import Interaction, actor_of
from cogs.check_ins._draft import give_back
from cogs.check_ins._form import Target, current, read, submit
from cogs.check_ins._replies import filled
from cogs.check_ins._taking_back import taking_back
from cogs.check_ins.support import Steady, WantPerson
from cogs.errors import Told, answer
from cogs.forms import Fields
from cogs.items import Panel, Pressed
from cogs.members.consenting import ChangeConsents
from cogs.reminders.closed import and_off
from cogs.replies import in_time
from cogs.sentences import sentence
from cogs.shares.own import ChooseWish, Edit, TakeBack, waits
from cogs.speech import Phrase
from cogs.words import lines

KEPT_TO_YOU = Phrase(
    "Your note is not sent to the circle: answers to this prompt, or in this circle, stay private."
)
CLOSES = Phrase("Your note is not sent to the circle, as the circle closes. It is kept for you alone.")
NO_WORDS = Phrase("There was no note in it, so nothing is sent to the circle.")
PERSON = Phrase("If you'd like to reach them now, **I'd like a person** does that, from under any post.")
THEY_READ = Phrase("They can read it for 30 days, when they are here; `/privacy` shows you who looked.")
NOT_YET = Phrase(
    "You haven't said yes to facilitators seeing what you mark for them, so it stays with you "
    "alone. You can change that here, or leave it so."
)
UNSHARE = Phrase("Don't share it after all")
HOW = Phrase("Change how it is shown")
EMPTIED = Phrase(
    "The form came back empty, so your earlier answer stands as it was. You can take it back, "
    "which deletes it, or leave it so."
)


async def post_answered(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form of a post."""
    await _answered(interaction, Target(occurrence=OccurrenceId(int(match[1]))), read(fields))


async def day_answered(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form of `/checkin`."""
    await _answered(interaction, Target(circle=CircleId(int(match[1]))), read(fields))


def goes_out(fields: Fields) -> bool:
    """Whether the note may go to the circle."""
    return read(fields).audience is Audience.CIRCLE


async def _answered(interaction: Interaction, target: Target, given: Answer) -> None:
    before = None
    try:
        before = await current(interaction, target)
        recorded = await in_time(interaction, submit(interaction, target, given))
        about, items = await _audience(interaction, before, recorded)
    except Exception as error:  # noqa: BLE001 - whatever it was, the words come back first
        if isinstance(error, Empty) and before is not None:
            await answer(interaction, Told(EMPTIED(), view=Panel(taking_back(before, target))))
            return
        await give_back(interaction, error, target, given)
        return
    if recorded.grounding_offered:
        items += _steadying(recorded)
    items.append(taking_back(recorded.check_in, target))
    said = filled(recorded, interaction.client.content, about_audience=about)
    await answer(interaction, Told(and_off(recorded, said), view=Panel(*_each_once(items))))


def _each_once(items: list[Pressed]) -> list[Pressed]:
    """Discord refuses a message in which a custom id stands twice."""
    return list({item.custom_id: item for item in items}.values())


def _steadying(recorded: CheckInRecorded) -> list[Pressed]:
    """What the offer after a high reactivity names: an exercise, or a person."""
    kind = Kind.CHECK_IN.value
    if recorded.occurrence is None:
        return [Steady(kind, 0)]
    return [Steady(kind, int(recorded.occurrence.id)), WantPerson(kind, int(recorded.occurrence.id))]


async def _audience(
    interaction: Interaction, before: CheckIn | None, recorded: CheckInRecorded
) -> tuple[str, list[Pressed]]:
    """Does what the chosen audience means; what is said of it, and what can be pressed."""
    check_in = recorded.check_in
    offered = await _waiting(interaction, before)
    if check_in.answer.audience is Audience.CIRCLE and check_in.answer.note:
        return await _offer(interaction, check_in, offered[-1] if offered else None)
    for share in offered:  # the audience changed, or the words are gone: what was offered is taken back
        with suppress(AlreadyDecided):
            await interaction.client.services.shares.withdraw(actor_of(interaction), share.id)
    if check_in.answer.audience is Audience.CIRCLE:
        return NO_WORDS(), []
    if check_in.answer.audience is Audience.FACILITATORS:
        return await _facilitators(interaction, check_in)
    return "", []


async def _waiting(interaction: Interaction, before: CheckIn | None) -> list[Share]:
    """The shares that the earlier answer's note was offered as, and that nobody has decided on."""
    if before is None:
        return []
    mine = await interaction.client.services.shares.mine(actor_of(interaction))
    return [share for share in offered_from(before, mine) if share.review in OPEN]


async def _offer(
    interaction: Interaction, check_in: CheckIn, before: Share | None
) -> tuple[str, list[Pressed]]:
    """Offers the note; where it was offered before, the words change within the frame that was chosen."""
    services, actor = interaction.client.services, actor_of(interaction)
    circle = next(m.circle for _, m in await services.members.memberships(actor) if m.id == check_in.member)
    note = check_in.answer.note
    try:
        if before is not None:
            offered = await services.shares.revise(actor, before.id, replace(before.draft, text=note))
        else:
            offered = await services.shares.offer(actor, check_in.occurrence, circle, Draft(text=note))
    except SharingOff:
        return KEPT_TO_YOU(), []
    except CircleClosing:
        return CLOSES(), []
    except TooOften as rest:
        return str(sentence(rest)), []
    share = offered.share
    ways = [ChooseWish.of(share, interaction), Edit(int(share.id), HOW()), TakeBack(int(share.id), UNSHARE())]
    return waits(offered), ways


async def _facilitators(interaction: Interaction, check_in: CheckIn) -> tuple[str, list[Pressed]]:
    memberships = await interaction.client.services.members.memberships(actor_of(interaction))
    member = next(member for _, member in memberships if member.id == check_in.member)
    person = _person(check_in)
    if Scope.FACILITATORS in member.consents:
        return f"{THEY_READ} {PERSON}", person
    return lines([NOT_YET(), PERSON()]), [ChangeConsents(int(member.circle)), *person]


def _person(check_in: CheckIn) -> list[Pressed]:
    """The way to a person; without a post it is named alone, as it stands under every post."""
    return [WantPerson(Kind.CHECK_IN.value, int(check_in.occurrence))] if check_in.occurrence else []
