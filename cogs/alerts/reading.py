"""The note of an alert: what whom it is about, or who told it, gave for the facilitators to read."""

from bot.domain.alerts import Concern
from bot.domain.prompts import Content
from bot.services.alerts import AlertRead
from cogs.alerts.words import said
from cogs.embeds import calm
from cogs.errors import Told
from cogs.harmless import harmless
from cogs.items import Panel
from cogs.sentences import stamp
from cogs.speech import Phrase, say
from cogs.words import clipped

CONCERNS = {
    Concern.WORRIED: Phrase("Worried about someone"),
    Concern.AGREEMENT: Phrase("Something breaks our agreement"),
    Concern.OTHER: Phrase("Something else"),
}
NAMED = {True: Phrase("named"), False: Phrase("name not shown")}
NO_WORDS = Phrase("No words were given with it.")
FIELD = 1024  # characters (Discord)


def note_look(found: AlertRead, content: Content, view: Panel) -> Told:
    """Everything, for this facilitator's eyes alone."""
    alert = found.shown.alert
    embed = calm(title=say("What goes with it"))
    if alert.words:
        embed.add_field(name=say("Their words, as they agreed"), value=_quoted(alert.words), inline=False)
    if alert.when:
        embed.add_field(name=say("When a private message is fine"), value=_quoted(alert.when), inline=False)
    for report in found.reports[:5]:
        name = f"{CONCERNS[report.concern]} · {NAMED[report.named]}"
        who = f"<@{report.account.id}>, {stamp(report.at, 'f')}" if report.named else stamp(report.at, "f")
        words = _quoted(report.words) if report.words else NO_WORDS()
        embed.add_field(name=name, value=clipped(f"{words}\n-# {who}", FIELD), inline=False)
    if not embed.fields:
        embed.description = NO_WORDS()
    return Told(said(found.shown, found.circle, content), embed=embed, view=view)


def _quoted(words: str) -> str:
    return clipped(harmless(words), FIELD)
