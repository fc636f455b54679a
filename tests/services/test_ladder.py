"""The ladder: one rung at a time in each area, every ending a good one, and all of it its member's alone."""

from datetime import timedelta

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import ConsentNeeded, NotAMember, TooLong
from bot.domain.ids import PromptId
from bot.domain.ladder import Attempt, Ending, asks_safety, blanks, built
from bot.domain.members import Scope
from bot.domain.practice_errors import NoSuchAttempt, NoSuchChallenge, TooHigh
from bot.domain.prompts import Prompt, Readers
from bot.domain.schedules import Kind
from tests.services.house import ADA, BEN, CONTENT, MARA, House

STREAKS = frozenset({Scope.STREAKS})
WALL, ONE_NO, STOP_WORD = PromptId("bd-201"), PromptId("bd-301"), PromptId("bd-108")
RUNGS = {one.id: one for one in CONTENT.challenges}


async def joined(house: House) -> Circle:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, STREAKS)
    return circle


async def tried(house: House, circle: Circle, id_: str, ending: Ending = Ending.DONE) -> Attempt:
    """One taken up and ended."""
    begun = await house.ladder.begin(ADA, circle.id, PromptId(id_))
    return (await house.ladder.end(ADA, begun.attempt.id, ending)).attempt


async def test_each_area_opens_one_rung_at_a_time(house: House) -> None:
    circle = await joined(house)
    with pytest.raises(TooHigh) as high:
        await house.ladder.begin(ADA, circle.id, WALL)
    assert high.value.rung == 1
    await tried(house, circle, STOP_WORD, Ending.NOT_FIT)
    with pytest.raises(TooHigh):
        await house.ladder.begin(ADA, circle.id, WALL)
    await tried(house, circle, STOP_WORD, Ending.PART)
    await tried(house, circle, WALL)
    standing = await house.ladder.standing(ADA, circle.id)
    opened = {area.value: rung for area, rung in standing.open_to.items() if area and rung > 1}
    assert opened == {"conversation": 3}
    with pytest.raises(TooHigh):
        await house.ladder.begin(ADA, circle.id, ONE_NO)  # of another area


async def test_the_circles_own_challenge_is_open_to_everyone_and_never_of_rung_three(house: House) -> None:
    circle = await joined(house)
    await house.plans.lay(MARA, circle.id, "2026-03-02", None)
    await house.schedules.add(MARA, circle.id, Kind.BOUNDARY, "20:00", "wed")
    for _ in range(2 * 7 * 4):
        await house.step(hours=12)
    posted = [one for one in await house.occurrences(circle.id) if one.kind is Kind.BOUNDARY and one.prompt]
    assert posted
    assert {RUNGS[one.prompt].intensity for one in posted if one.prompt} <= {1, 2}
    _, today = await house.ladder.today(ADA, circle.id)
    assert today is not None
    assert (await house.ladder.begin(ADA, circle.id, today.id)).attempt.live
    assert (await house.ladder.posted(ADA, posted[-1].id))[1] == today


async def test_a_challenge_taken_up_twice_is_one_attempt_until_it_has_ended(house: House) -> None:
    circle = await joined(house)
    first = await house.ladder.begin(ADA, circle.id, STOP_WORD)
    assert (await house.ladder.begin(ADA, circle.id, STOP_WORD)).attempt == first.attempt
    await house.ladder.end(ADA, first.attempt.id, Ending.BADLY)
    house.clock.step(timedelta(days=1))
    await house.ladder.begin(ADA, circle.id, STOP_WORD)
    assert [each.attempt.live for each in await house.ladder.mine(ADA, circle.id)] == [True, False]


async def test_what_was_learned_stands_with_it_and_goes_with_it(house: House) -> None:
    circle = await joined(house)
    id_ = (await tried(house, circle, STOP_WORD)).id
    noted = await house.ladder.note(ADA, id_, " I can stop. ", before=7, after=3)
    kept = await house.ladder.keep_words(ADA, id_, "I'll come back to this at six.")
    assert (noted.attempt.learned, noted.attempt.before, noted.attempt.after) == ("I can stop.", 7, 3)
    assert (kept.attempt.words, kept.attempt.learned) == ("I'll come back to this at six.", "I can stop.")
    with pytest.raises(TooLong):
        await house.ladder.note(ADA, id_, "x" * 1001, before=None, after=None)
    await house.ladder.delete(ADA, id_)
    assert await house.ladder.mine(ADA, circle.id) == []


async def test_another_one_fits_the_circle_and_lies_no_higher(house: House) -> None:
    circle = await joined(house)
    for turn in range(40):
        _, other = await house.ladder.another(ADA, circle.id, STOP_WORD, turn)
        assert other.intensity == 1
        assert other.audience in (Readers.ALL, circle.settings.made_for)
        assert other.id != STOP_WORD
    below = await house.ladder.smaller(ADA, circle.id, WALL)
    assert below is not None
    assert (below.intensity, below.domain) == (1, RUNGS[WALL].domain)
    assert await house.ladder.smaller(ADA, circle.id, STOP_WORD) is None
    with pytest.raises(NoSuchChallenge):
        await house.ladder.challenge(
            ADA, circle.id, PromptId("bd-112")
        )  # for who broke trust, in a mixed circle


async def test_nothing_is_kept_without_a_yes_and_nobody_elses_is_seen(house: House) -> None:
    circle = await joined(house)
    id_ = (await tried(house, circle, STOP_WORD)).id
    await house.members.join(BEN, circle.id, frozenset())
    with pytest.raises(ConsentNeeded):
        await house.ladder.begin(BEN, circle.id, STOP_WORD)
    assert not (await house.ladder.standing(BEN, circle.id)).keeps
    for who in (BEN, MARA):
        for touch in (house.ladder.get(who, id_), house.ladder.delete(who, id_),
                      house.ladder.end(who, id_, Ending.DONE)):  # fmt: skip
            with pytest.raises(NoSuchAttempt):
                await touch
    with pytest.raises(NotAMember):
        await house.ladder.standing(MARA, circle.id)


@pytest.mark.parametrize("challenge", CONTENT.challenges, ids=lambda one: one.id)
def test_the_safety_question_comes_before_all_that_involves_another_person(challenge: Prompt) -> None:
    alone = challenge.intensity == 1 or challenge.id in {"bd-201", "bd-204", "bd-206", "bd-208"}
    assert asks_safety(challenge) is not alone
    assert challenge.if_not_safe
    assert challenge.renegotiate
    assert blanks(challenge.script) <= 5


def test_words_are_built_from_their_blanks_and_an_empty_one_stays() -> None:
    assert built("I'm taking ___ minutes. I'll be back at ___.", ["20", " "]) == (
        "I'm taking 20 minutes. I'll be back at ___."
    )
