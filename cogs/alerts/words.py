"""How an alert is said to facilitators: in the pack's own texts, with a link, and no claim about anybody."""

import re
from datetime import datetime, timedelta

from bot.domain.alerts import BY_WORDS, Alert, AlertState, Concern, Safe, Source
from bot.domain.circles import Circle
from bot.domain.listening.tiers import Tier
from bot.domain.prompts import Content
from bot.services.messenger import AlertShown
from cogs.sentences import stamp
from cogs.words import counted, lines, text

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
    Safe.YES.value: "A private message here: yes, here is fine.",
    Safe.AT.value: "A private message here: only at a time they named. **Read the note** has it.",
    Safe.NO.value: "A private message here: no, please don't. Another way may be safe for them.",
    None: "A private message here: they haven't answered yet.",
}
SAFE_IN_SHORT = {
    Safe.YES.value: "a message is fine",
    Safe.AT.value: "a message at set times",
    Safe.NO.value: "no message here",
}
DOUBTED = "They say that the word list misread them. A short private word may be welcome all the same."
NOBODY = "Nobody has it yet."
FORGOTTEN = "A facilitator who is forgotten here"
OPEN_ALERTS = "Open alerts stand under `/alerts`."
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
            SAFE.get(alert.safe, SAFE[None]) if Source.PRESSED in alert.sources else "",
            _told_by(shown),
            DOUBTED if alert.doubted else "",
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
    return f"<@{alert.holder.id}>" if alert.holder else FORGOTTEN


def waited(alert: Alert, now: datetime) -> str:
    """How long nobody has taken it."""
    return span(now - alert.asked_at)


def span(time: timedelta) -> str:
    """Such as "10 minutes" or "3 hours"."""
    minutes = max(1, round(time / timedelta(minutes=1)))
    return counted(minutes, "minute") if minutes < 120 else counted(round(minutes / 60), "hour")


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
        member=f"<@{shown.account.id}>" if shown.account else "A member",
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
    names = " and ".join(f"<@{account.id}>" for account in shown.told_by)
    return f"Told by {names}, who is fine with your knowing." if names else "Who told it isn't shown."


def _standing(alert: Alert, content: Content) -> str:
    again = f", {alert.times} times in all, the last {stamp(alert.last_at, 'R')}" if alert.times > 1 else ""
    if alert.state is AlertState.ACKNOWLEDGED:
        taken = text(content, "sf-a-taken", facilitator=held_by(alert))
        raised = f" Raised {stamp(alert.raised_at, 'R')}{again}." if again else ""
        return f"{taken}\n-# Since {stamp(alert.taken_at or alert.raised_at, 'f')}.{raised}"
    return f"-# Raised {stamp(alert.raised_at, 'f')}{again}. {NOBODY}"


def _how(alert: Alert, content: Content) -> str:
    parts = []
    if Tier.DANGER_FROM_OTHER in alert.tiers:
        parts.append(text(content, LABELS[Tier.DANGER_FROM_OTHER]))
    if alert.sources & BY_WORDS:
        parts.append(
            f"word match: {text(content, LABELS[alert.tier])}" if alert.tier in LABELS else "word match"
        )
    if Source.PRESSED in alert.sources:
        safe = SAFE_IN_SHORT.get(alert.safe or "")
        parts.append(f"would like a person ({safe})" if safe else "would like a person")
    if Source.PEER in alert.sources:
        parts.append("somebody is worried" if alert.concern is Concern.WORRIED else "a message to look at")
    if Source.UNDELIVERED in alert.sources:
        parts.append("help could not be delivered")
    return ", ".join(parts)


def _held(alert: Alert) -> str:
    if alert.state is AlertState.CLOSED:
        return "Closed."
    return f"{held_by(alert)} has it." if alert.state is AlertState.ACKNOWLEDGED else NOBODY


def _pointed(link: str) -> str:
    return f"[message]({link})" if link.startswith("https://") else link
