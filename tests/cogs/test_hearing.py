"""Help that meets trouble on its way comes all the same, or at the next occasion, and says what is true."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.domain.errors import Unreachable
from bot.domain.ids import CircleId
from bot.domain.lines import help_for
from bot.domain.listening import Tier
from bot.services.listening import Listened
from cogs.safety import direct, hearing
from cogs.safety.scenes import Flag, Page, Scene, Setting, tier_reply
from storage import NotKept
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.test_safety import holds, noted, shared, told
from tests.cogs.town import actor_of, opened
from tests.services.said import SAID, heard_as_meant

__all__ = ["heard_as_meant"]
pytestmark = pytest.mark.usefixtures("heard_as_meant")

TEXTS = CONTENT.texts


async def test_help_that_cannot_be_delivered_is_told_as_agreed_and_comes_at_the_next_occasion(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ada, post = await opened(house)

    async def gone(*_: Any) -> None:
        raise discord.DiscordServerError(_Away(), "away")

    with monkeypatch.context() as closed:
        closed.setattr(hearing, "answer", gone)
        assert await noted(ada, post, SAID[Tier.HARM_TO_OTHER]) is None
        form = await ada.press(post, "Share in the channel")
        await ada.submit(form.modal, {"words": SAID[Tier.SELF_HARM]})
        said = await told_that("could not deliver private help info", house)
    assert not any("harm to someone else" in each for each in said)  # private words: nobody is told
    holds(await noted(ada, post, SAID[Tier.HARM_TO_OTHER]), "sf-t-harmother")

    async def unread(_: Any) -> None:
        raise NotKept("the disk is gone")

    monkeypatch.setattr(house.services.alerts, "told", unread)
    _, reply = await shared(ada, post, SAID[Tier.SUICIDE_PASSIVE])
    holds(reply, "sf-t-suicide")  # whether its alert has arrived cannot be read


async def told_that(words: str, house: House) -> list[str]:
    """What facilitators read once these words are among it."""
    for _ in range(300):
        said = await told(house)
        if any(words in each for each in said):
            return said
        await asyncio.sleep(0.01)
    raise AssertionError(words)


async def test_what_works_in_direct_messages_is_said_again_where_it_did_not_arrive(house: House) -> None:
    answered, sent = direct.Answered(), list[str]()

    async def send(**given: Any) -> None:
        sent.append(given["content"])
        if len(sent) == 1:
            raise discord.DiscordServerError(_Away(), "away")

    message: Any = SimpleNamespace(author=SimpleNamespace(id=7), channel=SimpleNamespace(send=send))
    with pytest.raises(Unreachable):
        await answered(house.trellis.client, message)
    for _ in range(2):
        await answered(house.trellis.client, message)
    assert len(sent) == 2


class _Away:
    status, reason = 503, "away"


async def test_who_left_a_circle_is_passed_on_to_the_one_that_they_are_in(house: House) -> None:
    north, ada, post = await opened(house)
    reply = await noted(ada, post, SAID[Tier.SELF_HARM])
    south = await house.circle(name="South", channel=house.guild.add_text_channel("south"))
    await house.services.members.join(actor_of(house, ada), south.id, frozenset())
    await house.services.members.leave(actor_of(house, ada), north.id)
    await (await ada.press(reply, "Ask a facilitator to write me")).settled(5)
    assert TEXTS["sf-x-they-see-you"] in text_of(reply)
    async with house.trellis.storage.read() as tx:
        assert len(await tx.alerts.open(south.id)) == 1


def test_a_page_turned_over_to_answers_for_the_words_of_the_first() -> None:
    danger = Scene(Page.CHILD, CircleId(1), frozenset({Flag.DANGER}))
    assert danger.answers == {Tier.DANGER_FROM_OTHER}
    assert Scene(Page.CHILD).answers == {Tier.HARM_TO_OTHER}
    assert Scene(Page.MEDICAL).answers == {Tier.SELF_HARM}
    assert Scene(Page.SUICIDE).answers == {Tier.SUICIDE_ACTIVE, Tier.SUICIDE_PASSIVE}
    assert Scene(Page.FOLLOW).answers == frozenset()


def test_nobody_is_said_to_have_been_told_nothing_where_that_cannot_be_read() -> None:
    help_ = help_for(CONTENT.lines, None, datetime(2026, 11, 27, tzinfo=UTC).date())
    unread = Setting(content=CONTENT, help=help_, standing=Listened(tier=Tier.SELF_HARM))
    said = tier_reply(Scene(Page.SELFHARM, CircleId(1), frozenset({Flag.ALERTED, Flag.HELD})), unread)
    assert TEXTS["sf-x-unknown"] in said
    assert TEXTS["sf-s-noalert"] not in said
    assert TEXTS["sf-s-noalert"] in tier_reply(Scene(Page.SELFHARM, CircleId(1)), unread)
