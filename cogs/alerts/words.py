"""How an alert is said to facilitators: in the pack's own texts, with a link, and no claim about anybody."""

import re
from datetime import datetime, timedelta

from bot.domain.alerts import BY_WORDS, Alert, AlertState, Concern, Safe, Source
from bot.domain.circles import Circle
from bot.domain.listening.tiers import Tier
from bot.domain.prompts import Content
from bot.services.messenger import AlertShown
from cogs.sentences import listed, stamp
from cogs.speech import Phrase, say, several
from cogs.words import lines, text

LABELS = {  # of each tier, by the id of its text
    Tier.DISTRESS: "sf-t-distress:label",
    Tier.SELF_HARM: "sf-t-selfharm:label",
    Tier.SUICIDE_PASSIVE: "sf-t-suicide:label",
    Tier.SUICIDE_ACTIVE: "sf-t-suicide:label",
    Tier.DANGER_FROM_OTHER: "sf-t-danger:label",
    Tier.HARM_TO_OTHER: "sf-t-harmother:label",
}
PEER = {
    Concern.WORRIED: "sf-a-peer",
    Concern.AGREEMENT: "sf-a-peer-rule",
    Concern.OTHER: "sf-a-peer-other",
}
SAFE = {
    Safe.YES.value: Phrase("A private message here: yes, here is fine."),
    Safe.AT.value: Phrase("A private message here: only at a time they named. **Read the note** has it."),
    Safe.NO.value: Phrase("A private message here: no, please don't. Another way may be safe for them."),
    None: Phrase("A private message here: they haven't answered yet."),
}
WISHES = {  # by whether a message is safe, in short
    Safe.YES.value: Phrase("would like a person (a message is fine)"),
    Safe.AT.value: Phrase("would like a person (a message at set times)"),
    Safe.NO.value: Phrase("would like a person (no message here)"),
    None: Phrase("would like a person"),
}
DOUBTED = Phrase(
    "They say that the word list misread them. A short private word may be welcome all the same."
)
NOBODY = Phrase("Nobody has it yet.")
FORGOTTEN = Phrase("A facilitator who is forgotten here")
_PLACE = re.compile(r"https://discord\.com/channels/\d+/(\d+)(/\d+)?")  # of a channel, or a message in it


def said(shown: AlertShown, circle: Circle, content: Content) -> str:
    """All that is said of one, in paragraphs."""
    alert = shown.alert
    if alert.state is AlertState.CLOSED:
        id_ = "sf-a-false" if alert.misread else "sf-a-done"
        return text(content, id_, time=stamp(alert.raised_at, "f"))
    return lines(
        [
            *(_filled(id_, shown, circle, content) for id_ in _texts(alert)),
            SAFE.get(alert.safe, SAFE[None])() if Source.PRESSED in alert.sources else "",
            _told_by(shown),
            DOUBTED() if alert.doubted else "",
            _standing(alert, content),
        ]
    )


def row(
    number: int, shown: AlertShown, content: Content, between: str = "\n-# ", *, linked: bool = True
) -> str:
    """One of several, with who has it: on a line of its own, or after `between`."""
    alert = shown.alert
    how = _how(alert, content)
    who = f" · <@{shown.account.id}>" if shown.account else ""
    where = f" · {_pointed(link)}" if linked and (link := _message_link(alert)) else ""
    return f"**{number}** {how}{who} · {stamp(alert.raised_at, 'R')}{where}{between}{_held(alert)}"


def held_by(alert: Alert) -> str:
    """Who has it, as it is said."""
    return f"<@{alert.holder.id}>" if alert.holder else FORGOTTEN()


def waited(alert: Alert, now: datetime) -> str:
    """How long nobody has taken it."""
    return span(now - alert.asked_at)


def span(time: timedelta) -> str:
    """Such as "10 minutes" or "3 hours"."""
    minutes = max(1, round(time / timedelta(minutes=1)))
    return (
        several("{n} minute", "{n} minutes", minutes)
        if minutes < 120
        else several("{n} hour", "{n} hours", round(minutes / 60))
    )


