"""The texts that occurrences post, as values; `bot.content` reads and checks them from YAML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.areas import Domain
from bot.domain.check_ins import Energy, Reactivity, Weather
from bot.domain.guard import GuardWords
from bot.domain.ids import PromptId, ThemeId
from bot.domain.languages import Language
from bot.domain.lines import Line
from bot.domain.listening import Phrasebook
from bot.domain.schedules import Kind
from bot.domain.shares import Wish


class ShareRule(StrEnum):
    """Where an answer to a prompt may go (content/check_ins.yaml, head)."""

    CHANNEL = "channel"  # safe to answer in the channel
    EITHER = "either"  # the member picks, private first
    PRIVATE = "private"  # the answer goes only to the member's own notes


class Part(StrEnum):
    """Which part of its theme's week a text is (content/themes.yaml, post_order)."""

    OPENING = "intro"
    DAILY = "daily"
    CHALLENGE = "challenge"
    PRACTICE = "practice"
    CLOSING = "closing"


class Readers(StrEnum):
    """For whom a text is, and of whom a circle is made; what is for one side goes to no mixed circle."""

    ALL = "all"
    BETRAYED = "betrayed"
    WHO_BROKE_TRUST = "who_broke_trust"
    FAMILY = "family"
    FRIENDS = "friends"


@dataclass(frozen=True, slots=True)
class ThemeRef:
    """A theme in one of its versions; 0 is as it comes with Trellis, the others are a circle's own."""

    id: ThemeId
    version: int = 0

    def __str__(self) -> str:
        return f"{self.id}.{self.version}" if self.version else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What one occurrence posts: a question, a theme's opening, a challenge, a closing question."""

    id: PromptId
    kind: Kind
    title: str
    text: str
    theme: str | None = None  # the title of the theme that it belongs to
    of: ThemeRef | None = None  # that theme, and which part of it this is
    part: Part | None = None
    day: int = 0  # of its theme's week, 1 to 7; daily questions only
    intention: str = ""  # theme posts only
    share: ShareRule = ShareRule.EITHER
    audience: Readers = Readers.ALL
    intensity: int = 1  # 1 to 3
    occasion: str = "any"  # any, weekend, hard_day
    tags: frozenset[str] = frozenset()
    steps: tuple[str, ...] = ()  # challenges only, like the three below
    script: str = ""
    done_when: str = ""
    if_not_safe: str = ""
    domain: Domain | None = None
    minutes: int = 0
    renegotiate: str = ""
    alone: bool = False  # nobody else is involved


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A week of the curriculum: everything that it says, part by part."""

    ref: ThemeRef
    week: int  # its place in the curriculum; 0 for a circle's own
    title: str
    opening: Prompt
    daily: tuple[Prompt, ...]  # seven, day 1 first
    challenge: PromptId
    practice: Prompt
    closing: Prompt
    notes: str = ""  # for facilitators alone

    @property
    def intention(self) -> str:
        """The sentence that the week is held under."""
        return self.opening.intention

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """All its own texts, in the order of its week; the challenge is the ladder's."""
        return (self.opening, *self.daily, self.practice, self.closing)


@dataclass(frozen=True, slots=True)
class ExerciseStep:
    """One step: it goes on by itself after `seconds`, or (None) waits for a tap without limit."""

    text: str
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Breath:
    """The pace of a breathing picture, in seconds."""

    inward: int
    outward: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A grounding exercise, whole (content/grounding.yaml)."""

    id: str
    kind: str
    title: str
    text: str
    steps: tuple[ExerciseStep, ...]
    seconds: int  # all in all, a tap reckoned at 20
    cautions: tuple[str, ...]
    eyes_open: str
    text_only: str
    intensity: int = 1  # 1 or 2
    breath: Breath | None = None

    @property
    def minutes(self) -> int:
        """About how many, 1 or more."""
        return max(1, round(self.seconds / 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A commitment that others have found useful, to begin from."""

    id: str
    title: str
    text: str
    cadence: str  # as it is typed
    seen: str  # what someone would see or hear
    plan: str
    smallest: str
    audience: Readers
    theme: ThemeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered in private where a word list matched: its text stands among the texts, by its id."""

    id: str
    label: str  # what facilitators read of it, such as "strong distress"
    title: str
    ways: tuple[tuple[str, str], ...]  # label of a button, and the id of the text it leads to


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything of bot/content that Trellis says, checked."""

    themes: tuple[Theme, ...]
    check_ins: tuple[Prompt, ...]
    challenges: tuple[Prompt, ...]
    rungs: Mapping[int, tuple[str, str]]  # of the ladder: title and text, 1 to 3
    exercises: tuple[Exercise, ...]
    exercise_kinds: Mapping[
        str, str
    ]  # labels of the kinds of exercise, in the order in which they are offered
    high_rating: int  # from this number of distress up a person is offered first (content/grounding.yaml)
    commitments: tuple[Example, ...]
    weathers: Mapping[Weather, str]  # labels, in the order of the scale
    energies: Mapping[Energy, str]
    reactivities: Mapping[Reactivity, str]
    grounding_offered_at: frozenset[Reactivity]
    wishes: Mapping[Wish, str]  # what would help back, as labels
    declines: Mapping[str, str]  # why words are not posted: id of the text for their author, short reason
    texts: Mapping[str, str]  # every text by its id, such as "ci-r-01", "sf-c-keep", "bd-invite"
    buttons: Mapping[str, str]  # labels by id, such as "ci-b-private"
    replies: Mapping[str, Reply]  # by their ids, such as "sf-t-suicide"
    choices: Mapping[str, tuple[str, ...]]  # what stands under a text, as labels, by the text's id
    regions: Mapping[str, str]  # ISO 3166-1 alpha-2 to English name
    lines: tuple[Line, ...]  # crisis lines, as the table has them
    guard: GuardWords  # what the platform's word filter looks for
    phrasebooks: tuple[Phrasebook, ...] = field(repr=False)  # what the listener listens with, one a language
    prompts: Mapping[PromptId, Prompt] = field(default_factory=dict, repr=False)  # all of the above by id
    language: Language = Language.EN
    reviewed: bool = False  # a clinician who speaks the language has read every file of it
    others: Callable[[Language], "Content"] | None = field(default=None, repr=False, compare=False)

    def spoken(self, language: Language) -> "Content":
        """The same in another language; as it is where there is none."""
        return self if language is self.language or self.others is None else self.others(language)
