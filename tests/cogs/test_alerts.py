"""Alerts over the sandbox: who is asked, who has it, what each person reads, through restarts and bursts."""

import asyncio
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.alerts import NewAlert, Source
from bot.domain.circles import Circle
from bot.domain.ids import OutboxId
from bot.domain.listening.tiers import Tier
from bot.domain.outbox import Letter, Recipient
from bot.services._alerting import raised
from cogs.actors import account_of
from cogs.alerts.letters import NEWS
from cogs.letters import letter_look
from tests.cogs.house import CONTENT, House, text_of
from tests.cogs.town import actor_of, components, labels, opened

MENU, SILENT = "Tell a facilitator", 1 << 12
LINK = "https://discord.com/channels/1/2/3"


def letters(house: House) -> list[Any]:
    """What stands in the facilitators' channel, oldest first."""
    return house.messages(house.facilitator, house.backroom)


def pinged(message: Any) -> set[str]:
    """Whom a message woke."""
    return {user["id"] for user in message.mentions} | set(message.mention_roles)


async def told(house: House, person: Any, message: Any, concern: str = "worried", **given: Any) -> Any:
    """*Tell a facilitator*, filled in and sent; the answer."""
    form = await person.message_command(MENU, message)
    return (await person.submit(form.modal, {"concern": concern, **given})).message


async def alarm(house: House, circle: Circle, user: int, tier: Tier = Tier.SELF_HARM, **more: Any) -> None:
    """A word match."""
    async with house.trellis.storage.begin() as tx:
        new = NewAlert(source=Source.MATCH, tier=tier, account=account_of(user), **more)
        await raised(tx, circle, new, house.clock.now())
        await tx.commit()


async def step(house: House, **by: float) -> None:
    house.clock.step(timedelta(**by))
    await house.tick()


async def test_an_urgent_one_is_asked_for_at_0_5_10_and_20_minutes_through_a_restart(house: House) -> None:
    _, ada, post = await opened(house)
    mara, noor = house.member("Mara", house.role), house.member("Noor", house.role)
    owner = house.facilitator
    on = (await owner.command("duty", house.channel, state="on")).message
    assert "You are on duty." in text_of(on)
    circle = await house.services.circles.here(actor_of(house, mara, house.role), house.channel.id)
    for who in (noor, mara):  # Noor was on duty until a moment ago
        await house.services.duty.begin(actor_of(house, who, house.role), circle.id)
    for who in (owner, noor):
        await step(house, minutes=1)
        await house.services.duty.end(actor_of(house, who, house.role), circle.id)
    answer = await told(house, ada, post)
    assert CONTENT.texts["sf-m-report"] in text_of(answer)
    assert "I've told the facilitator on duty." in text_of(answer)
    for minutes in (5, 5):
        await step(house, minutes=minutes)
    await house.restart()
    for minutes in (10, 30):
        await step(house, minutes=minutes)
    assert [pinged(each) for each in letters(house)] == [{mara.id}, {mara.id}, {noor.id}, {owner.id}]
    said = [text_of(each) for each in letters(house)]
    assert all("out of concern for another member" in each and ada.id not in each for each in said)
    assert "No one has taken this alert for 10 minutes" in said[2]
    assert "the server's owner" in said[3]
    outcome = await owner.press(letters(house)[0], "I have this")
    assert outcome.state == "updated"
    await house.tick()
    for each in letters(house):
        assert f"<@{owner.id}> has this one." in text_of(each)
        assert labels(each) == ["Taken", "Someone else, please", "Close", "Read the note"]
    outcome = await ada.press(answer, "Has anyone answered?")
    assert "A facilitator took it up" in text_of(outcome.message)


async def test_two_press_at_once_and_someone_else_is_asked_when_one_hands_it_on(house: House) -> None:
    circle, _, _ = await opened(house)
    mara = house.member("Mara", house.role)
    await alarm(house, circle, int(house.member("Cleo").id), tier=Tier.SUICIDE_ACTIVE)
    await house.tick()
    [card] = letters(house)
    assert pinged(card) == {house.role.id}
    assert "possible thoughts of suicide" in text_of(card)
    presses = [house.facilitator.press(card, "I have this"), mara.press(card, "I have this")]
    outcomes = await asyncio.gather(*presses)
    [late] = [each.message for each in outcomes if each.state == "answered"]
    holder = mara if late.owner is house.facilitator.user else house.facilitator
    assert f"<@{holder.id}> has this one already." in text_of(late)
    assert late.ephemeral
    await holder.press(card, "Someone else, please")
    await house.tick()
    assert "Passed on: someone else, please." in text_of(letters(house)[-1])
    assert "Nobody has it yet." in text_of(card)
    listed = (await holder.command("alerts", house.channel)).message
    assert labels(listed) == ["Acknowledge", "Someone else, please", "False match", "Close"]
    await holder.press(listed, "Acknowledge")
    await house.tick()
    assert f"<@{holder.id}> has this one." in text_of(card)
    assert labels(listed) == ["Taken", "Someone else, please", "False match", "Close"]
    assert components(listed)[0]["disabled"]  # a second tap changes nothing
    await holder.press(card, "False match")
    assert "was a false match" in text_of(card)
    assert labels(card) == []


