"""A plan goes out as a file and comes back: faults with their lines, the difference, then a yes or no."""

from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from tests.cogs.house import House, text_of
from tests.cogs.planning import MONDAYS, planned, theme

BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"


async def exported(house: House) -> str:
    """What `/theme export` gives."""
    [file] = (await theme(house, "export")).message.attachments
    assert file["filename"] == "plan.yaml"
    async with aiohttp.ClientSession() as session, session.get(file["url"]) as answer:
        return (await answer.read()).decode()


async def imported(house: House, data: bytes, name: str = "plan.yaml") -> Any:
    """The answer to `/theme import`."""
    id_ = house.facilitator.upload(name, data, "application/yaml")
    return (await theme(house, "import", file=id_)).message


async def test_an_export_imported_again_changes_nothing(house: House) -> None:
    await planned(house)
    await theme(house, "skip", week=MONDAYS[5])
    await theme(house, "hard-day", date="2026-12-24", question="ck-051")
    form = (await theme(house, "edit", week=MONDAYS[0])).modal
    await house.facilitator.submit(form, {"The intention": "We begin."})
    said = text_of(await imported(house, (await exported(house)).encode()))
    assert "nothing to change" in said


async def test_a_changed_file_shows_its_difference_and_asks_before_anything_changes(house: House) -> None:
    await planned(house)
    file = (await exported(house)).replace("theme: theme-06", "theme: theme-07", 1)
    file += "days:\n- {date: 2026-12-24, prompt: ck-051}\n"
    before = text_of((await theme(house, "calendar")).message)
    answer = await imported(house, file.encode())
    assert "Mon 11 Jan: **Openness by choice** → **Small and steady**" in text_of(answer)
    assert "Thursday 24 December 2026: as planned → ck-051" in text_of(answer)
    assert text_of((await theme(house, "calendar")).message) == before
    await house.restart()
    done = await house.facilitator.press(answer, "Change it so")
    assert "1 week, 1 date" in text_of(done.message or answer)
    assert "6. **Small and steady** · 11 to 17 Jan" in text_of((await theme(house, "calendar")).message)
    assert text_of(await imported(house, file.encode())).startswith("I read it. It is the plan")


async def test_a_no_leaves_everything_as_it_is(house: House) -> None:
    await planned(house)
    answer = await imported(house, (await exported(house)).replace("theme-06", "theme-07", 1).encode())
    left = await house.facilitator.press(answer, "Leave it as it is")
    assert "Nothing was changed" in text_of(left.message or answer)
    assert "6. **Openness by choice**" in text_of((await theme(house, "calendar")).message)


async def test_a_plan_that_was_changed_meanwhile_is_compared_anew(house: House) -> None:
    await planned(house)
    answer = await imported(house, (await exported(house)).replace("theme-06", "theme-07", 1).encode())
    await theme(house, "skip", week=MONDAYS[6])
    again = await house.facilitator.press(answer, "Change it so")
    said = text_of(again.message or answer)
    assert "changed by somebody since" in said
    assert "~~Small and steady~~ (skipped) → **Small and steady**" in said


async def test_a_circles_own_theme_and_question_stand_beside_ours_and_can_be_laid(house: House) -> None:
    await planned(house)
    own = "prompts:\n- {id: our-kettle, version: 1, title: Kettle, text: Is it on?, occasion: hard_day}\n"
    answer = await imported(house, ("trellis: plan\nformat: 1\n" + own).encode())
    assert "Kettle" in text_of(answer)
    await house.facilitator.press(answer, "Change it so")
    chosen = await theme(house, "hard-day", date="2026-12-24", question="our-kettle.1")
    assert "asks **Kettle**" in text_of(chosen.message)


HEAD = b"trellis: plan\nformat: 1\n"
KETTLE = b"- {id: a, version: 1, title: T, text: x}\n"
BAD = {
    "empty": (b"", "the file is empty"),
    "broken": (b"weeks: [", "line 1: this is not YAML"),
    "not text": (b"\xff\xfe\x00", "not UTF-8"),
    "large": (b"x: " + b"y" * 300_000, "262,144 are the most"),
    "bomb": (BOMB, "anchors and aliases"),
    "wrong kind": (HEAD + b"weeks: 7\n", "line 3: weeks: is no list"),
    "twice": (HEAD + b"prompts:\n" + KETTLE + KETTLE, "stands twice (also on line 4)"),
    "long": (
        HEAD + b"prompts:\n" + KETTLE.replace(b"text: x", b"text: " + b"x" * 1801),
        "1,801 characters, where 1,800 fit",
    ),
    "unknown": (HEAD + b"weeks:\n- {start: 2026-12-07, theme: theme-99}\n", "no theme that I know"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD)
async def test_a_file_that_is_no_plan_is_told_with_every_fault_and_changes_nothing(
    house: House, data: bytes, said: str
) -> None:
    await planned(house)
    before = await exported(house)
    answer = await imported(house, data)
    assert answer.ephemeral
    assert said in text_of(answer)
    assert "nothing was changed" in text_of(answer)
    assert await exported(house) == before


async def test_many_faults_come_as_a_file(house: House) -> None:
    await planned(house)
    weeks = "".join(f"- {{start: 2026-13-{day:02}, theme: x}}\n" for day in range(1, 30))
    answer = await imported(house, f"trellis: plan\nformat: 1\nweeks:\n{weeks}".encode())
    assert [each["filename"] for each in answer.attachments] == ["what-to-look-at.txt"]
    assert "line 4: weeks > 1 > start: is no date" in text_of(answer)


async def test_what_has_begun_stays_whatever_the_file_says(house: House) -> None:
    await planned(house)
    house.clock.set(datetime(2026, 12, 9, 8, tzinfo=UTC))
    empty = "trellis: plan\nformat: 1\n"
    answer = await imported(house, empty.encode())
    await house.facilitator.press(answer, "Change it so")
    said = text_of((await theme(house, "calendar")).message)
    assert "1. **Steady ground** · 7 to 13 Dec · **this week**" in said
    assert "2. " not in said


async def test_what_is_wrong_with_a_file_is_told_in_its_reader_s_language(house: House) -> None:
    await planned(house)
    house.facilitator.speaks("de")
    wrong = b"trellis: plan\nformat: 1\nweeks:\n- {start: 2026-02-30, theme: theme-1}\n"
    said = text_of(await imported(house, wrong))
    assert "Zeile 4" in said
    assert "ist kein Datum; so wird es eines: 2026-12-07" in said
    assert "`theme-1` ist kein Thema, das ich hier kenne; war theme-01 gemeint?" in said
