"""The facilitators' outline promises nothing that the software does not do."""

from pathlib import Path

from bot.domain.alerts import AFTER, Step
from bot.domain.plans import SETTLING

OUTLINE = " ".join((Path(__file__).parents[2] / "bot/content/facilitators.md").read_text("utf-8").split())


def test_what_it_says_of_the_weeks_and_of_waiting_is_what_is_done() -> None:
    assert (SETTLING, "The first four themes keep their order" in OUTLINE) == (4, True)
    minutes = [AFTER[step].total_seconds() / 60 for step in (Step.SAME, Step.NEXT, Step.OWNER)]
    assert minutes == [5, 10, 20]
    assert "again after 5 minutes, the next after 10 (`sf-a-noack`), the server's owner after 20" in OUTLINE


def test_it_names_no_setting_or_test_that_there_is_none_of() -> None:
    for never in ("stop showing", "retention,", "minimum age", "test for every alert tier", "Weeks 1-3"):
        assert never not in OUTLINE
