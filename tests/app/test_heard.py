"""Whatever a person can write to Trellis is listened to; what is not says why, and stands here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discord import AppCommandOptionType, app_commands

from bot.domain.listening import Tier
from cogs.forms import Unheard
from tests.app.hostility import SUBMIT, filled
from tests.app.test_fuzzed import FORMS
from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.town import opened
from tests.services.said import SAID

COGS = Path(__file__).parents[2] / "cogs"
UNHEARD = {  # forms, by the beginning of their custom ids
    "circle:joining": "boxes alone",
    "duty:until": "a time",
    "lines:adding": "a line, not a person",
    "plan:day": "texts that facilitators write for all",
    "plan:words": "texts that facilitators write for all",
    "privacy:changing": "boxes alone",
    "privacy:deleting": "one word to be sure",
    "privacy:wishing": "hours and numbers",
    "reminder:setting": "a time and a zone",
    "commit:clock": "a zone and a time",
    "commit:reminding": "a time",
    "share:asking": "a facilitator's reason, for an author",
    "share:declining": "a facilitator's reason, for an author",
    "share:unsealing": "a facilitator's reason, for an author",
}
TYPED = {  # what can be typed into a command, and is not offered by us
    "commit add cadence": "how often",
    "commit add text": "opens the form with it, which is listened to",
    "commit pause until": "a date",
    "mute-me until": "a time",
    "remind time": "a time",
    "remind zone": "a zone",
    "schedule post-now kind": "a facilitator's choice",
}
FACILITATING = (
    *("circle", "schedule", "theme", "duty", "lines", "review", "marked", "alerts", "summary"),
    *("channel", "guard", "keep-apart"),
)
# Modules that look at what stands in a message: the bot's own and direct ones alone have any.
READS_MESSAGES = {
    "arrived.py",
    "safety/direct.py",
    "safety/hearing.py",
    "safety_map/written.py",
    "grounding/starting.py",
}


async def test_every_form_is_listened_to_or_stands_here_with_the_reason(house: House) -> None:
    forms = house.trellis.client.forms._forms
    unheard = {
        re.split(r"[:(]+[(\[?]", form.pattern.pattern)[0].removesuffix(":0"): form.heard.why
        for form in forms
        if isinstance(form.heard, Unheard)
    }
    assert unheard == UNHEARD
    heard = [form for form in forms if not isinstance(form.heard, Unheard)]
    assert len(heard) + len(UNHEARD) == len(forms)


async def test_what_is_written_in_any_other_form_leads_to_help_whatever_else_came_of_it(house: House) -> None:
    await opened(house)
    heard = [form for form in house.trellis.client.forms._forms if not isinstance(form.heard, Unheard)]
    for number, form in enumerate(heard):
        person = house.member(f"P{number}")
        samples = (place.format(1, 1) for place in FORMS)  # test_fuzzed holds that none is missing
        custom_id = next((each for each in samples if form.pattern.fullmatch(each)), None)
        if custom_id is None:
            continue
        data = {"custom_id": custom_id, "components": filled(anything=SAID[Tier.SUICIDE_ACTIVE])}
        outcome = await person.forge(house.channel, house.application, SUBMIT, data)
        await outcome.followed_up()
        assert "you don't have to carry it alone" in text_of(outcome.followups[-1]), custom_id
        assert CONTENT.replies["sf-t-suicide"].title in text_of(outcome.followups[-1])


async def test_direct_messages_are_listened_to_before_anything_else_is_done_with_them(house: House) -> None:
    direct = house.trellis.client.direct_messages
    assert direct._handlers[0].__name__ == "heard_directly"
    assert direct._otherwise is not None
    reading = {str(path.relative_to(COGS)) for path in COGS.rglob("*.py") if reads_messages(path)}
    assert reading == READS_MESSAGES


async def test_what_members_can_type_into_a_command_stands_here(house: House) -> None:
    typed = {name for command in house.trellis.client.tree.walk_commands() for name in options(command)}
    assert {each for each in typed if not each.startswith(FACILITATING)} <= set(TYPED)


def options(command: Any) -> Iterator[str]:
    """The options of a command that take any text."""
    if isinstance(command, app_commands.Command):
        for one in command.parameters:
            free = one.type is AppCommandOptionType.string and not one.choices and not one.autocomplete
            if free:
                yield f"{command.qualified_name} {one.name}"


def reads_messages(path: Path) -> bool:
    """Whether code takes `.content` from a value called `message`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == "content"
        and isinstance(node.value, ast.Name)
        and node.value.id == "message"
        for node in ast.walk(tree)
    )
