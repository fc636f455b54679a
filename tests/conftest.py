"""What every test shares: logs as the bot writes them, and a word where the browser tests are left out."""

import gc
import os

import pytest
from hypothesis import settings

from bot import logs
from storage import bounded
from tests.dealing import dealt

# A rule is true or false however long it took: a busy machine and a first import fail no test.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_configure() -> None:
    """As in production: an exception's text and values, which may quote a person, are never rendered."""
    logs.configure("warning", "json")
    bounded.STATEMENT = bounded.CONNECTION = bounded.LOCK = (
        20.0  # on a stalled machine; who tests it sets its own
    )
    gc.freeze()  # what is imported stays; looking through all of it at each turn cost a tenth of the suite
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """BROWSER=none leaves out whatever is marked `browser`; what is `long` begins first."""
    if os.environ.get("BROWSER") == "none":
        left_out = [item for item in items if item.get_closest_marker("browser")]
        items[:] = [item for item in items if not item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=left_out)
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    items[:] = dealt(long, others, getattr(config, "workerinput", {}).get("workercount", 1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says so where the person asked for no browser."""
    if os.environ.get("BROWSER") == "none":
        terminalreporter.write_line("BROWSER=none: the tests that need a browser were left out.")
