"""Measure how long files take from upload to saved voices, and that no word of them is changed or lost.

Each set goes the way of the screens, with what they suggest: read, checked, looked through, saved; then every
voice is read again at its place in the stored file. Run from the project's folder:
``python -m benchmarks.listening`` prints the table and writes it into `listening.md`; it ends with 1 when the
614 take too long, or a word is not where it should be.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from benchmarks.marked_page import write_between_marks, write_head, write_row
from benchmarks.theming_sets import REAL_TEXTS, check_data
from engagement.engagements import start_engagement
from engagement.listen.example import EXAMPLES
from engagement.listen.importing import Upload, look_ahead, save_uploads
from engagement.listen.preview import Preview, preview_import, suggest_mapping
from engagement.listen.reading import ReadFile, read_uploads
from engagement.listen.verify import verify_voices
from engagement.people.permissions import COMMAND_LINE
from engagement.record import prepare_record
from models.database import Record
from models.sources import SourceKind

REPORT = Path(__file__).with_name("listening.md")
MOST_S = 10.0
EXAMPLE = "the example: 14 Word notes and a survey"
SETS = {
    "four transcripts": ("transcripts/*.txt", SourceKind.INTERVIEW),
    "bowling_green.csv": ("bowling_green.csv", SourceKind.SURVEY),
    "scoop_nz.csv": ("scoop_nz.csv", SourceKind.SURVEY),
    "nhs_fft_phase1_fine.csv": ("nhs_fft_phase1_fine.csv", SourceKind.SURVEY),
}


@dataclass(frozen=True)
class Measured:
    """What one upload took, in seconds for each step, and what came of it.

    ``not_adding_up`` are files whose receipt does not add up, ``misplaced`` voices that are not what stands
    at their place.
    """

    voices: int
    words: int
    captured: int
    steps: tuple[float, float, float, float]
    not_adding_up: int
    misplaced: int

    @property
    def total_s(self) -> float:
        """Add the steps up."""
        return sum(self.steps)

    @property
    def is_whole(self) -> bool:
        """Tell whether every word is accounted for, and every voice where it should be."""
        return self.not_adding_up == self.misplaced == 0


def main() -> None:
    """Measure, print and write the table."""
    check_data()
    measured = {EXAMPLE: measure_upload(list_example_files(), SourceKind.FOCUS_GROUP)}
    for name, (pattern, kind) in SETS.items():
        measured[name] = measure_upload(sorted(REAL_TEXTS.glob(pattern)), kind)
    write_between_marks(REPORT, "listening", _write_table(measured))
    is_slow = measured[EXAMPLE].total_s >= MOST_S
    sys.exit(int(is_slow or not all(each.is_whole for each in measured.values())))


def list_example_files() -> list[Path]:
    """List the files of the example."""
    return [path for path in sorted(EXAMPLES.iterdir()) if path.suffix in (".docx", ".xlsx")]


def measure_upload(files: Sequence[Path], kind: SourceKind) -> Measured:
    """Bring files into a record of their own, as one upload."""
    named = [(path.name, path.read_bytes()) for path in files]
    with tempfile.TemporaryDirectory() as folder:
        record = Record(f"sqlite:///{Path(folder) / 'record.db'}")
        prepare_record(record)
        with record.writing() as session:
            engagement_id = start_engagement(session, COMMAND_LINE, "Listening", "Measured", [])
        times = [time.perf_counter()]
        read_files = read_uploads(named)
        times.append(time.perf_counter())
        checked = [_check(each, kind) for each in read_files]
        times.append(time.perf_counter())
        uploads = look_ahead([upload for upload, _preview in checked], [])
        times.append(time.perf_counter())
        with record.writing() as session:
            saved = save_uploads(session, COMMAND_LINE, engagement_id, uploads)
        times.append(time.perf_counter())
        with record.reading() as session:
            misplaced = verify_voices(session)
        record.close()
    receipts = [preview.receipt for _upload, preview in checked]
    read_s, check_s, look_s, save_s = (after - before for before, after in pairwise(times))
    return Measured(
        sum(each.n_voices for each in saved),
        sum(each.n_words for each in receipts),
        sum(each.n_captured for each in receipts),
        (read_s, check_s, look_s, save_s),
        sum(not each.adds_up for each in receipts),
        len(misplaced),
    )


def _check(read_file: ReadFile, kind: SourceKind) -> tuple[Upload, Preview]:
    """Take what is suggested for a file, as somebody who changes nothing on the screen."""
    if read_file.contents is None:
        raise SystemExit(f"{read_file.file_name} could not be read: {read_file.error}")
    mapping = suggest_mapping(read_file.contents)
    preview = preview_import(read_file.contents, mapping, file_name=read_file.file_name)
    details = replace(preview.details, kind=kind)
    upload = Upload(read_file.file_name, read_file.content, read_file.contents, details, mapping)
    return upload, preview


def _write_table(measured: dict[str, Measured]) -> Iterator[str]:
    columns = (
        "files", "voices", "words", "captured", "read (s)", "check (s)", "look through (s)", "save (s)",
        "together (s)", "receipts that do not add up", "voices not at their place",
    )  # fmt: skip
    yield from write_head("From upload to saved voices", columns)
    for name, each in measured.items():
        counts = (f"{count:,}" for count in (each.voices, each.words, each.captured))
        steps = (f"{step:.1f}" for step in each.steps)
        faults = (str(each.not_adding_up), str(each.misplaced))
        yield write_row(name, *counts, *steps, f"**{each.total_s:.1f}**", *faults)


if __name__ == "__main__":
    main()
