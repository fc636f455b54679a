"""Who may do what: the checks that all services share, made anew at each call."""

from bot.domain.accounts import Actor
from bot.domain.circles import Circle
from bot.domain.errors import ConsentNeeded, NoCircle, NotAMember, NotFacilitator
from bot.domain.ids import CircleId
from bot.domain.members import CONSENT_VERSION, Member, Scope, consented
from storage.transaction import Reading


def facilitates(actor: Actor, circle: Circle) -> bool:
    """Whether the actor holds the circle's role, on the circle's own server, as of this press."""
    home = circle.home
    return actor.server == home.server and home.role in actor.roles and home.role != home.server


def check_facilitator(actor: Actor, circle: Circle) -> None:
    """Raises NoCircle for someone from another server (they learn of none there), else NotFacilitator."""
    check_server(actor, circle)
    if not facilitates(actor, circle):
        raise NotFacilitator


def check_server(actor: Actor, circle: Circle) -> None:
    """Raises NoCircle unless the actor acts on the circle's own server."""
    if actor.account.platform is not circle.home.platform or actor.server != circle.home.server:
        raise NoCircle


async def facilitated(tx: Reading, actor: Actor, circle_id: CircleId) -> Circle:
    """The circle, for one of its facilitators. Raises NoCircle, NotFacilitator."""
    circle = await tx.circles.get(circle_id)
    check_facilitator(actor, circle)
    return circle


async def membership(tx: Reading, actor: Actor, circle_id: CircleId) -> Member:
    """The actor's membership; also in a direct message. Raises NotAMember, also for who is leaving."""
    member = await tx.members.find(circle_id, actor.account)
    if member is None or not member.active:
        raise NotAMember(circle_id)
    return member


async def consenting(tx: Reading, actor: Actor, circle_id: CircleId, scope: Scope) -> Member:
    """The actor's membership with a yes to `scope` in the words that stand now. Raises ConsentNeeded too."""
    member = await membership(tx, actor, circle_id)
    if not consented(member, scope):
        reworded = scope in member.consents and member.consent_version != CONSENT_VERSION
        raise ConsentNeeded(circle_id, scope, reworded=reworded)
    return member
