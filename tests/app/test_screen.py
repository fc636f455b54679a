"""`python -m bot screen` in its own process: texts in, one JSON line each out, whatever else is missing."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def screened(folder: Path, given: bytes) -> tuple[int, list[dict[str, object]], str]:
    """Its status, what it printed, and what it complained of, in an empty folder with no settings."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "screen"],
        input=given,
        capture_output=True,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        timeout=30,
        check=False,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def test_each_line_is_answered_in_order_with_no_settings_at_all(tmp_path: Path) -> None:
    given = b"i want to kill myself\n\nsoup and bed\nhe hit me\nquiero morir\n" + b"\xff\xfe broken\nlast"
    status, answers, complaint = screened(tmp_path, given)
    assert (status, complaint) == (0, "")
    assert [answer["tier"] for answer in answers] == [
        *("suicide_active", "none", "none", "danger_from_other", "suicide_passive", "none", "none")
    ]
    assert [answer["alert"] for answer in answers] == [3, 0, 0, 3, 2, 0, 0]
    assert all(set(answer) == {"tier", "alert"} for answer in answers)


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    line = f"yes 'i am fine' | head -c 4000000 | {sys.executable} -m bot screen | head -1"
    done = subprocess.run(
        ["/bin/bash", "-c", line],
        capture_output=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        timeout=30,
        check=False,
    )
    assert json.loads(done.stdout)["tier"] == "none"
    assert b"Traceback" not in done.stderr
