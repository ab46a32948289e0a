"""The command ``theme``: a csv file in, two csv files out, or one plain sentence."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from engagement.command_line import run_command
from engagement.theming_runs.model_folder import chosen_embedder
from tests.theming.made_up_texts import TEXTS
from tests.theming.tiny_models import make_onnx_folder


def write_csv(path: Path, texts: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as page:
        writer = csv.writer(page)
        writer.writerow(["id", "text"])
        writer.writerows(enumerate(texts))
    return path


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as page:
        return list(csv.DictReader(page))


def group_texts(out: Path, texts: list[str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for line in read_rows(out / "assignments.csv"):
        groups.setdefault(line["theme"], set()).add(texts[int(line["row"])])
    return {frozenset(group) for group in groups.values()}


def test_every_row_with_words_has_a_theme_and_non_answers_are_set_aside(tmp_path: Path) -> None:
    texts = [*TEXTS, "n/a", "", "   "]
    file = write_csv(tmp_path / "survey.csv", texts)

    assert run_command(["theme", str(file), "--out", str(tmp_path / "out"), "--themes", "6"]) == 0

    themes = {line["theme"]: line for line in read_rows(tmp_path / "out" / "themes.csv")}
    lines = read_rows(tmp_path / "out" / "assignments.csv")
    assert [int(line["row"]) for line in lines] == list(range(len(TEXTS) + 1))
    assert lines[-1]["theme"] == "set-aside"
    assert len(themes) == 6
    assert {line["theme"] for line in lines[:-1]} == set(themes)
    assert sum(int(line["size"]) for line in themes.values()) == len(TEXTS)
    assert all(len(line["alternatives"].split("|")) <= 3 for line in lines)
    assert all(line["theme"] not in line["alternatives"].split("|") for line in lines)


def test_shuffled_rows_give_the_same_themes(tmp_path: Path) -> None:
    texts = list(TEXTS)
    shuffled = random.Random(614).sample(texts, len(texts))
    for name, each in (("one", texts), ("two", shuffled)):
        file = write_csv(tmp_path / f"{name}.csv", each)
        assert run_command(["theme", str(file), "--out", str(tmp_path / name)]) == 0

    assert group_texts(tmp_path / "one", texts) == group_texts(tmp_path / "two", shuffled)
    assert (tmp_path / "one" / "themes.csv").read_bytes() == (tmp_path / "two" / "themes.csv").read_bytes()


@pytest.mark.parametrize(
    ("content", "arguments", "sentence"),
    [
        (b"", [], "is empty"),
        (b"\xef\xbb\xbf\n", [], "is empty"),
        (b"text\n", [], "No row holds words"),
        (b"id,words\n1,Hello\n", [], 'no column "text". Its columns are: id, words'),
        (b"\x00\x01\x02PK\x03\x04" * 50, [], "given.csv"),
        (b"text\n" + b"The bus is late.\n" * 9, [], "at least 30"),
        (b'text\n"never closed\n', [], ""),
        (b"text\nbuses, parks, noise\n", [], "row 2 has 3 cells"),
        (b"text\nHello\n", ["--themes", "1"], "from 2 to 60"),
    ],
)
def test_what_cannot_be_themed_gets_one_sentence_and_leaves_nothing(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    arguments: list[str],
    sentence: str,
) -> None:
    file = tmp_path / "given.csv"
    file.write_bytes(content)

    code = run_command(["theme", str(file), "--out", str(tmp_path / "out"), *arguments])

    said = capsys.readouterr().err.strip()
    assert code == 2
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["theme", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out")]) == 2
    assert "none.csv cannot be read" in capsys.readouterr().err


def test_a_model_folder_of_the_organisation_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_csv(tmp_path / "survey.csv", list(TEXTS))
    monkeypatch.setenv("ENGAGEMENT_MODEL_FOLDER", str(make_onnx_folder(tmp_path / "tiny")))

    with chosen_embedder() as embedder:
        assert embedder.name == "tiny"
    assert run_command(["theme", str(file), "--out", str(tmp_path / "out")]) == 0


@pytest.mark.parametrize(
    ("what", "said"),
    [("nothing", "There is no folder"), ("empty", "holds no model weights"), ("damaged", "is no ONNX model")],
)
def test_a_model_folder_that_cannot_be_used_is_one_plain_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    what: str,
    said: str,
) -> None:
    folder = tmp_path / "model"
    if what == "empty":
        folder.mkdir()
    if what == "damaged":
        (make_onnx_folder(folder) / "onnx" / "model.onnx").write_bytes(b"half a download")
    monkeypatch.setenv("ENGAGEMENT_MODEL_FOLDER", str(folder))

    code = run_command(
        ["theme", str(write_csv(tmp_path / "survey.csv", list(TEXTS))), "--out", str(tmp_path / "out")]
    )

    told = capsys.readouterr().err
    assert code == 2
    assert said in told
    assert str(folder) in told
    assert "Correct ENGAGEMENT_MODEL_FOLDER" in told
    assert not (tmp_path / "out").exists()
