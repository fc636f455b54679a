"""Help is there for anyone, also while the database is down; a circle's own lines are its facilitators'."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle
from bot.domain.errors import NoCircle, NotFacilitator
from bot.domain.languages import Language
from bot.domain.line_errors import LineIncomplete, NoSuchLine, TooManyLines
from bot.domain.lines import MOST_LOCAL, Help, LineId, LineKind, NewLine, local_id
from bot.services import _known_lines
from bot.services.circle_settings import Typed
from bot.services.lines import Lines
from cogs.privacy._data import as_data
from storage.backends import READERS
from storage.transaction import Reading
from tests.services.house import ADA, BEN, CONTENT, MARA, YES, House, person

ROOM = NewLine(
    kind=LineKind.CRISIS, name="North Street listening room", phone="01234 567890", hours="Mon 18-22"
)
SAMARITANS = LineId("hl-gb-sam")
SOON = 1.0  # seconds: within these help is there, whatever the database does
CLEO = person("5", server=None)  # in a direct message
ELSEWHERE = person("6", server="901")


@pytest.fixture(autouse=True)
def _always_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read a moment ago is asked for again, so that each step tells of the database as it is."""
    monkeypatch.setattr(_known_lines, "FRESH_FOR", _known_lines.PATIENCE * 0)


async def in_britain(house: House, channel: str = "10", region: str = "GB") -> Circle:
    circle = await house.circle(channel)
    return await house.circles.settings(MARA, circle.id, Typed(region=region))


def names(help_: Help, kind: LineKind = LineKind.CRISIS) -> list[str]:
    return [each.line.name for each in help_.of(kind)]


async def soon(lines: Lines, actor: Actor, **asked: str) -> Help:
    """The help, which must not be waited for."""
    began = time.perf_counter()
    help_ = await lines.help_for(actor, **asked)
    assert time.perf_counter() - began < SOON
    return help_


async def test_the_circle_s_country_is_known_to_who_joined_and_to_who_did_not(house: House) -> None:
    circle = await in_britain(house)
    await house.members.join(ADA, circle.id, YES)
    at_home = Actor(account=ADA.account, server=None)  # a member, in a direct message
    for who in (BEN, ADA, MARA, at_home):
        help_ = await house.lines.help_for(who, channel="10")
        assert (help_.region, names(help_)) == ("GB", ["Samaritans", "Shout"])
        assert await house.lines.region_of(who) == "GB"
    for stranger in (CLEO, ELSEWHERE):
        assert await house.lines.region_of(stranger, "10") is None
        assert names(await house.lines.help_for(stranger)) == []


async def test_a_person_s_own_circle_goes_along_to_a_server_where_there_is_none(house: House) -> None:
    circle = await in_britain(house)
    await house.members.join(ADA, circle.id, YES)
    assert await house.lines.region_of(Actor(account=ADA.account, server="901")) == "GB"
    await house.members.leave(ADA, circle.id)
    assert await house.lines.region_of(Actor(account=ADA.account, server="901")) is None


async def test_where_two_countries_are_possible_none_is_guessed(house: House) -> None:
    await in_britain(house)
    await in_britain(house, "20", region="IE")
    assert await house.lines.region_of(BEN) is None
    assert await house.lines.region_of(BEN, "20") == "IE"
    assert await house.lines.region_of(BEN, "200") == "IE"  # the facilitators' channel


async def test_any_country_is_found_by_name_or_code_and_an_unknown_one_is_said_back(house: House) -> None:
    await in_britain(house)
    for typed in ("US", "united states", " usa "):
        found = await house.lines.find(BEN, typed=typed)
        assert (found.help.region, found.circle, found.unknown) == ("US", None, None)
    german = replace(BEN, language=Language.DE)
    assert (await house.lines.find(german, typed="Frankreich")).help.region == "FR"
    assert (await house.lines.find(german, typed="France")).help.region == "FR"
    lost = await house.lines.find(BEN, typed="Atlantis")
    assert (lost.help.region, lost.unknown) == (None, "Atlantis")
    codes = [code for code, _ in house.lines.regions()]
    assert {"GB", "US", "EE"} <= set(codes)


