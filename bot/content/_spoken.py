"""What of the content files is said to people: those words, no id or note, stand in the other catalogs."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

FILES = ("themes", "check_ins", "boundaries", "grounding", "commitments", "safety", "private_help")
SAID = frozenset(
    {
        "text", "title", "label", "tier_label", "buttons", "options", "steps", "cautions", "flow",
        "script", "done_when", "if_not_safe", "renegotiate", "intention", "facilitator_notes",
        "closing_question", "reply_template", "offer_text", "offer_grounding_at", "reason",
        "see_hear", "if_then", "smallest", "eyes_open", "text_only", "always_show",
    }
)  # fmt: skip
NEVER_SAID = frozenset({"rules", "placeholders", "review", "rating", "response_meta"})  # for whoever builds


def said(data: Mapping[str, Any], where: str = "") -> Iterator[tuple[str, str]]:
    """(where it stands, the words) of everything in a file that is said, in its order; some stand twice."""
    for key, value, place in _fields(data, where):
        if isinstance(value, str):
            yield f"{place} {key}".strip(), value
        else:
            yield from said(value, place)


def spoken(data: Mapping[str, Any], into: Callable[[str], str]) -> dict[str, Any]:
    """The same file with all that is said put into other words; whatever else stands in it stays."""
    return {key: _spoken(key, value, into) for key, value in data.items()}


def _spoken(key: str, value: Any, into: Callable[[str], str], known_as: bool = False) -> Any:
    if key in NEVER_SAID:
        return value
    if isinstance(value, dict):
        named = "label" in value and "text" in value  # a label beside a text is a name that code knows it by
        return {one: _spoken(one, inner, into, named) for one, inner in value.items()}
    if isinstance(value, list):
        return [_spoken(key, inner, into, known_as) for inner in value]
    return into(value) if _is_said(key, value, known_as) else value


def _is_said(key: str, value: Any, known_as: bool) -> bool:
    return isinstance(value, str) and key in SAID and not (known_as and key == "label")


def _fields(data: Mapping[str, Any], where: str) -> Iterator[tuple[str, Any, str]]:
    """Said words as (key, words, place), and what lies deeper as (key, mapping, place)."""
    place = str(data.get("id", where))
    named = "label" in data and "text" in data
    for key, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            if key in NEVER_SAID:
                continue
            if isinstance(one, dict) or _is_said(key, one, named):
                yield key, one, place
