"""Structured logs that hold events and our own row ids: never a name, an account or what a person wrote."""

import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from typing import Any

import structlog

Event = MutableMapping[str, Any]

# What could stand in a line of a library's: ids of Discord's, a password in an address, what follows in an
# address that answers a press, and whatever looks like a token or a key. Ours have none of it.
HIDDEN = (
    (re.compile(r"://[^/\s@]+@"), "://[hidden]@"),
    (re.compile(r"/(webhooks|interactions|channels|guilds|users)/[^\s'\")]+"), r"/\1/[hidden]"),
    (re.compile(r"[\w-]{20,}\.[\w-]{6,}\.[\w-]{20,}"), "[hidden]"),
    (re.compile(r"(?=[\w-]*[0-9])(?=[\w-]*[A-Z])[\w-]{40,}=?"), "[hidden]"),
    (re.compile(r"(?<![\w-])[0-9]{15,20}(?![\w-])"), "[id]"),
)


def configure(level: str, form: str) -> None:
    """Sets up structlog and the standard library's logging. `level`: debug … error; `form`: console, json."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_values,
        _without_objects,
        _without_secrets,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("alembic", "discord", "aiosqlite", "sqlalchemy"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # It warns whenever a tick takes longer than a second; the next one makes up for it.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # It warns at each start that no voice library is installed; Trellis has no voice.
    logging.getLogger("discord.client").setLevel(logging.ERROR)
    # Its warnings print callbacks with what they were given.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    # Its warnings quote addresses, in which the ids of direct-message channels and interaction tokens stand.
    for addressed in ("discord.http", "discord.webhook"):
        logging.getLogger(addressed).setLevel(logging.ERROR)


def _without_values(_logger: object, _method: str, event: Event) -> Event:
    """Reduces an exception to its type and the places it passed: its text may quote what a person wrote."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        event["raised"] = type(raised).__name__
        event["at"] = places(raised)
    return event


def _without_objects(logger: logging.Logger | None, _method: str, event: Event) -> Event:
    """Leaves asyncio's first line alone: beneath it tasks are printed, with what they raised or returned."""
    record = event.get("_record")
    name = record.name if isinstance(record, logging.LogRecord) else getattr(logger, "name", "")
    if name == "asyncio":
        event["event"] = str(event["event"]).partition("\n")[0]
    return event


def take_the_rest() -> None:
    """Whatever Python itself would print, with its text: what a thread raised, or an object at its end."""
    log = logging.getLogger(__name__)

    def told(met: Any) -> None:
        if met.exc_value is not None:
            log.error("raised where nobody waits", exc_info=(met.exc_type, met.exc_value, met.exc_traceback))

    threading.excepthook = told
    sys.unraisablehook = told


def _without_secrets(_logger: object, _method: str, event: Event) -> Event:
    """Takes out of every text what is nobody's to read, whoever wrote the line."""
    for name, value in event.items():
        if isinstance(value, str):
            for pattern, instead in HIDDEN:
                value = pattern.sub(instead, value)
            event[name] = value
    return event


def places(raised: BaseException, *, last: int = 6) -> list[str]:
    """The last places that an exception passed, innermost last, as `module:line function`; no values."""
    found: list[str] = []
    step = raised.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        found.append(f"{step.tb_frame.f_globals.get('__name__', '?')}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return found[-last:]
