"""Says who acts at this press, as Discord tells it with the interaction itself."""

from typing import TYPE_CHECKING, Any, TypeAlias

import discord

from bot.domain.accounts import Account, Actor, Platform
from bot.domain.languages import Language, language_of

if TYPE_CHECKING:
    from cogs.client import TrellisClient

# A string, so that at run time no feature needs the client that sets it up.
Interaction: TypeAlias = "discord.Interaction[TrellisClient]"


def actor_of(interaction: Interaction) -> Actor:
    """The actor with the roles held now: Discord sends them with every interaction; no cache is trusted."""
    user = interaction.user
    return Actor(
        account=account_of(user.id),
        server=str(interaction.guild_id) if interaction.guild_id is not None else None,
        roles=frozenset(str(role) for role in _role_ids(user)),
        manages_server=interaction.guild_id is not None and interaction.permissions.manage_guild,
        language=language_for(interaction),
    )


def language_for(interaction: discord.Interaction[Any]) -> Language:
    """The language that their Discord is in; English where we don't speak it."""
    locale: Any = interaction.locale.value  # of a shape that Discord never sends it may be anything
    return language_of(locale if isinstance(locale, str) else None) or Language.EN


def written_by(message: discord.Message) -> Actor:
    """Who wrote a direct message."""
    return Actor(account=account_of(message.author.id))


def account_of(user_id: int) -> Account:
    """A Discord user as an account."""
    return Account(Platform.DISCORD, str(user_id))


def _role_ids(user: discord.User | discord.Member) -> list[int]:
    # The raw ids: discord.py's `roles` leaves out each role that its cache does not know yet.
    return list(user._roles) if isinstance(user, discord.Member) else []
