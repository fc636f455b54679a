"""What is kept about a person, in plain sight: counts and dates, what they agreed to, who can see it."""

from collections.abc import Sequence

import discord

from bot.domain.circles import Circle
from bot.domain.members import Scope, consented
from bot.domain.shares import Share
from bot.services.members import Kept
from cogs.alerts.answering import Answered
from cogs.check_ins.earlier import Earlier
from cogs.embeds import calm
from cogs.errors import Told
from cogs.grounding.own import ShowHelped
from cogs.items import Panel, Pressed
from cogs.members.consenting import ChangeConsents
from cogs.privacy._clearing import ClearMessages
from cogs.privacy._deleting import DeleteEverything
from cogs.privacy._export import Export
from cogs.privacy._seen import WhoSaw
from cogs.privacy._wishes import SetWishes
from cogs.reminders.setting import SetReminder
from cogs.sentences import listed, stamp
from cogs.shares.own import TurnOwn
from cogs.speech import Phrase, say, several
from cogs.words import REVIEWS, clipped, said_yes

NOTHING = Phrase("I keep nothing about you. That changes only if you join a circle, with `/join`.")
FIELD = 1024  # characters (Discord)
ALONE = Phrase("Who can see your check-ins: you alone.")
MARKED = Phrase(
    "Who can see your check-ins: you, and facilitators those that you mark for them (**Who saw what** shows "
    "each look)."
)
OFFERED = Phrase("Facilitators read what you offer, without your name unless you chose it.")
CIRCLES, SHARES = 8, 5  # shown at once; an embed holds 6,000 characters (Discord)
CHANGED = 6  # circles with buttons of their own; a message holds 25 (Discord)


def kept_look(
    kept: Sequence[Kept],
    shares: Sequence[Share],
    left_out: Sequence[tuple[Circle, str]] = (),
    outside: int = 0,
) -> Told:
    """All of it, for this person's eyes alone; `outside`: what they told or raised without having joined."""
    if not kept and outside:
        return Told(_outside(outside), view=Panel(Export(), ClearMessages(), DeleteEverything()))
    if not kept:
        return Told(NOTHING())
    embed = calm(
        title=say("What is kept about you"),
        description=say(
            "Encrypted with a key of your own, and shown here to you alone. Besides it I "
            "keep the notes that I passed on for you, such as your wish for a person."
        ),
    )
    for each in kept[:CIRCLES]:
        name = discord.utils.escape_markdown(each.circle.name)
        embed.add_field(name=clipped(name, 256), value=clipped(_circle(each), FIELD), inline=False)
    if len(kept) > CIRCLES:
        embed.set_footer(text=several("and {n} more circle", "and {n} more circles", len(kept) - CIRCLES))
    if shares:
        embed.add_field(
            name=say("Offered to the circle"), value=clipped(_shares(shares), FIELD), inline=False
        )
    if left_out:
        titles = ", ".join(discord.utils.escape_markdown(title) for _, title in left_out)
        said = say("{titles}. Only you see this; `/themes` changes it.", titles=titles)
        embed.add_field(name=say("Themes you leave out"), value=clipped(said, FIELD), inline=False)
    return Told("", embed=embed, view=Panel(*_buttons(kept, shares)))


def _outside(count: int) -> str:
    return several(
        "You haven't joined a circle. I keep {n} thing that you asked a facilitator to look at, sealed: why, "
        "and your words if you gave any. It goes 30 days after a facilitator closed it, or now, with "
        "**Delete everything**.",
        "You haven't joined a circle. I keep {n} things that you asked a facilitator to look at, sealed: "
        "why, and your words if you gave any. It goes 30 days after a facilitator closed it, or now, with "
        "**Delete everything**.",
        count,
    )


def _circle(kept: Kept) -> str:
    member = kept.member
    since = say(
        "A member since {when}: {check_ins}, {texts} offered to the circle.",
        when=stamp(member.joined_at, "D"),
        check_ins=several("{n} check-in", "{n} check-ins", kept.check_ins),
        texts=several("{n} text", "{n} texts", kept.shares),
    )
    seen_by = MARKED if consented(member, Scope.FACILITATORS) else ALONE
    going = (
        say(
            "You have left. It is deleted {when}; until then **Join** brings it back.",
            when=stamp(member.delete_at, "F"),
        )
        if member.delete_at
        else ""
    )
    return "\n".join(
        line
        for line in (
            since,
            f"{seen_by} {OFFERED}",
            said_yes(member.consents),
            say("You asked for a word before each meeting.") if kept.reminded else "",
            _alerts(kept),
            _exercises(kept),
            going,
            _closing(kept.circle),
        )
        if line
    )


def _closing(circle: Circle) -> str:
    if circle.closing is None:
        return ""
    at = stamp(circle.closing.closes_at, "F")
    return say(
        "The circle closes, and all of this is deleted {at}. Until then **Export** gives it to you.", at=at
    )


def _alerts(kept: Kept) -> str:
    things = []
    if kept.alerts:
        things.append(several("{n} alert about you", "{n} alerts about you", kept.alerts))
    if kept.told:
        things.append(
            several(
                "{n} message that you told a facilitator of",
                "{n} messages that you told a facilitator of",
                kept.told,
            )
        )
    both = listed(things, "and")
    return say("Kept until 30 days after a facilitator closed it: {both}.", both=both) if both else ""


def _exercises(kept: Kept) -> str:
    """Nothing where nothing is kept of them."""
    things = []
    if kept.favourites:
        things.append(several("{n} favourite exercise", "{n} favourite exercises", kept.favourites))
    if kept.numbers is not None:
        things.append(
            several("{n} pair of numbers, as you asked", "{n} pairs of numbers, as you asked", kept.numbers)
        )
    both = listed(things, "and")
    return say("Of exercises: {both}. Only you see them.", both=both) if both else ""


def _newest(shares: Sequence[Share]) -> list[Share]:
    return sorted(shares, key=lambda share: share.offered_at, reverse=True)


def _shares(shares: Sequence[Share]) -> str:
    return "\n".join(_share(share) for share in _newest(shares)[:SHARES])


def _share(share: Share) -> str:
    when, state = stamp(share.offered_at, "f"), REVIEWS[share.review]
    if not share.reason:
        return say("- of {when}: {state}", when=when, state=state)
    reason = clipped(share.reason, 120)
    return say("- of {when}: {state}. The reason: {reason}", when=when, state=state, reason=reason)


def _buttons(kept: Sequence[Kept], shares: Sequence[Share]) -> list[Pressed]:
    here = [each for each in kept if each.member.active]
    buttons: list[Pressed] = []
    for each in here[:CHANGED]:
        circle, name = int(each.circle.id), each.circle.name if len(here) > 1 else ""
        buttons += [ChangeConsents(circle, name), SetWishes(circle, name)]
        reminding = say("Remind me: {name}", name=name) if name else say("Remind me")
        buttons.append(SetReminder(circle, clipped(reminding, 80)))
    buttons += [Export(), WhoSaw()]
    if any(each.favourites or each.numbers is not None for each in here):
        buttons.append(ShowHelped())
    if any(each.check_ins for each in kept):
        buttons.append(Earlier())
    if shares:
        buttons.append(TurnOwn(0))
    open_ = [each.open_alert for each in kept if each.open_alert is not None]
    if open_:
        buttons.append(Answered(int(max(open_))))
    return [*buttons, ClearMessages(), DeleteEverything()]
