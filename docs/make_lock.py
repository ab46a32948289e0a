"""Write requirements.txt, -dev.txt and -scale.txt anew from pyproject.toml (``make lock``).

All are pinned with hashes and name no place to download from. Install them with ``pip install --no-deps
--require-hashes``: plain ``pip install -r`` would bring back the packages that pyproject.toml leaves out.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
COMPILE = (
    "uv", "pip", "compile", "--universal", "--generate-hashes", "--no-emit-index-url",
    "--no-header", "--quiet", "--python-version", "3.11",
)  # fmt: skip


def write_lock(name: str, *more: str) -> None:
    """Compile one lock file; a pin that still fits stays as it is."""
    uv = Path(sys.executable).with_name("uv")
    subprocess.run([str(uv), *COMPILE[1:], *more, "--output-file", name], cwd=HOUSE, check=True)


if __name__ == "__main__":
    write_lock("requirements.txt", "pyproject.toml")
    write_lock(
        "requirements-scale.txt", "--group", "pyproject.toml:scale", "--constraint", "requirements.txt"
    )
    both = ("--constraint", "requirements.txt", "--constraint", "requirements-scale.txt")
    write_lock("requirements-dev.txt", "pyproject.toml", "--group", "dev", *both)
