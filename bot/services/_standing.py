"""What a person may know of an alert that they raised, or that is about them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts import Actor
from bot.domain.alert_errors import NoSuchAlert
from bot.domain.alerts import Alert, AlertState
from bot.domain.circles import Circle
from bot.domain.ids import AlertId, CircleId
from bot.services._alerting import Raised, told
from bot.services.duty import anyone_on_duty
from storage.transaction import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a person may know of an alert that they raised, or that is about them. Not who has it."""

    circle: Circle
    alert: AlertId
    raised_at: datetime
    times: int
    state: AlertState
    taken_at: datetime | None
    closed_at: datetime | None
    member: bool  # it is about a member, who can be written to
    on_duty: bool
    told: bool  # it stands in the facilitators' channel
    mine: bool  # about them, or pressed by them; else they told of a message
    safe: str | None = None
    word_wanted: bool = False


async def mine(tx: Reading, actor: Actor, circle_id: CircleId) -> list[tuple[Alert, bool]]:
    """The actor's own: about them (True), or told by them (False); the newest first."""
    member = await tx.members.find(circle_id, actor.account)
    about = await tx.alerts.of(member.id) if member else []
    about += await tx.alerts.of_account(actor.account)
    told_of = [await tx.alerts.get(id_) for id_, _ in await tx.alert_reports.by_account(actor.account)]
    found = {alert.id: (alert, False) for alert in told_of} | {alert.id: (alert, True) for alert in about}
    return [found[id_] for id_ in sorted(found, reverse=True) if found[id_][0].circle == circle_id]


async def own(tx: Reading, actor: Actor, id_: AlertId) -> tuple[Alert, bool]:
    """One of them. Raises NoSuchAlert for everybody else."""
    alert = await tx.alerts.get(id_)
    for each, about_me in await mine(tx, actor, alert.circle):
        if each.id == id_:
            return each, about_me
    raise NoSuchAlert


async def standing(tx: Reading, circle: Circle, alert: Alert, now: datetime, *, about_me: bool) -> Standing:
    """How it stands, truly."""
    on_duty = await anyone_on_duty(tx, circle, now)
    return Standing(
        circle=circle,
        alert=alert.id,
        raised_at=alert.raised_at,
        times=alert.times,
        state=alert.state,
        taken_at=alert.taken_at,
        closed_at=alert.closed_at,
        member=alert.member is not None,
        on_duty=on_duty,
        told=(await told(tx, Raised(None, on_duty, alert))).told,
        mine=about_me,
        safe=alert.safe if about_me else None,
        word_wanted=alert.word_wanted and about_me,
    )