async def test_a_circle_s_own_line_is_shown_there_and_nowhere_else(house: House) -> None:
    circle, south = await in_britain(house), await in_britain(house, "20")
    line, kept = await house.lines.add(MARA, circle.id, ROOM)
    assert kept.lines[0].name == ROOM.name
    assert names(await house.lines.help_for(BEN, channel="10"))[0] == ROOM.name
    assert names(await house.lines.help_for(BEN, channel="10", region="GB"))[0] == ROOM.name
    assert ROOM.name not in names(await house.lines.help_for(BEN, channel="10", region="IE"))
    assert ROOM.name not in names(await house.lines.help_for(BEN, channel="20"))
    assert names(await house.lines.help_of(circle.id))[0] == ROOM.name
    await house.lines.remove(MARA, circle.id, line.id)
    assert ROOM.name not in names(await house.lines.help_for(BEN, channel="10"))
    with pytest.raises(NoSuchLine):
        await house.lines.remove(MARA, south.id, line.id)


async def test_a_check_counts_for_its_circle_for_ninety_days(house: House) -> None:
    circle, _ = await in_britain(house), await in_britain(house, "20")
    line, _ = await house.lines.add(MARA, circle.id, ROOM)
    for id_ in (SAMARITANS, line.id):
        kept = await house.lines.check(MARA, circle.id, id_)
        assert kept.checks[id_].account == MARA.account
    shown = {
        each.line.name: each.stale for each in (await house.lines.help_of(circle.id)).of(LineKind.CRISIS)
    }
    assert shown == {ROOM.name: False, "Samaritans": False, "Shout": True}
    other = (await house.lines.help_for(BEN, channel="20")).of(LineKind.CRISIS)
    assert all(each.stale for each in other)
    await house.step(days=91)
    assert all(each.stale for each in (await house.lines.help_of(circle.id)).of(LineKind.CRISIS))
    await house.lines.check(MARA, circle.id, SAMARITANS)
    kept = await house.lines.uncheck(MARA, circle.id, SAMARITANS)
    assert SAMARITANS not in kept.checks


async def test_only_the_circle_s_facilitators_touch_its_lines(house: House) -> None:
    circle = await in_britain(house)
    for actor, refusal in ((ADA, NotFacilitator), (person("7", "78"), NotFacilitator), (ELSEWHERE, NoCircle)):
        for deed in (
            house.lines.kept(actor, circle.id),
            house.lines.add(actor, circle.id, ROOM),
            house.lines.check(actor, circle.id, SAMARITANS),
            house.lines.uncheck(actor, circle.id, SAMARITANS),
            house.lines.remove(actor, circle.id, local_id(1)),
        ):
            with pytest.raises(refusal):
                await deed
    kept = await house.lines.kept(MARA, circle.id)
    assert kept.checks == {}
    assert not any(line.local for line in kept.lines)


async def test_what_is_no_line_is_refused_and_what_comes_with_trellis_stays(house: House) -> None:
    circle = await in_britain(house)
    with pytest.raises(LineIncomplete):
        await house.lines.add(MARA, circle.id, NewLine(kind=LineKind.CRISIS, name="North"))
    for id_ in ("hl-us-988", "hl-gb-nobody", "local-1", "local-x", ""):
        with pytest.raises(NoSuchLine):
            await house.lines.check(MARA, circle.id, LineId(id_))
    with pytest.raises(NoSuchLine):
        await house.lines.remove(MARA, circle.id, SAMARITANS)
    for _ in range(MOST_LOCAL):
        await house.lines.add(MARA, circle.id, ROOM)
    with pytest.raises(TooManyLines):
        await house.lines.add(MARA, circle.id, ROOM)


async def test_each_deed_stands_in_the_audit_list_and_goes_along_in_the_export(house: House) -> None:
    circle = await in_britain(house)
    line, _ = await house.lines.add(MARA, circle.id, ROOM)
    await house.lines.check(MARA, circle.id, line.id)
    await house.lines.check(MARA, circle.id, SAMARITANS)
    await house.lines.uncheck(MARA, circle.id, line.id)
    await house.lines.remove(MARA, circle.id, line.id)
    deeds = [entry.deed for entry in await house.circles.audit(MARA, circle.id)]
    assert deeds[:5] == [
        Deed.LINE_REMOVED, Deed.LINE_UNCHECKED, Deed.LINE_CHECKED, Deed.LINE_CHECKED, Deed.LINE_ADDED,
    ]  # fmt: skip
    data = as_data(await house.privacy.everything(MARA), CONTENT)
    assert [each["line"] for each in data["help_lines_you_checked"]] == [SAMARITANS]
    await house.members.delete_all(MARA)
    assert as_data(await house.privacy.everything(MARA), CONTENT)["help_lines_you_checked"] == []
    kept = await house.lines.kept(MARA, circle.id)
    assert kept.checks[SAMARITANS].account is None  # the check stays, without a name


