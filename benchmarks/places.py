"""Where benchmarks keep what can be made again: outside the project, in the user's cache."""

import hashlib
import os
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "results"
REQUIREMENTS = HERE / "requirements-peers.txt"


def find_cache() -> Path:
    """Return the folder for what can be made again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "common-thread"


def find_peers_folder() -> Path:
    """Return the folder of the peers' own environment."""
    return Path(os.environ.get("ENGAGEMENT_PEERS_VENV") or find_cache() / "peers")


def find_peers_python() -> Path:
    """Return the Python that has the peers, or stop with a plain sentence where there is none."""
    python = find_peers_folder() / "bin" / "python"
    if not python.is_file():
        raise SystemExit("The peers are not installed. Run `python -m benchmarks.build_peers` first.")
    return python


def keep_file(file: Path, content: bytes) -> None:
    """Keep a file in the cache, whole or not at all, though others may keep the same one at that time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(file)


@cache
def hash_engine() -> str:
    """Return a short hash of every file of the engine, its word lists and its graph too."""
    hashed = hashlib.sha256()
    for file in sorted(path for path in (HERE.parent / "theming").rglob("*") if path.is_file()):
        if file.suffix != ".pyc":
            hashed.update(file.name.encode() + file.read_bytes())
    return hashed.hexdigest()[:8]
