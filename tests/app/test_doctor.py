"""`python -m bot doctor`: each thing it looks at, well and ill, against a Discord that answers, and files."""

import os
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot import content
from bot.doctor import _here, examine, shown
from bot.doctor._texts import texts_reviewed
from bot.domain.accounts import Platform
from bot.domain.circles import Home, Settings
from bot.domain.findings import Finding, Mark
from bot.domain.guard import Guard, Policy
from bot.domain.languages import Language
from bot.domain.lines import LineId
from bot.domain.meetings import Meeting, Standing
from bot.domain.members import CONSENT_VERSION
from bot.domain.pairs import Wish
from bot.domain.zones import zone
from bot.settings import new_key
from cogs.checkup import wanted_commands
from sandbox import Sandbox
from sandbox.permissions import Permission
from storage import Storage
from tests.app.test_cli import ended
from tests.clocks import SteppedClock
from tests.cogs.conftest import laid
from tests.cogs.house import KEY, House
from tests.services.house import MARA

FURTHER = (
    Permission.CREATE_EVENTS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.MANAGE_GUILD
    | Permission.MENTION_EVERYONE
)


@dataclass
class Installation:
    """A `.env` in words, a database with one circle, and a sandbox where the bot is invited."""

    folder: Path
    house: House
    clock: SteppedClock
    env: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder / 'trellis.db'}"

    async def found(self, *, lines: bool = False, **changes: str | None) -> dict[str, Finding]:
        """What is found, by name."""
        env = {name: value for name, value in {**self.env, **changes}.items() if value is not None}
        findings = await examine(None, env, clock=self.clock, lines=lines)
        return {each.name: each for each in findings}

    async def storage(self) -> Storage:
        return await Storage.open(self.url, [self.env["TRELLIS_KEY"]])

    async def laid(self) -> None:
        """The database with its circle, and the commands told to Discord."""
        storage = await self.storage()
        async with storage.begin() as tx:
            settings = Settings(zone=zone("Europe/London"), region="GB")
            await tx.circles.add(home(self.house), "North", settings, self.clock.now())
            await tx.commit()
        await storage._keyrings.fill(self.folder / "kept")  # as a backup does, and quicker
        await storage.close()
        shutil.copy(self.folder / "trellis.db", self.folder / "kept" / "trellis.backup")
        for command in await wanted_commands():
            self.house.sandbox.world.commands[command["name"]] = {
                **command,
                "id": command["name"],
                "application_id": self.house.application.id,
            }

    async def using(self, voice: str) -> None:
        """The circle has a meeting, a guard, and somebody who waits for a listening pair."""
        storage, now = await self.storage(), self.clock.now()
        async with storage.begin() as tx:
            [circle] = await tx.circles.all()
            meeting = Meeting(
                circle=circle.id, day=2, time=time(19), first=date(2026, 12, 1), channel=voice, changed_at=now
            )
            await tx.meetings.put(Standing(meeting=meeting))
            await tx.guards.put(Guard(circle=circle.id, policy=Policy.HOLD), now)
            member = await tx.members.add(circle.id, MARA.account, frozenset(), CONSENT_VERSION, now)
            await tx.pairs.put_wish(Wish(member=member.id), now + timedelta(days=3))
            await tx.commit()
        await storage.close()


def home(house: House) -> Home:
    """Where the circle lives."""
    return Home(
        platform=Platform.DISCORD,
        server=house.guild.id,
        channel=house.channel.id,
        facilitators=house.backroom.id,
        role=house.role.id,
    )


@pytest.fixture
async def it(tmp_path: Path, empty: Path) -> AsyncIterator[Installation]:
    (tmp_path / "kept").mkdir()
    shutil.copy(empty, tmp_path / "trellis.db")
    (tmp_path / "trellis.db").chmod(0o600)
    async with Sandbox() as sandbox:
        house = laid(sandbox, tmp_path)
        env = {
            "DISCORD_TOKEN": house.application.token,
            "DISCORD_API_URL": sandbox.api_url,
            "TRELLIS_KEY": KEY,
        }
        made = Installation(tmp_path, house, SteppedClock(datetime.now(UTC)), env)
        made.env["DATABASE_URL"] = made.url
        await made.laid()
        yield made


