"""*Suggest a cover*: the facilitator sees what would be asked; the author is asked in private, and free."""

from typing import Any

import discord

from bot.domain.accounts import Account
from bot.domain.channel_errors import NotInCircle
from bot.domain.circles import Circle, Sharing
from bot.domain.errors import ChannelGone
from bot.domain.ids import CircleId
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from bot.services.covers import Cover, Way
from cogs.actors import Interaction, account_of, actor_of
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.places import link
from cogs.replies import in_place
from cogs.shares.offering import OfferFreely
from cogs.speech import Phrase, say, speaking
from cogs.words import lines, text

MESSAGE = r"[0-9]{1,20}"  # a Discord id
WOULD_ASK = Phrase(
    "<@{author}> would be asked this, in a direct message from me. Nothing is deleted, nobody "
    "else is told, and I don't read what they wrote."
)
DRAFT = Phrase(
    "I can't ask <@{author}> myself: they haven't said yes to direct messages from me, or "
    "haven't joined. Here is a draft for you to send in private, if it fits. Nothing is deleted."
)
DONE = Phrase("<@{author}> was asked about this message already. It's theirs to decide now.")
SENT = Phrase(
    "I'm passing it on to <@{author}>. Whether they change anything is theirs to decide, and nobody is told."
)
LET_BE = Phrase("Then nothing is sent.")
NEUTRAL = Phrase("There's a word for you here about something you posted.")


class SendCover(Pressed, template=rf"cover:send:({ROW_ID}):({MESSAGE})"):
    """Has the author asked."""

    def __init__(self, circle: int, message: int) -> None:
        super().__init__(
            button(say("Send it"), f"cover:send:{circle}:{message}", discord.ButtonStyle.primary)
        )
        self.circle, self.message = CircleId(circle), message

    async def pressed(self, interaction: Interaction) -> None:
        """Looks again whose message it is; once a message."""
        circle = await interaction.client.services.channel_notes.allowed(actor_of(interaction), self.circle)
        author = await _author(interaction, circle, self.message)
        covers = interaction.client.services.covers
        cover = await covers.suggest(actor_of(interaction), circle.id, author, str(self.message))
        said = {Way.LETTER: SENT, Way.DONE: DONE}.get(cover.way)
        told = Told(said(author=author.id)) if said else _draft(interaction, cover, self.message)
        await in_place(interaction, told)


class NotNow(Pressed, template=r"cover:not:0"):
    """Decides against it."""

    def __init__(self) -> None:
        super().__init__(button(say("Not now"), "cover:not:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing is sent."""
        await in_place(interaction, Told(LET_BE()))


class ReadCover(Pressed, template=rf"cover:read:({ROW_ID}):({MESSAGE})"):
    """Opens the suggestion, where a letter says no more than that there is one."""

    def __init__(self, circle: int, message: int) -> None:
        super().__init__(
            button(say("Read it"), f"cover:read:{circle}:{message}", discord.ButtonStyle.primary)
        )
        self.circle, self.message = CircleId(circle), message

    async def pressed(self, interaction: Interaction) -> None:
        """For members of the circle; whose message it is makes no difference to what is said."""
        circle = await interaction.client.services.covers.of_author(actor_of(interaction), self.circle)
        look = _letter_look(interaction.client.content, circle, str(self.message))
        await answer(interaction, Told(look["content"], view=look["view"]))


class LeaveIt(Pressed, template=r"cover:leave:0"):
    """Leaves the message as it is."""

    def __init__(self) -> None:
        super().__init__(button(say("Leave it as it is"), "cover:leave:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Nobody is told."""
        await in_place(interaction, Told(text(interaction.client.content, "sf-m-cover-left")))


async def asked(
    interaction: Interaction, circle: Circle, author: discord.User | discord.Member, message: int
) -> Told:
    """What would be asked, and how. Raises NotInCircle, NoCircle, NotFacilitator."""
    _check_place(interaction, circle, bot=author.bot)
    covers = interaction.client.services.covers
    account = account_of(author.id)
    cover = await covers.look(actor_of(interaction), circle.id, account, str(message))
    if cover.way is Way.DONE:
        return Told(DONE(author=author.id))
    if cover.way is Way.DRAFT:
        return _draft(interaction, cover, message)
    with speaking(circle.settings.language):  # as its author reads it
        said = _letter_look(interaction.client.content, circle, str(message))["content"]
    view = Panel(SendCover(int(circle.id), message), NotNow())
    return Told(WOULD_ASK(author=author.id), embed=calm(description=said), view=view)


def suggested(letter: Letter, circle: Circle, _account: Account | None, content: Content) -> dict[str, Any]:
    """The letter to the author; where it is discreet it says that there is something, and not what."""
    message = str(letter.facts.get("message"))
    if circle.settings.discreet:
        return {"content": NEUTRAL(), "view": Panel(ReadCover(int(circle.id), int(message))), "silent": True}
    return _letter_look(content, circle, message)


def _letter_look(content: Content, circle: Circle, message: str) -> dict[str, Any]:
    ways: list[Pressed] = [LeaveIt()]
    if circle.settings.sharing is not Sharing.OFF:
        ways.insert(0, OfferFreely(int(circle.id)))
    return {"content": text(content, "sf-m-cover", link=link(circle, message)), "view": Panel(*ways)}


def _draft(interaction: Interaction, cover: Cover, message: int) -> Told:
    with speaking(cover.circle.settings.language):  # it is for the author
        said = text(interaction.client.content, "sf-m-cover-draft", link=link(cover.circle, str(message)))
    return Told(lines([DRAFT(author=cover.author.id)]), embed=calm(description=said))


async def _author(interaction: Interaction, circle: Circle, message: int) -> Account:
    """Whose message it is, as Discord says now. Raises NotInCircle and DeliveryErrors."""
    from cogs.delivering import delivering

    _check_place(interaction, circle, bot=False)
    try:
        with delivering():
            found: Any = await interaction.client.http.get_message(int(circle.home.channel), message)
    except ChannelGone:  # the message is
        raise NotInCircle from None
    if found["author"].get("bot"):
        raise NotInCircle
    return account_of(int(found["author"]["id"]))


def _check_place(interaction: Interaction, circle: Circle, *, bot: bool) -> None:
    if bot or str(interaction.channel_id) != circle.home.channel:
        raise NotInCircle
