"""The hands of a hostile client: what Discord's own would never send, and what is to come of it."""

from typing import Any

from bot.domain.circles import Circle
from bot.domain.shares import Review
from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.test_forged import planted
from tests.cogs.town import actor_of, occurrence_of

WORDS = "My neighbour's kite is stuck in the elm."
BUTTON, SELECT = 2, 3  # component types (Discord)
PRESS, SUBMIT = 3, 5  # interaction types (Discord)


async def forged(
    house: House, person: Any, custom_id: str, *, kind: int = BUTTON, values: Any = None, on: Any = None
) -> str:
    """What is answered to a press on a component that was never there, and to be kind at that."""
    message = on or house.messages(person)[-1]
    press: dict[str, Any] = {"component_type": kind, "custom_id": custom_id}
    if values is not None:
        press["values"] = values
    return await said(
        await person.forge(message.channel, house.application, PRESS, planted(message, press), message)
    )


async def sent(house: House, person: Any, custom_id: str, components: Any, channel: Any = None) -> str:
    """What is answered to a form that was never on the screen."""
    form = {"custom_id": custom_id, "components": components}
    return await said(await person.forge(channel or house.channel, house.application, SUBMIT, form))


async def said(outcome: Any) -> str:
    """The answer, which is there in time, private, kind, and wakes nobody."""
    await outcome.settled(4)
    assert outcome.state in ("answered", "updated", "modal"), outcome.reason
    if outcome.state == "modal":
        return f"form {outcome.modal.custom_id}"
    answer = text_of(outcome.message)
    assert "Something went wrong" not in answer
    assert outcome.message.ephemeral
    assert not pings(outcome.message)
    return answer


def pings(message: Any) -> list[Any]:
    """Whom a message would wake."""
    everyone = ["everyone"] if message.mention_everyone else []
    return [*message.mentions, *message.mention_roles, *everyone]


def filled(**fields: Any) -> list[dict[str, Any]]:
    """A form's fields in Discord's shape."""
    return [
        {
            "type": 18,
            "id": number,
            "component": {
                "type": 3 if isinstance(value, list) else 4,
                "id": number + 50,
                "custom_id": name,
                "values" if isinstance(value, list) else "value": value,
            },
        }
        for number, (name, value) in enumerate(fields.items(), 1)
    ]


async def offered(house: House, person: Any, circle: Circle, post: Any) -> int:
    """The number of a share that waits."""
    answer = await sent(house, person, f"share:offer:{occurrence_of(post)}:{circle.id}", filled(words=WORDS))
    assert "wait for a facilitator" in answer
    [share] = await house.services.shares.mine(actor_of(house, person))
    return int(share.id)


async def review_of(house: House, person: Any) -> Review:
    """Where the only share of this person's stands."""
    [share] = await house.services.shares.mine(actor_of(house, person))
    return share.review


async def second_circle(house: House) -> tuple[Circle, Any]:
    """Another circle on the same server, and its facilitator, who is none of the first circle's."""
    role = house.guild.add_role("Second")
    south = house.guild.add_text_channel("south")
    back = house.guild.add_text_channel("south-back", private_to=[role, house.application.bot])
    await house.circle(name="South", channel=south, facilitators=back, role=role)
    async with house.trellis.storage.read() as tx:
        [circle] = [each for each in await tx.circles.all() if each.name == "South"]
    return circle, house.member("Sol", role)