def to_do(found: Mapping[str, Finding]) -> list[str]:
    return [name for name, each in found.items() if each.mark is Mark.TO_DO]


async def test_a_sound_installation_has_nothing_to_do(it: Installation) -> None:
    found = await it.found()
    assert to_do(found) == [], found
    assert [*found] == [
        "Settings", "Token", "Intents", "Own app", "Commands", "Servers", "Permissions", "Features", "Clock",
        "Database", "Key", "Time zones", "Disk", "Backups", "Running", "Help lines", "Review",
    ]  # fmt: skip
    assert found["Backups"].said.startswith(f"The newest in {it.folder / 'kept'} is less than an hour old")
    out = StringIO()
    assert shown([*found.values()], Console(file=out, width=100)) == 0
    assert out.getvalue().rstrip().endswith("All is well.")


async def test_without_a_token_all_that_needs_none_is_looked_at(it: Installation) -> None:
    found = await it.found(DISCORD_TOKEN=None)
    assert to_do(found) == ["Token"]
    assert "developer portal" in found["Token"].said
    assert found["Key"].mark is Mark.OK
    assert "Permissions" not in found


async def test_what_is_wrong_with_the_settings_is_all_told_and_quoted_nowhere(it: Installation) -> None:
    found = await it.found(TRELLIS_KEY="geheim", LOG_LEVEL="laut", SHARD_IDS="0", DISCORD_TOKEN="two words")
    named = {row.split(" ")[0] for row in found["Settings"].more}
    assert named == {"DISCORD_TOKEN", "TRELLIS_KEY", "LOG_LEVEL", "SHARD_COUNT"}
    assert not any(word in str(found) for word in ("geheim", "laut", "two words"))
    assert "TRELLIS_KEY is to be set right first" in found["Database"].said


async def test_a_token_that_discord_refuses_and_a_discord_that_is_away_are_told_apart(
    it: Installation,
) -> None:
    assert "refused DISCORD_TOKEN" in (await it.found(DISCORD_TOKEN="nobodys"))["Token"].said
    away = await it.found(DISCORD_API_URL="http://127.0.0.1:9/api/v10")
    assert to_do(away) == ["Discord"]
    it.house.sandbox.faults.fail_next("GET", "/applications/@me", status=503)
    assert "503" in (await it.found())["Discord"].said


async def test_a_missing_permission_is_named_with_its_channel(it: Installation) -> None:
    denied = int(Permission.SEND_MESSAGES | Permission.EMBED_LINKS)
    it.house.channel.overwrite(it.house.application.bot, deny=denied)
    it.house.backroom.overwrites.clear()
    it.house.backroom.overwrite(it.house.guild.default_role, deny=int(Permission.VIEW_CHANNEL))
    found = (await it.found())["Permissions"]
    assert found.mark is Mark.TO_DO
    assert found.more[0] == "North: #north lacks Send Messages, Embed Links"
    assert "#facilitators lacks View Channel" in found.more[1] or "can't see" in found.more[1]
    it.house.guild.remove_member(it.house.application.bot)
    gone = await it.found()
    assert gone["Servers"].more == ("North",)
    assert gone["Servers"].mark is Mark.TO_DO


async def test_what_a_feature_in_use_lacks_is_named_and_of_one_that_is_not_used_nothing(
    it: Installation,
) -> None:
    bot, voice = it.house.application.bot, it.house.guild.add_voice_channel("evenings")
    for role in it.house.guild.roles.values():
        role.permissions &= ~int(FURTHER)
        role.mentionable = False
    found = (await it.found())["Features"]
    assert found.mark is Mark.NOTE  # nothing of it is used; alerts alone are there for every circle
    assert [row.split(":")[1].strip() for row in found.more] == [
        "an alert wakes nobody while nobody is on duty"
    ]
    await it.using(voice.id)
    found = (await it.found())["Features"]
    assert found.mark is Mark.TO_DO
    meeting, pairs, guard = found.more[:3]
    assert meeting == "North: Create Events in its voice channel, for the event of its meeting"
    assert pairs.startswith(
        "North: Create Private Threads, Send Messages in Threads in the circle's channel, "
    )
    assert guard == "North: Manage Server on the server, for its guard"
    voice.overwrite(bot, allow=int(Permission.CREATE_EVENTS))
    it.house.channel.overwrite(bot, allow=int(FURTHER))
    it.house.guild.grant(it.house.guild.find_role("Trellis"), int(Permission.MANAGE_GUILD))
    it.house.role.mentionable = True
    found = (await it.found())["Features"]
    assert (found.mark, found.more) == (Mark.OK, ())


