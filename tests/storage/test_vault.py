"""The vault: what it seals opens in its place with its key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import VaultError
from storage.vault import PADDED_TO, Operator, Vault, Wrapped, key_place, new_house, new_key
from tests.storage.samples import KEY, NEW_KEY

OPERATOR = Operator([KEY])
VAULT = Vault(OPERATOR, new_house(OPERATOR))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=8,
)


@given(JSON)
def test_a_value_comes_back_as_it_was_sealed(value: object) -> None:
    key = new_key()
    assert VAULT.open(VAULT.seal(value, "here"), "here") == value
    assert VAULT.open(VAULT.seal(value, "here", key), "here", key) == value


def test_a_seal_opens_only_in_its_place_with_its_key_unchanged() -> None:
    key = new_key()
    sealed = VAULT.seal("said", "check_ins/sealed/1", key)
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for value, place, with_key in (
        (sealed, "check_ins/sealed/2", key),
        (sealed, "check_ins/sealed/1", new_key()),
        (sealed, "check_ins/sealed/1", None),
        (changed, "check_ins/sealed/1", key),
        (b"", "check_ins/sealed/1", key),
    ):
        with pytest.raises(VaultError):
            VAULT.open(value, place, with_key)


def test_one_value_is_never_sealed_alike_twice_nor_tells_its_length() -> None:
    assert VAULT.seal("same", "here") != VAULT.seal("same", "here")
    assert len(VAULT.seal("yes", "here")) == len(VAULT.seal("not today", "here"))
    assert PADDED_TO == 64


def test_a_lookup_needs_the_key_and_keeps_its_parts_apart() -> None:
    other = Vault(OPERATOR, new_house(OPERATOR))
    assert VAULT.lookup("a", "b") == VAULT.lookup("a", "b")
    assert VAULT.lookup("a", "b") != VAULT.lookup("ab") != VAULT.lookup("", "ab")
    assert VAULT.lookup("a", "b") != other.lookup("a", "b")
    assert VAULT.installation != other.installation


@pytest.mark.parametrize("key", ["", "short", KEY[:-4], "é" * 44, KEY.replace("=", "") + "!"])
def test_what_is_no_key_is_refused_in_a_sentence(key: str) -> None:
    with pytest.raises(VaultError, match="32 bytes"):
        Operator([key])


def test_no_key_at_all_is_refused_in_a_sentence() -> None:
    with pytest.raises(VaultError, match="TRELLIS_KEY"):
        Operator([])


def test_the_newest_key_wraps_and_every_key_unwraps() -> None:
    key, place = new_key(), key_place("ref")
    wrapped = OPERATOR.wrap(key, place)
    both = Operator([NEW_KEY, KEY])
    anew = both.rewrap(wrapped, place)
    assert both.unwrap(wrapped, place) == both.unwrap(anew, place) == key
    assert Operator([NEW_KEY]).unwrap(anew, place) == key
    with pytest.raises(VaultError, match="another key"):
        Operator([NEW_KEY]).unwrap(wrapped, place)
    with pytest.raises(VaultError):
        OPERATOR.unwrap(Wrapped(OPERATOR.newest, wrapped.blob), key_place("another"))


def test_no_repr_shows_a_key() -> None:
    wrapped = OPERATOR.wrap(new_key(), "here")
    assert "blob" not in repr(wrapped)
    assert KEY not in repr(OPERATOR)
