"""What stands on an exercise's card at each point of the way, within Discord's limits; texts by their ids."""

from collections.abc import Callable

from bot.domain.grounding import Act, Ended, Phase, Run, exercise_of, in_order, named, of_kind
from bot.domain.ids import RunId
from bot.domain.prompts import Breath, Content, Exercise
from bot.services.messenger import RunShown
from cogs.embeds import calm
from cogs.grounding import _pieces as pieces
from cogs.grounding._endings import ended_card
from cogs.grounding._pieces import PRIMARY, Card, Item
from cogs.sentences import stamp
from cogs.speech import Phrase, in_a_row, say, several
from cogs.words import lines, text

STOP, ANOTHER, NEXT = Phrase("Stop"), Phrase("Try another"), Phrase("Next")
BEGIN, OTHER_KINDS = Phrase("Begin"), Phrase("Other kinds")
PICTURE, WORDS = Phrase("Picture"), Phrase("Words only")
NOTHING_KEPT = Phrase("I'm a bot. Nothing of this is kept unless you asked me to. You can stop at any point.")
HELP = Phrase("Help lines")
TAP = Phrase("-# Take the time you like, then press Next.")
BY_ITSELF = Phrase("-# Goes on by itself {when}, or when you press Next.")
SOON = Phrase("-# Goes on by itself, or when you press Next.")
COUNTED_FROM = 15  # seconds; in a shorter step a countdown would only hurry


def card_of(it: RunShown, content: Content) -> Card:
    """The card of a run, or of its end."""
    if isinstance(it.run, Ended):
        return ended_card(it, it.run, content)
    return _LOOKS[it.run.phase](it, it.run, content)


def read_out(content: Content, given: str | None) -> Card:
    """An exercise as a text to read, for when nothing can be kept of where somebody is in it.

    `given`: its id, or its title as somebody types it; any other is the one that looks outward most.
    """
    exercise = (named(content, given) if given else None) or in_order(content)[0]
    steps = "\n".join(f"{number}. {step.text}" for number, step in enumerate(exercise.steps, 1))
    embed = calm(title=exercise.title, description=lines([text(content, "sf-x-read"), exercise.text, steps]))
    embed.add_field(name=say("Good to know first"), value=_cautions(exercise), inline=False)
    embed.set_footer(text=exercise.eyes_open)
    return Card(embed, [pieces.help_lines(HELP())])


def _safe(it: RunShown, _run: Run, content: Content) -> Card:
    acts = (Act.SAFE, Act.NOT_SAFE, Act.UNASKED)
    labels = zip(acts, content.choices["gr-safe-first"], strict=True)
    embed = calm(description=text(content, "gr-safe-first"))
    embed.set_footer(text=NOTHING_KEPT())
    return Card(embed, [*(pieces.act(it.id, act, label) for act, label in labels), _stop(it.id)])


def _unsafe(it: RunShown, _run: Run, content: Content) -> Card:
    return unsafe_card(it.id, content)


def unsafe_card(run: RunId, content: Content) -> Card:
    """Help first; it needs nothing of the run."""
    lines_, hide, okay = content.choices["gr-not-safe"]
    items = [
        pieces.help_lines(lines_),
        pieces.act(run, Act.HIDE, hide),
        pieces.act(run, Act.SAFE, okay),
    ]
    return Card(calm(description=text(content, "gr-not-safe")), items)


def _choose(it: RunShown, run: Run, content: Content) -> Card:
    embed = calm(description=text(content, "gr-choose"))
    embed.set_footer(text=in_a_row(_wished(run.minutes), NOTHING_KEPT))
    items = [pieces.act(it.id, Act.KIND, label, kind) for kind, label in content.exercise_kinds.items()]
    favourites = [one for id_ in it.favourites if (one := exercise_of(content, id_)) is not None]
    if favourites:
        items.append(pieces.menu(it.id, say("Your favourites"), favourites))
    items.append(_stop(it.id))
    return Card(embed, [*items, pieces.helped()] if it.member else items)


