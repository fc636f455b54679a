"""Seven stops for somebody who sees Trellis for the first time: whom to be, where to look, what to try."""

from bot.demo import _fortnight as fortnight
from bot.demo._cast import Cast
from bot.demo._stage import FACILITATOR, MEMBERS, Stage
from bot.demo._story import ALERT, CHECK_IN, REVIEW
from sandbox import Sandbox, Stop

JOIN = (
    "A circle between its meetings",
    (
        "Five people meet here, and Mara facilitates. You are Robin, who is new. Under the circle's first "
        "post press Join: it says what is kept and who sees it, and you agree to each part by itself."
    ),
)
ANSWER = (
    "One tap is a whole check-in",
    (
        "Choose today's weather; that is all of it, and the answer comes to you alone. The circle sees a "
        "number, never names. Pass for today is a full answer too, and is kept nowhere."
    ),
)
STEADY = (
    "Something to steady yourself, in private",
    (
        "Write “ground me”, or choose /ground. An exercise goes on step by step at your pace, and you can "
        "stop it at any step. No facilitator hears of it."
    ),
)
RETURN = (
    "Two weeks with a gap and a return",
    (
        "Ada keeps one small commitment. Choose /streak: a day that got away is part of the picture, and "
        "coming back is counted. Then choose /privacy: all that is kept about her, to take along or to "
        "delete."
    ),
)
WORDS = (
    "Words go through a person",
    (
        "Chidi has offered words to the circle. You are Mara now: press Read and decide, then Approve, or "
        "ask to reword. What goes up has no name on it, and a Decline needs a reason."
    ),
)
PERSON = (
    "Somebody asked for a person",
    (
        "One evening Dana pressed “I'd like a person”. Facilitators were told at once, and Mara has this "
        "one, so nobody else needs to. Such a card says what was pressed or matched, and is no diagnosis."
    ),
)
PLAN = (
    "Twelve weeks that can be seen and changed",
    (
        "Choose /theme calendar for the plan as a picture, /theme preview for a week before it comes, and "
        "/circle status for what comes next. That is the tour. Be anyone you like now."
    ),
)


def stops(sandbox: Sandbox, stage: Stage, cast: Cast) -> list[Stop]:
    """As they are now: each leads to the newest card of its kind."""
    home, office = stage.home, stage.facilitators
    robin, ada, mara = (sandbox.person(name).user for name in (MEMBERS[0], fortnight.HERS, FACILITATOR))
    return [
        Stop(*JOIN, robin, home, cast.newest(home, "circle:join:")),
        Stop(*ANSWER, robin, home, cast.newest(home, CHECK_IN)),
        Stop(*STEADY, robin, sandbox.world.dm(robin, stage.application.bot)),
        Stop(*RETURN, ada, home),
        Stop(*WORDS, mara, office, cast.newest(office, REVIEW)),
        Stop(*PERSON, mara, office, cast.newest(office, ALERT)),
        Stop(*PLAN, mara, office),
    ]
