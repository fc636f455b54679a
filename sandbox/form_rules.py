"""Discord's documented limits on forms; every fault is named by its path."""

from collections.abc import Iterator

from sandbox.refusals import invalid
from sandbox.validation import (
    INPUT,
    LABEL,
    ROW,
    TEXT,
    Body,
    Fault,
    component_faults,
    duplicates,
    length,
    nested,
)


def check_modal(modal: Body) -> None:
    """A form to be shown. Raises Refused (50035)."""
    faults = [
        *length("title", modal.get("title"), 1, 45),
        *length("custom_id", modal.get("custom_id"), 1, 100),
    ]
    components = modal.get("components") or []
    if not 1 <= len(components) <= 5:
        faults.append(("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."))
    for number, component in enumerate(components):
        if component.get("type") not in (ROW, TEXT, LABEL):
            faults.append(
                (
                    f"components.{number}.type",
                    "UNION_TYPE_CHOICES",
                    "Value of field must be one of (1, 10, 18).",
                )
            )
    everything = list(nested(components))
    for path, component in everything:
        faults.extend(_modal_part(path, component))
    faults.extend(duplicates(everything))
    if faults:
        raise invalid(faults, "data.")


def _modal_part(path: str, component: Body) -> Iterator[Fault]:
    kind = component.get("type")
    if kind == LABEL:
        yield from length(f"{path}.label", component.get("label"), 1, 45)
        yield from length(f"{path}.description", component.get("description") or "", 0, 100)
    elif kind == INPUT:
        yield from length(f"{path}.custom_id", component.get("custom_id"), 1, 100)
        yield from length(f"{path}.placeholder", component.get("placeholder") or "", 0, 100)
        yield from length(f"{path}.value", component.get("value") or "", 0, 4000)
        most = component.get("max_length") or 4000
        if not 1 <= most <= 4000:
            yield f"{path}.max_length", "NUMBER_TYPE_MAX", "int value should be between 1 and 4000."
        if len(component.get("value") or "") > most:
            yield f"{path}.value", "BASE_TYPE_BAD_LENGTH", f"Must be {most} or fewer in length."
    elif kind == ROW:
        for number, child in enumerate(component.get("components") or ()):
            yield from length(f"{path}.components.{number}.label", child.get("label"), 1, 45)
    else:
        yield from component_faults(path, component)
