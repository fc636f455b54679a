"""What members set for themselves: how discreet it is, when it is quiet, how long what is theirs stays."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.circles import Circle, QuietHours, Settings
from bot.domain.languages import Language
from bot.domain.member_errors import BadRetention

NOTES_KEPT = timedelta(days=90)
RATINGS_KEPT = timedelta(days=365)  # weather, energy, reactivity
DECLINED_KEPT = timedelta(days=14)  # words that were not posted, and those taken back
SHORTEST = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """One member's own; None leaves it to the circle."""

    language: Language | None = None  # what their Discord spoke when they last said what they want
    discreet: bool | None = None
    quiet: QuietHours | None = None
    notes: timedelta = NOTES_KEPT
    ratings: timedelta = RATINGS_KEPT
    declined: timedelta = DECLINED_KEPT


def checked(preferences: Preferences) -> Preferences:
    """Times may be shortened, never lengthened. Raises BadRetention (the most days that fit)."""
    for given, most in (
        (preferences.notes, NOTES_KEPT),
        (preferences.ratings, RATINGS_KEPT),
        (preferences.declined, DECLINED_KEPT),
    ):
        if not SHORTEST <= given <= most:
            raise BadRetention(given.days, most.days)
    return replace(preferences, notes=min(preferences.notes, preferences.ratings))


def discreet(preferences: Preferences, settings: Settings) -> bool:
    """Whether what reaches this member is worded neutrally and comes silently."""
    return settings.discreet if preferences.discreet is None else preferences.discreet


def quiet(preferences: Preferences, settings: Settings) -> QuietHours | None:
    """The hours in which nothing is sent to this member by itself."""
    return preferences.quiet or settings.quiet


def as_wished(circle: Circle, preferences: Preferences) -> Circle:
    """The circle with what this member wants otherwise for what reaches them."""
    settings = circle.settings
    own = replace(
        settings,
        language=preferences.language or settings.language,
        discreet=discreet(preferences, settings),
        quiet=quiet(preferences, settings),
    )
    return replace(circle, settings=own)


def over(preferences: Preferences, now: datetime) -> tuple[datetime, datetime, datetime]:
    """Before which instants notes, ratings and declined words are over."""
    return now - preferences.notes, now - preferences.ratings, now - preferences.declined
