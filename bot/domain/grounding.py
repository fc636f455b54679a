"""An exercise as it is walked through: what is asked first, each step in its time, and the ways out of it.

Values over time alone. Nothing starts that was not picked; what looks outward is offered before what looks
inward; Stop works everywhere; what was asked may be left unanswered. A step with seconds goes on by itself
and a tap may move it sooner; a step that waits for a tap waits without limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.prompts import Content, Exercise

RATINGS = range(11)  # 0 to 10 (content/grounding.yaml, defaults.rating)
IDLE = timedelta(hours=2)  # without a tap for so long, a run ends quietly
TOLERANCE = timedelta(seconds=1)  # a step later than this begins a new count, so that it is not cut short


class Phase(StrEnum):
    """Where somebody is."""

    SAFE = "safe"  # asked whether it is safe enough
    UNSAFE = "unsafe"  # it isn't; help is at hand
    CHOOSE = "choose"  # among the kinds
    OFFER = "offer"  # one exercise, with what is good to know before it
    BEFORE = "before"  # asked for a number
    HIGH = "high"  # it was high; a person is offered
    STEP = "step"
    AFTER = "after"  # asked for a number again


class Act(StrEnum):
    """What can be pressed while it goes on."""

    SAFE = "safe"
    UNASKED = "unasked"  # "skip this question"
    NOT_SAFE = "not-safe"
    HIDE = "hide"
    KIND = "kind"
    PICK = "pick"
    BEGIN = "begin"
    RATE = "rate"
    SKIP = "skip"
    GO_ON = "go-on"  # an exercise, though the number was high
    NOT_NOW = "not-now"
    NEXT = "next"
    PICTURE = "picture"
    WORDS = "words"
    WORSE = "worse"  # it made things worse: said without a number
    ANOTHER = "another"
    STOP = "stop"


PICTURES = frozenset({Act.PICTURE, Act.WORDS})


class Ending(StrEnum):
    """How it ended; each is a good way to end."""

    STOPPED = "stopped"
    HIDDEN = "hidden"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNRATED = "unrated"


@dataclass(frozen=True, slots=True)
class Press:
    """A tap; `value` is a kind, an exercise's id, a number, or the number of the step that was shown."""

    act: Act
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One person's way through one exercise."""

    touched_at: datetime  # the last tap
    phase: Phase = Phase.SAFE
    exercise: str | None = None  # offered or picked, by id
    minutes: int | None = None  # about how long it may take
    step: int = 0
    began: datetime | None = None  # this step, by the run's own clock
    due: datetime | None = None  # when it goes on by itself; None: it waits for a tap
    before: int | None = field(default=None, repr=False)
    picture: bool = False  # the breathing picture is on


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What is left of a run at its end; it is said once and kept nowhere, save ratings where switched on."""

    how: Ending
    exercise: str | None
    before: int | None = field(default=None, repr=False)
    after: int | None = field(default=None, repr=False)


def begun(now: datetime, exercise: str | None = None, minutes: int | None = None) -> Run:
    """A run at its very first question; the exercise is offered later and never started by itself."""
    return Run(touched_at=now, exercise=exercise, minutes=minutes)


def begun_again(content: Content, now: datetime, kind: str | None = None, without: str | None = None) -> Run:
    """Another one, right after one ended: at the choice, or at what a kind has besides `without`."""
    run = Run(touched_at=now, phase=Phase.CHOOSE)
    return _kind(run, kind, content, without) if kind in content.exercise_kinds else run


def pressed(
    run: Run, press: Press, content: Content, now: datetime, spread: timedelta = timedelta(0)
) -> Run | Ended:
    """After a tap. One that does not belong to where the run is (an older card's) changes nothing.

    `spread` is added to the first timed step after a tap, so that many who tap together are not due together.
    """
    touched = replace(run, touched_at=now)
    if press.act is Act.STOP or (press.act is Act.NOT_NOW and run.phase is Phase.HIGH):
        return Ended(how=Ending.STOPPED, exercise=run.exercise)
    if press.act is Act.NOT_SAFE:
        return replace(begun(now, run.exercise, run.minutes), phase=Phase.UNSAFE)
    if press.act is Act.HIDE:
        return Ended(how=Ending.HIDDEN, exercise=None)
    if press.act is Act.ANOTHER and run.phase not in (Phase.SAFE, Phase.UNSAFE):
        return _chosen_anew(touched)
    if run.phase is Phase.STEP:
        return _in_step(touched, press, content, now, spread)
    if run.phase is Phase.AFTER:
        return _after(touched, press)
    return _ahead(touched, press, content, now, spread)


def moved_on(run: Run, content: Content, now: datetime) -> Run:
    """What the clock says: the next step where this one's time is over.

    The next one begins when this one was due, so that nothing adds up; after a stall it begins now.
    """
    if run.due is None or now < run.due:
        return run
    return _to(run, run.step + 1, content, run.due if now - run.due <= TOLERANCE else now)


def shown_late(run: Run, content: Content, at: datetime) -> Run:
    """A step that came onto the screen only `at` gets its whole time from there, save for a tolerance."""
    if run.began is None or at - run.began <= TOLERANCE:
        return run
    return _to(run, run.step, content, at)


def waiting(run: Run) -> Run:
    """Held until the next tap, where it cannot be shown meanwhile."""
    return replace(run, due=None)


def ends_at(run: Run) -> datetime:
    """When it ends quietly, if nobody taps."""
    return run.touched_at + IDLE


def exercise_of(content: Content, id_: str | None) -> Exercise | None:
    """By its id."""
    return next((one for one in content.exercises if one.id == id_), None)


def named(content: Content, given: str) -> Exercise | None:
    """By its id, or by its title as somebody types it."""
    typed = " ".join(given.casefold().split())
    return next((one for one in content.exercises if typed in (one.id, one.title.casefold())), None)


def in_order(content: Content) -> list[Exercise]:
    """All of them, in the order in which kinds are offered: outward first, breath last."""
    kinds = list(content.exercise_kinds)
    return sorted(content.exercises, key=lambda one: kinds.index(one.kind))


def of_kind(content: Content, kind: str, minutes: int | None = None) -> list[Exercise]:
    """A kind's, the gentlest first; with `minutes` those nearest to it."""
    own = [one for one in content.exercises if one.kind == kind]
    if minutes is not None:
        off = min((abs(one.minutes - minutes) for one in own), default=0)
        own = [one for one in own if abs(one.minutes - minutes) == off]
    return sorted(own, key=lambda one: one.intensity)


def outward(content: Content) -> str:
    """The kind that looks outward most."""
    return next(iter(content.exercise_kinds))


def compared(before: int | None, after: int | None) -> Ending:
    """How two numbers go together."""
    if before is None or after is None:
        return Ending.UNRATED
    if after == before:
        return Ending.SAME
    return Ending.BETTER if after < before else Ending.WORSE


def _ahead(run: Run, press: Press, content: Content, now: datetime, spread: timedelta) -> Run:
    """Before the first step."""
    act, phase = press.act, run.phase
    if phase in (Phase.SAFE, Phase.UNSAFE):
        return _is_safe(run, act)
    if act is Act.KIND and press.value in content.exercise_kinds:
        return _kind(run, press.value, content)
    if act is Act.PICK and exercise_of(content, press.value) is not None:
        return replace(_chosen_anew(run), phase=Phase.OFFER, exercise=press.value)
    if phase is Phase.OFFER and act in PICTURES:
        return _pictured(run, act, content)
    if phase is Phase.OFFER and act is Act.BEGIN:
        return replace(run, phase=Phase.BEFORE)
    if phase is Phase.BEFORE and act is Act.RATE:
        return _rated(run, press.value, content, now, spread)
    if (phase, act) in ((Phase.BEFORE, Act.SKIP), (Phase.HIGH, Act.GO_ON)):
        return _first(run, content, now, spread)
    return run


def _is_safe(run: Run, act: Act) -> Run:
    if act in (Act.SAFE, Act.UNASKED):
        return replace(run, phase=Phase.OFFER if run.exercise else Phase.CHOOSE)
    return run


def _kind(run: Run, kind: str | None, content: Content, without: str | None = None) -> Run:
    fitting = of_kind(content, kind or outward(content), run.minutes)
    first = next((one for one in fitting if one.id != without), fitting[0])
    return replace(_chosen_anew(run), phase=Phase.OFFER, exercise=first.id)


def _chosen_anew(run: Run) -> Run:
    return Run(touched_at=run.touched_at, phase=Phase.CHOOSE, minutes=run.minutes)


def _rated(run: Run, value: str, content: Content, now: datetime, spread: timedelta) -> Run:
    number = _number(value)
    if number is None:
        return run
    if number >= content.high_rating:
        return replace(run, phase=Phase.HIGH, before=number)
    return _first(replace(run, before=number), content, now, spread)


def _first(run: Run, content: Content, now: datetime, spread: timedelta) -> Run:
    return _spread(_to(run, 0, content, now), spread)


def _in_step(run: Run, press: Press, content: Content, now: datetime, spread: timedelta) -> Run:
    if press.act is Act.NEXT and press.value == str(run.step):
        return _spread(_to(run, run.step + 1, content, now), spread)
    return _a_moment(_pictured(run, press.act, content), now) if press.act in PICTURES else run


def _pictured(run: Run, act: Act, content: Content) -> Run:
    exercise = exercise_of(content, run.exercise)
    has_one = exercise is not None and exercise.breath is not None
    return replace(run, picture=has_one and act is Act.PICTURE)


def _after(run: Run, press: Press) -> Run | Ended:
    if press.act is Act.WORSE:
        return Ended(how=Ending.WORSE, exercise=run.exercise)
    if press.act is Act.SKIP:
        return Ended(how=Ending.UNRATED, exercise=run.exercise)
    number = _number(press.value) if press.act is Act.RATE else None
    if number is None:
        return run
    how = compared(run.before, number)
    return Ended(how=how, exercise=run.exercise, before=run.before, after=number)


def _to(run: Run, step: int, content: Content, began: datetime) -> Run:
    """At a step that begins then; past the last one, at the question after."""
    exercise = exercise_of(content, run.exercise)
    steps: Sequence[int | None] = [each.seconds for each in exercise.steps] if exercise else []
    if step >= len(steps):
        return replace(run, phase=Phase.AFTER, began=None, due=None, picture=False)
    seconds = steps[step]
    due = None if seconds is None else began + timedelta(seconds=seconds)
    return replace(run, phase=Phase.STEP, step=step, began=began, due=due)


def _a_moment(run: Run, now: datetime) -> Run:
    """What a tap has changed is seen before it goes on by itself."""
    return run if run.due is None else replace(run, due=max(run.due, now + TOLERANCE))


def _spread(run: Run, spread: timedelta) -> Run:
    return run if run.due is None else replace(run, due=run.due + spread)


def _number(value: str) -> int | None:
    return int(value) if value in map(str, RATINGS) else None
