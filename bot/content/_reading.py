"""Reads one YAML file as plain data; a key given twice is refused, as the first would be lost in silence."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from bot.domain.errors import ContentError

__all__ = ["SafeDumper", "SafeLoader", "read"]

try:
    from yaml import CSafeDumper as SafeDumper
    from yaml import CSafeLoader as SafeLoader  # several times as fast
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]


class _OnceLoader(SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key_node.value} stands twice", key_node.start_mark
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


def read(folder: Path, name: str) -> dict[str, Any]:
    """The file's top-level mapping. Raises ContentError; its id is the line where no id is known."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(name, "file", "is missing") from None
    except UnicodeDecodeError:
        raise ContentError(name, "file", "is not UTF-8 text") from None
    try:
        data = yaml.load(text, _OnceLoader)  # noqa: S506 - a safe loader by its base
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        line = f"line {mark.line + 1}" if mark else "file"
        raise ContentError(name, line, fault.problem or "is not YAML") from None
    except yaml.YAMLError:
        raise ContentError(name, "file", "is not YAML") from None
    if not isinstance(data, dict):
        raise ContentError(name, "file", "holds no mapping at its top")
    return data
