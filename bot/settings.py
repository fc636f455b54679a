"""One frozen settings object from the environment and `.env`; checked before anything is contacted."""

import base64
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BeforeValidator, SecretStr, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.domain.errors import SettingsError

KEY_BYTES = 32  # of a vault key (AES-256)
DEFAULT_DATABASE = "sqlite+aiosqlite:///data/trellis.db"
DATABASES = ("sqlite+aiosqlite", "postgresql+asyncpg")
OFF = "off"
HOW: Mapping[str, str] = {  # what to do, for each that has no default
    "DISCORD_TOKEN": "copy the bot's token from Discord's developer portal into .env",
    "TRELLIS_KEY": "make one with `python -m bot keygen` and put it into .env",
}


def _refuse(reason: str) -> PydanticCustomError:
    # A reason never quotes the value: it may be a secret, or hold one.
    return PydanticCustomError("setting", "{reason}", {"reason": reason})


def _token(given: Any) -> Any:
    if isinstance(given, str) and re.search(r"\s", given.strip()):
        raise _refuse(f"a token holds no blanks; {HOW['DISCORD_TOKEN']}")
    return given.strip() if isinstance(given, str) else given


def _keys(given: Any) -> Any:
    """The vault's keys from one text: newest first, divided by commas or blanks."""
    if not isinstance(given, str):
        return given
    keys = re.split(r"[\s,]+", given.strip(" \t\n,"))
    if wrong := [str(number) for number, key in enumerate(keys, 1) if not is_key(key)]:
        raise _refuse(
            f"key {', '.join(wrong)} of {len(keys)} is not a vault key (32 bytes, urlsafe base64): "
            "copy it again, or make one with `python -m bot keygen`"
        )
    if len(set(keys)) < len(keys):
        raise _refuse("a key stands in the list twice: leave it in one place, the newest first")
    return keys


def _numbers(given: Any) -> Any:
    """Shard ids from `0,1`."""
    if not isinstance(given, str):
        return given
    words = re.split(r"[\s,]+", given.strip(" \t\n,"))
    if not all(re.fullmatch(r"[0-9]{1,6}", word) for word in words):
        raise _refuse("give whole numbers from 0 up, divided by commas, such as 0,1")
    return tuple(dict.fromkeys(int(word) for word in words))


