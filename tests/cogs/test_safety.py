"""Help in private after words that match: as written, one message, hidden at a press, nobody told unasked."""

import asyncio
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.accounts import Platform
from bot.domain.circles import Circle, Home, Settings
from bot.domain.ids import CircleId
from bot.domain.lines import covered, help_for
from bot.domain.listening import Tier
from bot.domain.members import Scope
from bot.services import screening
from bot.services.listening import Listened
from cogs.safety.scenes import PAGE_OF, Flag, Page, Scene, Setting, step_text, tier_reply
from cogs.safety.steps import LEADS_TO, OPENING
from storage import NotKept
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.town import ALL, actor_of, fields, joined, labels, opened
from tests.services.said import SAID, heard_as_meant

__all__ = ["heard_as_meant"]
pytestmark = pytest.mark.usefixtures("heard_as_meant")

TEXTS, REPLIES = CONTENT.texts, CONTENT.replies
OPENER = TEXTS["sf-s-open"]
BLANKS = re.compile(r"\{[a-z_0-9]+\}")
SMALL_PRINT = re.compile(r"^-# [0-9 ]+: ", re.MULTILINE)
UNASKED = [scope for scope in ALL if scope != Scope.ALERTS.value]


async def noted(person: Any, post: Any, note: str, audience: str = "me") -> Any:
    """A check-in note; what was answered beneath the answer, or None where nothing comes for a second."""
    form = await person.press(post, "Answer privately")
    outcome = await person.submit(form.modal, {"note": note, "audience": audience})
    assert outcome.state == "answered"
    for _ in range(100):
        if outcome.followups:
            return outcome.followups[-1]
        await asyncio.sleep(0.01)
    return None


async def shared(person: Any, post: Any, words: str) -> tuple[Any, Any]:
    """Words for the circle: the answer, and what was answered beneath it."""
    form = await person.press(post, "Share in the channel")
    outcome = await person.submit(form.modal, {"words": words})
    await outcome.followed_up()
    return outcome.message, outcome.followups[-1]


def parts_of(id_: str) -> list[str]:
    """A text's parts between its placeholders, as they are to stand somewhere whole."""
    return [part.strip() for part in BLANKS.split(TEXTS[id_]) if part.strip()]


def holds(message: Any, id_: str) -> None:
    """The text stands there whole, all of it filled in."""
    said = text_of(message)
    assert [part for part in parts_of(id_) if part not in said] == []
    assert BLANKS.findall(said) == []


async def told(house: House) -> list[str]:
    """What stands in the facilitators' channel."""
    await house.tick()
    return [text_of(each) for each in house.messages(house.facilitator, house.backroom)]


def within(message: Any) -> None:
    """Discord's limits, and ours for labels."""
    assert len(message.content) <= 2000
    assert sum(len(each.get("description", "")) for each in message.embeds) <= 4096
    assert all(len(label) <= 40 for label in labels(message))
    assert len(labels(message)) <= 25


async def test_each_tier_s_reply_is_its_text_whole_with_its_buttons_and_lines(house: House) -> None:
    circle, ada, post = await opened(house)
    await house.facilitator.command("circle settings", house.channel, region="IE")
    people = [ada, *[await joined(house, circle, name) for name in ("Ben", "Cy", "Di", "Ed", "Fay")]]
    for person, (tier, words) in zip(people, SAID.items(), strict=True):
        reply = await noted(person, post, words)
        assert reply.ephemeral
        id_ = f"sf-t-{PAGE_OF[tier]}"
        if tier is Tier.DANGER_FROM_OTHER:
            assert (text_of(reply), labels(reply)) == (OPENER, list(CONTENT.choices["sf-s-open"]))
            await person.press(reply, "Open")
        holds(reply, id_)
        within(reply)
        assert reply.embeds[0]["title"] == REPLIES[id_].title
        assert labels(reply)[: len(REPLIES[id_].ways)] == [label for label, _ in REPLIES[id_].ways]
        assert "999" in text_of(reply) or "112" in text_of(reply)  # the region's own emergency number
        assert words not in text_of(reply)
        for step in [each for each in labels(reply) if each not in ("Hide my messages", "Go on")]:
            outcome = await person.press(reply, step)
            assert outcome.state in ("updated", "answered", "deferred", "modal"), step
            await outcome.settled(5)
            within(reply)
            assert BLANKS.findall(text_of(reply)) == []
            await person.press(reply, "Back") if "Back" in labels(reply) else None
    assert not any("word match" in each for each in await told(house) if "pressed" not in each)


