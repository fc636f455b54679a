"""`/keep-apart` over the sandbox: facilitators alone see it, and the two learn nothing."""

from typing import Any

from tests.cogs.house import House, text_of
from tests.cogs.test_pairs import drawn, together
from tests.cogs.town import joined, labels, opened


async def asked(house: House, name: str, **options: Any) -> Any:
    outcome = await house.facilitator.command(f"keep-apart {name}", house.backroom, **options)
    return outcome.message


async def test_two_are_kept_apart_and_let_together_again_from_the_list(house: House) -> None:
    circle, ada, _ = await opened(house)
    ben = await joined(house, circle, "Ben")
    said = await asked(house, "add", member1=ada, member2=ben)
    assert said.ephemeral
    assert said.mentions == []
    assert "Neither is told" in text_of(said)
    assert "already" in text_of(await asked(house, "add", member1=ben, member2=ada))
    for each in (ada, ben):
        await each.press(await together(house, each), "I'm in this week")
    await drawn(house)
    assert ada.threads(house.channel) == []
    await house.restart()
    shown = await asked(house, "list")
    assert f"<@{ada.id}>" in text_of(shown)
    told = await house.facilitator.select(shown, ["No. 1"], placeholder="Let two be paired again")
    assert "may be paired again" in text_of(told.message)
    assert "Nobody is kept apart" in text_of(await asked(house, "list"))
    await drawn(house)
    assert len(ada.threads(house.channel)) == 1


async def test_a_bot_oneself_and_those_who_are_not_apart_are_refused_kindly(house: House) -> None:
    circle, ada, _ = await opened(house)
    ben = await joined(house, circle, "Ben")
    bot = house.application.bot
    assert "one other person" in text_of(await asked(house, "add", member1=ada, member2=bot))
    assert "one other person" in text_of(await asked(house, "add", member1=ada, member2=ada))
    assert "no such two" in text_of(await asked(house, "remove", member1=ada, member2=ben))
    await asked(house, "add", member1=ada, member2=ben)
    told = await asked(house, "remove", member1=ben, member2=ada)
    assert "may be paired again" in text_of(told)
    assert labels(told) == []
