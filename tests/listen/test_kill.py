"""Pulling the plug in the middle of an import: all of it is there afterwards, or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from engagement.decisions import find_broken_decision
from engagement.engagements import start_engagement
from engagement.listen.importing import import_files
from engagement.listen.verify import verify_voices
from engagement.settings import HOUSE
from models.database import Record
from models.sources import Source, SourceKind, StoredFile
from models.voices import Voice
from tests.builders import FACILITATOR

FILES = [("a.txt", b"The bus.\nThe park."), ("b.csv", b"id,text\n1,A bench by the shops please")]
IMPORT = """
import sys
from engagement.listen.importing import import_files
from models.database import Record
from models.sources import SourceKind
from tests.builders import FACILITATOR
from tests.listen.test_kill import FILES

record = Record(sys.argv[1])
with record.writing() as session:
    import_files(session, FACILITATOR, 1, FILES, SourceKind.SURVEY)
    session.flush()
    if sys.argv[2] == "before":
        print("ready", flush=True)
        sys.stdin.read()
print("ready", flush=True)
sys.stdin.read()
"""


def count_rows(record: Record) -> tuple[int, ...]:
    with record.reading() as session:
        assert find_broken_decision(session) is None
        assert verify_voices(session) == ()
        return tuple(
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Source, StoredFile, Voice)
        )


@pytest.mark.parametrize(("moment", "kept"), [("before", (0, 0, 0)), ("after", (2, 2, 3))])
def test_kill_during_an_import_keeps_all_or_nothing(
    record_url: str, moment: str, kept: tuple[int, ...]
) -> None:
    record = Record(record_url)
    with record.writing() as session:
        start_engagement(session, FACILITATOR, "Leading lives")

    child = subprocess.Popen(
        [sys.executable, "-c", IMPORT, record_url, moment],
        cwd=HOUSE,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.send_signal(signal.SIGKILL)

    assert count_rows(record) == kept
    if moment == "before":
        with record.writing() as session:
            import_files(session, FACILITATOR, 1, FILES, SourceKind.SURVEY)
        assert count_rows(record) == (2, 2, 3)
    record.close()
