"""What the database itself may refuse."""

from bot.domain.errors import TrellisError


class StorageError(TrellisError):
    """An operator's command does not fit the database or the files; the text tells the operator."""


class TransactionOver(RuntimeError):
    """A transaction was used after its commit or its end: a fault in our code."""


class HeldTooLong(RuntimeError):
    """A unit of work held the only writer while it waited for something else; it was rolled back."""
