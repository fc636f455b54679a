"""Anyone finds crisis lines, joined or not, also while the database is down; facilitators look after them.

Export: the lines that a person has checked. Forgetting: checks stay, without who made them.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle, local_date
from bot.domain.errors import UnknownRegion
from bot.domain.ids import CircleId
from bot.domain.languages import Language
from bot.domain.line_errors import NoSuchLine, TooManyLines
from bot.domain.lines import (
    ANYWHERE,
    EUROPE,
    MOST_LOCAL,
    UNION,
    Check,
    Help,
    Line,
    LineId,
    NewLine,
    checked,
    composed,
    covered,
    help_for,
)
from bot.domain.prompts import Content
from bot.domain.regions import region as parse_region
from bot.services._audit import noted
from bot.services._known_lines import Known, Memory
from bot.services.access import facilitated
from storage import Storage
from storage.transaction import Reading, Transaction

Change = Callable[[Transaction, Circle], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpFound:
    """What is shown to one person."""

    help: Help
    circle: Circle | None  # whose region and own lines these are; None: another country, or no circle
    unknown: str | None = None  # what was typed, where no country is called so


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesKept:
    """A circle's lines as its facilitators see them: of its region, and its own."""

    circle: Circle
    lines: tuple[Line, ...]
    checks: dict[LineId, Check] = field(repr=False)
    today: date


