"""How likely each tier is by the weights of the words."""

from dataclasses import replace

import pytest

from bot.domain.listening import Tier
from bot.domain.listening.weighing import TIERS, weighed
from tests.pack import BOOKS


def test_what_sounds_grave_and_is_not_and_the_talk_of_every_day_are_none_together() -> None:
    level = replace(BOOKS[0], weights={}, base=(0,) * len(TIERS))
    likely = weighed(["tonight"], level)
    assert sum(likely.values()) == pytest.approx(1)
    assert likely[Tier.NONE] == pytest.approx(2 * likely[Tier.SUICIDE_ACTIVE])


def test_a_word_of_every_day_speaks_against_every_alarm() -> None:
    soup = replace(BOOKS[0], weights={"soup": (0,) * (len(TIERS) - 1) + (300,)}, base=(0,) * len(TIERS))
    assert weighed(["soup"], soup)[Tier.NONE] > weighed(["tonight"], soup)[Tier.NONE]
