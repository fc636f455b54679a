"""What a hostile client, or a Discord of another year, could send: made up from what is really sent."""

import copy
import json
import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.app.hostility import BUTTON, SELECT, filled
from tests.cogs.house import House
from tests.cogs.town import ALL

CASES = int(os.environ.get("TRELLIS_FUZZ", "1000"))
SEED = int(os.environ.get("TRELLIS_SEED", random.SystemRandom().randrange(10**9)))

Body = dict[str, Any]
Path = tuple[str | int, ...]
Hurt = tuple[int, int, Any]  # where, how, and what with
T = TypeVar("T")


def made(strategy: st.SearchStrategy[T], cases: int = CASES, at: int = SEED) -> Iterator[T]:
    """So many cases, by hypothesis, the same for the same seed; a thousand at a time.

    They are only made here: each is met by what those before it left, so none can be tried again smaller.
    """
    for begun in range(0, cases, 1000):
        yield from _some(strategy, min(1000, cases - begun), at + begun)


def _some(strategy: st.SearchStrategy[T], cases: int, at: int) -> list[T]:
    found: list[T] = []

    @seed(at)
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def taken(one: T) -> None:
        found.append(one)

    taken()
    return found


STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, ATTACHMENT = 3, 4, 5, 6, 7, 8, 11  # option types (Discord)
HUGE = (0, 1, -1, 2**31, 2**53, -(2**63), 2**63, 10**40)
TEXTS = (
    "", "rain", "1", "0", "-1", "9" * 18, "9" * 30, "me", "circle", "facilitators", "covered", "2026-12-07",
    "2026-02-30", "09:00", "25:61", "mon,wed", "Europe/Berlin", "@everyone @here", "<@1> <@&2>", "\0",
    "\u202e\u2066\u200b", "\ud800", "[a](https://evil.example)", "||x|| ```\n# y", "x" * 4000, "🌧" * 2000,
    "é" * 101, "a\nb", "&a *a", "%s %n {0}", "../../etc/passwd", "' OR 1=1 --", "delete", *ALL,
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, False, 1.5, float(2**70), *HUGE, *map(str, HUGE), *TEXTS, [], {}, [None], [[[]]], {"a": []},
    ["rain"] * 26, [1, None, {}], {"custom_id": None}, [{"type": 4}], [{"component": {"custom_id": "note"}}],
)  # fmt: skip
odd = st.sampled_from(ODD)
text = st.one_of(st.sampled_from(TEXTS), st.text(max_size=40))
anything = st.recursive(
    odd,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["component", "components", "custom_id", "value", "values", "type", "options"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=5,
)
ids = st.one_of(
    st.sampled_from(["1", "1", "1", "2", "3", "0", "-1", "9" * 18, "9" * 30, "x", "", "\u0661", "1\n"]),
    st.integers(0, 99).map(str),
)
values = st.one_of(text, st.lists(text.map(lambda each: each[:100]), max_size=4))


@dataclass(frozen=True, slots=True)
class Act:
    """What is sent: an interaction's type and data; damaged on its way in what a client writes (`hurt`), or
    in what Discord itself puts around that (`torn`)."""

    kind: int  # 0: as the real one
    data: Body = field(default_factory=dict)
    hurt: Sequence[Hurt] = ()
    torn: Sequence[Hurt] = ()
    real: int | None = None  # which real one it was made of


@dataclass(repr=False)
class Real:
    """Interactions as they were really sent, by whoever, from the first to now."""

    house: House
    masked: Callable[[str], str]  # takes out what nobody is to read who sends it again
    seen: list[Any] = field(default_factory=list)

    def record(self) -> None:
        """From here on."""
        gateway = self.house.sandbox.gateway
        send = gateway.send_interaction

        def noted(application: Any, guild_id: str | None, data: Body) -> bool:
            self.seen.append(json.loads(self.masked(json.dumps(data))))
            return send(application, guild_id, data)

        gateway.send_interaction = noted  # type: ignore[method-assign]


def paths(body: Any, above: Path = ()) -> Iterator[Path]:
    """Where anything stands in it."""
    inside = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in inside:
        yield (*above, key)
        yield from paths(value, (*above, key))


KEPT = {("id",), ("token",), ("application_id",), ("type",)}  # without these nobody could be answered


def damaged(body: Body, hurt: Sequence[Hurt]) -> Body:
    """With some places of it taken out, changed, doubled, or put one deeper."""
    body = copy.deepcopy(body)
    for place, way, value in hurt:
        places = [path for path in paths(body) if path not in KEPT and path[0] != "resolved"]
        if not places:
            break
        *above, last = places[place % len(places)]
        inside: Any = body
        for key in above:
            inside = inside[key]
        if way == 0:
            del inside[last]
        elif way == 1:
            inside[last] = [inside[last]]
        elif way == 2 and isinstance(inside, list):
            inside.append(copy.deepcopy(inside[last]))
        else:
            inside[last] = copy.deepcopy(value)
    return body


hurts = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 7), odd), min_size=1, max_size=3)


