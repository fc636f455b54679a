"""Values that the storage tests put in; ids look like Discord's, so that a raw search can find them."""

import base64
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.accounts import Account, Platform
from bot.domain.check_ins import Answer, Audience, CheckIn, Energy, Reactivity, Weather
from bot.domain.circles import Circle, Home, Settings
from bot.domain.ids import OccurrenceId, PromptId, ScheduleId
from bot.domain.members import Member, Scope
from bot.domain.occurrences import Occurrence, State
from bot.domain.schedules import Due, Kind, Schedule
from storage import Storage, Transaction

KEY = base64.urlsafe_b64encode(b"first key of the operator 32 b..").decode()
NEW_KEY = base64.urlsafe_b64encode(b"second key of the operator 32 b.").decode()

NOW = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC)
TODAY = NOW.date()
ADA = Account(Platform.DISCORD, "111222333444555666")
BEN = Account(Platform.DISCORD, "222333444555666777")
NOTE = "I rang my sister before answering him"
ANSWER = Answer(
    weather=(Weather.RAIN, Weather.FOG),
    energy=Energy.LOW,
    reactivity=Reactivity.WAVES,
    note=NOTE,
    audience=Audience.FACILITATORS,
)


def home(number: int = 1, *, facilitators: str | None = None, server: str = "900000000000000001") -> Home:
    """Distinct channels for each number, all in one server unless told otherwise."""
    return Home(
        platform=Platform.DISCORD,
        server=server,
        channel=f"9100000000000000{number:02}",
        facilitators=facilitators or f"9200000000000000{number:02}",
        role=f"9300000000000000{number:02}",
    )


def settings(**changes: Any) -> Settings:
    return Settings(**{"zone": ZoneInfo("Europe/Lisbon"), **changes})


async def made_circle(storage: Storage, number: int = 1) -> Circle:
    async with storage.begin() as tx:
        circle = await tx.circles.add(home(number), f"Larch Circle {number}", settings(), NOW)
        await tx.commit()
    return circle


async def made_member(storage: Storage, circle: Circle, account: Account = ADA) -> Member:
    async with storage.begin() as tx:
        member = await tx.members.add(circle.id, account, {Scope.CHECK_INS}, 1, NOW)
        await tx.commit()
    return member


async def made_schedule(
    storage: Storage, circle: Circle, at: datetime = NOW, when: time = time(9, 0)
) -> Schedule:
    async with storage.begin() as tx:
        schedule = await tx.schedules.add(circle.id, Kind.CHECK_IN, when, {1, 3, 5}, NOW, Due(at.date(), at))
        await tx.commit()
    return schedule


async def claimed(
    tx: Transaction, circle: Circle, schedule: ScheduleId | None = None, **changes: Any
) -> Occurrence | None:
    values: dict[str, Any] = {
        "kind": Kind.CHECK_IN,
        "date": TODAY,
        "due": NOW,
        "prompt": PromptId("ck-001"),
        "state": State.CLAIMED,
        "at": NOW,
        **changes,
    }
    return await tx.occurrences.claim(circle.id, schedule, **values)


async def made_occurrence(storage: Storage, circle: Circle, **changes: Any) -> Occurrence:
    async with storage.begin() as tx:
        occurrence = await claimed(tx, circle, **changes)
        await tx.commit()
    assert occurrence is not None
    return occurrence


def check_in(
    member: Member, occurrence: OccurrenceId | None = None, day: date = TODAY, answer: Answer = ANSWER
) -> CheckIn:
    return CheckIn(member=member.id, occurrence=occurrence, date=day, answer=answer, answered_at=NOW)


async def put(storage: Storage, given: CheckIn) -> None:
    async with storage.begin() as tx:
        await tx.check_ins.put(given)
        await tx.commit()


def later(**by: float) -> datetime:
    return NOW + timedelta(**by)