async def test_a_burst_of_thirty_is_a_few_letters_and_each_stands_in_the_list(house: House) -> None:
    circle, _, _ = await opened(house)
    people = [house.member(f"P{number}") for number in range(30)]
    for person in people:
        await alarm(house, circle, int(person.id), link=LINK)
    for _ in range(3):
        await step(house, seconds=10)
    said = "\n".join(str(each.embeds) + each.content for each in letters(house))
    assert len(letters(house)) == 5
    assert all(f"<@{person.id}>" in said for person in people)
    assert all(pinged(each) == {house.role.id} for each in letters(house))
    [bundle] = [each for each in letters(house) if "20 alerts came close together" in each.content]
    await house.facilitator.select(bundle, ["I have number 2"])
    await house.tick()
    assert f"<@{house.facilitator.id}> has it." in text_of(bundle)
    page = (await house.facilitator.command("alerts", house.channel)).message
    assert "30 open alerts" in text_of(page)
    for _ in range(7):
        await house.facilitator.press(page, "Next")
    last = house.facilitator.messages(house.channel)[-1]
    assert labels(last) == [
        *(f"29: {label}" for label in ("Acknowledge", "Someone else, please", "False match", "Close")),
        *(f"30: {label}" for label in ("Taken", "Someone else, please", "False match", "Close")),
        "Earlier",
    ]
    await house.facilitator.press(last, "30: Close")
    assert "29 open alerts" in text_of(last)


async def test_who_asks_for_a_person_is_told_truly_and_says_whether_a_message_is_safe(house: House) -> None:
    _, ada, post = await opened(house)
    hours = {"hours": "weekday evenings.", "response_time": "two hours", "discreet": False}
    await house.facilitator.command("circle settings", house.channel, **hours)
    await house.facilitator.command("duty", house.channel, until="23:59")
    answer = (await ada.press(post, "I'd like a person")).message
    assert (
        "I've told the facilitator on duty. They usually answer within two hours during weekday evenings."
        in (text_of(answer))
    )
    [card] = letters(house)
    assert pinged(card) == {house.facilitator.id}
    assert "haven't answered yet" in text_of(card)
    form = await ada.press(answer, "Only at a time I name")
    await house.restart()
    await ada.submit(form.modal, {"when": "after the eight o'clock news"})
    kept = ada.messages(house.channel)[-1]
    assert labels(kept)[-1] == "Tell me here by message"
    await ada.press(kept, "Tell me here by message")
    await house.tick()
    assert "only at a time they named" in text_of(card)
    assert "eight o'clock" not in text_of(card)
    note = (await house.facilitator.press(card, "Read the note")).message
    assert "after the eight o'clock news" in text_of(note)
    again = (await ada.press(post, "I'd like a person")).message
    assert "It stands from before" in text_of(again)
    assert len(letters(house)) == 1
    await house.facilitator.press(card, "I have this")
    await house.tick()
    assert "2 times in all" in text_of(card)
    [word] = ada.dms(house.application)
    taken = int(house.clock.now().timestamp())
    assert word.content == f"A facilitator took it up <t:{taken}:f>."
    assert word.flags & SILENT
    await ada.press(word, "Read it")
    assert "A facilitator took it up" in text_of(ada.dms(house.application)[-1])
    house.clock.step(timedelta(minutes=2))
    closing = await (await house.facilitator.press(card, "Close")).followed_up()
    [care] = closing.followups
    assert "How are you yourself" in care.content
    await house.facilitator.press(care, "Swap my next shift")
    await house.tick()
    assert f"A facilitator closed it <t:{taken + 120}:f>." in word.content
    mara = house.member("Mara", house.role)
    assert f"<@{house.facilitator.id}> would like to hand over" in text_of(letters(house)[-1])
    await mara.press(letters(house)[-1], "I'll take it")
    assert f"On duty: <@{mara.id}> until" in text_of(letters(house)[-1])


