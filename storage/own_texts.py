"""A circle's own themes and prompts: sealed, and every version kept, as posts refer to the one they took."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.domain.ids import CircleId, PromptId, ThemeId
from bot.domain.prompts import Prompt, Readers, ShareRule, Theme, ThemeRef
from bot.domain.schedules import Kind
from bot.domain.themes import DailyWords, Words, made
from storage.plan_tables import own_texts
from storage.session import Session

THEME, PROMPT = "theme", "prompt"


class OwnTexts:
    """What facilitators wrote."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add_theme(self, circle: CircleId, ref: ThemeRef, words: Words, at: datetime) -> None:
        """Keeps a theme's words under a version that is new."""
        await self._add(circle, THEME, ref.id, ref.version, _written(words), at)

    async def add_prompt(self, circle: CircleId, prompt: Prompt, at: datetime) -> None:
        """Keeps a check-in prompt; its id is `<id>.<version>`."""
        id_, _, version = prompt.id.rpartition(".")
        await self._add(circle, PROMPT, id_, int(version), _prompt_written(prompt), at)

    async def themes(self, circle: CircleId) -> dict[ThemeRef, Theme]:
        """All versions of all own themes."""
        found = {}
        for row in await self._of(circle, THEME):
            ref = ThemeRef(ThemeId(row.text_id), row.version)
            found[ref] = made(ref, _read(self._opened(row)))
        return found

    async def prompts(self, circle: CircleId) -> dict[PromptId, Prompt]:
        """All versions of all own prompts, by their ids."""
        found = {}
        for row in await self._of(circle, PROMPT):
            id_ = PromptId(f"{row.text_id}.{row.version}")
            found[id_] = _prompt_read(id_, self._opened(row))
        return found

    async def _add(
        self, circle: CircleId, kind: str, id_: str, version: int, held: Any, at: datetime
    ) -> None:
        sealed = self._session.vault.seal(held, _place(circle, kind, id_, version))
        row = {
            "circle_id": circle,
            "kind": kind,
            "text_id": id_,
            "version": version,
            "sealed": sealed,
            "added_at": at,
        }
        await self._session.execute(self._session.insert(own_texts).values(row))

    async def _of(self, circle: CircleId, kind: str) -> Any:
        c = own_texts.c
        found = select(own_texts).where(c.circle_id == circle, c.kind == kind)
        return await self._session.rows(found.order_by(c.added_at, c.text_id, c.version))

    def _opened(self, row: Any) -> Any:
        place = _place(row.circle_id, row.kind, row.text_id, row.version)
        return self._session.vault.open(row.sealed, place)


def _place(circle: int, kind: str, id_: str, version: int) -> str:
    return f"own_texts/sealed/{circle}/{kind}/{id_}/{version}"


def _written(words: Words) -> dict[str, Any]:
    return {
        "title": words.title,
        "text": words.text,
        "intention": words.intention,
        "daily": [[one.text, one.share, one.intensity] for one in words.daily],
        "challenge": words.challenge,
        "practice_title": words.practice_title,
        "practice": words.practice,
        "practice_reply": words.practice_reply,
        "closing": words.closing,
        "notes": words.notes,
    }


def _read(held: Mapping[str, Any]) -> Words:
    daily = tuple(DailyWords(text, ShareRule(share), level) for text, share, level in held["daily"])
    return Words(**{**held, "daily": daily, "challenge": PromptId(held["challenge"])})


def _prompt_written(prompt: Prompt) -> dict[str, Any]:
    return {
        "title": prompt.title,
        "text": prompt.text,
        "share": prompt.share,
        "audience": prompt.audience,
        "intensity": prompt.intensity,
        "occasion": prompt.occasion,
    }


def _prompt_read(id_: PromptId, held: Mapping[str, Any]) -> Prompt:
    kinds = {"share": ShareRule(held["share"]), "audience": Readers(held["audience"])}
    return Prompt(id=id_, kind=Kind.CHECK_IN, **{**held, **kinds})
