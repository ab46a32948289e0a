"""The real server in a process of its own, for tests that look at it from outside."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

HOUSE = Path(__file__).resolve().parents[1]
PATIENCE_S = 90.0
_CODE = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b")


class AppServer:
    """``streamlit run app.py`` on a free port with a data folder of its own.

    Parameters
    ----------
    data_dir : Path or None
        Where the record lives; None makes a folder that is thrown away. Give the same folder to a second
        server to start again where the first one stopped.
    settings : mapping
        More environment, such as ``ENGAGEMENT_DATABASE_URL``.
    """

    def __init__(self, data_dir: Path | None = None, settings: Mapping[str, str] | None = None) -> None:
        self._own_folder = TemporaryDirectory(prefix="thread-server-") if data_dir is None else None
        self.data_dir = data_dir or Path(self._own_folder.name)
        self._settings = dict(settings or {})
        self.port = find_free_port()
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> AppServer:
        self.start()
        self.wait_until_ready()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if self._own_folder is not None:
            self._own_folder.cleanup()

    @property
    def output(self) -> str:
        """Everything that the server has printed so far."""
        return self._log_path.read_text(encoding="utf-8") if self._log_path.exists() else ""

    @property
    def setup_code(self) -> str:
        """The code of the first start, as a person reads it in the terminal."""
        found = _CODE.findall(self.output)
        assert found, f"no setup code in the output:\n{self.output}"
        return found[-1]

    def start(self) -> None:
        """Start the server in a process group of its own."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ENGAGEMENT_")},
            "ENGAGEMENT_DATA_DIR": str(self.data_dir),
            "PYTHONUNBUFFERED": "1",
            **self._settings,
        }
        command = [sys.executable, "-m", "streamlit", "run", str(HOUSE / "app.py")]
        with self._log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--server.port", str(self.port)],
                cwd=HOUSE,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_hear_interrupts,
            )

    def wait_until_ready(self) -> None:
        """Wait until the health check answers; fail with the server's output when it does not."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the server ended by itself:\n{self.output}"
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise AssertionError(f"the server did not answer in {PATIENCE_S:.0f} s:\n{self.output}")

    def stop(self) -> int | None:
        """Ask the server to stop, as Ctrl-C does, and give its exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self._end_group()
        return self.process.returncode

    def kill(self) -> None:
        """Pull the plug: ``kill -9`` of the server and everything that it started."""
        self._end_group()
        self.process.wait(20)

    def _end_group(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    @property
    def _log_path(self) -> Path:
        return self.data_dir / "server.log"


def _hear_interrupts() -> None:
    """Undo what a shell does to work in the background: it lets that work ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def find_free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
