"""A press finds its item by its custom id, wherever the id's words begin."""

import asyncio
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from discord import ComponentType

from cogs.items import ROW_ID, Pressed, button
from cogs.presses import Presses

KIND = r"(?:check-in|boundary)"


class Asked(Pressed, template=r"\Z\A"):
    heard: ClassVar[list[tuple[str, int]]] = []

    def __init__(self, number: int) -> None:
        super().__init__(button("Press", self.place.format(number)))
        self.number = number

    place = ""

    async def pressed(self, _interaction: Any) -> None:
        self.heard.append((type(self).__name__, self.number))


class Weather(Asked, template=rf"check-in:weather:({ROW_ID})"):
    place = "check-in:weather:{}"


class Take(Asked, template=rf"boundary:take:({ROW_ID})"):
    place = "boundary:take:{}"


class Person(Asked, template=rf"{KIND}:person:({ROW_ID})"):
    place = "check-in:person:{}"


def press(custom_id: str, *, on: str | None = None, kind: int = 2) -> Any:
    shown = SimpleNamespace(custom_id=on or custom_id, type=ComponentType.button)
    row = SimpleNamespace(children=[shown], type=ComponentType.action_row)
    data = {"custom_id": custom_id, "component_type": kind}
    return SimpleNamespace(data=data, message=SimpleNamespace(components=[row]))


@pytest.fixture
def presses() -> Presses:
    Asked.heard.clear()
    found = Presses()
    found.on(Weather, Take, Person)
    return found


@pytest.mark.parametrize(
    ("custom_id", "item"),
    [
        ("check-in:weather:7", ("Weather", 7)),
        ("boundary:take:7", ("Take", 7)),
        ("check-in:person:7", ("Person", 7)),
        ("boundary:person:7", ("Person", 7)),
    ],
)
def test_each_id_reaches_its_item(presses: Presses, custom_id: str, item: tuple[str, int]) -> None:
    assert asyncio.run(presses.pressed(press(custom_id)))
    assert Asked.heard == [item]


@pytest.mark.parametrize(
    "pressed",
    [
        press("check-in:take:7"),
        press("check-in:weather:7:8"),
        press("check-in:weather:"),
        press("weather"),
        press(""),
        press("check-in:weather:7", on="check-in:weather:8"),
        press("check-in:weather:7", kind=3),
        SimpleNamespace(data={"custom_id": "check-in:weather:7", "component_type": 2}, message=None),
        SimpleNamespace(data=None, message=None),
    ],
    ids=["feature", "more", "less", "word", "none", "elsewhere", "type", "no message", "no data"],
)
def test_what_no_item_answers_to_is_said_to_be_unknown(presses: Presses, pressed: Any) -> None:
    assert not asyncio.run(presses.pressed(pressed))
    assert Asked.heard == []


def test_every_template_is_known(presses: Presses) -> None:
    assert len(presses.templates()) == 3