def _offer(it: RunShown, run: Run, content: Content) -> Card:
    exercise = _exercise(run, content)
    length = several(
        "About {n} minute, {steps}",
        "About {n} minutes, {steps}",
        exercise.minutes,
        steps=several("{n} step", "{n} steps", len(exercise.steps)),
    )
    embed = calm(title=exercise.title, description=lines([exercise.text, f"-# {length}"]))
    embed.add_field(name=say("Good to know first"), value=_cautions(exercise), inline=False)
    ways = f"{exercise.eyes_open} {exercise.text_only}"
    embed.add_field(name=say("How it can be done"), value=ways, inline=False)
    items = [pieces.act(it.id, Act.BEGIN, BEGIN(), style=PRIMARY), *_picture(it.id, run, exercise)]
    items += [pieces.act(it.id, Act.ANOTHER, OTHER_KINDS()), _stop(it.id)]
    others = of_kind(content, exercise.kind, run.minutes)
    if any(one.id != exercise.id for one in others):
        kind = content.exercise_kinds[exercise.kind]
        items.append(pieces.menu(it.id, say("Others of this kind: {kind}", kind=kind), others, exercise.id))
    return Card(embed, items, _breath(run, content))


def _before(it: RunShown, run: Run, content: Content) -> Card:
    (skip,) = content.choices["gr-before"]
    items = [pieces.rating(it.id), pieces.act(it.id, Act.SKIP, skip)]
    items += [pieces.act(it.id, Act.ANOTHER, ANOTHER()), _stop(it.id)]
    return Card(calm(description=text(content, "gr-before")), items, _breath(run, content))


def _high(it: RunShown, run: Run, content: Content) -> Card:
    go_on, person, lines_, not_now = content.choices["gr-before-high"]
    items = [pieces.act(it.id, Act.GO_ON, go_on), pieces.person(person), pieces.help_lines(lines_)]
    items.append(pieces.act(it.id, Act.NOT_NOW, not_now))
    return Card(calm(description=text(content, "gr-before-high")), items, _breath(run, content))


def _step(it: RunShown, run: Run, content: Content) -> Card:
    exercise = _exercise(run, content)
    step = exercise.steps[run.step]
    embed = calm(title=exercise.title, description=lines([step.text, _how_it_goes_on(run, step.seconds)]))
    place = say("Step {step} of {steps}", step=run.step + 1, steps=len(exercise.steps))
    embed.set_footer(text=f"{place} · {exercise.eyes_open}")
    items = [pieces.act(it.id, Act.NEXT, NEXT(), str(run.step), PRIMARY), *_picture(it.id, run, exercise)]
    items += [pieces.act(it.id, Act.ANOTHER, ANOTHER()), _stop(it.id)]
    return Card(embed, items, _breath(run, content))


def _after(it: RunShown, _run: Run, content: Content) -> Card:
    (skip,) = content.choices["gr-after"]
    items = [
        pieces.rating(it.id),
        pieces.act(it.id, Act.SKIP, skip),
        pieces.act(it.id, Act.WORSE, pieces.WORSE()),
    ]
    return Card(calm(description=text(content, "gr-after")), items)


_LOOKS: dict[Phase, Callable[[RunShown, Run, Content], Card]] = {
    Phase.SAFE: _safe,
    Phase.UNSAFE: _unsafe,
    Phase.CHOOSE: _choose,
    Phase.OFFER: _offer,
    Phase.BEFORE: _before,
    Phase.HIGH: _high,
    Phase.STEP: _step,
    Phase.AFTER: _after,
}


def _wished(minutes: int | None) -> str:
    if not minutes:
        return ""
    return several(
        "About {n} minute, or as near as there is.", "About {n} minutes, or as near as there is.", minutes
    )


def _how_it_goes_on(run: Run, seconds: int | None) -> str:
    """The countdown is Discord's own, which each client keeps; nothing is sent for it."""
    if seconds is None or run.due is None:
        return TAP()
    return BY_ITSELF(when=stamp(run.due, "R")) if seconds >= COUNTED_FROM else SOON()


def _exercise(run: Run, content: Content) -> Exercise:
    found = exercise_of(content, run.exercise)
    if found is None:
        raise AssertionError("what is offered is an exercise")
    return found


def _cautions(exercise: Exercise) -> str:
    return "\n".join(f"- {caution}" for caution in exercise.cautions)


def _breath(run: Run, content: Content) -> Breath | None:
    return _exercise(run, content).breath if run.picture else None


def _stop(run: RunId) -> Item:
    return pieces.act(run, Act.STOP, STOP())


def _picture(id_: RunId, run: Run, exercise: Exercise) -> list[Item]:
    """Offered, never forced; the steps say the same in words."""
    if exercise.breath is None:
        return []
    way, label = (Act.WORDS, WORDS) if run.picture else (Act.PICTURE, PICTURE)
    return [pieces.act(id_, way, label)]
