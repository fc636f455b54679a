"""How an alert is said, to facilitators and to who raised it; no word twice, and nothing offered too late."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.accounts import Account, Platform
from bot.domain.alerts import Alert, AlertState, Source
from bot.domain.circles import Circle, Home, Settings
from bot.domain.ids import AlertId, CircleId
from bot.domain.listening.tiers import Tier
from bot.services._standing import Standing
from bot.services.messenger import AlertShown
from cogs.alerts.answering import HAS_ANYONE, TELL_ME, standing_look
from cogs.alerts.words import row, said
from tests.pack import CONTENT

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHANNEL = "https://discord.com/channels/1/2"
CIRCLE = Circle(
    id=CircleId(1),
    home=Home(platform=Platform.DISCORD, server="1", channel="2", facilitators="3", role="4"),
    name="North",
    settings=Settings(zone=ZoneInfo("Europe/Berlin")),
    made_at=NOON,
)
ALERT = Alert(
    id=AlertId(1),
    circle=CIRCLE.id,
    source=Source.CHANNEL,
    tier=Tier.SELF_HARM,
    raised_at=NOON,
    asked_at=NOON,
    last_at=NOON,
)


def shown(alert: Alert) -> AlertShown:
    return AlertShown(alert=alert, account=Account(Platform.DISCORD, "5"))


def test_a_link_stands_there_only_where_it_leads_to_a_message() -> None:
    for link, times in ((CHANNEL, 0), (f"{CHANNEL}/7", 1)):
        alert = replace(ALERT, link=link)
        assert said(shown(alert), CIRCLE, CONTENT).count("https://") == times
        assert row(1, shown(alert), CONTENT).count("https://") == times


def test_how_often_it_was_raised_is_said_once() -> None:
    again = replace(ALERT, times=3)
    for alert in (again, replace(again, state=AlertState.ACKNOWLEDGED, taken_at=NOON)):
        words = said(shown(alert), CIRCLE, CONTENT)
        assert words.count("Raised ") == 1
        assert ", 3 times in all, the last " in words
    assert "times in all" not in said(shown(ALERT), CIRCLE, CONTENT)


def test_a_word_once_somebody_has_it_is_offered_while_nobody_has() -> None:
    standing = Standing(
        circle=CIRCLE,
        alert=ALERT.id,
        raised_at=NOON,
        times=1,
        state=AlertState.OPEN,
        taken_at=None,
        closed_at=None,
        member=True,
        on_duty=True,
        told=True,
        mine=True,
    )
    taken = replace(standing, state=AlertState.ACKNOWLEDGED, taken_at=NOON)
    for now, labels in ((standing, [HAS_ANYONE(), TELL_ME()]), (taken, [HAS_ANYONE()])):
        view = standing_look(now, CONTENT).view
        assert view is not None
        assert [each["label"] for each in view.to_components()[0]["components"]] == labels
