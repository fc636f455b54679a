"""A seed that is thrown anew each time, and databases, migrated and empty."""

import os
import time

import pytest

from tests.storage.conftest import server

__all__ = ["server"]


@pytest.fixture
def seed() -> int:
    """A failing run names its seed, and TRELLIS_SEED throws it again."""
    thrown = int(os.environ.get("TRELLIS_SEED", time.time_ns() % 10**9))
    print(f"TRELLIS_SEED={thrown}")  # pytest shows it where the test fails
    return thrown


@pytest.fixture
def mutant() -> str:
    """A fault put into the bot on purpose, to see that it is noticed (tests.reliability.mutants)."""
    return os.environ.get("TRELLIS_MUTANT", "")
