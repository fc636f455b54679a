"""The guard: rules of the platform's own word filter, made from few plain phrases, kept as they were meant.

The filter tells which of our phrases a message met, never the message; by it the tier is known. A rule that a
person has deleted or switched off was meant so: then all of it counts as switched off.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.channel_errors import CannotGuard
from bot.domain.ids import CircleId
from bot.domain.letters import without_accents
from bot.domain.listening.tiers import GRAVEST, Tier

MARK = "Trellis · "  # how our rules' names begin
TOLD = "told"  # the label of the one rule that holds nothing back
MOST_EXEMPT = 50  # channels of a rule (docs: Auto Moderation Rule Structure)
MOST_RULES = 6  # of this kind on a server (docs: Trigger Types)
ENDS_FREELY = 5  # letters of a last word that takes any ending
LONGEST = 60  # characters of a phrase (docs: Trigger Metadata Field Limits)


class Policy(StrEnum):
    """What becomes of a message that meets a phrase."""

    HOLD = "hold"  # it is not posted; its author alone learns of it there
    TELL = "tell"  # it is posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one rule looks for, as bot/content/guard.yaml has it."""

    label: str
    shown: str  # to the author of what was held back
    phrases: Mapping[Tier, tuple[str, ...]]
    patterns: Mapping[Tier, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardWords:
    """All groups, and the idioms that count for nothing."""

    groups: tuple[Group, ...]
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as it is to stand. `copies`: where the platform puts its note; None: it holds messages back."""

    label: str
    keywords: tuple[str, ...]
    patterns: tuple[str, ...]
    allowed: tuple[str, ...]
    exempt: frozenset[str] = field(repr=False)  # channels
    shown: str = ""
    copies: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """By which it is found again after a crash."""
        return f"{MARK}{self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule of ours as it stands on the platform."""

    id: str = field(repr=False)
    rule: Rule
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the platform says of a server."""

    manages: bool  # we may make rules there
    ours: tuple[Found, ...] = ()
    others: int = 0  # rules of the same kind that are not ours
    channels: frozenset[str] = field(default=frozenset(), repr=False)  # in which people can write
    lacking: tuple[str, ...] = ()  # permissions that we lack where the copies go
    seen_by: int = 0  # how many roles and people beside us see that channel, administrators apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One circle's, and what is known of its server's rules."""

    circle: CircleId
    policy: Policy
    copies: str | None = field(default=None, repr=False)  # of the whole server
    rules: Mapping[str, str] = field(default_factory=dict, repr=False)  # made before: label to id
    ending: bool = False  # switched off; what is to be taken away may still stand
    anew: bool = False  # just switched on: what is missing was taken away by nobody
    told: str = ""  # of which trouble the facilitators were told


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be done so that all stands as it was meant. `off`: somebody switched it off by hand."""

    make: tuple[Rule, ...] = ()
    change: tuple[tuple[str, Rule], ...] = ()
    remove: tuple[str, ...] = ()
    off: bool = False


def keywords(phrases: Iterable[str]) -> tuple[str, ...]:
    """Phrases as the filter takes them, with or without apostrophes and accents.

    The last word takes any ending (`*`) where it is long enough for that to change nothing ("die" is none).
    """
    made = dict.fromkeys(form for phrase in phrases for form in _forms(phrase))
    return tuple(f"{form}*" if len(form.split()[-1]) >= ENDS_FREELY else form for form in made)


def tier_of(words: GuardWords, label: str, keyword: str | None) -> Tier:
    """The tier of the phrase that was met; the gravest of the rule's where it is not told or not known."""
    groups = [group for group in words.groups if label in (group.label, TOLD)]
    tiers: set[Tier] = set()
    for group in groups:
        for tier, phrases in group.phrases.items():
            met = keyword is not None and keyword.casefold() in keywords(phrases)
            if met or keyword in group.patterns.get(tier, ()):
                return tier
            tiers.add(tier)
    return next(tier for tier in GRAVEST if tier in tiers)


def desired(
    words: GuardWords, guarded: Sequence[tuple[str, Policy]], channels: Collection[str], copies: str | None
) -> tuple[Rule, ...]:
    """The server's rules: of `guarded` each a circle's channel with its policy. Raises CannotGuard.

    A rule knows only where it does not apply, so all other channels are named there.
    """
    rules: list[Rule] = []
    held = frozenset(channel for channel, policy in guarded if policy is Policy.HOLD)
    told = frozenset(channel for channel, policy in guarded if policy is Policy.TELL)
    if held:
        exempt = _exempt(channels, held)
        rules += [_rule([group], group.label, words, exempt, shown=group.shown) for group in words.groups]
    if told:
        if copies is None:
            raise CannotGuard("no-copies")
        exempt = _exempt(channels, told)
        rules.append(_rule(words.groups, TOLD, words, exempt, copies=copies))
    return tuple(rules)


def compared(
    rules: Sequence[Rule], ground: Ground, known: Mapping[str, str], *, anew: bool = False
) -> Changes:
    """What is to be done. `known` are the rules that we made before, by label, with their ids.

    `anew`: somebody has just switched it on, so what was switched off on the platform is on again.
    """
    by_label: dict[str, Found] = {}
    extra: list[str] = []
    for found in sorted(ground.ours, key=lambda each: each.id not in known.values()):
        if found.rule.label in by_label:
            extra.append(found.id)
        else:
            by_label[found.rule.label] = found
    for rule in rules:
        stands = by_label.get(rule.label)
        gone = rule.label in known and stands is None
        if not anew and (gone or (stands is not None and not stands.enabled)):
            return Changes(remove=tuple(each.id for each in ground.ours), off=True)
    wanted = {rule.label for rule in rules}
    return Changes(
        make=tuple(rule for rule in rules if rule.label not in by_label),
        change=tuple(
            (by_label[rule.label].id, rule)
            for rule in rules
            if rule.label in by_label and not _as_meant(by_label[rule.label], rule)
        ),
        remove=(*extra, *(found.id for label, found in by_label.items() if label not in wanted)),
    )


def same(one: Rule, other: Rule) -> bool:
    """Whether two rules do the same, in whatever order and case the platform gives them back."""

    def does(rule: Rule) -> tuple[object, ...]:
        words = tuple(
            frozenset(word.casefold() for word in held)
            for held in (rule.keywords, rule.patterns, rule.allowed)
        )
        return *words, rule.exempt, rule.shown, rule.copies

    return does(one) == does(other)


def _as_meant(found: Found, rule: Rule) -> bool:
    return found.enabled and same(found.rule, rule)


def check_room(rules: Sequence[Rule], ground: Ground) -> None:
    """Raises CannotGuard where the server has no room for as many rules."""
    if ground.others + len(rules) > MOST_RULES:
        raise CannotGuard("no-room", [str(ground.others), str(len(rules))])


def _rule(
    groups: Sequence[Group],
    label: str,
    words: GuardWords,
    exempt: frozenset[str],
    *,
    shown: str = "",
    copies: str | None = None,
) -> Rule:
    return Rule(
        label=label,
        keywords=keywords(
            phrase for group in groups for phrases in group.phrases.values() for phrase in phrases
        ),
        patterns=tuple(each for group in groups for patterns in group.patterns.values() for each in patterns),
        allowed=keywords(words.allowed),
        exempt=exempt,
        shown=shown,
        copies=copies,
    )


def _exempt(channels: Collection[str], guarded: frozenset[str]) -> frozenset[str]:
    exempt = frozenset(channels) - guarded
    if len(exempt) > MOST_EXEMPT:
        raise CannotGuard("too-many-channels", [str(len(exempt)), str(MOST_EXEMPT)])
    return exempt


def _forms(phrase: str) -> list[str]:
    """As it is written by the book, by phones, and in haste."""
    apostrophes = [phrase, phrase.replace("'", "’"), phrase.replace("'", "")]
    return [form for each in apostrophes for form in (each, without_accents(each))]
