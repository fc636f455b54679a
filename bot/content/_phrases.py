"""Compiles a listener file: each line becomes a rule of steps, each list a group; what is wrong is named."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from bot.content._models_listener import Listener
from bot.domain.errors import ContentError
from bot.domain.listening import Phrasebook, Tier
from bot.domain.listening.normalising import plain
from bot.domain.listening.phrasebook import Means, Roles, Rule, Stand, Step

GAPS = {"~": Stand.FILLED, "..": Stand.NEAR, "...": Stand.FAR, "^": Stand.BEGINS, "$": Stand.ENDS}
_GAPS = frozenset({Stand.FILLED, Stand.NEAR, Stand.FAR})
_PART = re.compile(r"!?\([^)]*\)\??|\S+")
_PARTS = (
    ("plain", Means.SAID),
    ("say", Means.SAID),
    ("sure", Means.SAID),
    ("quoted", Means.SAID),
    ("hint", Means.HINT),
    ("light", Means.LIGHT),
)
_NAMED = re.compile(r"\{([a-z_]+)\}")
_WORD = re.compile(r"[^\W_]+\*?|\d+|[^\w\s]")


def compiled(file: str, listed: Listener, foreign: Iterable[str] = ()) -> Phrasebook:
    """Raises ContentError with the file, the list and the line; `foreign` words are another language's."""
    return _Press(file, listed, foreign).book()


def spelt_with_care(listed: Listener) -> list[str]:
    """The words in which slips are mended."""
    return (listed.misspelt or "").split()


def lines(text: str) -> list[str]:
    """A list's lines; an indented one goes on with the one before, and what follows a # is a remark."""
    whole: list[str] = []
    for line in text.splitlines():
        bare = line.partition("#")[0].rstrip()
        if bare.startswith(" ") and whole:
            whole[-1] += bare.strip() if whole[-1].endswith("|") else f" {bare.strip()}"
        elif bare:
            whole.append(bare)
    return whole


def items(text: str) -> list[str]:
    """A group's items: parted by commas and line ends."""
    return [item.strip() for line in lines(text) for item in line.split(",") if item.strip()]


