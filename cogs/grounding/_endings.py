"""How an exercise ended, and what else there is then. Nothing of it is kept, save numbers where wished."""

from collections.abc import Callable

from bot.domain.grounding import Ended, Ending
from bot.domain.prompts import Content
from bot.services.messenger import RunShown
from cogs.embeds import calm
from cogs.grounding import _pieces as pieces
from cogs.grounding._pieces import Card, Item
from cogs.speech import Phrase
from cogs.words import lines, text

Labels = tuple[str, ...]
PERSON = Phrase("Find a person")
KEPT = Phrase("-# Both numbers are kept for you, as you wished.")
DONE = Phrase(
    "That's it for now. `/ground` begins again whenever you like; in a direct message to me, so "
    "do the words “ground me”."
)
TEXTS = {
    Ending.STOPPED: "gr-stopped",
    Ending.BETTER: "gr-after-better",
    Ending.SAME: "gr-after-same",
    Ending.WORSE: "gr-after-worse",
    Ending.UNRATED: "gr-after-unrated",
}
FELT_WORSE = "gr-felt-worse"


def ended_card(it: RunShown, ended: Ended, content: Content) -> Card:
    """What is said at the end, with ways on that outlive the run."""
    if ended.how is Ending.HIDDEN:
        return done_card()
    if ended.how is Ending.WORSE and ended.after is None:
        return felt_worse_card(content, ended.exercise)
    id_ = TEXTS[ended.how]
    embed = calm(description=lines([text(content, id_), KEPT() if it.kept else ""]))
    return Card(embed, _WAYS[ended.how](it, ended, content.choices[id_]))


def felt_worse_card(content: Content, exercise: str | None) -> Card:
    """Said without a number."""
    labels = content.choices[FELT_WORSE]
    return Card(calm(description=text(content, FELT_WORSE)), _ways_on(labels, exercise))


def done_card() -> Card:
    """The last one, with nothing to press."""
    return Card(calm(description=DONE()))


def _stopped(_it: RunShown, ended: Ended, labels: Labels) -> list[Item]:
    another, person, close = labels
    worse = [pieces.worse(ended.exercise)] if ended.exercise else []
    return [pieces.again(another), pieces.person(person), *worse, pieces.done(close)]


def _better(it: RunShown, ended: Ended, labels: Labels) -> list[Item]:
    done, more, save = labels
    items = [pieces.done(done), pieces.again(more)]
    if not it.member:
        return items  # nothing is kept for who has not joined
    saved = [] if ended.exercise in it.favourites else [pieces.save(save, ended.exercise)]
    return [*items, *saved, pieces.helped()]


def _unrated(it: RunShown, ended: Ended, labels: Labels) -> list[Item]:
    return [*_better(it, ended, labels), pieces.person(PERSON())]


def _same(it: RunShown, _ended: Ended, labels: Labels) -> list[Item]:
    another, done, person = labels
    items = [pieces.again(another), pieces.done(done), pieces.person(person)]
    return [*items, pieces.helped()] if it.member else items


def _worse(_it: RunShown, ended: Ended, labels: Labels) -> list[Item]:
    return _ways_on(labels, ended.exercise)


def _ways_on(labels: Labels, exercise: str | None) -> list[Item]:
    outward, person, lines_, stop = labels
    return [
        pieces.outward(outward, exercise),
        pieces.person(person),
        pieces.help_lines(lines_),
        pieces.done(stop),
    ]


_WAYS: dict[Ending, Callable[[RunShown, Ended, Labels], list[Item]]] = {
    Ending.STOPPED: _stopped,
    Ending.BETTER: _better,
    Ending.SAME: _same,
    Ending.WORSE: _worse,
    Ending.UNRATED: _unrated,
}
