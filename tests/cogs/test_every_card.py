"""Every text of the content as it is posted: its card and buttons pass Discord's limits, on real requests."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.circles import Circle
from bot.domain.ids import OccurrenceId
from bot.domain.occurrences import Occurrence, State
from bot.domain.prompts import Prompt
from bot.domain.schedules import Kind
from bot.services.messenger import Post
from cogs.cards import preview_of
from cogs.messenger import DiscordMessenger
from sandbox import Limits, Sandbox
from tests.cogs.conftest import laid
from tests.cogs.house import CONTENT, House

EMBED, MESSAGE, LABEL = 6000, 1800, 40  # characters: Discord's, content/README.md's, and of a label
KINDS = {kind: [one for one in CONTENT.prompts.values() if one.kind is kind] for kind in Kind}


@pytest.fixture
async def house(tmp_path: Path, empty: Path) -> AsyncIterator[House]:
    """As elsewhere, but that a channel takes as many messages as come."""
    shutil.copy(empty, tmp_path / "trellis.db")
    async with Sandbox(limits=Limits(channel_messages=10_000, answer=10)) as sandbox:
        made = laid(sandbox, tmp_path)
        await made.start()
        yield made
        await made.trellis.stop()


def occurrence_of(number: int, circle: Circle, prompt: Prompt) -> Occurrence:
    return Occurrence(
        id=OccurrenceId(number),
        circle=circle.id,
        schedule=None,
        kind=prompt.kind,
        date=circle.made_at.date(),
        due=circle.made_at,
        prompt=prompt.id,
        state=State.CLAIMED,
        claimed_at=circle.made_at,
    )


@pytest.mark.parametrize("kind", Kind)
async def test_every_text_is_taken_by_discord_and_stands_there_whole(house: House, kind: Kind) -> None:
    circle = await house.circle()
    messenger = DiscordMessenger(house.trellis.client, CONTENT)
    for number, prompt in enumerate(KINDS[kind], 1):
        message = await messenger.post(Post(circle, prompt, occurrence_of(number, circle, prompt)))
        posted = house.channel.messages[message]
        [embed] = posted.embeds
        assert embed["title"] == prompt.title
        assert prompt.text in embed["description"].replace("\\_", "_")
        said = [embed["title"], embed["description"], embed["footer"]["text"]]
        said += [each[part] for each in embed.get("fields", ()) for part in ("name", "value")]
        assert sum(map(len, said)) <= EMBED
        assert not any(part.endswith("…") for part in said), prompt.id
        assert len(prompt.text) <= MESSAGE
        pressed = [each for row in posted.components for each in row["components"]]
        assert all(len(each["label"]) <= LABEL for each in pressed if "label" in each)


@pytest.mark.parametrize("kind", Kind)
async def test_a_preview_is_the_card_that_will_be_posted_with_its_buttons_asleep(
    house: House, kind: Kind
) -> None:
    circle = await house.circle()
    messenger = DiscordMessenger(house.trellis.client, CONTENT)
    for number, prompt in enumerate(KINDS[kind][:12], 1):
        message = await messenger.post(Post(circle, prompt, occurrence_of(number, circle, prompt)))
        posted, preview = house.channel.messages[message], preview_of(Post(circle, prompt, None), CONTENT)
        shown = preview.embed.to_dict()
        assert {name: shown[name] for name in shown if name not in ("type", "color")} == {
            name: posted.embeds[0][name] for name in shown if name not in ("type", "color")
        }
        assert preview.view is not None
        asleep = preview.view.to_components()
        labels = [each.get("label") for row in asleep for each in row["components"]]
        assert labels == [each.get("label") for row in posted.components for each in row["components"]]
        assert all(each["disabled"] for row in asleep for each in row["components"])
