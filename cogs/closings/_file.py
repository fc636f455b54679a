"""What is the circle's own as one file: two YAML files in a zip, to be read by people and by programs."""

import io
import zipfile
from datetime import datetime
from typing import Any

import discord
import yaml

from bot.domain.circles import Settings
from bot.domain.lines import Line
from bot.domain.meetings import Meeting
from bot.domain.promises import PromiseLog
from bot.domain.schedules import DAY_NAMES, named
from bot.domain.summaries import STEP, WeekFigures
from bot.services.circles_own import CirclesOwn, Done, Turn
from cogs.speech import Phrase, say

NAME = "the-circle.zip"
FORMAT = 1  # raised whenever a name in it changes
HEAD = Phrase(
    "# A circle of Trellis, as its facilitators can take it along. Times are in UTC unless a zone is named.\n"
    "# Nothing of any member is in it; facilitators are numbers, the same for the same person.\n"
    "# plan.yaml beside it is what /theme export gives, and /theme import reads it.\n"
)


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines as those lines."""


def _written(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _written)


def file_of(own: CirclesOwn) -> discord.File:
    """The zip."""
    return discord.File(
        io.BytesIO(packed_up(own)), NAME, description=say("What is the circle's own, as a zip")
    )


def packed_up(own: CirclesOwn) -> bytes:
    """`circle.yaml` and `plan.yaml`."""
    told = yaml.dump(data_of(own), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("circle.yaml", f"{HEAD}{told}")
        archive.writestr("plan.yaml", own.plan)
    return out.getvalue()


def data_of(own: CirclesOwn) -> dict[str, Any]:
    """Names in plain words, choices by their ids; each thing is named here, so that nothing else slips in."""
    return {
        "trellis": "circle",
        "format": FORMAT,
        "made_at": _time(own.at),
        "circle": own.name,
        "since": _time(own.made_at),
        "settings": _settings(own.settings),
        "agreement": own.agreement,
        "recurring_posts": [
            {"post": named(schedule), "left_out": [day.isoformat() for day in sorted(skips)]}
            for schedule, skips in own.schedules
        ],
        "meeting": _meeting(own.meeting),
        "guard": own.guard and own.guard.value,
        "slower_pace": own.slowed and {"seconds": own.slowed.seconds, "until": _time(own.slowed.ends_at)},
        "help_lines_of_your_own": [_line(each) for each in own.lines],
        "help_lines_checked": {str(line): on.isoformat() for line, on in sorted(own.checked.items())},
        "who_did_what": [_done(each) for each in own.deeds],
        "weeks_in_bands": [_week(each) for each in own.weeks],
        "promise_log": _promises(own.promises),
        "duty": [_turn(each) for each in own.duty],
    }


def _settings(settings: Settings) -> dict[str, Any]:
    quiet = settings.quiet
    return {
        "zone": settings.zone.key,
        "daily_check_in": f"{settings.prompt_time:%H:%M}",
        "region": settings.region,
        "language": settings.language.value,
        "discreet": settings.discreet,
        "quiet_hours": f"{quiet.start:%H:%M} to {quiet.end:%H:%M}" if quiet else None,
        "sharing": settings.sharing.value,
        "a_theme_s_week_begins_on": DAY_NAMES[settings.week_starts - 1],
        "public_holidays": settings.holidays.value,
        "made_for": settings.made_for.value,
        "weekly_digest": settings.digest,
        "word_matches_that_are_told": settings.alerts.value,
        "facilitators_read": settings.hours,
        "they_answer_within": settings.response_time,
    }


def _meeting(meeting: Meeting | None) -> dict[str, Any] | None:
    if meeting is None:
        return None
    return {
        "on": DAY_NAMES[meeting.day - 1],
        "at": f"{meeting.time:%H:%M}",
        "minutes": meeting.minutes,
        "every_weeks": meeting.every,
        "first": meeting.first.isoformat(),
        "where": meeting.where,
        "left_out": [day.isoformat() for day in sorted(meeting.skips)],
    }


def _line(line: Line) -> dict[str, Any]:
    given = {name: getattr(line, name) for name in ("name", "phone", "text", "chat", "hours")}
    return {"id": str(line.id), "kind": line.kind.value} | {
        name: said for name, said in given.items() if said
    }


def _done(done: Done) -> dict[str, Any]:
    who = _who(done.who) if done.who is not None else say("somebody who is forgotten here")
    about = {"about": done.about} if done.about else {}
    return {"at": _time(done.at), "who": who, "what": done.deed.value} | about


def _week(week: WeekFigures) -> dict[str, Any]:
    """Under the floor nothing but that there was one."""
    first = {"first_day": week.first.isoformat()}
    if week.people is None:
        return first | {"people": say("fewer than five")}
    bands = {"weather": week.weather, "energy": week.energy, "reactivity": week.reactivity}
    said = {of: {name: band.value for name, band in counts.items()} for of, counts in bands.items()}
    return first | {"people": f"{week.people} to {week.people + STEP - 1}"} | said


def _promises(log: PromiseLog) -> dict[str, Any]:
    return {
        "since": _time(log.since),
        "sent": log.sent,
        "of_these_late": log.late,
        "missed": log.missed,
        "held_back_by_choice": log.held,
        "otherwise_than_promised": [
            {
                "due": _time(each.due),
                "post": each.kind.value,
                "what": each.state.value,
                "why": each.reason and each.reason.value,
            }
            for each in log.exceptions
        ],
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "who": _who(turn.who),
        "on_duty_since": _time(turn.since),
        "until": _time(turn.until),
        "last_on_duty": _time(turn.last_at),
    }


def _who(number: int) -> str:
    return say("facilitator {number}", number=number)


def _time(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
