"""Forms, from the press that opens them to what the real client reads out of them."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from sandbox.refusals import Refused
from tests.sandbox.town import Bot, Town


class Everything(discord.ui.Modal, title="A check-in"):
    """A form with each kind of field but files, at most five at a time."""

    def __init__(self, answers: dict[str, Any]) -> None:
        super().__init__(custom_id="check-in:form:7")
        self.answers = answers
        options = [
            discord.RadioGroupOption(label="Sun", value="sun"),
            discord.RadioGroupOption(label="Storm"),
        ]
        boxes = [discord.CheckboxGroupOption(label="Rest"), discord.CheckboxGroupOption(label="Walk")]
        self.weather = discord.ui.RadioGroup(options=options)
        self.helped = discord.ui.CheckboxGroup(options=boxes, required=False, min_values=0)
        self.private = discord.ui.Checkbox(default=True)
        self.note = discord.ui.TextInput(max_length=20, required=False, custom_id="note")
        self.add_item(discord.ui.TextDisplay("Only you see this."))
        self.add_item(discord.ui.Label(text="Weather", component=self.weather))
        self.add_item(discord.ui.Label(text="What helped", component=self.helped))
        self.add_item(discord.ui.Label(text="Private", component=self.private))
        self.add_item(discord.ui.Label(text="Note", component=self.note))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        self.answers.update(
            weather=self.weather.value,
            helped=self.helped.values,
            private=self.private.value,
            note=self.note.value,
        )
        await interaction.response.send_message("Kept", ephemeral=True)


class Selects(discord.ui.Modal, title="Who and where"):
    """A form with each kind of select."""

    def __init__(self, answers: dict[str, Any]) -> None:
        super().__init__()
        self.answers = answers
        energies = [
            discord.SelectOption(label="Low", value="1"),
            discord.SelectOption(label="High", value="2"),
        ]
        self.selects: dict[str, Any] = {
            "Energy": discord.ui.Select(options=energies, required=False),
            "Person": discord.ui.UserSelect(),
            "Role": discord.ui.RoleSelect(),
            "Channel": discord.ui.ChannelSelect(),
        }
        for text, select in self.selects.items():
            self.add_item(discord.ui.Label(text=text, component=select))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        self.answers.update({text: select.values for text, select in self.selects.items()})
        await interaction.response.send_message("Kept", ephemeral=True)


@pytest.fixture
async def bot(town: Town) -> AsyncIterator[Bot]:
    async with town.bot() as bot:
        await bot.register({"name": "form"})
        yield bot


async def test_a_form_brings_back_every_kind_of_answer(town: Town, bot: Bot) -> None:
    answers: dict[str, Any] = {}
    bot.answer = lambda interaction: interaction.response.send_modal(Everything(answers))
    maya = town.member("Maya")
    opened = await maya.command("form", town.channel)
    assert opened.state == "modal"
    given = {"Weather": "sun", "What helped": ["Rest", "Walk"], "Private": False, "note": "A calm day"}
    outcome = await maya.submit(opened.modal, given)
    assert outcome.message.content == "Kept"
    assert outcome.message.ephemeral
    assert answers == {"weather": "sun", "helped": ["Rest", "Walk"], "private": False, "note": "A calm day"}


async def test_fields_left_alone_keep_what_stands_in_them(town: Town, bot: Bot) -> None:
    answers: dict[str, Any] = {}
    bot.answer = lambda interaction: interaction.response.send_modal(Everything(answers))
    maya = town.member("Maya")
    opened = await maya.command("form", town.channel)
    await maya.submit(opened.modal, {"Weather": "Storm"})
    assert answers == {"weather": "Storm", "helped": [], "private": True, "note": ""}


async def test_a_form_asks_for_people_roles_and_channels(town: Town, bot: Bot) -> None:
    answers: dict[str, Any] = {}
    bot.answer = lambda interaction: interaction.response.send_modal(Selects(answers))
    maya, tom, role = town.member("Maya"), town.member("Tom"), town.guild.add_role("Facilitator")
    opened = await maya.command("form", town.channel)
    given = {"Energy": "1", "Person": [tom.user.id], "Role": [role.id], "Channel": [town.channel.id]}
    await maya.submit(opened.modal, given)
    assert answers["Energy"] == ["1"]
    assert [str(each.id) for each in answers["Person"]] == [tom.user.id]
    assert [str(each.id) for each in answers["Role"]] == [role.id]
    assert [str(each.id) for each in answers["Channel"]] == [town.channel.id]


async def test_a_form_opened_by_a_press_can_change_the_message_under_it(town: Town, bot: Bot) -> None:
    class Rename(discord.ui.Modal, title="Rename"):
        name: Any = discord.ui.TextInput(label="Name", custom_id="name")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.edit_message(content=f"Now {self.name.value}")

    async def answer(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await interaction.response.send_modal(Rename())

    bot.answer = answer
    button = {"type": 2, "style": 1, "label": "Rename", "custom_id": "rename"}
    await town.say({"content": "Before", "components": [{"type": 1, "components": [button]}]})
    maya = town.member("Maya")
    opened = await maya.press(maya.messages(town.channel)[-1], label="Rename")
    outcome = await maya.submit(opened.modal, {"name": "Willow"})
    assert outcome.state == "updated"
    assert maya.messages(town.channel)[-1].content == "Now Willow"


async def test_a_form_takes_files(town: Town, bot: Bot) -> None:
    contents: list[bytes] = []

    class Import(discord.ui.Modal, title="Import"):
        plan: Any = discord.ui.Label(text="Plan", component=discord.ui.FileUpload(custom_id="plan"))

        async def on_submit(self, interaction: discord.Interaction) -> None:
            contents.extend([await file.read() for file in self.plan.component.values])
            await interaction.response.send_message("Read")

    bot.answer = lambda interaction: interaction.response.send_modal(Import())
    maya = town.member("Maya")
    opened = await maya.command("form", town.channel)
    await maya.submit(opened.modal, {"Plan": [maya.upload("plan.yaml", b"weeks: []")]})
    assert contents == [b"weeks: []"]


@pytest.mark.parametrize(
    "given",
    [
        {},  # the weather is required
        {"Weather": "hail"},  # is no option
        {"Weather": "sun", "note": "x" * 21},
    ],
)
async def test_hands_refuse_what_the_client_would_not_send(town: Town, bot: Bot, given: Any) -> None:
    bot.answer = lambda interaction: interaction.response.send_modal(Everything({}))
    maya = town.member("Maya")
    opened = await maya.command("form", town.channel)
    with pytest.raises(Refused):
        await maya.submit(opened.modal, given)


async def test_a_form_cannot_answer_a_form(town: Town, bot: Bot) -> None:
    refused: list[discord.HTTPException] = []

    class Again(discord.ui.Modal, title="Again"):
        name: Any = discord.ui.TextInput(label="Name", custom_id="name")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            try:
                await interaction.response.send_modal(Again())
            except discord.HTTPException as error:
                refused.append(error)
                await interaction.response.send_message("One at a time")

    bot.answer = lambda interaction: interaction.response.send_modal(Again())
    maya = town.member("Maya")
    opened = await maya.command("form", town.channel)
    await maya.submit(opened.modal, {"name": "Willow"})
    assert [error.code for error in refused] == [50035]
