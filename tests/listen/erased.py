"""Sources with words that are to be erased, in every format, and short ways to erase them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select

from engagement.engagements import start_engagement
from engagement.listen.erasing.blanks import squeeze
from engagement.listen.erasing.cleaning import finish_erasures
from engagement.listen.erasing.erase import erase_voices
from engagement.listen.erasing.plans import (
    ErasurePlan,
)
from engagement.listen.importing import import_files
from engagement.listen.voices import (
    VoiceView,
    get_voice_or_raise,
    withdraw_voice,
)
from models.consent import KeptFile
from models.database import Record
from models.sources import Source, SourceKind, StoredFile
from models.voices import Voice
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.listen.documents import write_odt, write_raw_docx, write_xlsx

TODAY = date(2026, 11, 26)
SECRET = "My brother Zebulon drinks since the foundry closed"
KEPT = ("The 22 stops at six so I stay in", "Someone who answers the phone when I ring")
NOTES = f"# What would help?\r\n- {KEPT[0]}\r\n- {SECRET}\r\n- {KEPT[1]}\r\n"
SURVEY = (
    ["ID", "What would help you most?", "Occupation", "Ward"],
    ["1", KEPT[0], "Driver", "Belgrave"],
    ["2", SECRET, "Moulder of bronze bells", "Belgrave"],
    ["3", KEPT[1], "Retired", "Evington"],
)
CUES = (
    f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Sam>{KEPT[0]}\n\n"
    f"00:05.000 --> 00:09.000\n<v Jo>{SECRET}\n\n00:10.000 --> 00:12.000\n<v Sam>{KEPT[1]}\n"
)


def write_csv(separator: str = ",") -> bytes:
    return "\r\n".join(separator.join(row) for row in SURVEY).encode()


def write_notes_docx() -> bytes:
    first, rest = SECRET[:12], SECRET[12:]
    body = (
        f"<w:p><w:r><w:t>{KEPT[0]}</w:t></w:r></w:p>"
        f'<w:p><w:r><w:t xml:space="preserve">{first}</w:t></w:r><w:ins><w:r><w:t>{rest}</w:t></w:r></w:ins>'
        f"<w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{KEPT[1]}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    return write_raw_docx(body)


def write_notes_odt() -> bytes:
    body = (
        f"<text:p>{KEPT[0]}</text:p>"
        f"<text:p>{SECRET[:10]}<text:span>{SECRET[10:20]}</text:span>{SECRET[20:]}</text:p>"
        f"<text:list><text:list-item><text:p>{KEPT[1]}</text:p></text:list-item></text:list>"
    )
    return write_odt(body)


def write_survey_ods() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in SURVEY
    )
    return write_odt(f'<table:table table:name="Answers">{rows}</table:table>', kind="spreadsheet")


FILES = {
    "notes.txt": NOTES.encode,
    "notes.md": lambda: NOTES.replace("stay in", "stay in – at £2").encode("cp1252"),
    "marked.txt": lambda: "\ufeff".encode("utf-16-le") + NOTES.encode("utf-16-le"),
    "survey.csv": write_csv,
    "survey.tsv": lambda: write_csv("\t"),
    "said.vtt": CUES.encode,
    "within.vtt": lambda: CUES.replace("\n\n00:05.000 --> 00:09.000\n<v Jo>", " <v Jo>").encode(),
    "said.srt": lambda: CUES.replace("WEBVTT\n\n", "").replace(".000", ",000").encode(),
    "notes.docx": write_notes_docx,
    "notes.odt": write_notes_odt,
    "survey.xlsx": lambda: write_xlsx(SURVEY),
    "survey.ods": write_survey_ods,
}


def bring(record: Record, file_name: str, content: bytes) -> int:
    kind = SourceKind.SURVEY if file_name.startswith("survey") else SourceKind.FOCUS_GROUP
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        import_files(session, FACILITATOR, engagement_id, [(file_name, content)], kind)
    return engagement_id


def find_secret(record: Record) -> VoiceView:
    with record.reading() as session:
        voice_id = session.scalars(select(Voice.id).where(Voice.text.contains("Zebulon"))).one()
        return get_voice_or_raise(session, VIEWER, voice_id)


def erase(
    record: Record, voice_ids: Sequence[int], kept: KeptFile = KeptFile.SAME_FORMAT, typed: str = "erase"
) -> ErasurePlan:
    with record.writing() as session:
        plan = erase_voices(session, LEAD, voice_ids, typed=typed, kept=kept, today=TODAY)
    assert finish_erasures(record)
    return plan


def withdraw_and_erase(record: Record, voice_id: int, kept: KeptFile = KeptFile.SAME_FORMAT) -> ErasurePlan:
    with record.writing() as session:
        withdraw_voice(session, FACILITATOR, voice_id, "asked by phone")
    return erase(record, [voice_id], kept)


def read_stored_file(record: Record) -> tuple[str, bytes]:
    with record.reading() as session:
        source = session.scalars(select(Source)).one()
        return source.file_sha256, session.get_one(StoredFile, source.file_sha256).content


def read_all_words(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return squeeze(content.replace(b"\0", b"").decode("utf-8", "replace"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return squeeze("".join(parts))


def holding(folder: Path, words: bytes) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]
