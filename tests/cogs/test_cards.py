"""Every prompt's card fits Discord, says it comes from a bot, and can be found again by its components."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import discord
import pytest

from bot.domain.accounts import Platform
from bot.domain.check_ins import MAX_NOTE, Answer
from bot.domain.circles import Circle, Home, Settings, Sharing
from bot.domain.ids import CircleId, OccurrenceId
from bot.domain.occurrences import Occurrence, State
from bot.domain.prompts import Prompt
from bot.domain.schedules import Kind
from bot.services.messenger import Post
from cogs.cards import card_of
from cogs.check_ins._form import CheckInForm, Target
from cogs.circles._welcome import welcome
from cogs.embeds import CALM
from cogs.members._form import ConsentForm
from cogs.members.joining import KEPT
from cogs.messenger import occurrences_in
from sandbox.form_rules import check_modal
from sandbox.validation import check_message
from tests.cogs.house import CONTENT

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BIG = 999_999_999_999_999_999  # the largest id that our custom ids take
CIRCLE = Circle(
    id=CircleId(BIG),
    home=Home(platform=Platform.DISCORD, server="1", channel="2", facilitators="3", role="4"),
    name="North",
    settings=Settings(zone=ZoneInfo("Europe/Berlin")),
    made_at=NOW,
)
PROMPTS = sorted(CONTENT.prompts.values(), key=lambda prompt: prompt.id)


def post_of(prompt: Prompt, circle: Circle = CIRCLE) -> Post:
    """The prompt, posted."""
    occurrence = Occurrence(
        id=OccurrenceId(BIG),
        circle=circle.id,
        schedule=None,
        kind=prompt.kind,
        date=date(2026, 11, 23),
        due=NOW,
        prompt=prompt.id,
        state=State.CLAIMED,
        claimed_at=NOW,
    )
    return Post(circle, prompt, occurrence)


def body(card: object) -> dict[str, object]:
    """A card as it is sent."""
    given = card.given()  # type: ignore[attr-defined]
    view = given.get("view")
    return {
        "embeds": [given["embed"].to_dict()],
        "components": view.to_components() if view else [],
    }


async def test_every_prompt_s_card_is_within_discord_s_limits() -> None:
    for prompt in PROMPTS:
        check_message(body(card_of(post_of(prompt), CONTENT, count=1_000_000)))


async def test_every_prompt_is_said_whole() -> None:
    for prompt in PROMPTS:
        embed = card_of(post_of(prompt), CONTENT, count=None).embed
        said = str(embed.to_dict()).replace("\\\\_", "_")  # blanks are escaped, and shown as they are
        assert "…" not in str(embed.description) or "…" in prompt.text
        for words in (prompt.title, *prompt.steps):
            assert repr(words)[1:-1] in said or words in said
        assert prompt.text in str(embed.description).replace("\\_", "_")
        assert "bot" in str(embed.footer.text)


async def test_every_posted_card_is_found_by_its_components() -> None:
    for prompt in PROMPTS:
        view = card_of(post_of(prompt), CONTENT, count=None).view
        assert view is not None
        message = discord.Object(1)
        message.components = [  # type: ignore[attr-defined]
            discord.components._component_factory(row) for row in view.to_components()
        ]
        assert occurrences_in(message) == {BIG}  # type: ignore[arg-type]


async def test_a_preview_has_nothing_to_press() -> None:
    for prompt in PROMPTS:
        card = card_of(Post(CIRCLE, prompt, None), CONTENT, count=None)
        assert "view" not in card.given()


@pytest.mark.parametrize("kind", list(Kind))
async def test_where_sharing_is_off_no_card_offers_it(kind: Kind) -> None:
    quiet = replace(CIRCLE, settings=replace(CIRCLE.settings, sharing=Sharing.OFF))
    for prompt in PROMPTS:
        if prompt.kind is kind:
            card = card_of(post_of(prompt, quiet), CONTENT, count=None)
            assert "Share in the channel" not in str(body(card))


async def test_what_a_challenge_says_where_it_is_not_safe_is_shown() -> None:
    for prompt in CONTENT.challenges:
        embed = card_of(post_of(prompt), CONTENT, count=None).embed
        shown = {field.name: field.value for field in embed.fields}
        if prompt.if_not_safe:
            assert shown["If this isn't safe for you"] == prompt.if_not_safe


async def test_the_forms_are_within_discord_s_limits() -> None:
    check_modal(CheckInForm(Target(circle=CIRCLE.id), CONTENT, Answer(note="x" * 5000)).to_dict())
    check_modal(ConsentForm("Join " + "N" * 80, f"circle:joining:{BIG}", KEPT(), []).to_dict())


def test_cards_of_every_kind_wear_the_one_calm_colour() -> None:
    posts = {prompt.kind: post_of(prompt) for prompt in PROMPTS}
    assert set(posts) == set(Kind)
    colours = {card_of(post, CONTENT, count=None).embed.colour for post in posts.values()}
    colours.add(welcome(CIRCLE, CONTENT)["embed"].colour)
    assert colours == {discord.Colour(CALM)}


def test_the_form_says_how_much_fits_and_takes_more_so_that_nothing_typed_is_lost() -> None:
    form = CheckInForm(Target(occurrence=OccurrenceId(1)), CONTENT, Answer())
    [note] = [each for each in form.to_dict()["components"] if each.get("label") == "Note"]
    assert f"Up to {MAX_NOTE:,} characters." in note["description"]
    assert note["component"]["max_length"] > MAX_NOTE
