"""Make an environment with BERTopic as it installs itself, and turftopic, outside the project.

Run from the project's folder: ``python -m benchmarks.build_peers``. The folder is `common-thread/peers` in
the user's cache, or what `ENGAGEMENT_PEERS_VENV` says. The last line says how large it became: on Linux,
pip may choose a torch that brings the libraries of CUDA.
"""

import json
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.places import REQUIREMENTS, find_peers_folder, find_peers_python

NAME_VERSIONS = (
    "import json, importlib.metadata as m; print(json.dumps({d.name: d.version for d in m.distributions()}))"
)


def main() -> None:
    """Make the environment and say what is in it, and how large it is."""
    folder = find_peers_folder()
    print(f"Installing the peers into {folder} (some minutes) ...", file=sys.stderr)
    venv.create(folder, with_pip=True)
    pip = [find_peers_python(), "-m", "pip", "install", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", REQUIREMENTS], check=True)
    versions = list_versions()
    for name in list_wanted():
        print(f"{name} {versions.get(name, 'is missing')}")
    print(f"{measure_folder(folder) / 1e9:.1f} GB")


def list_wanted() -> list[str]:
    """Return the names of the packages that are pinned."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    return [line.partition("==")[0] for line in lines if "==" in line]


def list_versions() -> dict[str, str]:
    """Return the version of each package in the peers' environment."""
    done = subprocess.run(
        [find_peers_python(), "-c", NAME_VERSIONS], capture_output=True, text=True, check=True
    )
    versions: dict[str, str] = json.loads(done.stdout)
    return versions


def measure_folder(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


if __name__ == "__main__":
    main()
