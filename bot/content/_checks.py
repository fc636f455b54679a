"""What no single field can show: ids used once, references that lead somewhere, rendered lengths, tone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.content._models import POST, Boundaries, CheckIns, Grounding, Themes
from bot.content._models_spoken import Commitments, PrivateHelp, Safety
from bot.domain.errors import ContentError
from bot.domain.languages import Language

TEXT_FIELDS = (
    "text", "intention", "closing_question", "offer_text", "reply_template", "script", "if_not_safe",
    "done_when", "renegotiate", "see_hear", "if_then", "smallest",
)  # fmt: skip
_NEVER = {  # in no text of ours; a language's own list stands beside its texts
    Language.EN: (
        r"\byou must\b", r"\byou have to\b", r"\byou need to\b", r"\byou failed\b", r"\bfailure\b",
        r"\b(?:lost|broke) your streak\b", r"\bat least\b", r"\bget over\b", r"\bmove on\b", r"\bshould\b",
        r"\bclosure\b", r"\bcommitt?(?:ed)? suicide\b", r"\bvictim\b", r"\bcrazy\b", r"\bcheater\b",
        r"\bleave (?:him|her|them)\b", r"\bclose your eyes\b", r"\bhold your breath\b(?! while)",
        r"\bno excuse", r"\bdon't give up\b", r"\bstronger than\b",
    ),
    Language.ES: (
        r"\bdebes\b", r"\bdeber[ií]as\b", r"\btienes que\b", r"\bhay que\b", r"\bal menos\b",
        r"\bpor lo menos\b",
        r"\bfracas", r"\bcometer suicidio\b", r"\bsuper[ae]r?lo\b", r"\bv[ií]ctimas?\b", r"\bsin excusas?\b",
        r"\bno te rindas\b", r"\bcierra los ojos\b", r"\bcontén la respiración\b",
    ),
    Language.DE: (
        r"\bdu (?:sollst|solltest|musst|müsstest)\b", r"\b(?:sollst|solltest|musst|müsstest) du\b",
        r"\bwenigstens\b", r"\bimmerhin\b", r"\bversagt\b", r"\bselbstmord", r"\bopfer\b",
        r"\bkeine ausreden?\b", r"\bgib nicht auf\b",
        r"\bschließ(?:e)? (?:die|deine) augen\b", r"\bhalt(?:e)? (?:die|den) (?:luft|atem) an\b",
    ),
}  # fmt: skip
TONE = {
    language: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for language, patterns in _NEVER.items()
}
NOT_OURS = frozenset(
    {
        "bd-113",  # a family's rule, to be completed: "in my family you must never ___"
        "sf-s-misread",  # "should you want them" means "if"; changes only with a clinician's sign-off
    }
)
QUOTED = re.compile(  # what somebody says or thinks may say "should"
    r"(?<!\w)'(?:[^']|(?<=\w)'(?=\w))*'(?!\w)|“[^”]*”|„[^“]*“|«[^»]*»"
)
PLACEHOLDER = re.compile(r"\{[a-z_0-9]+\}")
LONGEST = {  # crisis texts are measured with these filled in
    "{emergency}": 60, "{lines_crisis}": 600, "{lines_abuse}": 600, "{lines_child}": 600, "{hours}": 40,
    "{on_call_line}": 200,
}  # fmt: skip
ID_FREE = frozenset({"sources.yaml", "regions.yaml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All files, read and of the right shape; `raw` is the same as plain data, by file."""

    raw: Mapping[str, Mapping[str, Any]]
    themes: Themes
    check_ins: CheckIns
    boundaries: Boundaries
    grounding: Grounding
    commitments: Commitments
    safety: Safety
    private_help: PrivateHelp
    sources: frozenset[str]
    seeds: frozenset[str]


def need(holds: bool, file: str, id_: str, reason: str) -> None:
    """Raises ContentError unless it holds."""
    if not holds:
        raise ContentError(file, id_, reason)


