"""What the privacy page promises, held against every byte that a real bot leaves on disk and in its log."""

import asyncio
import base64
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import __version__
from bot.domain.errors import VaultError
from bot.domain.ids import MemberId
from bot.domain.occurrences import Reason, State
from bot.metrics import Came, Kind, Where
from storage import Storage, keyring
from storage.migrate import newest
from storage.vault import Operator, Vault, Wrapped, key_place, place_of
from tests.app.story import CIRCLE, NAMES, SAID, Story, told

pytestmark = pytest.mark.long

MOMENTS = ("while running", "beside a backup", "after SIGKILL", "after it was stopped")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Told once; every test looks at what it left."""
    return asyncio.run(told(tmp_path_factory.mktemp("story")))


def shapes(secret: str) -> Iterator[bytes]:
    """How it could stand in a file: as text in three encodings, as JSON, in base64, as a number."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield secret.encode(encoding)
    yield json.dumps(secret)[1:-1].encode()
    for lead in range(3):  # base64 depends on where the text begins; its whole groups stay the same
        encoded = base64.b64encode(b"\0" * lead + secret.encode())
        yield encoded[4 if lead else 0 : -4]
    if secret.isdecimal():
        yield from (int(secret).to_bytes(8, order) for order in ("big", "little"))


def found(story: Story, secrets: Mapping[str, str]) -> list[tuple[str, str]]:
    """Which secret stands where."""
    return [
        (what, where)
        for what, secret in secrets.items()
        for where, held in story.bytes.items()
        if any(shape in held for shape in shapes(secret))
    ]


def test_the_story_left_what_is_to_be_searched(story: Story) -> None:
    names = {where.split(": ")[1].split("/")[-1] for where in story.bytes}
    assert {"trellis.db", "trellis.db-wal", "before.db", "after.db", "said.log"} <= names
    assert any(name.endswith(".keyring") for name in names)
    assert {where.split(": ")[0] for where in story.bytes} == set(MOMENTS)
    assert all(held for where, held in story.bytes.items() if "trellis.db-wal" in where)
    log = story.log.read_text()
    for event in ("unexpected error", "letter not delivered", "reference="):
        assert event in log
    with closing(sqlite3.connect(story.backup)) as backup:
        counts = [
            backup.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("members", "check_ins", "shares", "outbox", "occurrences")
        ]
    assert counts[:3] == [3, 3, 4]
    assert all(counts[3:])
    assert len(story.ids) > 20


@pytest.mark.parametrize(
    "write",
    [
        lambda secret: secret.encode(),
        lambda secret: secret.encode("utf-16-le"),
        lambda secret: base64.b64encode(b"x" + secret.encode()),
        lambda secret: json.dumps({"said": secret}).encode(),
    ],
)
def test_the_search_finds_what_is_planted(story: Story, write: object) -> None:
    planted = write(SAID["reason"])  # type: ignore[operator]
    spoiled = Story(story.folder, story.key, bytes={"planted": b"\0\1" + planted + b"\2"})
    assert found(spoiled, {"reason": SAID["reason"]}) == [("reason", "planted")]


def test_the_search_finds_a_planted_number(story: Story) -> None:
    for order in ("big", "little"):
        planted = int(story.ada).to_bytes(8, order)  # type: ignore[arg-type]
        assert found(Story(story.folder, "", bytes={"planted": planted}), {"Ada": story.ada})


LABELS = {  # every label there is, and every value that it may have
    "outcome": {*State, *Came, "made", "failed"},
    "reason": {"", *Reason},
    "kind": set(Kind),
    "status": {"2xx", "3xx", "4xx", "429", "5xx", "none"},
    "where": set(Where),
    "cause": {"database", "discord", "network", "ours"},
    "job": {
        "dispatch", "letters", "alerts", "duty", "duty-roles", "care", "meetings", "leavings", "closings",
        "drafts", "retention", "review", "reminders", "commitments", "pairs", "paces", "guards", "mutes",
        "departures", "lines", "life", "backup", "screening", "listening",
    },
    "version": {__version__}, "schema": {newest()},
}  # fmt: skip


def test_every_label_of_the_metrics_is_one_of_a_closed_set(story: Story) -> None:
    said, _, health = story.metrics.read_text().rpartition("\n{")
    assert json.loads("{" + health)["ready"] is True
    seen = defaultdict[str, set[str]](set)
    for family in text_string_to_metric_families(said):
        for sample in family.samples:
            for name, value in sample.labels.items():
                seen[name].add(value)
            assert sample.name.startswith(("trellis_", "python_", "process_"))
            if sample.name.startswith("python_"):  # of the interpreter, which knows nothing of us
                continue
            for name, value in sample.labels.items():
                if name == "le":
                    float(value)
                else:
                    assert value in LABELS[name], (sample.name, name, value)
    assert seen["job"] == LABELS["job"]
    assert {"command", "component", "form", "message"} <= seen["kind"]


