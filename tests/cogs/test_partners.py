"""Walking alongside over the sandbox: nothing is sent to who is named, and either ends it with one press."""

from typing import Any

from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.test_commitments import ACT, TYPED, begun
from tests.cogs.town import components, custom_ids, joined, labels, opened


async def named(house: House, person: Any, other: Any) -> Any:
    """What a person reads after naming another."""
    card = (await person.command("partner", house.channel)).message
    await person.select(card, [other], placeholder="Whom would you like alongside you?")
    return person.messages(house.channel)[-1]


async def both(house: House) -> tuple[Any, Any]:
    """Ada and Ben, who have named each other."""
    circle, ada, _ = await opened(house)
    ben = await joined(house, circle, "Ben")
    await named(house, ada, ben)
    await named(house, ben, ada)
    return ada, ben


async def shown_to(house: House, person: Any) -> Any:
    """What stands under `/partner`."""
    return (await person.command("partner", house.channel)).message


async def shows_the_first(person: Any, card: Any) -> None:
    """The first of their commitments, to who walks alongside."""
    [menu] = [each for each in components(card) if each.get("custom_id", "").startswith("partner:show")]
    await person.select(card, [menu["options"][0]["value"]], placeholder=menu["placeholder"])


async def test_who_is_named_learns_nothing_until_they_name_the_other_too(house: House) -> None:
    circle, ada, _ = await opened(house)
    ben = await joined(house, circle, "Ben")
    waits = await named(house, ada, ben)
    assert "Nothing was sent to them" in text_of(waits)
    await house.tick()
    assert ben.dms(house.application) == []
    assert "Nobody walks alongside you" in text_of(await shown_to(house, ben))
    begun_ = await named(house, ben, ada)
    assert "You chose this" in text_of(begun_).replace(f"You and <@{ada.id}> chose", "You chose")
    await house.tick()
    assert "has begun" in text_of(ada.dms(house.application)[-1])
    assert str(ben.id) not in text_of(ada.dms(house.application)[-1])


async def test_the_other_sees_kept_and_rest_of_what_is_shown_and_nothing_else(house: House) -> None:
    ada, ben = await both(house)
    card = await begun(house, ada)
    await ada.press(card, "Not this time")
    assert "They show nothing" in text_of(await shown_to(house, ben))
    mine = await shown_to(house, ada)
    await shows_the_first(ada, mine)
    seen = text_of(await shown_to(house, ben))
    assert ACT in seen
    assert "Nothing to see" in seen
    assert TYPED["smallest"] not in seen
    await ada.press(ada.messages(house.channel)[-1], "End it")  # and begun again, to show that nothing stays
    assert "Nobody walks alongside" in text_of(await shown_to(house, ben))
    assert "You named" in text_of(await named(house, ada, ben))


async def test_kept_days_are_seen_and_every_look_can_be_read_by_whose_they_are(house: House) -> None:
    ada, ben = await both(house)
    await ada.press(await begun(house, ada), "Kept")
    mine = await shown_to(house, ada)
    await shows_the_first(ada, mine)
    assert "Kept: " in text_of(await shown_to(house, ben))
    privacy = (await ada.command("privacy", house.channel)).message
    looks = text_of((await ada.press(privacy, "Who saw what")).message)
    assert f"<@{ben.id}> looked at what you show" in looks


async def test_a_ready_word_goes_out_once_a_day_and_names_nobody_where_a_phone_may_be_seen(
    house: House,
) -> None:
    ada, ben = await both(house)
    card = await shown_to(house, ben)
    await ben.select(card, ["cr-enc-2"], placeholder="Send a word of encouragement")
    word = CONTENT.texts["cr-enc-2"]
    assert word in text_of(ben.messages(house.channel)[-1])
    await house.tick()
    letter = text_of(ada.dms(house.application)[-1])
    assert word in letter
    assert str(ben.id) not in letter
    assert word in text_of(await shown_to(house, ada))
    assert "partner:send" not in str(custom_ids(await shown_to(house, ben)))  # one a day


async def test_either_ends_it_and_it_does_not_come_back_by_one_alone(house: House) -> None:
    ada, ben = await both(house)
    await ben.press(await shown_to(house, ben), "End it")
    assert "No reason was asked" in text_of(ben.messages(house.channel)[-1])
    assert "Nobody walks alongside you" in text_of(await shown_to(house, ada))
    assert "Nothing was sent to them" in text_of(await named(house, ben, ada))
    await ben.press(ben.messages(house.channel)[-1], "Take it back")
    assert custom_ids(await shown_to(house, ada)) == custom_ids(await shown_to(house, ben))


async def test_nobody_names_themself_or_a_bot_and_a_leaver_is_no_longer_named(house: House) -> None:
    circle, ada, _ = await opened(house)
    for other in (ada, house.application.bot):
        assert "one other person" in text_of(await named(house, ada, other))
    ben = await joined(house, circle, "Ben")
    await named(house, ada, ben)
    await named(house, ben, ada)
    gone = (await ben.command("leave", house.channel)).message
    await ben.press(gone, labels(gone)[0])
    assert "Nobody walks alongside you" in text_of(await shown_to(house, ada))
