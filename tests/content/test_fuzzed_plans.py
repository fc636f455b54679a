"""Thousands of files that are no plan, nearly one, or one indeed: each is read or refused with its faults."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from bot.content.plan_files import MOST_FAULTS, written
from bot.domain.plan_files import BadPlanFile, Fault, PlanFile
from bot.domain.prompts import ThemeRef
from bot.domain.themes import words_of
from tests.app.fuzzing import ODD, SEED, damaged, hurts, made
from tests.content.test_plan_files import HEAD, KNOWN, read
from tests.pack import CONTENT

GUIDE = (Path(__file__).parents[2] / "docs" / "plan-file.md").read_text()
EXAMPLE = re.search(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
assert EXAMPLE is not None
THEMES = {ThemeRef(theme.ref.id, 1): words_of(theme) for theme in CONTENT.themes[:2]}
PLANS = [
    EXAMPLE[1],
    written(PlanFile(themes=THEMES)),
    HEAD + "weeks:\n- {start: 2026-12-07, theme: theme-01}\n",
]
SIGNS = st.sampled_from(
    ["&a ", "*a ", "!!python/object:os.system ", "- ", ": ", "? ", "{", "}", "[", "]", "'", '"', "|\n",
     ">-\n", "#", "---\n", "...\n", "%YAML 9.9\n", "\t", "\n", "\r", "\0", "\x85", "\u2028", "\ufeff",
     "\ud800", "~", "0x1f", "1e999", "<<: ", "=", "`", "@", "\\", "\\x", "[" * 50, "{a: " * 50, "9" * 50,
     "🌧" * 40, "trellis: "]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 12), SIGNS), min_size=1, max_size=4)


def edited(plan: str, edits: list[tuple[int, int, str]]) -> bytes:
    """The file, with something taken out of it and put into it here and there."""
    for place, out, sign in edits:
        at = place % (len(plan) + 1)
        plan = plan[:at] + sign + plan[at + out :]
    return plan.encode("utf-8", "surrogatepass")


def rebuilt(plan: str, hurt: list[Any]) -> bytes:
    """The same plan in its parts, some of them taken out, changed, doubled, or put one deeper."""
    return yaml.dump(damaged(yaml.safe_load(plan), hurt), allow_unicode=True, Dumper=_Plain).encode(
        "utf-8", "surrogatepass"
    )


class _Plain(yaml.SafeDumper):
    """Without anchors, which no plan has: what stands twice is written twice."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


BYTES = st.one_of(st.binary(max_size=120), st.text(max_size=80).map(lambda text: text.encode()))
SHAPES = st.dictionaries(
    st.sampled_from(["trellis", "format", "weeks", "days", "themes", "prompts", "week_starts"]),
    st.sampled_from(ODD),
).map(lambda each: yaml.dump(each, Dumper=_Plain).encode("utf-8", "surrogatepass"))
FILES = st.one_of(
    BYTES,
    SHAPES,
    st.builds(edited, st.sampled_from(PLANS), EDITS),
    st.builds(rebuilt, st.sampled_from(PLANS), hurts),
)


def came_of(data: bytes) -> PlanFile | Sequence[Fault]:
    """The plan, or what is wrong with it."""
    try:
        return read(data, KNOWN)
    except BadPlanFile as refused:
        return refused.faults


def test_thousands_of_files_are_read_or_refused_and_nothing_else_comes_of_any() -> None:
    plans = 0
    for number, data in enumerate(made(FILES)):
        case = f"case {number} of TRELLIS_SEED={SEED}: {data!r}"
        try:
            came = came_of(data)
        except Exception as error:
            raise AssertionError(case) from error
        if isinstance(came, PlanFile):
            plans += 1
            assert read(written(came).encode(), KNOWN) == came, case
        else:
            assert 1 <= len(came) <= MOST_FAULTS + 1, case
    assert 0 < plans < number
