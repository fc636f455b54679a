"""Exercises as people meet them: in direct messages, where those are closed, anywhere, through a restart."""

import asyncio
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import pytest
from PIL import Image, ImageColor

from bot.domain.errors import MessagesClosed, Unreachable
from bot.domain.grounding import Act, Ended, Ending, Phase, Run
from bot.domain.ids import RunId
from bot.domain.live_runs import Place
from bot.services.messenger import RunShown
from cogs.entrance import answers_given
from cogs.grounding import breath
from cogs.grounding._cards import card_of, read_out
from cogs.grounding._pieces import Card
from cogs.grounding.starting import asks_for_it
from cogs.messenger import DiscordMessenger
from sandbox.validation import check_message
from tests.cogs.house import CONTENT, House, text_of
from tests.cogs.test_cards import NOW
from tests.cogs.town import components, joined, labels, opened


def card(house: House, person: Any) -> Any:
    """The newest thing of ours in the direct messages that is no passing answer."""
    return [m for m in person.dms(house.application) if m.author.bot and not m.ephemeral][-1]


async def pressing(house: House, person: Any, *what: str) -> Any:
    """Presses these on the card in the direct messages, one after the other; the card as it is then."""
    for each in what:
        await person.press(card(house, person), each)
    return card(house, person)


async def time_passes(house: House, seconds: float) -> None:
    house.clock.step(timedelta(seconds=seconds))
    await house.services.grounding.tick()


async def test_a_whole_exercise_in_direct_messages_moves_on_one_message_and_needs_no_membership(
    house: House,
) -> None:
    mallory = house.member("Mallory")  # of no circle
    for status, note in ((403, "closed to me"), (503, "can't open a direct message just now")):
        house.sandbox.faults.fail_next("POST", r"/channels/\d+/messages", status=status)
        here = (await (await mallory.command("ground", house.channel)).settled()).message
        assert note in text_of(here)
        assert labels(here)[0] == "Safe enough"
    outcome = await mallory.command("ground", house.channel, exercise="Feet and floor")
    await outcome.settled()
    assert "direct messages" in text_of(outcome.message)
    assert outcome.message.ephemeral
    [link] = components(outcome.message)
    asked = card(house, mallory)
    assert link["url"].endswith(f"/@me/{asked.channel.id}/{asked.id}")
    assert asked.silent
    assert labels(asked) == ["Safe enough", "Not safe", "Skip this question", "Stop"]
    offered = await pressing(house, mallory, "Safe enough")
    assert "Press lightly if you have pain" in text_of(offered)  # the caution, before anything begins
    await pressing(house, mallory, "Begin")
    await mallory.select(card(house, mallory), ["6"])
    first = card(house, mallory)
    assert labels(first) == ["Next", "Try another", "Stop"]
    await pressing(house, mallory, "Next")
    said = []
    for _ in range(4):
        said.append(text_of(card(house, mallory)))
        await time_passes(house, 15.6)
    assert [
        word
        for word, each in zip(["Press down", "Let go.", "Press again", "Wiggle"], said, strict=True)
        if word in each
    ] == ["Press down", "Let go.", "Press again", "Wiggle"]
    await mallory.select(card(house, mallory), ["4"])
    assert "A little lower" in text_of(card(house, mallory))
    assert labels(card(house, mallory)) == ["Done", "One more"]  # nothing is kept for who has not joined
    assert "no best one" in text_of(await pressing(house, mallory, "One more"))
    assert "Stopped" in text_of(await pressing(house, mallory, "Stop"))
    assert labels(await pressing(house, mallory, "Close")) == []
    assert len([m for m in mallory.dms(house.application) if m.author.bot]) == 1
    edits = [r for r in house.sandbox.traffic.requests if r.method == "PATCH"]
    assert len(edits) == 4
    assert all(r.path.startswith("/webhooks/") for r in edits)  # none of which counts against the limit


