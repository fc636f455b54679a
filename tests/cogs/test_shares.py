"""Words for the circle wait for a facilitator; they are posted without a name, or come back with a reason."""

from datetime import timedelta
from typing import Any

from bot.domain.ids import PromptId
from bot.domain.prompts import ShareRule
from bot.services.messenger import Post
from cogs.cards import card_of
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.town import actor_of, fields, joined, labels, opened

WORDS = "I said no today, and the sky stayed up."


async def offered(house: House, person: Any, post: Any, words: str = WORDS) -> Any:
    """The private answer to words that a person has offered."""
    form = await person.press(post, "Share in the channel")
    return (await person.submit(form.modal, {"words": words})).message


async def test_shared_words_wait_are_read_and_posted_without_a_name(house: House) -> None:
    _, ada, post = await opened(house)
    answer = await offered(house, ada, post)
    assert answer.ephemeral
    assert "wait for a facilitator" in text_of(answer)
    assert labels(answer) == ["Take it back"]
    await house.tick()
    note = house.messages(house.facilitator, house.backroom)[-1]
    assert WORDS not in text_of(note)
    card = (await house.facilitator.press(note, "Read and decide")).message
    assert card.ephemeral
    assert WORDS in text_of(card)
    assert "Ada" not in text_of(card)
    assert labels(card) == ["Approve", "Decline"]
    await house.facilitator.press(card, "Approve")
    await house.tick()
    shown = house.messages(ada)[-1]
    assert WORDS in text_of(shown)
    assert "Ada" not in str(shown.json())
    assert str(ada.id) not in str(shown.json())


async def test_declined_words_come_with_a_reason_to_their_author(house: House) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post)
    queue = (await house.facilitator.command("review", house.channel)).message
    form = await house.facilitator.press(queue, "Decline")
    assert fields(form.modal)["reason"].get("required", True)
    await house.facilitator.submit(form.modal, {"reason": "It names a person. Without the name it fits."})
    await house.tick()
    assert WORDS not in "".join(text_of(each) for each in house.messages(ada))
    assert "It names a person" in text_of(ada.dms(house.application)[-1])
    said = text_of((await ada.command("privacy", house.channel)).message)
    assert "not posted. The reason: It names a person" in said


async def test_without_consent_to_messages_a_reason_waits_under_privacy(house: House) -> None:
    circle, _, post = await opened(house)
    ben = await joined(house, circle, "Ben", ["check-ins"])
    await offered(house, ben, post)
    queue = (await house.facilitator.command("review", house.channel)).message
    form = await house.facilitator.press(queue, "Decline")
    await house.facilitator.submit(form.modal, {"reason": "Too long for tonight."})
    await house.tick()
    assert ben.dms(house.application) == []
    assert "Too long for tonight" in text_of((await ben.command("privacy", house.channel)).message)


async def test_words_can_be_taken_back_until_they_are_decided_on(house: House) -> None:
    _, ada, post = await opened(house)
    answer = await offered(house, ada, post)
    outcome = await ada.press(answer, "Take it back")
    assert "Taken back" in text_of(outcome.message)
    assert "Nothing waits" in text_of((await house.facilitator.command("review", house.channel)).message)
    outcome = await ada.press(answer, "Take it back")
    assert "taken back already" in text_of(outcome.message)


async def test_the_queue_is_leafed_through_oldest_first(house: House) -> None:
    _, ada, post = await opened(house)
    for number in range(3):
        await offered(house, ada, post, f"words {number}")
        house.clock.step(timedelta(minutes=5))
    card = (await house.facilitator.command("review", house.channel)).message
    assert "words 0" in text_of(card)
    assert "1 of 3 waiting" in str(card.embeds)
    assert "<t:" in text_of(card)
    await house.facilitator.press(card, "Next")
    card = house.facilitator.messages(house.channel)[-1]
    assert "words 1" in text_of(card)
    assert labels(card) == ["Approve", "Decline", "Earlier", "Next"]
    await house.facilitator.press(card, "Approve")
    card = house.facilitator.messages(house.channel)[-1]
    await house.facilitator.press(card, "Next in the queue")
    assert "1 of 2 waiting" in str(house.facilitator.messages(house.channel)[-1].embeds)


