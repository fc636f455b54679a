"""Members' preferences in the database, each sealed with its member's key."""

from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy import select

from bot.domain.circles import QuietHours
from bot.domain.ids import MemberId
from bot.domain.languages import Language
from bot.domain.preferences import Preferences as Wishes
from storage.member_tables import preferences
from storage.session import Session


class Preferences:
    """What members set for themselves; who set nothing has the standard."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member: MemberId) -> Wishes:
        """The member's own, or the standard."""
        row = await self._session.row(select(preferences).where(preferences.c.member_id == member))
        if row is None:
            return Wishes()
        key = await self._session.member_key(member)
        held = self._session.vault.open(row.sealed, _place(member), key)
        quiet = held["quiet"] and QuietHours(*(time.fromisoformat(one) for one in held["quiet"]))
        language = held.get("language") and Language(held["language"])  # older wishes have none
        days = {name: timedelta(days=held[name]) for name in ("notes", "ratings", "declined")}
        return Wishes(language=language, discreet=held["discreet"], quiet=quiet, **days)

    async def put(self, member: MemberId, wishes: Wishes) -> None:
        """Raises VaultError for a deleted member."""
        quiet = wishes.quiet and [wishes.quiet.start.isoformat(), wishes.quiet.end.isoformat()]
        held = {
            "language": wishes.language,
            "discreet": wishes.discreet,
            "quiet": quiet,
            "notes": wishes.notes.days,
            "ratings": wishes.ratings.days,
            "declined": wishes.declined.days,
        }
        sealed = self._session.vault.seal(held, _place(member), await self._session.member_key(member))
        insert = self._session.insert(preferences).values(member_id=member, sealed=sealed)
        await self._session.execute(
            insert.on_conflict_do_update(index_elements=("member_id",), set_={"sealed": sealed})
        )

    async def spoken_to(self, member: MemberId, language: Language) -> None:
        """Letters to this member are in this language from now on. Raises VaultError for a deleted member."""
        wishes = await self.of(member)
        if wishes.language is not language:
            await self.put(member, replace(wishes, language=language))


def _place(member: int) -> str:
    return f"preferences/sealed/{member}"
