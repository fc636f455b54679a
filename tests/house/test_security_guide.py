"""docs/security.md stays true: each threat names tests that hold it, and each of them is there."""

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "security.md").read_text()
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL))
THREATS = {name: text for name, text in SECTIONS.items() if name != "To tell us of a hole"}
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", GUIDE)


@lru_cache
def names_in(path: Path) -> set[str]:
    """The names of a file's tests."""
    nodes = ast.parse(path.read_text()).body
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {node.name for node in functions if node.name.startswith("test_")}


def test_the_threats_that_matter_most_are_there() -> None:
    assert {
        "A stolen disk", "A stolen token", "A lost key", "A curious facilitator", "A hostile member",
        "An abusive partner with the phone",
    } <= set(THREATS)  # fmt: skip


@pytest.mark.parametrize("threat", THREATS)
def test_each_threat_says_what_is_got_what_holds_it_and_what_nothing_holds(threat: str) -> None:
    text = THREATS[threat]
    for part in ("**Gets**", "**Held by**", "**Not held**"):
        assert part in text
    held = text.split("**Held by**")[1].split("**Not held**")[0]
    assert re.search(r"`tests/[\w/]+\.py::test_\w+`", held)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda each: str(each).rsplit("/", 1)[-1])
def test_each_named_test_is_there(file: str, name: str) -> None:
    path = ROOT / file
    assert path.is_file()
    assert not name or name in names_in(path)
