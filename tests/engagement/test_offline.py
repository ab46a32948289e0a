"""Nothing leaves the building: with every way out closed, the work goes on as before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from engagement.settings import HOUSE
from tests.theming.made_up_texts import TEXTS

NO_WAY_OUT = """
import socket

def refuse(*where, **more):
    raise SystemExit(f"asked for the network: {where}")

socket.socket.connect = refuse
socket.getaddrinfo = refuse
"""


def run_cut_off(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "sitecustomize.py").write_text(NO_WAY_OUT, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "ENGAGEMENT_DATA_DIR": str(tmp_path / "data"),
        "ENGAGEMENT_DATABASE_URL": "",
    }
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)


def test_the_cut_is_real(tmp_path: Path) -> None:
    asked = run_cut_off(tmp_path, "-c", "import urllib.request as r; r.urlopen('http://localhost:9')")

    assert "asked for the network" in asked.stderr


def test_themes_are_proposed_without_a_network(tmp_path: Path) -> None:
    file = tmp_path / "texts.csv"
    file.write_text("text\n" + "\n".join(f'"{text}"' for text in TEXTS), encoding="utf-8")

    done = run_cut_off(tmp_path, "-m", "engagement", "theme", str(file), "--out", str(tmp_path / "out"))

    assert done.returncode == 0, done.stderr


def test_the_example_is_read_without_a_network(tmp_path: Path) -> None:
    done = run_cut_off(tmp_path, "-m", "engagement", "example")

    assert done.returncode == 0, done.stderr
