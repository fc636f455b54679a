"""Attachments: kept beside the world, served to the page, named in messages as Discord names them."""

import mimetypes
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.snowflakes import Snowflakes

SERVED = "/sandbox/files/"
STREAM = "application/octet-stream"
UNSAFE = re.compile(r"[^\w.\-]+")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in. `key`: the number in `files[n]` that an attachment's id refers to."""

    key: str
    name: str
    kind: str
    content: bytes = field(repr=False)
    description: str | None = None


class Files:
    """`folder` None keeps them in memory. `base` is the server's own address."""

    def __init__(self, folder: Path | None, ids: Snowflakes) -> None:
        self.base = ""
        self._folder = folder / "files" if folder else None
        self._ids = ids
        self._memory: dict[str, tuple[str, bytes]] = {}

    def add(self, upload: Upload) -> dict[str, Any]:
        """Keeps a file; Discord's attachment object."""
        id_, name = self._ids.next(), UNSAFE.sub("_", upload.name)[-100:] or "file"
        kind = _kind(upload, name)
        if self._folder is None:
            self._memory[id_] = (kind, upload.content)
        else:
            path = self._folder / id_ / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(upload.content)
        url = f"{self.base}/sandbox/files/{id_}/{name}"
        attachment: dict[str, Any] = {
            "id": id_,
            "filename": name,
            "size": len(upload.content),
            "url": url,
            "proxy_url": url,
            "content_type": kind,
        }
        if upload.description:
            attachment["description"] = upload.description
        size = png_size(upload.content)
        if size is not None:
            attachment["width"], attachment["height"] = size
        return attachment

    def read(self, id_: str, name: str) -> tuple[str | None, bytes] | None:
        """Kind (where known) and content."""
        if self._folder is None:
            return self._memory.get(id_)
        if not id_.isdigit() or UNSAFE.search(name) or name.startswith("."):
            return None
        path = self._folder / id_ / name
        return (None, path.read_bytes()) if path.is_file() else None


def _kind(upload: Upload, name: str) -> str:
    """As Discord finds it out: clients such as discord.py send every file as a stream of bytes."""
    if upload.kind != STREAM:
        return upload.kind
    return mimetypes.guess_type(name)[0] or STREAM


def png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG in pixels; None for anything else."""
    if content[:8] != b"\x89PNG\r\n\x1a\n" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def rebased(value: Any, base: str) -> Any:
    """Embeds, components or attachments with the files' addresses on the server's present one."""
    if isinstance(value, list):
        return [rebased(each, base) for each in value]
    if isinstance(value, dict):
        return {key: rebased(each, base) for key, each in value.items()}
    if isinstance(value, str) and value.startswith("http://127.0.0.1:") and SERVED in value:
        return base + value[value.index(SERVED) :]
    return value


def linked(value: Any, attachments: list[dict[str, Any]]) -> Any:
    """Embeds or components with each `attachment://name` made into that file's address."""
    if isinstance(value, list):
        return [linked(each, attachments) for each in value]
    if isinstance(value, dict):
        return {
            **_described(value, attachments),
            **{k: linked(each, attachments) for k, each in value.items()},
        }
    if isinstance(value, str) and value.startswith("attachment://"):
        name = value.removeprefix("attachment://")
        return next((each["url"] for each in attachments if each["filename"] == name), value)
    return value


def _described(value: dict[str, Any], attachments: list[dict[str, Any]]) -> dict[str, Any]:
    """The alt text that a picture of an embed takes from its file."""
    name = str(value.get("url", "")).removeprefix("attachment://")
    words = (each.get("description") for each in attachments if each["filename"] == name)
    return {"description": found} if (found := next(words, None)) else {}


def used_in(value: Any) -> set[str]:
    """The names of the files that embeds or components show; Discord does not list these once more below."""
    if isinstance(value, list):
        return set().union(*(used_in(each) for each in value)) if value else set()
    if isinstance(value, dict):
        return used_in(list(value.values()))
    if isinstance(value, str) and value.startswith("attachment://"):
        return {value.removeprefix("attachment://")}
    return set()
