"""Asks whether a pinned dependency has a known vulnerability; a database that cannot be asked is said aloud.

pip-audit says "no known vulnerabilities" where it could look up nothing at all; that is no answer here.
The exit status is 1 for a vulnerability, and 0 where none is known or nobody could be asked: a network that
is away is no reason to hold a change back, and the next run asks again.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements-dev.lock"  # holds all of requirements.lock
PATIENCE = "10"  # seconds for an answer
SERVICES: tuple[Sequence[str], ...] = (
    ("--vulnerability-service", "pypi"),
    ("--vulnerability-service", "osv"),
)
ACCEPTED: dict[str, str] = {}  # ids of vulnerabilities that cannot be met here, each with the reason why not


def asked(lock: Path, service: Sequence[str]) -> dict[str, Any] | None:
    """pip-audit's answer about every line of the lock file; None where it got none."""
    words = ["--requirement", str(lock), "--disable-pip", "--require-hashes", "--format", "json"]
    quiet = ["--progress-spinner", "off", "--timeout", PATIENCE]
    run = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "pip_audit", *words, *quiet, *service],
        capture_output=True,
        text=True,
        check=False,
    )
    if "No module named pip_audit" in run.stderr:
        sys.exit(
            "pip-audit is not installed: it belongs to the `lint` dependencies; `make lint` brings them."
        )
    try:
        found: dict[str, Any] = json.loads(run.stdout)
    except ValueError:
        return None
    return found


def verdict(answers: Sequence[dict[str, Any] | None]) -> tuple[int, list[str]]:
    """The exit status and what is said, from what each service answered."""
    found: dict[str, str] = {}
    unknown: set[str] | None = None  # None: nobody has answered
    for answer in filter(None, answers):
        packages = answer["dependencies"]
        skipped = {each["name"] for each in packages if "skip_reason" in each}
        unknown = skipped if unknown is None else unknown & skipped
        for each in packages:
            for known in each.get("vulns", ()):
                if known["id"] not in ACCEPTED:
                    better = ", ".join(known["fix_versions"]) or "none yet"
                    line = f"{each['name']} {each['version']}: {known['id']}; mended in: {better}"
                    found[f"{each['name']} {known['id']}"] = line
    if found:
        return 1, ["A pinned dependency has a known vulnerability:", *found.values()]
    looked_up = any(not each.get("skip_reason") for one in answers if one for each in one["dependencies"])
    if unknown is None or not looked_up:
        return 0, ["NOT AUDITED: no database of vulnerabilities could be asked. Nothing is known either way."]
    if unknown:
        return 0, [f"Not looked up: {', '.join(sorted(unknown))}. No known vulnerability in all the others."]
    return 0, ["No known vulnerability in any pinned dependency."]


def main() -> int:
    """Asks one service after the other until one knows; prints what came of it."""
    answers: list[dict[str, Any] | None] = []
    for service in SERVICES:
        answers.append(asked(LOCK, service))
        status, said = verdict(answers)
        if not said[0].startswith("NOT AUDITED"):
            break
    sys.stdout.write("\n".join([*said, ""]))
    return status


if __name__ == "__main__":
    sys.exit(main())
