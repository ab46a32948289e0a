"""Transcripts as programs write them: who says what, and no time or name in their words."""

from __future__ import annotations

from datetime import date

import pytest

from engagement.listen.preview import Preview
from engagement.listen.transcript_head import PROGRAM_LINES
from tests.listen.documents import build_docx, write_docx
from tests.listen.previews import count_left_out, list_texts, preview_file

TURNS = [("Speaker 1", "What helps you?"), ("Speaker 2", "The shed at 10:30."), ("Speaker 2", "And tea.")]
NAMED = [("Amina Patel", "What helps you?"), ("Ron Baker", "The shed at 10:30."), ("Ron Baker", "And tea.")]


def list_turns(found: Preview) -> list[tuple[str, str]]:
    return [(voice.respondent, voice.text) for voice in found.voices]


@pytest.mark.parametrize(
    "turn",
    [
        "[00:00:0{n}] {name}: {words}",
        "00:00:0{n}.120 {name}: {words}",
        "{name} [00:00:0{n}]: {words}",
        "{name} (0:0{n}): {words}",
        "[07/05/2024, 10:02:0{n}] {name}: {words}",
        "07/05/2024, 10:0{n} - {name}: {words}",
        "{name}  0:0{n}\n{words}\n",
        "00:00:0{n} {name}\n{words}\n",
        "[00:00:0{n}.500] - {name}\n{words}\n",
        "10:02:0{n} From  {name}  to  Everyone:\n\t{words}",
        "{name}:\n{words}\n",
    ],
)
def test_turns_are_told_apart_wherever_the_name_and_the_time_stand(turn: str) -> None:
    text = "\n".join(turn.format(name=name, words=words, n=n) for n, (name, words) in enumerate(NAMED * 2))

    assert list_turns(preview_file("talk.txt", text.encode())) == TURNS * 2


def test_turns_of_teams_are_told_apart_in_both_of_the_ways_in_which_it_writes_them() -> None:
    new = write_docx(*(f"{name}   0:0{n}\n{words}" for n, (name, words) in enumerate(NAMED)))
    old = write_docx(*(f"0:0:{n}.5 --> 0:0:{n}.9\n{name}\n{words}" for n, (name, words) in enumerate(NAMED)))
    apart = write_docx(*(each for pair in NAMED for each in ("0:0:1.5 --> 0:0:2.9", *pair)))

    for content in (new, old, apart):
        assert list_turns(preview_file("talk.docx", content)) == TURNS


def test_times_alone_and_lines_that_divide_the_page_are_no_voices() -> None:
    found = preview_file(
        "notes.txt", b"The bus.\n00:05:00\n-----\n= = =\n[0:07]\n|---|:--|\n- 10:30\nIt is 10:30\n..."
    )

    assert list_texts(found) == ["The bus.", "10:30", "It is 10:30", "..."]
    assert count_left_out(found, "times at which it was said") == 2
    assert count_left_out(found, "lines that only divide the page") == 5


@pytest.mark.parametrize(
    "text",
    [
        "10:30 Tea: it was cold.",
        "We met at 10:30 Monday: it rained.",
        "[00:00:03] the bus is late",
        "Bus 48 (10:30 from Abbey): never comes.",
    ],
)
def test_a_time_in_what_people_say_makes_nobody_a_speaker(text: str) -> None:
    (voice,) = preview_file("notes.txt", f"{text}\n".encode()).voices

    assert (voice.respondent, voice.text) == ("", text)


@pytest.mark.parametrize("role", ["Participant 12", "PARTICIPANT 1", "Interviewer", "Facilitator"])
def test_a_role_before_a_colon_speaks_and_one_that_comes_back_is_no_detail_of_the_page(role: str) -> None:
    found = preview_file("notes.txt", f"{role}: What helps?\n{role}: The shed: it is warm.\n".encode())

    assert list_turns(found) == [(role, "What helps?"), (role, "The shed: it is warm.")]
    assert found.details.facilitator == ""


def test_who_facilitated_is_still_read_at_the_top_of_notes() -> None:
    found = preview_file("notes.txt", b"Facilitator: Amina Patel\nThe bus.\n")

    assert (found.details.facilitator, list_texts(found)) == ("Amina Patel", ["The bus."])


def test_a_guest_who_is_named_in_full_is_numbered_like_all_others() -> None:
    found = preview_file(
        "talk.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ron Baker (Guest)>The shed.</v>\n"
    )

    assert list_turns(found) == [("Speaker 1", "The shed.")]
    assert found.names == ("Ron Baker (Guest)",)


def test_subtitles_without_empty_lines_between_them_keep_times_out_of_the_words() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}We are 5.\n2\n"
    text += "00:00:02,000 --> 00:00:03,000\niPad: It is\n7\n"
    text += "00:00:03,000 --> 00:00:04,000\nlate.\n"

    found = preview_file("talk.srt", text.encode())

    assert list_turns(found) == [("", "We are 5."), ("iPad", "It is\nlate.")]
    assert count_left_out(found, "times and numbers of the subtitles") == 12


def test_a_paragraph_of_several_lines_without_a_name_stays_whole() -> None:
    def fill(document) -> None:
        document.add_paragraph("Buses late again\nsince Monday")

    assert list_texts(preview_file("notes.docx", build_docx(fill))) == ["Buses late again\nsince Monday"]