async def test_the_circle_reads_when_nobody_is_on_duty_and_when_somebody_is_again(house: House) -> None:
    house.clock.set(house.clock.now().replace(hour=12) + timedelta(days=1))  # no post is due meanwhile
    await house.circle()
    form = await house.facilitator.press(
        (await house.facilitator.command("duty", house.channel)).message, "On duty until …"
    )
    refused = await house.facilitator.submit(form.modal, {"until": "teatime"})
    assert "couldn't read that as an end of duty" in text_of(refused.message)
    zone, now = ZoneInfo("Europe/Berlin"), house.clock.now()
    end = now + timedelta(hours=2)
    await house.facilitator.command("duty", house.channel, until=f"{end.astimezone(zone):%Y-%m-%d %H:%M}")
    await step(house, hours=1)
    [gap] = letters(house)
    assert "There's no one on the rota for the coming hours" in text_of(gap)
    before = len(house.messages(house.facilitator))
    await step(house, hours=1)
    await step(house, minutes=6)
    note = house.messages(house.facilitator)[-1]
    assert len(house.messages(house.facilitator)) == before + 1
    assert "no facilitator is on duty here" in note.content
    assert note.flags & SILENT
    status = (await house.facilitator.command("circle status", house.channel)).message
    assert "Nobody is on duty." in text_of(status)
    form = await house.facilitator.press(gap, "I'll take it")
    await house.facilitator.submit(form.modal)
    await house.tick()
    assert len(house.messages(house.facilitator)) == before + 1
    assert "a facilitator is on duty here again" in note.content
    await house.facilitator.press(gap, "Leave as is")
    assert "Left as it is." in gap.content


async def test_any_message_is_told_privately_and_its_teller_is_shown_only_if_they_wish(house: House) -> None:
    _, ada, post = await opened(house)
    cleo = house.member("Cleo")  # has not joined
    words = await cleo.send(house.channel, "The marmalade is burning")
    answer = await told(house, ada, words, "agreement", words="It names his street.")
    assert answer.ephemeral
    [card] = letters(house)
    assert "may not fit our agreement" in text_of(card)
    for secret in ("marmalade", "street", str(ada.id), str(cleo.id)):
        assert secret not in text_of(card)
    note = (await house.facilitator.press(card, "Read the note")).message
    assert "It names his street." in text_of(note)
    assert str(ada.id) not in text_of(note)
    await told(house, cleo, post, "other", named=["named"])
    assert f"Told by <@{cleo.id}>" in text_of(letters(house)[-1])
    form = await cleo.message_command(MENU, words)  # their own
    own = (await cleo.submit(form.modal, {"words": "I didn't mean it. I can't go on."})).message
    assert "Is it safe for you to get a private message here?" in text_of(own)
    assert f"<@{cleo.id}> pressed Ask a facilitator" in text_of(letters(house)[-1])
    await cleo.press(own, "No, please don't")
    await house.tick()
    assert "no, please don't" in text_of(letters(house)[-1])
    shown = (await cleo.command("privacy", house.channel)).message
    assert "I keep 2 things that you asked a facilitator to look at" in text_of(shown)
    form = await cleo.press(shown, "Delete everything")
    gone = (await cleo.submit(form.modal, {"word": "delete"})).message
    assert "your words are deleted" in text_of(gone)
    await house.tick()
    assert "it went with that" in text_of(letters(house)[-1])
    long = (await ada.message_command(MENU, words)).modal
    back = await ada.submit(long, {"concern": "other", "words": "w" * 1001})
    assert "Nothing is lost" in text_of(back.message)


async def test_who_lost_the_role_is_woken_no_more_and_counts_as_on_duty_no_longer(house: House) -> None:
    circle, _, _ = await opened(house)
    mara, noor = house.member("Mara", house.role), house.member("Noor", house.role)
    for who in (mara, noor):
        await house.services.duty.begin(actor_of(house, who, house.role), circle.id)
    house.guild.members[mara.id].roles.clear()
    await alarm(house, circle, int(house.member("Cleo").id))
    await house.tick()
    assert pinged(letters(house)[-1]) == {noor.id}
    house.guild.remove_member(noor.user)
    await house.services.duty.check_roles()
    assert await house.services.duty.on_duty(circle.id) == []


async def test_where_the_role_cannot_be_woken_facilitators_are_told_so(house: House) -> None:
    circle, _, _ = await opened(house)
    house.backroom.overwrite(house.application.bot, allow=0x400, deny=0x20000)
    status = (await house.facilitator.command("circle status", house.channel)).message
    assert "Mention @everyone, @here and All Roles" in text_of(status)
    await alarm(house, circle, int(house.member("Cleo").id))
    await house.tick()
    assert pinged(letters(house)[-1]) == set()


async def test_a_word_that_somebody_answered_says_nothing_where_others_may_see_the_screen(
    house: House,
) -> None:
    circle, now = await house.circle(), house.clock.now()
    letter = Letter(
        id=OutboxId(1),
        circle=circle.id,
        recipient=Recipient.MEMBER,
        kind="alert-answered",
        facts={"alert": 1, "state": "acknowledged"},
        written_at=now,
        next_try_at=now,
    )
    look = letter_look(letter, circle, None, CONTENT)
    assert (look["content"], look["silent"]) == (NEWS(), True)