@dataclass
class _Press:
    """One file on its way into a phrasebook."""

    file: str
    listed: Listener
    foreign: Iterable[str] = ()
    numbers: dict[str, int] = field(default_factory=dict)  # groups by name, or "=" and their alternatives
    words: dict[str, list[int]] = field(default_factory=dict)
    beginnings: dict[str, list[int]] = field(default_factory=dict)
    concepts: list[Rule] = field(default_factory=list)
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)  # by how they are written: most stand often
    where: str = ""  # the list that is read, for faults

    def book(self) -> Phrasebook:
        listed = self.listed
        self._spell()
        for name in listed.groups:
            self.numbers[name] = len(self.numbers)
        for name, text in listed.groups.items():
            self.where = f"groups.{name}"
            for item in items(text):
                self._add(item, self.numbers[name], name)
        said = [*self._said()]
        lengths = [len(word) for word in self.beginnings] or [1]
        hidden = (listed.hidden or "").split()
        return Phrasebook(
            language=listed.language,
            spellings=self.spellings,
            misspelt=_slips(spelt_with_care(listed)),
            foreign=frozenset(map(plain, self.foreign)),
            hidden=tuple(plain(word) for word in hidden),
            elision=listed.elision,
            words={word: tuple(groups) for word, groups in self.words.items()},
            beginnings={word: tuple(groups) for word, groups in self.beginnings.items()},
            shortest=min(lengths),
            longest=max(lengths),
            layers=self._layers(said),
            roles=self._roles(),
            pairs={frozenset(pair.signs): pair.means for pair in listed.pairs},
            names={self.numbers[name]: f"{{{name}}}" for name in listed.groups},
        )

    def _fault(self, reason: str) -> ContentError:
        return ContentError(self.file, self.where, reason)

    def _spell(self) -> None:
        self.where = "spellings"
        for line in lines(self.listed.spellings):
            for part in line.split(","):
                if not part.strip():
                    continue
                short, sign, whole = part.partition("=")
                if not sign or not whole.strip():
                    raise self._fault(f"no = in: {part.strip()}")
                for each in short.split():
                    self.spellings[plain(each)] = tuple(plain(whole).split())

    def _said(self) -> Iterator[Rule]:
        yield from self._rules("idioms", self.listed.idioms, Means.IDIOM)
        for part, means in _PARTS:
            for tier, text in getattr(self.listed, part).items():
                for rule in self._rules(f"{part}.{tier}", text, means):
                    yield replace(
                        rule,
                        tier=Tier(tier),
                        sure=part == "sure",
                        firm=part in ("plain", "sure"),
                        quoted=part == "quoted",
                        own=tier != "danger_from_other",
                    )
        kinds = {sign for pair in self.listed.pairs for sign in pair.signs}
        for sign, text in self.listed.weak.items():
            for rule in self._rules(f"weak.{sign}", text, Means.WEAK):
                yield replace(rule, sign=sign, own=False)
        self.where = "pairs"
        for sign in kinds - self.listed.weak.keys():
            raise self._fault(f"there is no weak sign {sign}")

    def _rules(self, part: str, text: str, means: Means) -> Iterator[Rule]:
        for number, line in enumerate(lines(text), 1):
            self.where = f"{part}.{number}"
            for steps in self._ways(line):
                yield self._rule(f"{self.listed.language}.{self.where}", steps, means)

    def _rule(self, id_: str, steps: tuple[Step, ...], means: Means, makes: int = -1) -> Rule:
        needs = frozenset(step.group for step in steps if step.stand is Stand.NEEDED)
        if not needs:
            raise self._fault("no word is needed")
        return Rule(id=id_, steps=steps, means=means, makes=makes, needs=needs)

    def _add(self, item: str, group: int, name: str) -> None:
        if _is_plain(item) and item not in self.spellings:
            self._index(self.words, item, group)
            return
        words = item.replace("-", " ").split()
        item = " ".join(" ".join(self.spellings.get(_plain(word), (word,))) for word in words)
        if " " not in item and not item.startswith(("{", "^", "$", "!")) and "|" not in item:
            self._word(item, group)
            return
        for steps in self._ways(item):
            self.concepts.append(self._rule(f"{self.listed.language}.{name}", steps, Means.CONCEPT, group))

    def _word(self, word: str, group: int) -> None:
        if not word.isalpha() and not _WORD.fullmatch(plain(word).replace("'", "")):
            raise self._fault(f"no word: {word}")
        bare = word.rstrip("*")
        for each in _spelt(bare):
            self._index(self.beginnings if bare != word else self.words, each, group)

    @staticmethod
    def _index(where: dict[str, list[int]], word: str, group: int) -> None:
        known = where.setdefault(word, [])
        if group not in known:
            known.append(group)

    def _ways(self, line: str) -> list[tuple[Step, ...]]:
        """The line's steps; where it begins with a word that may be missing, with and without."""
        parts = _PART.findall(line)
        for at, part in enumerate(parts):
            if part.endswith(("|$", "|$)")):
                bare = part.removesuffix(")").removesuffix("|$") + (")" if part.endswith(")") else "")
                before, after = parts[:at], parts[at + 1 :]
                return [way for each in (bare, "$") for way in self._ways(" ".join([*before, each, *after]))]
        return self._ways_of(tuple(self._step(part) for part in parts))

    def _ways_of(self, steps: tuple[Step, ...]) -> list[tuple[Step, ...]]:
        if steps and steps[0].stand is Stand.OPTIONAL:
            needed = (Step(Stand.NEEDED, steps[0].group), *steps[1:])
            rest = steps[2:] if len(steps) > 1 and steps[1].stand in _GAPS else steps[1:]
            return [needed, *self._ways_of(rest)]
        if not steps or steps[0].stand not in (Stand.NEEDED, Stand.BEGINS):
            raise self._fault("a phrase begins with a word that must stand there")
        return [steps]

    def _step(self, part: str) -> Step:
        step = self.steps.get(part)
        if step is None:
            step = self.steps[part] = self._read(part)
        return step

    def _read(self, part: str) -> Step:
        if part in GAPS:
            return Step(GAPS[part])
        if part.startswith("!"):
            return Step(Stand.ABSENT, self._group(part[1:]))
        if part.endswith("?") and len(part) > 1:
            return Step(Stand.OPTIONAL, self._group(part[:-1]))
        return Step(Stand.NEEDED, self._group(part))

    def _group(self, part: str) -> int:
        part = part.removeprefix("(").removesuffix(")")
        named = _NAMED.fullmatch(part)
        if named is not None:
            if named[1] not in self.numbers:
                raise self._fault(f"there is no group {named[1]}")
            return self.numbers[named[1]]
        if f"={part}" in self.numbers:
            return self.numbers[f"={part}"]
        number = self.numbers[f"={part}"] = len(self.numbers)
        for each in part.split("|"):
            self._add(each.strip(), number, self.where)
        return number

    def _roles(self) -> Roles:
        self.where = "groups"
        for each in fields(Roles):
            if each.name not in self.listed.groups:
                raise self._fault(f"the group {each.name} is missing")
        return Roles(**{each.name: self.numbers[each.name] for each in fields(Roles)})

    def _layers(self, said: list[Rule]) -> tuple[Mapping[int, tuple[Rule, ...]], ...]:
        levels = self._levels()
        uses = Counter(group for rule in (*self.concepts, *said) for group in rule.needs)
        top = max(levels.values(), default=0) + 1
        layers: list[dict[int, list[Rule]]] = [{} for _ in range(top + 1)]
        for rule in (*self.concepts, *said):
            rarest = min(rule.needs, key=lambda group: (uses[group], group))
            level = levels[rule.makes] - 1 if rule.means is Means.CONCEPT else top
            layers[level].setdefault(rarest, []).append(rule)
        return tuple({group: tuple(rules) for group, rules in layer.items()} for layer in layers)

    def _levels(self) -> dict[int, int]:
        """How many layers of concepts a group rests on."""
        feeds: dict[int, set[int]] = {number: set() for number in self.numbers.values()}
        for rule in self.concepts:
            feeds[rule.makes] |= {step.group for step in rule.steps if step.group >= 0}
        levels: dict[int, int] = {}
        for group in feeds:
            self._level(group, feeds, levels, ())
        return levels

    def _level(
        self, group: int, feeds: Mapping[int, set[int]], levels: dict[int, int], way: tuple[int, ...]
    ) -> int:
        if group in way:
            name = next(name for name, number in self.numbers.items() if number == group)
            self.where = f"groups.{name}"
            raise self._fault("the group is made of itself")
        if group not in levels:
            below = [self._level(each, feeds, levels, (*way, group)) for each in sorted(feeds[group])]
            levels[group] = max(below) + 1 if below else 0
        return levels[group]


def _is_plain(word: str) -> bool:
    return word.isascii() and word.islower() and word.isalpha()


def _plain(word: str) -> str:
    return word if _is_plain(word) else plain(word)


def _spelt(word: str) -> Iterable[str]:
    """The word without accents; German umlauts also as two letters."""
    once = _plain(word)
    if word.isascii():
        return (once,)
    return {once, plain(word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))}


def _slips(words: Iterable[str]) -> dict[str, str]:
    """Each word, and each with one letter left out."""
    slips = {}
    for word in map(plain, words):
        slips[word] = word
        for at in range(len(word)):
            slips[word[:at] + word[at + 1 :]] = word
    return slips
