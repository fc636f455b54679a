"""What `/help-now` shows: the emergency number first and largest, then one to three lines of people."""

from bot.domain.lines import LineKind
from bot.services.bundle import Services
from bot.services.lines import HelpFound
from cogs.check_ins.support import WantPersonHere
from cogs.embeds import calm
from cogs.errors import Told
from cogs.help_now._countries import country_menus
from cogs.help_now._lines import spaced
from cogs.help_now.said import fallback, help_buttons, urgent
from cogs.items import Panel
from cogs.sentences import quoted
from cogs.words import lines

WARM = (
    "You don't need the right words. These are people, and this is what they're there for. If one is busy, you "
    "can try another."
)
NO_COUNTRY = "I don't know yet which country you are in. You can choose it below."
NO_SUCH = "I know no country {typed}. You can choose one below."
FROM_CIRCLE = "For {country}, as the circle's settings say."
FOR = "For {country}."


def help_card(services: Services, found: HelpFound) -> Told:
    """For one country; where it is not known, what works everywhere and the countries to choose from."""
    help_, content = found.help, services.content
    crisis = help_.of(LineKind.CRISIS)
    said = [urgent(help_)]
    if help_.region is None:
        said.append(NO_SUCH.format(typed=quoted(found.unknown)) if found.unknown else NO_COUNTRY)
    said += [WARM, spaced(crisis)] if crisis else [fallback(content, help_)]
    embed = calm(description=lines(said))
    if help_.region is None:
        return Told("", embed=embed, view=Panel(*country_menus(services.lines.regions())))
    ways = help_buttons(help_, LineKind.CRISIS)
    form = FOR if found.circle is None else FROM_CIRCLE
    embed.set_footer(text=form.format(country=content.regions[help_.region]))
    if found.circle is not None:
        ways.append(WantPersonHere(int(found.circle.id)))
    return Told("", embed=embed, view=Panel(*ways))