@pytest.mark.parametrize("dash", ["-", "–", "—"])
@pytest.mark.parametrize(
    "names", [("Amina Patel", "Ron Baker"), ("Participant 1", "Facilitator"), ("AP", "RB")]
)
def test_turns_that_a_dash_begins_are_told_apart_where_the_whole_page_is_so(
    names: tuple[str, str], dash: str
) -> None:
    said = ("What helps you?", "The shed - it is warm.", "And Ron Baker - ask him.", "He knows.")
    turns = "\n".join(f"{names[n % 2]} {dash} {words}" for n, words in enumerate(said))

    found = preview_file("talk.txt", f"Focus group 3\n\n{turns}".encode(), keeps_names=True)

    assert found.details.title == "Focus group 3"
    assert list_turns(found) == [(names[n % 2], words) for n, words in enumerate(said)]


@pytest.mark.parametrize(
    "text",
    [
        "Buses - none after six\nParks - lovely\nBuses - late again\nParks - no benches\n",
        "Amina Patel - late again\nThe park is lovely\nRon Baker - none after six\nAmina Patel - yes\n",
        "Amina Patel - one\nRon Baker - two\nJo Smith - three\nDi Jones - four\n",
    ],
)
def test_a_dash_after_what_it_is_about_or_now_and_then_makes_nobody_a_speaker(text: str) -> None:
    found = preview_file("notes.txt", text.encode())

    assert list_turns(found) == [("", line) for line in text.splitlines()]


OTTER = (
    "Belgrave talk", "Mon, Nov 25, 2024 10:02AM • 45:12", "SUMMARY KEYWORDS", "bus, shed, tea, Ron",
    "SPEAKERS", "Amina Patel, Ron Baker",
)  # fmt: skip


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_otter_writes_above_and_below_a_talk_is_nobodys_voice(gap: str) -> None:
    turns = [f"{name}  0:0{n}\n{words}\n" for n, (name, words) in enumerate(NAMED)]
    text = gap.join((*OTTER, "", *turns, "Transcribed by https://otter.ai"))

    found = preview_file("talk.txt", text.encode())

    assert list_turns(found) == TURNS
    assert count_left_out(found, PROGRAM_LINES) == 23
    assert (found.details.title, found.details.held_on) == ("Belgrave talk", date(2024, 11, 25))
    assert found.receipt.adds_up


def test_the_head_of_otter_is_told_apart_in_word_and_with_speakers_unknown() -> None:
    content = write_docx(*OTTER[2:], "00:03", "What helps you?", "Unknown Speaker  00:09", "The shed.")

    found = preview_file("talk.docx", content)

    assert [words for _, words in list_turns(found)] == ["What helps you?", "The shed."]
    assert count_left_out(found, PROGRAM_LINES) == 11


def test_keywords_in_what_people_say_stay_their_words() -> None:
    text = "Keywords\nbus, shed\nSpeakers\nThe hall has good speakers.\nTranscribed by https://otter.ai\n"

    found = preview_file("notes.txt", text.encode())

    assert "bus, shed" in list_texts(found)
    assert count_left_out(found, PROGRAM_LINES) == 0


def test_the_first_line_of_a_talk_that_nobody_says_is_its_title_and_no_voice() -> None:
    found = preview_file(
        "young people.txt", b"Youth club, 3rd Nov\n\nMo: Buses.\nAli: The park.\nMo: Wifi.\n"
    )

    assert list_turns(found) == [("Mo", "Buses."), ("Ali", "The park."), ("Mo", "Wifi.")]
    assert found.details.title == "Youth club, 3rd Nov"
    assert found.receipt.adds_up


def test_a_first_line_that_somebody_may_have_said_stays_a_voice() -> None:
    found = preview_file("young people.txt", b"Nowhere to go.\n\nMo: Buses.\nAli: The park.\nMo: Wifi.\n")

    assert found.voices[0].text == "Nowhere to go."


def test_words_before_a_colon_are_words_where_the_file_itself_says_who_speaks() -> None:
    cues = ("Amina: Good morning: all.", "Ron: Host: nobody.", "Amina: Buses: none. Date: never")
    text = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n}.900\n{cue}\n\n" for n, cue in enumerate(cues))

    assert list_turns(preview_file("talk.vtt", text.encode())) == [
        ("Amina", "Good morning: all."),
        ("Ron", "Host: nobody."),
        ("Amina", "Buses: none. Date: never"),
    ]


def test_captions_for_the_deaf_say_who_speaks_behind_arrows() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n>> RON: It is late.\n>>> AMINA: It is.\n"

    assert list_turns(preview_file("talk.vtt", text.encode())) == [
        ("RON", "It is late."),
        ("AMINA", "It is."),
    ]


def test_a_message_of_several_lines_is_of_whoever_wrote_it_and_what_the_program_says_of_nobody() -> None:
    day = "[05/11/2024, 10:0"
    text = f"{day}2:11] Amina: Hi\n{day}3:40] Ron: The bus\nis late again\n{day}4:00] Ron left\nand that\n"

    assert list_turns(preview_file("chat.txt", text.encode())) == [
        ("Amina", "Hi"),
        ("Ron", "The bus"),
        ("Ron", "is late again"),
        ("", f"{day}4:00] Ron left"),
        ("", "and that"),
    ]


def test_a_full_name_with_its_surname_first_is_numbered_too() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Patel, Amina>Who starts?</v>\n"

    assert list_turns(preview_file("talk.vtt", text.encode())) == [("Speaker 1", "Who starts?")]
