"""What is said after a day was logged: texts of bot/content/commitments.yaml, turn by turn.

After a miss no number is said, and no run; a return, a repair and a milestone are met with their own words.
"""

from bot.domain.commitments import Mark, rests_left
from bot.domain.prompts import Content
from bot.domain.streaks import Phase
from bot.services.commitments import Logged
from cogs.speech import say
from cogs.words import lines, text

KEPT = ("cr-kept-2", "cr-kept-1", "cr-kept-3", "cr-kept-4", "cr-kept-7", "cr-kept-8")
SMALL, HARD = "cr-kept-5", "cr-kept-6"
MISSED = ("cr-missed-2", "cr-missed-3", "cr-missed-4", "cr-missed-5", "cr-missed-6", "cr-missed-7")
TOO_BIG, MANY = "cr-missed-8", 3  # misses within two weeks
RETURNED = ("cr-ret-2", "cr-ret-1", "cr-ret-4", "cr-ret-5", "cr-ret-6", "cr-ret-7")
REPAIRED = tuple(f"cr-rep-{n}" for n in range(1, 7))
REST = ("cr-rest-1", "cr-rest-3", "cr-rest-2", "cr-rest-4", "cr-rest-5")
MILESTONES = {1: "cr-mile-1", 7: "cr-mile-2", 21: "cr-mile-3", 50: "cr-mile-4", 100: "cr-mile-5"}
FIRST_RETURN, FIRST_REPAIR, FIRST_CHANGE = "cr-mile-6", "cr-mile-7", "cr-mile-8"
CHANGED = ("cr-chg-1", "cr-chg-2", "cr-chg-3")
PAUSED = ("cr-pau-1", "cr-pau-2", "cr-pau-3")


def after_log(done: Logged, content: Content) -> str:
    """The reply to one entry, with a milestone beneath where it is one."""
    now, before = done.shown.streak, done.before
    said = [_reply(done)]
    if now.kept > before.kept and now.kept in MILESTONES and now.phase is not Phase.AWAY:
        said = [MILESTONES[now.kept]]
    if now.returns > before.returns == 0:
        said.append(FIRST_RETURN)
    if now.repairs > before.repairs == 0:
        said.append(FIRST_REPAIR)
    left = rests_left(done.shown.commitment, done.shown.log, done.day) - 1
    filled = {
        "kept_total": f"**{now.kept}**",
        "kept_recent": f"**{now.recent}**",
        "window_days": "14",
        "rest_left": str(left) if left > 0 else say("none"),
    }
    return lines([text(content, id_, **filled) for id_ in said])


def turn(choices: tuple[str, ...], number: int) -> str:
    """One after the other."""
    return choices[number % len(choices)]


def _reply(done: Logged) -> str:
    now, before = done.shown.streak, done.before
    if done.mark is Mark.MISSED:
        return TOO_BIG if now.missed_recently >= MANY else turn(MISSED, now.missed_recently - 1)
    if done.mark is Mark.REST:
        return turn(REST, done.day.toordinal())
    if done.mark is Mark.REPAIRED:
        return turn(REPAIRED, max(now.repairs - 1, 0))
    if now.phase is Phase.RETURNED and now.returns > before.returns:
        return turn(RETURNED, now.returns - 1)
    if done.hard:
        return HARD
    return SMALL if done.mark is Mark.SMALL else turn(KEPT, max(now.kept - 1, 0))
