"""Settings come from the environment over .env, and a fault is told in one sentence without its value."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.domain.errors import SettingsError
from bot.settings import Settings, is_key, load_settings, new_key

KEY, OLDER = ("Tm90IGEgc2VjcmV0OiB0aGUgdGVzdHMnIG93biBrZXk=", "QW5vdGhlciBvbmUsIG9sZGVyLCBmb3IgdGhlIHRlc3Q=")
TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.secret-of-the-bot"
GOOD = {"DISCORD_TOKEN": TOKEN, "TRELLIS_KEY": KEY}


def loaded(**more: str) -> Settings:
    return load_settings(None, {**GOOD, **more})


def refusal(**more: str) -> SettingsError:
    with pytest.raises(SettingsError) as refused:
        loaded(**more)
    return refused.value


def test_two_settings_are_enough() -> None:
    settings = loaded()
    assert settings.discord_token.get_secret_value() == TOKEN
    assert settings.database_url.get_secret_value() == "sqlite+aiosqlite:///data/trellis.db"
    assert settings.discord_api_url == "https://discord.com/api/v10"
    assert (settings.discord_gateway_url, settings.shard_ids, settings.metrics_port) == (None, None, None)
    assert (settings.log_level, settings.log_format) == ("info", "console")


def test_every_setting_is_read() -> None:
    settings = loaded(
        DISCORD_API_URL="http://127.0.0.1:8700/api/v10/",
        DISCORD_GATEWAY_URL="ws://127.0.0.1:8700",
        DATABASE_URL="postgresql+asyncpg://trellis:pass@db.example/trellis",
        TRELLIS_KEY=f"{KEY}, {OLDER}",
        SHARD_IDS="0, 2",
        SHARD_COUNT="3",
        METRICS_PORT="9464",
        LOG_LEVEL="WARNING",
        LOG_FORMAT="json",
        SOMETHING_ELSE="1",
    )
    assert settings.discord_api_url == "http://127.0.0.1:8700/api/v10"
    assert settings.discord_gateway_url == "ws://127.0.0.1:8700"
    assert [key.get_secret_value() for key in settings.trellis_key] == [KEY, OLDER]
    assert (settings.shard_ids, settings.shard_count, settings.metrics_port) == ((0, 2), 3, 9464)
    assert (settings.log_level, settings.log_format) == ("warning", "json")


def test_the_environment_goes_before_the_file_and_an_empty_value_counts_as_missing(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        f"DISCORD_TOKEN=of-the-file\nTRELLIS_KEY={KEY}\nLOG_LEVEL=error\nMETRICS_PORT=\n", encoding="utf-8"
    )
    settings = load_settings(file, {"DISCORD_TOKEN": TOKEN, "LOG_LEVEL": " "})
    assert settings.discord_token.get_secret_value() == TOKEN
    assert settings.log_level == "error"
    assert settings.metrics_port is None


def test_the_process_environment_is_taken_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LOG_LEVEL", "debug")
    assert load_settings(None).log_level == "debug"


def test_a_missing_file_is_no_fault_and_an_unreadable_one_is(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none", GOOD)
    file = tmp_path / ".env"
    file.write_bytes(b"LOG_LEVEL=\xff\xfe")
    with pytest.raises(SettingsError, match=r"^\.env cannot be read"):
        load_settings(file, GOOD)


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "TRELLIS_KEY"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_setting_is_named_with_what_to_do(name: str, value: str | None) -> None:
    env = {key: given for key, given in {**GOOD, name: value}.items() if given is not None}
    with pytest.raises(SettingsError) as refused:
        load_settings(None, env)
    assert str(refused.value).startswith(f"{name} is missing: ")
    assert ".env" in str(refused.value)


def test_a_command_that_never_connects_needs_no_token() -> None:
    assert load_settings(None, {"TRELLIS_KEY": KEY}, needs_token=False).discord_token.get_secret_value() == ""


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DISCORD_TOKEN", "two words", "blanks"),
        ("TRELLIS_KEY", "geheim", "key 1 of 1"),
        ("TRELLIS_KEY", f"{KEY},{OLDER[:-5]}", "key 2 of 2"),
        ("TRELLIS_KEY", f"{KEY} {KEY}", "twice"),
        (
            "DATABASE_URL",
            "mysql://root:geheim@db/x",
            "sqlite+aiosqlite:///path/to/file.db and postgresql+asyncpg://",
        ),
        ("DATABASE_URL", "postgresql://root:geheim@db/x", "two kinds"),
        ("DATABASE_URL", "postgresql+asyncpg://root:geheim@db", "server and database"),
        ("DATABASE_URL", "postgresql+asyncpg://root:geheim@db:port/x", "server and database"),
        ("DATABASE_URL", "sqlite+aiosqlite://", "name the file"),
        ("DISCORD_API_URL", "discord.com", "https:// or http://"),
        ("DISCORD_GATEWAY_URL", "https://gateway", "wss:// or ws://"),
        ("METRICS_PORT", "70000", "65535"),
        ("METRICS_PORT", "abc", "65535"),
        ("SHARD_COUNT", "0", "from 1"),
        ("SHARD_IDS", "0;1", "0,1"),
        ("LOG_LEVEL", "loud", "debug, info, warning, error"),
        ("LOG_FORMAT", "xml", "console, json"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence_that_does_not_quote_it(
    name: str, value: str, said: str
) -> None:
    error = refusal(**{name: value})
    assert error.name == name
    assert str(error).startswith(f"{name} is wrong: ")
    assert said in str(error)
    assert "\n" not in str(error)
    for secret in ("geheim", "two words", KEY, OLDER, TOKEN):
        assert secret not in str(error)
    assert error.__cause__ is None


def test_shards_are_given_together_and_within_their_count() -> None:
    assert refusal(SHARD_IDS="0,1").name == "SHARD_COUNT"
    assert refusal(SHARD_IDS="0,4", SHARD_COUNT="4").name == "SHARD_IDS"
    assert loaded(SHARD_COUNT="4").shard_ids is None


def test_no_secret_shows_in_a_repr_or_a_dump() -> None:
    settings = loaded(DATABASE_URL="postgresql+asyncpg://u:geheim@db/x")
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert not any(secret in shown for secret in (TOKEN, KEY, "geheim"))


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        loaded().log_level = "debug"


def test_a_new_key_is_a_key_and_never_the_same() -> None:
    keys = {new_key() for _ in range(20)}
    assert len(keys) == 20
    assert all(is_key(key) for key in keys)
    assert not any(map(is_key, ("", "é" * 44, KEY[:-1], KEY + "A", f" {KEY}", "a" * 32)))