async def test_where_direct_messages_are_closed_the_same_goes_on_right_there_and_says_so_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = house.member("Ada")
    house.sandbox.faults.close_dms(ada)
    outcome = await ada.command("ground", house.channel, exercise="gr-23")
    await outcome.settled()
    here = outcome.message
    assert here.ephemeral
    assert "closed to me" in text_of(here)
    for label in ("Safe enough", "Begin", "Skip"):
        await ada.press(here, label)
        assert "closed to me" not in text_of(here)
    assert "Step 1 of 7" in here.embeds[0]["footer"]["text"]
    await time_passes(house, 10.6)
    assert "Step 2 of 7" in here.embeds[0]["footer"]["text"]
    house.clock.step(timedelta(minutes=16))  # no tap for longer than the press's token is good
    await house.services.grounding.tick()
    assert "Step 2 of 7" in here.embeds[0]["footer"]["text"]
    monkeypatch.setattr("cogs.replies.PATIENCE", timedelta(0))  # the database takes its time
    await (await ada.press(here, "Next")).settled()  # and a tap goes on from there
    assert "Step 3 of 7" in here.embeds[0]["footer"]["text"]
    for wait, refused in ((3, Unreachable), (3.1, MessagesClosed)):  # its press may be being answered now
        place = Place(token="unknown", got_at=house.clock.now() - timedelta(seconds=wait))
        it = RunShown(id=RunId(1), run=Ended(how=Ending.STOPPED, exercise=None), place=place)
        with pytest.raises(refused):
            await DiscordMessenger(house.trellis.client, CONTENT).show_run(it)
    await (await ada.press(here, "Stop")).settled()
    assert "Nothing was saved about where you stopped" in text_of(here)
    assert labels(here) == ["Try another", "Find a person", "I feel worse", "Close"]
    assert not await house.services.grounding.goes_on(actor(ada))


async def test_as_a_person_s_own_app_it_goes_where_trellis_is_no_member(house: House) -> None:
    world = house.sandbox.world
    ida, jo = world.add_user("Ida"), world.add_user("Jo")
    elsewhere = world.add_guild("Elsewhere", owner=ida)
    room = elsewhere.add_text_channel("room")
    world.install(house.application, ida)
    person = house.sandbox.person(ida.id)
    for where in (room, world.dm(ida, jo)):
        outcome = await person.command("ground", where, exercise="gr-08")
        await outcome.settled()
        assert "direct messages" in text_of(outcome.message)
    house.sandbox.faults.close_dms(ida)
    outcome = await person.command("ground", room, exercise="gr-08")
    await outcome.settled()
    for label in ("Safe enough", "Begin", "Skip", "Next"):
        await person.press(outcome.message, label)
    await time_passes(house, 15.6)
    assert "Let go." in text_of(outcome.message)


@pytest.mark.parametrize(
    "said", ["ground me", "Ground me!", " GROUND ME, please. ", "/ground", "please ground me now"]
)
async def test_the_words_begin_it_in_a_direct_message(said: str) -> None:
    assert asks_for_it(said)


@pytest.mark.parametrize(
    "said", ["", "ground", "ground coffee", "the ground", "don't ground me", "I feel awful"]
)
async def test_other_words_do_not(said: str) -> None:
    assert asks_for_it(said) is (said == "ground")


