"""What is said of a reminder: what was asked for, when it comes, and truthfully when it does not."""

import discord

from bot.domain.reminders import Reminder, Strength
from bot.services.reminders import ReminderShown
from cogs.sentences import stamp
from cogs.words import lines

STRENGTHS = {
    Strength.QUIET: "once, without a sound",
    Strength.PLAIN: "once",
    Strength.TWICE: "once, and again two hours later",
}
OFF = (
    "Your reminder is switched off: my direct message could not reach you, as your messages are closed to "
    "me. That's fine. Where you open them again, `/remind` switches it on; everything else works right here."
)
STOPPED = (
    "Stopped. Nothing more comes, and the time that you chose is deleted. `/remind` is there if you want it."
)
NONE = "There was nothing to stop: I keep no reminder of yours here."
HOW = (
    "It comes by direct message, only on days with a check-in that you haven't answered, and never in quiet "
    "hours. A pass is kept nowhere, so on a day that you pass it may still come."
)
_MISSING = "For now it doesn't come: a yes of yours that it needs is missing. You can give it here."
_DISCREET = (
    "As it is discreet here, it comes without a sound and names neither the circle nor what it is about."
)
_IN_QUIET = "Its next time falls into quiet hours, so it wouldn't come then. Another time would work."
_EARLY = (
    "At that time no check-in of the day has been posted yet, so it wouldn't come. A later time would work."
)


def shown_said(shown: ReminderShown) -> str:
    """How it stands."""
    name = discord.utils.escape_markdown(shown.circle.name)
    if shown.reminder is None:
        none = f"You have no reminder in **{name}**, and none comes unless you ask for one."
        return lines(
            [none, f"If you'd like one: {HOW[0].lower()}{HOW[1:]} Each has a button that ends them."]
        )
    if shown.reminder.next_at is None:
        return OFF
    when = f"at **{shown.reminder.at:%H:%M}** ({shown.reminder.zone.key})"
    strength, coming = STRENGTHS[shown.reminder.strength], stamp(shown.reminder.next_at, "F")
    return lines(
        [
            f"In **{name}** you are reminded {when}, {strength}; the next time is {coming}.",
            HOW,
            _MISSING if shown.missing else "",
            _DISCREET if shown.discreet else "",
            _IN_QUIET if shown.in_quiet else "",
            _EARLY if shown.too_early else "",
        ]
    )


def set_said(shown: ReminderShown) -> str:
    """After it was set or changed."""
    return f"Done. {shown_said(shown)}"


def asks_again(reminder: Reminder | None) -> str:
    """The label of the button that sets it."""
    if reminder is None:
        return "Remind me"
    return "Switch it on again" if reminder.off else "Change it"
