"""The small server that the demo plays on: people, roles, channels; laid once and found again."""

from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from sandbox import Sandbox
from sandbox.world import Application, Channel, Guild, Role, User

Found = TypeVar("Found")

ZONE = ZoneInfo("Europe/Berlin")
GUILD = "Larch Street Practice"
FACILITATOR = "Mara"
MEMBERS = ("Robin", "Sam")  # for the person at the page to be
SCRIPTED = ("Ada", "Ben", "Chidi", "Dana", "Emil")
INVITED_WITH = 17_935_783_513_088  # as the link in the README has it, and nothing else


@dataclass(frozen=True, slots=True)
class Stage:
    """The first circle's places, and who belongs to them."""

    application: Application
    guild: Guild
    facilitator: User
    scripted: tuple[User, ...]
    role: Role
    home: Channel
    facilitators: Channel


def lay(sandbox: Sandbox) -> Stage:
    """Lays the server out, or finds what an earlier demo kept."""
    world = sandbox.world
    if world.find_guild(GUILD) is None:
        _lay_anew(sandbox)
    guild = there(world.find_guild(GUILD))
    application = there(world.find_application("Trellis"))
    facilitator = there(world.find_user(FACILITATOR))
    role, home = there(guild.find_role("Tuesday facilitator")), there(guild.find_channel("tuesday-circle"))
    facilitators = there(guild.find_channel("tuesday-facilitators"))
    scripted = tuple(user for user in world.users.values() if user.scripted)
    return Stage(application, guild, facilitator, scripted, role, home, facilitators)


def there(found: Found | None) -> Found:
    """What a whole demo has; LookupError where its data was tampered with (RESET=1 helps)."""
    if found is None:
        raise LookupError("the demo's data is not whole; start over with RESET=1")
    return found


def _lay_anew(sandbox: Sandbox) -> None:
    world = sandbox.world
    application = world.add_application("Trellis")
    facilitator = world.add_user(FACILITATOR)
    people = [world.add_user(name) for name in MEMBERS]
    people += [world.add_user(name, scripted=True) for name in SCRIPTED]
    guild = world.add_guild(GUILD, owner=facilitator)
    for person in people:
        guild.add_member(person)
    for day in ("Tuesday", "Thursday"):
        role = guild.add_role(f"{day} facilitator", mentionable=True)  # an alert wakes it, as the README says
        guild.add_member(facilitator, [role])
        name = day.lower()
        guild.add_text_channel(f"{name}-circle", topic=f"The {day} group, between its meetings")
        guild.add_text_channel(f"{name}-facilitators", private_to=[role, application.bot])
    guild.invite(application, permissions=INVITED_WITH)
