"""Plans, own texts, imports, opt-outs and the audit list, on both databases."""

from datetime import date, timedelta

import pytest

from bot.domain import errors
from bot.domain.audit import Deed
from bot.domain.circles import Circle, Holidays
from bot.domain.errors import ScheduleExists
from bot.domain.ids import DraftId, PromptId, ThemeId
from bot.domain.members import Member
from bot.domain.pauses import Pause
from bot.domain.plan_errors import NoSuchDraft
from bot.domain.plans import Plan, Week
from bot.domain.prompts import Prompt, Readers, ShareRule, ThemeRef
from bot.domain.schedules import DAILY, Due, Kind
from bot.domain.themes import made, words_of
from storage import Storage
from tests.pack import CONTENT
from tests.storage.samples import ADA, BEN, NOW, TODAY, home, settings

REF = ThemeRef(ThemeId("our-river"), 2)
WEEKS = tuple(
    Week(TODAY + timedelta(days=7 * number), ThemeRef(ThemeId(f"theme-{number:02}"), number % 2), number == 2)
    for number in range(1, 5)
)
WORDS = words_of(CONTENT.themes[0])
KETTLE = Prompt(
    id=PromptId("our-kettle.3"),
    kind=Kind.CHECK_IN,
    title="Kettle",
    text="Is it on, or is that a long way off?",
    share=ShareRule.PRIVATE,
    audience=Readers.FAMILY,
    intensity=2,
    occasion="weekend",
)


async def test_a_plan_is_kept_as_it_was_put_and_replaced_whole(storage: Storage, circle: Circle) -> None:
    for plan in (Plan(WEEKS), Plan(WEEKS[1:3]), Plan()):
        async with storage.begin() as tx:
            await tx.plans.put(circle.id, plan)
            await tx.commit()
        async with storage.read() as tx:
            assert await tx.plans.of(circle.id) == plan


