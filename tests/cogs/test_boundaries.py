"""Boundary practice over the sandbox: tried in private, safety asked first, and every ending a good one."""

from typing import Any

from bot.domain.schedules import Kind
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.town import actor_of, components, joined, labels, opened

ENDINGS = ["Done", "Part of the way", "It went badly", "Change it", "Not a fit"]
RUNG_ONE = "bd-108"
BY_ID = {one.id: one for one in CONTENT.challenges}


async def posted(house: House, circle: Any) -> Any:
    """The circle's challenge in the channel."""
    facilitator = actor_of(house, house.facilitator, house.role)
    await house.services.schedules.post_now(facilitator, circle.id, Kind.BOUNDARY)
    await house.tick()
    return house.messages(house.facilitator)[-1]


async def newest(person: Any, house: House) -> Any:
    """The newest private message of a person's, as it stands."""
    return person.messages(house.channel)[-1]


async def read(person: Any, house: House, id_: str) -> Any:
    """A challenge opened from the ladder."""
    ladder = (await person.command("boundary ladder", house.channel)).message
    rung = BY_ID[id_].intensity
    if rung > 1:
        await person.press(ladder, f"Rung {rung}")
        ladder = await newest(person, house)
    await person.select(ladder, [BY_ID[id_].title], placeholder="Read one")
    return await newest(person, house)


async def test_the_circles_challenge_is_tried_in_private_and_ends_well_however_it_ends(house: House) -> None:
    circle, ada, _ = await opened(house)
    post = await posted(house, circle)
    assert labels(post)[:3] == ["I'll try it", "Another one", "Not for me"]
    begun = (await ada.press(post, "I'll try it")).message
    assert begun.ephemeral
    if "I feel safe to try" in labels(begun):
        await ada.press(begun, "I feel safe to try")
        begun = await newest(ada, house)
    assert labels(begun)[:5] == ENDINGS
    await ada.press(begun, "Done")
    ended = await newest(ada, house)
    assert CONTENT.texts["bd-r-done"] in text_of(ended)
    form = await ada.press(ended, "What I learned")
    noted = (
        await ada.submit(form.modal, {"learned": "I can begin small.", "before": ["7"], "after": ["3"]})
    ).message
    assert CONTENT.texts["bd-r-well"] in text_of(noted)
    mine = (await ada.command("boundary mine", house.channel)).message
    assert "done" in text_of(mine)
    [menu] = [each for each in components(mine) if each["type"] == 3]
    await ada.select(mine, [menu["options"][0]["label"]], placeholder="Open one")
    one = await newest(ada, house)
    assert "I can begin small." in text_of(one)
    assert "7 of 10 before, 3 of 10 after" in text_of(one)
    await ada.press(one, "Delete this")
    assert "Nothing is noted" in text_of((await ada.command("boundary mine", house.channel)).message)


async def test_safety_is_asked_before_another_person_is_involved_and_the_answer_is_kept_nowhere(
    house: House,
) -> None:
    circle, ada, _ = await opened(house)
    actor = actor_of(house, ada)
    card = await read(ada, house, RUNG_ONE)
    await ada.press(card, "I'll try it")
    await ada.press(await newest(ada, house), "Part of the way")
    # conversation opens to rung 2; one of its challenges involves another person
    card = await read(ada, house, "bd-209")
    await ada.press(card, "I'll try it")
    asked = await newest(ada, house)
    assert CONTENT.texts["bd-safety"] in text_of(asked)
    assert labels(asked) == ["I feel safe to try", "Not sure", "Show the safer version", "Not today"]
    before = len(await house.services.ladder.mine(actor, circle.id))
    await ada.press(asked, "Not sure")
    safer = await newest(ada, house)
    assert CONTENT.texts["bd-safety-unsure"] in text_of(safer)
    assert BY_ID["bd-209"].if_not_safe in text_of(safer)
    assert "People who know about safety at home:" in text_of(safer)
    assert "I'd like a person" in labels(safer)
    assert len(await house.services.ladder.mine(actor, circle.id)) == before


async def test_what_lies_too_high_can_be_read_and_not_taken_up(house: House) -> None:
    _, ada, _ = await opened(house)
    card = await read(ada, house, "bd-301")
    assert "It opens once a challenge of rung 2" in text_of(card)
    assert "I'll try it" not in labels(card)
    ladder = (await ada.command("boundary ladder", house.channel)).message
    assert "Each area begins at rung 1" in text_of(ladder)


async def test_an_ending_that_hurt_asks_whether_one_is_safe_and_change_it_makes_it_smaller(
    house: House,
) -> None:
    _, ada, _ = await opened(house)
    card = await read(ada, house, RUNG_ONE)
    await ada.press(card, "I'll try it")
    await ada.press(await newest(ada, house), "It went badly")
    badly = await newest(ada, house)
    assert CONTENT.texts["bd-r-badly"] in text_of(badly)
    assert "no emergency service" in text_of(badly)
    assert {"People to call or text", "Safety at home"} <= set(labels(badly))
    assert labels(badly)[:3] == ["I'm all right", "I'd like a person", "Something to steady me"]
    card = await read(ada, house, RUNG_ONE)
    await ada.press(card, "I'll try it")
    await ada.press(await newest(ada, house), "Change it")
    assert BY_ID[RUNG_ONE].renegotiate in text_of(await newest(ada, house))


async def test_words_are_built_from_their_blanks_and_kept_only_at_a_press(house: House) -> None:
    _, ada, _ = await opened(house)
    card = await read(ada, house, RUNG_ONE)
    await ada.press(card, "I'll try it")
    form = await ada.press(await newest(ada, house), "Build the words")
    built = (await ada.submit(form.modal, {"blank0": "six"})).message
    assert "I'll come back to this at six." in text_of(built)
    assert "six" not in text_of((await ada.command("boundary mine", house.channel)).message)
    await ada.press(built, "Keep these words")
    actor = actor_of(house, ada)
    circle = (await house.services.members.memberships(actor))[0][0]
    [tried] = await house.services.ladder.mine(actor, circle.id)
    assert tried.attempt.words == "I'm going to stop here. I'll come back to this at six."


async def test_without_a_yes_it_can_be_walked_through_and_strangers_are_offered_to_join(house: House) -> None:
    circle, _, _ = await opened(house)
    ben = await joined(house, circle, "Ben", ["check-ins"])
    card = await read(ben, house, RUNG_ONE)
    await ben.press(card, "I'll try it")
    shown = await newest(ben, house)
    assert "now nothing is" in text_of(shown)
    assert BY_ID[RUNG_ONE].steps[0] in text_of(shown)
    assert await house.services.ladder.mine(actor_of(house, ben), circle.id) == []
    post = await posted(house, circle)
    other = (await ben.press(post, "Another one")).message
    assert "Another one" in labels(other)
    left = (await ben.press(post, "Not for me")).message
    assert CONTENT.texts["bd-r-notfit"] in text_of(left)
    stranger = house.member("Cleo")
    assert labels((await stranger.press(post, "I'll try it")).message) == ["Join"]
    assert labels((await stranger.command("boundary today", house.channel)).message) == ["Join"]
