"""`make docs`: lays the guides out as pages in build/pages, and has Zensical build them into build/site.

The guides are written to be read where they lie. On the site README, CONTRIBUTING and CHANGELOG are pages
among them; any other file of the repository that one of them links to comes along under `files/`. A link that
leads nowhere ends the build, and so does a page that would load something from elsewhere.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES, SITE = ROOT / "build" / "pages", ROOT / "build" / "site"
AT_THE_ROOT = {
    Path("README.md"): Path("overview.md"),
    Path("CONTRIBUTING.md"): Path("contributing.md"),
    Path("CHANGELOG.md"): Path("changelog.md"),
}
LINK = re.compile(r'(?P<before>\]\(|\bsrc=")(?P<target>[^)"#\s]+)(?P<rest>#[^)"\s]*)?(?P<after>[)"])')
ITEM = re.compile(r" *(?:[-*]|\d+\.) +")
ELSEWHERE = re.compile(r"[a-z]+:|//")
LOADS = re.compile(
    r"""<(?:script|img|iframe|source|video)\b[^>]*\bsrc=["']?(?:https?:)?//[^>]*"""
    r"""|<link\b(?![^>]*rel=["']?canonical)[^>]*\bhref=["']?(?:https?:)?//[^>]*"""
    r"""|@import\s+(?:url\()?["']?(?:https?:)?//[^;]*|url\(["']?(?:https?:)?//[^)]*"""
)


class NoSuchFile(Exception):
    """A link to something that is not in the repository."""


def place(path: Path) -> Path:
    """Where a file of the repository stands among the pages (both relative)."""
    if path.parts[0] == "docs":
        return path.relative_to("docs")
    if path in AT_THE_ROOT:
        return AT_THE_ROOT[path]
    return Path("files", *(part.lstrip(".") for part in path.parts))  # sites leave out what begins with a dot


def page(path: Path, root: Path = ROOT) -> tuple[str, set[Path]]:
    """A file as a page, and which files it links to. Raises NoSuchFile."""
    linked: set[Path] = set()

    def led(found: re.Match[str]) -> str:
        if ELSEWHERE.match(found["target"]):
            return found[0]
        target = (root / path.parent / found["target"]).resolve().relative_to(root.resolve())
        if not (root / target).is_file():
            raise NoSuchFile(f"{path}: {found['target']}")
        linked.add(target)
        leads = Path(os.path.relpath(place(target), place(path).parent)).as_posix()
        return f"{found['before']}{leads}{found['rest'] or ''}{found['after']}"

    lines = (root / path).read_text(encoding="utf-8").split("\n")
    return "\n".join(as_the_site_wants([LINK.sub(led, line) for line in lines])), linked


def as_the_site_wants(lines: list[str]) -> Iterator[str]:
    """The same Markdown, where the site's reader is stricter than what shows it in a repository.

    What stands in an item is four spaces further in; lists and code have empty lines around them.
    """
    items: list[int] = []  # at which column the text of each open item begins
    fenced, parted, before = False, True, ""  # parted: whether an empty line stands since the last item
    for line in lines:
        column, parted = len(line) - len(line.lstrip()), parted or not items or not line.strip()
        while line.strip() and items and column < items[-1]:
            items.pop()
        shifted = " " * (4 * len(items)) + line[items[-1] if items else 0 :] if line.strip() else ""
        fence, item = line.lstrip().startswith("```"), None if fenced else ITEM.match(line)
        if before.strip() and ((fence and not fenced) or (item and parted)):
            yield ""
        yield shifted
        if fence and fenced:
            parted = True
            yield ""
        if item:
            items.append(item.end())
            parted = False
        fenced, before = fenced != fence, line


def main() -> int:
    """0 if the site stands in build/site."""
    try:
        lay_out()
    except NoSuchFile as error:
        sys.stderr.write(f"there is no such file: {error}\n")
        return 1
    zensical = [str(Path(sys.executable).with_name("zensical")), "build", "--clean", "--strict"]
    if status := subprocess.run(zensical, cwd=ROOT, check=False).returncode:  # noqa: S603
        return status
    outside = [f"{file.relative_to(SITE)} loads {one}\n" for file in SITE.rglob("*") for one in loaded(file)]
    sys.stderr.write("".join(outside))
    return 1 if outside else 0


def lay_out() -> None:
    """All pages, and what they show and link to, in build/pages. Raises NoSuchFile."""
    shutil.rmtree(PAGES, ignore_errors=True)
    written = [ROOT / path for path in AT_THE_ROOT] + sorted((ROOT / "docs").rglob("*.md"))
    linked = {file.relative_to(ROOT) for file in (ROOT / "docs").rglob("*") if file.is_file()}
    for file in written:
        text, more = page(file.relative_to(ROOT))
        linked |= more
        _at(file.relative_to(ROOT)).write_text(text, encoding="utf-8")
    for path in sorted(linked - {file.relative_to(ROOT) for file in written}):
        shutil.copyfile(ROOT / path, _at(path))


def loaded(file: Path) -> list[str]:
    """What a file of the site would load from another host."""
    return LOADS.findall(file.read_text(encoding="utf-8")) if file.suffix in {".html", ".css"} else []


def _at(path: Path) -> Path:
    at = PAGES / place(path)
    at.parent.mkdir(parents=True, exist_ok=True)
    return at


if __name__ == "__main__":
    sys.exit(main())
