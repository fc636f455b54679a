"""A plan as a file: written and read again it is the same, and whatever else comes is told fault by fault."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.plan_files import MOST_BYTES, read, written
from bot.domain.ids import PromptId, ThemeId
from bot.domain.library import MOST_INTENSE, Library
from bot.domain.plan_files import BadPlanFile, Fault, Known, OwnPrompt, PlanFile, as_prompt, because, own_of
from bot.domain.plans import MOST_WEEKS, WEEK, Week
from bot.domain.prompts import Readers, ShareRule, ThemeRef
from bot.domain.themes import (
    DAYS,
    MAX_INTENTION,
    MAX_OPENING,
    MAX_REPLY,
    MAX_TEXT,
    MAX_TITLE,
    DailyWords,
    Words,
    words_of,
)
from tests.pack import CONTENT

LIBRARY = Library(CONTENT)
KNOWN = Known(
    themes=frozenset(theme.ref for theme in CONTENT.themes),
    challenges=frozenset(one.id for one in LIBRARY.challenges(MOST_INTENSE)),
    prompts=frozenset(one.id for one in (*LIBRARY.check_ins, *LIBRARY.hard_days)),
)
HEAD = "trellis: plan\nformat: 1\n"
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)
ODD = st.sampled_from(
    ["no", "1e3", "2026-01-01", "~", "- x", "a: b", "'", '"', "#", "null", "0x1f", "ja\nnein", "é🌧"]
)
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\u2028\u2029\x85")


def texts(most: int, *, lines: bool = True) -> st.SearchStrategy[str]:
    """As a facilitator might write them; trimmed, as reading trims."""
    alphabet = st.one_of(CHARACTERS, st.just("\n")) if lines else CHARACTERS
    written_ = st.one_of(
        st.text(alphabet, max_size=min(most, 120)), ODD if lines else ODD.filter(lambda t: "\n" not in t)
    )
    return written_.map(str.strip).filter(bool)


DAILY = st.builds(DailyWords, texts(MAX_TEXT), st.sampled_from(ShareRule), st.integers(1, 3))
WORDS = st.builds(
    Words,
    title=texts(MAX_TITLE, lines=False).map(lambda text: text[:MAX_TITLE].strip()),
    text=texts(MAX_OPENING),
    intention=texts(MAX_INTENTION, lines=False),
    daily=st.tuples(*[DAILY] * DAYS),
    challenge=st.sampled_from(sorted(KNOWN.challenges)),
    practice_title=texts(MAX_TITLE, lines=False).map(lambda text: text[:MAX_TITLE].strip()),
    practice=texts(MAX_TEXT),
    practice_reply=st.one_of(st.just(""), texts(MAX_REPLY)),
    closing=texts(MAX_TEXT),
    notes=st.one_of(st.just(""), texts(400)),
)
OWN = st.builds(
    OwnPrompt,
    id=IDS.map(PromptId),
    version=st.integers(1, 9),
    title=texts(MAX_TITLE, lines=False).map(lambda text: text[:MAX_TITLE].strip()),
    text=texts(MAX_TEXT),
    share=st.sampled_from(ShareRule),
    intensity=st.integers(1, 2),
    readers=st.sampled_from(Readers),
    occasion=st.sampled_from(["any", "weekend", "hard_day"]),
)


@st.composite
def files(draw: st.DrawFn) -> PlanFile:
    """Plans with their own themes and questions, and weeks and dates that refer to them."""
    refs = draw(st.lists(st.builds(ThemeRef, IDS.map(ThemeId), st.integers(1, 9)), max_size=2, unique=True))
    themes = {ref: draw(WORDS) for ref in refs}
    own = draw(st.lists(OWN, max_size=3, unique_by=lambda one: (one.id, one.version)))
    every = st.sampled_from(sorted([*KNOWN.themes, *refs], key=str))
    weeks, day = [], date(2026, 12, 7)
    for _ in range(draw(st.integers(0, 6))):
        day += WEEK + timedelta(days=draw(st.integers(0, 9)))
        weeks.append(Week(day, draw(every), draw(st.booleans())))
    questions = st.sampled_from(sorted([*KNOWN.prompts, *(as_prompt(one).id for one in own)]))
    days = draw(st.dictionaries(st.dates(date(2026, 1, 1), date(2030, 1, 1)), questions, max_size=3))
    starts = draw(st.one_of(st.none(), st.integers(1, 7)))
    return PlanFile(week_starts=starts, weeks=tuple(weeks), themes=themes, prompts=tuple(own), days=days)


def faults(text: str | bytes) -> tuple[Fault, ...]:
    """What is said of a file that is none."""
    with pytest.raises(BadPlanFile) as refused:
        read(text.encode() if isinstance(text, str) else text, KNOWN)
    return refused.value.faults


def told(data: bytes) -> tuple[Fault, ...] | None:
    """The faults, or None where it is a plan; nothing else may be raised."""
    try:
        read(data, KNOWN)
    except BadPlanFile as refused:
        return refused.faults
    return None


@given(files())
@settings(max_examples=120, deadline=None)
def test_what_is_written_is_read_as_the_same_plan(file: PlanFile) -> None:
    assert read(written(file).encode(), KNOWN) == file


def test_the_twelve_weeks_themselves_can_be_written_and_read() -> None:
    themes = {ThemeRef(theme.ref.id, 1): words_of(theme) for theme in CONTENT.themes}
    assert read(written(PlanFile(themes=themes)).encode(), KNOWN) == PlanFile(themes=themes)


@given(OWN)
def test_an_own_question_is_a_prompt_and_back(own: OwnPrompt) -> None:
    assert own_of(as_prompt(own)) == own


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("", None, "the file is empty"),
        ("# a word\n", None, "the file is empty"),
        ("- a\n- b\n", 1, "is no list of names and values"),
        ("weeks: [\n", 1, "this is not YAML"),
        ("trellis: plan\nformat: 2\n", 2, "is no whole number from 1 to 1"),
        ("trellis: letter\nformat: 1\n", 1, "is not `plan`"),
        ("trellis: plan\ntrellis: plan\nformat: 1\n", 2, "stands twice (also on line 1)"),
        (HEAD + "secret: 1\n", 3, "`secret` is no field here"),
        (HEAD + "week_starts: someday\n", 3, "is none of monday"),
        (HEAD + "weeks:\n- {start: 2026-02-30, theme: theme-01}\n", 4, "is no date"),
        (HEAD + "weeks:\n- {start: 1999-12-06, theme: theme-01}\n", 4, "is no date"),
        (HEAD + "weeks:\n- {start: 2026-12-07}\n", 4, "`theme` is missing"),
        (HEAD + "weeks:\n- {start: 2026-12-07, theme: theme-1}\n", 4, "did you mean theme-01?"),
        (HEAD + "weeks:\n- {start: 2026-12-07, theme: theme-01, skipped: yes}\n", 4, "neither true"),
        (HEAD + "days:\n- {date: 2026-12-07, prompt: ck-053}\n", 4, "is no question that I know here"),
        (HEAD + "prompts:\n- {id: Our Kettle, version: 1, title: T, text: x}\n", 4, "is no id"),
        (HEAD + "prompts:\n- {id: a, version: 0, title: T, text: x}\n", 4, "is no whole number from 1"),
        (HEAD + "prompts:\n- {id: a, version: 1, title: 7, text: x}\n", 4, "is not text"),
        (HEAD + "prompts:\n- {id: a, version: 1, title: '', text: x}\n", 4, "is empty"),
        (HEAD + "prompts:\n- {id: a, version: 1, title: \"a\\nb\", text: x}\n", 4, "cannot be shown here"),
        (HEAD + "prompts:\n- {id: a, version: 1, title: T, text: \"\\e\"}\n", 4, "cannot be shown here"),
        (HEAD + "prompts:\n- {id: a, version: 1, title: T, text: x, intensity: 3}\n", 4, "from 1 to 2"),
        (HEAD + "themes:\n- {id: a, version: 1, daily_prompts: []}\n", 4, "has 0 daily prompts"),
        (HEAD + "themes: !!python/object:os.system {}\n", 3, "tags (!)"),
        (HEAD + "weeks: !x []\n", 3, "tags (!)"),
        (HEAD + "a: &a 1\nb: *a\n", 3, "anchors and aliases"),
        (HEAD + "---\nb: 2\n", 3, "a second document"),
        (HEAD + "weeks: " + "[" * 5000 + "\n", 3, "nested more deeply"),
        (HEAD + "weeks: [" + "1," * 30_000 + "]\n", 3, "more than any plan does"),
        (HEAD + "weeks: \x00\n", 3, "a character here that YAML does not take"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_line(file: str, line: int | None, reason: str) -> None:
    found = faults(file)
    assert any(fault.line == line and reason in str(fault.reason) for fault in found), found


def test_weeks_on_each_other_and_weeks_without_end_are_told() -> None:
    close = "weeks:\n- {start: 2026-12-07, theme: theme-01}\n- {start: 2026-12-12, theme: theme-02}\n"
    assert "begins before that of 2026-12-07 is over" in str(faults(HEAD + close)[0].reason)
    many = "".join(
        f"- {{start: {date(2026, 12, 7) + n * WEEK}, theme: theme-01}}\n" for n in range(MOST_WEEKS + 1)
    )
    assert f"more than {MOST_WEEKS} weeks" in str(faults(HEAD + "weeks:\n" + many)[0].reason)


def test_too_many_bytes_or_none_of_text_are_told_of_at_once() -> None:
    assert "262,144 are the most" in str(faults(b"x" * (MOST_BYTES + 1))[0].reason)
    assert faults(b"a: 1\n\xff") == (Fault(2, "", because("this is not UTF-8 text; save it as UTF-8")),)


def test_all_faults_are_told_and_of_very_many_the_first_fifty() -> None:
    weeks = "".join(f"- {{start: x{number}, theme: y}}\n" for number in range(40))
    found = faults(HEAD + "weeks:\n" + weeks)
    assert len(found) == 51
    assert str(found[-1].reason) == "and 30 more"


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
@settings(max_examples=300, deadline=None)
def test_whatever_comes_is_a_plan_or_a_list_of_faults(data: bytes) -> None:
    assert told(data) != ()


@given(files(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_plan_that_was_damaged_anywhere_is_a_plan_or_a_list_of_faults(
    file: PlanFile, data: st.DataObject
) -> None:
    text = written(file)
    at = data.draw(st.integers(0, len(text)))
    hurt = text[:at] + data.draw(st.text(max_size=5)) + text[at + data.draw(st.integers(0, 9)) :]
    assert told(hurt.encode("utf-8", "surrogatepass")) != ()
