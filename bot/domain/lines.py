"""Crisis lines: which are shown for a country, in what order, and with what said about who checked them.

A number that nobody has checked for VERIFIED_FOR is shown only as stale, to be said beside it (safety.yaml,
render_rule). One on whose digits pages disagree is doubtful: it is not shown at all until somebody has.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.accounts import Account
from bot.domain.line_errors import LineIncomplete, LineTooLong

VERIFIED_FOR = timedelta(days=90)
SHOWN = 3  # lines at once: a long list helps nobody (mental.jmir.org/2024/1/e58409)
EUROPE, ANYWHERE = "EU", "ZZ"  # rows that stand for no single country
UNION = frozenset(  # where EUROPE's emergency number counts: the European Union's members
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
        "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
AHEAD = timedelta(days=1)  # a check may be of tomorrow, seen from a zone where it is still today
MOST_LOCAL = 10  # lines of a circle's own
LOCAL = "local-"  # how the ids of those begin
LIMITS = {"name": 60, "phone": 40, "text": 40, "chat": 80, "hours": 40}  # characters
_ADDRESS = re.compile(r"https://[^\s<>]+\.[^\s<>]+")
_DIGIT = re.compile(r"[0-9]")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/\s]+)")
_LIST = re.compile(r"github\.com/[^/\s]+/([^/\s]+)|PyPI (\S+)")

LineId = NewType("LineId", str)


class LineKind(StrEnum):
    """What a line is for."""

    EMERGENCY = "emergency"  # danger now
    CRISIS = "crisis"  # thoughts of suicide, or any crisis
    ABUSE = "abuse"  # safety at home
    CHILD = "child"  # for the young, and for who worries about a child
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, as content/lines.csv or a facilitator gives it. What is empty is not known."""

    id: LineId
    region: str  # ISO 3166-1 alpha-2, EUROPE, ANYWHERE; empty: a circle's own, wherever it is
    kind: LineKind
    name: str
    phone: str = ""
    text: str = ""  # a number to text, with the word to send where one is needed; or WhatsApp
    chat: str = ""  # an address, or where to find it
    hours: str = ""
    languages: str = ""
    for_whom: str = ""
    source: str = ""  # where the number was read
    age: str = ""  # how old that was, as far as it says
    read_on: str = ""  # ISO date or month
    doubtful: bool = False  # pages disagree, or one directory alone has it
    local: bool = False  # a circle's own
    verified_on: date | None = None  # a person tried it, or read it on the line's own page
    note: str = ""

    @property
    def place(self) -> str:
        """Where it was read, in short: the host, or the name of the list that has it."""
        if self.listed_in is not None:
            return f"the list {self.listed_in}"
        found = _HOST.match(self.source)
        return found[1] if found else self.source

    @property
    def listed_in(self) -> str | None:
        """The name of the list that has it; None where it was read on a page."""
        listed = _LIST.match(self.source)
        return (listed[1] or listed[2]) if listed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line as a facilitator gives it."""

    kind: LineKind
    name: str
    phone: str = ""
    text: str = ""
    chat: str = ""  # an https address
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Somebody checked a line; None: they had everything about them deleted since."""

    on: date
    account: Account | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as it may be shown; `stale` must be said beside it, else the date of its check."""

    line: Line
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """All that is shown for one country: emergency first, then one to three lines of each kind."""

    region: str | None  # None: nobody has said which
    emergency: tuple[Shown, ...] = ()
    kinds: Mapping[LineKind, tuple[Shown, ...]] = field(default_factory=dict)
    directory: Line | None = None  # where lines of any country are found

    def of(self, kind: LineKind) -> tuple[Shown, ...]:
        """Those of a kind; none is an answer too."""
        return self.emergency if kind is LineKind.EMERGENCY else self.kinds.get(kind, ())


def composed(new: NewLine) -> NewLine:
    """The line with its blanks joined. Raises LineIncomplete, LineTooLong."""
    given = {name: " ".join(getattr(new, name).split()) for name in LIMITS}
    joined = NewLine(kind=new.kind, **given)
    for name, limit in LIMITS.items():
        if len(getattr(joined, name)) > limit:
            raise LineTooLong(name, limit)
    numbers_ = all(_DIGIT.search(given) for given in (joined.phone, joined.text) if given)
    address = not joined.chat or _ADDRESS.fullmatch(joined.chat)
    if not (joined.name and (joined.phone or joined.text or joined.chat) and numbers_ and address):
        raise LineIncomplete
    return joined


def local_id(number: int) -> LineId:
    """The id of a circle's own line by its row."""
    return LineId(f"{LOCAL}{number}")


