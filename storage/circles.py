"""Circles in the database: where they live stands sealed, and is found by keyed hashes."""

import json
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, select, update

from bot.domain.accounts import Platform
from bot.domain.circles import AlertPolicy, Circle, Holidays, Home, QuietHours, Settings, Sharing
from bot.domain.closings import Closing
from bot.domain.errors import CircleExists, NoCircle
from bot.domain.ids import CircleId
from bot.domain.languages import Language
from bot.domain.pauses import Pause
from bot.domain.prompts import Readers
from storage.closed import mark_of
from storage.session import Session
from storage.tables import circles, erased, members
from storage.vault import Vault


class Circles:
    """All circles of this database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(self, home: Home, name: str, settings: Settings, at: datetime) -> Circle:
        """Makes a circle. Raises CircleExists where the home channel has one already."""
        looked = _lookups(self._vault, home)
        row = {
            **looked,
            "sealed": _sealed(self._vault, home, name, None),
            "settings": _written(settings),
            "made_at": at,
        }
        made = self._session.insert(circles).values(row).on_conflict_do_nothing().returning(circles.c.id)
        id_ = await self._session.value(made)
        if id_ is None:
            raise CircleExists
        return Circle(id=CircleId(id_), home=home, name=name, settings=settings, made_at=at)

    async def get(self, id_: CircleId) -> Circle:
        """Raises NoCircle."""
        row = await self._session.row(select(circles).where(circles.c.id == id_))
        if row is None:
            raise NoCircle
        return self._circle(row)

    async def of_server(self, platform: Platform, server: str) -> list[Circle]:
        """The server's circles, oldest first."""
        looked = _lookup(self._vault, "server", platform, server)
        return await self._where(circles.c.server_lookup == looked)

    async def at_channel(self, platform: Platform, channel: str) -> Circle | None:
        """The circle whose home it is, else the only one whose facilitators' channel it is."""
        home = await self._where(circles.c.home_lookup == _lookup(self._vault, "home", platform, channel))
        if home:
            return home[0]
        looked = _lookup(self._vault, "facilitators", platform, channel)
        held = await self._where(circles.c.facilitators_lookup == looked)
        return held[0] if len(held) == 1 else None

    async def all(self) -> list[Circle]:
        """Every circle, oldest first."""
        return await self._where(circles.c.id.is_not(None))

    async def put(self, circle: Circle) -> None:
        """Writes all that may change but its closing, which no change of another thing takes back unseen.

        Raises NoCircle; CircleExists where it moved to another's home.
        """
        looked = _lookups(self._vault, circle.home)
        taken = select(circles.c.id).where(
            circles.c.home_lookup == looked["home_lookup"], circles.c.id != circle.id
        )
        if await self._session.row(taken) is not None:
            raise CircleExists
        row = {
            **looked,
            "sealed": _sealed(self._vault, circle.home, circle.name, circle.welcome),
            "settings": _written(circle.settings),
            "paused_at": circle.pause.since if circle.pause else None,
            "paused_until": circle.pause.until if circle.pause else None,
        }
        done = await self._session.execute(update(circles).where(circles.c.id == circle.id).values(row))
        if not done.rowcount:
            raise NoCircle

    async def hold(self, id_: CircleId) -> None:
        """On PostgreSQL whoever else holds this circle waits until this transaction has ended."""
        if self._session.process is not None:
            mine = select(circles.c.id).where(circles.c.id == id_)
            await self._session.execute(mine.with_for_update(key_share=True))

    async def care_due(self, now: datetime, limit: int) -> list[Circle]:
        """Those to be looked after by `now`, new ones first; on PostgreSQL locked to this transaction."""
        c = circles.c
        rows: list[Row[Any]] = []
        for those in (c.care_at.is_(None), c.care_at <= now):  # each by index; together they are a scan
            found = select(circles).where(those).order_by(c.care_at, c.id).limit(limit - len(rows))
            if self._session.writes:
                found = found.with_for_update(skip_locked=True)
            rows += await self._session.rows(found)
            if len(rows) == limit:
                break
        return [self._circle(row) for row in rows]

    async def care(self, id_: CircleId, next_at: datetime) -> None:
        """Sets when it is looked after next."""
        await self._session.execute(update(circles).where(circles.c.id == id_).values(care_at=next_at))

    async def put_closing(self, circle: Circle) -> None:
        """Writes whether it closes, and when. Raises NoCircle."""
        closing = circle.closing
        row = {
            "closing_at": closing.since if closing else None,
            "closes_at": closing.closes_at if closing else None,
        }
        done = await self._session.execute(update(circles).where(circles.c.id == circle.id).values(row))
        if not done.rowcount:
            raise NoCircle

    async def to_close(self, now: datetime) -> list[Circle]:
        """Those whose time is over, the longest first."""
        over = select(circles).where(circles.c.closes_at <= now).order_by(circles.c.closes_at)
        return [self._circle(row) for row in await self._session.rows(over)]

    async def delete(self, id_: CircleId) -> None:
        """Deletes it with all that belongs to it, its members' keys among them; no restore brings it back."""
        made_at = await self._session.value(select(circles.c.made_at).where(circles.c.id == id_))
        await self._session.erase(members.c.circle_id == id_)
        if made_at is not None:
            mark = self._session.insert(erased).values(key_ref=mark_of(self._vault, id_, made_at))
            await self._session.execute(mark.on_conflict_do_nothing())
        await self._session.execute(delete(circles).where(circles.c.id == id_))

    async def _where(self, condition: Any) -> list[Circle]:
        rows = await self._session.rows(select(circles).where(condition).order_by(circles.c.id))
        return [self._circle(row) for row in rows]

    def _circle(self, row: Row[Any]) -> Circle:
        held = self._vault.open(row.sealed, _place(row.home_lookup))
        home = held["home"]
        return Circle(
            id=CircleId(row.id),
            home=Home(**{**home, "platform": Platform(home["platform"])}),
            name=held["name"],
            settings=_read(row.settings),
            made_at=row.made_at,
            pause=Pause(row.paused_at, row.paused_until) if row.paused_at else None,
            closing=Closing(row.closing_at, row.closes_at) if row.closes_at else None,
            welcome=held["welcome"],
        )


