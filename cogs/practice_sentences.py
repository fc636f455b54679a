"""The sentences for what members practise and log; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import practice_errors
from cogs.cadences import WAYS, typed
from cogs.dates import on_day
from cogs.speech import Phrase, say

FIXED: dict[type[Exception], Phrase] = {
    practice_errors.NoSuchCommitment: Phrase(
        "I find no commitment of yours there. `/commit list` shows those you have."
    ),
    practice_errors.NoSuchAttempt: Phrase(
        "I find nothing of yours there. `/boundary mine` shows what you have tried."
    ),
    practice_errors.NoSuchChallenge: Phrase(
        "I have no such challenge here. `/boundary ladder` shows them all."
    ),
    practice_errors.PracticeRests: Phrase("Practice with other people rests for you now, until you go on."),
    practice_errors.NoSuchPair: Phrase("This practice belongs to two others. Nothing was changed."),
    practice_errors.NotYourTurn: Phrase(
        "This step is for the other one of you, or it is over already. The card above shows "
        "where you two are. Nothing was changed."
    ),
    practice_errors.PairOver: Phrase("This practice has ended. Nothing was changed."),
    practice_errors.ItTakesTwo: Phrase(
        "That needs one other person: someone of this circle. You can pick again. Nothing was changed."
    ),
    practice_errors.NotAlongside: Phrase(
        "Nobody walks alongside you here just now. `/partner` shows how that begins. Nothing was sent."
    ),
    practice_errors.SentToday: Phrase(
        "A word of yours has gone to them today. Tomorrow there is room for another. Nothing was sent."
    ),
    practice_errors.CommitmentEnded: Phrase(
        "You let this one go, so nothing is logged on it. Nothing was changed."
    ),
    practice_errors.PastDate: Phrase(
        "That date has been already. A date from today on fits. Nothing was changed."
    ),
    practice_errors.OnlyByDays: Phrase(
        "To log only what didn't go well, it needs its days: daily, weekdays or some days of the "
        "week. Nothing was changed."
    ),
    practice_errors.NothingAsks: Phrase(
        "No day asks for this one, so there is nothing to remind you of. Nothing was changed."
    ),
    practice_errors.NoRestLeft: Phrase(
        "The rest days of this week are used up. A pause has no limit and costs nothing. Nothing was changed."
    ),
    practice_errors.VagueCommitment: Phrase(
        "What is one act that someone could see or hear? Nothing was changed."
    ),
    practice_errors.UnfitCommitment: Phrase("That one needs more than a counter. Nothing was changed."),
}


def _too_high(error: practice_errors.TooHigh) -> str:
    return say(
        "This one lies higher than a next step in its area, where yours is rung {rung} for now. "
        "It waits for you; a smaller one may be a good place to begin. Nothing was changed.",
        rung=error.rung,
    )


def _no_room(error: practice_errors.NoRoom) -> str:
    return say(
        "There is room for {limit} of these, and all are taken. You might take one out first. "
        "Nothing was changed.",
        limit=error.limit,
    )


def _too_many(error: practice_errors.TooManyCommitments) -> str:
    return say(
        "You have {limit} going already, which is plenty. You might let one go first; its record "
        "stays. Nothing was changed.",
        limit=error.limit,
    )


def _bad_cadence(_error: practice_errors.BadCadence) -> str:
    daily, weekdays, days, times, date, open_ = map(typed, WAYS)
    return say(
        "I couldn't read how often. These work: {daily}, {weekdays}, {days} (any days), {times}, "
        "a date such as {date}, or: {open}. Nothing was changed.",
        daily=daily,
        weekdays=weekdays,
        days=days,
        times=times,
        date=date,
        open=open_,
    )


def _future(error: practice_errors.FutureDay) -> str:
    return say(
        "That day hasn't come yet: for you it is {today}. Nothing was changed.", today=on_day(error.today)
    )


def _closed(error: practice_errors.DayClosed) -> str:
    return say("Days from {first} on can be logged. Nothing was changed.", first=on_day(error.first))


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    practice_errors.TooHigh: _too_high,
    practice_errors.NoRoom: _no_room,
    practice_errors.TooManyCommitments: _too_many,
    practice_errors.BadCadence: _bad_cadence,
    practice_errors.FutureDay: _future,
    practice_errors.DayClosed: _closed,
}
