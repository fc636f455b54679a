"""All services of one Trellis, handed to the faces as one value."""

from dataclasses import dataclass

from bot.domain.prompts import Content
from bot.services.check_ins import CheckIns
from bot.services.circles import Circles
from bot.services.members import Members
from bot.services.people import People
from bot.services.schedules import Schedules
from bot.services.shares import Shares


@dataclass(frozen=True, slots=True)
class Services:
    """What a face may call. Dispatch and Letters work by themselves and are not called by faces."""

    circles: Circles
    members: Members
    check_ins: CheckIns
    schedules: Schedules
    shares: Shares
    people: People
    content: Content
