"""The web process opens without the libraries of theming: they load in the worker alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
HEAVY = ("bertopic", "sklearn", "onnxruntime", "spacy", "scipy")
LOOK = """
import sys
import engagement.checks, engagement.theming_runs.asking, engagement.theming_runs.dealing
import engagement.theming_runs.suggestions
import engagement.web.site, engagement.web.starting
import engagement.answer.exports, engagement.listen.importing, engagement.workshop.moves
print([name for name in {heavy} if name in sys.modules])
"""


def test_routes_and_services_load_without_the_libraries_of_theming() -> None:
    look = [sys.executable, "-W", "ignore", "-c", LOOK.format(heavy=HEAVY)]

    loaded = subprocess.run(look, cwd=HOUSE, capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "[]"
