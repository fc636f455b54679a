"""What every test shares: logs as the bot writes them, and a word where the browser tests are left out."""

import os

import pytest

from bot import logs


def pytest_configure() -> None:
    """As in production: an exception's text and values, which may quote a person, are never rendered."""
    logs.configure("warning", "json")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says so where the person asked for no browser."""
    if os.environ.get("BROWSER") == "none":
        terminalreporter.write_line("BROWSER=none: the tests that need a browser were left out.")
