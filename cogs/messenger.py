"""How services speak to people through Discord, under our own nonces."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord

from bot.domain.accounts import Account, Platform
from bot.domain.circles import Circle
from bot.domain.errors import ChannelGone, Rejected, Unreachable
from bot.domain.guard import Ground, Rule
from bot.domain.languages import Language
from bot.domain.occurrences import Occurrence
from bot.domain.outbox import Letter, Recipient
from bot.domain.prompts import Content
from bot.services.messenger import AlertNote, Call, PairShown, Post, RunShown
from cogs import events, presence
from cogs.alerts.letters import alert_look, revised_look, tells_of
from cogs.arrived import Known, found, has_buttons_of, says
from cogs.delivering import delivering
from cogs.letters import letter_look
from cogs.speech import speaking, spoken

if TYPE_CHECKING:
    from cogs.client import TrellisClient

EARLY = timedelta(minutes=5)  # clocks differ: a look through a channel begins so long before the claim
A_LITTLE_EARLY = timedelta(seconds=30)  # where an earlier letter tells of the same alert
LOOKED_THROUGH = 500  # messages

_OCCURRENCE = re.compile(r"(?:check-in|boundary|theme|reflection):[a-z-]+:(\d+)")


class DiscordMessenger:
    """The `Messenger` port on Discord. Raises DeliveryErrors and nothing else."""

    def __init__(self, client: "TrellisClient", content: Content) -> None:
        self._client = client
        self._english = content

    @property
    def _content(self) -> Content:
        return self._english.spoken(spoken())

    async def post(self, post: Post) -> str:
        """Posts an occurrence's card into the circle's home channel; the message id."""
        from cogs.cards import card_of

        with speaking(post.circle.settings.language):
            card = card_of(post, self._content, count=None)
        with delivering():
            channel = channel_of(self._client, post.circle, post.circle.home.channel)
            silent = post.circle.settings.discreet or post.hushed
            message = await channel.send(**card.given(), nonce=_nonce(post), silent=silent)
        return str(message.id)

    async def find(self, circle: Circle, occurrence: Occurrence) -> str | None:
        """Looks through the home channel for a post of ours whose components carry the occurrence's id."""
        with delivering():
            channel = channel_of(self._client, circle, circle.home.channel)
            async for message in channel.history(limit=LOOKED_THROUGH, after=occurrence.claimed_at - EARLY):
                if self._is_mine(message) and occurrence.id in occurrences_in(message):
                    return str(message.id)
        return None

    async def deliver(self, circle: Circle, letter: Letter, account: Account | None) -> str:
        """Sends a letter to the circle, to its facilitators, or to a member; the message id."""
        with speaking(circle.settings.language):
            look = letter_look(letter, circle, account, self._content)
        with delivering():
            target = await self._target(circle, letter, account)
            message = await target.send(**look, nonce=letter.nonce)
        return str(message.id)

    async def find_letter(
        self,
        circle: Circle,
        letter: Letter,
        account: Account | None,
        others: frozenset[str],
        *,
        changes: bool = False,
    ) -> str | None:
        """Looks through where the letter goes for a message of ours that says the same."""
        with speaking(circle.settings.language):
            look = letter_look(letter, circle, account, self._content)
        with delivering():
            target = await self._target(circle, letter, account)
            return await self._found(target, has_buttons_of(look) if changes else says(look), letter, others)

    async def find_alert(self, note: AlertNote, others: frozenset[str]) -> str | None:
        """Looks for it in the facilitators' channel."""
        with delivering():
            channel = channel_of(self._client, note.circle, note.circle.home.facilitators)
            return await self._found(channel, tells_of(note), note.letter, others, A_LITTLE_EARLY)

    async def _found(
        self, channel: Any, is_it: Known, letter: Letter, others: frozenset[str], early: timedelta = EARLY
    ) -> str | None:
        if self._client.user is None:
            raise Unreachable
        since, by = letter.written_at - early, self._client.user.id
        return await found(channel, is_it, by=by, since=since, others=others)

    async def take_down(self, circle: Circle, message: str) -> None:
        """Deletes a message of ours; one that is gone already is fine."""
        with suppress(ChannelGone), delivering():
            channel = channel_of(self._client, circle, circle.home.channel)
            await channel.get_partial_message(int(message)).delete()

    async def present(self, circle: Circle, account: Account) -> bool:
        """Whether Discord knows them on the server; what it cannot say for sure raises a DeliveryError."""
        with delivering():
            return await presence.present(self._client, circle, int(account.id))

    async def hold_meeting(self, circle: Circle, call: Call) -> str:
        """Announces the circle's next meeting as the server's event; its id."""
        with speaking(circle.settings.language), delivering():
            return await events.hold(self._client, circle, call)

    async def cancel_meeting(self, circle: Circle, known: str | None) -> None:
        """Takes that event back."""
        with speaking(circle.settings.language), delivering():
            await events.cancel(self._client, circle, known)

    async def open_pair(self, it: PairShown) -> tuple[str, str]:
        """A private thread with the two, and the card in it; their ids."""
        from cogs.pairs import threads

        with speaking(it.circle.settings.language), delivering():
            return await threads.open_(self._client, it)

    async def show_pair(self, it: PairShown) -> None:
        """Changes the card."""
        from cogs.pairs import threads

        with speaking(it.circle.settings.language), delivering():
            await threads.show(self._client, it)

    async def close_pair(self, it: PairShown) -> None:
        """A last word, and the thread is put away; fine where it is gone."""
        from cogs.pairs import threads

        with suppress(ChannelGone), speaking(it.circle.settings.language), delivering():
            await threads.close(self._client, it)

    async def show_run(self, it: RunShown) -> None:
        """Changes an exercise's card."""
        from cogs.grounding import screen

        spoken_there = it.place.language if it.place is not None else Language.EN
        with speaking(spoken_there), delivering():
            await screen.show(self._client, self._content, it)

    async def cannot_hush(self, circle: Circle, account: Account, ours: datetime | None) -> str:
        """Why Discord wouldn't let us time somebody out."""
        from cogs.mutes import timeouts

        with delivering():
            return await timeouts.cannot_hush(self._client, circle, int(account.id), ours)

    async def hush(self, circle: Circle, account: Account, until: datetime) -> None:
        """Times somebody out, at their own wish."""
        from cogs.mutes import timeouts

        with delivering():
            await timeouts.hush(self._client, circle, int(account.id), until)

    async def unhush(self, circle: Circle, account: Account, ours: datetime) -> None:
        """Ends that."""
        from cogs.mutes import timeouts

        with delivering():
            await timeouts.unhush(self._client, circle, int(account.id), ours)

    async def pace(self, circle: Circle) -> int:
        """The channel's slow mode, as Discord has it."""
        with delivering():
            channel: Any = await self._client.http.get_channel(int(circle.home.channel))
            return int(channel.get("rate_limit_per_user") or 0)

    async def set_pace(self, circle: Circle, seconds: int) -> None:
        """Sets it."""
        with delivering():
            await self._client.http.edit_channel(int(circle.home.channel), rate_limit_per_user=seconds)

    async def ground(self, circle: Circle, copies: str | None) -> Ground:
        """What the server has of AutoMod rules and of channels."""
        from cogs.guard import rules

        with delivering():
            return await rules.ground(self._client, circle, copies)

    async def put_rule(self, circle: Circle, rule: Rule, known: str | None) -> str:
        """Makes or changes an AutoMod rule."""
        from cogs.guard import rules

        with speaking(circle.settings.language), delivering():
            return await rules.put(self._client, circle, rule, known)

    async def drop_rule(self, circle: Circle, known: str) -> None:
        """Takes one away."""
        from cogs.guard import rules

        with delivering():
            await rules.drop(self._client, circle, known)

    async def drop_copies(self, circle: Circle, channel: str, note: str | None) -> None:  # noqa: ARG002
        """Deletes AutoMod's own notes."""
        from cogs.guard import rules

        with delivering():
            await rules.drop_copies(self._client, channel, note)

    async def tell_alert(self, note: AlertNote) -> str:
        """Puts it into the facilitators' channel; the message id."""
        with speaking(note.circle.settings.language):
            look = alert_look(note, self._content)
        with delivering():
            channel = channel_of(self._client, note.circle, note.circle.home.facilitators)
            message = await channel.send(**look, nonce=note.letter.nonce)
        return str(message.id)

    async def revise_alert(self, note: AlertNote, message: str) -> None:
        """Changes it there."""
        with speaking(note.circle.settings.language):
            look = revised_look(note, self._content)
        with delivering():
            channel = channel_of(self._client, note.circle, note.circle.home.facilitators)
            await channel.get_partial_message(int(message)).edit(**look)

    async def revise(self, circle: Circle, letter: Letter, account: Account | None) -> None:
        """Changes a letter where it stands."""
        with speaking(circle.settings.language):
            look = letter_look(letter, circle, account, self._content)
        look.pop("silent", None)
        with delivering():
            target = await self._target(circle, letter, account)
            await target.get_partial_message(int(letter.message or 0)).edit(**look)

    async def holds_role(self, circle: Circle, account: Account) -> bool:
        """Whether Discord gives them the role; what it cannot say for sure raises a DeliveryError."""
        with delivering():
            return await presence.holds(self._client, circle, int(account.id))

    async def owner(self, circle: Circle) -> Account:
        """Who owns the server."""
        with delivering():
            return Account(Platform.DISCORD, str(await presence.owner(self._client, circle)))

    async def _target(
        self, circle: Circle, letter: Letter, account: Account | None
    ) -> discord.PartialMessageable | discord.DMChannel:
        if letter.recipient is Recipient.CIRCLE:
            return channel_of(self._client, circle, circle.home.channel)
        if letter.recipient is Recipient.FACILITATORS:
            return channel_of(self._client, circle, circle.home.facilitators)
        if account is None:
            raise Rejected
        return await self._client.create_dm(discord.Object(int(account.id)))

    def _is_mine(self, message: discord.Message) -> bool:
        return self._client.user is not None and message.author.id == self._client.user.id


