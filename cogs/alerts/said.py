"""What is truly said of an alert: whether anybody was told, whether anybody reads, and when."""

from bot.domain.alerts import AlertState
from bot.domain.circles import Circle
from bot.domain.prompts import Content
from bot.services._alerting import Raised
from cogs.harmless import harmless
from cogs.sentences import stamp
from cogs.speech import Phrase
from cogs.words import text

ON_CALL = Phrase("the facilitator on duty")


def on_call_line(content: Content, circle: Circle, raised: Raised | None) -> str:
    """`{on_call_line}` of a safety reply; never empty.

    Where somebody has it already, that is what is said. "I've told …" only once a letter has arrived
    (`raised.told`) and somebody is on duty to read it; "no facilitator is reading" where an alert waits; "I
    haven't told anyone" where there is none.
    """
    if raised is None or raised.standing is None:
        return text(content, "sf-s-noalert")
    alert = raised.standing
    if alert.state is AlertState.ACKNOWLEDGED:
        return text(content, "sf-s-answer-taken", time=stamp(alert.taken_at or alert.raised_at, "R"))
    hours, time = harmless(circle.settings.hours), harmless(circle.settings.response_time)
    if raised.told and raised.on_duty:
        if hours and time:
            return text(content, "sf-s-oncall", on_call=ON_CALL(), hours=hours, response_time=time)
        return text(content, "sf-s-oncall-open", on_call=ON_CALL())
    if hours:
        return text(content, "sf-s-nooncall", hours=hours)
    return text(content, "sf-s-nooncall-open")


def hours_line(content: Content, circle: Circle) -> str:
    """In which hours facilitators read, where the circle has said so; else that nobody can say when."""
    if circle.settings.hours:
        return text(content, "sf-d-hours", hours=harmless(circle.settings.hours))
    return text(content, "sf-d-hours-open")