async def test_ground_me_survives_a_restart_in_the_middle_of_an_exercise(house: House) -> None:
    ada = house.member("Ada")
    await ada.dm(house.application, "hello you")
    await until(lambda: any(m.author.bot for m in ada.dms(house.application)))
    await ada.dm(house.application, "Ground me, please")
    await until(lambda: any("Safe enough" in labels(m) for m in ada.dms(house.application)))
    await pressing(house, ada, "Safe enough", "Breath")
    await ada.select(card(house, ada), ["gr-23"])
    await pressing(house, ada, "Begin", "Skip", "Picture")
    [gif] = card(house, ada).attachments
    assert gif["description"].startswith("A circle that grows for 4 seconds")
    await time_passes(house, 10.6)
    await house.restart()
    await time_passes(house, 12)
    assert "Step 3 of 7" in card(house, ada).embeds[0]["footer"]["text"]
    assert card(house, ada).attachments == [gif]
    await pressing(house, ada, "Words only")
    assert card(house, ada).attachments == []
    await pressing(house, ada, "Picture")
    for _ in range(5):
        await time_passes(house, 15.1)
    assert "from 0 to 10" in text_of(card(house, ada))
    assert (card(house, ada).attachments, card(house, ada).silent) == ([], True)
    await pressing(house, ada, "I feel worse")
    assert "Thank you for saying so" in text_of(card(house, ada))
    await pressing(house, ada, "Something outward")
    assert labels(card(house, ada))[0] == "Begin"
    assert card(house, ada).embeds[0]["title"] in {e.title for e in CONTENT.exercises if e.kind == "senses"}


async def until(reached: Any) -> None:
    async with asyncio.timeout(5):
        while not reached():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)


async def test_not_safe_leads_to_help_and_hide_takes_every_message_of_ours_away(house: House) -> None:
    ada = await joined(house, await house.circle(name="North", region="GB"))
    await (await ada.command("ground", house.channel)).settled()
    unsafe = await pressing(house, ada, "Not safe")
    assert "# 999" in text_of(unsafe)
    assert labels(unsafe) == ["Help lines", "Hide my messages", "I'm okay now"]
    help_ = (await ada.press(unsafe, "Help lines")).message
    assert "Samaritans" in text_of(help_)
    assert help_.ephemeral
    outcome = await ada.press(unsafe, "Hide my messages")
    await outcome.followed_up()
    assert not [m for m in ada.dms(house.application) if m.author.bot and not m.ephemeral]
    assert "taken out what I could" in text_of(outcome.followups[-1])  # said when it is so
    async with asyncio.timeout(5):
        while await house.services.grounding.goes_on(actor(ada)):  # noqa: ASYNC110 - nobody is told
            await asyncio.sleep(0.005)


