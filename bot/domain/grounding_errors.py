"""What can go wrong with exercises, in facts without wording."""

from bot.domain.errors import TrellisError


class NoSuchRun(TrellisError):
    """The exercise has ended, another one was begun since, or it is somebody else's."""


class MembersOnly(TrellisError):
    """Something of a person's is kept only for who has joined a circle."""


class NoSuchExercise(TrellisError):
    """No exercise has this id."""