def items(raw: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(file, id, mapping) of everything that has an id, but for sources and the kinds of exercise."""
    for file, data in raw.items():
        if file not in ID_FREE:
            for node in _with_id({key: value for key, value in data.items() if key != "kinds"}):
                yield file, node["id"], node


def _with_id(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("id"), str):
            yield node
        for value in node.values():
            yield from _with_id(value)
    elif isinstance(node, list):
        for value in node:
            yield from _with_id(value)


def check(pack: Pack, language: Language = Language.EN) -> None:
    """Raises ContentError at the first fault."""
    ids = _check_ids(pack)
    _check_texts(pack, language)
    _check_themes(pack)
    _check_check_ins(pack)
    _check_boundaries(pack)
    _check_grounding(pack)
    _check_crisis(pack, ids)


def _check_ids(pack: Pack) -> frozenset[str]:
    seen: dict[str, str] = {}
    for file, id_, node in items(pack.raw):
        need(id_ not in seen, file, id_, f"the id stands in {seen.get(id_)} already")
        seen[id_] = file
        for seed in node.get("seed") or ():
            need(seed in pack.seeds, file, id_, f"unknown seed {seed}")
        for source in node.get("sources") or ():
            need(source in pack.sources, file, id_, f"unknown source {source}")
    themes = {theme.id for theme in pack.themes.themes}
    for file, id_, node in items(pack.raw):
        theme = node.get("theme")
        need(theme is None or theme in themes, file, id_, f"unknown theme {theme}")
    return frozenset(seen)


def _check_texts(pack: Pack, language: Language) -> None:
    known = frozenset(pack.safety.placeholders) | frozenset(pack.commitments.placeholders)
    for file, id_, node in items(pack.raw):
        texts = [node[field] for field in TEXT_FIELDS if isinstance(node.get(field), str)]
        texts += [step if isinstance(step, str) else step["text"] for step in node.get("steps") or ()]
        for text in texts:
            need(bool(text.strip()), file, id_, "an empty text")
            need(len(text) <= POST, file, id_, f"{len(text)} characters, where {POST} are the most")
            for placeholder in PLACEHOLDER.findall(text):
                need(placeholder in known, file, id_, f"unknown placeholder {placeholder}")
            if id_ not in NOT_OURS:
                _check_tone(file, id_, text, language)


def _check_tone(file: str, id_: str, text: str, language: Language) -> None:
    own = QUOTED.sub("", text)
    for pattern in TONE[language]:
        found = pattern.search(own)
        need(found is None, file, id_, f"the tone rules leave out “{found[0] if found else ''}”")


def _check_themes(pack: Pack) -> None:
    file = "themes.yaml"
    challenges = {one.id: one for one in pack.boundaries.challenges}
    exercises = {one.id for one in pack.grounding.exercises}
    commitments = {one.id for one in pack.commitments.examples}
    for week, theme in enumerate(pack.themes.themes, 1):
        need(theme.week == week, file, theme.id, f"week {theme.week} where week {week} comes")
        days = [one.day for one in theme.daily_prompts]
        need(
            days == list(range(1, 8)),
            file,
            theme.id,
            "its daily prompts are not those of days 1 to 7 in order",
        )
        challenge = challenges.get(theme.boundary_challenge)
        if challenge is None:
            raise ContentError(file, theme.id, f"unknown challenge {theme.boundary_challenge}")
        fit = challenge.intensity <= 2 and challenge.audience == "all"
        need(fit, file, theme.id, f"{challenge.id} is not for everyone on rung 1 or 2 (bd-rule-04)")
        for one in theme.grounding:
            need(one in exercises, file, theme.id, f"unknown exercise {one}")
        for one in theme.commitments:
            need(one in commitments, file, theme.id, f"unknown commitment {one}")
        head = f"**Week {week}: {theme.title}**\n{theme.text}\n*{theme.intention}*"
        need(len(head) <= POST, file, theme.id, f"its opening is rendered to {len(head)} characters")


def _check_check_ins(pack: Pack) -> None:
    scales = {one.id for one in pack.check_ins.scales}
    for prompt in pack.check_ins.prompts:
        for scale in prompt.scales:
            need(scale in scales, "check_ins.yaml", prompt.id, f"unknown scale {scale}")
        open_and_intense = prompt.intensity == 3 and prompt.share == "channel"
        need(not open_and_intense, "check_ins.yaml", prompt.id, "intensity 3 is not for the channel")


def _check_boundaries(pack: Pack) -> None:
    file = "boundaries.yaml"
    invitation = pack.boundaries.invitation.text
    for one in pack.boundaries.challenges:
        need(one.id.startswith(f"bd-{one.intensity}"), file, one.id, "its rung and its id differ")
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(one.steps, 1))
        card = (
            f"{invitation}\n**{one.title}**\n{one.text}\n{steps}\n> {one.script}\n"
            f"**Done when:** {one.done_when}\n**If this isn't safe for you:** {one.if_not_safe}"
        )
        need(len(card) <= POST, file, one.id, f"its card is rendered to {len(card)} characters")


PLAYER = frozenset(
    {
        "safe_first", "choose", "before", "before_high", "after", "after_better", "after_same", "after_worse",
        "after_unrated", "felt_worse", "stopped", "not_safe", "closed", "helped",
    }
)  # fmt: skip


def _check_grounding(pack: Pack) -> None:
    file = "grounding.yaml"
    kinds = {one.id for one in pack.grounding.kinds}
    differ = ", ".join(sorted(PLAYER ^ set(pack.grounding.player)))
    need(not differ, file, "player", f"missing or unknown: {differ}")
    for one in pack.grounding.exercises:
        need(one.kind in kinds, file, one.id, f"unknown kind {one.kind}")
        one_way = all((step.seconds is None) != (step.wait is None) for step in one.steps)
        need(one_way, file, one.id, "a step has either seconds or wait: tap")
        length = sum(step.seconds or 20 for step in one.steps)  # a tap is reckoned at 20 seconds
        need(
            one.length_seconds == length,
            file,
            one.id,
            f"length_seconds is not {length}, the sum of its steps",
        )
        cautions = "\n".join(f"- {caution}" for caution in one.cautions)
        card = f"**{one.title}**\n{one.text}\n{cautions}\n{one.eyes_open}\n{one.text_only}"
        need(len(card) <= POST, file, one.id, f"its card is rendered to {len(card)} characters")


def _check_crisis(pack: Pack, ids: frozenset[str]) -> None:
    for tier in pack.safety.crisis.tiers:
        text = tier.text
        for placeholder, length in LONGEST.items():
            text = text.replace(placeholder, "x" * length)
        need(len(text) <= POST, "safety.yaml", tier.id, f"filled in it is {len(text)} characters")
        paired = len(tier.next) == len(tier.buttons or ())
        need(paired, "safety.yaml", tier.id, "next and buttons differ in length")
        for id_ in tier.next:
            need(id_ in ids, "safety.yaml", tier.id, f"next leads to {id_}, which is unknown")
