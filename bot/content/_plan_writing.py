"""Writes a plan as YAML that a person can change."""

from typing import Any

import yaml

from bot.content._reading import SafeDumper
from bot.domain.plan_files import OwnPrompt, PlanFile
from bot.domain.plans import Week
from bot.domain.prompts import ThemeRef
from bot.domain.themes import Words

FORMAT = 1
WEEKDAYS: dict[str, int | None] = {
    "monday": 1,
    "tuesday": 2,
    "wednesday": 3,
    "thursday": 4,
    "friday": 5,
    "saturday": 6,
    "sunday": 7,
}
HEAD = """\
# A plan of Trellis. Change it in any text editor; /theme import reads it, shows what would change, and asks.
# weeks: which theme begins when. days: what one date's check-in asks. themes, prompts: your circle's own.
"""


class _Dumper(SafeDumper):
    """Writes what stands twice twice: anchors would be refused on the way back."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def written(file: PlanFile) -> str:
    """The file's text; `read` of it is the same plan."""
    data: dict[str, Any] = {"trellis": "plan", "format": FORMAT}
    if file.week_starts is not None:
        data["week_starts"] = list(WEEKDAYS)[file.week_starts - 1]
    data["weeks"] = [_week_written(week) for week in file.weeks]
    data["days"] = [{"date": day, "prompt": str(prompt)} for day, prompt in sorted(file.days.items())]
    data["themes"] = [_theme_written(ref, words) for ref, words in file.themes.items()]
    data["prompts"] = [_prompt_written(own) for own in file.prompts]
    shown = {name: value for name, value in data.items() if value != []}
    dumped: str = yaml.dump(shown, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return HEAD + dumped


def _week_written(week: Week) -> dict[str, Any]:
    held: dict[str, Any] = {"start": week.start, "theme": str(week.theme.id)}
    if week.theme.version:
        held["version"] = week.theme.version
    if week.skipped:
        held["skipped"] = True
    return held


def _theme_written(ref: ThemeRef, words: Words) -> dict[str, Any]:
    held = {
        "id": str(ref.id),
        "version": ref.version,
        "title": words.title,
        "text": words.text,
        "intention": words.intention,
        "daily_prompts": [
            {"day": day, "text": one.text, "share": one.share.value, "intensity": one.intensity}
            for day, one in enumerate(words.daily, 1)
        ],
        "boundary_challenge": str(words.challenge),
        "practice": {"title": words.practice_title, "text": words.practice}
        | ({"reply_template": words.practice_reply} if words.practice_reply else {}),
        "closing_question": words.closing,
    }
    return held | ({"facilitator_notes": words.notes} if words.notes else {})


def _prompt_written(own: OwnPrompt) -> dict[str, Any]:
    return {
        "id": str(own.id),
        "version": own.version,
        "title": own.title,
        "text": own.text,
        "share": own.share.value,
        "intensity": own.intensity,
        "audience": own.readers.value,
        "occasion": own.occasion,
    }
