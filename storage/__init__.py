"""Tables, queries, migrations and the vault: what was acknowledged is kept, and only the vault reads it."""

from storage.bounded import patiently
from storage.database import Storage
from storage.errors import HeldTooLong, NotKept, StorageError, TransactionOver
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