def _texts(alert: Alert) -> list[str]:
    """The ids of the texts that say how it came to be; the gravest word of all of them first."""
    first = ["sf-a-danger"] if Tier.DANGER_FROM_OTHER in alert.tiers else []
    if alert.sources & BY_WORDS:
        match = "sf-a-match-only" if Source.UNDELIVERED in alert.sources else "sf-a-match"
        first.append(match if Source.MATCH in alert.sources else "sf-a-channel")
    elif Source.PEER in alert.sources:
        first.append(PEER[alert.concern or Concern.OTHER])
    return (
        first
        + (["sf-a-pressed"] if Source.PRESSED in alert.sources else [])
        + (["sf-a-undelivered"] if Source.UNDELIVERED in alert.sources else [])
    )


def _filled(id_: str, shown: AlertShown, circle: Circle, content: Content) -> str:
    alert = shown.alert
    place = _PLACE.match(alert.link or "")
    filled = text(
        content,
        id_,
        member=f"<@{shown.account.id}>" if shown.account else say("A member"),
        channel=f"<#{place[1] if place else circle.home.channel}>",
        tier_label=text(content, LABELS[alert.tier]) if alert.tier in LABELS else "",
        link=_message_link(alert),
    )
    return filled.strip()


def _message_link(alert: Alert) -> str:
    """To what is to be looked at; a bare channel is named in the sentence already."""
    link = alert.link or ""
    place = _PLACE.match(link)
    return link if place is None or place[2] else ""


def _told_by(shown: AlertShown) -> str:
    if Source.PEER not in shown.alert.sources:
        return ""
    if not shown.told_by:
        return say("Who told it isn't shown.")
    return several(
        "Told by {names}, who is fine with your knowing.",
        "Told by {names}, who are fine with your knowing.",
        len(shown.told_by),
        names=listed([f"<@{account.id}>" for account in shown.told_by], "and"),
    )


def _standing(alert: Alert, content: Content) -> str:
    if alert.state is not AlertState.ACKNOWLEDGED:
        return f"-# {_raised(alert, 'f')} {NOBODY}"
    taken = text(content, "sf-a-taken", facilitator=held_by(alert))
    since = say("Since {when}.", when=stamp(alert.taken_at or alert.raised_at, "f"))
    return f"{taken}\n-# {since} {_raised(alert, 'R')}" if alert.times > 1 else f"{taken}\n-# {since}"


def _raised(alert: Alert, style: str) -> str:
    when = stamp(alert.raised_at, style)
    if alert.times <= 1:
        return say("Raised {when}.", when=when)
    return several(
        "Raised {when}, {n} time in all, the last {last}.",
        "Raised {when}, {n} times in all, the last {last}.",
        alert.times,
        when=when,
        last=stamp(alert.last_at, "R"),
    )


def _how(alert: Alert, content: Content) -> str:
    parts = []
    if Tier.DANGER_FROM_OTHER in alert.tiers:
        parts.append(text(content, LABELS[Tier.DANGER_FROM_OTHER]))
    if alert.sources & BY_WORDS:
        parts.append(
            say("word match: {kind}", kind=text(content, LABELS[alert.tier]))
            if alert.tier in LABELS
            else say("word match")
        )
    if Source.PRESSED in alert.sources:
        parts.append(WISHES.get(alert.safe, WISHES[None])())
    if Source.PEER in alert.sources:
        parts.append(
            say("somebody is worried") if alert.concern is Concern.WORRIED else say("a message to look at")
        )
    if Source.UNDELIVERED in alert.sources:
        parts.append(say("help could not be delivered"))
    return ", ".join(parts)


def _held(alert: Alert) -> str:
    if alert.state is AlertState.CLOSED:
        return say("Closed.")
    return say("{who} has it.", who=held_by(alert)) if alert.state is AlertState.ACKNOWLEDGED else NOBODY()


def _pointed(link: str) -> str:
    return f"[{say('message')}]({link})" if link.startswith("https://") else link
