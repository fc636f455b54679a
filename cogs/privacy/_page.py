"""The export as a page that anybody can read: one file, nothing loaded, nothing run."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from cogs.privacy._names import CODED, decoded, heading, within
from cogs.speech import Phrase, say, spoken

STYLE = """
:root { color-scheme: light dark;
  --ink: #22302b; --soft: #5d6b65; --page: #f6f4ee; --card: #fffdf8; --line: #cfccc0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9ece8; --soft: #a9b5af; --page: #1b211e; --card: #242c28; --line: #3d4842 }
}
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1rem; background: var(--page); color: var(--ink);
  font: 1rem/1.6 system-ui, sans-serif }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: 1rem 1.25rem; margin: 1rem 0 }
h1 { font-size: 1.6rem } h2 { font-size: 1.25rem } h3 { font-size: 1rem; margin-bottom: .25rem }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .15rem 1rem; margin: 0 }
dt { color: var(--soft) } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
li { margin: .75rem 0 } ol, ul { padding-left: 1.2rem } p.soft { color: var(--soft) }
@media (max-width: 32rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } }
"""
ELSEWHERE = (  # what belongs to no membership
    "alerts_where_you_have_not_joined",
    "told_where_you_have_not_joined",
    "what_you_did_as_a_facilitator",
    "help_lines_you_checked",
)
TITLE = Phrase("What is kept about you")
STOOD = Phrase(
    "All of it, as it stood on {at}. data.json beside it holds the same for a program. Times are in UTC."
)
GOES_ON = Phrase("An exercise goes on now. Where you are in it is gone with its end.")
NOTHING = Phrase("Nothing.")


def as_page(data: Mapping[str, Any]) -> str:
    """HTML of the export's data in the language that is spoken; every word of anybody's is escaped."""
    body = "".join(_circle(each) for each in data["circles"])
    body = body or f"<section><p>{escape(NOTHING())}</p></section>"
    if data["an_exercise_goes_on_now"]:
        body += f"<section><p>{escape(GOES_ON())}</p></section>"
    for name in ELSEWHERE:
        if data[name]:
            body += f"<section><h2>{_name(name)}</h2>{_list(data[name])}</section>"
    title = escape(TITLE())
    return (
        f'<!doctype html><html lang="{spoken().value}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{title}</h1>"
        f'<p class="soft">{escape(STOOD(at=_said(data["made_at"])))}</p>{body}</main></body></html>'
    )


def _circle(circle: Mapping[str, Any]) -> str:
    simple = {name: value for name, value in circle.items() if not _listed(value)}
    lists = {name: value for name, value in circle.items() if _listed(value)}
    parts = [f"<h2>{escape(circle['circle'])}</h2>", _facts(simple)]
    parts += [f"<h3>{_name(name)}</h3>{_list(value)}" for name, value in lists.items()]
    return f"<section>{''.join(parts)}</section>"


def _list(things: Sequence[Any]) -> str:
    if not things:
        return f'<p class="soft">{escape(NOTHING())}</p>'
    return "<ol>" + "".join(f"<li>{_facts(each)}</li>" for each in things) + "</ol>"


def _facts(facts: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<dt>{_name(name)}</dt><dd>{escape(_said(value, name))}</dd>"
        for name, value in facts.items()
        if value not in (None, "", [], {})
    )
    return f"<dl>{rows}</dl>"


def _listed(value: Any) -> bool:
    return isinstance(value, list) and (not value or isinstance(value[0], dict))


def _name(name: str) -> str:
    return escape(heading(name))


def _said(value: Any, name: str = "") -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, list):
        return ", ".join(_said(each, name) for each in value)
    if isinstance(value, dict):
        return value["label"] if "label" in value else _several(value)
    text = str(value)
    if name in CODED:
        return decoded(text)
    return text.replace("T", " ").removesuffix("+00:00") if text.endswith("+00:00") else text


def _several(facts: Mapping[str, Any]) -> str:
    return "\n".join(
        f"{within(name)}: {_said(each, name)}" for name, each in facts.items() if each not in (None, "")
    )
