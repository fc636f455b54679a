"""`/remind` and the reminder itself: set in any way, pressed in a direct message, ended where it stands."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cogs.reminders._look import OFF, STOPPED
from cogs.reminders.letters import NEUTRAL
from tests.cogs.house import House, text_of
from tests.cogs.town import count_kept, fields, joined, labels, opened


@pytest.fixture(autouse=True)
def _evening(house: House) -> None:
    """Each begins at ten in the evening in Berlin, past the time of day that is asked for."""
    house.clock.set(datetime(2026, 6, 1, 20, 0, tzinfo=UTC))


async def due(house: House) -> None:
    """A day later at 18:00 UTC: the post of the day first, then what is due."""
    day = house.clock.now() + timedelta(days=1)
    house.clock.set(day.replace(hour=17, minute=50))
    await house.post()
    house.clock.set(day.replace(hour=18, minute=0))
    await house.services.reminders.tick()
    await house.tick()


async def asked(house: House, person: Any, **options: Any) -> Any:
    outcome = await person.command("remind", house.channel, **options)
    await outcome.settled(3)
    return outcome.message


async def test_from_the_command_to_the_answer_in_a_direct_message_after_a_restart(house: House) -> None:
    _, ada, _ = await opened(house)
    shown = await asked(house, ada)
    assert "none comes unless you ask" in text_of(shown)
    assert labels(shown) == ["Remind me"]
    offered = await ada.autocomplete("remind", house.channel, focused="zone", zone="new yo")
    assert offered[0]["value"] == "America/New_York"
    done = await asked(house, ada, time="18:00", zone="utc", strength="plain")
    assert "**18:00** (UTC), once;" in text_of(done)
    assert "without a sound" in text_of(done), "the circle is discreet"
    assert labels(done) == ["Change it", "Stop these"]
    await due(house)
    [letter] = ada.dms(house.application)
    assert letter.content == NEUTRAL()
    assert labels(letter) == ["Check in", "Stop these"]
    assert letter.flags & 1 << 12, "silent"
    await house.restart()
    form = await ada.press(letter, "Check in")
    kept = await ada.submit(form.modal, {"weather": ["rain"]})
    assert "**Rain**" in text_of(kept.message)
    assert await count_kept(house, ada) == (1, 0)
    assert text_of((await ada.press(letter, "Stop these")).message) == STOPPED()
    assert "nothing to stop" in text_of((await ada.press(letter, "Stop these")).message)
    await due(house)
    assert len([each for each in ada.dms(house.application) if not each.ephemeral]) == 1


async def test_an_old_reminder_leads_to_today_s_question(house: House) -> None:
    _, ada, _ = await opened(house)
    await asked(house, ada, time="18:00", zone="UTC")
    await due(house)
    await due(house)
    letter = ada.dms(house.application)[0]
    refused = (await ada.press(letter, "Check in")).message
    assert "newer one is up" in text_of(refused)
    form = await ada.press(refused, "Answer today's")
    await ada.submit(form.modal, {"weather": ["fog"]})
    assert await count_kept(house, ada) == (1, 0)


async def test_the_form_keeps_what_was_typed_until_it_can_be_read(house: House) -> None:
    circle = await house.circle(name="North")
    ada = await joined(house, circle, consents=["check-ins"])
    missing = (await ada.press(await asked(house, ada), "Remind me")).message
    assert "haven't said yes" in text_of(missing)
    await ada.press(missing, "Yes: Write to me directly")
    form = await ada.command("remind", house.channel, strength="twice")
    assert fields(form.modal)["zone"]["value"] == "Europe/Berlin"
    typed = {"time": "six pm", "zone": "Lodnon"}
    refused = (await ada.submit(form.modal, typed)).message
    assert "six pm" in text_of(refused)
    await house.restart()
    form = await ada.press(refused, "Open the form again")
    again = fields(form.modal)
    assert (again["time"]["value"], again["zone"]["value"]) == ("six pm", "Lodnon")
    refused = (await ada.submit(form.modal, {"time": "18:15"})).message
    assert "`Europe/London`" in text_of(refused)
    form = await ada.press(refused, "Open the form again")
    done = (await ada.submit(form.modal, {"zone": "Europe/London"})).message
    assert "**18:15** (Europe/London), once, and again two hours later" in text_of(done)
    wrong = await asked(house, ada, time="25:00")
    assert "25:00" in text_of(wrong)
    assert "18:15" in text_of(await asked(house, ada)), "what cannot be read changes nothing"


async def test_a_yes_that_was_taken_back_is_said_where_the_reminder_is_shown(house: House) -> None:
    _, ada, _ = await opened(house)
    await asked(house, ada, time="18:00", zone="UTC")
    form = await ada.press((await ada.command("privacy", house.channel)).message, "Change consents")
    await ada.submit(form.modal, {"consents": ["check-ins"]})
    await due(house)
    assert ada.dms(house.application) == []
    shown = await asked(house, ada)
    assert "doesn't come" in text_of(shown)
    await ada.press(shown, "Yes: Write to me directly")
    assert labels(await asked(house, ada)) == ["Change it", "Stop these"]
    await due(house)
    assert len(ada.dms(house.application)) == 1


async def test_closed_messages_are_told_truthfully_where_the_member_is_met_next(house: House) -> None:
    _, ada, _ = await opened(house)
    await asked(house, ada, time="18:00", zone="UTC")
    house.sandbox.faults.close_dms(ada.user)
    await due(house)
    assert ada.dms(house.application) == []
    post = house.messages(house.facilitator)[-1]
    assert OFF() in text_of((await ada.select(post, ["Rain"])).message)
    assert OFF() not in text_of((await ada.select(post, ["Fog"])).message)
    shown = await asked(house, ada)
    assert OFF() in text_of(shown)
    house.sandbox.faults.open_dms(ada.user)
    form = await ada.press(shown, "Switch it on again")
    assert "Done." in text_of((await ada.submit(form.modal)).message)
    await due(house)
    assert len(ada.dms(house.application)) == 1


async def test_what_is_not_one_s_own_and_forged_ids_change_nothing(house: House) -> None:
    circle, ada, post = await opened(house)
    await asked(house, ada, time="18:00", zone="UTC")
    await due(house)
    letter = ada.dms(house.application)[0]
    cleo = house.member("Cleo")
    said = []
    for custom_id in (f"reminder:stop:{circle.id}", f"reminder:set:{circle.id}", "reminder:set:99999"):
        found = {"custom_id": custom_id, "component_type": 2}
        outcome = await cleo.forge(house.channel, house.application, 3, found, post)
        said.append(text_of(outcome.message))
    assert all(said)
    assert "18:00" in text_of(await asked(house, ada))
    assert "haven't joined" in text_of(await asked(house, cleo))
    assert labels(letter) == ["Check in", "Stop these"]
