"""A PostgreSQL server for the tests: made, started and thrown away by them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import psycopg


def find_postgres_bin() -> Path | None:
    """Find the folder of ``initdb`` and ``pg_ctl``, the newest version first; None where there is none."""
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if installed:
        return installed[0].parent
    return Path(on_path).parent if on_path else None


# Nothing here outlives the tests, so nothing needs to reach the disk.
THROWN_AWAY = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"


class PostgresServer:
    """A server with its files in a folder of its own, on a free loopback port."""

    def __enter__(self) -> PostgresServer:
        self._bin = find_postgres_bin()
        self._folder = Path(tempfile.mkdtemp(prefix="thread-pg-"))
        self._port = _find_free_port()
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        self._run(
            "initdb",
            "-D",
            str(self._folder / "data"),
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        )
        settings = f"-p {self._port} -c listen_addresses=127.0.0.1 -k {self._folder} {THROWN_AWAY}"
        self._run(
            "pg_ctl",
            "-D",
            str(self._folder / "data"),
            "-w",
            "-o",
            settings,
            "-l",
            str(self._folder / "log"),
            "start",
        )
        return self

    def __exit__(self, *_error: object) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def create_database(self, name: str, template: str = "template0") -> str:
        """Make a database and give its address."""
        self._ask(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {self._strategy}')
        return f"postgresql+psycopg://tester@127.0.0.1:{self._port}/{name}"

    @contextmanager
    def lend_database(self, template: str) -> Iterator[str]:
        """Lend a copy of a database, dropped afterwards."""
        name = f"test_{uuid.uuid4().hex}"
        yield self.create_database(name, template)
        self._ask(f'DROP DATABASE "{name}" WITH (FORCE)')

    @cached_property
    def _strategy(self) -> str:
        """Copying the files takes a fifth of the work of logging every page, as is usual since version 15."""
        version = (self._folder / "data" / "PG_VERSION").read_text()
        return "STRATEGY FILE_COPY" if int(version) >= 15 else ""

    def _ask(self, statement: str) -> None:
        address = f"host=127.0.0.1 port={self._port} user=tester dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root.
        owner = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        subprocess.run(
            [str(self._bin / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            **owner,
        )


def _find_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
