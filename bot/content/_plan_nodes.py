"""Reads YAML that came from outside: bounded before it is built, and with the line of everything in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import yaml

from bot.content._reading import SafeLoader
from bot.domain.errors import BadDate
from bot.domain.plan_files import Because, Fault, because
from bot.domain.schedules import parse_date

DEEPEST, MOST_NODES = 12, 20_000
STR, INT, BOOL = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "bool"))
LINES = "\n\r\t"
NO_YAML = because("this is not YAML")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
T = TypeVar("T")


class Unreadable(Exception):
    """The file as a whole is none: one fault tells why."""

    def __init__(self, reason: Because, line: int | None = None) -> None:
        super().__init__(str(reason))
        self.fault = Fault(line, "", reason)


def composed(text: str) -> yaml.Node:
    """The document's root. Raises Unreadable, before anything that grows on its own is built."""
    try:
        _check_events(text)
        root = yaml.compose(text, SafeLoader)
    except yaml.MarkedYAMLError as fault:
        last = len(text.splitlines())  # what is missing at the end is told of the last line
        line = min(fault.problem_mark.line + 1, last) if fault.problem_mark else None
        why = because("this is not YAML: {problem}", problem=fault.problem) if fault.problem else NO_YAML
        raise Unreadable(why, line) from None
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1 if isinstance(fault.position, int) else None
        raise Unreadable(because("there is a character here that YAML does not take"), line) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise Unreadable(NO_YAML) from None
    if root is None:
        raise Unreadable(because("the file is empty"))
    return root


def _check_events(text: str) -> None:
    depth = nodes = documents = 0
    for event in yaml.parse(text, SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise Unreadable(because("anchors and aliases (& and *) are not used in plan files"), line)
        if getattr(event, "tag", None) is not None:
            raise Unreadable(because("tags (!) are not used in plan files"), line)
        documents += isinstance(event, yaml.DocumentStartEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            raise Unreadable(because("a second document begins here; a plan file is one alone"), line)
        if depth > DEEPEST:
            raise Unreadable(because("this is nested more deeply than any plan"), line)
        if nodes > MOST_NODES:
            raise Unreadable(because("this holds more than any plan does"), line)


@dataclass
class Notes:
    """Takes values out of nodes; what is wrong is noted, and reading goes on with None."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: yaml.Node | None, where: str, reason: Because) -> None:
        """Notes one thing that is wrong."""
        self.faults.append(Fault(node.start_mark.line + 1 if node is not None else None, where, reason))

    def mapping(self, node: yaml.Node, where: str, known: Mapping[str, bool]) -> dict[str, yaml.Node] | None:
        """The fields by name; `known` says which there are, and which of them are needed."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, where, because("is no list of names and values, as it would be here"))
            return None
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in found:
                first = found[name].start_mark.line + 1
                why = because("`{name}` stands twice (also on line {line})", name=name, line=first)
                self.fault(key, where, why)
            elif name not in known:
                fields = ", ".join(known)
                why = because("`{name}` is no field here; there are {fields}", name=name[:40], fields=fields)
                self.fault(key, where, why)
            else:
                found[name] = value
        for name, needed in known.items():
            if needed and name not in found:
                self.fault(node, where, because("`{name}` is missing", name=name))
        return found

    def items(self, node: yaml.Node | None, where: str) -> Iterator[tuple[str, yaml.Node]]:
        """Each item of a list, with its place in words."""
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, where, because("is no list; each item begins with a dash"))
            return
        for number, item in enumerate(node.value, 1):
            yield f"{where} > {number}", item

    def text(
        self, node: yaml.Node | None, where: str, most: int, *, lines: bool = True, needed: bool = True
    ) -> str:
        """A text of 1 to `most` characters, trimmed; empty where it is none."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or node.tag != STR:
            self.fault(node, where, because('is not text; put it in quotes, such as "7"'))
            return ""
        said = node.value.strip()
        if not said and needed:
            self.fault(node, where, because("is empty"))
        elif len(said) > most:
            why = because("{given} characters, where {most} fit", given=f"{len(said):,}", most=f"{most:,}")
            self.fault(node, where, why)
        elif CONTROL.search(said) or (not lines and any(sign in said for sign in LINES)):
            self.fault(node, where, because("holds a character that cannot be shown here"))
        return str(said)

    def whole(self, node: yaml.Node | None, where: str, low: int, high: int) -> int | None:
        """A whole number within its limits."""
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and node.tag == INT and re.fullmatch(r"[0-9]{1,6}", node.value):
            number = int(node.value)
            if low <= number <= high:
                return number
        self.fault(node, where, because("is no whole number from {low} to {high}", low=low, high=high))
        return None

    def day(self, node: yaml.Node | None, where: str) -> date | None:
        """A date."""
        if node is None:
            return None
        try:
            return parse_date(node.value if isinstance(node, yaml.ScalarNode) else "")
        except BadDate:
            self.fault(node, where, because("is no date; write it as 2026-12-07"))
            return None

    def truth(self, node: yaml.Node | None, where: str) -> bool:
        """true or false; false where it is neither, or left out."""
        if node is None:
            return False
        if isinstance(node, yaml.ScalarNode) and node.tag == BOOL and node.value.lower() in ("true", "false"):
            return bool(node.value.lower() == "true")
        self.fault(node, where, because("is neither true nor false"))
        return False

    def choice(self, node: yaml.Node | None, where: str, options: Mapping[str, T], default: T) -> T:
        """One of the named options."""
        if node is None:
            return default
        if isinstance(node, yaml.ScalarNode) and node.value in options:
            return options[node.value]
        self.fault(node, where, because("is none of {options}", options=", ".join(options)))
        return default
