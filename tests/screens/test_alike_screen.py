"""Voices alike: found, decided about side by side, and undone, through the front door."""

from __future__ import annotations

from engagement.engagements import start_engagement
from engagement.jobs import claim_job
from engagement.listen.importing import import_files
from engagement.listen.voices import list_texts
from engagement.worker import do_job
from models.sources import SourceKind
from tests.builders import FACILITATOR
from tests.screens.test_listen_screens import press, read_headings, read_html


def test_voices_that_are_alike_are_decided_about_side_by_side_and_undone(signed_in_app, screen_record):
    notes = b"A bench half way up the hill.\nA bench halfway up the hill!\nMore buses after six, please.\n"
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        import_files(session, FACILITATOR, engagement_id, [("cards.txt", notes)], SourceKind.EVENT)
    app = signed_in_app(FACILITATOR, "alike.py", engagement_id)
    assert read_headings(app) == ["Nobody has looked yet"]
    assert not app.toggle

    press(app, "Look for voices that are alike")
    with screen_record.writing() as session:
        job = claim_job(session)
    do_job(screen_record, job.id)
    app.run()
    assert read_headings(app) == ["1 group of voices still to decide about"]
    assert [each.label.startswith("Keys on: B means") for each in app.toggle] == [True]
    assert "<mark>halfway</mark>" in read_html(app)
    press(app, "Count once")

    assert not app.exception
    assert read_headings(app) == ["Nothing to decide about"]
    assert count_standing(screen_record, engagement_id) == 2
    press(app, "Undo the last")
    assert not app.exception
    assert read_headings(app) == ["1 group of voices still to decide about"]
    assert count_standing(screen_record, engagement_id) == 3


def count_standing(record, engagement_id):
    with record.reading() as session:
        return len(list_texts(session, engagement_id))
