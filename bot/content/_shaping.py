"""Holds what a file has against its model, and names the nearest id of a fault."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.content._models import Strict
from bot.domain.errors import ContentError

M = TypeVar("M", bound=Strict)


def shaped(model: type[M], file: str, data: Mapping[str, Any]) -> M:
    """The file's data in its shape. Raises ContentError."""
    try:
        return model.model_validate(data)
    except ValidationError as refused:
        first = refused.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"] if isinstance(part, str))
        raise ContentError(file, _nearest_id(data, first["loc"]), f"{field}: {first['msg']}") from None


def _nearest_id(data: Any, path: tuple[int | str, ...]) -> str:
    """The id of the innermost item on the way to a fault; where none has one, the way itself."""
    found = None
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            found = data["id"]
    return found or "/".join(map(str, path)) or "file"