async def tell_circle(client: "TrellisClient", circle: Circle, look: Callable[[], dict[str, Any]]) -> str:
    """Says something in the home channel at a facilitator's own press, in the circle's language; the
    message id. Raises DeliveryErrors."""
    with speaking(circle.settings.language):
        given = look()
    with delivering():
        message = await channel_of(client, circle, circle.home.channel).send(**given)
    return str(message.id)


def channel_of(client: "TrellisClient", circle: Circle, channel: str) -> discord.PartialMessageable:
    """One of a circle's channels, to send into or to look through. Unreachable while not connected.

    Partial: a send needs no cache, and Discord's own answer says whether the channel still stands.
    """
    if client.user is None or client.is_closed():
        raise Unreachable
    return client.get_partial_messageable(int(channel), guild_id=int(circle.home.server))


def _nonce(post: Post) -> str:
    if post.occurrence is None:
        raise Rejected  # a preview is nothing to post
    return post.occurrence.nonce


def occurrences_in(message: discord.Message) -> set[int]:
    """The ids of the occurrences that a message's components belong to."""
    ids = (getattr(component, "custom_id", None) for component in components_of(message.components))
    matches = (_OCCURRENCE.fullmatch(custom_id) for custom_id in ids if custom_id)
    return {int(match[1]) for match in matches if match}


def components_of(components: Any) -> Iterator[Any]:
    """A message's components with all that stands in them."""
    for component in components:
        yield component
        yield from components_of(getattr(component, "children", ()))
        accessory = getattr(component, "accessory", None)
        if accessory is not None:
            yield accessory
