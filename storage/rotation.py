"""Rotation: every key comes under the operator's newest one while everybody goes on working."""

from typing import Any

from sqlalchemy import Row, select, update

from storage.backends import Backend
from storage.tables import member_keys, members, vault_keys
from storage.vault import Vault, Wrapped, key_place, place_of

BATCH = 100  # keys a transaction, so that writers wait for milliseconds only


async def rotate(backend: Backend, vault: Vault) -> int:
    """Rewraps what is not yet under the newest key; how many keys. Raises VaultError where a key is missing.

    May be stopped and begun again at any point. No data is touched: only the wrapping of its keys changes.
    """
    done = await _rotate_house(backend, vault)
    while batch := await _rotate_members(backend, vault):
        done += batch
    return done


async def _rotate_house(backend: Backend, vault: Vault) -> int:
    async with backend.writing(vault) as session:
        rows = await session.rows(select(vault_keys).where(vault_keys.c.operator != vault.operator.newest))
        for row in rows:
            of_this = vault_keys.c.purpose == row.purpose
            await session.execute(
                update(vault_keys).where(of_this).values(_anew(vault, row, place_of(row.purpose)))
            )
        session.scrubs = bool(rows)
        await session.commit()
    return len(rows)


async def _rotate_members(backend: Backend, vault: Vault) -> int:
    old = member_keys.c.operator != vault.operator.newest
    held = select(members.c.key_ref, member_keys).join_from(member_keys, members).where(old).limit(BATCH)
    async with backend.writing(vault) as session:
        rows = await session.rows(held.with_for_update(of=member_keys))
        for row in rows:
            of_this = member_keys.c.member_id == row.member_id
            await session.execute(
                update(member_keys).where(of_this).values(_anew(vault, row, key_place(row.key_ref)))
            )
        session.scrubs = bool(rows)
        await session.commit()
    return len(rows)


def _anew(vault: Vault, row: Row[Any], place: str) -> dict[str, Any]:
    key = vault.operator.rewrap(Wrapped(row.operator, row.wrapped), place)
    return {"operator": key.operator, "wrapped": key.blob}
