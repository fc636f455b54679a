"""What is read of alerts: all of it, however much there is, and nothing that is not so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.accounts import Account, Platform
from bot.domain.alerts import Alert, AlertState, Safe, Source, Step, acknowledged
from bot.domain.circles import Circle, Home, Settings
from bot.domain.ids import AlertId, CircleId, MemberId, OutboxId
from bot.domain.listening.tiers import Tier
from bot.domain.outbox import Letter, Recipient
from bot.services._alerting import TOGETHER, Raised
from bot.services.messenger import AlertNote, AlertShown
from cogs.alerts.letters import alert_look, revised_look
from cogs.alerts.said import on_call_line
from cogs.alerts.telling import _thanks
from cogs.alerts.words import row, said
from cogs.safety.scenes import said_of
from sandbox.validation import check_message
from tests.cogs.house import CONTENT

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LONG = 18446744073709551615  # the longest id (Discord)
LINK = f"https://discord.com/channels/{LONG}/{LONG}/{LONG}"
HOME = Home(platform=Platform.DISCORD, server="9", channel="10", facilitators="11", role=str(LONG))
CIRCLE = Circle(
    id=CircleId(1),
    home=HOME,
    name="North",
    settings=Settings(zone=ZoneInfo("Europe/London")),
    made_at=NOW,
)
ADA, MARA = Account(Platform.DISCORD, str(LONG)), Account(Platform.DISCORD, str(LONG - 1))


def alert(number: int = 1, **given: Any) -> Alert:
    made = Alert(
        id=AlertId(number),
        circle=CIRCLE.id,
        source=Source.MATCH,
        tier=Tier.SUICIDE_ACTIVE,
        member=MemberId(1),
        raised_at=NOW,
        asked_at=NOW,
        last_at=NOW,
    )
    return replace(made, **given)


def shown(it: Alert) -> AlertShown:
    return AlertShown(alert=it, account=ADA)


def note(*alerts: Alert, **given: Any) -> AlertNote:
    letter = Letter(
        id=OutboxId(1),
        circle=CIRCLE.id,
        recipient=Recipient.FACILITATORS,
        kind="alert",
        written_at=NOW,
        next_try_at=NOW,
    )
    given = {"now": NOW + timedelta(minutes=5), "steps": (Step.SAME,), "role": True, **given}
    return AlertNote(circle=CIRCLE, letter=letter, alerts=tuple(map(shown, alerts)), **given)


def test_each_alert_of_a_full_letter_is_in_it_whole_however_much_is_said_of_each() -> None:
    also = frozenset({Source.PRESSED, Source.UNDELIVERED})
    for more in ({}, {"link": LINK}, {"link": LINK, "also": also, "safe": "at", "holder": MARA}):
        state = AlertState.ACKNOWLEDGED if "holder" in more else AlertState.OPEN
        full = note(*(alert(number, state=state, **more) for number in range(1, TOGETHER + 1)))
        for look in (alert_look(full, CONTENT), revised_look(full, CONTENT)):
            rows = look["embed"].description.splitlines()
            assert len(rows) == TOGETHER
            assert all(f"<@{ADA.id}>" in each for each in rows)
            assert rows[-1].endswith(("has it.", "Nobody has it yet."))
            check_message({"content": look["content"], "embeds": [look["embed"].to_dict()]})
    few = note(*(alert(number, link=LINK) for number in range(1, 4)))
    assert alert_look(few, CONTENT)["embed"].description.count(LINK) == 3


def test_a_letter_says_how_long_the_one_waits_that_nobody_has() -> None:
    taken = acknowledged(alert(asked_at=NOW - timedelta(hours=3)), MARA, NOW)
    said_ = alert_look(note(taken, alert(2)), CONTENT)["content"]
    assert "No one has taken this alert for 5 minutes" in said_


def test_that_somebody_may_not_be_safe_is_said_beside_all_else() -> None:
    it = alert(also=frozenset({Source.PRESSED}), wished=frozenset({Tier.DANGER_FROM_OTHER}), safe="no")
    card = said(shown(it), CIRCLE, CONTENT)
    for words in ("may not be safe at home", "possible thoughts of suicide", "pressed Ask a facilitator"):
        assert words in card
    assert row(1, shown(it), CONTENT).startswith(
        "**1** possible danger from another person, word match: possible thoughts of suicide, "
        "would like a person (no message here)"
    )


@pytest.mark.parametrize("safe", [None, *Safe])
def test_a_row_says_whether_a_private_message_is_safe_once_they_said_so(safe: Safe | None) -> None:
    it = alert(source=Source.PRESSED, tier=Tier.NONE, safe=safe.value if safe else None)
    assert ("would like a person (" in row(1, shown(it), CONTENT)) is (safe is not None)


@pytest.mark.parametrize("on_duty", [True, False])
@pytest.mark.parametrize("told", [True, False])
def test_where_somebody_has_it_nothing_else_is_said_of_who_reads(on_duty: bool, told: bool) -> None:
    taken = acknowledged(alert(), MARA, NOW)
    raised = Raised(None, on_duty, taken, told)
    expected = f"A facilitator took it up <t:{int(NOW.timestamp())}:R>."
    assert on_call_line(CONTENT, CIRCLE, raised) == said_of(CONTENT, CIRCLE, raised) == expected
    thanks = _thanks(CONTENT, CIRCLE, raised).text  # to who told of a message that was told of before
    assert expected in thanks
    assert CONTENT.texts["sf-s-duty-none"] not in thanks