async def test_words_are_decided_on_once(house: House) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post)
    first = (await house.facilitator.command("review", house.channel)).message
    second = (await house.facilitator.command("review", house.channel)).message
    await house.facilitator.press(first, "Approve")
    outcome = await house.facilitator.press(second, "Approve")
    assert "approved already" in text_of(outcome.message or house.facilitator.messages(house.channel)[-1])
    await house.tick()
    assert sum(WORDS in text_of(each) for each in house.messages(ada)) == 1


async def test_a_reason_that_comes_too_late_is_given_back(house: House) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post)
    queue = (await house.facilitator.command("review", house.channel)).message
    form = await house.facilitator.press(queue, "Decline")
    await house.facilitator.press(queue, "Approve")
    outcome = await house.facilitator.submit(form.modal, {"reason": "It names a person."})
    said = text_of(outcome.message)
    assert "approved already" in said
    assert "It names a person." in said


async def test_only_facilitators_review(house: House) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post)
    await house.tick()
    note = house.messages(house.facilitator, house.backroom)[-1]
    manager = house.member("Sam", house.guild.add_role("Manager", permissions=0x20 | 0x8))
    said = text_of((await manager.press(note, "Read and decide")).message)
    assert "facilitators" in said
    assert WORDS not in said


async def test_strangers_are_offered_to_join_before_they_write(house: House) -> None:
    _, _, post = await opened(house)
    outcome = await house.member("Cleo").press(post, "Share in the channel")
    assert labels(outcome.message) == ["Join"]


async def test_words_over_the_limit_come_back_and_are_shortened(house: House) -> None:
    _, ada, post = await opened(house)
    returned = await offered(house, ada, post, "x" * 2000)
    assert "1,500 fit" in text_of(returned)
    form = await ada.press(returned, "Shorten it")
    assert fields(form.modal)["words"]["value"] == "x" * 2000
    outcome = await ada.submit(form.modal, {"words": "short"})
    assert "wait for a facilitator" in text_of(outcome.message)


async def test_where_sharing_is_off_nothing_is_offered_and_written_words_come_back(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Share in the channel")
    await house.facilitator.command("circle settings", house.channel, sharing="off")
    returned = (await ada.submit(form.modal, {"words": WORDS})).message
    assert "switched off" in text_of(returned)
    assert WORDS in text_of(returned)
    house.clock.step(timedelta(days=1))
    assert "Share in the channel" not in labels(await house.post())


async def test_a_private_prompt_has_no_share_button(house: House) -> None:
    circle, _, _ = await opened(house)
    async with house.trellis.storage.read() as tx:
        [occurrence] = await tx.occurrences.since(circle.id, house.clock.now() - timedelta(hours=1))
    prompt = next(each for each in CONTENT.check_ins if each.share is ShareRule.PRIVATE)
    view = card_of(Post(circle, prompt, occurrence), CONTENT, count=None).view
    assert view is not None
    assert "Share in the channel" not in str(view.to_components())
    assert PromptId(prompt.id) in CONTENT.prompts


async def test_a_note_for_the_circle_goes_into_review_and_follows_its_audience(house: House) -> None:
    _, ada, post = await opened(house)
    form = await ada.press(post, "Answer privately")
    answer = (
        await ada.submit(form.modal, {"weather": ["rain"], "note": WORDS, "audience": "circle"})
    ).message
    assert "wait for a facilitator" in text_of(answer)
    assert labels(answer) == ["Don't share it after all", "Take it back"]
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"energy": ["low"]})
    assert len(await waiting(house, ada)) == 1
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"note": "Other words."})
    assert await waiting(house, ada) == ["Other words."]
    form = await ada.press(post, "Answer privately")
    answer = (await ada.submit(form.modal, {"audience": "me"})).message
    assert "just for you" in text_of(answer)
    assert await waiting(house, ada) == []


async def test_marked_for_facilitators_without_that_consent_it_says_so(house: House) -> None:
    circle, _, post = await opened(house)
    ben = await joined(house, circle, "Ben", ["check-ins"])
    form = await ben.press(post, "Answer privately")
    answer = (await ben.submit(form.modal, {"weather": ["rain"], "audience": "facilitators"})).message
    assert "stays with you then too" in text_of(answer)
    assert labels(answer) == ["Change consents", "I'd like a person", "Take it back"]


async def waiting(house: House, person: Any) -> list[str]:
    """The texts of a person's that wait for review."""
    mine = await house.services.shares.mine(actor_of(house, person))
    return [share.text for share in mine if share.review == "waiting"]
