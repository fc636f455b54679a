"""The export as a page that anybody can read: one file, nothing loaded, nothing run."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from cogs.speech import Phrase, say

STYLE = Phrase(
    "\n"
    ":root { color-scheme: light dark;\n  --ink: #22302b; --soft: #5d6b65; --page: #f6f4ee; "
    "--card: #fffdf8; --line: #cfccc0 }\n"
    "@media (prefers-color-scheme: dark) {\n  :root { --ink: #e9ece8; --soft: #a9b5af; "
    "--page: #1b211e; --card: #242c28; --line: #3d4842 }\n"
    "}\n"
    "body { margin: 0 auto; max-width: 46rem; padding: 2rem 1rem; background: var(--page); "
    "color: var(--ink);\n  font: 1rem/1.6 system-ui, sans-serif }\n"
    "section { background: var(--card); border: 1px solid var(--line); border-radius: "
    ".75rem;\n  padding: 1rem 1.25rem; margin: 1rem 0 }\n"
    "h1 { font-size: 1.6rem } h2 { font-size: 1.25rem } h3 { font-size: 1rem; margin-bottom: "
    ".25rem }\n"
    "dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .15rem 1rem; "
    "margin: 0 }\n"
    "dt { color: var(--soft) } dd { margin: 0; white-space: pre-wrap; overflow-wrap: "
    "anywhere }\n"
    "li { margin: .75rem 0 } ol, ul { padding-left: 1.2rem } p.soft { color: var(--soft) }\n"
    "@media (max-width: 32rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem "
    "} }\n"
)
WORDS = {
    "circles": Phrase("Your circles"),
    "check_ins": "Check-ins",
    "offered_to_the_circle": Phrase("Offered to the circle"),
    "commitments": Phrase("Commitments"),
    "boundary_practice": Phrase("Boundary practice"),
    "who_walks_alongside": Phrase("Who walks alongside you"),
    "listening_practice": Phrase("Listening practice"),
    "to_look_back_on": Phrase("What you keep to look back on"),
    "your_safety_map": Phrase("Your safety map"),
    "after_a_word_match": Phrase("After a word match"),
    "alerts": Phrase("Alerts about you"),
    "what_you_told_a_facilitator": Phrase("What you told a facilitator"),
    "alerts_where_you_have_not_joined": Phrase("Alerts about you where you haven't joined"),
    "told_where_you_have_not_joined": Phrase("What you told a facilitator where you haven't joined"),
    "exercises": Phrase("Exercises"),
    "who_saw_what": Phrase("Who saw what"),
    "letters": Phrase("Letters about you or to you"),
    "you_said_yes_to": Phrase("You said yes to"),
    "words_of_the_consents": Phrase("In the words of version"),
    "what_you_did_as_a_facilitator": Phrase("What you did as a facilitator"),
    "help_lines_you_checked": Phrase("Help lines that you checked"),
}
ELSEWHERE = (  # what belongs to no membership
    "alerts_where_you_have_not_joined",
    "told_where_you_have_not_joined",
    "what_you_did_as_a_facilitator",
    "help_lines_you_checked",
)
NOTHING = Phrase("Nothing.")


def as_page(data: Mapping[str, Any]) -> str:
    """HTML of the export's data; every word of anybody's is escaped."""
    circles = data["circles"]
    body = "".join(_circle(each) for each in circles) or f"<section><p>{NOTHING}</p></section>"
    if data["an_exercise_goes_on_now"]:
        body += say(
            "<section><p>An exercise goes on now. Where you are in it is gone with its end.</p></section>"
        )
    for name in ELSEWHERE:
        if data[name]:
            body += f"<section><h2>{_name(name)}</h2>{_list(data[name])}</section>"
    return say(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width, initial-scale=1"><title>What is kept about '
        "you</title><style>{style}</style></head><body><main><h1>What is kept about you</h1><p "
        'class="soft">All of it, as it stood on {data}. data.json beside it holds the same for a '
        "program. Times are in UTC.</p>{body}</main></body></html>",
        style=STYLE,
        data=escape(_said(data["made_at"])),
        body=body,
    )


def _circle(circle: Mapping[str, Any]) -> str:
    simple = {name: value for name, value in circle.items() if not _listed(value)}
    lists = {name: value for name, value in circle.items() if _listed(value)}
    parts = [f"<h2>{escape(circle['circle'])}</h2>", _facts(simple)]
    parts += [f"<h3>{_name(name)}</h3>{_list(value)}" for name, value in lists.items()]
    return f"<section>{''.join(parts)}</section>"


def _list(things: Sequence[Any]) -> str:
    if not things:
        return say('<p class="soft">{nothing}</p>', nothing=NOTHING)
    return "<ol>" + "".join(f"<li>{_facts(each)}</li>" for each in things) + "</ol>"


def _facts(facts: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<dt>{_name(name)}</dt><dd>{escape(_said(value))}</dd>"
        for name, value in facts.items()
        if value not in (None, "", [], {})
    )
    return f"<dl>{rows}</dl>"


def _listed(value: Any) -> bool:
    return isinstance(value, list) and (not value or isinstance(value[0], dict))


def _name(name: str) -> str:
    return escape(WORDS.get(name, name.replace("_", " ").capitalize()))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    if isinstance(value, dict):
        return (
            value["label"]
            if "label" in value
            else "\n".join(
                f"{name.replace('_', ' ')}: {_said(each)}"
                for name, each in value.items()
                if each not in (None, "")
            )
        )
    text = str(value)
    return text.replace("T", " ").removesuffix("+00:00") if text.endswith("+00:00") else text
