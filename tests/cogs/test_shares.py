"""Words for the circle wait for a facilitator; they are posted without a name, or come back with a reason."""

from datetime import timedelta
from typing import Any

from bot.domain.ids import PromptId
from bot.domain.preferences import Preferences
from bot.domain.prompts import ShareRule
from bot.domain.shares import Wish
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
    assert labels(answer) == ["Edit it", "Take it back"]
    await house.tick()
    note = house.messages(house.facilitator, house.backroom)[-1]
    assert WORDS not in text_of(note)
    card = (await house.facilitator.press(note, "Read and decide")).message
    assert card.ephemeral
    assert WORDS in text_of(card)
    assert "Ada" not in text_of(card)
    assert labels(card) == ["Approve", "Ask to reword", "Decline", "Who wrote this? For safety"]
    await house.facilitator.press(card, "Approve")
    await house.tick()
    shown = house.messages(ada)[-1]
    assert WORDS in text_of(shown)
    assert "Ada" not in str(shown.json())
    assert str(ada.id) not in str(shown.json())


async def test_a_ready_reason_offers_and_claims_nothing_that_was_not_done(house: House) -> None:
    _, ada, post = await opened(house)
    texts = [CONTENT.texts[id_] for id_ in CONTENT.declines]
    assert not any(done in each for each in texts for done in ("I've sent", "I've kept", "please press"))
    await offered(house, ada, post)
    queue = (await house.facilitator.command("review", house.channel)).message
    form = await house.facilitator.press(queue, "Decline")
    await house.facilitator.submit(form.modal, {"ready": ["sf-md-long"]})
    mine = (await ada.command("shares", house.channel)).message
    assert "you can keep all of it as a private note" in text_of(mine)
    assert "Keep as a private note" in labels(mine)  # and there it is


async def test_declined_words_come_with_a_reason_to_their_author(house: House) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post)
    queue = (await house.facilitator.command("review", house.channel)).message
    form = await house.facilitator.press(queue, "Decline")
    empty = await house.facilitator.submit(form.modal, {})
    assert "A reason goes with it" in text_of(empty.message)
    assert "names, places or pictures" in CONTENT.texts["sf-md-names"]
    reason = {"ready": ["sf-md-names"], "reason": "It names a person. Without the name it fits."}
    await house.facilitator.submit(form.modal, reason)
    await house.tick()
    assert WORDS not in "".join(text_of(each) for each in house.messages(ada))
    letter = ada.dms(house.application)[-1]
    for said in ("It names a person", CONTENT.texts["sf-md-names"]):
        assert said not in text_of(letter)  # the circle is discreet: somebody else may see the screen
        assert said in text_of((await ada.press(letter, "Read it")).message)
        assert said in text_of((await ada.command("shares", house.channel)).message)
    letter = (await ada.press(letter, "Read it")).message
    assert labels(letter) == ["Edit it", "Keep as a private note"]
    form = await ada.press(letter, "Edit it")
    assert fields(form.modal)["words"]["value"] == WORDS
    again = (await ada.submit(form.modal, {"words": "No names now."})).message
    assert "wait for a facilitator" in text_of(again)
    card = (await house.facilitator.command("review", house.channel)).message
    assert "No names now." in text_of(card)


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
    assert labels(card)[-2:] == ["Earlier", "Next"]
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
    assert labels(answer) == ["Change how it is shown", "Don't share it after all", "Take it back"]
    assert "Noted" in text_of((await ada.select(answer, ["company"])).message)
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"energy": ["low"]})
    assert len(await waiting(house, ada)) == 1
    form = await ada.press(post, "Answer privately")
    await ada.submit(form.modal, {"note": "Other words."})
    assert await waiting(house, ada) == ["Other words."]
    [share] = await house.services.shares.mine(actor_of(house, ada))
    assert share.draft.wish is Wish.COMPANY  # the frame stays when the words change
    form = await ada.press(post, "Answer privately")
    answer = (await ada.submit(form.modal, {"audience": "me"})).message
    assert "just for you" in text_of(answer)
    assert await waiting(house, ada) == []