async def test_a_second_set_of_commands_for_one_server_is_told_with_the_way_to_clear_it(
    it: Installation,
) -> None:
    it.house.sandbox.world.commands["twice"] = {
        **it.house.sandbox.world.commands["about"],
        "id": "twice",
        "guild_id": it.house.guild.id,
    }
    found = (await it.found())["Commands"]
    assert (found.mark, found.more) == (Mark.TO_DO, ("that of North: about",))
    assert "show twice" in found.said


async def test_permissions_are_counted_as_the_running_bot_counts_them(it: Installation) -> None:
    for role in it.house.guild.roles.values():
        role.permissions = 0
    assert len((await it.found())["Permissions"].more) == 2
    for role in it.house.guild.roles.values():
        role.permissions = int(Permission.ADMINISTRATOR)
    assert (await it.found())["Permissions"].mark is Mark.OK


async def test_intents_that_are_on_for_nothing_and_commands_that_differ_are_worth_knowing(
    it: Installation,
) -> None:
    it.house.application.privileged = 1 << 15
    it.house.sandbox.world.commands["about"]["description"] = "Else"
    del it.house.sandbox.world.commands["help-now"]
    found = await it.found()
    assert "Message Content is on and not needed" in found["Intents"].said
    assert (found["Commands"].mark, found["Commands"].more) == (Mark.NOTE, ("about, help-now",))
    assert to_do(found) == []


async def test_a_clock_that_is_off_is_told_by_how_much(it: Installation) -> None:
    for by, said in ((90, "ahead of"), (-90, "behind")):
        began = datetime.now(UTC)  # the sandbox's Date is the machine's, in whole seconds
        it.clock.set(began + timedelta(seconds=by))
        found = (await it.found())["Clock"]
        took = (datetime.now(UTC) - began).total_seconds()
        told = re.search(rf"is (\d+) seconds {said} Discord's", found.said)
        assert (found.mark, bool(told)) == (Mark.TO_DO, True), found.said
        ahead = int(told[1]) * (1 if by > 0 else -1)  # type: ignore[index]
        assert by - took - 1 <= ahead <= by + 2, found.said


