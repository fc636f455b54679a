"""A hostile client changes nothing, learns nothing, pings nobody, and is answered kindly all the same."""

import itertools
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain.circles import Circle
from bot.domain.shares import Review
from tests.app.hostility import (
    BUTTON,
    PRESS,
    SELECT,
    WORDS,
    filled,
    forged,
    offered,
    pings,
    review_of,
    said,
    second_circle,
    sent,
)
from tests.cogs.house import House
from tests.cogs.test_circles import text_of
from tests.cogs.town import ALL, actor_of, count_kept, joined, kept, occurrence_of, opened

NASTY = (
    "@everyone @here <@1> <@&2> [free](https://evil.example) ||**x** ```\n# y\n> z"
    "\0\x1b[31m\u202e\u2066\u200b"
)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that anybody sends is an error of ours: the log says nothing at all."""
    yield
    said = [each.getMessage() for each in caplog.get_records("call") if each.levelno >= logging.WARNING]
    assert said == []


FACILITATING = ("share:approve:{s}", "share:decline:{s}", "share:review:{s}", "share:queue:{c}:0",
                "circle:post-now:{c}", "circle:status:{c}", "circle:welcome:{c}",
                "circle:close:{c}", "circle:leave-open:{c}", "circle:keep:{c}", "circle:file:{c}",
                "meeting:tell:{c}", "meeting:skip:{c}:20300307", "meeting:restore:{c}:20300307",
                "meeting:end:{c}", "meeting:end-surely:{c}", "share:ask:{s}",
                "share:approve-surely:{s}", "share:unseal:{s}", "marked:read:{c}:0",
                "lines:list:{c}", "lines:see:{c}", "apart:end:{c}", "cover:send:{c}:1",
                "guard:make:{c}:hold:0", "guard:look:{c}:tell:0", "lines:add:{c}",
                "lines:check:{c}:hl-zz-findahelpline", "lines:uncheck:{c}:hl-zz-findahelpline",
                "lines:remove:{c}:local-1", "alert:take:{a}", "alert:close:{a}",
                "alert:hand-on:{a}", "alert:false:{a}", "alert:read:{a}", "alert:list:{c}:0",
                "alert:talk:{c}", "duty:on:{c}", "duty:off:{c}", "duty:until:{c}", "duty:leave:{c}",
                "duty:take:{c}:1", "duty:swap:{c}")  # fmt: skip


async def wanted(house: House, ada: Any, circle: Circle) -> int:
    """The number of an alert that Ada raised."""
    done = await house.services.people.want_person(actor_of(house, ada), circle_id=circle.id)
    assert done.raised.alert is not None
    return int(done.raised.alert.id)


async def test_who_facilitates_nothing_here_is_refused_each_press_of_a_facilitator(house: House) -> None:
    circle, ada, post = await opened(house)
    number = await offered(house, ada, circle, post)
    _, sol = await second_circle(house)
    ben = await joined(house, circle, "Ben")
    alert = await wanted(house, ada, circle)
    for person, template in itertools.product((ben, sol), FACILITATING):  # a member; another circle's
        answer = await forged(house, person, template.format(s=number, c=circle.id, a=alert))
        assert "facilitators" in answer, template
        assert WORDS not in answer, template
        assert await review_of(house, ada) is Review.WAITING, template


async def test_a_forged_decision_form_decides_nothing(house: House) -> None:
    circle, ada, post = await opened(house)
    number = await offered(house, ada, circle, post)
    _, sol = await second_circle(house)
    for person in (await joined(house, circle, "Ben"), sol):
        answer = await sent(house, person, f"share:declining:{number}", filled(reason="No."))
        assert "facilitators" in answer
    assert await review_of(house, ada) is Review.WAITING


async def test_a_facilitator_who_lost_the_role_since_decides_nothing_any_more(house: House) -> None:
    circle, ada, post = await opened(house)
    number = await offered(house, ada, circle, post)
    was = house.member("Wynn", house.role)
    alert = await wanted(house, ada, circle)
    assert WORDS in await forged(house, was, f"share:review:{number}")
    house.guild.members[was.id].roles.clear()
    for template in FACILITATING:
        assert "facilitators" in await forged(house, was, template.format(s=number, c=circle.id, a=alert))
    assert "facilitators" in await sent(house, was, f"share:declining:{number}", filled(reason="No."))
    assert await review_of(house, ada) is Review.WAITING


async def test_nobody_takes_back_another_s_words(house: House) -> None:
    circle, ada, post = await opened(house)
    number = await offered(house, ada, circle, post)
    ben = await joined(house, circle, "Ben")
    assert "can't find these words" in await forged(house, ben, f"share:withdraw:{number}")
    assert await review_of(house, ada) is Review.WAITING


async def test_ids_of_another_circle_open_nothing_to_a_member_of_this_one(house: House) -> None:
    _, ada, post = await opened(house)
    number = occurrence_of(post)
    other, _ = await second_circle(house)
    for custom_id in ("privacy:consents:{c}", "circle:consent:{c}:check-ins", "circle:leave:{c}",
                      "circle:delete-surely:{c}", "check-in:shorten-day:{c}"):  # fmt: skip
        answer = await forged(house, ada, custom_id.format(c=other.id))
        assert "haven't joined" in answer
    for form in ("privacy:changing:{c}", "check-in:day:{c}"):
        answer = await sent(house, ada, form.format(c=other.id), filled(consents=ALL, note="x"))
        assert "haven't joined" in answer
    forged_place = f"share:offer:{number}:{other.id}"
    assert "haven't joined" in await sent(house, ada, forged_place, filled(words=WORDS))
    assert await count_kept(house, ada) == (0, 0)


async def test_words_are_offered_to_no_circle_but_the_post_s_own(house: House) -> None:
    _, ada, post = await opened(house)
    number = occurrence_of(post)
    other, _ = await second_circle(house)
    await sent(house, ada, f"circle:joining:{other.id}", filled(consents=ALL))
    answer = await sent(house, ada, f"share:offer:{number}:{other.id}", filled(words=WORDS))
    assert "no longer know this post" in answer
    assert await count_kept(house, ada) == (0, 0)


NO_IDS = ("check-in:weather:9223372036854775808", "check-in:weather:-1", "check-in:weather:1\n",
          "check-in:weather:\u0661", "check-in:weather:0x1", "check-in:weather:", "share:queue:1:99999999",
          "grounding:senses:1000", "circle:consent:1:everything", "sh\u0430re:approve:1", "@everyone <@1>",
          "\0")  # fmt: skip


async def test_ids_that_are_none_are_answered_kindly(house: House) -> None:
    _, ada, _ = await opened(house)
    for custom_id, kind in itertools.product(NO_IDS, (BUTTON, SELECT)):
        answer = await forged(house, ada, custom_id, kind=kind, values=["rain"])
        assert "no longer know" in answer, custom_id
        assert "no longer know" in await sent(house, ada, custom_id, []), custom_id


async def test_values_that_were_not_offered_are_never_an_error(house: House) -> None:
    _, ada, post = await opened(house)
    weird: list[Any] = [[], ["sunshine"], ["rain"] * 26, ["x" * 4000], [7, None, {}], "rain", {}]
    for values in ({}, *({"values": each} for each in weird)):
        press = {"component_type": SELECT, "custom_id": f"check-in:weather:{occurrence_of(post)}", **values}
        await said(await ada.forge(house.channel, house.application, PRESS, press, post))


async def test_a_wrong_type_of_component_keeps_nothing(house: House) -> None:
    _, ada, post = await opened(house)
    for kind in (1, BUTTON, 5, 8, 17, 99):
        press = {
            "component_type": kind,
            "custom_id": f"check-in:weather:{occurrence_of(post)}",
            "values": ["rain"],
        }
        await said(await ada.forge(house.channel, house.application, PRESS, press, post))
        assert await kept(house, ada, post) is None, kind


MALFORMED: list[Any] = [
    None, [], [None], ["x"], {"a": 1}, [{}], [{"component": None}], [{"components": None}], [{"type": 18}],
    [{"component": {"custom_id": "words"}}], [{"component": {"custom_id": "words", "value": None}}],
    [{"component": {"custom_id": "words", "value": {"a": [1]}}}],
    [{"component": {"custom_id": 5, "value": 5}}],
    [{"component": {"custom_id": "consents", "values": None}}],
    [{"component": {"custom_id": "weather", "values": [None, 3, {}]}}],
]  # fmt: skip
FORMS = ("circle:joining:{c}", "check-in:form:{o}", "check-in:day:{c}", "share:offer:{o}:{c}",
         "privacy:changing:{c}", "privacy:deleting:0", "share:declining:1")  # fmt: skip


async def test_malformed_forms_are_answered_kindly(house: House) -> None:
    circle, ada, post = await opened(house)
    for form, components in itertools.product(FORMS, MALFORMED):
        await sent(house, ada, form.format(c=circle.id, o=occurrence_of(post)), components)


async def test_the_longest_nastiest_words_come_back_whole_and_ping_nobody(house: House) -> None:
    circle, ada, post = await opened(house)
    nasty = (NASTY * 60)[:4000]
    for form, name in ((f"check-in:form:{occurrence_of(post)}", "note"),
                       (f"share:offer:{occurrence_of(post)}:{circle.id}", "words")):  # fmt: skip
        answer = await sent(house, ada, form, filled(**{name: nasty}))
        assert nasty.strip() in answer
        assert await count_kept(house, ada) == (0, 0)


async def test_nasty_words_are_posted_without_a_ping_and_reach_nobody_by_name(house: House) -> None:
    circle, ada, post = await opened(house)
    form = f"share:offer:{occurrence_of(post)}:{circle.id}"
    await sent(house, ada, form, filled(words=NASTY + f"<@{ada.id}> <@&{house.role.id}>"))
    card = (await house.facilitator.command("review", house.channel)).message
    await house.facilitator.press(card, "Approve")
    await house.tick()
    shown = house.messages(ada)[-1]
    assert "free" in text_of(shown)
    for message in (shown, *house.messages(house.facilitator, house.backroom)):
        assert pings(message) == []


async def test_a_circle_s_name_pings_nobody(house: House) -> None:
    await house.circle(name="@everyone <@&1> @here")
    ada = house.member("Ada")
    for command in ("about", "join", "privacy"):
        outcome = await ada.command(command, house.channel)
        if outcome.state != "modal":
            await said(outcome)
    assert not any(message.mention_everyone for message in house.messages(ada))


async def test_half_a_character_is_kept_as_a_sign_that_it_was_there(house: House) -> None:
    circle, ada, post = await opened(house)
    await sent(house, ada, f"check-in:form:{occurrence_of(post)}", filled(note="before \ud83d after"))
    check_in = await kept(house, ada, post)
    assert check_in is not None
    assert check_in.answer.note == "before \ufffd after"
    form = f"share:offer:{occurrence_of(post)}:{circle.id}"
    assert "wait for a facilitator" in await sent(house, ada, form, filled(words="\udc00 x"))
