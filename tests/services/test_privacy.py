"""The export holds all, deletion leaves nothing, and no row is kept that its member did not say yes to."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain import errors
from bot.domain.accounts import Actor
from bot.domain.alerts import Concern, Safe
from bot.domain.check_ins import Answer, Audience, Weather
from bot.domain.circles import Circle
from bot.domain.commitments import Mark, Words
from bot.domain.grounding_errors import MembersOnly
from bot.domain.members import Scope
from bot.domain.practice_errors import TooManyCommitments
from bot.domain.preferences import Preferences
from bot.domain.safety_maps import MapPart
from bot.domain.shares import Draft
from bot.services.arranging import Wanted
from bot.services.commitments import Wanted as Promised
from bot.services.privacy import InCircle
from cogs.privacy._data import as_data
from storage.tables import metadata
from tests.clocks import SteppedClock
from tests.services.house import ADA, BEN, CONTENT, MARA, START, House
from tests.services.recorder import Recorder

ALL = frozenset(Scope)
MARKED = Answer(weather=(Weather.RAIN,), note="A long night.", audience=Audience.FACILITATORS)
PROMISED = Promised(words=Words(text="I will water the fern on the sill.", hard="Call Noor."))
COUNTED = {  # each table that holds something of a member's: how much of it the export holds
    "member_keys": lambda _: 1,  # the key itself: never given away, and gone with its member
    "consents": lambda held: len(held.member.consents),
    "check_ins": lambda held: len(held.check_ins),
    "shares": lambda held: len(held.shares),
    "outbox": lambda held: len(held.letters),
    "looks": lambda held: len(held.looks),
    "opt_outs": lambda held: len(held.left_out),
    "attempts": lambda held: len(held.attempts),
    "commitments": lambda held: len(held.commitments),
    "entries": lambda held: sum(len(log) for _, log in held.commitments),
    "partners": lambda held: int(held.partner is not None),
    "pair_wishes": lambda held: int(held.pair_wish is not None),
    "kept_apart": lambda held: held.kept_apart,
    "pair_people": lambda held: len(held.pairs),
    "own_exercises": lambda held: int(bool(held.own_exercises.favourites)),
    "own_stories": lambda held: int(bool(held.own_story.goal)),
    "safety_maps": lambda held: int(held.safety_map is not None),
    "followings": lambda held: int(not held.following.empty),
    "alerts": lambda held: len(held.alerts),
    "alert_letters": lambda held: sum(letters for _, letters in held.alerts),
    "alert_reports": lambda held: len(held.reports),
    "preferences": lambda held: int(held.preferences != Preferences()),
    "mutes": lambda held: int(held.mute is not None),
    "reminders": lambda held: int(held.reminder is not None),
    "meeting_reminders": lambda held: int(held.before_meetings),
}


async def lived(house: House, ada: Actor = ADA, ben: Actor = BEN, mara: Actor = MARA) -> Circle:
    """A circle in which Ada and Ben have left something in every table."""
    circle = await house.circle()
    await house.plans.lay(mara, circle.id, "2026-03-02", None)
    await house.meetings.set_(mara, circle.id, Wanted(day="tue", time="19:00"))
    post = await house.posted(circle)
    for who in (ada, ben):
        await house.members.join(who, circle.id, ALL)
        await house.check_ins.submit(who, post.id, MARKED)
        share = await house.offer(who, post.id, circle.id, "I went for a walk.")
        await house.reviewing.ask(mara, share.id, "A little shorter?")
        await house.preferences.put(who, circle.id, Preferences(notes=timedelta(days=30)))
        await house.reminders.set_(who, circle.id, at="18:00")
        await house.themes.leave_out(who, circle.id, [CONTENT.themes[1].ref.id])
        await house.meetings.remind(who, circle.id, on=True)
        await house.commitments.add(who, circle.id, PROMISED)
        tried = await house.ladder.begin(who, circle.id, CONTENT.challenges[0].id)
        await house.ladder.note(who, tried.attempt.id, "The quarry was quiet.", before=4, after=2)
        await house.partners.name(who, circle.id, (ben if who is ada else ada).account)
        await house.listening.listen(who, ["I want to kill myself"])
        await house.safety_maps.put(who, {MapPart.SIGNS: "The spoons are counted."})
        await house.looking_back.aim(who, circle.id, "A quieter kitchen.")
        await house.own_exercises.like(who, "gr-08")
        await house.own_exercises.keep_ratings(who, on=True)
        [begun] = await house.commitments.mine(who, circle.id)
        await house.commitments.log(who, begun.commitment.id, Mark.REPAIRED)
        await house.pairs.join(who, circle.id, ear=True)
        wanted = await house.people.want_person(who, circle_id=circle.id)
        assert wanted.raised.alert is not None
        await house.alerts.say_safe(who, wanted.raised.alert.id, Safe.AT, "After the owls")
        told = {"link": "https://discord.com/channels/1/2/3", "concern": Concern.OTHER}
        await house.alerts.tell(who, circle.id, **told, words="The tone of it.")
    house.clock.step(timedelta(days=7))
    await house.pairs.tick()
    for who, other in ((ada, ben), (ben, ada)):
        await house.pairs.join(who, circle.id, ear=False)
        await house.pairs.keep_apart(who, circle.id, other.account)
        await house.mutes.begin(who, circle.id, house.clock.now() + timedelta(hours=2))
    await house.marked.read(mara, circle.id, 0)
    await house.marked.read(mara, circle.id, 1)
    return circle


async def rows_of(house: House, member: int) -> dict[str, int]:
    """How many rows each table holds for a member."""
    found = {}
    async with house.storage.begin() as tx:
        for table in metadata.sorted_tables:
            if "member_id" in table.c:
                rows = await tx._session.rows(select(table).where(table.c.member_id == member))
                found[table.name] = len(rows)
    return found


async def test_the_export_holds_every_row_of_every_table_of_a_member(house: House) -> None:
    await lived(house)
    [held] = (await house.privacy.everything(ADA)).circles
    rows = await rows_of(house, held.member.id)
    assert rows.keys() == COUNTED.keys()  # a table that is new here is to be exported, and then counted
    assert all(rows.values()), rows  # nothing was left out of the story
    assert {name: count(held) for name, count in COUNTED.items()} == rows


async def test_the_export_as_data_says_all_of_it_in_words(house: House) -> None:
    await lived(house)
    everything = await house.privacy.everything(ADA)
    said = str(as_data(everything, CONTENT))
    for word in (
        "A long night.",
        "I went for a walk.",
        "A little shorter?",
        "Rain",
        "18:00",
        "The quarry was quiet.",
        "the fern",
        "Call Noor.",
        "repaired",
        "A quieter kitchen.",
        "The spoons are counted.",
        "After the owls",
        "The tone of it.",
        "Feet and floor",
        "'numbers_are_kept': True",
    ):
        assert word in said
    assert MARA.account.id in said  # who looked
    assert CONTENT.themes[1].ref.id in said
    deeds = (await house.privacy.everything(MARA)).deeds
    assert {entry.deed.value for _, entry in deeds} >= {"plan-laid", "share-returned"}


async def test_nobodys_export_holds_anything_of_another(house: House) -> None:
    circle = await lived(house)
    await house.check_ins.submit_today(BEN, circle.id, Answer(note="Only Ben's."))
    mine = as_data(await house.privacy.everything(ADA), CONTENT)
    assert "Only Ben's." not in str(mine)
    assert BEN.account.id not in {str(value) for value in mine["account"].values()}
    assert (await house.privacy.everything(MARA)).circles == ()


async def test_deleting_everything_leaves_no_row_and_no_name(house: House) -> None:
    await lived(house)
    [held] = (await house.privacy.everything(ADA)).circles
    await house.members.delete_all(ADA)
    assert set((await rows_of(house, held.member.id)).values()) == {0}
    assert (await house.privacy.everything(ADA)).circles == ()
    await house.members.delete_all(MARA)
    [look, _] = [*(await house.privacy.looks(BEN)), None]
    assert look is not None
    assert look.viewer is None


ACTS = ("leave", "delete", "answer", "mark", "offer", "remind", "meet", "look", "promise", "try", "like")
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.sets(st.sampled_from(Scope)).map(frozenset)),
        st.tuples(st.just("consents"), st.sets(st.sampled_from(Scope)).map(frozenset)),
        st.tuples(st.sampled_from(ACTS), st.none()),
        st.tuples(st.just("days"), st.integers(1, 9)),
    ),
    min_size=3,
    max_size=16,
)
NEEDED = {
    "answer": {Scope.CHECK_INS},
    "mark": {Scope.CHECK_INS},
    "remind": {Scope.REMINDERS, Scope.CHECK_INS},
    "meet": {Scope.REMINDERS},
    "promise": {Scope.STREAKS},
    "try": {Scope.STREAKS},
    "like": set(),  # to have joined is enough: nothing is kept but what they press
}


async def do(house: House, circle: Circle, what: str, more: Any) -> None:
    """One deed of Ada's, or of a facilitator's; refusals are part of it."""
    deeds = {
        "join": lambda: house.members.join(ADA, circle.id, more),
        "consents": lambda: house.members.consents(ADA, circle.id, more),
        "leave": lambda: house.members.leave(ADA, circle.id),
        "delete": lambda: house.members.delete_all(ADA),
        "answer": lambda: house.check_ins.submit_today(ADA, circle.id, Answer(weather=(Weather.FOG,))),
        "mark": lambda: house.check_ins.submit_today(ADA, circle.id, MARKED),
        "offer": lambda: house.shares.offer(ADA, None, circle.id, Draft(text="words")),
        "remind": lambda: house.reminders.set_(ADA, circle.id, at="18:00"),
        "meet": lambda: house.meetings.remind(ADA, circle.id, on=True),
        "try": lambda: house.ladder.begin(ADA, circle.id, CONTENT.challenges[0].id),
        "promise": lambda: house.commitments.add(ADA, circle.id, PROMISED),
        "like": lambda: house.own_exercises.like(ADA, "gr-08"),
        "look": lambda: house.marked.read(MARA, circle.id),
        "days": lambda: house.step(days=more),
    }
    await deeds[what]()


def total(held: InCircle | None) -> dict[str, int]:
    return {} if held is None else {name: count(held) for name, count in COUNTED.items()}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(DEEDS)
async def test_nothing_is_kept_that_its_member_did_not_say_yes_to(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, Any]]
) -> None:
    clock = SteppedClock(START)
    house = await House.open(tmp_path_factory.mktemp("yes") / "trellis.db", clock, Recorder(clock))
    yes: frozenset[Scope] | None = None  # the oracle: what Ada says yes to now; None: no member
    try:
        circle = await house.circle()
        await house.meetings.set_(MARA, circle.id, Wanted(day="tue", time="19:00"))
        for what, more in deeds:
            before = total(await mine(house))
            try:
                await do(house, circle, what, more)
            except TooManyCommitments:
                assert yes is not None
            except (errors.NotAMember, errors.ConsentNeeded, MembersOnly):
                assert total(await mine(house)) == before  # a refusal keeps nothing
                assert yes is None or not NEEDED[what] <= yes
            else:
                assert what not in NEEDED or (yes is not None and NEEDED[what] <= yes)
                yes = after(what, more, yes)
            held = await mine(house)
            if what == "delete":
                assert held is None
            if what == "look" and (yes is None or not {Scope.FACILITATORS, Scope.CHECK_INS} <= yes):
                assert total(held).get("looks", 0) == before.get("looks", 0)  # nothing was shown
    finally:
        await house.storage.close()


def after(what: str, more: Any, yes: frozenset[Scope] | None) -> frozenset[Scope] | None:
    if what in ("leave", "delete"):
        return None
    return more if what in ("join", "consents") else yes


async def mine(house: House) -> InCircle | None:
    """What is kept about Ada."""
    return next(iter((await house.privacy.everything(ADA)).circles), None)
