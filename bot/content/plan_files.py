"""A circle's plan as a YAML file: written so that a person can change it, read with every fault named.

Bounds are those of Discord and of our cards; see docs/plan-file.md.
"""

import re
from collections.abc import Collection
from datetime import date
from itertools import pairwise
from typing import Any

import yaml

from bot.content._plan_nodes import Notes, Unreadable, composed
from bot.content._plan_writing import FORMAT, WEEKDAYS, written
from bot.domain.ids import PromptId, ThemeId
from bot.domain.plan_files import BadPlanFile, Because, Fault, Known, OwnPrompt, PlanFile, because
from bot.domain.plans import MOST_WEEKS, WEEK, Week
from bot.domain.prompts import Readers, ShareRule, ThemeRef
from bot.domain.themes import (
    DAYS,
    MAX_INTENTION,
    MAX_NOTES,
    MAX_OPENING,
    MAX_REPLY,
    MAX_TEXT,
    MAX_TITLE,
    DailyWords,
    Words,
)

__all__ = ["MOST_BYTES", "read", "written"]

MOST_BYTES = 256 * 1024
MOST_FAULTS = 50  # that are listed
SHARES = {rule.value: rule for rule in ShareRule}
READERS = {each.value: each for each in Readers}
OCCASIONS = {name: name for name in ("any", "weekend", "hard_day")}
NO_THEME = (
    because("`{given}` is no theme that I know here"),
    because("`{given}` is no theme that I know here; did you mean {near}?"),
)
NO_QUESTION = (
    because("`{given}` is no question that I know here"),
    because("`{given}` is no question that I know here; did you mean {near}?"),
)
NO_CHALLENGE = (
    because("`{given}` is no challenge that I know here"),
    because("`{given}` is no challenge that I know here; did you mean {near}?"),
)
TWICE_A_DATE = because("the same date stands twice (also on line {line})")
TWICE_A_THEME = because("the same theme stands twice (also on line {line})")
TWICE_A_PROMPT = because("the same prompt stands twice (also on line {line})")
TOO_CLOSE = because("the week of {week} begins before that of {before} is over")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_THEME = {
    "id": True, "version": True, "title": True, "text": True, "intention": True, "daily_prompts": True,
    "boundary_challenge": True, "practice": True, "closing_question": True, "facilitator_notes": False,
}  # fmt: skip
_PROMPT = {
    "id": True, "version": True, "title": True, "text": True, "share": False, "intensity": False,
    "audience": False, "occasion": False,
}  # fmt: skip
_TOP = {
    "trellis": True, "format": True, "week_starts": False, "weeks": False, "days": False, "themes": False,
    "prompts": False,
}  # fmt: skip


def read(data: bytes, known: Known) -> PlanFile:
    """The plan of a file. Raises BadPlanFile with everything that is wrong with it."""
    try:
        root = composed(_decoded(data))
    except Unreadable as unreadable:
        raise BadPlanFile((unreadable.fault,)) from None
    reading = _Reading(known)
    file = reading.file(root)
    faults = reading.notes.faults
    if faults or file is None:
        more = len(faults) - MOST_FAULTS
        listed = sorted(faults[:MOST_FAULTS], key=lambda fault: fault.line or 0)
        left = [Fault(None, "", because("and {more} more", more=more))] if more > 0 else []
        raise BadPlanFile((*listed, *left))
    return file


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        given, most = f"{len(data):,}", f"{MOST_BYTES:,}"
        raise Unreadable(because("{given} bytes, where {most} are the most", given=given, most=most))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Unreadable(because("this is not UTF-8 text; save it as UTF-8"), line) from None


