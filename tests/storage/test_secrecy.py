"""With the files alone nobody can be named and nothing read: a search of every byte that storage writes."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from bot.domain.alerts import NewAlert, Report, Source, acknowledged
from bot.domain.circles import Circle
from bot.domain.errors import VaultError
from bot.domain.following import Following
from bot.domain.listening.tiers import Tier
from bot.domain.members import Member
from bot.domain.outbox import Recipient
from bot.domain.shares import Draft, Review
from storage import Storage
from tests.storage.samples import (
    ADA,
    BEN,
    KEY,
    NEW_KEY,
    NOTE,
    NOW,
    TODAY,
    check_in,
    made_circle,
    made_member,
    made_occurrence,
    put,
)

SHARED, DECLINED, FACT = "Walking to the river helped", "It names the street", "Quarter past at the mill"
LINKED, CRIED, TOLD = "channels/31/41/59", "The kettle is too loud", "He wrote of the mill race"
WELCOME, POSTED, TOPIC, LETTER = (f"9600000000000000{number:02}" for number in range(4))
SAID = ('"rain"', '"fog"', '"waves"', '"facilitators"')  # parts of the answer, as JSON holds them


async def filled(storage: Storage) -> tuple[Circle, Member]:
    """One of everything that a person could be known by or hurt with."""
    circle = await made_circle(storage)
    member = await made_member(storage, circle)
    occurrence = await made_occurrence(storage, circle)
    await put(storage, check_in(member, occurrence.id))
    await put(storage, check_in(member))
    async with storage.begin() as tx:
        await tx.circles.put(replace(circle, welcome=WELCOME))
        await tx.occurrences.mark_sent(occurrence.id, POSTED, NOW)
        share = await tx.shares.add(circle.id, member.id, occurrence.id, Draft(text=SHARED, topic=TOPIC), NOW)
        await tx.shares.put(
            replace(share, review=Review.DECLINED, reason=DECLINED, decided_at=NOW), was=Review.WAITING
        )
        facts: dict[str, str | int | bool | None] = {"reason": FACT}
        about = await tx.outbox.add(circle.id, Recipient.MEMBER, "share-declined", facts, NOW, member.id)
        await tx.outbox.add(circle.id, Recipient.FACILITATORS, "missed-post", facts, NOW)
        await tx.outbox.delivered(about.id, NOW, LETTER)
        grave = NewAlert(source=Source.PRESSED, member=member.id, link=LINKED, words=CRIED)
        alert = await tx.alerts.add(circle.id, grave, NOW)
        await tx.alerts.put(acknowledged(alert, BEN, NOW))
        message = await tx.alerts.add(circle.id, NewAlert(source=Source.PEER, link=LINKED), NOW)
        await tx.alert_reports.put(message.id, Report(account=BEN, words=TOLD, at=NOW))
        await tx.duty.own(circle.id, BEN)
        await tx.commit()
    return circle, member


def secrets(circle: Circle) -> Sequence[str]:
    places = circle.home
    ids = (ADA.id, places.server, places.channel, places.facilitators, places.role)
    messages = (WELCOME, POSTED, TOPIC, LETTER)
    alerts = (LINKED, CRIED, TOLD, BEN.id)
    return (*ids, *messages, *alerts, circle.name, NOTE, SHARED, DECLINED, FACT, *SAID, KEY, NEW_KEY)


def found_in(files: Sequence[Path], secret: str) -> list[str]:
    """Where it stands as text in either byte order, or as a number of eight bytes."""
    shapes = [secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be")]
    if secret.isdecimal():
        shapes += [int(secret).to_bytes(8, order) for order in ("big", "little")]
    return [file.name for file in files if any(shape in file.read_bytes() for shape in shapes)]


async def test_no_byte_on_disk_names_anybody_or_says_anything(sqlite_url: str, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    storage = await Storage.open(sqlite_url, [KEY])
    circle, _ = await filled(storage)
    await storage.backup(backups / "one.db")
    assert (tmp_path / "trellis.db-wal").stat().st_size > 0, "the log is to be searched too"
    search(tmp_path, circle)
    await storage.close()

    rotated = await Storage.open(sqlite_url, [NEW_KEY, KEY])
    assert await rotated.rotate() == 3
    await rotated.backup(backups / "two.db")
    search(tmp_path, circle)
    await rotated.close()
    search(tmp_path, circle)


def search(folder: Path, circle: Circle) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"trellis.db"} <= {path.name for path in files}
    for secret in secrets(circle):
        assert found_in(files, secret) == []


async def test_the_search_would_find_what_is_not_sealed(sqlite_url: str, tmp_path: Path) -> None:
    storage = await Storage.open(sqlite_url, [KEY])
    circle, _ = await filled(storage)
    files = list(tmp_path.glob("trellis.db*"))
    assert found_in(files, "Europe/Lisbon"), "a setting, which is kept as it is"
    assert found_in(files, "ck-001"), "the id of a text"
    (tmp_path / "number").write_bytes(int(ADA.id).to_bytes(8, "big"))
    assert found_in([tmp_path / "number"], ADA.id) == ["number"]
    await storage.close()
    assert circle


async def test_no_row_on_postgres_names_anybody_or_says_anything(postgres_url: str) -> None:
    storage = await Storage.open(postgres_url, [KEY])
    circle, _ = await filled(storage)
    await storage.close()
    connection = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    names = [
        row[0]
        for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ]
    rows = [str(tuple(row)) for name in names for row in await connection.fetch(f'SELECT * FROM "{name}"')]
    await connection.close()
    assert len(rows) > 12
    for secret in secrets(circle):
        assert not any(secret in row for row in rows)


async def test_a_deleted_members_bytes_are_gone_from_the_files(sqlite_url: str, tmp_path: Path) -> None:
    storage = await Storage.open(sqlite_url, [KEY])
    circle, member = await filled(storage)
    await made_member(storage, circle, replace(ADA, id="5"))
    sealed = _sealed(tmp_path)
    async with storage.begin() as tx:
        await tx.members.delete(member.id)
        await tx.commit()
    files = list(tmp_path.glob("trellis.db*"))
    assert len(sealed) > 5
    for blob in sealed:
        assert not any(blob in file.read_bytes() for file in files)
    await storage.close()


async def test_a_deleted_answers_bytes_are_gone_from_the_files(sqlite_url: str, tmp_path: Path) -> None:
    storage = await Storage.open(sqlite_url, [KEY])
    circle = await made_circle(storage)
    member = await made_member(storage, circle)
    occurrence = await made_occurrence(storage, circle)
    await put(storage, check_in(member, occurrence.id))
    [sealed, *_] = _sealed(tmp_path)
    files = list(tmp_path.glob("trellis.db*"))
    assert any(sealed in file.read_bytes() for file in files)
    async with storage.begin() as tx:
        await tx.check_ins.delete(member.id, occurrence.id, TODAY)
        await tx.commit()
    assert not any(sealed in file.read_bytes() for file in files)
    await storage.close()


def _sealed(folder: Path) -> list[bytes]:
    """Every sealed value of the first member, and the wrapped key."""
    connection = sqlite3.connect(folder / "trellis.db")
    tables = {"check_ins": "sealed", "shares": "sealed", "outbox": "sealed", "member_keys": "wrapped"}
    questions = [f"SELECT {column} FROM {table} WHERE member_id = 1" for table, column in tables.items()]
    questions.append("SELECT sealed FROM members WHERE id = 1")
    blobs = [row[0] for question in questions for row in connection.execute(question)]
    connection.close()
    return blobs


async def test_values_print_without_what_they_hold(storage: Storage) -> None:
    circle, member = await filled(storage)
    async with storage.read() as tx:
        shown = [await tx.members.account(member.id), *await tx.check_ins.all_of(member.id)]
        said = repr([shown, await tx.shares.of(member.id), await tx.check_ins.of(member.id, None, TODAY)])
    for secret in (ADA.id, NOTE, SHARED, DECLINED, circle.name):
        assert secret not in said


@pytest.mark.parametrize("keys", [[NEW_KEY], []])
async def test_without_the_key_nothing_opens(sqlite_url: str, keys: list[str]) -> None:
    with pytest.raises(VaultError):
        await Storage.open(sqlite_url, keys)


async def test_what_followed_from_a_match_leaves_no_bytes_when_it_is_over(
    sqlite_url: str, tmp_path: Path
) -> None:
    storage = await Storage.open(sqlite_url, [KEY])
    member = await made_member(storage, await made_circle(storage))
    shown = Following(member=member.id, shown={Tier.SELF_HARM: NOW}, rests_until=NOW)
    for written in (shown, Following(member=member.id)):
        async with storage.begin() as tx:
            await tx.followings.put(written)
            await tx.commit()
        if written is shown:
            with closing(sqlite3.connect(tmp_path / "trellis.db")) as database:
                [(sealed,)] = database.execute("SELECT sealed FROM followings").fetchall()
    assert not any(sealed in file.read_bytes() for file in tmp_path.glob("trellis.db*"))
    await storage.close()
