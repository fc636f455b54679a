"""Forms (modals) that outlive restarts: submissions are routed by custom id, never by discord.py's memory."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import discord

from cogs.actors import Interaction

if TYPE_CHECKING:
    from cogs.client import TrellisClient

LONGEST = 4000  # characters of a text field (Discord)
Handler = Callable[["discord.Interaction[TrellisClient]", "re.Match[str]", "Fields"], Awaitable[None]]


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

    def __contains__(self, custom_id: str) -> bool:
        return custom_id in self._given


class Forms:
    """Which handler a submitted form goes to."""

    def __init__(self) -> None:
        self._handlers: list[tuple[re.Pattern[str], Handler]] = []

    def on(self, pattern: str | re.Pattern[str], handler: Handler) -> None:
        """Submissions whose whole custom id matches go to the handler."""
        self._handlers.append((re.compile(pattern), handler))

    async def submitted(self, interaction: Interaction) -> bool:
        """Hands a submission to its handler; False where no form has this id. Raises what it raises."""
        data = cast("dict[str, Any]", interaction.data or {})
        for pattern, handler in self._handlers:
            match = pattern.fullmatch(str(data.get("custom_id", "")))
            if match is not None:
                await handler(interaction, match, fields_of(data))
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
