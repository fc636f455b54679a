"""Tells a member, where they are met next, that their reminder could not reach them and is switched off."""

from bot.services.check_ins import CheckInRecorded
from cogs.reminders._look import OFF
from cogs.words import lines


def and_off(recorded: CheckInRecorded, said: str) -> str:
    """What is said anyway, and once beneath it that the reminder in this circle was switched off."""
    return lines([said, OFF()]) if recorded.reminder_off else said
