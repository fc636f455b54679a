"""What members keep of exercises, each sealed with its member's key."""

from datetime import date

from sqlalchemy import delete, select

from bot.domain.ids import MemberId
from bot.domain.own_exercises import OwnExercises as Own
from bot.domain.own_exercises import Rating
from storage.grounding_tables import own_exercises
from storage.session import Session


class OwnExercises:
    """One row a member at most."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member: MemberId) -> Own:
        """The member's own, held to the end of a writing transaction; empty where nothing is kept."""
        found = select(own_exercises).where(own_exercises.c.member_id == member)
        if self._session.writes:
            found = found.with_for_update()  # or numbers that arrive with a switching-off would come back
        row = await self._session.row(found)
        if row is None:
            return Own(member=member)
        held = self._session.vault.open(row.sealed, _place(member), await self._session.member_key(member))
        return Own(
            member=member,
            favourites=tuple(held["favourites"]),
            keeps=held["keeps"],
            ratings=tuple(
                Rating(exercise, before, after, date.fromisoformat(on))
                for exercise, before, after, on in held["ratings"]
            ),
        )

    async def put(self, own: Own) -> None:
        """Writes it over the one that stands; no row where nothing is kept. Raises VaultError."""
        key = await self._session.member_key(own.member)
        self._session.scrubs = True  # what was taken out leaves no bytes behind
        if own == Own(member=own.member):
            await self._session.execute(delete(own_exercises).where(own_exercises.c.member_id == own.member))
            return
        held = {
            "favourites": list(own.favourites),
            "keeps": own.keeps,
            "ratings": [[one.exercise, one.before, one.after, one.on.isoformat()] for one in own.ratings],
        }
        sealed = self._session.vault.seal(held, _place(own.member), key)
        insert = self._session.insert(own_exercises).values(member_id=own.member, sealed=sealed)
        await self._session.execute(
            insert.on_conflict_do_update(index_elements=("member_id",), set_={"sealed": sealed})
        )


def _place(member: int) -> str:
    return f"own_exercises/sealed/{member}"
