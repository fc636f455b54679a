"""Some days of a circle, lived through the real bot in processes of their own; every byte that it left."""

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.settings import new_key
from sandbox import Limits, Sandbox
from sandbox.refusals import Refused
from tests.cogs.town import ALL, components, labels

ROOT = Path(__file__).parents[2]
# view, send, embed, read history, mention roles; manage server, for the guard
INVITED_WITH = 0x400 | 0x800 | 0x4000 | 0x10000 | 0x20000 | 0x20
CIRCLE = "Kestrelmoor Hollow"
NAMES = ("Adalwyn", "Bertholdine", "Chidimmara", "Robinetta")
SAID = {
    "note of Ada": "the marmalade ledger fell open",
    "note of Ben": "a teal umbrella by the weir",
    "note that could not be kept": "nine copper thimbles in rain",
    "approved words": "I locked the orchard gate and slept",
    "declined words": "His brother Wendelin saw the orange car",
    "waiting words": "The lighthouse keeper owes me nothing",
    "words that met an error": "Quicksilver porridge for the magistrate",
    "reason": "Wendelin is a real name; without it this fits",
    "written to the bot": "please call my aunt Philomena",
    "topic of the words": "Velvet barometer",
    "why a name was asked for": "He writes of the quarry ledge",
    "words of a week": "Bring the cobalt teapot to the orchard",
    "a commitment": "I will polish the brass sundial",
    "what was learned": "Harriet the goat would have laughed",
    "a reworded commitment": "I will wax the rowing boat's hull",
    "a goal": "Fewer apologies to the accordion",
    "a hard day": "The day of the ferry",
    "a plan for it": "Ottoline brings gooseberries",
    "a map": "Perpetua's blue door, twice",
    "words that matched": "I want to kill myself, wrote the umber heron",
    "words for the facilitators": "Please ring at the sandstone bell",
    "words that were held back": "I just want to die, said the walrus of Pemberton",
    "a message in the channel": "Of the cellar stairs and the gramophone",
    "a topic line": "Gramophones in cellars",
    "own question": "Which harbour bell do you still hear?",
    "place of the meeting": "Above the saddler in Quince Lane",
    "zone of the reminder": "Pacific/Chatham",
    "a local line": "Listening loft at Saffron Yard",
    "its number": "0700 4186257",
    "a time that is safe": "When the foghorn has stopped",
    "written in the channel": "My uncle sold the weathervane",
    "told of a message": "She left the sluice unhooked",
}
PLAN = "\n".join(
    [
        "trellis: plan",
        "format: 1",
        "prompts:",
        "- {id: our-bell, version: 1, title: Bell, text: '" + SAID["own question"] + "'}",
    ]
)


@dataclass
class Story:
    """What happened, and what is left of it: the bytes at each moment, by where they stood."""

    folder: Path
    key: str
    ids: dict[str, str] = field(default_factory=dict)  # what each Discord id belongs to
    tokens: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, bytes] = field(default_factory=dict)
    ada: str = ""  # who deleted everything

    @property
    def log(self) -> Path:
        """All that the bots said on stdout and stderr."""
        return self.folder / "said.log"

    @property
    def metrics(self) -> Path:
        """What `/metrics` and `/health` said at the end of the first day."""
        return self.folder / "metrics"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "data" / "trellis.db"

    @property
    def backup(self) -> Path:
        """Made before Ada deleted everything."""
        return self.folder / "backups" / "before.db"

    def look(self, moment: str) -> None:
        """Takes down every byte that stands on the disk now."""
        for path in self.folder.rglob("*"):
            if path.is_file() and "copies" not in path.parts:
                self.bytes[f"{moment}: {path.relative_to(self.folder)}"] = path.read_bytes()


async def told(folder: Path) -> Story:
    """The whole story; `folder` holds what the bots wrote, and `folder/copies` what the test set aside."""
    story = Story(folder, new_key())
    async with Sandbox(limits=Limits(channel_messages=100)) as sandbox:
        days = Days(sandbox, story)
        await days.first()
        story.look("while running")
        await days.run("backup", str(story.backup))
        shutil.copytree(story.backup.parent, folder / "copies")
        story.look("beside a backup")
        await days.killed()
        story.look("after SIGKILL")
        await days.last()
        story.look("after it was stopped")
        days.take_ids()
    return story


