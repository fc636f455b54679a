"""Members in the database: each with a key of their own, whose end is the end of all that it sealed."""

from collections.abc import Callable, Collection
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Executable, Row, bindparam, delete, func, insert, select, update

from bot.domain.accounts import Account, Platform
from bot.domain.errors import NotAMember
from bot.domain.ids import CircleId, MemberId
from bot.domain.members import Member, Scope
from storage.session import Session
from storage.tables import consents, member_keys, members
from storage.vault import key_place, new_key, new_ref

# Each member with all that a press asks of them: a row for every consent, and the key that seals their rows.
_WHOLE = (
    select(members, member_keys.c.operator, member_keys.c.wrapped, consents.c.scope)
    .outerjoin_from(members, member_keys)
    .outerjoin(consents, consents.c.member_id == members.c.id)
    .order_by(members.c.id)
)
_BY_ID = _WHOLE.where(members.c.id == bindparam("id"))
_BY_ACCOUNT = _WHOLE.where(
    members.c.circle_id == bindparam("circle"), members.c.lookup == bindparam("looked")
)


class Members:
    """All members of all circles, the leaving ones too until they are deleted."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(
        self, circle: CircleId, account: Account, consents: Collection[Scope], version: int, at: datetime
    ) -> Member:
        """Makes a member with a fresh key; where the account is one already (leaving or not), that one."""
        looked = self._lookup(circle, account)
        key, ref = new_key(), new_ref()
        row = {
            "circle_id": circle,
            "lookup": looked,
            "account_lookup": self._anywhere(account),
            "sealed": self._vault.seal([account.platform, account.id], _place(looked), key),
            "key_ref": ref,
            "joined_at": at,
            "consent_version": version,
        }
        added = self._session.insert(members).values(row).on_conflict_do_nothing().returning(members.c.id)
        id_ = await self._session.value(added)
        if id_ is None:
            return (await self._members(_BY_ACCOUNT, circle=circle, looked=looked))[0]
        wrapped = self._vault.operator.wrap(key, key_place(ref))
        held = {"member_id": id_, "operator": wrapped.operator, "wrapped": wrapped.blob}
        await self._session.execute(insert(member_keys).values(held))
        await self._consent(MemberId(id_), consents)
        return Member(
            id=MemberId(id_),
            circle=circle,
            joined_at=at,
            consents=frozenset(consents),
            consent_version=version,
        )

    async def get(self, id_: MemberId) -> Member | None:
        """The member, or None where deleted."""
        return next(iter(await self._members(_BY_ID, id=id_)), None)

    async def hold(self, *ids: MemberId) -> None:
        """On PostgreSQL whoever else holds one of these members waits until this transaction has ended.

        What changes much about a person begins with this, so that no two wait for one another further on.
        """
        if self._session.process is not None:
            mine = select(members.c.id).where(members.c.id.in_(ids)).order_by(members.c.id)
            await self._session.execute(mine.with_for_update(key_share=True))

    async def find(self, circle: CircleId, account: Account) -> Member | None:
        """The account's membership in this circle, a leaving one too."""
        looked = self._lookup(circle, account)
        return next(iter(await self._members(_BY_ACCOUNT, circle=circle, looked=looked)), None)

    async def of(self, account: Account) -> list[Member]:
        """Every membership of the account, oldest first, leaving ones too."""
        return await self._where(members.c.account_lookup == self._anywhere(account))

    async def leaving_before(self, now: datetime) -> list[Member]:
        """Those whose time for a change of mind is over."""
        return await self._where(members.c.delete_at <= now)

    async def here(self, circle: CircleId) -> list[Member]:
        """The active members of a circle."""
        return await self._where(members.c.circle_id == circle, members.c.left_at.is_(None))

    async def in_parts(self, parts: Collection[int], of: int) -> list[MemberId]:
        """The ids that leave one of these remainders when divided by `of`, of the leaving ones too."""
        found = select(members.c.id).where((members.c.id % of).in_(list(parts))).order_by(members.c.id)
        return [MemberId(row.id) for row in await self._session.rows(found)]

    async def count(self, circle: CircleId) -> int:
        """The active members."""
        counted = select(func.count()).where(members.c.circle_id == circle, members.c.left_at.is_(None))
        return int(await self._session.value(counted))

    async def put(self, member: Member) -> None:
        """Writes consents and leaving. Raises NotAMember where it was deleted."""
        row = {
            "consent_version": member.consent_version,
            "left_at": member.left_at,
            "delete_at": member.delete_at,
        }
        done = await self._session.execute(update(members).where(members.c.id == member.id).values(row))
        if not done.rowcount:
            raise NotAMember(member.circle)
        await self._session.execute(delete(consents).where(consents.c.member_id == member.id))
        await self._consent(member.id, member.consents)

    async def account(self, id_: MemberId) -> Account:
        """Who it is on their platform. Raises VaultError where the member was deleted."""
        key = await self._session.member_key(id_)
        row = await self._session.row(select(members.c.lookup, members.c.sealed).where(members.c.id == id_))
        assert row is not None  # noqa: S101 - the key refers to it
        platform, account = self._vault.open(row.sealed, _place(row.lookup), key)
        return Account(Platform(platform), account)

    async def delete(self, id_: MemberId) -> None:
        """Destroys the key and every row of theirs; kept keyrings follow, so that backups are shut too."""
        await self._session.erase(members.c.id == id_)

    async def everywhere(self) -> Callable[[Account], list[CircleId]]:
        """Tells in which circles an account is an active member; to be asked also after this snapshot."""
        here = select(members.c.account_lookup, members.c.circle_id).where(members.c.left_at.is_(None))
        circles: dict[bytes, list[CircleId]] = {}
        for row in await self._session.rows(here.order_by(members.c.id)):
            circles.setdefault(row.account_lookup, []).append(CircleId(row.circle_id))
        return lambda account: list(circles.get(self._anywhere(account), ()))

    async def _consent(self, id_: MemberId, scopes: Collection[Scope]) -> None:
        rows = [{"member_id": id_, "scope": scope} for scope in sorted(scopes)]
        if rows:
            await self._session.execute(insert(consents), rows)

    async def _where(self, *conditions: Any) -> list[Member]:
        return await self._members(_WHOLE.where(*conditions))

    async def _members(self, found: Executable, **given: Any) -> list[Member]:
        rows = await self._session.rows(found, **given)
        return [self._member(list(of_one)) for _, of_one in groupby(rows, key=lambda row: row.id)]

    def _member(self, rows: list[Row[Any]]) -> Member:
        row = rows[0]
        if row.wrapped is not None:
            self._session.met(MemberId(row.id), row)
        return Member(
            id=MemberId(row.id),
            circle=CircleId(row.circle_id),
            joined_at=row.joined_at,
            consents=frozenset(Scope(each.scope) for each in rows if each.scope is not None),
            consent_version=row.consent_version,
            left_at=row.left_at,
            delete_at=row.delete_at,
        )

    def _lookup(self, circle: CircleId, account: Account) -> bytes:
        return self._vault.lookup("members", str(circle), account.platform, account.id)

    def _anywhere(self, account: Account) -> bytes:
        return self._vault.lookup("members", "anywhere", account.platform, account.id)


def _place(lookup: bytes) -> str:
    return f"members/sealed/{lookup.hex()}"