class Lines:
    """Help never raises and never waits: where the database does not answer, what was known last is shown."""

    def __init__(
        self, storage: Storage, clock: Clock, content: Content, *, hide_unverified: bool = False
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._hide = hide_unverified
        self._memory = Memory(storage)

    async def refresh(self) -> None:
        """Reads what help depends on, so that it is known when it is needed."""
        await self._memory.renew()

    async def close(self) -> None:
        """Gives up a read that is on its way, before the database is closed."""
        await self._memory.close()

    async def find(self, actor: Actor, *, typed: str | None = None, channel: str | None = None) -> HelpFound:
        """The lines of the country that was typed, by code or name; else of the actor's circle.

        A country's name counts in English and in the actor's language.
        """
        known = await self._memory.known()
        circle = known.circle_of(actor, channel)
        region, unknown = self._region(typed, actor.language)
        if circle is not None and typed is not None and (unknown or region != circle.settings.region):
            circle = None
        if circle is None:
            return HelpFound(help=self._help(region), circle=None, unknown=unknown)
        return HelpFound(help=self._of(known, circle), circle=circle)

    async def help_for(self, actor: Actor, *, region: str | None = None, channel: str | None = None) -> Help:
        """The same, of a country by its code."""
        return (await self.find(actor, typed=region, channel=channel)).help

    async def help_of(self, circle_id: CircleId) -> Help:
        """The lines of a circle. Never raises; an unknown circle's are those of no country."""
        known = await self._memory.known()
        circle = known.circles.get(circle_id)
        return self._help(None) if circle is None else self._of(known, circle)

    async def region_of(self, actor: Actor, channel: str | None = None) -> str | None:
        """The country of the actor's circle, in a direct message too. Never raises."""
        circle = (await self._memory.known()).circle_of(actor, channel)
        return circle.settings.region if circle is not None else None

    async def language_of(self, actor: Actor, channel: str | None = None) -> Language | None:
        """The language of the actor's circle, in a direct message too. Never raises."""
        circle = (await self._memory.known()).circle_of(actor, channel)
        return circle.settings.language if circle is not None else None

    def regions(self) -> list[tuple[str, str]]:
        """(code, name) of every country of which a number is known, by name."""
        codes = {*covered(self._content.lines), *UNION}
        return sorted(((code, self._content.regions[code]) for code in codes), key=lambda each: each[1])

    async def kept(self, actor: Actor, circle_id: CircleId) -> LinesKept:
        """What facilitators look after. Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            return await self._kept(tx, circle)

    async def add(self, actor: Actor, circle_id: CircleId, new: NewLine) -> tuple[Line, LinesKept]:
        """Adds one of the circle's own. Raises LineIncomplete, LineTooLong, TooManyLines, NotFacilitator."""
        now, new = self._clock.now(), composed(new)
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            if len(await tx.lines.local(circle_id)) >= MOST_LOCAL:
                raise TooManyLines(MOST_LOCAL)
            line = await tx.lines.add(circle_id, new, now)
            await noted(tx, actor, circle_id, Deed.LINE_ADDED, now, line.name)
            kept = await self._kept(tx, circle)
            await tx.commit()
        await self.refresh()
        return line, kept

    async def check(self, actor: Actor, circle_id: CircleId, id_: LineId) -> LinesKept:
        """Somebody has called it, or read it on its own page, today. Raises NoSuchLine, NotFacilitator."""

        async def do(tx: Transaction, circle: Circle) -> None:
            await tx.lines.check(circle_id, id_, local_date(circle, self._clock.now()), actor.account)

        return (await self._change(actor, circle_id, id_, Deed.LINE_CHECKED, do))[1]

    async def uncheck(self, actor: Actor, circle_id: CircleId, id_: LineId) -> LinesKept:
        """That was a slip. Raises NoSuchLine, NotFacilitator."""

        async def do(tx: Transaction, _circle: Circle) -> None:
            await tx.lines.uncheck(circle_id, id_)

        return (await self._change(actor, circle_id, id_, Deed.LINE_UNCHECKED, do))[1]

    async def remove(self, actor: Actor, circle_id: CircleId, id_: LineId) -> tuple[Line, LinesKept]:
        """Takes one of the circle's own away. Raises NoSuchLine (also for the table's), NotFacilitator."""

        async def do(tx: Transaction, _circle: Circle) -> None:
            await tx.lines.remove(circle_id, id_)

        return await self._change(actor, circle_id, id_, Deed.LINE_REMOVED, do)

    async def _change(
        self, actor: Actor, circle_id: CircleId, id_: LineId, deed: Deed, do: Change
    ) -> tuple[Line, LinesKept]:
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            line = await self._line(tx, circle, id_)
            await do(tx, circle)
            await noted(tx, actor, circle_id, deed, self._clock.now(), line.name)
            kept = await self._kept(tx, circle)
            await tx.commit()
        await self.refresh()
        return line, kept

    def _region(self, typed: str | None, language: Language) -> tuple[str | None, str | None]:
        """(code, None), or (None, what was typed) where no country is called so."""
        if typed is None:
            return None, None
        for content in (self._content, self._content.spoken(language)):
            with suppress(UnknownRegion):
                return parse_region(typed, content.regions), None
        return None, typed

    def _of(self, known: Known, circle: Circle) -> Help:
        lines = [*known.lines(circle.id), *checked(self._content.lines, known.checks.get(circle.id, {}))]
        today = local_date(circle, self._clock.now())
        return help_for(lines, circle.settings.region, today, hide=self._hide)

    def _help(self, region: str | None) -> Help:
        return help_for(self._content.lines, region, self._clock.now().date(), hide=self._hide)

    async def _kept(self, tx: Reading, circle: Circle) -> LinesKept:
        checks = await tx.lines.checks(circle.id)
        days = {id_: check.on for id_, check in checks.items()}
        lines = [*await tx.lines.local(circle.id), *self._table(circle)]
        return LinesKept(
            circle=circle,
            lines=tuple(checked(lines, days)),
            checks=checks,
            today=local_date(circle, self._clock.now()),
        )

    def _table(self, circle: Circle) -> list[Line]:
        """The table's lines that members of this circle may be shown."""
        region = circle.settings.region
        own = [line for line in self._content.lines if line.region == region]
        urgent = EUROPE if region in UNION and not any(line.kind == "emergency" for line in own) else None
        return [*own, *(line for line in self._content.lines if line.region in (urgent, ANYWHERE))]

    async def _line(self, tx: Reading, circle: Circle, id_: LineId) -> Line:
        for line in [*await tx.lines.local(circle.id), *self._table(circle)]:
            if line.id == id_:
                return line
        raise NoSuchLine
