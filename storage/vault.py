"""The vault: whoever has the database but not the operator's key can name nobody and read nothing.

AES-256-GCM with random nonces seals; each seal is bound to its place ("check_ins/sealed/<member>"), so that a
sealed value moved elsewhere does not open. Keyed hashes (HMAC-SHA256) find rows again. The operator's keys
wrap the house's two keys and one key per member; whoever destroys a member's key destroys all that it sealed.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.domain.errors import VaultError

KEY_BYTES = 32
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: random, 96 bits
PADDED_TO = 64  # bytes; so that a seal's length does not tell one short answer from another

INDEX, HOUSE = "index", "house"  # the purposes of the house's keys


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key under an operator's key; `operator` is that one's fingerprint."""

    operator: str
    blob: bytes = field(repr=False)


class Operator:
    """The operator's keys, newest first: the newest wraps, all of them unwrap."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise VaultError("The vault needs a key: set TRELLIS_KEY (make one with `python -m bot keygen`).")
        raw = [_decoded(key) for key in keys]
        self._ciphers = {_fingerprint(key): AESGCM(key) for key in raw}
        self.newest = _fingerprint(raw[0])

    def wrap(self, key: bytes, place: str) -> Wrapped:
        """Wraps under the newest key."""
        return Wrapped(self.newest, _sealed(self._ciphers[self.newest], key, place))

    def unwrap(self, wrapped: Wrapped, place: str) -> bytes:
        """Raises VaultError where none of the keys is the one that wrapped it."""
        cipher = self._ciphers.get(wrapped.operator)
        if cipher is None:
            raise VaultError(
                "TRELLIS_KEY does not open this database: it was sealed with another key. "
                "Give that key, or give it after the new one."
            )
        return _opened(cipher, wrapped.blob, place)

    def rewrap(self, wrapped: Wrapped, place: str) -> Wrapped:
        """The same key under the newest operator key."""
        return self.wrap(self.unwrap(wrapped, place), place)


class Vault:
    """Seals values and makes lookups with the house's keys, or with a member's."""

    def __init__(self, operator: Operator, house: Mapping[str, Wrapped]) -> None:
        self.operator = operator
        self._index = operator.unwrap(house[INDEX], place_of(INDEX))
        self._house = operator.unwrap(house[HOUSE], place_of(HOUSE))

    @property
    def installation(self) -> str:
        """Eight hex digits that name this database among others; they tell nothing else."""
        return self.lookup("installation")[:4].hex()

    def lookup(self, *parts: str) -> bytes:
        """A keyed hash by which a row is found without what it is found by."""
        return hmac.digest(self._index, "\0".join(parts).encode(), hashlib.sha256)

    def seal(self, value: Any, place: str, key: bytes | None = None) -> bytes:
        """Seals a JSON value at its place, with a member's key or (None) the house's."""
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        plain = plain.ljust(-(-len(plain) // PADDED_TO) * PADDED_TO)
        return _sealed(AESGCM(key or self._house), plain, place)

    def open(self, sealed: bytes, place: str, key: bytes | None = None) -> Any:
        """The value that was sealed at this place. Raises VaultError."""
        return json.loads(_opened(AESGCM(key or self._house), sealed, place))


def new_key() -> bytes:
    """A fresh random key."""
    return os.urandom(KEY_BYTES)


def new_ref() -> str:
    """A random name for a key, so that a keyring never takes one member's key for another's."""
    return os.urandom(8).hex()


def key_place(ref: str) -> str:
    """Where a member's wrapped key is bound to."""
    return f"member_keys/wrapped/{ref}"


def new_house(operator: Operator) -> dict[str, Wrapped]:
    """Fresh keys for an empty database, by purpose."""
    return {purpose: operator.wrap(new_key(), place_of(purpose)) for purpose in (INDEX, HOUSE)}


def place_of(purpose: str) -> str:
    """Where a house key is bound to."""
    return f"vault_keys/wrapped/{purpose}"


def _decoded(key: str) -> bytes:
    try:
        raw = base64.b64decode(key.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise VaultError("A key in TRELLIS_KEY is not 32 bytes as URL-safe base64 (44 characters).")
    return raw


def _fingerprint(key: bytes) -> str:
    return hmac.digest(key, b"trellis operator key", hashlib.sha256)[:8].hex()


def _sealed(cipher: AESGCM, plain: bytes, place: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, place.encode())


def _opened(cipher: AESGCM, sealed: bytes, place: str) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise VaultError(f"What stands at {place} was not sealed there with this key.") from error
