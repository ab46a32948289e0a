"""What must not be loaded: theming in the web process, the record where strangers' files are opened."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
HEAVY = ("bertopic", "sklearn", "onnxruntime", "spacy", "scipy")
LOOK = """
import sys
import engagement.checks, engagement.theming_runs.asking, engagement.theming_runs.dealing
import engagement.theming_runs.suggestions
import engagement.web.site, engagement.web.starting
import engagement.answer.exports, engagement.answer.method_exports
import engagement.listen.importing, engagement.workshop.moves
print([name for name in {heavy} if name in sys.modules])
"""


def test_routes_and_services_load_without_the_libraries_of_theming() -> None:
    look = [sys.executable, "-W", "ignore", "-c", LOOK.format(heavy=HEAVY)]

    loaded = subprocess.run(look, cwd=HOUSE, capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "[]"


def test_the_command_line_opens_without_the_record_and_without_theming() -> None:
    look = (
        "import sys, engagement.command_line; print({'sqlalchemy', 'pydantic', 'numpy'} & set(sys.modules))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", look], cwd=HOUSE, capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "set()"


@pytest.mark.parametrize("child", ["reading_child", "erasing.redacting_child", "typed.photo_child"])
def test_a_process_that_opens_strangers_files_has_no_way_to_the_record(child: str) -> None:
    source = (HOUSE / f"engagement/listen/{child.replace('.', '/')}.py").read_text()
    loads = "; ".join(f"import {name}" for name in re.findall(r"from (engagement\.[\w.]+) import", source))
    look = f"import sys; {loads}; print({{'sqlalchemy', 'models', 'pydantic', 'pandas'}} & set(sys.modules))"

    loaded = subprocess.run(
        [sys.executable, "-c", look], cwd=HOUSE, capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "set()"
