"""Every text of the pack appears in some flow; those that do not are named here, with why."""

from pathlib import Path

from tests.pack import CONTENT

ROOT = Path(__file__).parents[2]
SHOWN_WHOLE = {  # as posts, cards, examples, reasons and labels, each by its place in a list
    *CONTENT.prompts,
    *CONTENT.declines,
    *CONTENT.replies,  # by its page, each in tests/cogs/test_safety.py
    *(f"{id_}:label" for id_ in CONTENT.replies),
    *(line.id for line in CONTENT.lines),
    *(one.id for one in (*CONTENT.commitments, *CONTENT.exercises)),
    *(f"{theme.ref.id}{part}" for theme in CONTENT.themes for part in ("", ":intro", ":closing")),
    *(id_ for id_ in CONTENT.texts if id_.startswith("cm-not-")),  # said by their own ids when they fit
}
NUMBERED = {"cr-rep-": 6, "cr-enc-": 6}  # named by number in the code
RULE = "a rule for the software: tests hold it"
SAFETY = "calm notes for the channel are not built yet"
SHORTER = "said shorter where it is asked, in the form's own fields"
ELSEWHERE = "said in the reply itself, with what it is about"
BY_HAND = "for a facilitator to say in their own words; nothing of ours knows of it"
NOT_YET = {
    **dict.fromkeys(("bd-rule-01", "bd-rule-02", "bd-rule-03", "bd-rule-04", "bd-rule-05"), RULE),
    "cm-w-3": "the form asks it as How often, with the ways to say it",
    "cm-w-7": "nothing is shown to anybody until a member chooses it under /partner",
    **dict.fromkeys(("cr-missed-1", "cr-ret-3"), "says a total right after a lapse"),
    **dict.fromkeys(("cr-qui-2", "cr-qui-3", "cr-big-3"), "one of its kind is enough"),
    "cr-vag-1": "what is seen is a field of the form",
    **dict.fromkeys(("cr-let-1", "cr-let-3"), "letting go asks whether to keep the record"),
    "ci-audience": RULE,
    "ci-wish": SHORTER,
    "ci-r-04": "a person is offered by a button beneath each reply",
    "sf-d-short": SAFETY,
    **dict.fromkeys(("sf-m-held", "sf-m-appeal", "sf-v-why"), ELSEWHERE),
    "sf-m-timeout": BY_HAND,
    **dict.fromkeys(("sf-v-missed", "sf-v-back", "sf-v-dmclosed"), ELSEWHERE),
    **dict.fromkeys(("sf-v-down", "sf-v-lost", "sf-v-facleave", "sf-v-breach", "sf-c-changed"), BY_HAND),
}  # fmt: skip
NOT_YET_OF = {  # by how their ids begin
    "sf-rule-": RULE,
    "sf-c-": SHORTER,
}


def source() -> str:
    """All of our own code that says anything."""
    paths = (path for folder in ("cogs", "bot") for path in (ROOT / folder).rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def quoted(id_: str, said: str) -> bool:
    """In either quotation marks, as within an f-string."""
    return f'"{id_}"' in said or f"'{id_}'" in said


def test_every_text_of_the_pack_appears_in_some_flow() -> None:
    said = source()
    known = SHOWN_WHOLE | NOT_YET.keys()
    known |= {f"{stem}{n}" for stem, count in NUMBERED.items() for n in range(1, count + 1)}
    silent = [id_ for id_ in CONTENT.texts if id_ not in known and not quoted(id_, said)]
    assert [id_ for id_ in silent if not id_.startswith(tuple(NOT_YET_OF))] == []


def test_what_has_been_built_meanwhile_is_off_the_list() -> None:
    said = source()
    assert [id_ for id_ in NOT_YET if quoted(id_, said)] == []
    assert [id_ for id_ in NOT_YET if id_ not in CONTENT.texts] == []
    assert [stem for stem in NOT_YET_OF if not any(id_.startswith(stem) for id_ in CONTENT.texts)] == []
