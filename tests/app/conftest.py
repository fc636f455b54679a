"""The house that the feature tests stand in, for tests of the whole."""

from tests.cogs.conftest import empty, house

__all__ = ["empty", "house"]
