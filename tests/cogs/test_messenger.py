"""Posts go out once under their own nonce, are found again after a crash, and each failure has its name."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.domain.circles import Circle
from bot.domain.errors import (
    ChannelGone,
    DeliveryError,
    MessagesClosed,
    NotPermitted,
    Rejected,
    Unreachable,
)
from bot.domain.ids import OutboxId
from bot.domain.occurrences import Occurrence
from bot.domain.outbox import Letter, Recipient
from bot.services._alert_letters import shown_in
from bot.services.messenger import AlertNote, Post
from cogs.actors import account_of
from cogs.away import away
from cogs.delivering import delivering
from cogs.messenger import DiscordMessenger
from tests.cogs.house import CONTENT, House, text_of
from tests.cogs.test_alerts import alarm, step
from tests.cogs.town import opened

MESSAGES = r"/channels/\d+/messages"


async def claimed(house: House) -> tuple[DiscordMessenger, Post]:
    """A post whose occurrence was sent by hand before: its messenger, and the post again."""
    circle = await house.circle()
    await house.post()
    async with house.trellis.storage.read() as tx:
        [occurrence] = await tx.occurrences.since(circle.id, house.clock.now() - timedelta(hours=1))
    prompt = CONTENT.prompts[occurrence.prompt]
    return DiscordMessenger(house.trellis.client, CONTENT), Post(circle, prompt, occurrence)


def newer(post: Post, number: int) -> Occurrence:
    """An occurrence with another id."""
    from dataclasses import replace

    assert post.occurrence is not None
    return replace(post.occurrence, id=type(post.occurrence.id)(number))


async def test_the_same_occurrence_posted_again_is_the_same_message(house: House) -> None:
    messenger, post = await claimed(house)
    before = len(house.messages(house.facilitator))
    assert post.occurrence is not None
    assert await messenger.post(post) == post.occurrence.message
    assert len(house.messages(house.facilitator)) == before


async def test_a_server_s_owner_is_known_where_another_process_has_its_shard(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle, client = await house.circle(), house.trellis.client
    messenger = DiscordMessenger(client, CONTENT)
    owner = account_of(int(house.facilitator.id))
    assert await messenger.owner(circle) == owner
    monkeypatch.setattr(client, "get_guild", lambda _: None)
    assert await messenger.owner(circle) == owner
    house.sandbox.faults.fail_next("GET", r"/guilds/\d+", status=403)
    with pytest.raises(DeliveryError):
        await messenger.owner(circle)


async def test_a_post_is_found_by_its_components(house: House) -> None:
    messenger, post = await claimed(house)
    assert post.occurrence is not None
    assert await messenger.find(post.circle, post.occurrence) == post.occurrence.message
    assert await messenger.find(post.circle, newer(post, 999)) is None


async def test_a_post_whose_answer_was_lost_is_found_again(house: House) -> None:
    messenger, post = await claimed(house)
    lost = Post(post.circle, post.prompt, newer(post, 77))
    house.sandbox.faults.drop_next("POST", MESSAGES, after_applied=True)
    with pytest.raises(Unreachable):
        await messenger.post(lost)
    assert lost.occurrence is not None
    found = await messenger.find(post.circle, lost.occurrence)
    assert found is not None
    assert await messenger.post(lost) == found


async def test_discord_s_unavailability_is_unreachable(house: House) -> None:
    messenger, post = await claimed(house)
    house.sandbox.faults.fail_next("POST", MESSAGES, status=503)
    assert await failure(messenger, Post(post.circle, post.prompt, newer(post, 78))) is Unreachable


async def test_a_deleted_channel_a_missing_permission_and_closed_messages_have_their_names(
    house: House,
) -> None:
    messenger, post = await claimed(house)
    house.channel.overwrite(house.application.bot, deny=0x800)
    assert await failure(messenger, Post(post.circle, post.prompt, newer(post, 80))) is NotPermitted
    house.channel.overwrite(house.application.bot, deny=0x400)
    assert await failure(messenger, Post(post.circle, post.prompt, newer(post, 81))) is ChannelGone
    house.channel.delete()
    assert await failure(messenger, Post(post.circle, post.prompt, newer(post, 82))) is ChannelGone
    member = house.member("Ada")
    house.sandbox.faults.close_dms(member.user)
    letter = note(house, post, Recipient.MEMBER, "share-declined", {"reason": "names in it"})
    with pytest.raises(MessagesClosed):
        await messenger.deliver(post.circle, letter, account_of(int(member.id)))


@pytest.mark.parametrize(
    ("status", "code", "named"),
    [
        (403, 50007, MessagesClosed),
        (403, 50278, MessagesClosed),  # no server in common any more
        (403, 50001, ChannelGone),
        (403, 20026, NotPermitted),
        (404, 10008, ChannelGone),
        (401, 0, Unreachable),
        (429, 40003, Unreachable),  # direct messages opened too fast
        (503, 0, Unreachable),
        (400, 50035, Rejected),
    ],
)
def test_what_discord_refuses_has_its_name(status: int, code: int, named: type[DeliveryError]) -> None:
    answer: Any = SimpleNamespace(status=status, reason="")
    with pytest.raises(DeliveryError) as failed, delivering():
        raise discord.HTTPException(answer, {"code": code, "message": ""})
    assert type(failed.value) is named


async def test_a_stopped_client_is_unreachable(house: House) -> None:
    messenger, post = await claimed(house)
    await house.trellis.client.close()
    assert await failure(messenger, Post(post.circle, post.prompt, newer(post, 83))) is Unreachable
    assert await failure(messenger, Post(post.circle, post.prompt, None)) in (Rejected, Unreachable)


async def test_each_kind_of_letter_arrives_once_and_pings_nobody_unasked(house: House) -> None:
    messenger, post = await claimed(house)
    member = house.member("Ada")
    account = account_of(int(member.id))
    kinds: dict[str, dict[str, Any]] = {
        "missed-post": {"kind": "check-in", "due": "2026-11-23T08:00:00+00:00", "reason": "late"},
        "person-wanted": {},
        "share-waiting": {"share": 5},
        "away": {"since": 1772438400, "back": 1772524800, "how": "died", "missed": 2},
    }
    for number, (kind, facts) in enumerate(kinds.items(), 500):
        letter = note(house, post, Recipient.FACILITATORS, kind, facts, number)
        first = await messenger.deliver(post.circle, letter, account)
        assert await messenger.deliver(post.circle, letter, account) == first
    missed, wanted, waiting, gone = house.messages(house.facilitator, house.backroom)[-4:]
    assert gone.silent
    assert gone.content.startswith("I'm sorry, I was away from <t:1772438400:f> until <t:1772524800:f>.")
    assert "2 posts were missed; the promise log (`/about`) names each." in gone.content
    assert "away for more than two hours" in text_of(missed)
    assert f"<@&{house.role.id}> <@{member.id}>" in wanted.content
    assert "share:review:5" in str(waiting.components)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"how": "stopped"}, "I had been stopped for that time. No post was missed."),
        ({"how": "cut-off", "missed": 1}, "no connection to Discord. 1 post was missed;"),
        ({"how": "died"}, "stopped without warning"),
        ({"how": "restored"}, "I was brought back from a backup, and am where I was at <t:5:f>."),
        (
            {"how": "restored", "missed": 3},
            "may be told again. 3 posts that fell due since then may have been posted;",
        ),
    ],
)
def test_an_absence_is_told_as_it_was(facts: dict[str, Any], said: str) -> None:
    letter: Any = SimpleNamespace(facts={"since": 5, "back": 9, "missed": 0, **facts})
    told = away(letter, *[cast("Any", None)] * 3)["content"]
    assert said in told
    assert not re.search(r"should|at least", told)


async def test_a_share_is_posted_without_its_author_s_name(house: House) -> None:
    messenger, post = await claimed(house)
    letter = note(house, post, Recipient.CIRCLE, "share-posted", {"text": "I said no today. @everyone"})
    await messenger.deliver(post.circle, letter, None)
    shown = house.messages(house.facilitator)[-1]
    assert "I said no today" in text_of(shown)
    assert "Ada" not in text_of(shown)
    assert shown.mentions == []


def note(
    house: House, post: Post, recipient: Recipient, kind: str, facts: dict[str, Any], number: int = 400
) -> Letter:
    """A letter."""
    return Letter(
        id=OutboxId(number),
        circle=post.circle.id,
        recipient=recipient,
        kind=kind,
        facts=facts,
        written_at=house.clock.now(),
        next_try_at=house.clock.now(),
    )


async def failure(messenger: DiscordMessenger, post: Post) -> type[DeliveryError]:
    """As what a post fails."""
    with pytest.raises(DeliveryError) as failed:
        await messenger.post(post)
    return type(failed.value)


async def test_a_discreet_circle_s_posts_ring_no_phone(house: House) -> None:
    await house.circle()
    assert (await house.post()).silent
    await house.facilitator.command("circle settings", house.channel, discreet=False)
    assert not (await house.post("boundary")).silent


async def test_words_that_stand_already_are_found_by_what_they_say_and_not_taken_for_others(
    house: House,
) -> None:
    circle = await house.circle()
    messenger = DiscordMessenger(house.trellis.client, CONTENT)

    def letter(number: int, text: str) -> Letter:
        facts: dict[str, Any] = {"share": number, "text": text, "title": None, "named": False, "wish": None,
                                 "topic": None, "covered": False}  # fmt: skip
        at = house.clock.now()
        return Letter(
            id=OutboxId(number), circle=circle.id, recipient=Recipient.CIRCLE, kind="share-posted",
            facts=facts, written_at=at, next_try_at=at,
        )  # fmt: skip

    first, same, other = letter(1, "Two doors."), letter(2, "Two doors."), letter(3, "One window.")
    assert await messenger.find_letter(circle, first, None, frozenset()) is None
    stands = await messenger.deliver(circle, first, None)
    await messenger.deliver(circle, other, None)
    house.sandbox.sender.forget_nonces()
    assert await messenger.find_letter(circle, first, None, frozenset()) == stands
    assert await messenger.find_letter(circle, same, None, frozenset({stands})) is None


async def test_an_alert_is_found_by_its_buttons_though_it_was_taken_meanwhile(house: House) -> None:
    circle, ada, post = await opened(house)
    await ada.press(post, "I'd like a person")
    await house.tick()
    card = house.messages(house.facilitator, house.backroom)[-1]
    as_it_was = card.components
    await house.facilitator.press(card, "I have this")
    await house.tick()
    card.components = as_it_was  # the change was lost with whoever was to make it
    [note] = await told_of(house, circle)
    messenger = DiscordMessenger(house.trellis.client, CONTENT)
    assert await messenger.find_alert(note, frozenset()) == card.id
    assert await messenger.find_alert(note, frozenset({card.id})) is None


async def test_letters_about_alerts_are_not_taken_for_one_another(house: House) -> None:
    circle, _, _ = await opened(house)
    for number in range(30):
        await alarm(house, circle, int(house.member(f"P{number}").id))
    for _ in range(3):
        await step(house, seconds=10)
    messenger = DiscordMessenger(house.trellis.client, CONTENT)
    await house.facilitator.select(house.messages(house.facilitator, house.backroom)[-1], ["I have number 2"])
    notes = await told_of(house, circle)
    assert [len(each.alerts) > 1 for each in notes] == [False, False, False, True, True]
    found = [await messenger.find_alert(each, frozenset()) for each in notes]
    assert found == [each.letter.message for each in notes]
    house.sandbox.sender.delete(house.backroom.messages[str(notes[3].letter.message)])
    assert await messenger.find_alert(notes[3], frozenset()) is None
    assert await messenger.find_alert(notes[4], frozenset()) == notes[4].letter.message


async def told_of(house: House, circle: Circle) -> list[AlertNote]:
    """The letters about open alerts, oldest first, as they would be tried again now."""
    async with house.trellis.storage.read() as tx:
        ids = {
            id_ for alert in await tx.alerts.open(circle.id) for id_, _ in await tx.alerts.letters(alert.id)
        }
        sent = [letter for id_ in sorted(ids) if (letter := await tx.outbox.get(id_)) is not None]
        now = house.clock.now()
        return [
            AlertNote(circle=circle, letter=each, alerts=await shown_in(tx, each.id), now=now)
            for each in sent
        ]
