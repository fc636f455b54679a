"""What facilitators may meet when they look after crisis lines."""

from bot.domain.errors import TrellisError


class NoSuchLine(TrellisError):
    """No line of this circle or of the table has this id."""


class LineTooLong(TrellisError):
    """A field of a line is over its limit of characters."""

    def __init__(self, field: str, limit: int) -> None:
        super().__init__(field, limit)
        self.field = field
        self.limit = limit


class LineIncomplete(TrellisError):
    """A line without a name, or without any number or https address by which it is reached."""


class TooManyLines(TrellisError):
    """A circle has as many of its own as it can; `limit` of them."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit
