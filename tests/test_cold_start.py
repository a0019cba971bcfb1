"""One question on the default settings loads nothing heavy: the answer does not wait for a model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ASK = """
import sys
from assistant.cli import main
try:
    main()
except SystemExit as leaving:
    assert leaving.code == 0, leaving.code
heavy = {"torch", "transformers", "sentence_transformers", "streamlit", "sklearn"}
sys.exit(f"imported: {sorted(heavy & sys.modules.keys())}" if heavy & sys.modules.keys() else 0)
"""


def test_asking_one_question_imports_nothing_heavy(indexed: Path) -> None:
    command = [sys.executable, "-c", ASK, "ask", "Quelles communes sont couvertes par FLORA ?"]
    env = {**os.environ, "PRATIQUES_HOME": str(indexed)}
    asked = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert asked.returncode == 0, asked.stderr
    assert asked.stderr.startswith("Réponse gardée")
    assert asked.stdout
