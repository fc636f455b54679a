"""What facilitators read of whom they keep apart, and the menu that ends it."""

import re
from typing import Any

import discord

from bot.domain.accounts import Account
from bot.domain.ids import CircleId, TwoId
from bot.services.keep_apart import Twos
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import ROW_ID, Panel, Pressed, chosen
from cogs.replies import in_place
from cogs.speech import Phrase, say, several
from cogs.words import lines

NOBODYS = TwoId(0)  # the id of none
SHOWN = 25  # options of a menu (Discord)
ADDED = Phrase(
    "{one} and {other} are kept apart from now on: never paired, never alongside each other, and "
    "where one of them is a facilitator, nothing about the other is handed to them. Neither is "
    "told. Who asked and why is kept nowhere; the list of deeds says that you did it, and not "
    "with whom."
)
ALREADY = Phrase("{one} and {other} were kept apart already. Nothing was changed.")
ENDED = Phrase("These two may be paired again. Neither is told.")
NOBODY = Phrase("Nobody is kept apart here, as far as you may see.")
ALL = Phrase(
    "What concerns yourself isn't listed for you. Discord itself keeps nobody apart: what is in "
    "the channel both can read."
)
FORGOTTEN = Phrase("someone who is no longer known here")


class TakeOff(Pressed, template=rf"apart:end:({ROW_ID})"):
    """Takes two off the list."""

    def __init__(self, circle: int, twos: Twos | None = None) -> None:
        shown = twos.twos[:SHOWN] if twos is not None else ()
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"apart:end:{circle}",
            placeholder=say("Let two be paired again"),
            options=[
                discord.SelectOption(label=say("No. {number}", number=number), value=str(each.id))
                for number, each in enumerate(shown, 1)
            ]
            or [discord.SelectOption(label=say("Nobody"), value="0")],
        )
        super().__init__(menu)
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """At once; the list as it then is."""
        given = next(iter(chosen(interaction)), "")
        id_ = TwoId(int(given)) if re.fullmatch(ROW_ID, given) else NOBODYS
        apart = interaction.client.services.keep_apart
        twos = await apart.remove(actor_of(interaction), self.circle, id_)
        await in_place(interaction, ended(twos))


def added(twos: Twos, one: Account, other: Account) -> Told:
    """What is so now."""
    said = ADDED if twos.changed else ALREADY
    return Told(said(one=f"<@{one.id}>", other=f"<@{other.id}>"))


def ended(twos: Twos) -> Told:
    """The same, and who is left."""
    left = listed(twos)
    return Told(lines([ENDED(), left.text]), view=left.view, embed=left.embed)


def listed(twos: Twos) -> Told:
    """By number; mentions in an embed wake nobody."""
    if not twos.twos:
        return Told(lines([NOBODY(), ALL()]))
    name = discord.utils.escape_markdown(twos.circle.name)
    rows = [
        f"{number}. {say('{one} and {other}', one=_who(each.one), other=_who(each.other))}"
        for number, each in enumerate(twos.twos[:SHOWN], 1)
    ]
    rest = len(twos.twos) - SHOWN
    if rest > 0:
        rows.append(_more(rest))
    embed = calm(title=say("Kept apart in {circle}", circle=name)[:256], description="\n".join(rows))
    embed.set_footer(text=say("For facilitators alone. Why, and who asked, is kept nowhere."))
    return Told(ALL(), embed=embed, view=Panel(TakeOff(int(twos.circle.id), twos)))


def _more(number: int) -> str:
    return several(
        "and {n} more; `/keep-apart remove` names two", "and {n} more; `/keep-apart remove` names two", number
    )


def _who(account: Account | None) -> str:
    return f"<@{account.id}>" if account is not None else FORGOTTEN()
