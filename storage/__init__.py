"""Tables, queries, migrations and the vault: what was acknowledged is kept, and only the vault reads it."""

from bot.domain.errors import NotKept
from storage.bounded import patiently
from storage.database import Storage
from storage.errors import HeldTooLong, StorageError, TransactionOver
from storage.transaction import Reading, Transaction

__all__ = [
    "HeldTooLong",
    "NotKept",
    "Reading",
    "Storage",
    "StorageError",
    "Transaction",
    "TransactionOver",
    "patiently",
]
