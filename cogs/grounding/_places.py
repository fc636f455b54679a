"""Where an exercise's card stands, as a press on it tells, and how a card is put there."""

from bot.domain.live_runs import Place
from cogs.actors import Interaction
from cogs.errors import answer
from cogs.grounding._pieces import Card
from cogs.hiding import alone
from cogs.speech import spoken


def place_of(interaction: Interaction) -> Place:
    """Where the pressed card stands. The press itself lets us change it for a quarter of an hour."""
    message = interaction.message
    passing = message is None or message.flags.ephemeral
    return Place(
        token=interaction.token,
        got_at=interaction.client.clock.now(),
        language=spoken(),
        channel=None if passing else str(interaction.channel_id),
        message=None if passing or message is None else str(message.id),
    )


async def put_over(interaction: Interaction, card: Card) -> None:
    """Puts a card where the pressed one stands; never over a message that others see."""
    message = interaction.message
    if message is None or not alone(interaction):
        await answer(interaction, card.told())
        return
    given = card.given()
    if card.breath is not None and not message.attachments:
        from cogs.grounding.breath import picture  # Pillow costs a start some MiB

        given["attachments"] = [await picture(card.breath)]
    elif card.breath is None and message.attachments:
        given["attachments"] = []
    if interaction.response.is_done():
        await interaction.edit_original_response(content=None, **given)
    else:
        await interaction.response.edit_message(content=None, **given)
