"""A claimed post is brought to its end: sent once and marked, missed with its reason, or left to be settled.

Whether a send without an answer was applied is unknown. Within NONCE_WINDOW the same nonce makes a second one
the first; later the channel is looked through before anything is sent again.
"""

from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.domain.circles import Circle, paused_at
from bot.domain.errors import (
    ChannelGone,
    DeliveryError,
    NoSuchOccurrence,
    NotPermitted,
    Rejected,
    Unreachable,
)
from bot.domain.ids import OccurrenceId
from bot.domain.occurrences import Occurrence, Reason, State
from bot.domain.prompts import Content
from bot.domain.schedules import is_late
from bot.metrics import Metrics
from bot.services._claims import tell_missed
from bot.services._outlook import prompt_of
from bot.services.messenger import Messenger, Post
from storage import Storage

NONCE_WINDOW = timedelta(minutes=2)  # Discord knows an enforced nonce again for a few minutes

_REASONS: dict[type[DeliveryError], Reason] = {
    NotPermitted: Reason.NOT_PERMITTED,
    ChannelGone: Reason.CHANNEL_GONE,
}


class Sending:
    """Sends claimed posts."""

    def __init__(
        self, storage: Storage, clock: Clock, content: Content, messenger: Messenger, metrics: Metrics
    ) -> None:
        self._metrics = metrics
        self._storage = storage
        self._clock = clock
        self._content = content
        self._messenger = messenger

    async def settle(self, id_: OccurrenceId) -> Occurrence:
        """Sends a claim, or finds out what became of it. Raises a DeliveryError where it was not sent.

        After Unreachable the claim stands, save where it is too late by now: then, and after all other
        DeliveryErrors, the post is missed.
        """
        async with self._storage.read() as tx:
            occurrence = await tx.occurrences.get(id_)
            circle = await tx.circles.get(occurrence.circle)
        if occurrence.state is not State.CLAIMED:
            return occurrence
        try:
            message = await self._message(circle, occurrence)
        except Unreachable:
            raise
        except DeliveryError as error:
            await self._missed(occurrence, _REASONS.get(type(error), Reason.REJECTED))
            raise
        if message is None:
            await self._missed(occurrence, Reason.UNREACHABLE)
            raise Unreachable
        return await self._sent(occurrence, message)

    async def _message(self, circle: Circle, occurrence: Occurrence) -> str | None:
        """The id of the post's message, sent now or before; None where it is missing and too late to send."""
        now = self._clock.now()
        age = now - occurrence.claimed_at
        late = is_late(occurrence.due, now)
        if late or age > NONCE_WINDOW:
            found = await self._messenger.find(circle, occurrence)
            if found is not None or late:
                return found
        if paused_at(circle, now):
            raise Unreachable  # paused since it was claimed: nothing is posted into a rest
        try:
            return await self._post(circle, occurrence)
        except Unreachable:
            await self._reopened(occurrence)
            raise
        except DeliveryError:
            found = await self._found(circle, occurrence)
            if found is None:
                raise
            return found

    async def _post(self, circle: Circle, occurrence: Occurrence) -> str:
        async with self._storage.read() as tx:
            prompt = await prompt_of(tx, self._content, occurrence)
        if prompt is None:
            raise Rejected  # claimed with a text that this version no longer has
        quiet = circle.settings.quiet
        local = self._clock.now().astimezone(circle.settings.zone)
        hushed = quiet is not None and quiet.hold(local.time())
        return await self._messenger.post(Post(circle, prompt, occurrence, hushed))

    async def _found(self, circle: Circle, occurrence: Occurrence) -> str | None:
        """What an earlier try may have left, whose answer was lost, now that this one was refused."""
        try:
            return await self._messenger.find(circle, occurrence)
        except Unreachable:
            raise
        except DeliveryError:
            return None

    async def _sent(self, occurrence: Occurrence, message: str) -> Occurrence:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await tx.occurrences.mark_sent(occurrence.id, message, now)
            await tx.commit()
        self._metrics.post(State.SENT, late=now - occurrence.due if occurrence.schedule is not None else None)
        return replace(occurrence, state=State.SENT, message=message, sent_at=now)

    async def _reopened(self, occurrence: Occurrence) -> None:
        """A send without an answer may be in the channel: what another process gave up is open again.

        It is in nobody's hand then: where only this process is cut off, another one gets it there.
        """
        async with self._storage.begin() as tx:
            await tx.occurrences.reopen(occurrence.id)
            await tx.occurrences.let_go(occurrence.id)
            await tx.commit()

    async def _missed(self, occurrence: Occurrence, reason: Reason) -> None:
        async with self._storage.begin() as tx:
            try:
                present = await tx.occurrences.get(occurrence.id)
            except NoSuchOccurrence:
                return  # its circle was deleted meanwhile
            if present.state is State.CLAIMED:
                await tx.occurrences.mark_missed(occurrence.id, reason)
                await tell_missed(tx, occurrence, reason, self._clock.now())
            await tx.commit()
        if present.state is State.CLAIMED:
            self._metrics.post(State.MISSED, reason)
