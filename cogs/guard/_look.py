"""What facilitators read of the guard: what it is, what it needs and why, what is in its way or missed."""

import discord

from bot.domain.guard import Policy, Rule
from bot.services.guards import GuardShown
from cogs.channel_sentences import trouble_said
from cogs.embeds import calm
from cogs.errors import Told
from cogs.speech import Phrase, say, several
from cogs.words import lines

POLICIES = {
    Policy.HOLD: Phrase("hold: it isn't posted; only its author learns of it there"),
    Policy.TELL: Phrase("tell: it is posted as ever"),
}
WHAT = Phrase(
    "Discord's own AutoMod looks for a few plain phrases, said of oneself and of now, in "
    "<#{channel}>. I never read what is written there: Discord tells me that a phrase of mine "
    "was met, and by whom."
)
HELD = Phrase(
    "It isn't posted. Its author alone sees a kind word in its place, with a way to help, and "
    "keeps their own words to change or to leave."
)
POSTED = Phrase(
    "It is posted as ever. Discord wants a channel for a note of its own then, and that note "
    "holds the words. So it goes where nobody but I, and those who administer the server, can "
    "see it, and I delete each note as soon as it comes."
)
HELP = Phrase(
    "Its author is offered help in private: by direct message if they said yes to those. If not, "
    "the facilitators are told that help could not be delivered."
)
TOLD = Phrase(
    "Facilitators are told as `/circle settings` says, with “word match”, and never with the "
    "words. Of danger from another person nobody is told before the author was asked."
)
PERMISSION = Phrase(
    "**Manage Server**: Discord asks it of whoever makes AutoMod rules. I use it for these "
    "rules, and for nothing else. After `/guard off` you can take it away again."
)
LIMITS = Phrase(
    "It knows few phrases and can be wrong both ways. It sees no pictures, and nothing from "
    "those who manage the server. The lists are drafts that no clinician has signed off yet. "
    "Deleting or disabling one of the rules on Discord switches the guard off, and I tell you."
)
LET_BE = Phrase("Then nothing is made.")
OFF = Phrase("The guard is off. My rules are gone, and nothing of it is kept.")
OFF_HERE = Phrase(
    "No guard is on for this circle. `/guard on` first shows what it would be, and makes nothing."
)
MADE = Phrase("The guard is on. `/guard status` shows it, `/guard off` takes it away.")
BY_HAND = Phrase(
    "One of my AutoMod rules was deleted or switched off on Discord. I take it as meant: the "
    "guard is off now, and my other rules are gone, too. `/guard on` brings it back, if you'd "
    "like that."
)


def preview_look(shown: GuardShown, copies: str | None) -> Told:
    """What would be made, before it is; or what is in the way."""
    if shown.trouble is not None:
        return Told(lines([trouble_said(shown.trouble, copies), say("Nothing was made.")]))
    return Told(
        say("**Nothing is made yet.** This is what would be:"),
        embed=_card(shown, say("A guard for the channel")),
    )


def made_look(shown: GuardShown) -> Told:
    """After the press."""
    if shown.trouble is not None:
        return Told(trouble_said(shown.trouble, None))
    if shown.policy is None:
        return Told(BY_HAND())
    return Told(_being_made(shown.missing) if shown.missing else MADE())


def status_look(shown: GuardShown) -> Told:
    """How it stands."""
    if shown.policy is None:
        return Told(OFF_HERE())
    if shown.trouble is not None:
        blocked = say("A guard is switched on here, and something is in its way.")
        return Told(lines([blocked, trouble_said(shown.trouble, None)]))
    said = _being_made(shown.missing) if shown.missing else ""
    return Told(said, embed=_card(shown, say("A guard is on")))


def ended_look(shown: GuardShown) -> Told:
    """After it was switched off."""
    return Told(OFF() if shown.trouble is None else trouble_said(shown.trouble, None))


def _card(shown: GuardShown, title: str) -> discord.Embed:
    embed = calm(title=title, description=WHAT(channel=shown.circle.home.channel))
    held = shown.policy is Policy.HOLD
    embed.add_field(name=say("A message that meets one"), value=HELD() if held else POSTED(), inline=False)
    embed.add_field(name=say("What follows"), value=f"{HELP}\n{TOLD}", inline=False)
    if held:
        shown_words = "\n> \n".join(f"> {rule.shown}" for rule in shown.rules if rule.shown)
        embed.add_field(name=say("What its author reads, by rule"), value=shown_words[:1024], inline=False)
    embed.add_field(name=say("The rules"), value="\n".join(map(_rule, shown.rules)), inline=False)
    embed.add_field(name=say("Left alone"), value=_left_alone(shown), inline=False)
    embed.add_field(name=say("What I need for it"), value=PERMISSION(), inline=False)
    embed.set_footer(text=LIMITS())
    return embed


def _left_alone(shown: GuardShown) -> str:
    idioms = max((len(rule.allowed) for rule in shown.rules), default=0)
    return several(
        "{n} other channel of this server, each named in the rules, and {idioms}.",
        "{n} other channels of this server, each named in the rules, and {idioms}.",
        shown.exempt,
        idioms=several("{n} form of idioms", "{n} forms of idioms", idioms),
    )


def _being_made(missing: int) -> str:
    return several(
        "The guard is on, and {n} of its rules is still on its way; I go on by myself.",
        "The guard is on, and {n} of its rules are still on their way; I go on by myself.",
        missing,
    )


def _rule(rule: Rule) -> str:
    forms = several("{n} form of phrases", "{n} forms of phrases", len(rule.keywords))
    patterns = several("{n} pattern", "{n} patterns", len(rule.patterns))
    return f"- **{rule.name}**: {forms}, {patterns}"