def _lookup(vault: Vault, what: str, platform: Platform, id_: str) -> bytes:
    return vault.lookup("circles", what, platform, id_)


def _lookups(vault: Vault, home: Home) -> dict[str, bytes]:
    return {
        "home_lookup": _lookup(vault, "home", home.platform, home.channel),
        "facilitators_lookup": _lookup(vault, "facilitators", home.platform, home.facilitators),
        "server_lookup": _lookup(vault, "server", home.platform, home.server),
    }


def _place(home_lookup: bytes) -> str:
    return f"circles/sealed/{home_lookup.hex()}"


def _sealed(vault: Vault, home: Home, name: str, welcome: str | None) -> bytes:
    places = {
        "platform": home.platform,
        "server": home.server,
        "channel": home.channel,
        "facilitators": home.facilitators,
        "role": home.role,
    }
    held = {"home": places, "name": name, "welcome": welcome}
    return vault.seal(held, _place(_lookup(vault, "home", home.platform, home.channel)))


def _written(settings: Settings) -> str:
    quiet = settings.quiet
    return json.dumps(
        {
            "zone": settings.zone.key,
            "prompt_time": settings.prompt_time.isoformat(),
            "region": settings.region,
            "discreet": settings.discreet,
            "quiet": [quiet.start.isoformat(), quiet.end.isoformat()] if quiet else None,
            "sharing": settings.sharing,
            "week_starts": settings.week_starts,
            "holidays": settings.holidays,
            "made_for": settings.made_for,
            "digest": settings.digest,
            "alerts": settings.alerts,
            "hours": settings.hours,
            "response_time": settings.response_time,
            "language": settings.language,
        }
    )


def _read(written: str) -> Settings:
    held = json.loads(written)
    quiet = held["quiet"]
    return Settings(
        zone=ZoneInfo(held["zone"]),
        prompt_time=time.fromisoformat(held["prompt_time"]),
        region=held["region"],
        discreet=held["discreet"],
        quiet=QuietHours(time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1])) if quiet else None,
        sharing=Sharing(held["sharing"]),
        **_later(held),
    )


def _later(held: dict[str, Any]) -> dict[str, Any]:
    """The settings that came after the first release; a circle of before has none of them written."""
    kinds: dict[str, Any] = {
        "week_starts": int,
        "holidays": Holidays,
        "made_for": Readers,
        "digest": bool,
        "alerts": AlertPolicy,
        "hours": str,
        "response_time": str,
        "language": Language,
    }
    return {name: kind(held[name]) for name, kind in kinds.items() if name in held}
