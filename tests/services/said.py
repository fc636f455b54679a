"""Plain words for each tier. How well words are heard has tests of its own; here they are heard as meant."""

from collections.abc import Iterable
from typing import Any

import pytest

from bot.domain.listening import Heard, Tier
from bot.domain.listening.tiers import ALERTS, gravest
from bot.services import screening

SAID = {
    Tier.DISTRESS: "I can't cope anymore.",
    Tier.SELF_HARM: "I cut myself again last night.",
    Tier.SUICIDE_PASSIVE: "Sometimes I wish I wouldn't wake up.",
    Tier.SUICIDE_ACTIVE: "I want to kill myself.",
    Tier.DANGER_FROM_OTHER: "He said he will kill me if I leave.",
    Tier.HARM_TO_OTHER: "I'm going to kill him tonight.",
}
_real = screening.screen


@pytest.fixture
def heard_as_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """These very words are heard as their tier; all others as the listener hears them."""
    monkeypatch.setattr(screening, "screen", _heard)


def _heard(text: str, books: Iterable[Any]) -> Heard:
    among = frozenset(tier for tier, words in SAID.items() if words in text)
    if not among:
        return _real(text, books)
    tier = gravest(among)
    return Heard(tier, ALERTS[tier], "", among)
