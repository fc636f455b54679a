"""A small real discord.py bot that shows the page everything it has to show; runs as a process of its own."""

import asyncio
import io
import os
import struct
import zlib

import discord
from discord import Locale, app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

ZONES = ("Europe/Berlin", "Europe/London", "Europe/Lisbon", "America/Lima", "Asia/Tokyo")
GREEN = discord.Colour(0x2F6B55)
SPANISH = {
    "sky": "cielo",
    "Says what the sky is like": "Dice cómo está el cielo",
    "seen": "visto",
    "What you see up there": "Lo que ves allá arriba",
    "Sun": "Sol",
    "Storm": "Tormenta",
    "Tell a facilitator": "Avisar a quien facilita",
}


def png(width: int, height: int) -> io.BytesIO:
    """A picture of one colour, made here so that no binary file is kept."""
    rows = b"".join(b"\x00" + b"\x2f\x6b\x55" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


class SecondStep(discord.ui.Modal, title="Second step"):
    """Asks for words, within limits."""

    def __init__(self, weather: str) -> None:
        super().__init__()
        self.weather = weather
        self.note = discord.ui.TextInput(style=discord.TextStyle.paragraph, min_length=5, max_length=60)
        self.add_item(
            discord.ui.Label(text="A note", description="Five characters or more", component=self.note)
        )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        if self.note.value.startswith("stall"):
            await asyncio.sleep(60)
        await interaction.response.send_message(f"Kept: {self.weather}, {self.note.value}", ephemeral=True)


class FirstStep(discord.ui.Modal, title="First step"):
    """Asks by radio group, select and checkbox."""

    def __init__(self) -> None:
        super().__init__()
        self.weather = discord.ui.RadioGroup(
            options=[
                discord.RadioGroupOption(label="Sun", value="sun"),
                discord.RadioGroupOption(label="Storm", value="storm"),
            ]
        )
        self.energy = discord.ui.Select(
            required=False, options=[discord.SelectOption(label="Low"), discord.SelectOption(label="High")]
        )
        self.private = discord.ui.Checkbox(default=True)
        self.add_item(discord.ui.TextDisplay("Only **you** see the answer."))
        self.add_item(discord.ui.Label(text="Weather", component=self.weather))
        self.add_item(discord.ui.Label(text="Energy", component=self.energy))
        self.add_item(discord.ui.Label(text="Keep it private", component=self.private))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        energy = "/".join(self.energy.values) or "no energy"
        said = f"{self.weather.value}, {energy}, private={self.private.value}"
        view = discord.ui.View()
        more = discord.ui.Button[discord.ui.View](label="Add a note")
        more.callback = lambda press: press.response.send_modal(SecondStep(said))  # type: ignore[method-assign]
        view.add_item(more)
        await interaction.response.send_message("One more step, if you like.", view=view, ephemeral=True)


class Letter(discord.ui.Modal, title="A letter"):
    """Asks for files."""

    def __init__(self) -> None:
        super().__init__()
        self.files = discord.ui.FileUpload(max_values=2, required=True)
        self.add_item(discord.ui.Label(text="Pages", description="One or two", component=self.files))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        pages = [f"{file.filename}: {(await file.read()).decode()}" for file in self.files.values]
        await interaction.response.send_message("; ".join(pages), ephemeral=True)


class Panel(discord.ui.View):
    """Buttons of each colour and a select of each number."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.presses = 0
        self.add_item(discord.ui.Button(label="Read more", url="https://example.org/"))
        self.add_item(discord.ui.Button(label="Closed", disabled=True))

    @discord.ui.button(label="Count", style=discord.ButtonStyle.primary, emoji="🌱")
    async def count(self, interaction: discord.Interaction, _: discord.ui.Button["Panel"]) -> None:
        self.presses += 1
        await interaction.response.edit_message(content=f"Pressed {self.presses}")

    @discord.ui.button(label="Form", style=discord.ButtonStyle.secondary)
    async def form(self, interaction: discord.Interaction, _: discord.ui.Button["Panel"]) -> None:
        await interaction.response.send_modal(FirstStep())

    @discord.ui.button(label="Silence", style=discord.ButtonStyle.danger)
    async def silence(self, interaction: discord.Interaction, _: discord.ui.Button["Panel"]) -> None:
        """Never answers."""

    @discord.ui.select(
        placeholder="Today's weather",
        options=[discord.SelectOption(label=w) for w in ("Sun", "Rain", "Storm")],
    )
    async def weather(self, interaction: discord.Interaction, select: discord.ui.Select["Panel"]) -> None:
        await interaction.response.send_message(f"You chose {select.values[0]}", ephemeral=True)

    @discord.ui.select(
        placeholder="Several",
        min_values=2,
        max_values=3,
        options=[discord.SelectOption(label=w) for w in "ABCD"],
    )
    async def several(self, interaction: discord.Interaction, select: discord.ui.Select["Panel"]) -> None:
        await interaction.response.send_message(f"You chose {' and '.join(select.values)}", ephemeral=True)

    @discord.ui.select(cls=discord.ui.UserSelect, placeholder="A person")
    async def person(self, interaction: discord.Interaction, select: discord.ui.UserSelect["Panel"]) -> None:
        await interaction.response.send_message(f"You chose {select.values[0].mention}", ephemeral=True)


class Layout(discord.ui.LayoutView):
    """Discord's second kind of components."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        again: discord.ui.Button[Layout] = discord.ui.Button(label="Another one")
        again.callback = self.again  # type: ignore[method-assign]
        gallery = discord.ui.MediaGallery[Layout](
            discord.MediaGalleryItem("attachment://leaf.png", description="A green leaf")
        )
        container = discord.ui.Container[Layout](
            discord.ui.TextDisplay("## Boundary challenge\nSay no to **one** small thing."),
            discord.ui.Separator(),
            discord.ui.Section("If this isn't safe for you, leave it.", accessory=again),
            gallery,
            accent_colour=GREEN,
        )
        self.add_item(container)

    async def again(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Here is another.", ephemeral=True)


class Spanish(app_commands.Translator):
    """Has some of the words in Spanish, and nothing else in any language."""

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, _: app_commands.TranslationContextTypes
    ) -> str | None:
        return SPANISH.get(string.message) if locale is Locale.spain_spanish else None


class ShowBot(discord.Client):
    """Registers the commands at start and says "ready" on stdout."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        register(self.tree)
        await self.tree.set_translator(Spanish())
        await self.tree.sync()

    async def on_ready(self) -> None:
        print("ready", flush=True)


async def zones(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=zone, value=zone) for zone in ZONES if typed.lower() in zone.lower()]


def register(tree: app_commands.CommandTree[ShowBot]) -> None:
    circle = app_commands.Group(name="circle", description="The circle")

    @circle.command(description="Makes a circle")
    @app_commands.autocomplete(zone=zones)
    async def setup(
        interaction: discord.Interaction,
        channel: discord.TextChannel,
        zone: str,
        weeks: app_commands.Range[int, 1, 12] | None = None,
        discreet: bool = False,
    ) -> None:
        await interaction.response.send_message(
            f"{channel.mention} in {zone}, {weeks} weeks, discreet={discreet}"
        )

    @tree.command(description="Buttons and selects")
    async def panel(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("A panel", view=Panel())

    @tree.command(description="Only you see the answer")
    async def whisper(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await asyncio.sleep(0.5)
        await interaction.followup.send("Between you and me.")

    @tree.command(description="A card with a picture, and a file")
    async def card(interaction: discord.Interaction) -> None:
        embed = discord.Embed(title="Four weeks", description="Your **weather**", colour=GREEN)
        embed.add_field(name="Sun", value="3 days").set_footer(text="A bot, no therapist").set_image(
            url="attachment://chart.png"
        )
        chart = discord.File(png(400, 160), "chart.png", description="A line that goes up over four weeks")
        export = discord.File(io.BytesIO(b'{"kept": []}'), "export.json")
        await interaction.response.send_message(embed=embed, files=[chart, export], silent=True)

    @tree.command(description="Discord's second kind of components")
    async def layout(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Layout(), file=discord.File(png(200, 120), "leaf.png"))

    @tree.command(description="Opens a form for files")
    async def letter(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Letter())

    @tree.command(description="Takes a file along")
    async def keep(interaction: discord.Interaction, file: discord.Attachment) -> None:
        kept = (await file.read()).decode()
        await interaction.response.send_message(f"{file.filename} says {kept}", file=await file.to_file())

    @tree.command(description="Asks for nothing that is needed")
    @app_commands.autocomplete(zone=zones)
    async def status(
        interaction: discord.Interaction, zone: str | None = None, brief: bool | None = None
    ) -> None:
        await interaction.response.send_message(f"Status of {zone}, brief={brief}")

    tree.add_command(circle)
    register_in_two_languages(tree)


def register_in_two_languages(tree: app_commands.CommandTree[ShowBot]) -> None:
    @tree.command(description="Says what the sky is like")
    @app_commands.describe(seen="What you see up there")
    @app_commands.choices(
        seen=[
            app_commands.Choice(name=app_commands.locale_str(each), value=each.lower())
            for each in ("Sun", "Storm")
        ]
    )
    async def sky(interaction: discord.Interaction, seen: str) -> None:
        await interaction.response.send_message(f"{seen}, told in {interaction.locale}", ephemeral=True)

    @tree.context_menu(name="Tell a facilitator")
    async def tell(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"Told about: {message.content}", ephemeral=True)


def main() -> None:
    """Connects to the sandbox that the environment names."""
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
    ShowBot().run(os.environ["DISCORD_TOKEN"], log_level=30)


if __name__ == "__main__":
    main()
