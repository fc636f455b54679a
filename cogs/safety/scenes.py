"""What is shown in private after a match: one message, in which each press only changes what stands.

So there is one message to hide, and nothing of it stays behind. A custom id carries which page it is, the
circle that can be asked, and a few letters of what is so (`Flag`); all else is read again at each press.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

import discord

from bot.domain.alerts import AlertState
from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.domain.lines import Help
from bot.domain.listening.tiers import Tier
from bot.domain.prompts import Content, Reply
from bot.services._alerting import Raised
from bot.services.listening import Listened
from cogs.actors import Interaction, actor_of
from cogs.alerts.said import on_call_line
from cogs.embeds import calm
from cogs.help_now.said import filled
from cogs.items import ROW_ID
from cogs.places import channel_id
from cogs.sentences import stamp
from cogs.speech import Phrase
from cogs.words import lines, text

NO_HOURS = Phrase("they haven't set any, so I can't say when")
NO_CIRCLE = Phrase("none of yours, as you're in no circle with me")
BODY = 4000  # characters of an embed's description, with room to spare (Discord: 4,096)


NOBODY = CircleId(0)  # no circle that can be asked


class Page(StrEnum):
    """The texts of safety.yaml (`sf-t-…`), and the next day's word."""

    DISTRESS = "distress"
    SELFHARM = "selfharm"
    SUICIDE = "suicide"
    DANGER = "danger"
    HARMOTHER = "harmother"
    MEDICAL = "medical"
    CHILD = "child"
    FOLLOW = "follow"


class Flag(StrEnum):
    """What is so of a message."""

    NEUTRAL = "n"  # it began with the neutral note, so it can be hidden
    HERE = "d"  # it stands in the direct messages, so it can be hidden
    SAFE = "s"  # they said that it is safe for messages to come here
    ALERTED = "a"  # an alert stands for just this
    HELD = "h"  # words of theirs wait in review with a mark
    DANGER = "x"  # they came here from the danger page


PAGE_OF = {
    Tier.DISTRESS: Page.DISTRESS,
    Tier.SELF_HARM: Page.SELFHARM,
    Tier.SUICIDE_PASSIVE: Page.SUICIDE,
    Tier.SUICIDE_ACTIVE: Page.SUICIDE,
    Tier.DANGER_FROM_OTHER: Page.DANGER,
    Tier.HARM_TO_OTHER: Page.HARMOTHER,
}
TIER_OF = {  # what facilitators read of it where a member presses for one
    Page.DISTRESS: Tier.DISTRESS,
    Page.SELFHARM: Tier.SELF_HARM,
    Page.SUICIDE: Tier.SUICIDE_ACTIVE,
    Page.DANGER: Tier.DANGER_FROM_OTHER,
    Page.HARMOTHER: Tier.HARM_TO_OTHER,
    Page.MEDICAL: Tier.SELF_HARM,
    Page.CHILD: Tier.NONE,
    Page.FOLLOW: Tier.NONE,
}
PRESSING = frozenset({Page.MEDICAL, Page.CHILD})  # asked from here it is urgent, whatever tier they read of
NOBODY_TOLD = {  # where the words for it are others than sf-s-noalert
    Page.DANGER: "sf-x-private-danger",  # a message in a channel may stand there for all to read
    Page.HARMOTHER: "sf-x-private-harm",
}
PLACE = rf"(?P<page>{'|'.join(Page)}):(?P<circle>{ROW_ID}):(?P<flags>[{''.join(Flag)}]{{0,6}}-)"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where one is: the page, the circle whose facilitators can be asked (0: none), and what is so."""

    page: Page
    circle: CircleId = NOBODY
    flags: frozenset[Flag] = frozenset()

    def id(self, step: str) -> str:
        """The custom id of a step from here."""
        return f"safety:{step}:{self.page}:{self.circle}:{''.join(sorted(self.flags))}-"

    def having(self, *flags: Flag) -> "Scene":
        """With these flags too."""
        return replace(self, flags=self.flags | frozenset(flags))

    @property
    def came_from(self) -> Page | None:
        """The page that one turned over to come here; None where it is the first."""
        if self.page is Page.MEDICAL:
            return Page.SELFHARM
        if self.page is Page.CHILD:
            return Page.DANGER if Flag.DANGER in self.flags else Page.HARMOTHER
        return None

    @property
    def answers(self) -> frozenset[Tier]:
        """Whose matches it answers; one that was turned over to, those of the first."""
        first = self.came_from or self.page
        return frozenset(tier for tier, page in PAGE_OF.items() if page is first)

    @property
    def hides(self) -> bool:
        """Whether a button hides it; the danger page has one of its own."""
        return bool(self.flags & {Flag.NEUTRAL, Flag.HERE}) and self.page is not Page.DANGER

    @property
    def text_id(self) -> str:
        """Of its text."""
        return "sf-s-follow" if self.page is Page.FOLLOW else f"sf-t-{self.page}"


def scene_of(match: re.Match[str]) -> Scene:
    """From a custom id."""
    flags = frozenset(Flag(each) for each in match["flags"].rstrip("-"))
    return Scene(Page(match["page"]), CircleId(int(match["circle"])), flags)


def scene_for(listened: Listened, *flags: Flag) -> Scene:
    """Where what was heard leads."""
    so = {
        Flag.NEUTRAL: listened.opener,
        Flag.ALERTED: listened.alert_raised is not None,
        Flag.HELD: listened.held,
    }
    circle = listened.circle.id if listened.circle is not None and listened.joined else NOBODY
    given = frozenset(flags) | {flag for flag, holds in so.items() if holds}
    return Scene(PAGE_OF[listened.tier], circle, given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a page is filled with."""

    content: Content
    help: Help
    standing: Listened


