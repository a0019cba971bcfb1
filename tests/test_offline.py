"""Nothing of a question leaves the machine, whatever the environment asks for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

# Says on the error output whatever is about to reach beyond this machine.
GUARDED = """
import sys

NEAR = {"127.0.0.1", "::1", "localhost", "", None}

def guard(event, arguments):
    if event == "socket.getaddrinfo" and arguments[0] not in NEAR:
        sys.stderr.write(f"name asked: {arguments[0]}\\n")
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in NEAR:
            sys.stderr.write(f"connected: {address}\\n")

sys.addaudithook(guard)
"""
RUN = "from assistant.cli import main; main()"
# Whoever runs the product may have asked every library to report what it does.
TRACED = {
    "ANONYMIZED_TELEMETRY": "True",
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_TRACING_V2": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_API_KEY": "none",
    "LANGSMITH_ENDPOINT": "http://traces.invalid",
}


def guarded(code: str, *args: str, home: Path) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PRATIQUES_HOME": str(home), **TRACED}
    command = [sys.executable, "-c", GUARDED + code, *args]
    return subprocess.run(command, env=variables, capture_output=True, encoding="utf-8", timeout=120, check=False)


def test_asking_a_question_opens_no_connection(indexed: Path) -> None:
    asked = guarded(RUN, "ask", "Quelles communes sont couvertes par FLORA ?", home=indexed)
    assert asked.returncode == 0, asked.stderr
    assert re.fullmatch(r"Réponse gardée : .*\n", asked.stderr)
    assert asked.stdout


def test_building_the_index_then_asking_opens_no_connection(tmp_path: Path) -> None:
    asked = guarded(RUN, "ask", "Quelles communes sont couvertes par FLORA ?", home=tmp_path)
    assert asked.returncode == 0
    assert "name asked" not in asked.stderr
    assert "connected" not in asked.stderr


def test_telemetry_is_off_even_where_the_environment_asks_for_it(tmp_path: Path) -> None:
    settings = "import vectorstore, chromadb.config; sys.exit(int(chromadb.config.Settings().anonymized_telemetry))"
    assert guarded(settings, home=tmp_path).returncode == 0
    traced = "import vectorstore; from langsmith.utils import tracing_is_enabled; sys.exit(bool(tracing_is_enabled()))"
    assert guarded(traced, home=tmp_path).returncode == 0


def test_the_guard_sees_a_connection(tmp_path: Path) -> None:
    reaching = "import socket\ntry: socket.create_connection(('traces.invalid', 80), timeout=1)\nexcept OSError: pass"
    assert "name asked: traces.invalid" in guarded(reaching, home=tmp_path).stderr
    numbered = "import socket\ntry: socket.create_connection(('192.0.2.1', 80), timeout=0.1)\nexcept OSError: pass"
    assert "connected: ('192.0.2.1', 80)" in guarded(numbered, home=tmp_path).stderr