class Days:
    """The people, their hands, and the bot's processes."""

    def __init__(self, sandbox: Sandbox, story: Story) -> None:
        self.sandbox, self.story = sandbox, story
        world = sandbox.world
        self.application = world.add_application("Trellis")
        owner = world.add_user("Robinetta")
        self.guild = world.add_guild("Wrenhaven", owner=owner)
        self.role = self.guild.add_role("Lanternbearer")
        self.guild.add_member(owner, roles=[self.role])
        self.guild.invite(self.application, permissions=INVITED_WITH)
        self.channel = self.guild.add_text_channel("kestrels")
        self.backroom = self.guild.add_text_channel("lanterns", private_to=[self.role, self.application.bot])
        self.robin = sandbox.person(owner.id)
        self.ada, self.ben, self.cleo = (self._person(name) for name in NAMES[:3])
        story.ada = str(self.ada.id)
        story.tokens = {"the bot's token": self.application.token, "the vault's key": story.key}
        story.log.touch()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])

    def _person(self, name: str) -> Any:
        user = self.sandbox.world.add_user(name)
        self.guild.add_member(user)
        return self.sandbox.person(user.id)

    def _environment(self) -> Mapping[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.story.folder),
            "DISCORD_TOKEN": self.application.token,
            "DISCORD_API_URL": self.sandbox.api_url,
            "TRELLIS_KEY": self.story.key,
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.story.database}",
            "LOG_LEVEL": "debug",
            "METRICS_PORT": str(self.port),
        }

    async def start(self, *words: str) -> Process:
        """`python -m bot …`, all that it says appended to the log."""
        with self.story.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *words,
                cwd=self.story.folder, env=self._environment(), stdout=log, stderr=log,
            )  # fmt: skip

    async def run(self, *words: str) -> None:
        """A command of the operator's, to its end."""
        self.story.backup.parent.mkdir(exist_ok=True)
        process = await self.start(*words)
        assert await asyncio.wait_for(process.wait(), 30) == 0, self.story.log.read_text()

    async def _online(self) -> Process:
        process = await self.start("run")
        async with asyncio.timeout(30):
            while not self.sandbox.gateway.online(self.application):  # noqa: ASYNC110 - the sandbox tells nobody
                await asyncio.sleep(0.05)
        return process

    async def first(self) -> None:
        """A circle is made; its members join, answer and offer; some of it goes wrong."""
        self.process = await self._online()
        made = await self.robin.command(
            "circle setup", self.channel,
            channel=self.channel, facilitators=self.backroom, role=self.role,
            timezone="Europe/Berlin", name=CIRCLE,
        )  # fmt: skip
        await made.settled()
        for person in (self.ada, self.ben, self.cleo):
            form = await person.command("join", self.channel)
            await person.submit(form.modal, {"consents": ALL})
        await self._planned()
        await self._helped()
        self.post = await self._posted()
        await self.cleo.select(self.post, ["Rain"])
        await self._answered(self.ada, "note of Ada")
        await self._answered(self.ben, "note of Ben")
        await self._offered(self.ada, "approved words")
        await self._decided("Approve")
        self.sandbox.faults.close_dms(self.ben)
        await self._offered(self.ben, "declined words")
        await self._decided("Decline", SAID["reason"])
        await self._offered(self.ada, "waiting words", topic=SAID["topic of the words"])
        await self._looked_at()
        await self._practised()
        await self._with_others()
        await self._alarmed()
        await self._mapped()
        await self._grounded()
        await self.cleo.dm(self.application, SAID["written to the bot"])
        await self._looked_after()
        await self._gone_wrong()
        await self._measured()

    async def _measured(self) -> None:
        """What monitoring reads after all of it."""
        async with (
            aiohttp.ClientSession(f"http://127.0.0.1:{self.port}") as asking,
            asking.get("/metrics") as figures,
            asking.get("/health") as health,
        ):
            assert figures.status == 200
            self.story.metrics.touch(mode=0o600)
            self.story.metrics.write_text(await figures.text() + await health.text())

    async def _planned(self) -> None:
        """Weeks are laid, reworded, left out, brought from a file; a meeting is set, and Ada asks for it."""
        await self._ruled("theme plan", start=f"{datetime.now(UTC).date() + timedelta(days=9)}")
        form = await self._ruled("theme edit", week=await self._week())
        await self.robin.submit(form.modal, {"The opening": SAID["words of a week"]})
        calendar = await self.ada.command("themes", self.channel)
        await calendar.settled()
        await self.ada.select(
            calendar.message, ["Steady ground"], placeholder="Leave a theme out, for yourself alone"
        )
        file = self.robin.upload("plan.yaml", PLAN.encode(), "application/yaml")
        asked = await self._ruled("theme import", file=file)
        await self.robin.press(asked.message, "Change it so")
        set_ = await self._ruled(
            "circle meeting", day="tue", time="19:00", where=SAID["place of the meeting"]
        )
        await (await self.robin.press(set_.message, "Tell the circle")).settled()
        card = next(m for m in reversed(self.ada.messages(self.channel)) if not m.ephemeral)
        await self.ada.press(card, "Remind me before each")
        await self.ada.command("remind", self.channel, time="21:47", zone=SAID["zone of the reminder"])

    async def _helped(self) -> None:
        """A facilitator adds a help line and checks it; Ada looks for help."""
        form = await self._ruled("lines add")
        typed = {"name": SAID["a local line"], "phone": SAID["its number"]}
        kept = await self.robin.submit(form.modal, {"kind": ["crisis"], **typed})
        await self.robin.press(kept.message, "I have checked this line")
        helped = await self.ada.command("help-now", self.channel)
        assert SAID["a local line"] in str(helped.message.embeds)

    async def _ruled(self, name: str, **options: Any) -> Any:
        outcome = await self.robin.command(name, self.backroom, **options)
        await outcome.settled()
        return outcome

    async def _week(self) -> str:
        choices = await self.robin.autocomplete("theme edit", self.backroom, focused="week", week="Steady")
        return str(choices[0]["value"])

    async def _posted(self) -> Any:
        outcome = await self.robin.command("schedule post-now", self.channel, kind="check-in")
        await outcome.settled()
        return next(each for each in reversed(self.robin.messages(self.channel)) if not each.ephemeral)

    async def _answered(self, person: Any, what: str) -> None:
        form = await person.press(self.post, "Answer privately")
        await person.submit(
            form.modal, {"weather": ["storm"], "note": SAID[what], "audience": "facilitators"}
        )

    async def _offered(self, person: Any, what: str, **frame: str) -> None:
        form = await person.press(self.post, "Share in the channel")
        await person.submit(form.modal, {"words": SAID[what], **frame})

    async def _looked_at(self) -> None:
        """A facilitator reads what was marked, and asks who wrote what waits; Ada sets her wishes."""
        await self._ruled("marked")
        card = (await self.robin.command("review", self.channel)).message
        form = await self.robin.press(card, "Who wrote this? For safety")
        await self.robin.submit(form.modal, {"reason": SAID["why a name was asked for"]})
        shown = (await self.ada.command("privacy", self.channel)).message
        form = await self.ada.press(shown, "Discreet, quiet, how long kept")
        await self.ada.submit(form.modal, {"discreet": "yes", "quiet": "22:00-06:30"})
        exported = await self.ada.press(shown, "Export")
        await exported.settled()

    async def _practised(self) -> None:
        """Two commit to something and log it; one of them takes up a challenge and notes what came of it."""
        for person in (self.ada, self.ben):
            form = await person.command("commit add", self.channel, text=SAID["a commitment"])
            typed = {"text": SAID["a commitment"], "seen": "A gleam.", "cadence": "daily", "way": "each"}
            card = (await person.submit(form.modal, typed)).message
            await person.press(card, "Kept")
            form = await person.press(card, "Change it")
            await person.submit(form.modal, {**typed, "text": SAID["a reworded commitment"]})
        posted = await self._ruled("schedule post-now", kind="boundary")
        await posted.settled()
        seen = reversed(self.robin.messages(self.channel))
        post = next(each for each in seen if "I'll try it" in labels(each))  # shared words may come after it
        card = (await self.ben.press(post, "I'll try it")).message
        if "I feel safe to try" in labels(card):
            await self.ben.press(card, "I feel safe to try")
        await self.ben.press(self._newest(self.ben), "Done")
        form = await self.ben.press(self._newest(self.ben), "What I learned")
        await self.ben.submit(form.modal, {"learned": SAID["what was learned"], "before": ["6"]})

    async def _mapped(self) -> None:
        """Ada draws a map; one word in a direct message shows it."""
        card = (await self.ada.command("map", self.channel)).message
        form = await self.ada.press(card, "Begin my map")
        await self.ada.submit(form.modal, {"people": SAID["a map"]})
        await self.ada.dm(self.application, "my map")
        form = await self.cleo.press(self.post, "Share in the channel")
        outcome = await self.cleo.submit(form.modal, {"words": SAID["words that matched"]})
        await outcome.followed_up()
        help_ = outcome.followups[-1]
        await (await self.cleo.press(help_, "Ask a facilitator to write me")).settled()
        form = await self.cleo.press(help_, "Add words of mine")
        await (await self.cleo.submit(form.modal, {"words": SAID["words for the facilitators"]})).settled()

    async def _with_others(self) -> None:
        """What Ada looks back on and plans for; she and Ben name each other, and wish for a pair, or not."""
        story = (await self.ada.command("looking-back", self.channel)).message
        form = await self.ada.press(story, "What I'm growing toward")
        await self.ada.submit(form.modal, {"goal": SAID["a goal"]})
        form = await self.ada.press(self._newest(self.ada), "Plan a hard day")
        typed = {"name": SAID["a hard day"], "on": "12-24", "plan": SAID["a plan for it"]}
        await self.ada.submit(form.modal, typed)
        words = {"placeholder": "Words worth keeping"}
        option = self._options(self._newest(self.ada), **words)[0]
        await self.ada.select(self._newest(self.ada), [option], **words)
        for person, other in ((self.ada, self.ben), (self.ben, self.ada)):
            card = (await person.command("partner", self.channel)).message
            await person.select(card, [other], placeholder="Whom would you like alongside you?")
            card = (await person.command("boundary together", self.channel)).message
            await person.press(card, "I'm in, with a facilitator's ear")
        card = (await self.cleo.command("boundary together", self.channel)).message
        await self.cleo.select(card, [self.ben], placeholder="Never pair me with this person")

    async def _grounded(self) -> None:
        """Ada is in the middle of an exercise as it all ends; what her presses bring is nobody else's."""
        await (await self.ada.command("ground", self.channel, exercise="gr-04")).settled()
        card = next(each for each in reversed(self.ada.dms(self.application)) if each.embeds)
        for label in ("Safe enough", "Begin", "Skip"):
            await self.ada.press(card, label)
        newest = list(self.sandbox.interactions._by_token)[-2:]
        self.story.tokens |= {f"a press's own token {number}": each for number, each in enumerate(newest)}

    async def _looked_after(self) -> None:
        """The channel is guarded, two are kept apart, Ben wants quiet, Ada is asked about her words."""
        shown = await self._ruled("guard on")
        await (await self.robin.press(shown.message, "Make these rules")).settled()
        with suppress(Refused):
            await self.cleo.send(self.channel, SAID["words that were held back"])
        await self._ruled("keep-apart add", member1=self.ben, member2=self.robin)
        card = (await self.ben.command("mute-me", self.channel, until="2h")).message
        await (await self.ben.press(card, "Only quiet")).settled()
        await self._ruled("channel topic", text=SAID["a topic line"])
        said = await self.ada.send(self.channel, SAID["a message in the channel"])
        card = (await self.robin.message_command("Suggest a cover", said)).message
        await (await self.robin.press(card, "Send it")).settled()

    @staticmethod
    def _options(message: Any, placeholder: str) -> list[str]:
        found = [each for each in components(message) if each.get("placeholder") == placeholder]
        return [option["value"] for each in found for option in each["options"]]

    def _newest(self, person: Any) -> Any:
        """Their own private reply: a post may come between."""
        return next(each for each in reversed(person.messages(self.channel)) if each.ephemeral)

    async def _alarmed(self) -> None:
        """A facilitator is on duty; Ben asks for a person, Ada tells of a message; one is taken."""
        await self._ruled("duty", state="on")
        asked = (await self.ben.press(self.post, "I'd like a person")).message
        form = await self.ben.press(asked, "Only at a time I name")
        await self.ben.submit(form.modal, {"when": SAID["a time that is safe"]})
        message = await self.cleo.send(self.channel, SAID["written in the channel"])
        form = await self.ada.message_command("Tell a facilitator", message)
        typed = {"concern": "worried", "words": SAID["told of a message"], "named": ["named"]}
        await self.ada.submit(form.modal, typed)
        listed = await self._ruled("alerts")
        await self.robin.press(listed.message, "1: Acknowledge")

    async def _decided(self, label: str, reason: str | None = None) -> None:
        card = (await self.robin.command("review", self.channel)).message
        outcome = await self.robin.press(card, label)
        if reason is not None:
            await self.robin.submit(outcome.modal, {"reason": reason})

    async def _gone_wrong(self) -> None:
        """Refused posts and letters, errors that nobody foresaw, answers that do not get through."""
        faults, home = self.sandbox.faults, f"/channels/{self.channel.id}/messages"
        faults.fail_next("POST", home, status=403)
        faults.fail_next("POST", f"/channels/{self.backroom.id}/messages", status=400)
        outcome = await self.robin.command("schedule post-now", self.channel, kind="check-in")
        await outcome.settled()
        faults.fail_next("POST", r"/interactions/.*/callback", status=400)
        form = await self.cleo.press(self.post, "Answer privately")
        if form.modal is None:
            form = await self.cleo.press(self.post, "Answer privately")
        faults.fail_next("POST", r"/interactions/.*/callback", status=400)
        await self.cleo.submit(form.modal, {"note": SAID["note that could not be kept"]})
        form = await self.cleo.press(self.post, "Share in the channel")
        self._renamed("shares", "lost")
        await self.cleo.submit(form.modal, {"words": SAID["words that met an error"]})
        self._renamed("lost", "shares")
        await asyncio.sleep(1.5)  # what leaves by itself has left, or failed

    def _renamed(self, table: str, name: str) -> None:
        with closing(sqlite3.connect(self.story.database)) as database:
            database.execute(f"ALTER TABLE {table} RENAME TO {name}")

    async def killed(self) -> None:
        """SIGKILL, while what was written last stands in the log alone."""
        self.process.kill()
        await self.process.wait()

    async def last(self) -> None:
        """Another run: Ada deletes everything, Cleo leaves; then a clean stop."""
        self.process = await self._online()
        shown = (await self.ada.command("privacy", self.channel)).message
        form = await self.ada.press(shown, "Delete everything")
        done = await self.ada.submit(form.modal, {"word": "delete"})
        assert "Nothing about you remains" in done.message.content
        await self.cleo.press((await self.cleo.command("leave", self.channel)).message, "Leave")
        await self.run("backup", str(self.story.backup.with_name("after.db")))
        self.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(self.process.wait(), 15) == 0

    def take_ids(self) -> None:
        """Every id that Discord gave to something of this circle's."""
        ids = self.story.ids
        for name, person in zip(NAMES, (self.ada, self.ben, self.cleo, self.robin), strict=True):
            ids[f"account of {name}"] = str(person.id)
        ids |= {"server": self.guild.id, "home channel": self.channel.id}
        ids |= {f"rule {id_}": id_ for id_ in self.guild.automod}
        ids |= {"facilitators' channel": self.backroom.id, "role": self.role.id}
        for channel in self.sandbox.world.channels.values():
            ids |= {f"message {id_}": id_ for id_ in channel.messages}
            if channel.guild is None:
                ids[f"direct messages {channel.id}"] = channel.id