class SlowWay:
    """A clock by which each request that the sandbox answers takes a minute."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._before = sandbox, len(sandbox.traffic.requests)

    def now(self) -> datetime:
        """The first answer came at once."""
        asked = len(self._sandbox.traffic.requests) - self._before
        return datetime.now(UTC) + timedelta(minutes=max(asked - 1, 0))


async def test_a_clock_is_not_called_wrong_for_the_time_that_the_questions_take(it: Installation) -> None:
    findings = await examine(None, it.env, clock=SlowWay(it.house.sandbox))
    (clock,) = [each for each in findings if each.name == "Clock"]
    assert clock.mark is Mark.OK, clock.said


async def test_another_key_another_version_no_file_and_no_database_at_all(it: Installation) -> None:
    found = await it.found(TRELLIS_KEY=new_key())
    assert (found["Database"].mark, found["Key"].mark) == (Mark.OK, Mark.TO_DO)
    none = await it.found(DATABASE_URL=f"sqlite+aiosqlite:///{it.folder / 'none.db'}")
    assert "the first start makes it" in none["Database"].said
    assert not (it.folder / "none.db").exists()
    with closing(sqlite3.connect(it.folder / "trellis.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.commit()
    assert "python -m bot migrate" in (await it.found())["Database"].said
    (it.folder / "text.db").write_bytes(b"no database " * 400)
    broken = (await it.found(DATABASE_URL=f"sqlite+aiosqlite:///{it.folder / 'text.db'}"))["Database"]
    assert (broken.mark, "came back" in broken.said) == (Mark.TO_DO, True)
    away = await it.found(DATABASE_URL="postgresql+asyncpg://root:geheim@127.0.0.1:9/x")
    assert away["Database"].mark is Mark.TO_DO
    assert "geheim" not in str(away)


async def test_a_file_of_settings_that_others_can_read_is_to_be_shut(it: Installation) -> None:
    env_file = it.folder / ".env"
    env_file.write_text("".join(f"{name}={value}\n" for name, value in it.env.items()))
    for mode, marks in ((0o644, Mark.TO_DO), (0o640, Mark.TO_DO), (0o600, Mark.OK)):
        env_file.chmod(mode)
        [found] = [each for each in await examine(env_file, {}, clock=it.clock) if each.name == "Settings"]
        assert found.mark is marks
        assert ("chmod 600" in found.said) is (marks is Mark.TO_DO)


async def test_a_file_that_others_can_read_an_old_backup_and_a_full_disk(
    it: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    (it.folder / "trellis.db").chmod(0o644)
    backup = it.folder / "kept" / "trellis.backup"
    old = (it.clock.now() - timedelta(days=9, hours=1)).timestamp()
    os.utime(backup, (old, old))
    monkeypatch.setattr(_here, "ROOM", 1 << 60)
    found = await it.found()
    assert to_do(found) == ["Database", "Disk", "Backups"]
    assert "chmod 600" in found["Database"].said
    assert "is 9 days old" in found["Backups"].said
    backup.unlink()
    assert "none any more" in (await it.found())["Backups"].said


def test_backups_that_cannot_be_looked_at_are_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.backup").write_bytes(_here.SQLITE)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(str(tmp_path))

    clock = SteppedClock(datetime.now(UTC))
    for name in ("open", "iterdir"):
        with monkeypatch.context() as patched:
            patched.setattr(Path, name, refused)
            found = _here.backups([tmp_path], clock, first=clock.now(), nightly=None)
        assert (found.mark, "PermissionError" in found.said) == (Mark.NOTE, True)


async def test_lines_to_be_checked_are_those_that_the_circles_see(it: Installation) -> None:
    few = (await it.found())["Help lines"]
    assert few.said.startswith("5 that your circles see were not checked within 90 days")
    assert "GB Samaritans: 116 123, read 2026-11-23 at samaritans.org" in few.more
    storage = await it.storage()
    async with storage.begin() as tx:
        [circle] = await tx.circles.all()
        for id_ in ("hl-gb-sam", "hl-gb-txt", "hl-gb-da", "hl-gb-men", "hl-gb-em"):
            await tx.lines.check(circle.id, LineId(id_), it.clock.now().date(), MARA.account)
        await tx.commit()
    await storage.close()
    assert (await it.found())["Help lines"].mark is Mark.OK
    table = (await it.found(DATABASE_URL=f"sqlite+aiosqlite:///{it.folder / 'none.db'}"))["Help lines"]
    assert (table.mark, table.more) == (Mark.NOTE, ())
    assert "--lines" in table.said
    listed = await it.found(DATABASE_URL=f"sqlite+aiosqlite:///{it.folder / 'none.db'}", lines=True)
    assert len(listed["Help lines"].more) == 119
    assert "pages disagree" in listed["Help lines"].more[0]


@pytest.mark.parametrize(
    ("read_in", "said"),
    [
        ({}, "Drafts that no clinician has read yet: English, Deutsch."),
        ({Language.EN}, "Drafts that no clinician has read yet: Deutsch."),
        ({Language.EN, Language.DE}, "A clinician has read the texts: English, Deutsch."),
    ],
)
def test_texts_that_no_clinician_has_read_are_named_in_the_languages_that_are_spoken(
    read_in: set[Language], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_language = content.in_language
    monkeypatch.setattr(
        content, "in_language", lambda each: replace(in_language(each), reviewed=each in read_in)
    )
    assert texts_reviewed({Language.DE, Language.EN}).said.startswith(said)


@pytest.mark.long
async def test_as_a_process_it_prints_a_line_each_and_ends_with_its_status(it: Installation) -> None:
    status, out, err = await ended(it.folder, "doctor", **it.env)
    assert (status, err) == (0, "")
    assert re.search(r"^ok +Token +Discord knows it: the application is “Trellis”\.", out, re.MULTILINE)
    assert "All is well." in out
    for secret in (it.env["TRELLIS_KEY"], it.env["DISCORD_TOKEN"], it.house.guild.id, it.house.channel.id):
        assert secret not in out
