"""*Tell a facilitator*, in the menu of every message: privately, and never with the message's own words."""

import re
from typing import Any

import discord
from discord import app_commands

from bot.domain.alerts import AlertState, Concern
from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.domain.prompts import Content
from bot.services._alerting import Raised
from bot.services.alerts import MAX_WORDS
from cogs.actors import Interaction, actor_of
from cogs.alerts.answering import Answered, passed_on
from cogs.alerts.reading import CONCERNS
from cogs.alerts.said import on_call_line
from cogs.errors import Told, answer
from cogs.forms import LONGEST, Fields, Form
from cogs.help_now.said import people_now
from cogs.items import Panel
from cogs.places import circle_here
from cogs.replies import in_time
from cogs.sentences import stamp
from cogs.speech import Phrase, grouped, say
from cogs.words import lines, text

TITLE = Phrase("Tell a facilitator")
SNOWFLAKE = r"[0-9]{1,20}"
PLACE = re.compile(rf"alert:tell:([0-9]{{1,18}}):({SNOWFLAKE}):({SNOWFLAKE}):([01])")
ABOUT = Phrase("They get a link to the message, and never its words.")
WORDS = Phrase("What you'd like them to know. Up to {most} characters, or nothing.")
OWN = Phrase(
    "This message is your own. I'll tell the facilitators that you would like a person, with a link to it."
)
NAMED = Phrase("The facilitators may know that it was me")
SEALED = Phrase("If not, they don't see who told it. Whom it is about never does.")
IN_DANGER = Phrase("If you think somebody is in danger now, please don't wait for us: call for help there.")
MEANT = {
    Concern.WORRIED: Phrase("It is passed on until a facilitator answers."),
    Concern.AGREEMENT: Phrase("A facilitator looks at it when they read next."),
    Concern.OTHER: Phrase("A facilitator looks at it when they read next."),
}


@app_commands.context_menu(name=TITLE.english)
@app_commands.guild_only()
async def tell(interaction: Interaction, message: discord.Message) -> None:
    """Opens the form; nobody else sees anything of it."""
    circle = await circle_here(interaction)
    own = message.author.id == interaction.user.id
    place = f"alert:tell:{circle.id}:{message.channel.id}:{message.id}:{int(own)}"
    await interaction.response.send_modal(OwnForm(place) if own else TellForm(place))


class OwnForm(Form):
    """For one's own message: it is a wish for a person, with words or none."""

    def __init__(self, custom_id: str) -> None:
        super().__init__(title=TITLE(), custom_id=custom_id)
        self.add_item(discord.ui.TextDisplay(OWN()))
        said = WORDS(most=grouped(MAX_WORDS))
        self.add_item(discord.ui.Label(text=say("In your words"), description=said, component=_words()))


class TellForm(Form):
    """Why, in which words, named or not."""

    def __init__(self, custom_id: str) -> None:
        super().__init__(title=TITLE(), custom_id=custom_id)
        options = [
            discord.RadioGroupOption(value=each.value, label=CONCERNS[each](), description=MEANT[each]())
            for each in Concern
        ]
        self._ask(
            say("What is it about?"),
            ABOUT(),
            discord.ui.RadioGroup[Any](custom_id="concern", options=options),
        )
        self._ask(say("In your words"), WORDS(most=grouped(MAX_WORDS)), _words())
        named = discord.CheckboxGroupOption(value="named", label=NAMED())
        self._ask(
            say("Your name"),
            SEALED(),
            discord.ui.CheckboxGroup[Any](
                custom_id="named", required=False, min_values=0, max_values=1, options=[named]
            ),
        )

    def _ask(self, label: str, description: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=label, description=description, component=component))


def _words() -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id="words",
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=LONGEST,  # more than it takes, so that what is too long comes back whole
    )


async def told(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """Passed on; what is said back is what has truly been done."""
    concern = next(
        (Concern(each) for each in fields.values("concern") if each in set(Concern)), Concern.OTHER
    )
    alerts, theirs = interaction.client.services.alerts, match[4] == "1"
    circle, raised = await alerts.tell(
        actor_of(interaction),
        CircleId(int(match[1])),
        link=f"https://discord.com/channels/{interaction.guild_id}/{match[2]}/{match[3]}",
        concern=concern,
        words=fields.text("words"),
        named="named" in fields.values("named"),
        theirs=theirs,
    )
    arrived = await in_time(interaction, alerts.told(raised))
    content = interaction.client.content
    if theirs:
        help_ = await interaction.client.services.lines.help_of(circle.id)
        await answer(interaction, passed_on(content, circle, arrived, people_now(content, help_)))
    else:
        await answer(interaction, _thanks(content, circle, arrived))


def _thanks(content: Content, circle: Circle, raised: Raised) -> Told:
    """Said to who told of somebody else's message."""
    alert = raised.standing
    assert alert is not None  # noqa: S101 - what somebody tells is never turned away
    thanks = text(content, "sf-m-report")
    if alert.state is AlertState.ACKNOWLEDGED or (raised.told and raised.on_duty):
        reads = [on_call_line(content, circle, raised)]
    else:
        waits = text(content, "sf-s-answer-waiting", time=stamp(alert.raised_at, "f"))
        reads = ["" if raised.told else waits, text(content, "sf-s-duty-none") if not raised.on_duty else ""]
    said = lines([thanks, IN_DANGER(), *reads])
    return Told(said, view=Panel(Answered(int(alert.id))))
