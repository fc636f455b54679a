"""What docs/deploy and the files for containers say is what there is: settings, commands, paths, figures."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest

from bot.health import Health, Vitals
from bot.metrics import Metrics
from bot.services.pulse import Pulse
from bot.settings import Settings, load_settings, new_key
from tests.app.test_cli import ROOT

DEPLOY = ROOT / "docs" / "deploy"
OURS = {name.upper() for name in Settings.model_fields}
NOT_OURS = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "MPLCONFIGDIR"}


def unit() -> dict[str, list[str]]:
    """The unit's settings, by name."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / "trellis.service").read_text().splitlines():
        name, divided, value = line.partition("=")
        if divided and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def docker() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, continued lines joined."""
    said = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
    lines = [line for line in said.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.strip().partition(" ") for line in lines)]


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return read


def assigned(said: str) -> dict[str, str]:
    """`A=b C=d`."""
    return dict(word.split("=", 1) for word in said.split())


def test_every_variable_that_is_set_is_one_of_ours_and_taken() -> None:
    in_unit = {name: value for line in unit()["Environment"] for name, value in assigned(line).items()}
    in_image = {
        name: value for word, rest in docker() if word == "ENV" for name, value in assigned(rest).items()
    }
    in_compose = {
        name: value.replace("${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}", "secret")
        for name, value in compose()["services"]["trellis"]["environment"].items()
    }
    for given in (in_unit, in_image, in_compose):
        assert set(given) <= OURS | NOT_OURS
        set_ = {"DISCORD_TOKEN": "abc", "TRELLIS_KEY": new_key(), **given}
        settings = load_settings(None, set_)
        assert settings.backups is not None
        assert settings.metrics_port == 9464


def test_what_the_image_copies_is_there_and_is_let_through_to_the_builder() -> None:
    let_through = {
        line[1:].rstrip("/")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    copied = [
        rest.split()[0].rstrip("/") for word, rest in docker() if word == "COPY" and "--from" not in rest
    ]
    assert set(copied) == let_through
    assert all((ROOT / each).exists() for each in copied)
    top = {each.stem for each in (ROOT / "bot").iterdir() if each.suffix == ".py"}
    assert {"__main__", "cli"} <= top


def test_the_image_runs_without_root_from_pinned_and_hashed_packages_as_process_1() -> None:
    given = docker()
    instructions = dict(given)
    assert instructions["USER"] == "trellis"
    assert (instructions["ENTRYPOINT"], instructions["CMD"]) == ('["python", "-m", "bot"]', '["run"]')
    install = next(rest for word, rest in given if word == "RUN" and "pip install" in rest)
    assert {"--require-hashes", "--only-binary=:all:"} <= set(install.split())
    assert "/health/live" in instructions["HEALTHCHECK"]


def test_the_commands_that_are_named_are_there() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    commands = set(re.findall(r"^[│ ]+([a-z]+)  ", said, re.MULTILINE))
    named = "\n".join(
        each.read_text()
        for each in (*DEPLOY.iterdir(), ROOT / "compose.yaml", ROOT / "docs" / "operators.md")
    )
    used = set(
        re.findall(r"(?:python -m bot|compose run --rm trellis|exec trellis python -m bot) ([a-z]+)", named)
    )
    assert {"run", "doctor", "backup", "restore", "migrate", "keygen"} <= used <= commands


def test_nothing_is_published_and_each_service_has_its_limits() -> None:
    services = compose()["services"]
    assert not any("ports" in each for each in services.values())
    assert services["trellis"]["read_only"] is True
    assert services["trellis"]["cap_drop"] == ["ALL"]
    assert services["trellis"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    used = {line.split(":")[0] for each in services.values() for line in each["volumes"]}
    assert used == set(compose()["volumes"])
    assert not re.search(r"PASSWORD: [^$\n]", (ROOT / "compose.yaml").read_text())


def test_the_unit_gives_a_stop_more_than_ten_seconds_and_asks_for_what_we_tell() -> None:
    given = unit()
    assert given["Type"] == ["notify"]
    assert int(given["TimeoutStopSec"][0]) > 10
    assert int(given["WatchdogSec"][0]) >= 120  # as long as a process counts as alive
    assert given["ExecStart"][0].endswith("/python -m bot run")
    assert given["RestartPreventExitStatus"] == ["2"]  # cli.main: a refusal of ours


@pytest.fixture
def figures() -> set[str]:
    """Every figure that there is."""

    async def pulse() -> Pulse:
        return Pulse()

    from bot.app import built  # noqa: F401 - what it adds is read from its text: nothing is opened here

    metrics = Metrics()
    Health(metrics, Vitals(connected=bool, latency=float, tick=lambda: None, pulse=pulse))
    families = re.findall(r"^# TYPE (\S+)", generate_latest(metrics.registry).decode(), re.MULTILINE)
    return {*families, *re.findall(r'"(trellis_[a-z_]+)"', (ROOT / "bot" / "app.py").read_text())}


def test_the_alert_rules_and_the_guide_name_figures_that_there_are(figures: set[str]) -> None:
    groups = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules) > 8
    named = " ".join(rule["expr"] for rule in rules) + (ROOT / "docs" / "operators.md").read_text()
    used = set(re.findall(r"\b((?:trellis|process)_[a-z_]+[a-z])\b", named)) - {"trellis_data"}
    plain = {re.sub(r"_(total|count|sum|bucket|info)$", "", each) for each in used}
    assert plain <= {re.sub(r"_(total|info)$", "", each) for each in figures}, plain - figures


def test_every_variable_is_documented() -> None:
    said = (ROOT / ".env.example").read_text()
    assert {name for name in OURS if not re.search(rf"^#?{name}=", said, re.MULTILINE)} == set()


def test_only_what_docker_needs_stands_at_the_top() -> None:
    assert all(Path(ROOT / each).is_file() for each in ("Dockerfile", "compose.yaml", ".dockerignore"))
