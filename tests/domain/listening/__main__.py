"""`python -m tests.domain.listening`: the listener's figures on the texts held out, by language and kind."""

from rich.console import Console
from rich.table import Table

from bot.content import load_phrasebooks
from bot.domain.listening import Heard, screen
from tests.domain.listening.labelled import Labelled, figures, labelled


def main() -> None:
    """Prints one table; a dash where there is no such text."""
    books = load_phrasebooks()
    texts = labelled(held_out=True)
    heard: dict[str, Heard] = {one.text: screen(one.text, books) for one in texts}
    table = Table("texts", "how many", "explicit heard", "all heard", "false alarms", "right tier")
    for name, some in {"all": texts, **_by_language(texts), **_by_kind(texts)}.items():
        table.add_row(name, str(len(some)), *_row(some, heard))
    Console(width=100).print(table)


def _by_language(texts: list[Labelled]) -> dict[str, list[Labelled]]:
    languages = sorted({one.language for one in texts})
    return {each: [one for one in texts if one.language == each] for each in languages}


def _by_kind(texts: list[Labelled]) -> dict[str, list[Labelled]]:
    english = [one for one in texts if one.language == "en"]
    kinds = sorted({one.kind for one in english})
    return {f"en, {each}": [one for one in english if one.kind == each] for each in kinds}


def _row(texts: list[Labelled], heard: dict[str, Heard]) -> list[str]:
    found = figures(texts, heard.__getitem__)
    shares = (found.explicit, found.positive, found.false_alarms, found.right_tier)
    return [f"{share:.0%}".replace("nan%", "-") for share in shares]


if __name__ == "__main__":
    main()
