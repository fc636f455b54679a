"""Alerts: who is asked, who has them, and what a member may truly be told."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the commands, the components and the forms."""
    from cogs.alerts import answering, buttons, caring, telling
    from cogs.alerts._commands import alerts
    from cogs.forms import private
    from cogs.items import ROW_ID

    client.tree.add_command(alerts)
    client.tree.add_command(telling.tell)
    client.add_dynamic_items(buttons.Take, buttons.HandOn, buttons.FalseMatch, buttons.Close)
    client.add_dynamic_items(buttons.ReadNote, buttons.SeeAlerts, buttons.Pick)
    client.add_dynamic_items(caring.Fine, caring.Talk, caring.Swap)
    client.add_dynamic_items(answering.SaySafe, answering.Answered, answering.WantWord)
    client.forms.on(rf"alert:when:({ROW_ID})", answering.named, heard=private)
    client.forms.on(telling.PLACE, telling.told, heard=private)
