"""One language's words and rules, compiled: what a word may mean, and which words in a row say what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.domain.listening.tiers import Tier

NOT_A_GROUP = -1


class Stand(Enum):
    """What one step of a rule asks of its place."""

    NEEDED = auto()  # a word or words of the group stand here
    OPTIONAL = auto()
    ABSENT = auto()  # none of the group may follow
    FILLED = auto()  # filling words may stand here
    NEAR = auto()  # up to three words, no mark
    FAR = auto()  # up to eight words or marks
    BEGINS = auto()  # a clause begins here
    ENDS = auto()  # a clause ends here


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a rule."""

    stand: Stand
    group: int = NOT_A_GROUP


class Means(Enum):
    """What a rule that matches is good for."""

    CONCEPT = auto()  # makes a group out of others
    IDIOM = auto()  # these words mean something else
    SAID = auto()
    HINT = auto()  # counts where the text as a whole leans to an alarm
    LIGHT = auto()  # hardly ever meant; counts if the next words take it up
    WEAK = auto()  # one of two signs


@dataclass(frozen=True, slots=True)
class Rule:
    """Steps in a row, what they mean, and what the match must stand up to."""

    id: str
    steps: tuple[Step, ...]
    means: Means
    makes: int = NOT_A_GROUP  # concepts: the group
    tier: Tier = Tier.NONE
    sign: str = ""  # weak ones: the kind of sign
    sure: bool = False  # no idiom takes it away
    firm: bool = False  # no weight takes it away
    quoted: bool = False  # counts within quotation marks: a threat that is passed on
    own: bool = True  # it must be the speaker's own, so the subject is looked for
    needs: frozenset[int] = frozenset()  # groups without which it cannot match


@dataclass(frozen=True, slots=True)
class Roles:
    """The groups that settle whose it is, when, and whether it is meant."""

    filler: int
    small: int
    joint: int
    own: int
    others: int
    i_say: int
    denial: int
    no_denial: int
    denied_after: int
    turn: int
    past: int
    past_after: int
    past_verb: int
    better: int
    present: int
    story: int
    taken_up: int
    joke: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Phrasebook:
    """All that the listener knows of one language; made by bot.content."""

    language: str
    spellings: Mapping[str, tuple[str, ...]]  # short forms, typing errors: what they stand for
    misspelt: Mapping[str, str]  # a word with one letter left out, of words that are often misspelt
    foreign: frozenset[str]  # right as they are, in another language
    hidden: Sequence[str]  # words that people write with letters struck out
    elision: bool = False  # what stands before an apostrophe is a word of its own
    words: Mapping[str, tuple[int, ...]]  # groups by word
    beginnings: Mapping[str, tuple[int, ...]]  # groups by the beginning of a word
    shortest: int = 1
    longest: int = 0  # of the beginnings
    layers: Sequence[Mapping[int, Sequence[Rule]]]  # rules by a group they need; lower feed upper ones
    roles: Roles
    pairs: Mapping[frozenset[str], Tier] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)  # of the groups, as the weights name them
    weights: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # hundredths, one a tier
    base: tuple[int, ...] = ()
    alone: float = 1.0  # how likely an alarm must be by weight to be heard without any phrase

    def groups(self, word: str) -> tuple[int, ...]:
        """All groups that a word is of."""
        found = self.words.get(word, ())
        for length in range(self.shortest, min(self.longest, len(word)) + 1):
            more = self.beginnings.get(word[:length])
            if more is not None:
                found += more
        return found

    def knows(self, word: str) -> bool:
        """Whether any rule speaks of it."""
        return word in self.words or bool(self.groups(word))
