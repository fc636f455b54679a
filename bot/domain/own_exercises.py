"""What a member keeps of exercises: favourites, and numbers before and after where they switched that on."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.ids import MemberId

MOST = 25  # favourites: as many as there are exercises, and as a menu of Discord's holds
NUMBERS = 400  # the newest pairs of numbers


@dataclass(frozen=True, slots=True)
class Rating:
    """How upset somebody was before and after, 0 to 10."""

    exercise: str
    before: int
    after: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExercises:
    """One member's own."""

    member: MemberId
    favourites: tuple[str, ...] = ()  # ids, the newest first
    keeps: bool = False  # ratings are kept; the standard answer is no
    ratings: tuple[Rating, ...] = field(default=(), repr=False)  # oldest first


@dataclass(frozen=True, slots=True)
class Helped:
    """What the numbers of one exercise say: how often, and by how much it went down on average."""

    exercise: str
    times: int
    by: float  # below 0: it went up


def liked(own: OwnExercises, exercise: str) -> OwnExercises:
    """With one more favourite; twice is once."""
    rest = tuple(one for one in own.favourites if one != exercise)
    return replace(own, favourites=(exercise, *rest)[:MOST])


def unliked(own: OwnExercises, exercise: str) -> OwnExercises:
    """With one less."""
    return replace(own, favourites=tuple(one for one in own.favourites if one != exercise))


def keeping(own: OwnExercises, *, on: bool) -> OwnExercises:
    """Ratings kept from now on; or none any more, and those that were go."""
    return replace(own, keeps=on, ratings=own.ratings if on else ())


def rated(own: OwnExercises, rating: Rating) -> OwnExercises:
    """With one more, where they are kept at all."""
    return replace(own, ratings=(*own.ratings, rating)[-NUMBERS:]) if own.keeps else own


def without_older(own: OwnExercises, first: date) -> OwnExercises:
    """Without the ratings from before that day."""
    return replace(own, ratings=tuple(one for one in own.ratings if one.on >= first))


def helped(own: OwnExercises) -> list[Helped]:
    """What went down most first."""
    by: dict[str, list[int]] = defaultdict(list)
    for one in own.ratings:
        by[one.exercise].append(one.before - one.after)
    found = [Helped(exercise, len(all_), sum(all_) / len(all_)) for exercise, all_ in by.items()]
    return sorted(found, key=lambda each: (-each.by, -each.times, each.exercise))
