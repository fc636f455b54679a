"""`/lines` over the sandbox: facilitators add local lines, check any, and take their own away."""

from typing import Any

from bot.domain.lines import LineId
from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.town import components, joined, labels

TYPED = {
    "kind": ["crisis"],
    "name": "North Street *room*",
    "phone": "01234 567890",
    "other": "https://north.example/talk",
    "hours": "Mon-Fri 18-22",
}


def newest(house: House) -> Any:
    return house.facilitator.messages(house.backroom)[-1]


async def test_a_line_is_added_checked_and_taken_away_by_button(house: House) -> None:
    circle = await house.circle(name="North", region="GB")
    ada = await joined(house, circle)
    robin = house.facilitator
    listed = (await robin.command("lines list", house.backroom)).message
    assert listed.ephemeral
    assert "**Samaritans** (crisis): call **116\u00a0123**\n-# Not checked yet." in text_of(listed)
    assert "North Street" not in text_of((await ada.command("help-now", house.channel)).message)
    form = await robin.press(listed, "Add a line")
    await robin.submit(form.modal, TYPED)
    assert "nobody has checked it" in text_of(newest(house))
    assert labels(newest(house)) == ["I have checked this line", "Take this line away", "All lines"]
    shown = text_of((await ada.command("help-now", house.channel)).message)
    assert (
        r"**North Street \*room\***: call **01234" + "\u00a0567890**, <https://north.example/talk>" in shown
    )
    assert "-# Added by a facilitator of this circle; not checked yet." in shown
    await robin.press(newest(house), "I have checked this line")
    assert f"by <@{robin.id}>" in text_of(newest(house))
    shown = text_of((await ada.command("help-now", house.channel)).message)
    assert "-# Checked on " in shown
    assert f"<@{robin.id}>" not in shown  # who did is the facilitators' alone
    await robin.press(newest(house), "Take that check back")
    assert "counts as not checked" in text_of(newest(house))
    await house.restart()
    await robin.press(newest(house), "Take this line away")
    assert "is taken away. It said: call **01234" in text_of(newest(house))
    assert "North Street" not in text_of((await ada.command("help-now", house.channel)).message)


async def test_the_same_by_command_and_a_line_of_the_table_from_the_menu(house: House) -> None:
    circle = await house.circle(name="North", region="GB")
    robin = house.facilitator
    form = await robin.command("lines add", house.backroom)
    assert "What is it for?" in str(form.modal.components)
    await house.restart()
    await robin.submit(form.modal, {**TYPED, "name": "South bank", "other": "NORTH to 85258"})
    offered = await robin.autocomplete("lines check", house.backroom, focused="line", line="sout")
    assert [each["value"] for each in offered] == ["local-1"]
    done = await robin.command("lines check", house.backroom, line="Samaritans")
    assert "Noted as checked today" in text_of(done.message)
    for fact in (
        "For: crisis, suicide, general",
        "Languages: English (Welsh at times)",
        "Where from: read 23 Nov 2026 at samaritans.org",
    ):
        assert fact in text_of(done.message)
    assert "Take this line away" not in labels(done.message)
    kept = await house.services.lines.kept(_robin(house), circle.id)
    assert set(kept.checks) == {LineId("hl-gb-sam")}
    own = await robin.autocomplete("lines remove", house.backroom, focused="line", line="")
    assert [each["value"] for each in own] == ["local-1"]
    gone = await robin.command("lines remove", house.backroom, line="local-1")
    assert "**South bank** is taken away" in text_of(gone.message)
    refused = await robin.command("lines remove", house.backroom, line="Shout")
    assert "I find no such line" in text_of(refused.message)
    listed = (await robin.command("lines list", house.backroom)).message
    [menu] = [each for each in components(listed) if each["type"] == 3]
    await robin.select(listed, ["hl-gb-em"], custom_id=menu["custom_id"])
    assert "comes with Trellis" in text_of(newest(house))
    audit = text_of((await robin.command("circle audit", house.backroom)).message)
    assert "checked a help line: Samaritans" in audit


async def test_what_could_not_be_kept_comes_back_and_a_circle_without_a_region_is_told_so(
    house: House,
) -> None:
    await house.circle(name="North")
    robin = house.facilitator
    listed = (await robin.command("lines list", house.backroom)).message
    assert "`/circle settings` sets one" in text_of(listed)
    form = await robin.press(listed, "Add a line")
    await robin.submit(form.modal, {**TYPED, "phone": "", "other": "http://north.example"})
    back = newest(house)
    assert "A line needs a name and one way to reach it" in text_of(back)
    assert "http://north.example" in text_of(back)
    form = await robin.press(back, "Add a line")
    await robin.submit(form.modal, TYPED)
    cleo = house.member("Cleo")
    assert "North Street" in text_of((await cleo.command("help-now", house.channel)).message)


def _robin(house: House) -> Any:
    from tests.cogs.town import actor_of

    return actor_of(house, house.facilitator, house.role)
