"""Discord's documented limits on messages, components, forms and commands; a fault is named by its path."""

from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.entities import COMPONENTS_V2
from sandbox.refusals import empty_message, invalid

Fault = tuple[str, str, str]
Body = dict[str, Any]

EMBED_TOTAL = 6000
ROW, BUTTON, STRING, INPUT, USER, ROLE, MENTIONABLE, CHANNEL = range(1, 9)
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = range(9, 15)
CONTAINER, LABEL, UPLOAD = 17, 18, 19
RADIO, CHECKBOXES, CHECKBOX = 21, 22, 23
SELECTS = {STRING, USER, ROLE, MENTIONABLE, CHANNEL}
FIELDS = SELECTS | {INPUT, UPLOAD, RADIO, CHECKBOXES, CHECKBOX}
V1_TOP, V2_TOP = {ROW}, {ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER}


def check_message(body: Body, *, files: int = 0, within: str = "") -> None:
    """A message to be sent or edited. Raises Refused (50035 or 50006).

    `within`: what leads each path ("data." where the message answers an interaction).
    """
    faults = list(_shapes(body))
    if faults:
        raise invalid(faults, within)
    if isinstance(body.get("content"), int):
        body["content"] = str(body["content"])  # as Discord does
    faults = [*_content(body), *_embeds(body.get("embeds") or []), *_components(body)]
    nonce = body.get("nonce")
    if nonce is not None and len(str(nonce)) > 25:
        faults.append(("nonce", "BASE_TYPE_BAD_LENGTH", "Must be 25 or fewer in length."))
    if faults:
        raise invalid(faults, within)
    kept = body.get("attachments") or files or body.get("poll") or body.get("sticker_ids")
    if not ((body.get("content") or "").strip() or body.get("embeds") or body.get("components") or kept):
        raise empty_message()


def _shapes(body: Body) -> Iterator[Fault]:
    """What has not even the right type; nothing else can be looked at then."""
    if not isinstance(body.get("content"), str | int | None) or isinstance(body.get("content"), bool):
        yield "content", "BASE_TYPE_STRING", "Could not interpret value as string."
    for name in ("embeds", "components", "attachments"):
        given = body.get(name)
        if not isinstance(given, list | None):
            yield name, "BASE_TYPE_LIST", "Only iterables may be used in a ListType"
        for number, each in enumerate(given or ()):
            if not isinstance(each, dict):
                yield f"{name}.{number}", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"
    if not isinstance(body.get("flags"), int | None):
        yield "flags", "NUMBER_TYPE_COERCE", "Value is not int."