def presses(shapes: Sequence[str]) -> st.SearchStrategy[Body]:
    """Presses on components of these custom ids."""

    def pressed(shape: str, a: str, b: str, kind: int, chosen: Any) -> Body:
        return {"component_type": kind, "custom_id": shape.format(a, b)[:100], "values": chosen}

    kinds = st.sampled_from([BUTTON, SELECT, SELECT, 5, 8])
    return st.builds(pressed, st.sampled_from(shapes), ids, ids, kinds, st.one_of(values, odd))


def forms(shapes: Sequence[str], names: Sequence[str]) -> st.SearchStrategy[Body]:
    """Submissions of forms with these custom ids, with these fields or with anything."""

    def sent(shape: str, a: str, b: str, components: Any) -> Body:
        return {"custom_id": shape.format(a, b)[:100], "components": components}

    fields = st.dictionaries(st.sampled_from(names), values, max_size=4).map(lambda each: filled(**each))
    return st.builds(sent, st.sampled_from(shapes), ids, ids, st.one_of(fields, fields, anything))


def leaves(command: Body, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[Body]]]:
    """Each command and subcommand by its words, with its options."""
    options = command.get("options") or []
    inner = [each for each in options if each["type"] in (1, 2)]
    for each in inner:
        yield from leaves(each, (*path, each["name"]))
    if not inner:
        yield path, options


def commands(house: House) -> st.SearchStrategy[tuple[int, Body]]:
    """Every command, with values of the options' types, or nearly; and what is offered as one types."""
    known = [
        (command, path, options)
        for command in house.sandbox.world.commands.values()
        if command.get("type", 1) == 1
        for path, options in leaves(command)
    ]
    return st.sampled_from(known).flatmap(lambda one: _command(*one))


@st.composite
def _command(draw: st.DrawFn, command: Body, path: tuple[str, ...], options: list[Body]) -> tuple[int, Body]:
    given = [
        {"name": each["name"], "type": each["type"], "value": draw(_value_of(each))}
        for each in options
        if draw(st.booleans())
    ]
    kind = 2
    if given and given[0]["type"] == STRING and draw(st.booleans()):
        kind, given[0]["focused"] = 4, True
    tree: list[Any] = given
    for number, name in enumerate(reversed(path)):
        tree = [{"name": name, "type": 1 if number == 0 else 2, "options": tree}]
    return kind, {"id": command["id"], "name": command["name"], "type": 1, "options": tree}


def _value_of(option: Body) -> st.SearchStrategy[Any]:
    if option.get("choices"):
        return st.one_of(st.sampled_from([each["value"] for each in option["choices"]]), text)
    kinds: dict[int, st.SearchStrategy[Any]] = {
        STRING: text,
        INTEGER: st.one_of(st.integers(-3, 400), st.sampled_from(HUGE)),
        BOOLEAN: st.booleans(),
    }
    return kinds.get(option["type"], ids)