async def test_marked_for_facilitators_without_that_consent_it_says_so(house: House) -> None:
    circle, _, post = await opened(house)
    ben = await joined(house, circle, "Ben", ["check-ins"])
    form = await ben.press(post, "Answer privately")
    answer = (await ben.submit(form.modal, {"weather": ["rain"], "audience": "facilitators"})).message
    assert "stays with you alone" in text_of(answer)
    assert labels(answer) == ["Change consents", "I'd like a person", "Take it back"]


async def waiting(house: House, person: Any) -> list[str]:
    """The texts of a person's that wait for review."""
    mine = await house.services.shares.mine(actor_of(house, person))
    return [share.text for share in mine if share.review == "waiting"]


async def framed(house: House, person: Any, post: Any, **given: Any) -> Any:
    """The private answer to words in the frame that a person chose."""
    form = await person.press(post, "Share in the channel")
    return (await person.submit(form.modal, {"words": WORDS, **given})).message


async def test_words_stand_in_the_frame_that_their_author_chose(house: House) -> None:
    _, ada, post = await opened(house)
    frame = {"shown": "named", "wish": ["say-back"], "topic": "a small no", "cover": ["covered"]}
    await framed(house, ada, post, **frame)
    card = (await house.facilitator.command("review", house.channel)).message
    assert f"<@{ada.id}>" in text_of(card)
    assert "Who wrote this? For safety" not in labels(card)
    await house.facilitator.press(card, "Approve")
    await house.tick()
    shown = text_of(house.messages(ada)[-1])
    assert f"From <@{ada.id}>" in shown
    assert "Today's topic: **a small no**" in shown
    assert f"||{WORDS}||" in shown
    assert "Say back what you heard." in shown


async def test_tricks_in_shared_words_have_no_effect_and_call_nobody(house: House) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post, f"@everyone <@{house.facilitator.id}> [bank](https://evil.example) # no")
    card = (await house.facilitator.command("review", house.channel)).message
    await house.facilitator.press(card, "Approve")
    await house.tick()
    shown = house.messages(ada)[-1]
    for trick in ("@everyone", f"<@{house.facilitator.id}>", "](https", "://"):
        assert trick not in text_of(shown).replace("\\<", "‹")
    assert not shown.mentions
    assert not shown.mention_everyone


async def test_posted_words_come_out_of_the_channel_at_one_press(house: House) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post)
    card = (await house.facilitator.command("review", house.channel)).message
    await house.facilitator.press(card, "Approve")
    await house.tick()
    assert WORDS in text_of(house.messages(ada)[-1])
    mine = (await ada.command("shares", house.channel)).message
    assert labels(mine) == ["Take it out of the channel"]
    outcome = await ada.press(mine, "Take it out of the channel")
    assert "being deleted" in text_of(outcome.message)
    await house.tick()
    assert all(WORDS not in text_of(each) for each in house.messages(ada))


async def test_words_that_came_back_can_be_kept_edited_or_taken_back_from_the_letter(house: House) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post)
    card = (await house.facilitator.command("review", house.channel)).message
    form = await house.facilitator.press(card, "Ask to reword")
    done = await house.facilitator.submit(form.modal, {"reason": "A little shorter?"})
    assert "Given back" in text_of(done.message or house.facilitator.messages(house.channel)[-1])
    await house.tick()
    letter = ada.dms(house.application)[-1]
    letter = (await ada.press(letter, "Read it")).message
    assert "A little shorter?" in text_of(letter)
    assert labels(letter) == ["Edit it", "Keep as a private note", "Take it back"]
    form = await ada.press(letter, "Edit it")
    returned = (await ada.submit(form.modal, {"words": "y" * 1600, "topic": "long"})).message
    assert "1,500 fit" in text_of(returned)
    form = await ada.press(returned, "Shorten it")
    assert fields(form.modal)["words"]["value"] == "y" * 1600
    assert fields(form.modal)["topic"]["value"] == "long"
    answer = (await ada.submit(form.modal, {"words": "Shorter."})).message
    assert "wait for a facilitator" in text_of(answer)
    kept = await ada.press(letter, "Keep as a private note")
    assert "Kept as a private note" in text_of(kept.message)
    assert await waiting(house, ada) == []


