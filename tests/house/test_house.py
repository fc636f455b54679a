"""Rules of the house that no linter holds."""

import ast
import re
from functools import cache
from pathlib import Path

import discord
from hypothesis import given
from hypothesis import strategies as st

from cogs.checkup import wanted_commands
from cogs.permissions import NEEDED
from tests.dealing import dealt

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for folder in ("bot", "cogs", "storage", "sandbox")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_every_module_begins_with_a_sentence_on_what_it_promises() -> None:
    firsts = {path: (ast.get_docstring(parsed(path)) or "\n").splitlines()[0] for path in SOURCES}
    assert [(str(path), first) for path, first in firsts.items() if not first.endswith((".", ":", "?"))] == []


def test_no_file_passes_350_lines_and_no_function_45() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert [str(path) for path, length in lengths.items() if length > 350] == []
    long = [
        f"{path.name}, {node.name}: {node.end_lineno - node.lineno + 1}"
        for path in SOURCES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno > 45
    ]
    assert long == []


def test_every_folder_of_code_says_in_its_first_docstring_what_it_is_for() -> None:
    folders = {path.parent for path in SOURCES}
    silent = [str(folder) for folder in folders if not (folder / "__init__.py").is_file()]
    assert silent == []


def test_the_example_environment_documents_every_setting() -> None:
    from bot.settings import Settings

    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = {line.lstrip("#").split("=")[0] for line in example.splitlines() if "=" in line}
    assert {field.upper() for field in Settings.model_fields} <= named


def test_locks_hold_hashes_and_no_address() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-docs.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        pins = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert pins
        assert all(line.endswith("\\") for line in pins), "a pin without a hash"


def test_the_readme_names_only_commands_that_the_makefile_has() -> None:
    targets = {line.split(":")[0] for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {word.strip("`.,") for word in readme.split("make ")[1:] for word in word.split()[:1]}
    assert {"demo", "test", "run"} <= named & targets


def test_the_readme_s_invite_asks_for_what_its_table_names_and_for_all_that_is_needed() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("It asks for these")[1].split("Nothing else.")[0]
    named = [
        name for row in re.findall(r"^ +\| ([A-Z][^|]+) \|", table, re.MULTILINE) for name in row.split(", ")
    ]
    wanted = {name.lower().replace(" ", "_").replace("channels", "channel"): True for name in named}
    assert len(wanted) == 7
    assert set(wanted) >= {attribute for attribute, _ in NEEDED}
    assert re.findall(r"permissions=(\d+)", readme) == [str(discord.Permissions(**wanted).value)]


def test_who_reads_of_one_name_of_the_button_that_takes_an_alert_reads_the_other_with_it() -> None:
    for guide in ("README.md", "docs/facilitators.md"):
        for part in (ROOT / guide).read_text(encoding="utf-8").split("\n\n"):
            if "**I have this**" in part or "**Acknowledge**" in part:
                assert "**I have this**" in part, guide
                assert "**Acknowledge**" in part, guide
                assert "the same button" in part, guide


async def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = readme.split("## What one can do")[1].split("Under a check-in")[0]
    for command in await wanted_commands():
        slash = "" if command["name"][0].isupper() else "/"  # those in a menu have capitals
        assert re.search(rf"[`*]{slash}{command['name']}[ `*]", listed), command["name"]


def test_every_card_has_the_one_colour() -> None:
    bare = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "cogs").rglob("*.py")
        if path.name != "embeds.py" and "discord.Embed(" in path.read_text(encoding="utf-8")
    ]
    assert bare == []


@given(st.integers(0, 30), st.integers(0, 300), st.integers(1, 8))
def test_every_test_is_dealt_once_and_each_worker_begins_with_a_long_one(
    long: int, others: int, workers: int
) -> None:
    order = dealt(range(long), range(1000, 1000 + others), workers)
    assert sorted(order) == [*range(long), *range(1000, 1000 + others)]
    left, begins = len(order), 0
    for number in range(workers if others > workers * long else 0):
        assert order[begins] < long or number >= long
        size = left // (workers - number)
        begins, left = begins + size, left - size
