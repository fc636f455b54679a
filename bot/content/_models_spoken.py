"""The shape of the two files whose features are only partly built: commitments.yaml and safety.yaml."""

from typing import Any, Literal

from bot.content._models import Buttons, File, Item, Label, Labelled, Line, Readers, Refs, Strict, Text


class NotFor(Line):
    """What a commitment is no place for."""

    label: Label


class NotForAll(Strict):
    """The head of those."""

    text: Text
    categories: list[NotFor]


class Example(Item):
    """A commitment as an example."""

    cadence: Literal["daily", "weekly", "when_then"]
    see_hear: Text
    if_then: Text
    smallest: Text
    audience: Readers
    theme: str


class Commitments(File):
    """commitments.yaml."""

    kind: Literal["commitments"]
    placeholders: dict[str, str]
    rules: dict[str, Any]
    not_for: NotForAll
    wizard: list[Line]
    ui_labels: list[Labelled]
    examples: list[Example]
    responses: dict[str, Any]  # lists of lines by occasion, and response_meta
    encouragements: list[Line]  # ready words from one who walks alongside
    review_card: Line


class HelpLine(Strict):
    """A crisis line; shown with a warning until a person has verified it."""

    id: str
    region: str
    kind: Literal["crisis", "abuse", "child"]
    label: Text
    verified_on: str | None
    note: str | None = None
    sources: Refs


class Tier(Line):
    """A crisis reply."""

    tier: str
    tier_label: Label
    next: list[str]
    alert: str
    alert_note: str | None = None


class Crisis(Strict):
    """What is answered where a word list matched."""

    rules: list[Line]
    tiers: list[Tier]
    steps: list[Line]
    public_notes: list[Line]


class Alerts(Strict):
    """What facilitators are told."""

    rules: str
    texts: list[Line]


class Decline(Strict):
    """A reason for declining a share, and its text for the author."""

    id: str
    reason: str
    text: Text


class DeclineMeta(Strict):
    """What all of those share."""

    buttons: Buttons
    seed: Refs
    sources: Refs


class Moderation(Strict):
    """The review of shares."""

    held: list[Line]
    declines: list[Decline]
    decline_meta: DeclineMeta
    covers: list[Line]
    appeal: Line
    report_thanks: Line
    timeout: Line


class PrivateHelp(File):
    """private_help.yaml."""

    kind: Literal["private_help"]
    texts: list[Line]


class Safety(File):
    """safety.yaml."""

    kind: Literal["safety"]
    placeholders: dict[str, str]
    render_rule: str
    lines_fallback: Line
    help_lines: list[HelpLine]
    crisis: Crisis
    alerts: Alerts
    disclaimers: list[Line]
    group_agreement: Line
    consent: list[Line]
    moderation: Moderation
    service: list[Line]
