"""Members in a circle with a check-in posted: what the feature tests begin with."""

from typing import Any

from bot.domain.accounts import Actor
from bot.domain.check_ins import CheckIn
from bot.domain.circles import Circle
from bot.domain.ids import OccurrenceId
from bot.domain.members import Scope
from cogs.actors import account_of
from tests.cogs.house import House
from tests.cogs.test_circles import text_of

ALL = [scope.value for scope in Scope]


def actor_of(house: House, person: Any, *roles: Any) -> Actor:
    """A person as the services see them."""
    return Actor(
        account=account_of(int(person.id)),
        server=str(house.guild.id),
        roles=frozenset(str(role.id) for role in roles),
    )


async def joined(house: House, circle: Circle, name: str = "Ada", consents: Any = ALL) -> Any:
    """A Person who has joined by the form."""
    person = house.member(name)
    outcome = await person.command("join", house.channel)
    outcome = await person.submit(outcome.modal, {"consents": list(consents)})
    assert "Welcome to" in text_of(outcome.message)
    return person


async def opened(house: House) -> tuple[Circle, Any, Any]:
    """A circle, a member of it, and a check-in in the channel."""
    circle = await house.circle(name="North")
    person = await joined(house, circle)
    return circle, person, await house.post()


def occurrence_of(message: Any) -> int:
    """The id of the post's occurrence."""
    ids = [custom_id for custom_id in custom_ids(message) if custom_id.startswith("check-in:weather:")]
    return int(ids[0].rsplit(":", 1)[1])


def components(message: Any) -> list[dict[str, Any]]:
    """All components of a message, the rows opened."""
    return [child for row in message.components for child in row.get("components", [row])]


def custom_ids(message: Any) -> list[str]:
    """Of all components."""
    return [each["custom_id"] for each in components(message) if "custom_id" in each]


def labels(message: Any) -> list[str]:
    """Of all buttons."""
    return [each["label"] for each in components(message) if each["type"] == 2]


def fields(modal: Any) -> dict[str, dict[str, Any]]:
    """A form's fields by custom id."""
    inner = [each.get("component") for each in modal.components]
    return {each["custom_id"]: each for each in inner if each}


def on(field: dict[str, Any]) -> list[str]:
    """The values of a field's options that are chosen already."""
    return [option["value"] for option in field["options"] if option.get("default")]


async def kept(house: House, person: Any, message: Any) -> CheckIn | None:
    """What stands in the database as this person's answer to a post."""
    return await house.services.check_ins.current(
        actor_of(house, person), occurrence_id=OccurrenceId(occurrence_of(message))
    )


async def count_kept(house: House, person: Any) -> tuple[int, int]:
    """How many check-ins and shares are kept about a person, in all circles."""
    kept = await house.services.members.kept(actor_of(house, person))
    return sum(each.check_ins for each in kept), sum(each.shares for each in kept)
