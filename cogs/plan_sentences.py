"""The sentences for what cannot be done to a plan, its weeks and its posts; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import plan_errors
from bot.domain.occurrences import Reason
from bot.domain.plan_files import BadPlanFile
from cogs.dates import on_day
from cogs.reasons import REASONS

FIXED: dict[type[Exception], str] = {
    plan_errors.NoPlan: (
        "No weeks are planned here yet. A facilitator can lay them out with `/theme plan`; check-ins come "
        "meanwhile, with other questions."
    ),
    plan_errors.NoSuchWeek: (
        "I can't find that week in the plan. The weeks are offered as you type, and `/theme calendar` shows "
        "them all."
    ),
    plan_errors.NoSuchTheme: (
        "I know no such theme here. `/theme library` lists them, and `/theme import` brings your own."
    ),
    plan_errors.NoSuchPrompt: "I know no such text for this circle. What there is is offered as you type.",
    plan_errors.SameWeek: "That is the same week twice: there is nothing to exchange. You can name another.",
    plan_errors.NoSuchDraft: (
        "This import has been decided on, or has waited for more than a day, so I hold it no more. Nothing "
        "was changed; `/theme import` reads the file again."
    ),
    BadPlanFile: "I can't take this file as a plan the way it is. Nothing was changed.",
    plan_errors.PlanChanged: "The plan was changed by somebody meanwhile, so I left it as it is now.",
}


def _in_past(error: plan_errors.PlanInPast) -> str:
    return (
        f"{on_day(error.start)} is over: it is {on_day(error.today)} in this circle. Nothing was laid. A "
        "plan can start today or on any later day."
    )


def _overlaps(error: plan_errors.PlanOverlaps) -> str:
    return (
        f"The week of {on_day(error.start)} would lie on one that is planned already, that of "
        f"{on_day(error.other)}. Nothing was changed. You can start after it, or take the coming weeks off "
        "with `/theme clear`."
    )


def _too_long(error: plan_errors.PlanTooLong) -> str:
    return f"That would be more than {error.limit} weeks, as far as a plan goes. Nothing was changed."


def _begun(error: plan_errors.WeekBegun) -> str:
    return (
        f"The week of {on_day(error.start)} has begun, or is over, so it stays where it is. Weeks that are "
        "still to come can be changed."
    )


def _settling(error: plan_errors.SettlingWeek) -> str:
    return (
        f"The week of {on_day(error.start)} is one of the curriculum's first four. They settle people before "
        "anything goes deeper, so they keep their order; the weeks after them can be exchanged."
    )


def _quiet(error: plan_errors.QuietTime) -> str:
    return (
        f"{error.at:%H:%M} lies within the circle's quiet hours ({error.start:%H:%M} to {error.end:%H:%M}), "
        "when nothing is posted. Nothing was changed. You can choose another time, or other quiet hours with "
        "`/circle settings`."
    )


def _no_holidays(error: plan_errors.NoHolidays) -> str:
    if error.region is None:
        return (
            "Holidays are those of a country, and this circle has none set. You can name both at once: "
            "`/circle settings` with `region` and `holidays`."
        )
    return f"I know no public holidays of {error.region}, so that stays off. Nothing was changed."


def _held_back(error: plan_errors.HeldBack) -> str:
    reason = REASONS[Reason(error.reason)]
    return f"Nothing is posted then: {reason}."


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    plan_errors.PlanInPast: _in_past,
    plan_errors.PlanOverlaps: _overlaps,
    plan_errors.PlanTooLong: _too_long,
    plan_errors.WeekBegun: _begun,
    plan_errors.SettlingWeek: _settling,
    plan_errors.QuietTime: _quiet,
    plan_errors.NoHolidays: _no_holidays,
    plan_errors.HeldBack: _held_back,
}
