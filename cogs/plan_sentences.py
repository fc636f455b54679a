"""The sentences for what cannot be done to a plan, its weeks and its posts; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import plan_errors
from bot.domain.occurrences import Reason
from bot.domain.plan_files import BadPlanFile
from cogs.dates import on_day
from cogs.reasons import REASONS
from cogs.speech import Phrase, say

FIXED: dict[type[Exception], Phrase] = {
    plan_errors.NoPlan: Phrase(
        "No weeks are planned here yet. A facilitator can lay them out with `/theme plan`; "
        "check-ins come meanwhile, with other questions."
    ),
    plan_errors.NoSuchWeek: Phrase(
        "I can't find that week in the plan. The weeks are offered as you type, and `/theme "
        "calendar` shows them all."
    ),
    plan_errors.NoSuchTheme: Phrase(
        "I know no such theme here. `/theme library` lists them, and `/theme import` brings your own."
    ),
    plan_errors.NoSuchPrompt: Phrase(
        "I know no such text for this circle. What there is is offered as you type."
    ),
    plan_errors.SameWeek: Phrase(
        "That is the same week twice: there is nothing to exchange. You can name another."
    ),
    plan_errors.NoSuchDraft: Phrase(
        "This import has been decided on, or has waited for more than a day, so I hold it no "
        "more. Nothing was changed; `/theme import` reads the file again."
    ),
    BadPlanFile: Phrase("I can't take this file as a plan the way it is. Nothing was changed."),
    plan_errors.PlanChanged: Phrase("The plan was changed by somebody meanwhile, so I left it as it is now."),
}


def _in_past(error: plan_errors.PlanInPast) -> str:
    return say(
        "{start} is over: it is {today} in this circle. Nothing was laid. A plan can start today "
        "or on any later day.",
        start=on_day(error.start),
        today=on_day(error.today),
    )


def _overlaps(error: plan_errors.PlanOverlaps) -> str:
    return say(
        "The week of {start} would lie on one that is planned already, that of {other}. Nothing "
        "was changed. You can start after it, or take the coming weeks off with `/theme clear`.",
        start=on_day(error.start),
        other=on_day(error.other),
    )


def _too_long(error: plan_errors.PlanTooLong) -> str:
    return say(
        "That would be more than {limit} weeks, as far as a plan goes. Nothing was changed.",
        limit=error.limit,
    )


def _begun(error: plan_errors.WeekBegun) -> str:
    return say(
        "The week of {start} has begun, or is over, so it stays where it is. Weeks that are "
        "still to come can be changed.",
        start=on_day(error.start),
    )


def _settling(error: plan_errors.SettlingWeek) -> str:
    return say(
        "The week of {start} is one of the curriculum's first four. They settle people before "
        "anything goes deeper, so they keep their order; the weeks after them can be exchanged.",
        start=on_day(error.start),
    )


def _quiet(error: plan_errors.QuietTime) -> str:
    return say(
        "{at} lies within the circle's quiet hours ({start} to {end}), when nothing is posted. "
        "Nothing was changed. You can choose another time, or other quiet hours with `/circle "
        "settings`.",
        at=f"{error.at:%H:%M}",
        start=f"{error.start:%H:%M}",
        end=f"{error.end:%H:%M}",
    )


def _no_holidays(error: plan_errors.NoHolidays) -> str:
    if error.region is None:
        return say(
            "Holidays are those of a country, and this circle has none set. You can name both at "
            "once: `/circle settings` with `region` and `holidays`."
        )
    return say(
        "I know no public holidays of {region}, so that stays off. Nothing was changed.", region=error.region
    )


def _held_back(error: plan_errors.HeldBack) -> str:
    reason = REASONS[Reason(error.reason)]
    return say("Nothing is posted then: {reason}.", reason=reason)


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