def test_every_way_of_every_reply_leads_somewhere() -> None:
    assert {next_ for reply in REPLIES.values() for _, next_ in reply.ways} == set(LEADS_TO)
    assert {f"sf-t-{page}" for page in Page if page is not Page.FOLLOW} == set(REPLIES)
    assert len(CONTENT.choices["sf-s-open"]) == len(OPENING)


async def test_a_hard_night_is_walked_through_in_one_message_and_across_restarts(house: House) -> None:
    _, ada, post = await opened(house)
    await ada.command("remind", house.channel, time="18:00")
    reply = await noted(ada, post, SAID[Tier.SUICIDE_ACTIVE])
    assert parts_of("sf-s-noalert")[0] in text_of(reply)
    assert "or until you press Go on" in text_of(reply)
    assert await noted(ada, post, SAID[Tier.SUICIDE_ACTIVE]) is None  # the same is not shown again so soon
    await ada.press(reply, "I need help right now")
    holds(reply, "sf-s-now")
    await house.restart()
    await ada.press(reply, "People I can call or text")
    holds(reply, "sf-s-lines")
    assert not any("pressed" in each for each in await told(house))
    outcome = await ada.press(reply, "Ask a facilitator to write me")
    await outcome.settled(5)
    assert "Is it safe for you to get a private message here?" in text_of(reply)
    assert TEXTS["sf-x-they-see"] in text_of(reply)  # what they read of it is said
    [note] = [each for each in await told(house) if "pressed Ask a facilitator" in each]
    assert SAID[Tier.SUICIDE_ACTIVE] not in note
    assert "suicide" not in note
    await house.restart()
    form = await ada.press(reply, "Only at a time I name")
    await (await ada.submit(form.modal, {"when": "after eight"})).settled(5)
    holds(reply, "sf-x-safe-at")
    form = await ada.press(reply, "Add words of mine")
    await (await ada.submit(form.modal, {"words": "Please ring."})).settled(5)
    holds(reply, "sf-x-words")
    await ada.press(reply, "Back")
    assert parts_of("sf-s-noalert")[0] not in text_of(reply)  # somebody was told now, and it says so
    await ada.press(reply, "You misread me")
    holds(reply, "sf-x-misread")  # the words were private, so nothing was marked
    assert "You misread me" in labels(reply)  # the buttons stay
    assert not any("misread them" in each for each in await told(house))  # it would say that words matched
    assert "Go on" not in labels(reply)  # what rested goes on
    everything = await house.services.privacy.everything(actor_of(house, ada))
    [alert] = [each for each, _ in everything.circles[0].alerts]
    assert (alert.safe, alert.when, alert.words) == ("at", "after eight", "Please ring.")


@pytest.mark.parametrize(
    ("tier", "turns", "page"),
    [
        (Tier.SELF_HARM, "I'm hurt or took something", "sf-t-medical"),
        (Tier.HARM_TO_OTHER, "A child may be at risk", "sf-t-child"),
        (Tier.DANGER_FROM_OTHER, "A child may be at risk", "sf-t-child"),
    ],
)
async def test_who_asks_where_minutes_may_count_is_asked_for_until_somebody_has_it(
    house: House, tier: Tier, turns: str, page: str
) -> None:
    _, ada, post = await opened(house)
    reply = await noted(ada, post, SAID[tier])
    if tier is Tier.DANGER_FROM_OTHER:
        await ada.press(reply, "Open")
    await ada.press(reply, turns)
    holds(reply, page)
    await (await ada.press(reply, "Ask a facilitator to write me")).settled(5)
    assert TEXTS["sf-x-they-see"] in text_of(reply)  # that I keep asking
    assert SAID[tier] not in text_of(reply)
    [note] = [each for each in await told(house) if "pressed Ask a facilitator" in each]
    assert "safe at home" not in note  # and they read no more than that somebody asked
    await (await ada.press(reply, "Yes, here is fine")).settled(5)
    house.clock.step(timedelta(minutes=5))
    assert any("I'm asking the same people once more" in each for each in await told(house))


