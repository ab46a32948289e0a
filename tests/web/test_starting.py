"""Starting and stopping the real server."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from engagement.people.sign_in import start_sign_in
from engagement.web.starting import write_greeting
from models.database import Record
from models.migrate import upgrade_record
from tests.builders import ADMINISTRATOR, add_account
from tests.server import AppServer

PATIENCE_S = 20.0


def open_record_of(server: AppServer) -> Record:
    return Record(f"sqlite:///{server.data_dir / 'common-thread.db'}")


def list_workers(server: AppServer) -> set[int]:
    """List the processes that the server started as its worker, from the kernel's own list."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if b"engagement.worker" in words and parent == server.process.pid:
                found.add(int(entry.name))
    return found


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def refuse_to_start(data_dir: Path, url: str) -> tuple[int, str]:
    """Start a server that should not start; give its exit code and what it said."""
    server = AppServer(data_dir, {"ENGAGEMENT_DATABASE_URL": url})
    server.start()
    code = server.process.wait(60)
    output = server.output
    server.stop()
    return code, output


def test_greeting_shows_address_and_code_in_a_frame():
    lines = write_greeting("http://localhost:8501", "ABCD-EFGH-JKMN").splitlines()

    assert any("http://localhost:8501" in line for line in lines)
    assert any("ABCD-EFGH-JKMN" in line for line in lines)
    assert len({len(line) for line in lines if line[:1] in "┌│└"}) == 1


def test_greeting_shows_no_code_once_there_is_an_account():
    assert "code" not in write_greeting("http://localhost:8501", None)


def test_each_start_prints_a_new_code_until_somebody_has_an_account(tmp_path):
    with AppServer(tmp_path) as server:
        first = server.setup_code
    with AppServer(tmp_path) as server:
        assert server.setup_code != first
        record = open_record_of(server)
        with record.writing() as session:
            add_account(session, ADMINISTRATOR)
        record.close()
    printed = (tmp_path / "server.log").read_text(encoding="utf-8")

    with AppServer(tmp_path) as server:
        assert "Nobody has an account yet" not in server.output[len(printed) :]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_server_stops_at_once_while_a_board_is_watched(number):
    with AppServer() as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S) as stream:
            stream.sendall(_ask_for_stream(server))
            assert b"200 OK" in stream.recv(200)

            server.process.send_signal(number)
            server.process.wait(PATIENCE_S / 2)

        assert "Traceback" not in server.output


def _ask_for_stream(server: AppServer) -> bytes:
    from engagement.people.board_tokens import mint_token
    from engagement.workshop.boards import open_board
    from tests.builders import add_voices

    record = open_record_of(server)
    with record.writing() as session:
        person = add_account(session, ADMINISTRATOR)
        engagement_id = add_voices(session, ["The 22 stops at six."]).id
        workshop_id = open_board(session, person, engagement_id, "Hall")
    record.close()
    before = os.environ.get("ENGAGEMENT_DATA_DIR")
    os.environ["ENGAGEMENT_DATA_DIR"] = str(server.data_dir)
    try:
        token = mint_token(workshop_id, person)
    finally:
        os.environ.pop("ENGAGEMENT_DATA_DIR")
        if before is not None:
            os.environ["ENGAGEMENT_DATA_DIR"] = before
    lines = (
        f"GET /live/{workshop_id}/events?after=0 HTTP/1.1",
        f"Host: localhost:{server.port}",
        f"Authorization: Bearer {token}",
    )
    return "\r\n".join((*lines, "", "")).encode()


def test_worker_that_dies_is_started_again_and_stops_with_the_server():
    with AppServer() as server:
        wait_for(lambda: list_workers(server))
        (first,) = list_workers(server)

        os.kill(first, signal.SIGKILL)
        wait_for(lambda: list_workers(server) - {first})
        (second,) = list_workers(server)

        server.process.send_signal(signal.SIGINT)
        server.process.wait(PATIENCE_S)
        assert not Path(f"/proc/{second}").exists()


def test_record_and_sign_in_outlive_a_pulled_plug(tmp_path):
    with AppServer(tmp_path) as server:
        record = open_record_of(server)
        with record.writing() as session:
            token = start_sign_in(session, add_account(session, ADMINISTRATOR).account_id)
        record.close()
        server.kill()

    with AppServer(tmp_path) as server:
        request = urllib.request.Request(
            server.url, headers={"Accept": "text/html", "Cookie": f"thread_sign_in={token}"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            assert answer.url.rstrip("/") == server.url
            assert b"Streamlit" in answer.read()


def test_streamlits_page_carries_the_headers_and_its_files_come_packed():
    with AppServer() as server:
        with urllib.request.urlopen(f"{server.url}/sign-in", timeout=PATIENCE_S) as answer:
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        with urllib.request.urlopen(f"{server.url}/voices", timeout=PATIENCE_S) as answer:
            page = answer.read().decode()
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        script = page.split('crossorigin src=".')[1].split('"')[0]
        packed = urllib.request.Request(server.url + script, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(packed, timeout=PATIENCE_S) as answer:
            assert answer.headers["content-encoding"] == "gzip"
            assert "immutable" in answer.headers["cache-control"]
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=PATIENCE_S) as answer:
            assert json.load(answer) == {"status": "ok"}


@pytest.mark.postgresql
def test_empty_postgresql_record_is_not_touched_but_the_command_is_told(postgres_server, tmp_path):
    with postgres_server.lend_database("template0") as url:
        code, output = refuse_to_start(tmp_path, url)

    assert code != 0
    assert "needs an upgrade. Run: python -m engagement migrate" in output
    assert "Traceback" not in output


def test_record_of_a_newer_version_is_refused(tmp_path):
    record = Record(f"sqlite:///{tmp_path / 'newer.db'}")
    upgrade_record(record)
    with record.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    record.close()

    code, output = refuse_to_start(tmp_path, record.url)

    assert code != 0
    assert "written by a newer version of Common Thread" in output
    assert "Traceback" not in output


def test_file_that_is_no_record_is_refused(tmp_path):
    (tmp_path / "letter.db").write_text("Dear all, this is not a database.\n" * 100, encoding="utf-8")

    code, output = refuse_to_start(tmp_path, f"sqlite:///{tmp_path / 'letter.db'}")

    assert code != 0
    assert "cannot be opened" in output
    assert "Traceback" not in output


def test_password_of_the_database_is_not_printed(tmp_path):
    code, output = refuse_to_start(tmp_path, "postgresql+psycopg://thread:geheim@127.0.0.1:1/thread")

    assert code != 0
    assert "cannot be opened" in output
    assert "geheim" not in output