def _whole(low: int, high: int) -> BeforeValidator:
    def checked(given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if not re.fullmatch(r"[0-9]{1,9}", given.strip()) or not low <= int(given) <= high:
            raise _refuse(f"give a whole number from {low} to {high}")
        return int(given)

    return BeforeValidator(checked)


def _folder(given: Any) -> Any:
    """Where nightly backups go, or `off`."""
    if not isinstance(given, str):
        return given
    folder = given.strip()
    if folder.lower() == OFF:
        return OFF
    if Path(folder).is_file():
        raise _refuse("name a folder, or off")
    return folder


def _one_of(*names: str) -> BeforeValidator:
    def checked(given: Any) -> Any:
        name = given.strip().lower() if isinstance(given, str) else given
        if name not in names:
            raise _refuse(f"give one of {', '.join(names)}")
        return name

    return BeforeValidator(checked)


def _yes_or_no() -> BeforeValidator:
    def checked(given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if given.strip().lower() not in ("yes", "no"):
            raise _refuse("give yes or no")
        return given.strip().lower() == "yes"

    return BeforeValidator(checked)


def _address(*schemes: str) -> BeforeValidator:
    def checked(given: Any) -> Any:
        if not isinstance(given, str):
            return given
        try:
            parts = urlsplit(given.strip())
            sound = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        except ValueError:
            sound = False
        if not sound:
            raise _refuse(f"give an address that begins with {' or '.join(f'{one}://' for one in schemes)}")
        return given.strip().rstrip("/")

    return BeforeValidator(checked)


def _database(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    url = given.strip()
    scheme, divider, rest = url.partition("://")
    if not divider or scheme not in DATABASES:
        raise _refuse(
            "two kinds are taken: sqlite+aiosqlite:///path/to/file.db "
            "and postgresql+asyncpg://user:password@host/name"
        )
    if scheme == DATABASES[0] and not rest.split("?")[0].strip("/"):
        raise _refuse(
            "name the file, such as sqlite+aiosqlite:///data/trellis.db (a fourth / for a full path)"
        )
    if scheme == DATABASES[1] and not _names_a_database(url):
        raise _refuse("name server and database, such as postgresql+asyncpg://user:password@host/name")
    return url


def _names_a_database(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return len(parts.path) > 1 and bool(parts.hostname or parts.query)


class Settings(BaseSettings):
    """Everything that an operator sets. Secrets show as asterisks wherever they are printed."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    discord_token: Annotated[SecretStr, BeforeValidator(_token)] = SecretStr(
        ""
    )  # empty: this command needs none
    discord_api_url: Annotated[str, _address("https", "http")] = "https://discord.com/api/v10"
    discord_gateway_url: Annotated[str, _address("wss", "ws")] | None = None  # None: the API is asked
    database_url: Annotated[SecretStr, BeforeValidator(_database)] = SecretStr(DEFAULT_DATABASE)
    trellis_key: Annotated[tuple[SecretStr, ...], BeforeValidator(_keys)]
    shard_ids: Annotated[tuple[int, ...], BeforeValidator(_numbers)] | None = None
    shard_count: Annotated[int, _whole(1, 100_000)] | None = None
    metrics_port: Annotated[int, _whole(1, 65_535)] | None = None
    log_level: Annotated[str, _one_of("debug", "info", "warning", "error")] = "info"
    log_format: Annotated[str, _one_of("console", "json")] = "console"
    backup_dir: Annotated[str, BeforeValidator(_folder)] | None = (
        None  # None: beside the database; "off": none
    )
    backups_kept: Annotated[int, _whole(1, 3650)] = 14
    hide_unverified_lines: Annotated[bool, _yes_or_no()] = False  # crisis lines that nobody has checked

    @property
    def backups(self) -> Path | None:
        """The folder of nightly backups; None: none are made."""
        if self.backup_dir == OFF:
            return None
        if self.backup_dir is not None:
            return Path(self.backup_dir)
        scheme, _, rest = self.database_url.get_secret_value().partition("://")
        file = rest.partition("?")[0][1:] if scheme == DATABASES[0] else "data/trellis.db"
        return Path(file).parent / "backups"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load_settings` hands over: it alone decides where a value comes from."""
        return (init_settings,)

    @model_validator(mode="after")
    def _shards_fit(self) -> Self:
        if self.shard_ids is None:
            return self
        if self.shard_count is None:
            raise SettingsError(
                "SHARD_COUNT", "is missing: with SHARD_IDS say how many shards there are in all"
            )
        if max(self.shard_ids) >= self.shard_count:
            raise SettingsError("SHARD_IDS", "is wrong: each must be below SHARD_COUNT, counted from 0")
        return self


def load_settings(
    env_file: Path | None = Path(".env"), env: Mapping[str, str] | None = None, *, needs_token: bool = True
) -> Settings:
    """The settings from `env` (the process's own unless given) over those in `env_file`, where that exists.

    An empty value counts as missing, unknown names are passed over. Raises SettingsError, whose text is one
    sentence that names the variable and says what to do, and quotes no value.
    """
    values = {**_filled(_read(env_file)), **_filled(os.environ if env is None else env)}
    if needs_token and "discord_token" not in values:
        raise SettingsError("DISCORD_TOKEN", f"is missing: {HOW['DISCORD_TOKEN']}")
    try:
        return Settings(**values)
    except ValidationError as refused:
        first = refused.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]).upper()
        if first["type"] == "missing":
            raise SettingsError(name, f"is missing: {HOW[name]}") from None
        raise SettingsError(name, f"is wrong: {first['msg']}") from None


def diagnosed(
    env_file: Path | None = Path(".env"), env: Mapping[str, str] | None = None
) -> tuple[Settings, list[SettingsError]]:
    """The settings with whatever is wrong left out, and each fault; a key that is none is one of no use.

    For looking around alone: nothing may be kept under such a key.
    """
    faults: list[SettingsError] = []
    try:
        values = {**_filled(_read(env_file)), **_filled(os.environ if env is None else env)}
    except SettingsError as fault:
        faults.append(fault)
        values = _filled(os.environ if env is None else env)
    given = {name.upper(): value for name, value in values.items()}
    while True:
        try:
            return load_settings(None, given, needs_token=False), faults
        except SettingsError as fault:
            faults.append(fault)
            given = {name: value for name, value in given.items() if name != fault.name}
            if fault.name == "TRELLIS_KEY":
                given["TRELLIS_KEY"] = new_key()
            if fault.name == "SHARD_COUNT":
                given.pop("SHARD_IDS", None)


def _read(env_file: Path | None) -> Mapping[str, str | None]:
    if env_file is None or not env_file.is_file():
        return {}
    try:
        return dotenv_values(env_file, interpolate=False)  # a password may hold ${
    except (OSError, UnicodeDecodeError):
        raise SettingsError(env_file.name, "cannot be read: give it to this user, as UTF-8 text") from None


def _filled(given: Mapping[str, str | None]) -> dict[str, Any]:
    found = {name: given.get(name.upper()) for name in Settings.model_fields}
    return {name: value for name, value in found.items() if value and value.strip()}


def new_key() -> str:
    """A fresh vault key, as TRELLIS_KEY takes it."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def is_key(text: str) -> bool:
    """Whether this is a vault key: 32 bytes in urlsafe base64."""
    try:
        return len(base64.b64decode(text, altchars=b"-_", validate=True)) == KEY_BYTES
    except ValueError:
        return False
