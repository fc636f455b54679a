"""Whatever the face says can be put into another language: no sentence stands in it by itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
OPERATORS = {
    "checkup.py",
    "entrance.py",
    "further_permissions.py",
}  # what these say is read at a terminal, in English
SAID = {"say", "several", "Phrase", "because"}
NOT_SAID = {  # calls whose words no member reads, or which stand in Discord's list of commands
    *("command", "describe", "Choice", "ContextMenu", "Group", "context_menu"),
    *("compile", "info", "warning", "error", "exception", "debug", "cast", "getLogger"),
    *("RuntimeError", "AssertionError", "ValueError", "AppCommandError", "SettingsError"),
    *("TypeVar", "ContextVar", "ThreadPoolExecutor", "create_task", "Route", "files"),
    *("Unheard", "legend", "annotate", "written", "format_date", "format_skeleton"),
}
THINGS = {  # names, not words: of typefaces and places in a chart, states of a week, what a library logs
    *("Source Sans Pro", "DejaVu Sans", "axes fraction", "this week", "the list "),
    *("a facilitator's reason, for an author", "texts that facilitators write for all"),
    *("Ignoring exception in autocomplete", "an event could not be read: what is offered for %r"),
}
SENTENCE = re.compile(r"[A-Za-z’']{2,}[,;:]? +(?:\w+ )*[A-Za-z’']{2,}")
MARKUP = re.compile(r"<[^>]*>|[{][^}]*[}]|https?://\S+")


def unsaid(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, words) of each text for people that no language but English has."""
    if isinstance(tree, ast.Raise | ast.Assert | ast.Compare) or _is_style(tree):
        return
    if isinstance(tree, ast.Call) and _name(tree) in SAID | NOT_SAID:
        for child in (*tree.args, *(keyword.value for keyword in tree.keywords)):
            if _words(child) is None:
                yield from unsaid(child)
        return
    words = _words(tree)
    if words is not None:
        if words not in THINGS and SENTENCE.search(MARKUP.sub(" ", words)):
            yield tree.lineno, words  # type: ignore[attr-defined]
        return
    for child in _below(tree):
        yield from unsaid(child)


def _is_style(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "STYLE"  # CSS


def _below(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
        documented = ast.get_docstring(node) is not None
        yield from node.body[1:] if documented else node.body
        if not isinstance(node, ast.ClassDef | ast.Module):
            yield from (default for default in (*node.args.defaults, *node.args.kw_defaults) if default)
        yield from getattr(node, "decorator_list", ())
    else:
        yield from ast.iter_child_nodes(node)


def _words(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else " {} " for part in node.values)
    return None


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


FACE = [path for path in sorted((ROOT / "cogs").rglob("*.py")) if path.name not in OPERATORS]


def test_no_sentence_of_the_face_is_in_english_alone() -> None:
    found = {path: [*unsaid(ast.parse(path.read_text(encoding="utf-8")))] for path in FACE}
    assert {path.relative_to(ROOT).as_posix(): said for path, said in found.items() if said} == {}


def test_a_sentence_that_nobody_can_translate_is_noticed() -> None:
    alone = (
        'def told(n):\n    """Says it."""\n    log.info("a thing was told")\n    return f"You have {n} left."'
    )
    assert [words for _, words in unsaid(ast.parse(alone))] == ["You have  {}  left."]
    assert not [*unsaid(ast.parse('def told(n):\n    return say("You have {n} left.", n=n)'))]
