"""Facilitators lay out weeks, see all that will be posted, change it, and are refused in clear words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cogs.house import CONTENT, House, text_of
from tests.cogs.planning import MONDAYS, planned, theme


async def test_twelve_weeks_are_laid_by_one_command_with_the_posts_they_need(house: House) -> None:
    _, answer = await planned(house)
    said = text_of(answer)
    assert "12 weeks laid out" in said
    assert all(one.title in said for one in CONTENT.themes)
    assert "Mon 7 Dec" in said
    for kind in ("theme", "boundary", "reflection"):
        assert f"- {kind}: first <t:" in said
    listed = await house.facilitator.command("schedule list", house.channel)
    assert "theme, mon, thu at 08:50" in text_of(listed.message)


async def test_the_calendar_is_a_picture_with_alt_text_and_the_same_as_text(house: House) -> None:
    await planned(house)
    await house.facilitator.command("circle settings", house.channel, holidays="mark")
    shown = (await theme(house, "calendar")).message
    [picture] = shown.attachments
    assert picture["filename"] == "themes.png"
    assert "Week 5, 4 to 10 Jan: Edges that hold, coming" in picture["description"]
    said = text_of(shown)
    assert "5. **Edges that hold** · 4 to 10 Jan · coming" in said
    assert "Christmas Day" in said


async def test_a_week_shows_each_post_with_its_time_and_the_notes_to_facilitators_alone(house: House) -> None:
    await planned(house)
    shown = (await theme(house, "preview", week=MONDAYS[0])).message
    said = text_of(shown)
    first = CONTENT.themes[0]
    assert "Week 1: Steady ground" in said
    assert first.notes in said
    assert all(f"check-in · day {day}: " in said for day in range(1, 8))
    assert "practice · Write our agreement" in said
    assert "Not posted" not in said
    seen = await house.facilitator.select(
        shown, ["Mon 7 Dec: theme"], placeholder="See a post as it will look"
    )
    card = seen.message
    assert card.embeds[0]["description"].startswith(first.opening.text)
    assert card.ephemeral
    pressable = [each for row in card.components for each in row["components"]]
    assert pressable
    assert all(each["disabled"] for each in pressable)


async def test_a_preview_goes_from_week_to_week_in_its_place(house: House) -> None:
    await planned(house)
    shown = (await theme(house, "preview")).message
    later = await house.facilitator.select(shown, [MONDAYS[4]], placeholder="Go to another week")
    assert "Week 5: Edges that hold" in text_of(later.message or shown)


async def test_a_swap_is_shown_week_by_week_and_the_settling_weeks_stay(house: House) -> None:
    await planned(house)
    said = text_of((await theme(house, "swap", week=MONDAYS[4], other=MONDAYS[5])).message)
    assert "Mon 4 Jan: **Edges that hold** → **Openness by choice**" in said
    refused = text_of((await theme(house, "swap", week=MONDAYS[2], other=MONDAYS[5])).message)
    assert "keep their order" in refused
    opening = (await theme(house, "preview", week=MONDAYS[4])).message
    card = await house.facilitator.select(
        opening, ["Mon 4 Jan: theme"], placeholder="See a post as it will look"
    )
    assert card.message.embeds[0]["description"].startswith("Week 5. Openness is a skill")


async def test_a_skipped_week_can_be_held_after_all(house: House) -> None:
    await planned(house)
    answer = (await theme(house, "skip", week=MONDAYS[5])).message
    assert "~~Openness by choice~~ (skipped)" in text_of(answer)
    assert "skipped" in text_of((await theme(house, "calendar")).message)
    await house.restart()
    back = await house.facilitator.press(answer, "Hold it after all")
    assert "held after all" in text_of(back.message or answer)
    assert "skipped" not in text_of((await theme(house, "calendar")).message)


async def test_a_week_is_left_out_moved_back_or_repeated(house: House) -> None:
    await planned(house)
    await theme(house, "skip", week=MONDAYS[4], how="move-up")
    said = text_of((await theme(house, "calendar")).message)
    assert "Edges that hold" not in said
    assert "5. **Openness by choice** · 4 to 10 Jan" in said
    await theme(house, "skip", week=MONDAYS[4], how="move-back")
    assert "5. **Openness by choice** · 11 to 17 Jan" in text_of((await theme(house, "calendar")).message)
    await theme(house, "repeat", week=MONDAYS[5])
    said = text_of((await theme(house, "calendar")).message)
    assert "6. **Openness by choice** · 18 to 24 Jan" in said


async def test_a_weeks_words_are_edited_in_a_form_and_posted_as_edited(house: House) -> None:
    await planned(house)
    form = (await theme(house, "edit", week=MONDAYS[0])).modal
    answer = await house.facilitator.submit(
        form, {"The opening": "Our own words.", "The intention": "We begin."}
    )
    assert "Changed, on that week alone" in text_of(answer.message)
    form = (await theme(house, "edit", week=MONDAYS[0], day=2)).modal
    await house.facilitator.submit(form, {"The question": "What is for supper?", "share": "private"})
    house.clock.set(datetime(2026, 12, 7, 7, 50, tzinfo=UTC))
    await house.tick()
    assert house.messages(house.facilitator)[-1].embeds[0]["description"] == "Our own words.\n\n*We begin.*"
    house.clock.set(datetime(2026, 12, 8, 8, 0, tzinfo=UTC))
    await house.tick()
    card = house.messages(house.facilitator)[-1]
    assert card.embeds[0]["description"].startswith("What is for supper?")
    assert "stay private" in text_of(card)


async def test_words_that_do_not_fit_come_back_in_a_file(house: House) -> None:
    await planned(house)
    form = (await theme(house, "edit", week=MONDAYS[0])).modal
    words = "Long. " * 300
    answer = await house.facilitator.submit(form, {"The opening": words})
    assert "Nothing was changed" in text_of(answer.message)
    assert [each["filename"] for each in answer.message.attachments] == ["your-words.txt"]


async def test_another_theme_or_challenge_is_put_on_one_week(house: House) -> None:
    await planned(house)
    said = text_of((await theme(house, "edit", week=MONDAYS[6], theme="theme-02")).message)
    assert "**Small and steady** → **Emotional weather**" in said
    await theme(house, "edit", week=MONDAYS[0], challenge="bd-103")
    said = text_of((await theme(house, "preview", week=MONDAYS[0])).message)
    title = CONTENT.prompts["bd-103"].title  # type: ignore[index]
    assert f"boundary challenge · {title}" in said


async def test_a_hard_day_asks_what_was_chosen_and_is_given_back(house: House) -> None:
    await planned(house)
    chosen = await theme(house, "hard-day", date="2026-12-24", question="ck-051")
    assert "Thursday 24 December 2026 asks **Festive and not**" in text_of(chosen.message)
    assert "own question on Thu 24 Dec" in text_of((await theme(house, "calendar")).message)
    house.clock.set(datetime(2026, 12, 24, 8, 0, tzinfo=UTC))
    await house.tick()
    titles = [each.embeds[0]["title"] for each in house.messages(house.facilitator)[-2:]]
    assert "Festive and not" in titles
    back = await theme(house, "hard-day", date="2026-12-25", question="as-planned")
    assert "what the plan has for it" in text_of(back.message)


@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        ("plan", {"start": "2026-12-01"}, "Tuesday 1 December 2026 is over"),
        ("plan", {"start": "someday"}, "“someday”"),
        ("plan", {"start": "2027-02-20"}, "would lie on one that is planned already"),
        ("plan", {"start": "2027-06-01", "curriculum": "own"}, "no such theme"),
        ("swap", {"week": MONDAYS[4], "other": MONDAYS[4]}, "the same week twice"),
        ("swap", {"week": MONDAYS[4], "other": "2027-01-05"}, "can't find that week"),
        ("skip", {"week": "week five"}, "can't find that week"),
        ("edit", {"week": MONDAYS[4], "theme": "nothing like it"}, "no such theme"),
        ("edit", {"week": MONDAYS[4], "challenge": "bd-301"}, "no such text"),
        ("hard-day", {"date": "2026-12-01", "question": "ck-051"}, "“2026-12-01”"),
        ("hard-day", {"date": "2026-12-24", "question": "ck-057"}, "no such text"),
        ("library", {"theme": "x y z"}, "no such theme"),
    ],
)
async def test_what_cannot_be_done_is_said_clearly_and_changes_nothing(
    house: House, command: str, options: dict[str, Any], said: str
) -> None:
    await planned(house)
    before = text_of((await theme(house, "calendar")).message)
    answer = (await theme(house, command, **options)).message
    assert answer.ephemeral
    assert said in text_of(answer)
    assert text_of((await theme(house, "calendar")).message) == before


async def test_weeks_that_have_begun_are_not_moved(house: House) -> None:
    await planned(house)
    house.clock.set(datetime(2026, 12, 9, 8, tzinfo=UTC))
    for command, options in (
        ("swap", {"week": MONDAYS[0], "other": MONDAYS[4]}),
        ("skip", {"week": MONDAYS[0], "how": "move-up"}),
    ):
        assert "has begun, or is over" in text_of((await theme(house, command, **options)).message)


async def test_the_library_lists_the_themes_and_shows_all_of_one(house: House) -> None:
    await planned(house)
    said = text_of((await theme(house, "library")).message)
    assert "12. " in said
    one = text_of((await theme(house, "library", theme="theme-05")).message)
    for part in CONTENT.themes[4].prompts:
        assert part.text in one.replace("\\_", "_")


async def test_clearing_takes_the_coming_weeks_and_a_new_plan_can_be_laid(house: House) -> None:
    await planned(house)
    assert "off the plan" in text_of((await theme(house, "clear")).message)
    assert "No weeks are planned" in text_of((await theme(house, "calendar")).message)
    assert "12 weeks laid out" in text_of((await theme(house, "plan", start="2026-12-10")).message)


async def test_every_plan_command_is_for_facilitators_but_the_calendar(house: House) -> None:
    circle, _ = await planned(house)
    manager = house.member("Sam", house.guild.add_role("Manager", permissions=0x20))
    for command, options in (
        ("plan", {"start": "2027-06-01"}),
        ("preview", {}),
        ("swap", {"week": MONDAYS[4], "other": MONDAYS[5]}),
        ("skip", {"week": MONDAYS[4]}),
        ("edit", {"week": MONDAYS[4]}),
        ("hard-day", {"date": "2026-12-24", "question": "ck-051"}),
        ("library", {}),
        ("clear", {}),
        ("export", {}),
    ):
        said = text_of((await theme(house, command, manager, **options)).message)
        assert "for the circle's facilitators" in said, command
    said = text_of((await theme(house, "calendar", manager)).message)
    assert "haven't joined" in said
    assert circle.id


async def test_who_did_what_stands_in_the_audit_list(house: House) -> None:
    await planned(house)
    house.clock.step(timedelta(minutes=1))
    await theme(house, "skip", week=MONDAYS[5])
    said = text_of((await house.facilitator.command("circle audit", house.channel)).message)
    assert f"<@{house.facilitator.id}> skipped a week: 2027-01-11, stay" in said
    assert "laid a plan: 12 weeks from 2026-12-07" in said
    assert said.index("skipped a week") < said.index("laid a plan")
