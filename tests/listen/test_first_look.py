"""The first look at words: it comes before the record is held, and sees what a look while saving sees."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from engagement.engagements import start_engagement
from engagement.listen import importing
from engagement.listen.details import SourceDetails
from engagement.listen.first_look import ToLookAt, look_elsewhere, look_here
from engagement.listen.importing import Upload, look_ahead, save_uploads
from engagement.listen.preview import suggest_mapping
from engagement.listen.reading import read_upload
from models.database import Record
from models.languages import VoiceLanguage
from models.personal_data import PersonalMark
from models.voices import Voice
from tests.builders import FACILITATOR

ROWS = (
    ("What would help?",),
    ("Ring Ada Okafor on 07700 900123, she knows the bus.",),
    ("Hoffwn gael mwy o fysiau yn y pentref, a siop sydd ar agor ar y Sul.",),
    ("More benches, please.",),
)


def make_upload(host: str = "Shed") -> Upload:
    """Make an upload of a small survey that is ready to be saved."""
    written = io.StringIO()
    csv.writer(written).writerows(ROWS)
    content = written.getvalue().encode()
    contents = read_upload("survey.csv", content)
    return Upload(
        "survey.csv", content, contents, SourceDetails(title="Survey", host=host), suggest_mapping(contents)
    )


def save(record: Record, upload: Upload) -> tuple[int, list[tuple[object, ...]]]:
    """Save an upload in an engagement of its own; give the number of marks, and what was kept of the look."""
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, f"For {upload.details.host}", "", [])
        (saved,) = save_uploads(session, FACILITATOR, engagement_id, [upload])
    of_source = Voice.source_id == saved.source_id
    with record.reading() as session:
        marks = session.scalars(select(PersonalMark).join(Voice).where(of_source).order_by(PersonalMark.id))
        seen = [(each.kind, each.start_at, each.end_at, each.why, each.in_translation) for each in marks]
        languages = session.execute(select(VoiceLanguage.language, Voice.line).join(Voice).where(of_source))
        return saved.n_marks, [*seen, *map(tuple, languages)]


def test_a_look_ahead_in_a_process_of_its_own_sees_what_a_look_while_saving_sees(
    sqlite_record: Record,
) -> None:
    looked = look_ahead([make_upload("Ahead")], ())[0]

    n_marks, seen = save(sqlite_record, looked)

    assert looked.look is not None
    assert (n_marks, seen) == save(sqlite_record, make_upload("While saving"))
    assert n_marks >= 2
    assert ("cy", 3) in seen


def test_a_look_elsewhere_sees_in_words_and_translations_what_a_look_here_sees() -> None:
    words = ToLookAt(("Ffoniwch fi", "Ring Ada."), ("Ring me: 07700 900456", ""), ("", "en"), ("Ada",))

    assert look_elsewhere([words, words]) == (look_here(words),) * 2
    assert [len(each) for each in look_here(words).hints_in_translations] == [1, 0]


def test_words_that_were_looked_at_are_not_looked_at_again_while_the_record_is_held(
    sqlite_record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    (upload,) = look_ahead([make_upload()], ())
    monkeypatch.setattr(importing, "look_here", None)

    n_marks, _seen = save(sqlite_record, upload)

    assert n_marks >= 2


def test_words_that_are_others_than_those_looked_at_are_looked_at_again(sqlite_record: Record) -> None:
    (upload,) = look_ahead([make_upload("")], ())
    changed = replace(upload, details=SourceDetails(title="Survey", facilitator="Sul Gwyn"))

    n_marks, seen = save(sqlite_record, changed)

    before, _seen = save(sqlite_record, make_upload("Nobody"))
    assert n_marks == before + 1
    assert "the name of staff or a host" in {
        why for _kind, _start, _end, why, _in_translation in seen[:n_marks]
    }