async def test_danger_shows_nothing_until_it_is_opened_and_tells_nobody_unasked(house: House) -> None:
    _, ada, post = await opened(house)
    answer, reply = await shared(ada, post, SAID[Tier.DANGER_FROM_OTHER])
    assert "wait for a facilitator" in text_of(answer)
    assert text_of(reply) == OPENER
    await ada.press(reply, "Not now")
    assert (text_of(reply), labels(reply)) == (TEXTS["sf-x-later"], ["Open", "Hide this"])
    await house.restart()
    await ada.press(reply, "Open")
    holds(reply, "sf-t-danger")
    assert TEXTS["sf-x-rest-practice"] in text_of(reply)  # so that *Go on* says what it is for
    await ada.press(reply, "People who know about safety")
    holds(reply, "sf-s-abuse-lines")
    assert not any("possible danger" in each for each in await told(house))
    await ada.press(reply, "Ask a facilitator to write me")
    assert TEXTS["sf-x-tell"] in text_of(reply)
    assert not any("not be safe" in each for each in await told(house))  # they were only asked
    await (await ada.press(reply, "Only that I'd like a person")).settled(5)
    assert TEXTS["sf-x-they-see-you"] in text_of(reply)
    [note] = [each for each in await told(house) if "pressed Ask a facilitator" in each]
    assert "safe at home" not in note
    await ada.press(reply, "Hide")
    assert text_of(reply) == "—"
    await gone(ada, house.channel, reply)
    assert not any(parts_of("sf-s-hidden")[0] in text_of(each) for each in ada.messages(house.channel))


async def gone(person: Any, channel: Any, message: Any) -> None:
    for _ in range(300):
        if message.id not in {each.id for each in person.messages(channel)}:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it still stands")


async def test_what_cannot_be_hidden_is_said_only_where_that_is_safe(house: House) -> None:
    _, ada, post = await opened(house)
    reply = await noted(ada, post, SAID[Tier.DANGER_FROM_OTHER])
    await ada.press(reply, "Open")
    await ada.press(reply, "Ask a facilitator to write me")
    await (await ada.press(reply, "Also that I may not be safe")).settled(5)
    await (await ada.press(reply, "Yes, here is fine")).settled(5)
    [note] = [each for each in await told(house) if "may not be safe at home" in each]
    assert "here is fine" in note
    outcome = await ada.press(reply, "Hide")
    await outcome.followed_up()
    assert text_of(outcome.followups[-1]) == TEXTS["sf-s-hidden"]
    await gone(ada, house.channel, reply)
    refused = await ada.command("boundary ladder", house.channel)
    assert "Rung 1" in text_of(refused.message)  # what one does alone is open


async def test_a_marked_share_is_held_and_its_author_told_and_posted_only_when_said_twice(
    house: House,
) -> None:
    circle, ada, post = await opened(house)
    answer, reply = await shared(ada, post, SAID[Tier.SELF_HARM])
    assert "wait for a facilitator" in text_of(answer)
    holds(reply, "sf-t-selfharm")
    assert TEXTS["sf-x-held"] in text_of(reply)
    said = await told(house)
    assert any("matched the word list for possible self-harm" in each for each in said)
    assert not any(SAID[Tier.SELF_HARM] in each for each in said)
    card = (await house.facilitator.command("review", house.channel)).message
    assert "Word match for possible self-harm. This is a word match, not an assessment" in str(card.embeds)
    for _ in range(2):
        await ada.press(reply, "You misread me")
        holds(reply, "sf-s-misread")
    assert any("misread them" in each for each in await told(house))
    await house.facilitator.press(card, "Approve")
    assert "Would you like to post them all the same?" in text_of(card)
    assert (labels(card)[0], labels(card)[-1]) == ("Ask to reword", "Approve it all the same")
    assert "Its author says that they were misread." in str(card.embeds)
    await house.restart()
    await house.facilitator.press(card, "Approve it all the same")
    await house.tick()
    assert SAID[Tier.SELF_HARM] in text_of(house.messages(ada)[-1])
    ben = await joined(house, circle, "Ben", UNASKED)
    _, reply = await shared(ben, post, SAID[Tier.SUICIDE_PASSIVE])
    assert TEXTS["sf-x-held-only"] in text_of(reply)  # no yes, so no alert; and it says what is so
    assert not any("thoughts of suicide" in each for each in await told(house))


