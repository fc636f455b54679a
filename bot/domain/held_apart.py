"""Two whom a circle's facilitators keep apart."""

from dataclasses import dataclass, field

from bot.domain.accounts import Account
from bot.domain.ids import TwoId


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """Two who are kept apart. One whom nobody here knows any more is None."""

    id: TwoId
    one: Account | None = field(repr=False)
    other: Account | None = field(repr=False)
