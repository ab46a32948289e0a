"""The lock files say the same as pyproject.toml, with hashes, and nothing that must stay out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-scale.txt")
PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", re.M | re.I)


def read_pins(name: str) -> set[tuple[str, str]]:
    return set(PINNED.findall((HOUSE / name).read_text(encoding="utf-8")))


def read_declared(requirements: list[str]) -> set[tuple[str, str]]:
    return {match.groups() for each in requirements if (match := PINNED.match(each))}


def test_the_lock_pins_what_the_project_declares() -> None:
    declared = read_declared(PROJECT["project"]["dependencies"])

    assert len(declared) == len(PROJECT["project"]["dependencies"])
    assert declared <= read_pins("requirements.txt")


def test_the_development_lock_holds_the_lock_and_the_tests_needs() -> None:
    declared = read_declared(PROJECT["dependency-groups"]["dev"])

    assert len(declared) == len(PROJECT["dependency-groups"]["dev"])
    assert declared | read_pins("requirements.txt") <= read_pins("requirements-dev.txt")


def test_the_lock_for_clusters_fits_the_lock_and_is_tested() -> None:
    declared = read_declared(PROJECT["dependency-groups"]["scale"])
    pins = read_pins("requirements-scale.txt")
    locked = dict(read_pins("requirements.txt"))

    assert len(declared) == len(PROJECT["dependency-groups"]["scale"])
    assert declared <= pins <= read_pins("requirements-dev.txt")
    assert {name: version for name, version in pins if locked.get(name, version) != version} == {}


def test_every_pin_carries_hashes() -> None:
    for name in LOCKS:
        blocks = re.split(r"\n(?=[a-z])", (HOUSE / name).read_text(encoding="utf-8"))

        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_no_heavy_or_talking_package_is_locked_in() -> None:
    locked = {name for name, _version in read_pins("requirements-dev.txt")}

    assert locked & set(PROJECT["tool"]["uv"]["exclude-dependencies"]) == set()
    assert not any(name.startswith("nvidia") for name in locked)


def test_the_lock_names_no_place_to_download_from() -> None:
    for name in LOCKS:
        assert "://" not in (HOUSE / name).read_text(encoding="utf-8")
