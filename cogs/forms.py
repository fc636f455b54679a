"""Forms (modals) that outlive restarts: submissions are routed by custom id, never by discord.py's memory."""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import discord

from cogs.actors import Interaction

if TYPE_CHECKING:
    from cogs.client import TrellisClient

LONGEST = 4000  # characters of a text field (Discord)
MOST = 50  # values that a form of ours can hold, with room to spare
Handler = Callable[["discord.Interaction[TrellisClient]", "re.Match[str]", "Fields"], Awaitable[None]]
Hear = Callable[["discord.Interaction[TrellisClient]", Iterable[str], bool], Awaitable[None]]
Offered = Callable[["Fields"], bool]  # whether what was written may go to the circle


class Form(discord.ui.Modal):
    """The base of every form; `custom_id` is `feature:action:<row id>`. discord.py never keeps it."""

    def __init__(self, *, title: str, custom_id: str) -> None:
        super().__init__(title=title, custom_id=custom_id, timeout=None)

    def is_finished(self) -> bool:
        """Always: nobody waits for it, so discord.py does not store it."""
        return True


@dataclass(frozen=True, slots=True)
class Fields:
    """What was filled in, by the fields' custom ids. The repr hides it."""

    _given: Mapping[str, tuple[str, ...]] = field(repr=False)

    def text(self, custom_id: str) -> str:
        """The text of a field, stripped; empty where it was left out. No longer than a field can be."""
        return _whole(next(iter(self.values(custom_id)), ""))[:LONGEST].strip()

    def values(self, custom_id: str) -> tuple[str, ...]:
        """The chosen values of a select, a radio group or checkboxes; empty where nothing was chosen."""
        return self._given.get(custom_id, ())

    def texts(self) -> list[str]:
        """All that was typed or chosen, whole; for listening alone."""
        typed = [value for values in self._given.values() for value in values]
        return [_whole(value)[:LONGEST] for value in typed[:MOST]]

    def __contains__(self, custom_id: str) -> bool:
        return custom_id in self._given


@dataclass(frozen=True, slots=True)
class Unheard:
    """Why nothing that a person could say of themselves comes by a form, so that it is not listened to."""

    why: str


def private(_fields: Fields) -> bool:
    """What is written is its writer's alone: it may lead to help on their screen, and to nothing else."""
    return False


def to_the_circle(_fields: Fields) -> bool:
    """What is written is offered to the circle."""
    return True


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    handler: Handler
    heard: Offered | Unheard


class Forms:
    """Which handler a submitted form goes to; what a person wrote in it is listened to then."""

    def __init__(self) -> None:
        self._forms: list[_Form] = []
        self.hear: Hear | None = None  # set by the feature that listens

    def on(self, pattern: str | re.Pattern[str], handler: Handler, *, heard: Offered | Unheard) -> None:
        """Submissions whose whole custom id matches go to the handler; `heard` says what it holds."""
        self._forms.append(_Form(re.compile(pattern), handler, heard))

    async def submitted(self, interaction: Interaction) -> bool:
        """Hands a submission to its handler; False where no form has this id.

        What the handler raises is told here: only then, whatever came of it, it is listened to the words.
        """
        data = cast("dict[str, Any]", interaction.data or {})
        for form in self._forms:
            match = form.pattern.fullmatch(str(data.get("custom_id", "")))
            if match is not None:
                fields = fields_of(data)
                try:
                    await form.handler(interaction, match, fields)
                except Exception as error:  # noqa: BLE001 - the one route for all errors
                    await interaction.client.errors.tell(interaction, error)
                if self.hear is not None and not isinstance(form.heard, Unheard):
                    await self.hear(interaction, fields.texts(), form.heard(fields))
                return True
        return False


def fields_of(data: Mapping[str, Any]) -> Fields:
    """The fields of a MODAL_SUBMIT interaction's data: what stands in its rows and labels."""
    return Fields(dict(_walked(data.get("components", ()))))


def _walked(components: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Whatever has not Discord's shape counts as left out: a form is answered, however it came."""
    for component in components if isinstance(components, list) else ():
        if not isinstance(component, dict):
            continue
        if "components" in component:  # an action row
            yield from _walked(component["components"])
        elif "component" in component:  # a label
            yield from _walked([component["component"]])
        elif "custom_id" in component:
            yield str(component["custom_id"]), _given(component)


def _whole(text: str) -> str:
    """The text with a sign for each half of a character, which no encoding could keep."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _given(component: Mapping[str, Any]) -> tuple[str, ...]:
    if "values" in component:  # selects, checkbox groups
        values = component["values"]
        return tuple(str(value) for value in values) if isinstance(values, list) else ()
    value = component.get("value")  # text, a radio group, a checkbox
    if isinstance(value, bool):
        return ("true",) if value else ()
    return (str(value),) if value is not None else ()
