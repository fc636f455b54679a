"""Finds what the faces say in their own code: the words that each language's catalog is to have."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SAID, SEVERAL = frozenset({"say", "Phrase", "because"}), "several"  # cogs/speech.py, domain/plan_files.py
NAMED = frozenset({"command", "describe", "Choice", "ContextMenu", "Group"})  # what Discord lists of commands
LIMITS = {  # characters (Discord), by what is called and its keyword; None: whatever is called
    ("button", "label"): 80,
    (None, "label"): 80,
    (None, "placeholder"): 100,
    ("Label", "text"): 45,
    ("Label", "description"): 100,
    ("SelectOption", "label"): 100,
    ("SelectOption", "description"): 100,
    ("RadioGroupOption", "label"): 100,
    ("RadioGroupOption", "description"): 100,
    ("CheckboxGroupOption", "label"): 100,
    ("CheckboxGroupOption", "description"): 100,
    ("__init__", "title"): 45,
    ("add_field", "name"): 256,
}
OF_COMMANDS = 100  # a description, a choice, an option's description


@dataclass(slots=True)
class Found:
    """One text with its plural where it has one, the files it stands in, and how long it may be."""

    words: str
    many: str | None = None
    files: set[str] = field(default_factory=set)
    limit: int | None = None

    def met(self, file: str, limit: int | None) -> None:
        """It stands there too; the shortest limit holds. One that English breaks is no limit of it."""
        self.files.add(file)
        if limit is not None and len(self.words) <= limit:
            self.limit = min(limit, self.limit or limit)


def extracted(folder: Path) -> dict[str, Found]:
    """All texts of the Python files below a folder, by their English words, in the order of the files."""
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.py"))}
    modules = {_module(folder, file): tree for file, tree in trees.items()}
    found: dict[str, Found] = {}
    constants: dict[tuple[str, str], list[str]] = {}
    for (module, tree), file in zip(modules.items(), trees, strict=True):
        for words, many, limit in _texts(tree):
            found.setdefault(words, Found(words, many)).met(file.relative_to(folder.parent).as_posix(), limit)
        for constant, words in _constants(tree):
            constants.setdefault((module, constant), []).append(words)
    for module, tree in modules.items():
        taken = _taken(tree)
        for constant, limit in _used(tree):
            for words in constants.get(taken.get(constant, (module, constant)), ()):
                found[words].met(next(iter(found[words].files)), limit)
    return found


def _module(folder: Path, file: Path) -> str:
    return ".".join(file.relative_to(folder.parent).with_suffix("").parts)


def _taken(tree: ast.AST) -> dict[str, tuple[str, str]]:
    """What a module takes from others: by its name here, the module it is from and its name there."""
    return {
        each.asname or each.name: (node.module or "", each.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }


def _texts(tree: ast.AST) -> Iterator[tuple[str, str | None, int | None]]:
    limits = dict(_limited(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from ((words, None, OF_COMMANDS) for words in _of_group(node))
        if not isinstance(node, ast.Call):
            continue
        texts = [each for arg in node.args if (each := _literal(arg)) is not None]
        if _name(node) in SAID and texts:
            yield texts[0], None, limits.get(id(node))
        elif _name(node) == SEVERAL and len(texts) == 2:
            yield texts[0], texts[1], limits.get(id(node))
        elif _name(node) in NAMED:
            yield from ((words, None, OF_COMMANDS) for words in _of_command(node))


def _of_command(call: ast.Call) -> Iterator[str]:
    keywords = {each.arg: each.value for each in call.keywords}
    if _name(call) != "describe":
        wanted = "name" if _name(call) in ("Choice", "ContextMenu") else "description"
        keywords = {wanted: keywords[wanted]} if wanted in keywords else {}
    yield from (words for value in keywords.values() if (words := _literal(value)) is not None)


def _of_group(node: ast.ClassDef) -> Iterator[str]:
    """A group of commands that is written as a class has its description beside its base."""
    for keyword in node.keywords:
        if keyword.arg == "description" and (words := _literal(keyword.value)) is not None:
            yield words


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(its name, the words) of each constant that holds phrases, also within a tuple or a mapping."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name, value in _paired(target, node.value):
                    yield from ((name, words) for words in _phrases(value))


def _paired(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _paired(one, other)
    elif isinstance(target, ast.Name):
        yield target.id, value


def _phrases(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Call) and _name(node) == "Phrase" and node.args:
            words = _literal(node.args[0])
            if words is not None:
                yield words


def _used(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """(its name, how long it may be) of each constant that stands where Discord bounds a text."""
    for value, limit in _bounded(tree):
        for node in ast.walk(value):
            if isinstance(node, ast.Name):
                yield node.id, limit


def _limited(tree: ast.AST) -> Iterator[tuple[int, int]]:
    for value, limit in _bounded(tree):
        yield from ((id(node), limit) for node in ast.walk(value) if isinstance(node, ast.Call))


def _bounded(tree: ast.AST) -> Iterator[tuple[ast.expr, int]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if _name(node) == "button" and node.args:
            yield node.args[0], LIMITS["button", "label"]
        if _name(node) == "_ask" and len(node.args) > 1:  # a question of a form: its label, what is beneath
            yield node.args[0], LIMITS["Label", "text"]
            yield node.args[1], LIMITS["Label", "description"]
        for keyword in node.keywords:
            limit = LIMITS.get((_name(node), keyword.arg or ""), LIMITS.get((None, keyword.arg or "")))
            if limit is not None:
                yield keyword.value, limit


def _name(call: ast.Call) -> str:
    called = call.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