def number_of(id_: LineId) -> int:
    """The row of a circle's own line; 0, which no row has, for any other id."""
    number = id_.removeprefix(LOCAL)
    return int(number) if id_.startswith(LOCAL) and number.isdecimal() and len(number) <= 18 else 0


def fresh(line: Line, today: date) -> bool:
    """Whether somebody has checked it within VERIFIED_FOR."""
    on = line.verified_on
    return on is not None and today - VERIFIED_FOR <= on <= today + AHEAD


def checked(lines: Iterable[Line], checks: Mapping[LineId, date]) -> list[Line]:
    """The lines with the newer of their own date and the one by which somebody checked them."""
    return [_checked(line, checks.get(line.id)) for line in lines]


def chosen(
    lines: Iterable[Line],
    region: str | None,
    kind: LineKind,
    today: date,
    *,
    limit: int = SHOWN,
    hide: bool = False,  # an operator may want no number that nobody has checked
) -> list[Shown]:
    """At most `limit` of a kind: a circle's own first, then what was checked, then as the table has them.

    A circle's own leave room for one of the table. A doubtful line comes without its numbers, where there is
    another way to it, until it is checked.
    """
    of_kind = (line for line in lines if line.kind is kind and (line.local or line.region == region))
    found = [_shown(line, today) for line in of_kind]
    usable = [each for each in found if each is not None and not (hide and each.stale)]
    usable.sort(key=lambda each: each.stale)  # a stable sort: the table's order otherwise
    own = [each for each in usable if each.line.local]
    table = [each for each in usable if not each.line.local]
    own = own[: limit - 1] if table else own[:limit]
    return [*own, *table[: limit - len(own)]]


def emergencies(lines: Sequence[Line], region: str | None, today: date, *, hide: bool = False) -> list[Shown]:
    """The country's emergency numbers; in the Union, where a country's own is not known, the Union's."""
    found = chosen(lines, region, LineKind.EMERGENCY, today, hide=hide)
    if not found and region in UNION:
        return chosen(lines, EUROPE, LineKind.EMERGENCY, today, hide=hide)
    return found


def emergency(lines: Sequence[Line], region: str | None) -> str | None:
    """The numbers alone, such as `112 or 999`; None where they are not known."""
    found = emergencies(lines, region, date.max - AHEAD)
    return numbers(found[0].line) if found else None


def numbers(line: Line) -> str:
    """An emergency line's numbers, with whom they reach where that is not everyone."""
    return f"{line.phone} ({line.for_whom})" if line.for_whom else line.phone


def help_for(lines: Sequence[Line], region: str | None, today: date, *, hide: bool = False) -> Help:
    """All that is shown for a country."""
    kinds = {kind: chosen(lines, region, kind, today, hide=hide) for kind in LineKind}
    crisis, other = kinds[LineKind.CRISIS], kinds[LineKind.OTHER]
    kinds[LineKind.CRISIS] = [*crisis, *other][:SHOWN]  # where there is room, whoever else listens
    return Help(
        region=region,
        emergency=tuple(emergencies(lines, region, today, hide=hide)),
        kinds={kind: tuple(found) for kind, found in kinds.items()},
        directory=next((line for line in lines if line.region == ANYWHERE), None),
    )


def covered(lines: Iterable[Line]) -> list[str]:
    """The countries of which a line is known, by code, in the table's order."""
    return list(dict.fromkeys(line.region for line in lines if line.region not in (EUROPE, ANYWHERE)))


def to_verify(lines: Iterable[Line], today: date) -> list[Line]:
    """Those that nobody has checked for VERIFIED_FOR, the doubtful first."""
    return sorted((line for line in lines if not fresh(line, today)), key=lambda line: not line.doubtful)


def _checked(line: Line, on: date | None) -> Line:
    if on is None or (line.verified_on is not None and line.verified_on >= on):
        return line
    return replace(line, verified_on=on)


def _shown(line: Line, today: date) -> Shown | None:
    if fresh(line, today):
        return Shown(line, stale=False)
    if not line.doubtful:
        return Shown(line, stale=True)
    return Shown(replace(line, phone="", text=""), stale=True) if line.chat else None
