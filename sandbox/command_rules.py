"""Discord's limits on commands and on what autocomplete offers; every fault is named by its path."""

from collections.abc import Iterator

from sandbox.localizations import is_name, longest, name_faults, name_taken_faults, word_faults
from sandbox.refusals import invalid
from sandbox.validation import Body, Fault, length

PLACES = {"integration_types": {0, 1}, "contexts": {0, 1, 2}}  # installs, and where it is used
LONGEST = {"name": 32, "description": 100}  # characters, in every language
LONGEST_CHOICE = {"name": 100}
MOST_CHARACTERS = 8000  # of names, descriptions and choices together (docs: Application Command Limits)


def check_command(command: Body) -> None:
    """An application command to be registered. Raises Refused (50035)."""
    faults = [*_command(command, ""), *_size(command)]
    if faults:
        raise invalid(faults)


def check_commands(commands: list[Body]) -> None:
    """Commands to be registered together. Raises Refused (50035); the command's number leads each path."""
    faults: list[Fault] = []
    seen: set[tuple[int, str]] = set()
    for number, command in enumerate(commands):
        faults += [(f"{number}.{path}", code, text) for path, code, text in _command(command, "")]
        faults += [(f"{number}.{path}", code, text) for path, code, text in _size(command)]
        key = (command.get("type", 1), str(command.get("name")))
        if key in seen:
            text = "Application command names must be unique"
            faults.append((f"{number}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", text))
        seen.add(key)
    if faults:
        raise invalid(faults)


def _size(command: Body) -> Iterator[Fault]:
    if _characters(command) > MOST_CHARACTERS:
        yield "_", "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)"


def _characters(node: Body) -> int:
    choices = sum(longest(c, "name") + len(str(c.get("value"))) for c in node.get("choices") or ())
    own = longest(node, "name") + longest(node, "description")
    return own + choices + sum(_characters(option) for option in node.get("options") or ())


def _command(command: Body, dot: str) -> Iterator[Fault]:
    yield from _words(command, dot)
    yield from _places(command, dot)
    yield from _options(command.get("options") or [], dot)


def _words(command: Body, dot: str) -> Iterator[Fault]:
    """Its name and description, in all languages."""
    slash = command.get("type", 1) == 1
    name = command.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= 32:
        yield f"{dot}name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length."
    elif slash and not is_name(name):
        yield f"{dot}name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"
    if slash:
        yield from length(f"{dot}description", command.get("description"), 1, 100)
        yield from name_faults(command, dot)
    yield from word_faults(command, dot, LONGEST)


def _options(options: list[Body], dot: str) -> Iterator[Fault]:
    if len(options) > 25:
        yield f"{dot}options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."
    optional_seen = False
    for number, option in enumerate(options):
        here = f"{dot}options.{number}."
        yield from _command({**option, "type": 1}, here)
        if option.get("required") and optional_seen:
            yield (
                f"{here}required",
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                ("Required options must be placed before non-required options"),
            )
        optional_seen = optional_seen or not option.get("required")
        yield from _choices(option.get("choices") or [], here)
    yield from name_taken_faults(options, dot)


def _places(command: Body, dot: str) -> Iterator[Fault]:
    """How it is installed and where it is used: some of Discord's own numbers, each once."""
    for field, known in PLACES.items():
        given = command.get(field)
        if given is None:
            continue
        if not given:
            yield f"{dot}{field}", "BASE_TYPE_BAD_LENGTH", "Must be 1 or more in length."
        elif len(set(given)) != len(given):
            yield f"{dot}{field}", "SET_TYPE_ALREADY_CONTAINS_VALUE", "The value already exists."
        elif not set(given) <= known:
            yield f"{dot}{field}", "BASE_TYPE_CHOICES", f"Value must be one of {sorted(known)}."


def check_choices(choices: list[Body]) -> None:
    """What an autocomplete offers. Raises Refused (50035)."""
    faults = list(_choices(choices, "data."))
    if faults:
        raise invalid(faults)


def _choices(choices: list[Body], dot: str) -> Iterator[Fault]:
    if len(choices) > 25:
        yield f"{dot}choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."
    for number, choice in enumerate(choices):
        here = f"{dot}choices.{number}."
        yield from length(f"{here}name", choice.get("name"), 1, 100)
        if isinstance(choice.get("value"), str):
            yield from length(f"{here}value", choice["value"], 1, 100)
        yield from word_faults(choice, here, LONGEST_CHOICE)
