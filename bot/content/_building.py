"""Turns the checked files into the domain's values."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from bot.content import _models as models
from bot.content import _models_spoken as spoken
from bot.content._checks import Pack, items, need
from bot.domain.areas import Domain
from bot.domain.check_ins import Energy, Reactivity, Weather
from bot.domain.errors import ContentError
from bot.domain.guard import GuardWords
from bot.domain.ids import PromptId, ThemeId
from bot.domain.lines import Line
from bot.domain.listening import Phrasebook
from bot.domain.prompts import (
    Breath,
    Content,
    Example,
    Exercise,
    ExerciseStep,
    Prompt,
    Readers,
    Reply,
    ShareRule,
    Theme,
    ThemeRef,
)
from bot.domain.schedules import Kind
from bot.domain.shares import Wish
from bot.domain.themes import DailyWords, Words, made

E = TypeVar("E", bound=StrEnum)
_CADENCES = {"daily": "daily", "weekly": "once a week", "when_then": "when it comes up"}


def build(
    pack: Pack,
    regions: Mapping[str, str],
    lines: tuple[Line, ...],
    phrasebooks: tuple[Phrasebook, ...],
    guard: GuardWords,
) -> Content:
    """The content as one value. Raises ContentError where the scales and the domain's enums differ."""
    scales = {scale.id: scale for scale in pack.check_ins.scales}
    reactivities = _labels(scales, "sc-reactivity", Reactivity)
    themes = tuple(_theme(theme) for theme in pack.themes.themes)
    check_ins = tuple(_check_in(prompt) for prompt in pack.check_ins.prompts)
    challenges = tuple(_challenge(one) for one in pack.boundaries.challenges)
    of_themes = (prompt for theme in themes for prompt in theme.prompts)
    return Content(
        themes=themes,
        check_ins=check_ins,
        challenges=challenges,
        rungs=MappingProxyType({one.intensity: (one.title, one.text) for one in pack.boundaries.rungs}),
        exercises=tuple(_exercise(one) for one in pack.grounding.exercises),
        exercise_kinds=_kinds(pack.grounding),
        high_rating=_high_rating(pack.grounding),
        commitments=tuple(_example(one) for one in pack.commitments.examples),
        weathers=_labels(scales, "sc-mood", Weather),
        energies=_labels(scales, "sc-energy", Energy),
        reactivities=reactivities,
        grounding_offered_at=_offered_at(scales["sc-reactivity"], reactivities),
        wishes=_wishes(pack),
        declines=MappingProxyType({one.id: one.reason for one in pack.safety.moderation.declines}),
        texts=MappingProxyType(_texts(pack)),
        replies=MappingProxyType({one.id: _reply(one) for one in pack.safety.crisis.tiers}),
        buttons=MappingProxyType(
            {id_: node["label"] for file, id_, node in items(pack.raw) if _is_button(file, node)}
        ),
        choices=MappingProxyType(
            {id_: tuple(node["buttons"]) for _, id_, node in items(pack.raw) if node.get("buttons")}
        ),
        regions=MappingProxyType(dict(regions)),
        lines=lines,
        phrasebooks=phrasebooks,
        guard=guard,
        prompts=_by_id((*of_themes, *check_ins, *challenges)),
    )


def _wishes(pack: Pack) -> Mapping[Wish, str]:
    asked = pack.check_ins.reply_wishes
    labels = asked.buttons or []
    if len(labels) != len(Wish):
        raise ContentError("check_ins.yaml", asked.id, f"its buttons are not those of {[*Wish]}")
    return MappingProxyType(dict(zip(Wish, labels, strict=True)))


def _by_id(prompts: Iterable[Prompt]) -> Mapping[PromptId, Prompt]:
    return MappingProxyType({prompt.id: prompt for prompt in prompts})


def _is_button(file: str, node: Mapping[str, object]) -> bool:
    return "label" in node and "text" not in node and file != "safety.yaml"  # there, labels are help lines


def _texts(pack: Pack) -> dict[str, str]:
    texts = {id_: node["text"] for _, id_, node in items(pack.raw) if "text" in node}
    texts |= {line.id: line.label for line in pack.safety.help_lines}
    texts |= {f"{one.id}:offer": one.offer_text for one in pack.check_ins.scales if one.offer_text}
    texts |= {f"{tier.id}:label": tier.tier_label for tier in pack.safety.crisis.tiers}
    for theme in pack.themes.themes:
        texts |= {f"{theme.id}:intro": theme.text, f"{theme.id}:closing": theme.closing_question}
    return texts


