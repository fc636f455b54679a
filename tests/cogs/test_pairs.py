"""Listening in pairs over the sandbox: a thread for two, turns that are taken, a way out at each step."""

from datetime import timedelta
from typing import Any

from sandbox.permissions import Permission
from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.town import joined, labels, opened

STEPS = (
    ("ada", "I'm here"), ("ben", "I'm here"), ("first", "I've said it"), ("second", "I've said it back"),
    ("first", "Partly"), ("second", "I've said it back"), ("first", "Yes, that's it"),
    ("second", "I've said it"), ("first", "I've said it back"), ("second", "Yes, that's it"),
)  # fmt: skip


async def together(house: House, person: Any) -> Any:
    """What stands under `/boundary together`."""
    return (await person.command("boundary together", house.channel)).message


async def drawn(house: House) -> None:
    """A week goes by, pairs are made, and their threads come about."""
    house.clock.step(timedelta(days=7))
    for _ in range(3):
        await house.services.pairs.tick()
        await house.tick()


async def paired(house: House, label: str = "I'm in this week") -> tuple[Any, Any, Any]:
    """Ada and Ben with their thread."""
    circle, ada, _ = await opened(house)
    ben = await joined(house, circle, "Ben")
    for person in (ada, ben):
        await person.press(await together(house, person), label)
    await drawn(house)
    [thread] = ada.threads(house.channel)
    return ada, ben, thread


def card_in(thread: Any) -> Any:
    """Trellis's card as it stands."""
    [message] = [each for each in thread.messages.values() if not each.ephemeral]
    return message


def note_with(house: House, words: str) -> Any:
    """The note to facilitators that holds these words."""
    [note] = [each for each in house.messages(house.facilitator, house.backroom) if words in text_of(each)]
    return note


async def test_a_wish_says_when_pairs_are_made_and_is_taken_back(house: House) -> None:
    _, ada, _ = await opened(house)
    card = await together(house, ada)
    assert card.ephemeral
    assert labels(card) == ["I'm in this week", "I'm in, with a facilitator's ear"]
    await ada.press(card, "I'm in, with a facilitator's ear")
    inside = ada.messages(house.channel)[-1]
    assert "You are in, with a facilitator's ear." in text_of(inside)
    assert ":F>" in text_of(inside)
    await ada.press(inside, "Not this week after all")
    assert "You are in" not in text_of(ada.messages(house.channel)[-1])


async def test_two_have_a_thread_that_nobody_else_in_the_circle_sees(house: House) -> None:
    ada, ben, thread = await paired(house)
    cleo = house.member("Cleo")
    assert ben.threads(house.channel) == [thread]
    assert cleo.threads(house.channel) == []
    card = card_in(thread)
    assert "It begins when you both have." in text_of(card)
    assert "doesn't reach me" in text_of(card)
    assert labels(card) == ["I'm here", "Step out"]
    assert f"<#{thread.id}>" in text_of(await together(house, ada))


async def test_turns_go_their_round_and_the_thread_is_put_away(house: House) -> None:
    ada, ben, thread = await paired(house)
    people = {"ada": ada, "ben": ben}
    for who, label in STEPS:
        card = card_in(thread)
        assert "Step out" in labels(card)
        if who == "first" and "first" not in people:
            first = ada if f"<@{ada.id}>, you speak" in text_of(card) else ben
            people |= {"first": first, "second": ben if first is ada else ada}
        other = ben if people[who] is ada else ada
        if label != "I'm here":
            refused = await other.press(card, label)
            assert "This step is for the other one of you" in text_of(refused.message)
        await people[who].press(card, label)
    assert "you were both heard" in text_of(card_in(thread))
    assert labels(card_in(thread)) == []
    await house.services.pairs.tick()
    assert ada.threads(house.channel) == []
    assert ada.threads(house.channel, archived=True) == [thread]


async def test_either_steps_out_at_once_and_no_reason_is_asked(house: House) -> None:
    ada, ben, thread = await paired(house)
    for person in (ada, ben):
        await person.press(card_in(thread), "I'm here")
    assert "This turn is until" in text_of(card_in(thread))
    await ben.press(card_in(thread), "Step out")
    assert "It says nothing about either of you" in text_of(card_in(thread))
    await house.services.pairs.tick()
    assert ben.threads(house.channel) == []


async def test_a_turn_s_end_hurries_nobody_and_more_time_is_had(house: House) -> None:
    ada, ben, thread = await paired(house)
    for person in (ada, ben):
        await person.press(card_in(thread), "I'm here")
    house.clock.step(timedelta(minutes=5))
    await house.services.pairs.tick()
    assert "There is no hurry" in text_of(card_in(thread))
    await ada.press(card_in(thread), "More time")
    assert "This turn is until" in text_of(card_in(thread))


async def test_a_facilitator_comes_to_listen_where_it_was_wished_for(house: House) -> None:
    ada, _, thread = await paired(house, "I'm in, with a facilitator's ear")
    listener = house.member("Lio", house.role)
    note = note_with(house, f"<#{thread.id}>")
    assert listener.threads(house.channel) == []
    refused = await ada.press(card_in(thread), "I'm here")
    assert refused.state == "updated"
    told = (await listener.press(note, "I'll listen")).message
    assert "You can read along now" in text_of(told)
    assert listener.threads(house.channel) == [thread]
    assert "A facilitator may read along" in text_of(card_in(thread))


async def test_whom_a_member_is_kept_apart_from_learns_nothing_and_is_never_paired_with_them(
    house: House,
) -> None:
    circle, ada, _ = await opened(house)
    ben = await joined(house, circle, "Ben")
    card = await together(house, ada)
    await ada.select(card, [ben], placeholder="Never pair me with this person")
    assert "never to be paired with 1 person" in text_of(ada.messages(house.channel)[-1])
    for person in (ada, ben):
        await person.press(await together(house, person), "I'm in this week")
    await drawn(house)
    assert ada.threads(house.channel) == []
    assert "one more of you than pairs" in text_of(ben.dms(house.application)[-1])
    assert "never to be paired" not in text_of(await together(house, ben))
    await ada.press(await together(house, ada), "Clear that list")
    await drawn(house)
    assert len(ada.threads(house.channel)) == 1


async def test_where_threads_are_not_allowed_both_and_the_facilitators_are_told(house: House) -> None:
    circle, ada, _ = await opened(house)
    ben = await joined(house, circle, "Ben")
    house.channel.overwrite(house.application.bot, deny=int(Permission.CREATE_PRIVATE_THREADS))
    for person in (ada, ben):
        await person.press(await together(house, person), "I'm in this week")
    await drawn(house)
    for person in (ada, ben):
        assert "could not be made, on my side" in text_of(person.dms(house.application)[-1])
    assert note_with(house, "Create Private Threads")
