"""The shape of the listener's files: word lists and phrases, one a line, that a clinician can read."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.content._models import Strict
from bot.domain.listening import Tier

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$", max_length=30)]
Listed = Annotated[str, StringConstraints(min_length=1)]
Alarm = Literal[
    "distress", "self_harm", "suicide_passive", "suicide_active", "danger_from_other", "harm_to_other"
]
Signs = Annotated[list[Name], Field(min_length=2, max_length=2)]


class Pair(Strict):
    """Two kinds of weak signs that count together, and as what."""

    signs: Signs
    tier: Alarm

    @property
    def means(self) -> Tier:
        """The domain's tier."""
        return Tier(self.tier)


class Listener(Strict):
    """listener/<language>.yaml; the head of en.yaml says how it is read."""

    schema_version: Literal[1]
    kind: Literal["listener"]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    review: dict[str, str | None]
    elision: bool = False
    spellings: Listed
    misspelt: Listed | None = None
    hidden: Listed | None = None
    groups: dict[Name, Listed]
    idioms: Listed
    say: dict[Alarm, Listed]
    plain: dict[Alarm, Listed] = Field(default_factory=dict)
    sure: dict[Alarm, Listed] = Field(default_factory=dict)
    quoted: dict[Alarm, Listed] = Field(default_factory=dict)
    hint: dict[Alarm, Listed] = Field(default_factory=dict)
    light: dict[Alarm, Listed] = Field(default_factory=dict)
    weak: dict[Name, Listed] = Field(default_factory=dict)
    pairs: list[Pair] = Field(default_factory=list)


class Weights(Strict):
    """listener/<language>_weights.yaml: made by a program from labelled texts, see docs/listener.md."""

    schema_version: Literal[1]
    kind: Literal["listener_weights"]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    tiers: list[str]
    alone: int = Field(ge=50, le=100)  # hundredths: how likely an alarm must be to be heard by weight alone
    base: list[int]
    weights: Listed