async def word(house: House, person: Any, said: str) -> list[Any]:
    """What the bot writes back; empty where it is silent."""
    before = {each.id for each in person.dms(house.application)}
    await person.dm(house.application, said)
    new: list[Any] = []
    for _ in range(60):
        new = [each for each in person.dms(house.application) if each.id not in before and each.author.bot]
        if new:
            break
        await asyncio.sleep(0.01)
    return new


async def test_a_direct_message_is_heard_answered_quietly_and_kept_nowhere(house: House) -> None:
    _, ada, _ = await opened(house)
    [what] = await word(house, ada, "Hello, are you there?")
    holds(what, "sf-x-dm")
    assert labels(what) == ["People I can call or text", "A short exercise", "My map"]
    assert await word(house, ada, "And now?") == []
    for said in ("help", "Help me, please!", "I need help"):
        [lines] = await word(house, ada, said)
        assert "In danger right now" in text_of(lines)
        assert "My map" in labels(lines)
    [reply] = await word(house, ada, SAID[Tier.SELF_HARM])
    holds(reply, "sf-t-selfharm")
    assert reply.flags & (1 << 12)  # no sound
    await ada.press(reply, "I'm hurt or took something")
    holds(reply, "sf-t-medical")
    await ada.press(reply, "Hide")
    assert text_of(reply) == "—"
    [neutral] = await word(house, ada, SAID[Tier.DANGER_FROM_OTHER])
    assert (text_of(neutral), neutral.embeds) == (OPENER, [])
    await ada.press(neutral, "Open")
    await ada.press(neutral, "Hide my messages")
    for each in ada.dms(house.application):
        if each.author.bot:
            await gone(ada, neutral.channel, each)  # earlier words of ours tell as much as the last
    cleo = house.member("Cleo")
    [help_] = await word(house, cleo, SAID[Tier.SUICIDE_ACTIVE])
    await ada_free(house, cleo, help_)
    house.clock.step(timedelta(hours=13))
    assert len(await word(house, ada, "Good morning")) == 1


async def ada_free(house: House, person: Any, reply: Any) -> None:
    """Who is in no circle is told so, with lines."""
    await person.press(reply, "Ask a facilitator to write me")
    holds(reply, "sf-x-no-circle")
    assert not any("pressed Ask" in each for each in await told(house))


async def test_the_next_day_s_word_begins_neutrally_where_notices_are_discreet(house: House) -> None:
    circle, ada, post = await opened(house)
    await noted(ada, post, SAID[Tier.SUICIDE_PASSIVE])
    for _ in range(6):
        house.clock.step(timedelta(hours=6))
        await house.services.listening.tick()
        await house.tick()
    [note] = [each for each in ada.dms(house.application) if OPENER in text_of(each)]
    await house.restart()
    await ada.press(note, "Open")
    holds(note, "sf-s-follow")
    assert labels(note) == [*CONTENT.choices["sf-s-follow"], "Hide"]
    await (await ada.press(note, "Ask a facilitator")).settled(5)
    assert TEXTS["sf-x-they-see-you"] in text_of(note)
    await ada.press(note, "Back")
    await ada.press(note, "Go on as usual")
    holds(note, "sf-x-on")
    assert await house.services.listening.standing(actor_of(house, ada), circle.id, Tier.NONE)


