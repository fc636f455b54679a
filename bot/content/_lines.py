"""Reads lines.csv, the one table of crisis lines; what is wrong in it is named by file, id and reason."""

import csv
import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from bot.content._checks import need
from bot.content._models_spoken import HelpLine
from bot.domain.errors import ContentError
from bot.domain.lines import ANYWHERE, EUROPE, Line, LineId, LineKind

LINES = "lines.csv"
COLUMNS = (
    "id", "country", "kind", "name", "phone", "text_or_whatsapp", "chat", "hours", "languages", "for_whom",
    "source", "source_age", "read_on", "confidence", "verified_on", "note",
)  # fmt: skip
CONFIDENCES = ("high", "medium", "low")
LONGEST = {"name": 60, "phone": 100, "text_or_whatsapp": 40, "chat": 80, "hours": 40, "languages": 40}
_ID = re.compile(r"hl-[a-z]{2}-[a-z0-9-]{1,30}")
_READ = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_UNSURE = re.compile(r"not (?:stated|checked)|director|disagree|implied", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d[\d -]*")

Row = Mapping[str, str]


def read_lines(folder: Path, regions: Collection[str]) -> tuple[Line, ...]:
    """The table, checked. Raises ContentError."""
    rows = _rows(folder)
    seen: set[str] = set()
    for row in rows:
        need(row["id"] not in seen, LINES, row["id"], "the id stands twice")
        seen.add(row["id"])
        _check(row, regions)
    lines = tuple(_line(row) for row in rows)
    urgent = [line.region for line in lines if line.kind is LineKind.EMERGENCY]
    for line in lines:
        once = line.kind is not LineKind.EMERGENCY or urgent.count(line.region) == 1
        need(once, LINES, line.id, "its country has two emergency rows")
    return lines


def check_signed(lines: Collection[Line], signed: Collection[HelpLine]) -> None:
    """The lines of safety.yaml stand in the table, by id and with the same digits: it alone is shown."""
    by_id = {line.id: line for line in lines}
    for one in signed:
        line = by_id.get(LineId(one.id))
        if line is None:
            raise ContentError("safety.yaml", one.id, f"the line is not in {LINES}")
        same = (line.region, line.kind) == (one.region, one.kind)
        need(same, "safety.yaml", one.id, f"its region or kind is not that of {LINES}")
        held = _digits(f"{line.phone} {line.text}")
        number = _NUMBER.findall(one.label)[-1:]  # a name may have digits too, and comes first
        need(
            bool(number) and _digits(number[0]) in held,
            "safety.yaml",
            one.id,
            f"its number is not that of {LINES}",
        )
        verified = str(line.verified_on) if line.verified_on else None
        need(one.verified_on == verified, "safety.yaml", one.id, f"verified_on is not that of {LINES}")


def _rows(folder: Path) -> list[dict[str, str]]:
    try:
        with (folder / LINES).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
    except FileNotFoundError:
        raise ContentError(LINES, "file", "is missing") from None
    except UnicodeDecodeError:
        raise ContentError(LINES, "file", "is not UTF-8 text") from None
    except csv.Error as fault:
        raise ContentError(LINES, "file", str(fault)) from None
    need(tuple(reader.fieldnames or ()) == COLUMNS, LINES, "header", f"is not {','.join(COLUMNS)}")
    for number, row in enumerate(rows, 2):
        whole = None not in row and None not in row.values()
        need(whole, LINES, row.get("id") or f"line {number}", f"has not {len(COLUMNS)} fields")
    return rows


def _check(row: Row, regions: Collection[str]) -> None:
    id_ = row["id"]
    kind, country = row["kind"], row["country"]
    need(_ID.fullmatch(id_) is not None, LINES, id_, "is no id such as hl-us-988")
    need(all(value == value.strip() for value in row.values()), LINES, id_, "a field has blanks around it")
    need(country in regions or country in (EUROPE, ANYWHERE), LINES, id_, f"there is no country {country}")
    need(kind in set(LineKind), LINES, id_, f"there is no kind {kind}")
    need(bool(row["name"]), LINES, id_, "has no name")
    ways = (row["phone"], row["text_or_whatsapp"], row["chat"])
    need(any(ways), LINES, id_, "has neither a number nor an address")
    for name, longest in LONGEST.items():
        need(len(row[name]) <= longest, LINES, id_, f"{name} has more than {longest} characters")
    digits = not row["phone"] or bool(_digits(row["phone"]))
    need(digits, LINES, id_, "phone has no digit")
    need(kind != LineKind.EMERGENCY or bool(row["phone"]), LINES, id_, "an emergency row has no phone")
    sure = _UNSURE.search(row["hours"]) is None
    need(sure, LINES, id_, "hours that are not stated stay empty")
    need(bool(row["source"]), LINES, id_, "has no source")
    need(_READ.fullmatch(row["read_on"]) is not None, LINES, id_, "read_on is no date or month")
    need(row["confidence"] in CONFIDENCES, LINES, id_, f"confidence is none of {', '.join(CONFIDENCES)}")
    _verified(row)


def _line(row: Row) -> Line:
    return Line(
        id=LineId(row["id"]),
        region=row["country"],
        kind=LineKind(row["kind"]),
        name=row["name"],
        phone=row["phone"],
        text=row["text_or_whatsapp"],
        chat=row["chat"],
        hours=row["hours"],
        languages=row["languages"],
        for_whom=row["for_whom"],
        source=row["source"],
        age=row["source_age"],
        read_on=row["read_on"],
        doubtful=row["confidence"] == "low",
        verified_on=_verified(row),
        note=row["note"],
    )


def _verified(row: Row) -> date | None:
    if not row["verified_on"]:
        return None
    try:
        return date.fromisoformat(row["verified_on"])
    except ValueError:
        raise ContentError(LINES, row["id"], "verified_on is no date as YYYY-MM-DD") from None


def _digits(said: str) -> str:
    return "".join(_DIGITS.findall(said))