def _content(body: Body) -> Iterator[Fault]:
    content = body.get("content") or ""
    if len(content) > 2000:
        yield "content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length."
    if (body.get("flags") or 0) & COMPONENTS_V2 and (content or body.get("embeds")):
        yield (
            "content",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            ("The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
        )


def length(path: str, text: Any, least: int, most: int) -> Iterator[Fault]:
    if text is None:
        if least:
            yield path, "BASE_TYPE_REQUIRED", "This field is required"
    elif not least <= len(str(text)) <= most:
        yield path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."


def _embeds(embeds: list[Body]) -> Iterator[Fault]:
    if len(embeds) > 10:
        yield "embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length."
    total = 0
    for number, embed in enumerate(embeds):
        path = f"embeds.{number}"
        texts = list(_embed_texts(embed))
        total += sum(len(text) for _, text, _ in texts)
        for name, text, most in texts:
            if len(text) > most:
                yield f"{path}.{name}", "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length."
        if len(embed.get("fields") or ()) > 25:
            yield f"{path}.fields", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."
        for place, field in enumerate(embed.get("fields") or ()):
            for name in ("name", "value"):
                if not field.get(name):
                    yield f"{path}.fields.{place}.{name}", "BASE_TYPE_REQUIRED", "This field is required"
    if total > EMBED_TOTAL:
        yield "embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000"


def _embed_texts(embed: Body) -> Iterator[tuple[str, str, int]]:
    yield "title", embed.get("title") or "", 256
    yield "description", embed.get("description") or "", 4096
    yield "footer.text", (embed.get("footer") or {}).get("text") or "", 2048
    yield "author.name", (embed.get("author") or {}).get("name") or "", 256
    for number, field in enumerate(embed.get("fields") or ()):
        yield f"fields.{number}.name", field.get("name") or "", 256
        yield f"fields.{number}.value", field.get("value") or "", 1024


def nested(components: Iterable[Body], path: str = "components") -> Iterator[tuple[str, Body]]:
    """Every component with its path, outermost first."""
    for number, component in enumerate(components):
        here = f"{path}.{number}"
        yield here, component
        yield from nested(component.get("components") or (), f"{here}.components")
        for name in ("accessory", "component"):
            if component.get(name):
                yield f"{here}.{name}", component[name]


def _components(body: Body) -> Iterator[Fault]:
    components = body.get("components") or []
    modern = bool((body.get("flags") or 0) & COMPONENTS_V2)
    most = 40 if modern else 5
    everything = list(nested(components))
    if len(everything if modern else components) > most:
        yield "components", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {most} in length."
    for number, component in enumerate(components):
        if component.get("type") not in (V2_TOP if modern else V1_TOP):
            allowed = ", ".join(map(str, sorted(V2_TOP if modern else V1_TOP)))
            yield (
                f"components.{number}.type",
                "UNION_TYPE_CHOICES",
                f"Value of field must be one of ({allowed}).",
            )
    if sum(len(each.get("content") or "") for _, each in everything if each.get("type") == TEXT) > 4000:
        yield "components", "COMPONENT_TEXT_TOTAL", "The text in all components must be 4000 or fewer."
    for path, component in everything:
        yield from component_faults(path, component)
    yield from duplicates(everything)


def duplicates(everything: list[tuple[str, Body]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, component in everything:
        custom_id = component.get("custom_id")
        if custom_id is None:
            continue
        if custom_id in seen:
            yield (
                f"{path}.custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                ("Component custom id cannot be duplicated"),
            )
        seen.add(custom_id)


def component_faults(path: str, component: Body) -> Iterator[Fault]:
    kind = component.get("type")
    if kind == ROW:
        children = component.get("components") or []
        weights = sum(5 if child.get("type") in SELECTS else 1 for child in children)
        if not 1 <= weights <= 5:
            yield f"{path}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."
    if kind == BUTTON:
        yield from _button(path, component)
    if kind in FIELDS:
        yield from length(f"{path}.custom_id", component.get("custom_id"), 1, 100)
    if kind in SELECTS:
        yield from length(f"{path}.placeholder", component.get("placeholder") or "", 0, 150)
    if kind in (STRING, RADIO, CHECKBOXES):
        yield from _options(path, component, 25 if kind == STRING else 10)
    if kind == TEXT:
        yield from length(f"{path}.content", component.get("content"), 1, 4000)


def _button(path: str, button: Body) -> Iterator[Fault]:
    if not (button.get("label") or button.get("emoji")) and button.get("style") != 6:
        yield f"{path}.label", "BASE_TYPE_REQUIRED", "A label or an emoji is required"
    yield from length(f"{path}.label", button.get("label") or "", 0, 80)
    if button.get("style") == 5:
        yield from length(f"{path}.url", button.get("url"), 1, 512)
    else:
        yield from length(f"{path}.custom_id", button.get("custom_id"), 1, 100)


def _options(path: str, select: Body, most: int) -> Iterator[Fault]:
    options = select.get("options") or []
    if not 1 <= len(options) <= most:
        yield f"{path}.options", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {most} in length."
    seen: set[str] = set()
    for number, option in enumerate(options):
        here = f"{path}.options.{number}"
        yield from length(f"{here}.label", option.get("label"), 1, 100)
        yield from length(f"{here}.value", option.get("value"), 1, 100)
        yield from length(f"{here}.description", option.get("description") or "", 0, 100)
        if option.get("value") in seen:
            yield (
                f"{here}.value",
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        seen.add(str(option.get("value")))
    if sum(bool(option.get("default")) for option in options) > (select.get("max_values") or 1):
        yield f"{path}.options", "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "Too many default values"
