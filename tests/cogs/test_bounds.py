"""What a member can cost and what a file can is bounded, told kindly, and nothing that was typed is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.content.plan_files import MOST_BYTES
from bot.domain.limits import Costly
from cogs import fetching
from tests.app.hostility import filled, sent
from tests.cogs.house import House, text_of
from tests.cogs.planning import planned, theme
from tests.cogs.town import occurrence_of, opened

WORDS = "My neighbour's kite is stuck in the elm."
GRAVE = "I want to kill myself"


async def test_too_many_words_at_once_come_back_whole_with_the_time_it_goes_again(
    house: House,
) -> None:
    circle, ada, post = await opened(house)
    form = f"share:offer:{occurrence_of(post)}:{circle.id}"
    for _ in range(Costly.OFFER.value.at_once):
        assert "wait for a facilitator" in await sent(house, ada, form, filled(words=WORDS))
    answer = await sent(house, ada, form, filled(words=f"{WORDS} Still."))
    again = int((house.clock.now() + Costly.OFFER.value.every).timestamp())
    assert f"<t:{again + 1}:R>" in answer or f"<t:{again}:R>" in answer
    assert f"{WORDS} Still." in answer
    house.clock.step(Costly.OFFER.value.every)
    assert "wait for a facilitator" in await sent(house, ada, form, filled(words=WORDS))


async def test_help_is_there_however_much_somebody_did_before(house: House) -> None:
    circle, ada, post = await opened(house)
    for what in Costly:
        for _ in range(what.value.at_once):
            house.services.limits.take(_actor(ada), what)
    assert "goes again" in text_of((await ada.command("history", house.channel)).message)
    for _ in range(20):
        assert "goes again" not in text_of((await ada.command("help-now", house.channel)).message)
    form = f"share:offer:{occurrence_of(post)}:{circle.id}"
    assert "goes again" not in await sent(house, ada, form, filled(words=GRAVE))
    assert "goes again" not in text_of((await ada.press(post, "I'd like a person")).message)


def _actor(person: Any) -> Any:
    from tests.services.house import person as somebody

    return somebody(str(person.id))


@asynccontextmanager
async def elsewhere(answer: Any) -> AsyncIterator[str]:
    """A server that gives whatever it likes for a file."""
    app = web.Application()
    app.router.add_get("/file", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/file"
    finally:
        await runner.cleanup()


async def _imported(house: House, url: str) -> str:
    """What is said to a file of which its size says little."""
    await planned(house)
    id_ = house.facilitator.upload("plan.yaml", b"x: 1", "application/yaml")
    gateway = house.sandbox.gateway
    send = gateway.send_interaction

    def changed(application: Any, guild: str | None, body: Any) -> bool:
        for file in body["data"].get("resolved", {}).get("attachments", {}).values():
            file["url"] = url
        return send(application, guild, body)

    gateway.send_interaction = changed  # type: ignore[method-assign]
    outcome = await theme(house, "import", file=id_)
    return text_of(outcome.message)


async def test_a_file_without_end_is_let_go_of_once_it_is_too_large(house: House) -> None:
    given = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal given
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            for _ in range(2000):
                await response.write(b"x" * 65536)
                given += 65536
        except OSError:
            pass
        return response

    async with elsewhere(endless) as url:
        assert "262,144 are the most" in await _imported(house, url)
    assert given < 100 * MOST_BYTES


@pytest.mark.parametrize("status", [404, 500])
async def test_a_file_that_does_not_come_is_told_in_a_sentence(house: House, status: int) -> None:
    async def lost(_: web.Request) -> web.Response:
        return web.Response(status=status)

    async with elsewhere(lost) as url:
        said = await _imported(house, url)
    assert str(fetching.LOST) in said
    assert "nothing was changed" in said


async def test_a_file_that_never_ends_coming_is_told_in_a_sentence(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", fetching.aiohttp.ClientTimeout(total=0.3))

    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(2)
        return web.Response()

    async with elsewhere(slow) as url:
        assert str(fetching.LOST) in await _imported(house, url)


async def test_who_facilitates_nothing_has_nothing_fetched(house: House) -> None:
    asked = 0

    async def counted(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(text="x: 1")

    async with elsewhere(counted) as url:
        await planned(house)
        house.guild.members[house.facilitator.id].roles.clear()
        id_ = house.facilitator.upload("plan.yaml", b"x: 1", "application/yaml")
        house.sandbox.acts._uploaded[id_]["url"] = url
        assert "facilitators" in text_of((await theme(house, "import", file=id_)).message)
    assert asked == 0
