"""Subtitles and transcripts: a voice is what one person says until the next one speaks."""

from __future__ import annotations

import pytest

from engagement.errors import UnreadableFileError
from engagement.listen.preview import Preview
from engagement.listen.reading_child import read_file
from tests.listen.previews import preview_file

VTT = """WEBVTT

NOTE recorded in the hall

1
00:00:01.000 --> 00:00:04.000 align:start
<v Amina Patel>The bus never comes
on a Sunday &amp; we <i>walk</i>.</v>

2
00:00:04.000 --> 00:00:06.000
<v Amina Patel>It is far.</v>

00:06.000 --> 00:09.000
<v Ron>We have the shed.</v>
"""
SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,000\r\nthe bus is late\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n"
    "and cold.\r\n\r\n3\r\n00:00:03,000 --> 00:00:04,000\r\nSo we walk.\r\n"
)
TRANSCRIPT = """Lynne Ap Rhys AM: Good morning. Who begins?

Sian Morgan: I do. Buses: none after six.

We walk home.

Lynne Ap Rhys AM:

Thank you.

Sian Morgan: Not at all.
"""


def preview(name: str, text: str, *, keeps_names: bool = False) -> Preview:
    return preview_file(name, text.encode(), keeps_names=keeps_names)


def list_turns(found: Preview) -> list[tuple[str, str, int]]:
    return [(voice.respondent, voice.text, voice.line) for voice in found.voices]


def test_cues_of_one_person_are_one_voice_and_times_are_counted_apart() -> None:
    found = preview("hall.vtt", VTT)

    assert [(text, line) for _, text, line in list_turns(found)] == [
        ("The bus never comes\non a Sunday & we walk.\nIt is far.", 7),
        ("We have the shed.", 15),
    ]
    assert [(each.reason, each.n_words) for each in found.receipt.left_out] == [
        ("times and numbers of the subtitles", 18)
    ]


def test_cues_without_names_are_joined_to_sentences() -> None:
    assert list_turns(preview("hall.srt", SRT)) == [
        ("", "the bus is late\nand cold.", 3),
        ("", "So we walk.", 11),
    ]


def test_names_before_colons_in_cues_are_speakers() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nRon: The shed.\nBetty: The bench.\n"

    assert list_turns(preview("hall.srt", text)) == [("Ron", "The shed.", 3), ("Betty", "The bench.", 4)]


def test_subtitles_without_times_are_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableFileError, match="holds no subtitles that can be read"):
        read_file("hall.srt", b"Only words.\n")


def test_a_transcript_by_full_names_is_split_by_speaker() -> None:
    found = preview("meeting.txt", TRANSCRIPT)

    assert [(text, line) for _, text, line in list_turns(found)] == [
        ("Good morning. Who begins?", 1),
        ("I do. Buses: none after six.", 3),
        ("We walk home.", 5),
        ("Thank you.", 9),
        ("Not at all.", 11),
    ]
    numbers = ["Speaker 1", "Speaker 2", "Speaker 2", "Speaker 1", "Speaker 2"]
    assert [who for who, _, _ in list_turns(found)] == numbers
    assert found.names == ("Lynne Ap Rhys AM", "Sian Morgan")


def test_full_names_are_kept_where_somebody_says_so() -> None:
    found = preview("meeting.txt", TRANSCRIPT, keeps_names=True)

    assert list_turns(found)[0][0] == "Lynne Ap Rhys AM"


def test_lines_that_say_who_speaks_and_when_give_the_speaker_of_what_follows() -> None:
    found = preview(
        "meeting.txt", "Amina Patel  0:03\nWe need the bus.\nEvery day.\n\nRon  1:02:10\nThe shed.\n"
    )

    assert [(text, line) for _, text, line in list_turns(found)] == [
        ("We need the bus.", 2),
        ("Every day.", 3),
        ("The shed.", 6),
    ]
    assert len({who for who, _, _ in list_turns(found)}) == 2


def test_two_people_in_one_line_of_a_cue_are_two_voices() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Amina>The bus never comes.</v> <v Ron>It does!</v>\n\n"
        "00:04.000 --> 00:06.000\n<v Ron>On Mondays.\n\n00:06.000 --> 00:08.000\nYes <v Amina>Hm.\n"
    )

    assert list_turns(preview("hall.vtt", text)) == [
        ("Amina", "The bus never comes.", 4),
        ("Ron", "It does!\nOn Mondays.\nYes", 4),
        ("Amina", "Hm.", 10),
    ]
