"""The shape of a language's hints."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Hints:
    """Patterns over words in one case, without accents and with single spaces."""

    unfit: Mapping[str, re.Pattern[str]]  # by the ids of content/commitments.yaml
    lead: re.Pattern[str]  # "I will", which says nothing of the act
    state: re.Pattern[str]  # what nobody could see done
    seen: re.Pattern[str]  # what looks like it, and can be seen
    large: re.Pattern[str]

    @classmethod
    def of(cls, unfit: Mapping[str, Sequence[str]], *, lead: str, state: str, seen: str, large: str) -> Self:
        """`unfit` are rows of words that stand as whole words anywhere."""
        return cls(
            {sort: re.compile(rf"\b(?:{'|'.join(words)})\b") for sort, words in unfit.items()},
            re.compile(rf"^{lead}\s+"),
            *map(re.compile, (state, seen, large)),
        )