def test_the_metrics_tell_of_the_day(story: Story) -> None:
    values = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(story.metrics.read_text().rpartition("\n{")[0])
        for sample in family.samples
    }
    for kind in ("command", "component", "form"):
        assert values["trellis_interactions_total", kind] >= values[
            "trellis_interaction_answer_seconds_count", kind
        ] > 3  # fmt: skip
    assert values["trellis_posts_total", "", "sent"] >= 2
    assert values["trellis_letter_tries_total", "delivered"] > 5
    assert values["trellis_letter_tries_total", "closed"] >= 1
    assert values["trellis_errors_total", "answer", "database"] >= 1
    assert values["trellis_interaction_answers_refused_total",] == 2
    assert values["trellis_discord_answers_total", "2xx"] > 50
    assert values["trellis_database_commits_total",] > 30
    assert values["trellis_job_seconds_count", "dispatch"] >= 2
    for up in ("trellis_connected", "trellis_ready", "trellis_database_up"):
        assert values[up,] == 1
    assert values["process_start_time_seconds",] > 1.7e9


def test_no_file_and_no_log_names_an_account_a_place_or_a_message(story: Story) -> None:
    assert found(story, story.ids) == []


def test_no_file_and_no_log_holds_a_person_s_or_a_circle_s_name(story: Story) -> None:
    names = ("Wrenhaven", "Lanternbearer", "kestrels", CIRCLE, *NAMES)
    assert found(story, {name: name for name in names}) == []


def test_no_file_and_no_log_holds_a_word_that_anybody_wrote(story: Story) -> None:
    assert found(story, SAID) == []


def test_no_file_and_no_log_holds_the_token_or_the_key(story: Story) -> None:
    assert found(story, story.tokens) == []


def test_no_log_quotes_an_address_in_which_ids_and_tokens_stand(story: Story) -> None:
    log = story.log.read_text()
    assert not re.search(r"/(channels|interactions|webhooks|guilds)/", log)
    assert not re.search(r"\b\d{15,}\b", log)
    assert "Traceback" not in log


def test_the_files_are_readable_to_their_owner_alone(story: Story) -> None:
    files = [each for each in story.folder.rglob("*") if each.is_file() and each != story.log]
    assert {story.database, story.backup, *story.backup.parent.glob("*.keyring")} <= set(files)
    folder = story.database.parent  # made by the bot itself
    assert [each.name for each in (*files, folder) if each.stat().st_mode & 0o077] == []


def opened_in(backup: Path, story: Story, ring: Path) -> list[str]:
    """Whatever of Ada's opens in a backup, with every key that the operator and the keyring give."""
    operator = Operator([story.key])
    with closing(sqlite3.connect(backup)) as rows:
        house = {
            purpose: Wrapped(key, blob)
            for purpose, key, blob in rows.execute("SELECT purpose, operator, wrapped FROM vault_keys")
        }
        vault = Vault(operator, house)
        mine = rows.execute("SELECT id FROM members WHERE id = 1").fetchall()
        sealed = rows.execute("SELECT sealed FROM check_ins WHERE member_id = 1").fetchall()
    assert mine
    assert sealed
    keys = [operator.unwrap(key, key_place(ref)) for ref, key in keyring.read(ring).items()]
    keys.append(operator.unwrap(house["house"], place_of("house")))
    return [said for row in sealed for key in keys for said in _opened(vault, row[0], key)]


def _opened(vault: Vault, sealed: bytes, key: bytes) -> Iterator[str]:
    try:
        yield str(vault.open(sealed, "check_ins/sealed/1", key))
    except VaultError:
        return


def test_a_backup_opens_with_the_keyring_of_its_time(story: Story) -> None:
    copies = story.folder / "copies"
    [ring] = copies.glob("*.keyring")
    assert SAID["note of Ada"] in "".join(opened_in(copies / "before.db", story, ring))


def test_after_deleting_everything_nothing_opens_in_the_backup_made_before(story: Story) -> None:
    [ring] = story.backup.parent.glob("*.keyring")
    assert opened_in(story.backup, story, ring) == []


def test_after_deleting_everything_no_sealed_byte_of_theirs_is_left_in_the_database(story: Story) -> None:
    with closing(sqlite3.connect(story.backup)) as rows:
        sealed = [
            row[0]
            for table in ("check_ins", "shares", "outbox", "looks", "preferences", "reminders", "opt_outs")
            for row in rows.execute(f"SELECT sealed FROM {table} WHERE member_id = 1")
        ]
        sealed += [row[0] for row in rows.execute("SELECT sealed FROM members WHERE id = 1")]
    assert len(sealed) > 4
    kept = [
        story.bytes["after it was stopped: data/trellis.db"],
        story.backup.with_name("after.db").read_bytes(),
    ]
    assert not any(blob in held for blob in sealed for held in kept)


async def test_a_restored_backup_knows_the_others_and_nothing_of_who_deleted_everything(
    story: Story, tmp_path: Path
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'restored.db'}"
    await Storage.restore(story.backup, url, [story.key])
    storage = await Storage.open(url, [story.key])
    try:
        async with storage.read() as tx:
            [circle] = await tx.circles.all()
            assert circle.name == CIRCLE
            assert await tx.members.count(circle.id) == 2
            notes = [
                each.answer.note
                for number in (1, 2, 3)
                for each in await tx.check_ins.all_of(MemberId(number))
            ]
    finally:
        await storage.close()
    assert SAID["note of Ben"] in notes
    assert SAID["note of Ada"] not in notes
