"""Commitments and logs for tests, and the slow oracle: the rules of streaks as one would say them aloud."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.commitments import LOG_BACK, Cadence, Commitment, Mark, Rest, Rhythm, Words
from bot.domain.ids import CommitmentId, MemberId

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
KEPT, SMALL, REST, MISSED, REPAIRED = Mark


def after(days: int) -> date:
    """So many days after the first Monday."""
    return MONDAY + days * DAY


def commitment(*plans: Cadence | tuple[date, Cadence], **given: Any) -> Commitment:
    """A commitment, from MONDAY on unless a plan says otherwise."""
    dated = tuple(plan if isinstance(plan, tuple) else (MONDAY, plan) for plan in plans)
    words = Words(text="I will name my weather in one word.")
    given.setdefault("zone", ZoneInfo("Europe/Berlin"))
    made = datetime.combine(MONDAY, datetime.min.time(), UTC)
    return Commitment(id=CommitmentId(1), member=MemberId(1), words=words, plans=dated, made_at=made, **given)


def log_of(text: str, first: date = MONDAY) -> dict[date, Mark]:
    """A log from a row of letters, one a day: k, s, r (rest), m (missed), x (repaired), . (nothing)."""
    letters = {"k": KEPT, "s": SMALL, "r": REST, "m": MISSED, "x": REPAIRED}
    return {first + n * DAY: letters[letter] for n, letter in enumerate(text) if letter != "."}


def told_steps(it: Commitment, log: Mapping[date, Mark], today: date) -> list[tuple[date, str]]:
    """What each day came to, looked up day by day."""
    last = it.ended or max([today, *log])
    days = [it.begun + n * DAY for n in range((last - it.begun).days + 1)]
    out: list[tuple[date, str]] = []
    for day in days:
        plan = max((plan for plan in it.plans if plan[0] <= day), key=lambda each: each[0])
        rested = any(_within(rest, day) for rest in it.rests)
        mark = log.get(day)
        if plan[1].rhythm is Rhythm.TIMES:
            out += _of_week(it, log, today, days, day, plan)
        elif mark is not None:
            asks = plan[1].rhythm is not Rhythm.DAYS or day.isoweekday() in plan[1].days
            if mark is not MISSED or (asks and not rested):
                out.append((day, _name(mark)))
        elif not rested and _asks(it, plan, log, days, day) and day < today:
            out.append((day, _unlogged(it, day, today)))
    return out


def told(it: Commitment, log: Mapping[date, Mark], today: date) -> dict[str, float]:
    """The figures, each from its own sentence."""
    steps = told_steps(it, log, today)
    kept = [n for n, (_, step) in enumerate(steps) if step == "kept"]
    weighed = [step == "kept" for _, step in steps if step in ("kept", "missed")]
    count = len(weighed)
    steadiness = 50 * 0.95**count + sum(
        5 * 0.95 ** (count - 1 - n) for n, it_was in enumerate(weighed) if it_was
    )
    return {
        "kept": len(kept),
        "recent": sum((today - steps[n][0]).days < 14 for n in kept),
        "run": _run(steps),
        "steadiness": steadiness,
        "returns": sum(_returns(steps, before, now) for before, now in pairwise(kept)),
        "repairs": sum(mark is REPAIRED for mark in log.values()),
    }


def _run(steps: list[tuple[date, str]]) -> int:
    run, graces = 0, []
    for day, step in steps:
        if step == "kept":
            run += 1
        elif step in ("missed", "silent") and run:
            if sum((day - grace).days < 30 for grace in graces) < 2:
                graces.append(day)
            else:
                run = 0
    return run


def _returns(steps: list[tuple[date, str]], before: int, now: int) -> bool:
    between = [step for _, step in steps[before + 1 : now]]
    last_logged = max((n for n, step in enumerate(between) if step not in ("open", "silent")), default=-1)
    return "missed" in between or "silent" in between or len(between) - 1 - last_logged >= 7


def _of_week(
    it: Commitment,
    log: Mapping[date, Mark],
    today: date,
    days: list[date],
    day: date,
    plan: tuple[date, Cadence],
) -> list[tuple[date, str]]:
    mark = log.get(day)
    out = [(day, _name(mark))] if mark is not None and mark is not MISSED else []
    changes = [first for first, _ in it.plans]
    if day.isoweekday() != 7 and day != days[-1] and day + DAY not in changes:
        return out
    piece = [
        each for each in days
        if each.isocalendar()[:2] == day.isocalendar()[:2] and plan[0] <= each <= day
    ]  # fmt: skip
    if day >= today or any(log.get(each) is REST for each in piece):
        return out
    free = [each for each in piece if not any(_within(rest, each) for rest in it.rests)]
    wanted = int(plan[1].times * len(free) / 7 + 1e-9)
    lacking = wanted - sum(each in log and log[each] is not MISSED for each in piece)
    missed = max(0, min(lacking, sum(log.get(each) is MISSED for each in piece)))
    rest = max(0, lacking) - missed
    return out + [(day, "missed")] * missed + [(day, _unlogged(it, day, today))] * rest


def _asks(
    it: Commitment, plan: tuple[date, Cadence], log: Mapping[date, Mark], days: list[date], day: date
) -> bool:
    cadence = plan[1]
    if cadence.rhythm is Rhythm.DAYS:
        return day.isoweekday() in cadence.days
    later = [first for first, _ in it.plans if first > plan[0]]
    ends = min([*later, days[-1] + DAY])
    mine = [mark for each, mark in log.items() if plan[0] <= each < ends]
    return cadence.on == day and not {KEPT, SMALL} & set(mine)


def _unlogged(it: Commitment, day: date, today: date) -> str:
    if it.lapse_only:
        return "kept"
    return "silent" if (today - day).days > LOG_BACK else "open"


def _within(rest: Rest, day: date) -> bool:
    return rest.first <= day and (rest.last is None or day <= rest.last)


def _name(mark: Mark) -> str:
    return {KEPT: "kept", SMALL: "kept", REST: "held", MISSED: "missed", REPAIRED: "repaired"}[mark]
