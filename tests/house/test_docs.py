"""The documents tell the truth of today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engagement.command_line import make_parser
from engagement.screens.contents import CONTENTS
from engagement.settings import Settings

HOUSE = Path(__file__).resolve().parents[2]
README = (HOUSE / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (HOUSE / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
GUIDE = (HOUSE / "docs" / "guide" / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md"), *HOUSE.glob("benchmarks/*.md")])


def test_every_module_of_the_engagement_is_in_the_architecture() -> None:
    modules = {path.name for path in (HOUSE / "engagement").glob("*.py")} - {"__init__.py", "__main__.py"}

    assert modules == set(re.findall(r"`engagement/(\w+\.py)` \|", ARCHITECTURE))


def test_every_folder_is_in_the_architecture() -> None:
    folders = {path.parent.relative_to(HOUSE).as_posix() for path in HOUSE.glob("engagement/*/__init__.py")}
    folders |= {"theming", "models", "data", "tests", "benchmarks", "docs"}

    assert {folder for folder in folders if f"`{folder}/`" not in ARCHITECTURE} == set()


def test_every_place_that_the_architecture_names_exists() -> None:
    named = re.findall(r"`((?:engagement|theming|models|tests|docs|data)/[\w/.-]*)`", ARCHITECTURE)

    assert [place for place in named if not (HOUSE / place).exists() and place != "data/local/"] == []


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`ENGAGEMENT_{name.upper()}`" in README


def test_every_verb_of_the_command_line_is_in_the_readme() -> None:
    verbs = next(each.choices for each in make_parser()._actions if isinstance(each.choices, dict))

    assert {verb for verb in verbs if f"engagement {verb}" not in README} == set()


def test_every_screen_is_in_the_guide() -> None:
    assert {screen.title for screen in CONTENTS if f"## {screen.title}" not in GUIDE} == set()


def test_decisions_have_numbers_of_their_own() -> None:
    pages = (HOUSE / "docs" / "decisions").glob("[0-9]*.md")
    numbers = [page.name[:4] for page in pages]

    assert numbers
    assert all(number.isdigit() for number in numbers)
    assert len(numbers) == len(set(numbers))


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = HOUSE / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")

    assert [page.name for page in folder.glob("[0-9]*.md") if f"]({page.name})" not in listed] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(HOUSE).as_posix())
def test_every_link_and_picture_of_a_page_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_one_version_number() -> None:
    import tomllib

    version = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (HOUSE / "docs" / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"## {version}" in changelog
