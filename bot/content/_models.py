"""The shape of each content file; a field that is not named here, or of another kind, is refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

POST = 1800  # characters of a rendered post: Discord takes 2,000, the rest is for what is filled in
LABEL = 40  # characters of a button or option: Discord takes 80, phones show about half
BUTTONS = 5  # in a row: Discord

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=POST)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=LABEL)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Buttons = Annotated[list[Label], Field(min_length=1, max_length=BUTTONS)]
Intensity = Annotated[int, Field(ge=1, le=3)]
Refs = Annotated[list[str], Field(min_length=1)]
Readers = Literal["all", "betrayed", "who_broke_trust", "family", "friends"]
Share = Literal["channel", "either", "private"]


class Strict(BaseModel):
    """Nothing converted, nothing passed over, nothing changed later."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class File(Strict):
    """The head that every file has."""

    schema_version: Literal[1]
    kind: str
    language: Literal["en"]
    review: dict[str, str | None]


class Line(Strict):
    """A text with its id, and where it comes from."""

    id: Id
    text: Text
    title: Title | None = None
    buttons: Buttons | None = None
    note: str | None = None
    when: str | None = None
    use: str | None = None
    seed: Refs | None = None
    sources: Refs | None = None


class Labelled(Strict):
    """A button's or kind's label."""

    id: Id
    label: Label


class Item(Strict):
    """What all texts of the curriculum have."""

    id: Id
    title: Title
    text: Text
    intensity: Intensity
    tags: Refs
    seed: Refs
    sources: Refs


# ---- check_ins.yaml


class Scale(Strict):
    """A question with options; a select in the form."""

    id: Id
    title: Title
    text: Text
    options: Annotated[list[Label], Field(min_length=2, max_length=25)]  # Discord: 25 options
    multiple: bool
    offer_grounding_at: list[Label] = []
    offer_text: Text | None = None
    seed: Refs
    sources: Refs


class CheckIn(Item):
    """One prompt; `kind` is its family, two of which are kept for occasions."""

    kind: str
    scales: list[str] = []
    theme: str
    share: Share
    audience: Readers

    @property
    def occasion(self) -> str:
        """weekend, hard_day or any."""
        return self.kind if self.kind in ("weekend", "hard_day") else "any"


class CheckIns(File):
    """check_ins.yaml."""

    kind: Literal["check_ins"]
    audience_rule: Line
    buttons: list[Labelled]
    reply_wishes: Line
    scales: list[Scale]
    bot_replies: list[Line]
    prompts: Annotated[list[CheckIn], Field(min_length=1)]


# ---- themes.yaml


class Daily(Strict):
    """A theme's prompt for one day of its week."""

    id: Id
    day: Annotated[int, Field(ge=1, le=7)]
    text: Text
    share: Share
    intensity: Intensity
    seed: Refs


class Practice(Line):
    """What a theme's week practises."""

    kind: str
    reply_template: Text | None = None
    flow: list[Text] | None = None
    flow_note: str | None = None


class Theme(Item):
    """A week of the curriculum."""

    slug: str
    week: int
    intention: Text
    daily_prompts: list[Daily]
    boundary_challenge: str
    practice: Practice
    closing_question: Text
    facilitator_notes: Text
    grounding: list[str]
    commitments: list[str]


class Themes(File):
    """themes.yaml."""

    kind: Literal["themes"]
    post_order: list[str]
    post_order_reason: str
    themes: Annotated[list[Theme], Field(min_length=1)]


# ---- boundaries.yaml


class Rung(Strict):
    """One of the ladder's three."""

    intensity: Intensity
    title: Title
    text: Text


class SafetyQuestion(Line):
    """Asked before a rung that involves another person."""

    unsure: Line


class Challenge(Item):
    """A boundary practice."""

    domain: str  # of bot.domain.areas
    minutes: Annotated[int, Field(ge=1)]
    alone: bool = False  # rung 2: nobody else is involved
    steps: Annotated[list[Text], Field(min_length=1)]
    script: Text
    if_not_safe: Text
    done_when: Text
    renegotiate: Text
    audience: Readers
    theme: str


class Boundaries(File):
    """boundaries.yaml."""

    kind: Literal["boundaries"]
    rungs: list[Rung]
    rules: list[Line]
    invitation: Line
    safety_question: SafetyQuestion
    replies: list[Line]
    challenges: Annotated[list[Challenge], Field(min_length=1)]


# ---- grounding.yaml


class Step(Strict):
    """One step: it goes on by itself after `seconds`, or waits for a tap."""

    text: Text
    seconds: Annotated[int, Field(ge=1)] | None = None
    wait: Literal["tap"] | None = None


class Breath(Strict):
    """The pace of a breathing picture, in seconds."""

    in_: Annotated[int, Field(ge=2, le=10, alias="in")]
    out: Annotated[int, Field(ge=2, le=10)]


class Exercise(Item):
    """A grounding exercise."""

    kind: str
    breath: Breath | None = None
    steps: Annotated[list[Step], Field(min_length=1)]
    length_seconds: int
    cautions: Refs
    eyes_open: Text
    text_only: Text
    theme: str


class PlayerLine(Line):
    """A text around an exercise."""

    high_threshold: Annotated[int, Field(ge=1, le=10)] | None = None


class Defaults(Strict):
    """In which order kinds are offered, and what ratings are."""

    offer_order: Annotated[list[str], Field(min_length=1)]
    offer_order_reason: str
    offer_order_sources: Refs
    rating: dict[str, str | bool]
    rating_sources: Refs
    always_show: Buttons


class Grounding(File):
    """grounding.yaml."""

    kind: Literal["grounding"]
    kinds: list[Labelled]
    defaults: Defaults
    player: dict[str, PlayerLine]
    exercises: Annotated[list[Exercise], Field(min_length=1)]


# ---- sources.yaml, regions.yaml


class Source(Strict):
    """Where a fact was read."""

    id: str
    title: str
    url: str
    facts: str
    strength: str


class Sources(Strict):
    """sources.yaml."""

    schema_version: Literal[1]
    kind: Literal["sources"]
    read_in: str
    sources: list[Source]


class Regions(Strict):
    """regions.yaml."""

    schema_version: Literal[1]
    kind: Literal["regions"]
    regions: dict[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")], Title]
