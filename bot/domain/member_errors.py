"""What members may meet when they set something for themselves."""

from bot.domain.errors import TrellisError


class BadRetention(TrellisError):
    """A time to keep something that is none, or longer than it is kept for anyone. Both in days."""

    def __init__(self, given: int, most: int) -> None:
        super().__init__(most)
        self.given = given
        self.most = most


class AuthorKnown(TrellisError):
    """The share carries its author's name, so there is nothing to unseal."""


class NotPosted(TrellisError):
    """The share does not stand in the channel, so it cannot be taken down from it."""


class LookTwice(TrellisError):
    """The share matched the word list, so it is posted only if a facilitator says so once more."""

    def __init__(self, tier: str) -> None:
        super().__init__("look twice")
        self.tier = tier


class PartTooLong(TrellisError):
    """More lines than a part of a safety map takes."""

    def __init__(self, given: int, most: int) -> None:
        super().__init__(most)
        self.given = given
        self.most = most
