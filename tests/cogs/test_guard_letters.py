"""The guard's letters, and the page behind the one to a message's author: what is truly so, and no more."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.accounts import Platform
from bot.domain.alerts import Alert, Source
from bot.domain.circles import Circle, Home, Settings
from bot.domain.ids import AlertId, CircleId, OutboxId
from bot.domain.lines import help_for
from bot.domain.listening.tiers import Tier
from bot.domain.outbox import Letter, Recipient
from bot.services._alerting import Raised
from bot.services.listening import Listened
from cogs.guard import letters
from cogs.safety.scenes import Flag, Page, Scene, Setting, tier_reply
from tests.cogs.house import CONTENT

NOW, ZONE = datetime(2026, 11, 27, tzinfo=UTC), ZoneInfo("Europe/Dublin")


def letter_of(**facts: str | bool) -> tuple[Letter, Circle]:
    """A letter with these facts, and its circle."""
    home = Home(platform=Platform.DISCORD, server="1", channel="2", facilitators="3", role="4")
    circle = Circle(id=CircleId(1), home=home, name="North", settings=Settings(zone=ZONE), made_at=NOW)
    letter = Letter(
        id=OutboxId(1), circle=circle.id, recipient=Recipient.FACILITATORS, kind="guard-trouble", facts=facts,
        written_at=NOW, next_try_at=NOW,
    )  # fmt: skip
    return letter, circle


def told_of_trouble(**facts: str) -> str:
    """What facilitators read of it."""
    return str(letters.trouble(*letter_of(**facts), None, CONTENT)["content"])


def test_a_letter_of_trouble_names_it_and_says_whether_the_guard_acts_meanwhile() -> None:
    told = told_of_trouble(why="too-many-channels", what="65; 50")
    assert "50 at most, and this server has 65 beside" in told
    assert letters.RESTS() in told
    told = told_of_trouble(why="copies-lacking", what="View Channel; Manage Messages")
    assert "I lack: **View Channel**, **Manage Messages**." in told
    assert letters.RESTS() in told
    for facts in ({"why": "no-permission", "what": ""}, {"why": "no-permission"}, {"why": "no-room"}):
        assert letters.RESTS() not in told_of_trouble(**facts)


def test_where_one_message_met_several_the_letter_opens_the_page_that_comes_first() -> None:
    for tiers, page in (
        ("harm_to_other,suicide_passive", "suicide"),
        ("danger_from_other,harm_to_other,self_harm", "danger"),
        ("harm_to_other,self_harm", "harmother"),
    ):
        look = letters.help_offered(*letter_of(tiers=tiers, alerted=True), None, CONTENT)
        ids = [str(item.custom_id) for item in look["view"].children]
        assert all(f":{page}:1:adn-" in id_ for id_ in ids), (
            ids
        )  # it stands in the direct messages, with an alert
        assert look["content"] == CONTENT.texts["sf-s-open"]
        assert look["silent"]


def told_in_danger(tier: Tier | None, *, on_duty: bool = True, flags: frozenset[Flag] | None = None) -> str:
    """The danger page, where an alert of this tier stands (None: it is closed)."""
    home = Home(platform=Platform.DISCORD, server="1", channel="2", facilitators="3", role="4")
    made = Circle(id=CircleId(1), home=home, name="North", settings=Settings(zone=ZONE), made_at=NOW)
    alert = tier and Alert(
        id=AlertId(1),
        circle=made.id,
        source=Source.CHANNEL,
        tier=tier,
        raised_at=NOW,
        asked_at=NOW,
        last_at=NOW,
    )
    raised = Raised(None, on_duty, alert, told=on_duty) if alert else None
    standing = Listened(circle=made, alert_raised=raised, joined=True)
    help_ = help_for(CONTENT.lines, None, NOW.date())
    scene = Scene(Page.DANGER, made.id, frozenset({Flag.ALERTED}) if flags is None else flags)
    return tier_reply(scene, Setting(content=CONTENT, help=help_, standing=standing))


def test_danger_beside_words_that_facilitators_were_told_of_says_what_they_know_and_what_not() -> None:
    told = told_in_danger(Tier.SELF_HARM)
    assert "I've told the facilitator on duty." in told
    assert "says possible self-harm, as a word match, and nothing of danger from another" in told
    assert "No facilitator is reading right now." in told_in_danger(Tier.SELF_HARM, on_duty=False)
    for asked_for in (Tier.NONE, Tier.DANGER_FROM_OTHER):  # at their own press: what of it was told them then
        told = told_in_danger(asked_for)
        assert "I've told the facilitator on duty." in told
        assert "nothing of danger" not in told
    assert CONTENT.texts["sf-x-closed"] in told_in_danger(None)


def test_danger_of_which_nobody_was_told_says_that_and_no_more() -> None:
    told = told_in_danger(Tier.SELF_HARM, flags=frozenset())  # of other words, on another day
    assert CONTENT.texts["sf-x-private-danger"] in told
    assert "facilitator on duty" not in told
    assert (
        "this screen" not in CONTENT.texts["sf-x-private-danger"]
    )  # a channel's message stands elsewhere, too