class _Reading:
    """One file; what it brings itself may be referred to in it."""

    def __init__(self, known: Known) -> None:
        self.notes = Notes()
        self._known = known
        self._lines: dict[tuple[str, object], int] = {}  # where each id, date and version stood first

    def file(self, root: yaml.Node) -> PlanFile | None:
        notes = self.notes
        top = notes.mapping(root, "", _TOP)
        if top is None:
            return None
        if "trellis" in top and notes.text(top["trellis"], "trellis", 20) != "plan":
            notes.fault(top["trellis"], "trellis", because("is not `plan`, so this is no plan file"))
        if "format" in top:
            notes.whole(top["format"], "format", FORMAT, FORMAT)
        starts = notes.choice(top.get("week_starts"), "week_starts", WEEKDAYS, None)
        read_themes = [self._theme(*each) for each in notes.items(top.get("themes"), "themes")]
        themes = dict(one for one in read_themes if one is not None)
        read_prompts = [self._prompt(*each) for each in notes.items(top.get("prompts"), "prompts")]
        prompts = [one for one in read_prompts if one is not None]
        questions = self._known.prompts | {PromptId(f"{one.id}.{one.version}") for one in prompts}
        return PlanFile(
            week_starts=starts,
            weeks=self._weeks(top.get("weeks"), self._known.themes | set(themes)),
            themes=themes,
            prompts=tuple(prompts),
            days=self._days(top.get("days"), questions),
        )

    def _weeks(self, node: yaml.Node | None, themes: Collection[ThemeRef]) -> tuple[Week, ...]:
        found: list[tuple[Week, yaml.Node]] = []
        for where, item in self.notes.items(node, "weeks"):
            fields = self.notes.mapping(
                item, where, {"start": True, "theme": True, "version": False, "skipped": False}
            )
            if fields is None:
                continue
            start = self.notes.day(fields.get("start"), f"{where} > start")
            version = self.notes.whole(fields.get("version"), f"{where} > version", 0, 999_999) or 0
            id_ = self.notes.text(fields.get("theme"), f"{where} > theme", 40)
            ref = ThemeRef(ThemeId(id_), version)
            if id_ and ref not in themes:
                self._unknown(fields["theme"], f"{where} > theme", NO_THEME, str(ref), map(str, themes))
            skipped = self.notes.truth(fields.get("skipped"), f"{where} > skipped")
            if start is not None:
                found.append((Week(start, ref, skipped), item))
        return self._in_order(found)

    def _in_order(self, found: list[tuple[Week, yaml.Node]]) -> tuple[Week, ...]:
        if len(found) > MOST_WEEKS:
            why = because("there are more than {most} weeks", most=MOST_WEEKS)
            self.notes.fault(found[MOST_WEEKS][1], "weeks", why)
        found.sort(key=lambda one: one[0].start)
        for (before, _), (week, node) in pairwise(found):
            if week.start - before.start < WEEK:
                self.notes.fault(node, "weeks", TOO_CLOSE.of(week=week.start, before=before.start))
        return tuple(week for week, _ in found)

    def _days(self, node: yaml.Node | None, prompts: Collection[PromptId]) -> dict[date, PromptId]:
        days: dict[date, PromptId] = {}
        for where, item in self.notes.items(node, "days"):
            fields = self.notes.mapping(item, where, {"date": True, "prompt": True})
            if fields is None:
                continue
            day = self.notes.day(fields.get("date"), f"{where} > date")
            prompt = PromptId(self.notes.text(fields.get("prompt"), f"{where} > prompt", 60))
            if prompt and prompt not in prompts:
                self._unknown(fields["prompt"], f"{where} > prompt", NO_QUESTION, prompt, prompts)
            if day is not None and self._first(item, where, TWICE_A_DATE, day):
                days[day] = prompt
        return days

    def _theme(self, where: str, item: yaml.Node) -> tuple[ThemeRef, Words] | None:
        fields = self.notes.mapping(item, where, _THEME)
        if fields is None:
            return None
        notes, get = self.notes, fields.get
        ref = ThemeRef(ThemeId(self._id(get("id"), f"{where} > id")), self._version(get("version"), where))
        name = f"themes > {ref.id or where}"
        practice = self._practice(get("practice"), f"{name} > practice")
        challenge = PromptId(notes.text(get("boundary_challenge"), f"{name} > boundary_challenge", 40))
        if challenge and challenge not in self._known.challenges:
            self._unknown(fields["boundary_challenge"], name, NO_CHALLENGE, challenge, self._known.challenges)
        words = Words(
            title=notes.text(get("title"), f"{name} > title", MAX_TITLE, lines=False),
            text=notes.text(get("text"), f"{name} > text", MAX_OPENING),
            intention=notes.text(get("intention"), f"{name} > intention", MAX_INTENTION, lines=False),
            daily=self._daily(get("daily_prompts"), name),
            challenge=challenge,
            practice_title=notes.text(
                practice.get("title"), f"{name} > practice > title", MAX_TITLE, lines=False
            ),
            practice=notes.text(practice.get("text"), f"{name} > practice > text", MAX_TEXT),
            practice_reply=notes.text(
                practice.get("reply_template"), f"{name} > practice > reply_template", MAX_REPLY
            ),
            closing=notes.text(get("closing_question"), f"{name} > closing_question", MAX_TEXT),
            notes=notes.text(
                get("facilitator_notes"), f"{name} > facilitator_notes", MAX_NOTES, needed=False
            ),
        )
        return (ref, words) if self._first(item, name, TWICE_A_THEME, ref) else None

    def _practice(self, node: yaml.Node | None, where: str) -> dict[str, yaml.Node]:
        if node is None:
            return {}
        return self.notes.mapping(node, where, {"title": True, "text": True, "reply_template": False}) or {}

    def _daily(self, node: yaml.Node | None, name: str) -> tuple[DailyWords, ...]:
        found: list[DailyWords] = []
        known = {"day": True, "text": True, "share": False, "intensity": False}
        for number, (where, item) in enumerate(self.notes.items(node, f"{name} > daily_prompts"), 1):
            fields = self.notes.mapping(item, where, known)
            if fields is None:
                continue
            if self.notes.whole(fields.get("day"), f"{where} > day", 1, DAYS) not in (number, None):
                self.notes.fault(item, where, because("is not day {number}, which comes here", number=number))
            text = self.notes.text(fields.get("text"), f"{where} > text", MAX_TEXT)
            share = self.notes.choice(fields.get("share"), f"{where} > share", SHARES, ShareRule.EITHER)
            level = self.notes.whole(fields.get("intensity"), f"{where} > intensity", 1, 3) or 1
            found.append(DailyWords(text, share, level))
        if node is not None and len(found) != DAYS:
            why = because("has {given} daily prompts, where a week has {days}", given=len(found), days=DAYS)
            self.notes.fault(node, name, why)
        return tuple(found)

    def _prompt(self, where: str, item: yaml.Node) -> OwnPrompt | None:
        fields = self.notes.mapping(item, where, _PROMPT)
        if fields is None:
            return None
        notes, get = self.notes, fields.get
        own = OwnPrompt(
            id=PromptId(self._id(get("id"), f"{where} > id")),
            version=self._version(get("version"), where),
            title=notes.text(get("title"), f"{where} > title", MAX_TITLE, lines=False),
            text=notes.text(get("text"), f"{where} > text", MAX_TEXT),
            share=notes.choice(get("share"), f"{where} > share", SHARES, ShareRule.EITHER),
            intensity=notes.whole(get("intensity"), f"{where} > intensity", 1, 2) or 1,
            readers=notes.choice(get("audience"), f"{where} > audience", READERS, Readers.ALL),
            occasion=notes.choice(get("occasion"), f"{where} > occasion", OCCASIONS, "any"),
        )
        return own if self._first(item, where, TWICE_A_PROMPT, (own.id, own.version)) else None

    def _id(self, node: yaml.Node | None, where: str) -> str:
        id_ = self.notes.text(node, where, 40)
        if id_ and not _ID.fullmatch(id_):
            why = because("is no id: small letters, digits and dashes, such as our-river")
            self.notes.fault(node, where, why)
        return id_

    def _version(self, node: yaml.Node | None, where: str) -> int:
        return self.notes.whole(node, f"{where} > version", 1, 999_999) or 1

    def _first(self, node: yaml.Node, where: str, twice: Because, key: object) -> bool:
        line = self._lines.setdefault((twice.english, key), node.start_mark.line + 1)
        if line == node.start_mark.line + 1:
            return True
        self.notes.fault(node, where, twice.of(line=line))
        return False

    def _unknown(
        self, node: yaml.Node, where: str, unknown: tuple[Because, Because], given: str, known: Any
    ) -> None:
        near = None
        if len(self.notes.faults) < MOST_FAULTS:  # the others' offers nobody would read
            from rapidfuzz import process  # some MiB, for files with a fault alone

            near = process.extractOne(given, sorted(known), score_cutoff=60)
        bare, offering = unknown
        shown = offering.of(given=given[:60], near=near[0]) if near else bare.of(given=given[:60])
        self.notes.fault(node, where, shown)