async def test_a_date_has_one_chosen_prompt_until_it_is_given_back(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        for prompt in ("ck-048", "ck-051"):
            await tx.plans.choose(circle.id, TODAY, PromptId(prompt))
        await tx.plans.choose(circle.id, TODAY + timedelta(days=1), PromptId("ck-050"))
        await tx.plans.choose(circle.id, TODAY + timedelta(days=1), None)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.plans.days(circle.id) == {TODAY: "ck-051"}


async def test_a_notice_is_given_once(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        assert [await tx.plans.notice(circle.id, word) for word in ("a", "a", "b")] == [True, False, True]
        await tx.commit()


async def test_every_version_of_a_circles_own_texts_stays_and_comes_back_whole(
    storage: Storage, circle: Circle
) -> None:
    async with storage.begin() as tx:
        await tx.own_texts.add_theme(circle.id, REF, WORDS, NOW)
        await tx.own_texts.add_theme(circle.id, ThemeRef(REF.id, 1), WORDS, NOW)
        await tx.own_texts.add_prompt(circle.id, KETTLE, NOW)
        await tx.commit()
    async with storage.read() as tx:
        themes = await tx.own_texts.themes(circle.id)
        assert themes[REF] == made(REF, WORDS)
        assert set(themes) == {REF, ThemeRef(REF.id, 1)}
        assert await tx.own_texts.prompts(circle.id) == {KETTLE.id: KETTLE}


async def test_a_draft_waits_alone_and_is_gone_once_decided_on(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        first = await tx.drafts.add(circle.id, "trellis: plan", "seen", NOW)
        second = await tx.drafts.add(circle.id, "trellis: other", "seen", NOW)
        await tx.commit()
    async with storage.begin() as tx:
        with pytest.raises(NoSuchDraft):
            await tx.drafts.get(first)
        kept = await tx.drafts.get(second)
        assert (kept.circle, kept.text, kept.seen, kept.made_at) == (circle.id, "trellis: other", "seen", NOW)
        await tx.drafts.delete_before(NOW)
        assert await tx.drafts.get(second)
        await tx.drafts.delete(second)
        await tx.commit()
    async with storage.read() as tx:
        for id_ in (second, DraftId(99)):
            with pytest.raises(NoSuchDraft):
                await tx.drafts.get(id_)


async def test_what_a_member_leaves_out_is_theirs_and_goes_with_them(
    storage: Storage, circle: Circle, member: Member
) -> None:
    theme, other = ThemeId("theme-03"), ThemeId("theme-04")
    async with storage.begin() as tx:
        for one in (theme, theme, other):
            await tx.opt_outs.add(member.id, one)
        await tx.opt_outs.remove(member.id, other)
        await tx.commit()
    async with storage.begin() as tx:
        assert await tx.opt_outs.of(member.id) == [theme]
        assert (await tx.opt_outs.has(member.id, theme), await tx.opt_outs.has(member.id, other)) == (
            True,
            False,
        )
        await tx.members.delete(member.id)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.opt_outs.of(member.id) == []


async def test_the_audit_list_is_newest_first_and_forgets_a_person_but_not_the_deed(
    storage: Storage, circle: Circle
) -> None:
    async with storage.begin() as tx:
        await tx.audit.note(circle.id, ADA, Deed.PLAN_LAID, "12 weeks", NOW)
        await tx.audit.note(circle.id, BEN, Deed.WEEK_SKIPPED, "2026-03-09", NOW + timedelta(hours=1))
        await tx.commit()
    async with storage.begin() as tx:
        await tx.audit.forget(ADA)
        await tx.commit()
    async with storage.begin() as tx:
        entries = await tx.audit.latest(circle.id)
        assert [(one.deed, one.about, one.account) for one in entries] == [
            (Deed.WEEK_SKIPPED, "2026-03-09", BEN),
            (Deed.PLAN_LAID, "12 weeks", None),
        ]
        await tx.audit.delete_before(NOW + timedelta(minutes=1))
        assert len(await tx.audit.latest(circle.id)) == 1


async def test_settings_of_a_plan_come_back_and_those_of_before_have_their_defaults(storage: Storage) -> None:
    given = settings(week_starts=4, holidays=Holidays.REST, made_for=Readers.FAMILY, digest=False)
    async with storage.begin() as tx:
        circle = await tx.circles.add(home(7), "Larch", given, NOW)
        await tx.commit()
    async with storage.read() as tx:
        assert (await tx.circles.get(circle.id)).settings == given


async def test_a_circle_is_looked_after_when_its_time_comes_and_a_new_one_at_once(
    storage: Storage, circle: Circle
) -> None:
    async with storage.begin() as tx:
        assert await tx.circles.care_due(NOW, 5) == [circle]
        await tx.circles.care(circle.id, NOW + timedelta(days=1))
        assert await tx.circles.care_due(NOW, 5) == []
        assert await tx.circles.care_due(NOW + timedelta(days=1), 5) == [circle]


async def test_a_schedule_is_edited_and_rests_in_its_place(storage: Storage, circle: Circle) -> None:
    due = Due(date(2026, 3, 3), NOW + timedelta(days=1))
    async with storage.begin() as tx:
        one = await tx.schedules.add(
            circle.id, Kind.THEME, NOW.time().replace(microsecond=0, second=0), DAILY, NOW, due
        )
        other = await tx.schedules.add(circle.id, Kind.THEME, one.time.replace(hour=20), DAILY, NOW, due)
        later = Due(date(2026, 3, 4), NOW + timedelta(days=2))
        edited = await tx.schedules.edit(one.id, one.time.replace(hour=21), frozenset({1, 4}), later)
        assert (edited.id, edited.time.hour, edited.days, edited.next) == (
            one.id,
            21,
            frozenset({1, 4}),
            later,
        )
        with pytest.raises(ScheduleExists):
            await tx.schedules.edit(other.id, edited.time, edited.days, due)
        pause = Pause(NOW, NOW + timedelta(days=3))
        await tx.schedules.pause(one.id, pause)
        assert (await tx.schedules.get(one.id)).pause == pause
        await tx.schedules.pause(one.id, None)
        assert (await tx.schedules.get(one.id)).pause is None
        with pytest.raises(errors.NoSuchSchedule):
            await tx.schedules.pause(type(one.id)(999), None)
