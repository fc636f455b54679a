"""What `/help-now` shows: the emergency number first and largest, then one to three lines of people."""

from bot.domain.lines import LineKind
from bot.services.bundle import Services
from bot.services.lines import HelpFound
from cogs.embeds import calm
from cogs.errors import Told
from cogs.help_now._countries import countries, country_menus
from cogs.help_now.said import help_buttons, of_kind, urgent
from cogs.items import Panel
from cogs.sentences import quoted
from cogs.speech import Phrase, spoken
from cogs.words import lines

NO_COUNTRY = Phrase("I don't know yet which country you are in. You can choose it below.")
NO_SUCH = Phrase("I know no country {typed}. You can choose one below.")
FROM_CIRCLE = Phrase("Country: {country}, as the circle's settings say.")
FOR = Phrase("Country: {country}.")


def help_card(services: Services, found: HelpFound) -> Told:
    """For one country; where it is not known, what works everywhere and the countries to choose from."""
    from cogs.check_ins.support import WantPersonHere  # here, since what it imports may name help too

    help_, content = found.help, services.content.spoken(spoken())
    said = [urgent(help_), of_kind(content, help_, LineKind.CRISIS)]
    person = [WantPersonHere(int(found.circle.id))] if found.circle is not None else []
    if help_.region is None:
        said.insert(1, NO_SUCH(typed=quoted(found.unknown)) if found.unknown else NO_COUNTRY())
        menus = country_menus(countries(services))
        return Told("", embed=calm(description=lines(said)), view=Panel(*menus, *person))
    embed = calm(description=lines(said))
    form = FOR if found.circle is None else FROM_CIRCLE
    embed.set_footer(text=form(country=content.regions[help_.region]))
    return Told("", embed=embed, view=Panel(*help_buttons(help_, LineKind.CRISIS), *person))