async def test_where_nothing_can_be_screened_or_kept_lines_are_shown_and_it_is_said(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ada, post = await opened(house)
    watch = house.services.listening._screening
    await watch.tick()

    def broken(_text: str, _books: object) -> object:
        raise ZeroDivisionError

    with monkeypatch.context() as deaf:
        deaf.setattr(screening, "screen", broken)
        reply = await noted(ada, post, "The heron stood there.")
        holds(reply, "sf-x-unheard")
        await ada.dm(house.application, "ground me")
        async with asyncio.timeout(5):
            while len(told_ := [m for m in ada.dms(house.application) if m.author.bot]) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        holds(told_[0], "sf-x-unheard")
        assert "Safe enough" in labels(told_[1])
        await watch.tick()
    assert any(parts_of("sf-x-down")[0] in each for each in await told(house))
    await watch.tick()
    assert any(TEXTS["sf-x-back"] in each for each in await told(house))
    reply = await noted(ada, post, SAID[Tier.SUICIDE_ACTIVE])

    def away(*_: object) -> object:
        raise NotKept("the disk is gone")

    form = await ada.press(post, "Share in the channel")
    with monkeypatch.context() as gone_:
        for name in ("begin", "read"):
            gone_.setattr(type(house.trellis.storage), name, away)
        await (await ada.press(reply, "Ask a facilitator to write me")).settled(5)
        holds(reply, "sf-x-unsent")
        wish = (await (await ada.press(post, "I'd like a person")).settled(5)).message
        holds(wish, "sf-x-unsent")
        holds((await (await ada.command("map", house.channel)).settled(5)).message, "sf-map-away")
        await (await ada.command("ground", house.channel)).settled(5)
        holds(ada.dms(house.application)[-1], "sf-x-read")
        outcome = await ada.submit(form.modal, {"words": SAID[Tier.HARM_TO_OTHER]})
        assert "this was not kept" in text_of(outcome.message)
        await outcome.followed_up(1)
        neutral = outcome.followups[-1]
        assert text_of(neutral) == OPENER  # what they wished cannot be read now: the careful way
        await ada.press(neutral, "Open")
        holds(neutral, "sf-t-harmother")
        assert TEXTS["sf-x-private-harm"] in text_of(neutral)
        await watch.tick()
    said = [text_of(each) for each in house.messages(house.facilitator, house.backroom)]
    assert any("I can't reach my database" in each for each in said)


async def test_the_join_form_says_the_limit_of_privacy_and_asks_for_the_alert_on_its_own(
    house: House,
) -> None:
    await house.circle()
    form = await house.member("Cleo").command("join", house.channel)
    said = str(form.modal.components)
    for part in parts_of("sf-c-limit"):
        assert part.replace("'", "\\'") in said or part in said
    options = fields(form.modal)["consents"]["options"]
    assert [each["value"] for each in options] == ALL
    assert all(len(each["label"]) <= 100 and len(each["description"]) <= 100 for each in options)


def test_every_text_fits_with_the_lines_of_any_country_and_nothing_is_left_unfilled() -> None:
    today = date(2026, 11, 27)
    circle = Circle(
        id=CircleId(1),
        home=Home(platform=Platform.DISCORD, server="1", channel="2", facilitators="3", role="4"),
        name="North",
        settings=Settings(zone=ZoneInfo("Europe/Dublin"), hours="h" * 100, response_time="t" * 60),
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    standing = Listened(
        circle=circle, alert_raised=None, rests_until=datetime(2026, 1, 3, tzinfo=UTC), joined=True
    )
    flags = frozenset({Flag.HELD, Flag.NEUTRAL})
    for region in (None, *covered(CONTENT.lines)):
        setting = Setting(content=CONTENT, help=help_for(CONTENT.lines, region, today), standing=standing)
        for page in Page:
            said = tier_reply(Scene(page, CircleId(1), flags), setting)
            assert len(said) <= 4000, (region, page)
            assert BLANKS.findall(said) == []
            assert "\n\n\n" not in said
            small = SMALL_PRINT.search(said)  # where the number was read stands below all that is said
            assert small is None or said.index(TEXTS["sf-x-held"]) < small.start()
        for id_ in LEADS_TO:
            if id_.startswith("sf-s-") and id_ not in ("sf-s-write", "sf-s-hidden"):
                assert BLANKS.findall(step_text(setting, id_)) == []
