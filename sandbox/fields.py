"""Forms as a person fills them in: from values by label or id to Discord's submit shape, and its checks."""

from collections.abc import Mapping
from typing import Any

from sandbox.refusals import Refused
from sandbox.validation import CHECKBOX, CHECKBOXES, FIELDS, INPUT, LABEL, RADIO, ROW, STRING

Body = dict[str, Any]


def filled(components: list[Body], values: Mapping[str, Any]) -> list[Body]:
    """A form's components with `values` (by label or custom id) in them; the rest keeps its defaults."""
    used: set[str] = set()
    made = []
    for number, component in enumerate(components, 1):
        if component["type"] == LABEL:
            field = component["component"]
            given = _given(values, used, field["custom_id"], component["label"])
            made.append({"type": LABEL, "id": number, "component": _value(field, given)})
        elif component["type"] == ROW:
            children = component["components"]
            inner = [
                _value(field, _given(values, used, field["custom_id"], field.get("label", "")))
                for field in children
            ]
            made.append({"type": ROW, "id": number, "components": inner})
        else:
            made.append({"type": component["type"], "id": number})
    unknown = set(values) - used
    if unknown:
        raise Refused(400, 0, f"There is no such field on the form: {sorted(unknown)[0]}.")
    return made


def _given(values: Mapping[str, Any], used: set[str], *names: str) -> Any:
    for name in names:
        if name in values:
            used.add(name)
            return values[name]
    return None


def _value(field: Body, given: Any) -> Body:
    body: Body = {"type": field["type"], "custom_id": field["custom_id"], "id": field.get("id", 1)}
    if field["type"] == INPUT:
        return {**body, "value": field.get("value") or "" if given is None else given}
    if field["type"] == CHECKBOX:
        return {**body, "value": bool(field.get("default")) if given is None else given}
    chosen = [option["value"] for option in field.get("options") or () if option.get("default")]
    if given is not None:
        chosen = [given] if isinstance(given, str) else list(given)
    if field["type"] == RADIO:
        return {**body, "value": chosen[0] if chosen else None}
    return {**body, "values": chosen}


def check_fields(asked: list[Body], given: list[Body]) -> None:
    """What the client checks before it sends a form. Raises Refused."""
    answers = {field["custom_id"]: field for field in _fields(given)}
    for field, name in _named(asked):
        answer = answers.get(field["custom_id"])
        if answer is None:
            raise Refused(400, 0, f"{name} is missing.")
        _check(field, answer, name)


def _fields(components: list[Body]) -> list[Body]:
    inner = [c.get("component") for c in components] + [
        f for c in components for f in c.get("components") or ()
    ]
    return [field for field in inner if field is not None]


def _named(components: list[Body]) -> list[tuple[Body, str]]:
    found = []
    for component in components:
        if component["type"] == LABEL and component["component"]["type"] in FIELDS:
            found.append((component["component"], component["label"]))
        elif component["type"] == ROW:
            found += [(field, field.get("label") or field["custom_id"]) for field in component["components"]]
    return found


def _check(field: Body, answer: Body, name: str) -> None:
    required = field.get("required", True)
    if field["type"] == INPUT:
        text = answer.get("value") or ""
        if required and not text:
            raise Refused(400, 0, f"{name} is required.")
        if len(text) > (field.get("max_length") or 4000):
            raise Refused(400, 0, f"{name} takes {field.get('max_length') or 4000} characters.")
        if text and len(text) < (field.get("min_length") or 0):
            raise Refused(400, 0, f"{name} takes {field['min_length']} characters or more.")
        return
    if field["type"] == CHECKBOX:
        return
    values = answer.get("values") or ([answer["value"]] if answer.get("value") is not None else [])
    if required and not values:
        raise Refused(400, 0, f"{name} is required.")
    if len(values) > (
        1
        if field["type"] == RADIO
        else field.get("max_values") or (len(values) if field["type"] == CHECKBOXES else 1)
    ):
        raise Refused(400, 0, f"{name} takes fewer choices.")
    known = {option["value"] for option in field.get("options") or ()}
    if field["type"] in (STRING, RADIO, CHECKBOXES) and not set(values) <= known:
        raise Refused(400, 0, f"{name}: that is not among the options.")
