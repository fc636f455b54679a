"""The listener: whether words that a person gave to Trellis ask for care now. A word match, and no finding.

Pure: no network, no model, no clock. A text is read as plain words (a copy for matching alone), sentence by
sentence, against each language's phrasebook (bot/content/listener). Each match is then asked whose it is,
when it was, and whether it is denied, told or quoted. Two weak signs of kinds that belong together count as
one; in English the weight of all words together is asked, too.
"""

from bot.domain.listening.phrasebook import Phrasebook
from bot.domain.listening.screening import Heard, screen
from bot.domain.listening.tiers import Tier

__all__ = ["Heard", "Phrasebook", "Tier", "screen"]
