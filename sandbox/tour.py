"""A guided tour of the page: what whoever laid this world wants a newcomer to see, stop by stop."""

from dataclasses import dataclass

from sandbox.entities import Channel, Message, User


@dataclass(frozen=True, slots=True)
class Stop:
    """Whom to be and where to stand, with what is to be seen or done there; `message` is lit up."""

    title: str
    words: str
    person: User
    channel: Channel
    message: Message | None = None

    def view(self) -> dict[str, str | None]:
        """As the page is told of it."""
        direct = self.channel.guild is None
        return {
            "title": self.title,
            "words": self.words,
            "as": self.person.id,
            "name": self.person.name,
            "channel": self.channel.id,
            "place": "a direct message" if direct else f"#{self.channel.name}",
            "message": self.message.id if self.message else None,
        }
