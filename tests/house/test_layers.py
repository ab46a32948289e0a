"""The rules of the house, read from every file's imports (docs/ARCHITECTURE.md says why)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
STEPS = ("listen", "workshop", "plan", "answer")
FOLDERS = ("engagement", "models", "theming")
MODULES = [HOUSE / "app.py", *sorted(path for folder in FOLDERS for path in (HOUSE / folder).rglob("*.py"))]


NAME_READER = "engagement.listen.personal_data"
USERS = (
    ("streamlit", "engagement.screens", "app"),
    ("starlette", "engagement.web", "app"),
)


def name_module(path: Path) -> str:
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def list_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def may_import(module: str, imported: str) -> bool:
    """Tell whether the rules of the house let ``module`` import ``imported``."""
    users = next((users for library, *users in USERS if is_within(imported, library)), None)
    if users is not None:
        return is_within(module, *users)
    if is_within(module, "models"):
        return not is_within(imported, "engagement", "theming", "app")
    if is_within(module, "theming"):
        return not is_within(imported, "engagement", "models", "app", "sqlalchemy")
    if is_within(imported, "theming"):
        knows_names = is_within(imported, "theming.labelling") and is_within(module, NAME_READER)
        return knows_names or is_within(module, "engagement.theming_runs", "engagement.theme_file")
    if is_within(imported, "sqlalchemy") and is_within(module, "engagement.screens"):
        return False
    if is_within(imported, "engagement.screens", "engagement.web"):
        return is_within(module, "engagement.screens", "engagement.web", "app")
    return may_steps_meet(module, imported)


def may_steps_meet(module: str, imported: str) -> bool:
    """Tell whether one step of the way may read from another: only from a step before it."""
    here = next((step for step in STEPS if is_within(module, f"engagement.{step}")), None)
    there = next((step for step in STEPS if is_within(imported, f"engagement.{step}")), None)
    if here is None or there is None:
        return not (is_within(module, "engagement.people") and there)
    return STEPS.index(there) <= STEPS.index(here)


@pytest.mark.parametrize("path", MODULES, ids=name_module)
def test_every_import_follows_the_rules_of_the_house(path: Path) -> None:
    module = name_module(path)

    broken = sorted({name for name in list_imports(path) if not may_import(module, name)})

    assert broken == []


def test_the_rules_refuse_what_they_should() -> None:
    refused = [
        ("models.voices", "engagement.errors"),
        ("theming.engine", "models.voices"),
        ("engagement.listen.importing", "streamlit"),
        ("engagement.listen.importing", "engagement.plan.actions"),
        ("engagement.screens.board", "sqlalchemy"),
        ("engagement.plan.actions", "theming.engine"),
        ("engagement.plan.actions", "engagement.web.live"),
    ]

    assert [pair for pair in refused if may_import(*pair)] == []


def test_only_the_folders_that_were_agreed_stand_at_the_top() -> None:
    agreed = {
        ".ci", ".gitignore", ".streamlit", "LICENSE", "Makefile", "README.md", "app.py", "benchmarks", "data",
        "docs", "engagement", "models", "pyproject.toml", "requirements-dev.txt", "requirements-scale.txt",
        "requirements.txt", "tests", "theming",
    }  # fmt: skip
    unseen = {".git", ".venv", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", "__pycache__"}

    standing = {path.name for path in HOUSE.iterdir()} - unseen

    assert standing <= agreed


@pytest.mark.parametrize("path", [*MODULES, *sorted((HOUSE / "tests").rglob("*.py"))], ids=name_module)
def test_files_and_functions_stay_small_enough_to_read(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    nodes = ast.walk(ast.parse(source))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    too_long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > 50]

    assert too_long == []
    assert len(source.splitlines()) <= 400


def test_no_test_folder_hides_the_package_it_tests() -> None:
    assert list((HOUSE / "tests").rglob("__init__.py")) == []
