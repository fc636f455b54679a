"""What a text may ask for, and how loudly."""

from collections.abc import Collection
from enum import StrEnum


class Tier(StrEnum):
    """As in the crisis set that is shared with this project; none of them is a diagnosis."""

    NONE = "none"
    DISTRESS = "distress"
    SELF_HARM = "self_harm"
    SUICIDE_PASSIVE = "suicide_passive"
    SUICIDE_ACTIVE = "suicide_active"
    DANGER_FROM_OTHER = "danger_from_other"
    HARM_TO_OTHER = "harm_to_other"


ALERTS = {  # 0 nothing, 1 kind words to the member alone, 2 facilitators too, 3 the same and urgent
    Tier.NONE: 0,
    Tier.DISTRESS: 1,
    Tier.SELF_HARM: 2,
    Tier.SUICIDE_PASSIVE: 2,
    Tier.DANGER_FROM_OTHER: 3,
    Tier.HARM_TO_OTHER: 3,
    Tier.SUICIDE_ACTIVE: 3,
}
GRAVEST = (  # where several match, the first of these is named
    Tier.SUICIDE_ACTIVE,
    Tier.HARM_TO_OTHER,
    Tier.DANGER_FROM_OTHER,
    Tier.SUICIDE_PASSIVE,
    Tier.SELF_HARM,
    Tier.DISTRESS,
)
HELPED_FIRST = (  # where several match, the first of these is what the one reply is about (sf-rule-06)
    Tier.SUICIDE_ACTIVE,
    Tier.SUICIDE_PASSIVE,
    Tier.DANGER_FROM_OTHER,
    Tier.HARM_TO_OTHER,
    Tier.SELF_HARM,
    Tier.DISTRESS,
)
OWN = frozenset({Tier.SUICIDE_ACTIVE, Tier.SUICIDE_PASSIVE, Tier.SELF_HARM})  # another's: care, too


def gravest(tiers: Collection[Tier]) -> Tier:
    """The one that is named and told of."""
    return next((each for each in GRAVEST if each in tiers), Tier.NONE)


def helped_first(tiers: Collection[Tier]) -> Tier:
    """The one that the one reply is about."""
    return next((each for each in HELPED_FIRST if each in tiers), Tier.NONE)
