"""Reading subtitles (srt, vtt) as turns: what one person says until the next one speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileContents, FileFormat, Passage, count_words, list_left_out
from engagement.listen.read_text import LINE_END, decode_text

TIMES = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s+-->\s+(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}.*")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
NAME = re.compile(r"\s*(?:>{2,3}\s*)?((?:[A-Z]|i[A-Z])[\w.'’-]*(?: [\w.'’()-]+){0,4}):\s+(?=\S)")
TAG = re.compile(r"</?[a-z][^<>]*>|<(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}>|\{\\[^{}]*\}", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*\s*$")
TURNS = "turns"
TIMES_REASON = "times and numbers of the subtitles"


@dataclass(frozen=True)
class Cue:
    """What one person says at one time: the number of the first line of it, who speaks, and the words.

    ``column_name`` tells those apart who begin to speak within the same line; it is empty for the first.
    """

    line: int
    column_name: str
    speaker: str
    text: str


@dataclass(frozen=True)
class SaidInLine:
    """What one person says within a line of a cue: where it stands there with its marks, and the words."""

    start: int
    end: int
    column_name: str
    speaker: str
    words: str


def read_subtitles(content: bytes) -> FileContents:
    """Read subtitles as turns; times and numbers are counted and left out.

    Raises
    ------
    UnreadableFileError
        When no line of times is found in it.
    """
    text, encoding = decode_text(content)
    lines = LINE_END.split(text)
    cues, beside = _split_cues(lines)
    if not cues:
        raise UnreadableFileError(
            "holds no subtitles that can be read (no line such as “00:00:01,000 --> 00:00:04,000” with words "
            "under it). If it is plain text, rename it so that it ends in .txt and add it again."
        )
    passages = tuple(_join_turns(cues))
    left_out = tuple(list_left_out(TIMES_REASON, beside))
    return FileContents(
        format=FileFormat.SUBTITLES,
        encoding=encoding,
        passages=passages,
        left_out=left_out,
        n_words=sum(count_words(cue.text) for cue in cues) + sum(each.n_words for each in left_out),
    )


def _split_cues(lines: Sequence[str]) -> tuple[list[Cue], list[str]]:
    """Split lines into cues, and the lines that are none: numbers, times, headers, notes."""
    cues: list[Cue] = []
    beside: list[str] = []
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], start=1):
        is_next = bool(TIMES.fullmatch(line)) and any(TIMES.fullmatch(each) for _, each in block)
        if line.strip() and not is_next:
            block.append((number, line))
            continue
        following = _take_start(block, (number, line)) if is_next else []
        times = next((place for place, (_, each) in enumerate(block) if TIMES.fullmatch(each)), None)
        told = block[: len(block) if times is None else times + 1]
        beside += [each for _, each in told]
        cues += _read_cue(block[len(told) :])
        block = following
    return cues, beside


def _take_start(block: list[tuple[int, str]], times: tuple[int, str]) -> list[tuple[int, str]]:
    """Take the start of the next cue off a block, where no empty line stands between the two."""
    has_number = block[-1][1].strip().isdigit()
    return [*([block.pop()] if has_number else []), times]


def _read_cue(block: Sequence[tuple[int, str]]) -> Iterator[Cue]:
    """Yield what each person says in one cue."""
    speaker, first, texts = "", (0, ""), list[str]()
    for number, line in block:
        for said in split_line(line):
            if said.speaker and texts:
                yield Cue(*first, speaker, "\n".join(texts))
                texts = []
            speaker = said.speaker or speaker
            if said.words:
                first = first if texts else (number, said.column_name)
                texts.append(said.words)
    if texts:
        yield Cue(*first, speaker, "\n".join(texts))


def split_line(line: str) -> Iterator[SaidInLine]:
    """Split a line of a cue at each mark of who speaks; the speaker is "" where it does not say."""
    starts = [each.start() for each in VOICE.finditer(line)]
    if not starts or _clean(line[: starts[0]]):
        starts = [0, *starts]
    for number, (start, end) in enumerate(pairwise([*starts, len(line)]), start=1):
        speaker, words = _split_name(line[start:end])
        yield SaidInLine(start, end, f"speaker {number}" if number > 1 else "", speaker, words)


def _split_name(said: str) -> tuple[str, str]:
    text = _clean(said)
    if voice := VOICE.match(said):
        return unescape(voice[1]).strip(), text
    if name := NAME.match(text):
        return name[1], text[name.end() :]
    return "", text


def _clean(said: str) -> str:
    return unescape(TAG.sub("", said)).strip()


def _join_turns(cues: Sequence[Cue]) -> Iterator[Passage]:
    """Join the cues of one person; where nobody is named, those of one sentence."""
    has_names = any(cue.speaker for cue in cues)
    speaker, held = "", list[Cue]()
    for cue in cues:
        is_new = bool(cue.speaker and cue.speaker != speaker)
        if held and (is_new if has_names else SENTENCE_END.search(held[-1].text)):
            yield _make_turn(speaker, held)
            held = []
        speaker = cue.speaker or speaker
        held.append(cue)
    if held:
        yield _make_turn(speaker, held)


def _make_turn(speaker: str, cues: Sequence[Cue]) -> Passage:
    text = "\n".join(cue.text for cue in cues)
    return Passage(TURNS, cues[0].line, text, column_name=cues[0].column_name, speaker=speaker)