def tier_reply(scene: Scene, setting: Setting) -> str:
    """The page's text of safety.yaml, all of it filled in, and what else is so."""
    content, standing = setting.content, setting.standing
    told = _on_call(scene, setting)
    more = [told] if _has_no_place_for_it(scene, content) else []
    if Flag.HELD in scene.flags:
        more.append(text(content, "sf-x-held"))
    said = filled(
        content,
        scene.text_id,
        setting.help,
        *more,
        hours=hours(standing.circle),
        on_call_line=told,
    )
    rest = standing.rests_until
    practice = standing.practice_rests and scene.page is Page.DANGER
    return lines(
        [
            said,
            f"-# {text(content, 'sf-x-rest', date=stamp(rest, 'f'))}" if rest is not None else "",
            f"-# {text(content, 'sf-x-rest-practice')}" if practice else "",
        ]
    )


async def setting_of(interaction: Interaction, scene: Scene) -> Setting:
    """All of it as it stands now; what cannot be read is left out, and help is there all the same."""
    services, actor = interaction.client.services, actor_of(interaction)
    return Setting(
        content=interaction.client.content,
        help=await services.lines.help_for(actor, channel=str(channel_id(interaction))),
        standing=await services.listening.standing(actor, scene.circle, TIER_OF[scene.page]),
    )


def step_text(setting: Setting, id_: str) -> str:
    """A text of a step, filled in."""
    return filled(setting.content, id_, setting.help, hours=hours(setting.standing.circle))


def page_embed(scene: Scene, setting: Setting, said: str | None = None) -> discord.Embed:
    """The page as a card; `said` in the place of its text."""
    reply = reply_of(scene, setting.content)
    title = reply.title if reply is not None and said is None else None
    return calm(title=title, description=(said or tier_reply(scene, setting))[:BODY])


def reply_of(scene: Scene, content: Content) -> Reply | None:
    """The page's title and buttons; None for the next day's word."""
    return content.replies.get(scene.text_id)


def label_of(tier: Tier, content: Content) -> str:
    """What facilitators read of a tier."""
    return content.replies[f"sf-t-{PAGE_OF[tier]}"].label


def hours(circle: Circle | None) -> str:
    """In which hours facilitators read, within a sentence."""
    if circle is None:
        return NO_CIRCLE()
    return circle.settings.hours or NO_HOURS()


def _has_no_place_for_it(scene: Scene, content: Content) -> bool:
    """Whether the page's text leaves out if anybody was told, where that is to be said (sf-rule-02).

    In danger from another it always is; on other pages such as distress, where somebody was told.
    """
    to_be_said = scene.page is Page.DANGER or Flag.ALERTED in scene.flags
    return to_be_said and "{on_call_line}" not in content.texts[scene.text_id]


def _on_call(scene: Scene, setting: Setting) -> str:
    """Whether anybody was told of just this; never empty."""
    standing = setting.standing
    if Flag.ALERTED in scene.flags:
        if standing.circle is None:
            return text(setting.content, "sf-x-unknown")
        if standing.alert_raised is None:
            return text(setting.content, "sf-x-closed")
        said = said_of(setting.content, standing.circle, standing.alert_raised)
        return f"{said} {_of_what(scene, setting.content, standing.alert_raised)}".rstrip()
    if Flag.HELD in scene.flags:
        return text(setting.content, "sf-x-held-only")
    return text(setting.content, NOBODY_TOLD.get(scene.page, "sf-s-noalert"))


def _of_what(scene: Scene, content: Content, raised: Raised) -> str:
    """On the danger page: that the alert is of other words in the message, and tells nothing of danger."""
    alert = raised.standing
    if scene.page is not Page.DANGER or alert is None:
        return ""
    if alert.tier is Tier.NONE or Tier.DANGER_FROM_OTHER in alert.tiers:
        return ""
    return text(content, "sf-x-only", tier_label=label_of(alert.tier, content))


def said_of(content: Content, circle: Circle, raised: Raised) -> str:
    """Whether anybody was told, and whether anyone reads; a note that has not arrived is on its way."""
    waits = raised.standing is not None and raised.standing.state is AlertState.OPEN and not raised.told
    if waits and raised.on_duty:
        return text(content, "sf-x-way")
    return on_call_line(content, circle, raised)
