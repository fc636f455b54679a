"""The guides lead where they say: each file, picture and heading that one of them links to is there."""

import re
import runpy
from pathlib import Path

import pytest
import yaml

from tests.house.sizes import ROOMS, table

ROOT = Path(__file__).parents[2]
SITE = runpy.run_path(str(ROOT / ".ci" / "site.py"))
GUIDES = [*SITE["AT_THE_ROOT"], *sorted(each.relative_to(ROOT) for each in (ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r'(?:\]\(|\bsrc=")([^)"\s]+)[)"]')


def unfenced(path: Path) -> str:
    """A guide without its blocks of code."""
    return re.sub(
        r"^ *```.*?^ *```", "", (ROOT / path).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )


def anchors(path: Path) -> set[str]:
    """What each heading may be linked to by: in small letters, without punctuation, dashes for spaces."""
    headings = re.findall(r"^#+ (.+)$", unfenced(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("guide", GUIDES, ids=str)
def test_whatever_a_guide_links_to_is_there(guide: Path) -> None:
    for link in LINK.findall(unfenced(guide)):
        name, _, anchor = link.partition("#")
        if name.startswith(("http:", "https:", "mailto:")):
            continue
        target = ((ROOT / guide).parent / name).resolve() if name else ROOT / guide
        assert target.is_file(), f"{guide}: {link}"
        assert not anchor or anchor in anchors(target.relative_to(ROOT)), f"{guide}: {link}"


@pytest.mark.parametrize("guide", GUIDES, ids=str)
def test_each_picture_says_in_words_what_is_on_it(guide: Path) -> None:
    text = unfenced(guide)
    assert "![](" not in text
    assert all('alt="' in tag for tag in re.findall(r"<img [^>]*>", text))


def test_the_site_has_a_way_to_each_page() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    nav = yaml.dump(yaml.safe_load(config[config.index("\nnav:") :]))
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for guide in GUIDES:
        place = SITE["place"](guide)
        known = index if guide.parent.name == "decisions" and guide.name != "README.md" else nav
        assert (place.name if known is index else f": {place}\n") in known, guide


def test_a_page_of_the_site_finds_what_lies_outside_of_the_guides() -> None:
    text, linked = SITE["page"](Path("docs/operators.md"))
    assert "(overview.md#run-it-for-your-group)" in text
    assert "(files/env.example)" in text
    assert Path(".env.example") in linked


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "here.md").write_text("[there](there.md)")
    with pytest.raises(SITE["NoSuchFile"], match=r"docs/here\.md: there\.md"):
        SITE["page"](Path("docs/here.md"), tmp_path)


def test_items_code_and_lists_are_given_the_room_that_the_site_wants() -> None:
    written = ["Then:", "1. one", "   ```", "   make", "   ```", "   and", "2. two", "   - deep", "", "out"]
    wanted = [
        "Then:",
        "",
        "1. one",
        "",
        "    ```",
        "    make",
        "    ```",
        "",
        "    and",
        "",
        "2. two",
        "    - deep",
    ]
    assert [*SITE["as_the_site_wants"](written)] == [*wanted, "", "out"]


def test_a_page_that_would_load_something_from_elsewhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<a href="https://example.org">x</a><link rel="icon" href="icon.png"><img src="x.png">')
    assert SITE["loaded"](page) == []
    page.write_text('<script src="https://example.org/x.js"></script>')
    assert len(SITE["loaded"](page)) == 1


def test_the_table_of_sizes_has_each_room_and_all_of_them() -> None:
    rows = [line.split(" | ")[0].strip("| ") for line in table() if line.startswith("|")]
    assert rows[2:] == [*ROOMS, "all"]
