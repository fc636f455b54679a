"""What members keep to look back on, each sealed with its member's key."""

from datetime import date

from sqlalchemy import delete, select

from bot.domain.ids import MemberId
from bot.domain.looking_back import HardDay, Keepsake, OwnStory
from storage.practice_tables import own_stories
from storage.session import Session


class OwnStories:
    """One row a member at most."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member: MemberId) -> OwnStory:
        """The member's own; empty where nothing is kept."""
        row = await self._session.row(select(own_stories).where(own_stories.c.member_id == member))
        if row is None:
            return OwnStory(member=member)
        key = await self._session.member_key(member)
        held = self._session.vault.open(row.sealed, _place(member), key)
        return OwnStory(
            member=member,
            goal=held["goal"],
            hard_days=tuple(
                HardDay(name=name, month=month, day=day, plan=plan)
                for name, month, day, plan in held["hard_days"]
            ),
            kept=tuple(Keepsake(words=words, on=date.fromisoformat(on)) for words, on in held["kept"]),
        )

    async def put(self, story: OwnStory) -> None:
        """Writes it over the one that stands; no row where nothing is kept. Raises VaultError."""
        key = await self._session.member_key(story.member)
        self._session.scrubs = True  # what was taken out leaves no bytes behind
        if story == OwnStory(member=story.member):
            await self._session.execute(delete(own_stories).where(own_stories.c.member_id == story.member))
            return
        held = {
            "goal": story.goal,
            "hard_days": [[each.name, each.month, each.day, each.plan] for each in story.hard_days],
            "kept": [[each.words, each.on.isoformat()] for each in story.kept],
        }
        sealed = self._session.vault.seal(held, _place(story.member), key)
        insert = self._session.insert(own_stories).values(member_id=story.member, sealed=sealed)
        await self._session.execute(
            insert.on_conflict_do_update(index_elements=("member_id",), set_={"sealed": sealed})
        )


def _place(member: int) -> str:
    return f"own_stories/sealed/{member}"