async def test_that_it_is_not_safe_or_worse_is_heard_and_hide_hides_with_the_run_gone_and_the_database_broken(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = house.member("Ada")
    await (await ada.command("ground", house.channel)).settled()
    old = card(house, ada)
    await (await ada.command("ground", house.channel, exercise="gr-08")).settled()
    for label, said in (("Not safe", "Then grounding can wait"), ("I'm okay now", "has ended")):
        told = (await ada.press(old, label)).message
        assert said in text_of(told)
    assert labels(old)[1] == "Hide my messages"
    await pressing(house, ada, "Safe enough", "Begin")

    async def broken(*_: Any, **__: Any) -> None:
        raise OSError

    for service in (house.services.grounding, house.services.members):
        for use in ("begin", "begin_again", "press", "memberships"):
            if hasattr(service, use):
                monkeypatch.setattr(service, use, broken)
    reading = (await ada.press(card(house, ada), "Skip")).message
    assert "1. You might look around" in text_of(reading)
    assert reading.ephemeral
    assert "went wrong" in text_of((await ada.press(card(house, ada), "Stop")).message)
    card(house, ada).components = buttons("ground:do:1:worse:", "ground:outward:gr-08", "ground:person:0")
    ways = (await ada.press(card(house, ada), "ground:person:0")).message
    assert "look up your circles" in text_of(ways)
    assert "stir things up" in text_of(await pressing(house, ada, "ground:do:1:worse:"))
    outward = await pressing(house, ada, "Something outward")
    assert "Here is one to read" in text_of(outward)
    monkeypatch.setattr("cogs.hiding.SOON", -1.0)  # it took long: a last word could meet other eyes
    for words in ("one", "two"):
        await (await house.trellis.client.create_dm(discord.Object(int(ada.id)))).send(words)
    house.sandbox.faults.fail_next("DELETE", r"/channels/\d+/messages/\d+", status=404)
    hidden = await ada.press(old, "Hide my messages")
    await until(lambda: len([m for m in ada.dms(house.application) if m.author.bot and not m.ephemeral]) == 1)
    await answers_given()
    assert hidden.followups == []


def buttons(*custom_ids: str) -> list[dict[str, Any]]:
    """A row of them, each named as its id."""
    row = [{"type": 2, "style": 2, "label": each, "custom_id": each} for each in custom_ids]
    return [{"type": 1, "components": row}]


async def test_a_high_number_and_a_lower_one_a_person_favourites_and_what_helped(house: House) -> None:
    circle = await house.circle(name="North")
    ada = await joined(house, circle)
    for number, (before, after) in enumerate(((9, 7), (7, 7), (3, 5))):
        await (await ada.command("ground", house.channel, exercise="gr-22")).settled()
        await pressing(house, ada, "Skip this question", "Begin")
        await ada.select(card(house, ada), [str(before)])
        if before == 9:
            assert "also reach a person" in text_of(card(house, ada))
            ways = (await ada.press(card(house, ada), "Find a person")).message
            assert labels(ways) == ["Ask a facilitator to write me", "Help lines"]
            assert "passed" not in text_of(ways)  # nobody is told before they press
            await pressing(house, ada, "An exercise")
        await pressing(house, ada, "Next", "Next", "Next", "Next")
        await ada.select(card(house, ada), [str(after)])
        end = card(house, ada)
        if number == 0:
            saved = (await ada.press(end, "Save to favourites")).message
            assert "The next kind hour" in text_of(saved)
            asked = (await ada.press(end, "What has helped me")).message
            assert "The standard answer is no" in text_of(asked)
            await ada.press(asked, "Keep them for me")
        elif number == 1:
            assert "About the same" in text_of(end)
            assert "kept for you" in text_of(end)
            assert "no best one" in text_of(await pressing(house, ada, "Try another kind"))
            assert "Your favourites" in str(components(card(house, ada)))
        else:
            assert "It went up" in text_of(end)
            assert labels(end) == ["Something outward", "Find a person", "Help lines", "Just stop"]
    shown = (await ada.press(await await_choose(house, ada), "What has helped me")).message
    assert "The next kind hour**: 1 higher on average, over 2 times" in text_of(shown)
    await ada.press(shown, "Stop, and delete them")
    choices = await ada.autocomplete("ground", house.channel, focused="exercise", exercise="")
    assert len(choices) == 25
    assert choices[0]["value"] == "gr-22"
    assert [each["value"] for each in choices[-3:]] == ["gr-23", "gr-24", "gr-25"]
    await ada.press(saved, "Take it out again")
    assert "Taken out of your favourites" in text_of(saved)


async def await_choose(house: House, person: Any) -> Any:
    await (await person.command("ground", house.channel)).settled()
    return await pressing(house, person, "Safe enough")


async def test_old_buttons_and_the_one_under_each_post_lead_to_it(house: House) -> None:
    _, ada, post = await opened(house)
    begun = (await ada.press(post, "Something to steady me")).message
    assert begun.ephemeral
    assert "safe enough" in text_of(begun)
    await ada.press(begun, "Stop")
    for custom_id in ("grounding:senses:3", "grounding:kinds:0"):
        begun.components = buttons(custom_id)
        await ada.press(begun, custom_id)
        assert "safe enough" in text_of(begun)
    await ada.press(begun, "Safe enough")
    assert "no best one" in text_of(begun)


async def test_a_card_of_before_says_kindly_that_it_is_over_and_many_new_doors_are_not_opened_at_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = house.member("Ada")
    first = (await ada.command("ground", house.channel)).settled()
    await first
    old = card(house, ada)
    await (await ada.command("ground", house.channel)).settled()
    over = (await ada.press(old, "Safe enough")).message
    assert "has ended" in text_of(over)
    assert labels(over) == ["Begin another"]
    monkeypatch.setattr("cogs.doors.OPENED", 2)
    ben, cleo = house.member("Ben"), house.member("Cleo")
    await house.trellis.client.create_dm(discord.Object(int(cleo.id)))  # as a letter does
    outcome = await ben.command("ground", house.channel)
    await outcome.settled()
    assert "can't open a direct message just now" in text_of(outcome.message)
    assert labels(outcome.message)[0] == "Safe enough"
    assert ben.dms(house.application) == []
    outcome = await cleo.command("ground", house.channel)
    await outcome.settled()
    assert "direct messages" in text_of(outcome.message)
    await ben.dm(house.application, "ground me")  # which opens nothing of ours, and is never held back
    await until(lambda: any("Safe enough" in labels(m) for m in ben.dms(house.application)))
    again = await (await ben.command("ground", house.channel)).settled()
    assert "direct messages" in text_of(again.message)  # his door is open
    monkeypatch.setattr("cogs.replies.PATIENCE", timedelta(0))  # the database takes its time
    here = await (await ben.command("ground", card(house, ben).channel)).settled()
    assert labels(here.message)[0] == "Safe enough"


async def test_with_the_database_broken_there_is_an_exercise_to_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr(house.services.grounding, "begin", broken)
    outcome = await house.member("Ada").command("ground", house.channel, exercise="gr-08")
    await outcome.settled()
    read = card(house, house.sandbox.person("Ada"))
    assert "1. You might put both feet on the floor" in text_of(read)
    assert "Press lightly" in text_of(read)
    assert labels(read) == ["Help lines"]


def every_card() -> list[Any]:
    """Each card that there is: every exercise at every point, every ending."""
    big = RunId(999_999_999_999_999_999)
    cards = []
    for one in CONTENT.exercises:
        for phase in (Phase.OFFER, Phase.BEFORE, Phase.HIGH, *(Phase.STEP for _ in one.steps), Phase.AFTER):
            run = Run(touched_at=NOW, phase=phase, exercise=one.id, picture=one.breath is not None)
            cards.append(RunShown(id=big, run=run))
        for number, step in enumerate(one.steps):
            due = NOW + timedelta(seconds=step.seconds) if step.seconds else None
            run = Run(touched_at=NOW, phase=Phase.STEP, exercise=one.id, step=number, due=due)
            cards.append(RunShown(id=big, run=run))
    ids = tuple(one.id for one in CONTENT.exercises)
    for phase in (Phase.SAFE, Phase.UNSAFE, Phase.CHOOSE):
        run = Run(touched_at=NOW, phase=phase, minutes=3)
        cards.append(RunShown(id=big, run=run, favourites=ids, member=True))
    for how in Ending:
        for after in (None, 4):
            ended = Ended(how=how, exercise="gr-01", before=3, after=after)
            cards.append(RunShown(id=big, run=ended, member=True, kept=True))
    return cards


def test_what_is_offered_beside_an_exercise_fits_who_asks() -> None:
    id_, step = RunId(1), Run(touched_at=NOW, phase=Phase.STEP, exercise="gr-08", step=1)
    for seconds, counted in ((15, True), (14, False)):
        at = replace(step, due=NOW + timedelta(seconds=seconds))
        one = next(each for each in CONTENT.exercises if each.id == "gr-08")
        timed = replace(one, steps=(one.steps[0], replace(one.steps[1], seconds=seconds)))
        shown = card_of(RunShown(id=id_, run=at), replace(CONTENT, exercises=(timed,)))
        assert (":R>" in str(shown.embed.description)) is counted
    choosing = Run(touched_at=NOW, phase=Phase.CHOOSE)
    better = Ended(how=Ending.BETTER, exercise="gr-08", before=5, after=3)
    for run, member, favourites, offered in (
        (choosing, False, (), set()),
        (choosing, True, (), {"What has helped me"}),
        (better, False, (), set()),
        (better, True, ("gr-01",), {"What has helped me", "Save to favourites"}),
        (better, True, ("gr-08",), {"What has helped me"}),
    ):
        made = card_of(RunShown(id=id_, run=run, member=member, favourites=favourites), CONTENT)
        shown_labels = {getattr(item, "label", "") for item in made.items}
        assert shown_labels & {"What has helped me", "Save to favourites"} == offered


def test_every_card_fits_discord_and_every_step_carries_stop_and_try_another() -> None:
    for it in every_card():
        made = card_of(it, CONTENT)
        view = fitting(made)
        shown = [getattr(item, "label", "") for item in view.children]
        assert all(len(label) <= 40 for label in shown)
        if isinstance(it.run, Run) and it.run.phase is Phase.STEP:
            assert {"Next", "Stop", "Try another"} <= set(shown)
            step = next(e for e in CONTENT.exercises if e.id == it.run.exercise).steps[it.run.step]
            assert step.text in str(made.embed.description)
        elif isinstance(it.run, Run) and it.run.phase not in (Phase.UNSAFE, Phase.AFTER, Phase.HIGH):
            assert "Stop" in shown


def fitting(card: Card) -> Any:
    """Its view; the card is within Discord's limits."""
    view = card.given()["view"]
    check_message({"embeds": [card.embed.to_dict()], "components": view.to_components()})
    return view


def test_an_exercise_to_read_fits_too_and_is_the_one_that_was_asked_for() -> None:
    for one in CONTENT.exercises:
        for given in (one.id, one.title.upper()):
            read = read_out(CONTENT, given)
            assert read.embed.title == one.title
            assert all(step.text in str(read.embed.description) for step in one.steps)
        fitting(read)
    assert read_out(CONTENT, None).embed.title == read_out(CONTENT, "no such").embed.title


@pytest.mark.parametrize("exercise", ["gr-23", "gr-24", "gr-25"])
def test_the_picture_breathes_in_the_time_that_the_steps_say_and_is_light(exercise: str) -> None:
    one = next(each for each in CONTENT.exercises if each.id == exercise)
    assert one.breath is not None
    data = breath.drawn(one.breath)
    assert len(data) < 150_000
    image = Image.open(io.BytesIO(data))
    assert image.info["loop"] == 0
    at, sizes = 0, []
    for number in range(image.n_frames):
        image.seek(number)
        row = image.convert("RGB").crop((0, breath.SIDE // 3, breath.SIDE, breath.SIDE // 3 + 1))
        sizes.append((at, row.tobytes().count(bytes(ImageColor.getrgb(breath.CIRCLE)))))
        assert image.info["duration"] >= breath.FRAME_MS
        at += image.info["duration"]
    assert at == (one.breath.inward + one.breath.outward) * 1000
    grows = [size for when, size in sizes if when <= one.breath.inward * 1000]
    shrinks = [size for when, size in sizes if when >= one.breath.inward * 1000]
    assert grows == sorted(grows)
    assert shrinks == sorted(shrinks, reverse=True)
    assert grows[-1] > grows[0]
    assert breath.alt_text(one.breath).count(f"{one.breath.inward} seconds")


def test_the_player_s_buttons_stand_in_the_order_in_which_the_cards_take_them() -> None:
    assert [label.split()[0] for label in CONTENT.choices["gr-not-safe"]] == ["Help", "Hide", "I'm"]
    assert CONTENT.choices["gr-before-high"][0] == "An exercise"
    assert CONTENT.choices["gr-after-same"] == ("Try another kind", "Done", "Find a person")
    assert CONTENT.choices["gr-after-worse"] == CONTENT.choices["gr-felt-worse"]
    assert len(Act) == 17


def actor(person: Any) -> Any:
    from bot.domain.accounts import Actor
    from cogs.actors import account_of

    return Actor(account=account_of(int(person.id)))
