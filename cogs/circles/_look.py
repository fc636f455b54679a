"""How a circle's settings, its pause and its standing are said."""

from collections.abc import Sequence

import discord

from bot.domain.circles import Circle, Settings
from bot.domain.closings import Closing
from bot.domain.languages import NATIVE
from bot.domain.occurrences import Occurrence
from bot.services.circles import CircleStatus
from cogs.circles._choices import ALERTS, HOLIDAYS, READERS, SHARING
from cogs.closings.components import closing_panel
from cogs.dates import WEEKDAYS
from cogs.duty.said import on_duty_words
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, button
from cogs.permissions import CANNOT_PING
from cogs.places import link
from cogs.promises import kept_word
from cogs.reasons import KINDS
from cogs.schedules.naming import name_of
from cogs.sentences import stamp
from cogs.speech import Phrase, say, several

NEXT_STEP = Phrase("You can change any of these by naming it with `/circle settings`.")


def settings_look(circle: Circle, *, before: Circle) -> Told:
    """All settings, with those that were just changed marked."""
    was, now = _settings(before.settings), _settings(circle.settings)
    embed = calm(title=say("Settings of {name}", name=discord.utils.escape_markdown(circle.name))[:256])
    for name, value in now.items():
        changed = was[name] != value
        embed.add_field(
            name=name,
            value=say("**{value}** (was {before})", value=value, before=was[name]) if changed else value,
        )
    text = say("Changed.") if was != now else NEXT_STEP()
    return Told(text, embed=embed)


def _settings(settings: Settings) -> dict[str, str]:
    quiet = settings.quiet
    return {
        say("Language"): NATIVE[settings.language],
        say("Time zone"): settings.zone.key,
        say("Daily check-in"): f"{settings.prompt_time:%H:%M}",
        say("Discreet"): _yes_no(settings.discreet),
        say("Quiet hours"): say("{start} to {end}", start=f"{quiet.start:%H:%M}", end=f"{quiet.end:%H:%M}")
        if quiet
        else say("none"),
        say("Region"): settings.region or say("not set"),
        say("Sharing"): SHARING[settings.sharing](),
        say("A theme's week begins on"): list(WEEKDAYS.values())[settings.week_starts - 1](),
        say("Public holidays"): HOLIDAYS[settings.holidays](),
        say("Made for"): READERS[settings.made_for](),
        say("Weekly digest"): _yes_no(settings.digest),
        say("Facilitators are told of"): ALERTS[settings.alerts](),
        say("Facilitators read"): _plain(settings.hours) or say("not said"),
        say("They usually answer within"): _plain(settings.response_time) or say("not said"),
    }


def _yes_no(on: bool) -> str:
    return say("yes") if on else say("no")


def paused(circle: Circle) -> str:
    """What the circle reads when a pause begins."""
    until = circle.pause.until if circle.pause else None
    end = (
        say("Posts begin again {when}.", when=stamp(until, "F"))
        if until
        else say("Posts begin again when a facilitator says so.")
    )
    return say(
        "The circle rests for now: nothing is posted by me. {end} `/checkin` and everything "
        "private keep working meanwhile, and nothing of yours is lost.",
        end=end,
    )


def resumed() -> str:
    """What the circle reads when a pause ends."""
    return say("The circle goes on: posts come at their usual times again. There is nothing to catch up on.")


def status_look(
    status: CircleStatus, missing: Sequence[tuple[str, str]], *, cannot_ping: bool = False
) -> Told:
    """How the circle stands; `missing` as permissions.missing_in gives it."""
    circle = status.circle
    embed = calm(title=say("{name} stands like this", name=discord.utils.escape_markdown(circle.name))[:256])
    hint = CANNOT_PING(channel=circle.home.facilitators, role=circle.home.role) if cannot_ping else ""
    for name, value in _status(status, _permissions(missing, hint)).items():
        embed.add_field(name=name, value=value[:1024], inline=False)
    again = button(say("Post the welcome card again"), f"circle:welcome:{circle.id}")
    return Told("", embed=embed, view=Panel(again) if circle.closing is None else closing_panel(circle))


def _status(status: CircleStatus, permissions: str) -> dict[str, str]:
    nexts = [f"- {name_of(schedule)}: {stamp(due.at)}" for schedule, due in status.nexts if due]
    lasts = [_last(status.circle, occurrence) for occurrence in status.lasts]
    fields = {
        say("Next posts"): "\n".join(nexts)
        or say("Nothing is scheduled. `/schedule add` makes a recurring post."),
        say("Last posts"): "\n".join(lasts) or say("None yet."),
        say("Permissions"): permissions,
        say("Members"): str(status.members),
        say("Waiting for review"): _waiting(status),
        say("On duty"): on_duty_words(status.on_duty, used=status.duty_used),
        say("Open alerts"): several("{n} alert. `/alerts`", "{n} alerts. `/alerts`", status.alerts)
        if status.alerts
        else say("None."),
        say("The last 30 days"): kept_word(status.promises),
    }
    if status.circle.closing is not None:
        fields = {say("Closing"): _closing(status.circle.closing)} | fields
        fields[say("Next posts")] = say("None, as the circle closes.")
    elif status.paused:
        fields = {say("Paused"): _nothing_posted(status.circle)} | fields
    if status.stuck:
        fields[say("Stuck on its way")] = say(
            "{number}, the oldest since {since}",
            number=len(status.stuck),
            since=stamp(status.stuck[0].written_at),
        )
    return fields


def _closing(closing: Closing) -> str:
    return say(
        "Nothing is posted any more, and all that I keep of it is deleted {at} ({ago}), unless a "
        "facilitator keeps the circle.",
        at=stamp(closing.closes_at),
        ago=stamp(closing.closes_at, "R"),
    )


def _nothing_posted(circle: Circle) -> str:
    until = circle.pause.until if circle.pause else None
    if until is None:
        return say("Nothing is posted until `/circle resume`.")
    return say("Nothing is posted until {when}.", when=stamp(until))


def _plain(said: str) -> str:
    return discord.utils.escape_markdown(said)


def _last(circle: Circle, occurrence: Occurrence) -> str:
    at = stamp(occurrence.sent_at or occurrence.due)
    where = f" {link(circle, occurrence.message)}" if occurrence.message else ""
    return f"- {KINDS[occurrence.kind.value]}: {at}{where}"


def _permissions(missing: Sequence[tuple[str, str]], hint: str) -> str:
    lines = [hint] if hint else []
    lines += [
        say("- in <#{channel}> I lack **{permission}**", channel=channel, permission=name)
        for channel, name in missing
    ]
    return "\n".join(lines) or say("I have all that I need.")


def _waiting(status: CircleStatus) -> str:
    if not status.waiting_shares or status.waiting_since is None:
        return say("Nothing waits.")
    return say(
        "{number}, the oldest offered {since}",
        number=status.waiting_shares,
        since=stamp(status.waiting_since, "R"),
    )
