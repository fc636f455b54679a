"""Every text of practice appears in some flow; those that do not are named here, with why."""

from pathlib import Path

from bot import content

COGS = Path(__file__).parents[2] / "cogs"
CONTENT = content.load()
SHOWN_WHOLE = {one.id for one in (*CONTENT.challenges, *CONTENT.commitments)}  # as cards and examples
NOT_YET = {
    "bd-rule-01": "a rule for the software: the ladder's tests hold it",
    "bd-rule-02": "the same",
    "bd-rule-03": "the same",
    "bd-rule-04": "the same",
    "bd-rule-05": "the same",
    "cm-w-3": "the form asks it as How often, with the ways to say it",
    "cm-w-7": "nothing is shown to anybody until a member chooses it under /partner",
    "cr-missed-1": "says a total right after a lapse",
    "cr-ret-3": "says a total right after a lapse",
    "cr-qui-2": "one quiet note is enough",
    "cr-qui-3": "one quiet note is enough",
    "cr-vag-1": "what is seen is a field of the form",
    "cr-big-3": "one question back is enough",
    "cr-let-1": "letting go asks whether to keep the record",
    "cr-let-3": "letting go asks whether to keep the record",
}
NUMBERED = {"cr-rep-": 6, "cr-enc-": 6}  # named by number in the code


def test_every_text_of_practice_appears_in_some_flow() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in COGS.rglob("*.py"))
    known = SHOWN_WHOLE | NOT_YET.keys()
    known |= {f"{stem}{n}" for stem, count in NUMBERED.items() for n in range(1, count + 1)}
    known |= {
        id_ for id_ in CONTENT.texts if id_.startswith("cm-not-")
    }  # said by their own ids when they fit
    ours = [id_ for id_ in CONTENT.texts if id_.startswith(("bd-", "cm-", "cr-"))]
    assert [
        id_ for id_ in ours if f'"{id_}"' not in source and f"'{id_}'" not in source and id_ not in known
    ] == []
    assert [id_ for id_ in NOT_YET if f'"{id_}"' in source] == []  # built meanwhile: off the list
