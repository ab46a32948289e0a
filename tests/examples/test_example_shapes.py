"""That the notes take the shapes in which facilitators really send them, so that reading them is a test."""

from __future__ import annotations

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from tests.examples.listening import EXAMPLES, hear_everything, list_notes

CARERS = "13-carers-group-netherbrook.docx"


def join_words(element: BaseOxmlElement) -> str:
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def list_words(file_name: str) -> list[str]:
    return [voice.words for voice in hear_everything()[file_name]]


def test_words_put_in_with_tracked_changes_belong_to_the_voice():
    body = docx.Document(str(EXAMPLES / CARERS)).element.body

    inserted = [join_words(each) for each in body.iter(qn("w:ins"))]

    assert len(inserted) == 2
    assert all(any(words in voice for voice in list_words(CARERS)) for words in inserted)


def test_words_in_the_margin_and_in_a_text_box_are_no_voices():
    notes = docx.Document(str(EXAMPLES / CARERS))
    beside = [comment.text for comment in notes.comments]
    beside += [join_words(box) for box in notes.element.body.iter(qn("w:txbxContent"))]

    assert len(beside) == 3  # a comment, and the box as new and as old versions of Word draw it
    assert not any(aside in voice for voice in list_words(CARERS) for aside in beside)


def test_some_notes_have_curly_quotes_and_hard_spaces():
    voices = list_words("10-lgbtq-elders-orchard-bank.docx")

    assert any("’" in voice for voice in voices)
    assert any("\u00a0" in voice for voice in voices)


def test_notes_are_listed_numbered_spoken_and_told():
    styles = {
        paragraph.style.name for path in list_notes() for paragraph in docx.Document(str(path)).paragraphs
    }

    assert styles >= {
        "Title",
        "Heading 1",
        "Heading 2",
        "List Bullet",
        "List Bullet 2",
        "List Number",
        "Normal",
    }


def test_some_notes_mark_who_spoke_and_some_do_not():
    named = {name for name, voices in hear_everything().items() if any(voice.who for voice in voices)}

    assert 6 <= len(named) <= 10