async def test_an_edit_of_words_that_were_posted_meanwhile_can_be_offered_anew(house: House) -> None:
    _, ada, post = await opened(house)
    answer = await offered(house, ada, post)
    form = await ada.press(answer, "Edit it")
    card = (await house.facilitator.command("review", house.channel)).message
    await house.facilitator.press(card, "Approve")
    returned = (await ada.submit(form.modal, {"words": "Better words."})).message
    assert "approved already" in text_of(returned)
    assert "Better words." in text_of(returned)
    form = await ada.press(returned, "Offer these words")
    again = await ada.submit(form.modal)
    assert "wait for a facilitator" in text_of(again.message)
    assert await waiting(house, ada) == ["Better words."]


async def test_members_are_told_how_many_wait_before_them(house: House) -> None:
    circle, ada, post = await opened(house)
    ben = await joined(house, circle, "Ben")
    first = await offered(house, ada, post)
    assert "No other words are waiting" in text_of(first)
    second = await offered(house, ben, post)
    assert "1 other text waits before yours" in text_of(second)


async def test_a_facilitator_learns_a_sealed_name_only_with_a_reason_that_the_author_reads(
    house: House,
) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post)
    card = (await house.facilitator.command("review", house.channel)).message
    form = await house.facilitator.press(card, "Who wrote this? For safety")
    assert "Only for safety" in str(form.modal.components)
    told = await house.facilitator.submit(form.modal, {"reason": "It sounds like danger."})
    assert f"<@{ada.id}> wrote it" in text_of(told.message)
    await house.tick()
    letter = ada.dms(house.application)[-1]
    assert "danger" not in text_of(letter)
    assert "It sounds like danger." in text_of((await ada.press(letter, "Read it")).message)
    audit = (await house.facilitator.command("circle audit", house.channel)).message
    assert "asked who wrote words" in text_of(audit)


async def test_a_sealed_name_can_be_asked_for_after_the_decision_too_and_a_shown_one_cannot(
    house: House,
) -> None:
    _, ada, post = await opened(house)
    await offered(house, ada, post)
    await house.tick()
    note = house.messages(house.facilitator, house.backroom)[-1]
    card = (await house.facilitator.press(note, "Read and decide")).message
    form = await house.facilitator.press(card, "Decline")
    await house.facilitator.submit(form.modal, {"reason": "These words worry me."})
    decided = (await house.facilitator.press(note, "Read and decide")).message
    assert WORDS not in text_of(decided)
    assert labels(decided) == ["Who wrote this? For safety"]
    form = await house.facilitator.press(decided, "Who wrote this? For safety")
    told = await house.facilitator.submit(form.modal, {"reason": "It sounds like danger."})
    assert f"<@{ada.id}> wrote it" in text_of(told.message)
    await framed(house, ada, post, shown="named")
    await house.tick()
    note = house.messages(house.facilitator, house.backroom)[-1]
    card = (await house.facilitator.press(note, "Read and decide")).message
    await house.facilitator.press(card, "Approve")
    assert labels((await house.facilitator.press(note, "Read and decide")).message) == []


async def test_where_nothing_is_to_be_hidden_the_letter_says_it_all(house: House) -> None:
    circle, ada, post = await opened(house)
    await house.services.preferences.put(actor_of(house, ada), circle.id, Preferences(discreet=False))
    await offered(house, ada, post)
    card = (await house.facilitator.command("review", house.channel)).message
    form = await house.facilitator.press(card, "Ask to reword")
    await house.facilitator.submit(form.modal, {"reason": "A little shorter?"})
    await house.tick()
    letter = ada.dms(house.application)[-1]
    assert "A little shorter?" in text_of(letter)
    assert labels(letter) == ["Edit it", "Keep as a private note", "Take it back"]