def _labels(scales: Mapping[str, models.Scale], id_: str, values: type[E]) -> Mapping[E, str]:
    """The options by the domain's values, which stand in the same order."""
    scale = scales.get(id_)
    if scale is None:
        raise ContentError("check_ins.yaml", id_, "the scale is missing")
    same = len(scale.options) == len(values)
    need(same, "check_ins.yaml", id_, f"{len(scale.options)} options, where the domain has {len(values)}")
    return MappingProxyType(dict(zip(values, scale.options, strict=True)))


def _offered_at(scale: models.Scale, labels: Mapping[Reactivity, str]) -> frozenset[Reactivity]:
    values = {label: value for value, label in labels.items()}
    for label in scale.offer_grounding_at:
        need(label in values, "check_ins.yaml", scale.id, f"offer_grounding_at names no option: {label}")
    return frozenset(values[label] for label in scale.offer_grounding_at)


def _theme(theme: models.Theme) -> Theme:
    words = Words(
        title=theme.title,
        text=theme.text,
        intention=theme.intention,
        daily=tuple(DailyWords(one.text, ShareRule(one.share), one.intensity) for one in theme.daily_prompts),
        challenge=PromptId(theme.boundary_challenge),
        practice_title=theme.practice.title or theme.title,
        practice=theme.practice.text,
        practice_reply=theme.practice.reply_template or "",
        closing=theme.closing_question,
        notes=theme.facilitator_notes,
    )
    ids = tuple(PromptId(one.id) for one in theme.daily_prompts)
    practice = PromptId(theme.practice.id)
    return made(ThemeRef(ThemeId(theme.id)), words, week=theme.week, daily_ids=ids, practice_id=practice)


def _check_in(prompt: models.CheckIn) -> Prompt:
    return Prompt(
        id=PromptId(prompt.id),
        kind=Kind.CHECK_IN,
        title=prompt.title,
        text=prompt.text,
        share=ShareRule(prompt.share),
        audience=Readers(prompt.audience),
        intensity=prompt.intensity,
        occasion=prompt.occasion,
        tags=frozenset(prompt.tags),
    )


def _challenge(one: models.Challenge) -> Prompt:
    return Prompt(
        id=PromptId(one.id),
        kind=Kind.BOUNDARY,
        title=one.title,
        text=one.text,
        audience=Readers(one.audience),
        intensity=one.intensity,
        steps=tuple(one.steps),
        script=one.script,
        done_when=one.done_when,
        if_not_safe=one.if_not_safe,
        domain=_area(one),
        minutes=one.minutes,
        renegotiate=one.renegotiate,
        alone=one.alone or one.intensity == 1,
    )


def _area(one: models.Challenge) -> Domain:
    need(one.domain in set(Domain), "boundaries.yaml", one.id, f"there is no area {one.domain}")
    return Domain(one.domain)


def _exercise(one: models.Exercise) -> Exercise:
    return Exercise(
        id=one.id,
        kind=one.kind,
        title=one.title,
        text=one.text,
        steps=tuple(ExerciseStep(step.text, step.seconds) for step in one.steps),
        seconds=one.length_seconds,
        cautions=tuple(one.cautions),
        eyes_open=one.eyes_open,
        text_only=one.text_only,
        intensity=one.intensity,
        breath=Breath(one.breath.in_, one.breath.out) if one.breath else None,
    )


def _kinds(grounding: models.Grounding) -> Mapping[str, str]:
    """The short labels stand with the choice's text, in the order of `offer_order`."""
    order, choose = grounding.defaults.offer_order, grounding.player["choose"]
    labels = choose.buttons or []
    same = sorted(order) == sorted(one.id for one in grounding.kinds) and len(labels) == len(order)
    need(same, "grounding.yaml", choose.id, "its buttons, the kinds and offer_order differ")
    return MappingProxyType(dict(zip(order, labels, strict=True)))


def _high_rating(grounding: models.Grounding) -> int:
    line = grounding.player["before_high"]
    need(line.high_threshold is not None, "grounding.yaml", line.id, "it has no high_threshold")
    return line.high_threshold or 0


def _reply(one: spoken.Tier) -> Reply:
    ways = zip(one.buttons or (), one.next, strict=True)
    return Reply(id=one.id, label=one.tier_label, title=one.title or one.tier_label, ways=tuple(ways))


def _example(one: spoken.Example) -> Example:
    return Example(
        id=one.id,
        title=one.title,
        text=one.text,
        cadence=_CADENCES[one.cadence],
        seen=one.see_hear,
        plan=one.if_then,
        smallest=one.smallest,
        audience=Readers(one.audience),
        theme=ThemeId(one.theme),
    )
