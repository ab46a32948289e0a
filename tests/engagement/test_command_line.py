"""The command line: what each word does, and that it refuses kindly and half-does nothing."""

from __future__ import annotations

import socket
from pathlib import Path

import openpyxl
import pytest

from engagement.command_line import run_command
from engagement.listen import importing
from engagement.listen.first_look import FirstLook, ToLookAt
from models.database import Record

VERBS = ("serve", "example", "import", "theme", "ledger", "export", "check", "migrate")


@pytest.fixture(autouse=True)
def own_place(monkeypatch: pytest.MonkeyPatch, record_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("ENGAGEMENT_DATABASE_URL", record_url)
    monkeypatch.setenv("ENGAGEMENT_DATA_DIR", str(tmp_path / "data"))


def say(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run_command(list(words))
    printed = capsys.readouterr()
    return code, printed.out + printed.err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command([verb, "--help"])

    assert ended.value.code == 0
    assert "ENGAGEMENT_DATABASE_URL" in capsys.readouterr().out


def test_a_port_that_is_taken_is_told_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        code, printed = say(capsys, "serve", "--port", str(port))

    assert code == 2
    assert f"Port {port} is taken" in printed
    assert "--port" in printed


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--port", "0"), "--port is 0, and must be between 1 and 65535"),
        (("--port", "70000"), "--port is 70000"),
        (("--address", "192.0.2.1"), "“192.0.2.1” is no address of this computer"),
        (("--address", "not an address"), "“not an address” is no address of this computer"),
    ],
)
def test_a_place_that_cannot_be_listened_on_is_refused(
    capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], told: str
) -> None:
    code, printed = say(capsys, "serve", *asked)

    assert code == 2
    assert told in printed


def test_the_example_adds_up_and_can_be_exported(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert say(capsys, "example")[0] == 0

    code, printed = say(capsys, "ledger")
    assert code == 0
    assert "614 not yet themed" in printed
    assert "= 614 voices" in printed
    assert say(capsys, "check") == (0, "All is well.\n")
    name = printed.split(":")[0]
    out = tmp_path / "all.xlsx"
    assert say(capsys, "export", "--engagement", name, "--format", "xlsx", "--out", str(out))[0] == 0
    assert openpyxl.load_workbook(out, read_only=True)["Voices"].max_row == 615


@pytest.fixture
def never_looked_at_while_saving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where words are looked at while the record is held."""

    def refuse(words: ToLookAt) -> FirstLook:
        raise AssertionError(f"{len(words.texts)} voices are looked at while the record is held.")

    monkeypatch.setattr(importing, "look_here", refuse)


@pytest.mark.usefixtures("never_looked_at_while_saving")
def test_words_are_looked_at_before_the_record_is_held(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    notes, more = tmp_path / "notes.txt", tmp_path / "more.txt"
    notes.write_text("Ring me on 0116 496 0123.\nNobody knocks.\n", encoding="utf-8")
    more.write_text("A bench.\n", encoding="utf-8")
    words = ("--engagement", "Leading lives", "--kind", "focus group")

    assert say(capsys, "import", str(notes), *words)[0] == 0
    assert say(capsys, "import", str(more), *words)[0] == 0
    assert say(capsys, "example")[0] == 0

    printed = say(capsys, "ledger")[1]
    assert "Leading lives: 3 not yet themed" in printed
    assert "= 614 voices" in printed


def test_files_are_imported_all_or_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    good, bad = tmp_path / "notes.txt", tmp_path / "bad.docx"
    good.write_text("The 22 stops at six.\nNobody knocks.\n", encoding="utf-8")
    bad.write_bytes(b"not a document")
    words = ("--engagement", "Leading lives", "--kind", "focus group")

    code, printed = say(capsys, "import", str(good), str(bad), *words)
    assert code == 2
    assert "bad.docx" in printed
    assert "Leading lives" not in say(capsys, "ledger")[1]

    assert say(capsys, "import", str(good), *words)[0] == 0
    assert "= 2 voices" in say(capsys, "ledger", "--engagement", "Leading lives")[1]


def test_a_file_is_not_taken_in_twice(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("The 22 stops at six.\n", encoding="utf-8")
    words = ("import", str(notes), "--engagement", "Leading lives", "--kind", "focus group")
    assert say(capsys, *words)[0] == 0

    code, printed = say(capsys, *words)

    assert code == 2
    assert "notes.txt" in printed
    assert "= 1 voices" in say(capsys, "ledger")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ledger", "--engagement", "Nothing"), 'no engagement called "Nothing"'),
        (("export", "--engagement", "Nothing", "--format", "xlsx", "--out", "x.xlsx"), "Nothing"),
        (("import", "gone.docx", "--engagement", "A", "--kind", "survey"), "gone.docx cannot be read"),
        (("import", "/", "--engagement", "A", "--kind", "survey"), "/ cannot be read"),
        (("import", "gone.docx", "--engagement", "A", "--kind", "chat"), 'no kind "chat"'),
    ],
)
def test_what_cannot_be_done_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    code, printed = say(capsys, *words)

    assert code == 2
    assert sentence in printed
    assert printed.count("\n") == 1


def test_check_finds_words_that_were_changed_behind_its_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, record_url: str
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("The 22 stops at six.\n", encoding="utf-8")
    say(capsys, "import", str(notes), "--engagement", "Leading lives", "--kind", "focus group")
    record = Record(record_url)
    guard = "" if record.is_sqlite else " ON voice"
    with record.writing_engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER no_update_of_voice{guard}")
        connection.exec_driver_sql("UPDATE voice SET text = 'The 22 is splendid.'")
    record.close()

    code, printed = say(capsys, "check")

    assert code == 1
    assert "words that are not found in" in printed


def test_a_record_that_cannot_be_reached_is_named_without_its_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAGEMENT_DATABASE_URL", "postgresql+psycopg://me:secret@127.0.0.1:1/none")

    code, printed = say(capsys, "ledger")

    assert code == 2
    assert "cannot be opened" in printed
    assert "secret" not in printed
