"""The labelled texts, and the figures in which the listener is measured against them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.domain.listening import Heard, Tier

TEXTS = Path(__file__).parent / "texts"
HELD_OUT = "_held_out"
ALARMS = frozenset(Tier) - {Tier.NONE, Tier.DISTRESS}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, what it asks for, and what else it may be taken for."""

    text: str
    language: str
    tier: Tier
    explicit: bool
    kind: str
    accepted: frozenset[Tier]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1. A text is alerted from level 2 on; a false alarm is none of the accepted tiers."""

    explicit: float
    positive: float
    false_alarms: float  # on texts that ask for nothing
    distress_alarms: float
    right_tier: float  # of the alerted ones that ask for something


def labelled(language: str = "", *, held_out: bool) -> list[Labelled]:
    """The texts of one language, or of all; those held out were not read while the phrases were written."""
    paths = sorted(TEXTS.glob(f"{language}*.txt"))
    return [one for path in paths if path.stem.endswith(HELD_OUT) is held_out for one in _read(path)]


def figures(texts: Iterable[Labelled], hear: Callable[[str], Heard]) -> Figures:
    """What `hear` makes of the texts."""
    heard = [(one, hear(one.text)) for one in texts]
    positive = [(one, said) for one, said in heard if one.tier in ALARMS]
    alerted = [(one, said) for one, said in positive if said.alert >= 2]
    return Figures(
        explicit=_share(said.alert >= 2 for one, said in positive if one.explicit),
        positive=_share(said.alert >= 2 for _, said in positive),
        false_alarms=_share(_false(one, said) for one, said in heard if one.tier is Tier.NONE),
        distress_alarms=_share(_false(one, said) for one, said in heard if one.tier is Tier.DISTRESS),
        right_tier=_share(said.tier in {one.tier, *one.accepted} for one, said in alerted),
    )


def _false(one: Labelled, said: Heard) -> bool:
    return said.alert >= 2 and said.tier not in one.accepted


def _share(each: Iterable[bool]) -> float:
    counted = list(each)
    return sum(counted) / len(counted) if counted else float("nan")


def _read(path: Path) -> Iterable[Labelled]:
    head = ("none", "-", "direct")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            tier, explicit, kind = (part.strip() for part in line[3:].split("|"))
            head = (tier, explicit, kind)
        elif line.strip():
            kind, _, accepted = head[2].partition("(")
            others = [Tier(each.strip()) for each in accepted.rstrip(")").split(",") if each.strip()]
            yield Labelled(
                line, path.stem[:2], Tier(head[0]), head[1] == "explicit", kind.strip(), frozenset(others)
            )
