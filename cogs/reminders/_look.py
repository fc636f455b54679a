"""What is said of a reminder: what was asked for, when it comes, and truthfully when it does not."""

import discord

from bot.domain.reminders import Reminder, Strength
from bot.services.reminders import ReminderShown
from cogs.sentences import stamp
from cogs.speech import Phrase, say
from cogs.words import lines

STRENGTHS = {
    Strength.QUIET: Phrase("once, without a sound"),
    Strength.PLAIN: Phrase("once"),
    Strength.TWICE: Phrase("once, and again two hours later"),
}
STRENGTH_LABELS = {
    Strength.QUIET: Phrase("Once, without a sound"),
    Strength.PLAIN: Phrase("Once"),
    Strength.TWICE: Phrase("Once, and again two hours later"),
}
REMIND = Phrase("Remind me")
OFF = Phrase(
    "Your reminder is switched off: my direct message could not reach you, as your messages are "
    "closed to me. That's fine. Where you open them again, `/remind` switches it on; everything "
    "else works right here."
)
STOPPED = Phrase(
    "Stopped. Nothing more comes, and the time that you chose is deleted. `/remind` is there if you want it."
)
NONE = Phrase("There was nothing to stop: I keep no reminder of yours here.")
HOW = Phrase(
    "It comes by direct message, only on days with a check-in that you haven't answered, and "
    "never in quiet hours. A pass is kept nowhere, so on a day that you pass it may still come."
)
_IF_WANTED = Phrase(
    "If you'd like one: it comes by direct message, only on days with a check-in that you haven't "
    "answered, and never in quiet hours. A pass is kept nowhere, so on a day that you pass it may "
    "still come. Each has a button that ends them."
)
_MISSING = Phrase("For now it doesn't come: a yes of yours that it needs is missing. You can give it here.")
_DISCREET = Phrase(
    "As it is discreet here, it comes without a sound and names neither the circle nor what it is about."
)
_IN_QUIET = Phrase("Its next time falls into quiet hours, so it wouldn't come then. Another time would work.")
_EARLY = Phrase(
    "At that time no check-in of the day has been posted yet, so it wouldn't come. A later time would work."
)


def shown_said(shown: ReminderShown) -> str:
    """How it stands."""
    name = discord.utils.escape_markdown(shown.circle.name)
    if shown.reminder is None:
        none = say("You have no reminder in **{name}**, and none comes unless you ask for one.", name=name)
        return lines([none, _IF_WANTED()])
    if shown.reminder.next_at is None:
        return OFF()
    return lines(
        [
            say(
                "In **{name}** you are reminded at **{at}** ({zone}), {strength}; the next time is {coming}.",
                name=name,
                at=f"{shown.reminder.at:%H:%M}",
                zone=shown.reminder.zone.key,
                strength=STRENGTHS[shown.reminder.strength],
                coming=stamp(shown.reminder.next_at, "F"),
            ),
            HOW(),
            _MISSING() if shown.missing else "",
            _DISCREET() if shown.discreet else "",
            _IN_QUIET() if shown.in_quiet else "",
            _EARLY() if shown.too_early else "",
        ]
    )


def set_said(shown: ReminderShown) -> str:
    """After it was set or changed."""
    return f"{say('Done.')} {shown_said(shown)}"


def asks_again(reminder: Reminder | None) -> str:
    """The label of the button that sets it."""
    if reminder is None:
        return REMIND()
    return say("Switch it on again") if reminder.off else say("Change it")
