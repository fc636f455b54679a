"""The audit of dependencies: a vulnerability fails it, and silence is never taken for an all-clear."""

import json
import runpy
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

AUDIT = runpy.run_path(str(Path(__file__).parents[2] / ".ci" / "audit.py"))
verdict = AUDIT["verdict"]
WELL = {"dependencies": [{"name": "kettle", "version": "1.0", "vulns": []}], "fixes": []}
ILL = {
    "dependencies": [
        {
            "name": "kettle",
            "version": "1.0",
            "vulns": [
                {
                    "id": "PYSEC-2030-1",
                    "fix_versions": ["1.1"],
                    "aliases": [],
                    "description": "It boils over.",
                }
            ],
        },
        *WELL["dependencies"],
    ],
    "fixes": [],
}
UNASKED = {"dependencies": [{"name": "kettle", "skip_reason": "Dependency not found on PyPI"}], "fixes": []}


def test_a_vulnerability_fails_it_and_names_package_and_cure() -> None:
    for answers in ([ILL], [UNASKED, ILL], [None, ILL], [WELL, ILL]):
        status, said = verdict(answers)
        assert status == 1
        assert "kettle 1.0: PYSEC-2030-1; mended in: 1.1" in said


@pytest.mark.parametrize("answers", [[None], [None, None], [UNASKED], [UNASKED, None], []])
def test_where_nobody_could_be_asked_it_says_so_and_fails_nothing(answers: list[Any]) -> None:
    status, said = verdict(answers)
    assert status == 0
    assert said[0].startswith("NOT AUDITED")


def test_an_all_clear_is_one_only_where_all_was_looked_up() -> None:
    assert verdict([WELL]) == (0, ["No known vulnerability in any pinned dependency."])
    half = {"dependencies": [*WELL["dependencies"], {"name": "lamp", "skip_reason": "x"}], "fixes": []}
    assert verdict([half])[1] == ["Not looked up: lamp. No known vulnerability in all the others."]


class Advisories(BaseHTTPRequestHandler):
    """A database of vulnerabilities (OSV's shape) that knows of one, in the package `kettle`."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = {
            "id": "PYSEC-2030-1",
            "summary": "It boils over.",
            "affected": [
                {
                    "package": {"name": "kettle", "ecosystem": "PyPI"},
                    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
                    "versions": ["1.0"],
                }
            ],
        }
        body = json.dumps({"vulns": [known]} if asked["package"]["name"] == "kettle" else {}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.mark.parametrize(("package", "status"), [("kettle==1.0", 1), ("lamp==2.0", 0)])
def test_the_tool_itself_is_asked_and_understood(tmp_path: Path, package: str, status: int) -> None:
    pytest.importorskip("pip_audit")
    lock = tmp_path / "some.lock"
    lock.write_text(f"{package} --hash=sha256:{'0' * 64}\n")
    server = HTTPServer(("127.0.0.1", 0), Advisories)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_address[1]}/v1/query"
        answer = AUDIT["asked"](lock, ("--vulnerability-service", "osv", "--osv-url", url))
    finally:
        server.shutdown()
        server.server_close()
    assert verdict([answer])[0] == status, sys.executable
    assert answer is not None


def test_an_advisory_service_that_is_away_is_no_answer(tmp_path: Path) -> None:
    pytest.importorskip("pip_audit")
    lock = tmp_path / "some.lock"
    lock.write_text(f"lamp==2.0 --hash=sha256:{'0' * 64}\n")
    away = ("--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:9/v1/query")
    assert AUDIT["asked"](lock, away) is None