async def broken(house: House, file: Path) -> None:
    """The database's file holds something else, and every connection to it is gone."""
    await house.storage.close()
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()
    file.write_bytes(b"no database any more" * 400)
    with pytest.raises(SQLAlchemyError):
        async with house.storage.read() as tx:
            await tx.circles.all()


@pytest.mark.usefixtures("on_sqlite")
async def test_with_the_database_broken_what_was_known_is_shown(house: House, tmp_path: Path) -> None:
    circle = await in_britain(house)
    await house.members.join(ADA, circle.id, YES)
    await house.lines.add(MARA, circle.id, ROOM)
    await house.lines.check(MARA, circle.id, SAMARITANS)
    await house.lines.refresh()
    await broken(house, tmp_path / "trellis.db")
    help_ = await soon(house.lines, Actor(account=ADA.account, server=None))
    assert names(help_)[0] == ROOM.name
    assert {each.line.name: each.stale for each in help_.of(LineKind.CRISIS)} == {
        ROOM.name: True,
        "Samaritans": False,
        "Shout": True,
    }
    assert names(await soon(house.lines, BEN, region="US"))[0] == "988 Suicide & Crisis Lifeline"


@pytest.mark.usefixtures("on_sqlite")
async def test_started_anew_while_it_is_down_the_country_is_asked_for(house: House, tmp_path: Path) -> None:
    circle = await in_britain(house)
    await broken(house, tmp_path / "trellis.db")
    anew = Lines(house.storage, house.clock, CONTENT)
    assert (await soon(anew, BEN)).region is None
    assert (await anew.help_of(circle.id)).region is None
    assert names(await soon(anew, BEN, region="GB")) == ["Samaritans", "Shout"]


async def test_with_the_database_hanging_nobody_waits_for_it(house: House) -> None:
    await in_britain(house)
    await house.lines.refresh()
    async with AsyncExitStack() as held:
        for _ in range(READERS):  # all the connections that there are, and none is given back
            tx = await held.enter_async_context(house.storage.read())
            await tx.circles.all()
        helps = await asyncio.gather(*(soon(house.lines, BEN) for _ in range(50)))
    assert {help_.region for help_ in helps} == {"GB"}
    assert (await soon(house.lines, BEN)).region == "GB"


async def test_of_two_reads_on_their_way_the_later_one_counts(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle, slow = await in_britain(house), house.storage.read
    began, gate = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def held() -> AsyncIterator[Reading]:
        async with slow() as tx:
            await tx.circles.all()  # as it is now
            began.set()
            await gate.wait()
            yield tx

    memory = _known_lines.Memory(house.storage)
    monkeypatch.setattr(_known_lines, "PATIENCE", _known_lines.PATIENCE * 0)
    monkeypatch.setattr(house.storage, "read", held)
    await memory.renew()
    first = memory._reading
    assert first is not None
    await began.wait()
    monkeypatch.setattr(house.storage, "read", slow)
    await house.circles.settings(MARA, circle.id, Typed(region="IE"))
    monkeypatch.setattr(_known_lines, "PATIENCE", _known_lines.GIVEN_UP * 5)
    await memory.renew()
    gate.set()
    await first
    assert memory._known.circles[circle.id].settings.region == "IE"


async def test_an_operator_may_hide_what_nobody_checked(house: House) -> None:
    circle = await in_britain(house)
    strict = Lines(house.storage, house.clock, CONTENT, hide_unverified=True)
    help_ = await strict.help_of(circle.id)
    assert (names(help_), help_.emergency) == ([], ())
    assert help_.directory is not None
    await strict.check(MARA, circle.id, SAMARITANS)
    assert names(await strict.help_of(circle.id)) == ["Samaritans"]
