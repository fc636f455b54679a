"""Who acts, as a platform knows them; values that pass through and are never stored or shown as they are."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.languages import Language


class Platform(StrEnum):
    """Where people meet Trellis."""

    DISCORD = "discord"


@dataclass(frozen=True, slots=True)
class Account:
    """A person on a platform. Its repr hides the id, so that no log or traceback can name anybody."""

    platform: Platform
    id: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An account as it stands at this press: in which server, with which roles."""

    account: Account
    server: str | None = field(
        default=None, repr=False
    )  # the platform's server (guild) id; None in a direct message
    roles: frozenset[str] = field(default=frozenset(), repr=False)
    manages_server: bool = False  # holds Discord's Manage Server
    language: Language = Language.EN
