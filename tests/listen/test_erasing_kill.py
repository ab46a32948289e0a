"""Pulling the plug in the middle of an erasure: all of it is done afterwards, or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engagement.checks import check_record
from engagement.listen.erasing.cleaning import finish_erasures
from engagement.listen.voices import (
    withdraw_voice,
)
from engagement.settings import HOUSE
from models.database import Record
from tests.builders import FACILITATOR
from tests.listen.erased import (
    NOTES,
    bring,
    find_secret,
    holding,
)

ERASE = """
import sys
from datetime import date
from engagement.listen.erasing.erase import erase_voices
from models.consent import KeptFile
from models.database import Record
from tests.builders import LEAD

record = Record(sys.argv[1])
with record.writing() as session:
    erase_voices(
        session, LEAD, [int(sys.argv[2])], typed="erase", kept=KeptFile.SAME_FORMAT, today=date(2026, 11, 26)
    )
    session.flush()
    if sys.argv[3] == "before":
        print("ready", flush=True)
        sys.stdin.read()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_kill_during_an_erasure_leaves_all_or_nothing(record_url: str, moment: str, tmp_path: Path) -> None:
    record = Record(record_url)
    bring(record, "notes.txt", NOTES.encode())
    secret = find_secret(record)
    with record.writing() as session:
        withdraw_voice(session, FACILITATOR, secret.id, "asked by phone")
    child = subprocess.Popen(
        [sys.executable, "-c", ERASE, record_url, str(secret.id), moment],
        cwd=HOUSE,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"ready"
        child.send_signal(signal.SIGKILL)

    if moment == "before":
        assert find_secret(record).text.endswith("foundry closed")
        assert check_record(record) == ()
    else:
        (problem,) = check_record(record)
        assert "not finished: 1." in problem
        assert finish_erasures(record)
        assert check_record(record) == ()
        assert holding(tmp_path, b"Zebulon") == []
    record.close()
