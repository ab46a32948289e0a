"""Splitting notes into voices: prompts, speakers, details at the top and what is no voice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from engagement.listen.contents import (
    ASIDES,
    TEXT_BOXES,
    FileContents,
    FileFormat,
    Passage,
    PassageRole,
    count_words,
    find_aside,
)
from engagement.listen.cutting import apply_cuts, check_cuts, index_texts, list_said_places
from engagement.listen.details import parse_detail
from engagement.listen.docx_styles import BOLD_LEVEL
from engagement.listen.found_voices import (
    CONTENTS,
    DETAILS,
    DIVIDERS,
    HEADINGS,
    NOTES,
    SPEAKERS,
    TIMES,
    Findings,
    PreviewVoice,
    join_voices,
    trim_range,
)
from engagement.listen.mapping import Mapping, NotesSplit
from engagement.listen.notes_tables import find_table_voices
from engagement.listen.pipe_tables import find_pipe_voices, group_lines
from engagement.listen.prompts import is_same_prompt, looks_like_question, match_prompt
from engagement.listen.read_text import looks_wrapped
from engagement.listen.sentences import split_sentences
from engagement.listen.speakers import (
    FULL_NAMES,
    NAME_ALONE,
    ONLY_CERTAIN,
    TIMED_LINE,
    TIMED_SPEAKER,
    TIMES_ALONE,
    TIMES_FROM_TO,
    find_bullet_end,
    find_dashed_speaker,
    find_speaker,
    find_turn_head,
    has_dashed_speakers,
    measure_names,
    split_turn_head,
)
from engagement.listen.transcript_head import PROGRAM_LINES, find_transcript_head

MAX_HEADING_WORDS = 12
EMOJI_END = re.compile(r":\w+:$")
DIVIDER = re.compile(r"([-=_*~#`–—])(?:\s*\1){2,}|\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
"""A line of one sign, as between two parts of a page, or under the header of a table."""
SPEAKING_FIELDS = frozenset({"facilitator", "host"})
HASHES = re.compile(r"\s*#{1,6}\s+")


def choose_passages(contents: FileContents, split: NotesSplit) -> tuple[Passage, ...]:
    """Give the passages that notes are split from: lines, or paragraphs between blank lines."""
    if not contents.paragraphs:
        return contents.passages
    is_wrapped = split is NotesSplit.SENTENCES and looks_wrapped(contents.passages)
    return contents.paragraphs if is_wrapped or split is NotesSplit.PARAGRAPHS else contents.passages


def split_notes(contents: FileContents, mapping: Mapping, prompts: Sequence[str]) -> Findings:
    """Go through notes from top to bottom and find every voice in them.

    Of words beside the page, the kinds that are taken (keys of ``ASIDES``) become voices, too. What people
    cut by hand goes before what the rules make of it.

    Raises
    ------
    EngagementError
        When the cuts do not fit the file, or its sentences cannot be found in time.
    """
    passages = choose_passages(contents, mapping.split)
    texts = index_texts(passages)
    check_cuts(texts, mapping.cuts)
    own = [each for each in passages if (aside := find_aside(each.part)) in mapping.taken or not aside]
    splitter = _Splitter(own, prompts, contents.format, mapping)
    splitter.findings.texts = texts
    for part, group in groupby(passages, key=lambda each: each.part):
        aside = find_aside(part)
        if aside and aside != TEXT_BOXES:
            splitter.prompt = ""  # what stands beside the pages comes after them all, and answers nothing
        if aside and aside not in mapping.taken:
            for passage in group:
                splitter.findings.set_aside(ASIDES[aside], passage, prompt=splitter.prompt)
        elif part.startswith("table "):
            splitter.take_table(tuple(group))
        else:
            splitter.take_page(tuple(group))
    if mapping.split is NotesSplit.SENTENCES:
        splitter.findings.voices = split_sentences(texts, splitter.findings.voices)
    apply_cuts(splitter.findings, texts, mapping.cuts)
    return splitter.findings


class _Splitter:
    def __init__(
        self, passages: Sequence[Passage], prompts: Sequence[str], found: FileFormat, mapping: Mapping
    ) -> None:
        self.findings = Findings()
        self.prompt = ""
        self.is_at_top = True
        self._prompts = prompts
        self._prompt_level = BOLD_LEVEL
        self._is_plain_text = found is FileFormat.TXT
        self._has_typed_bullets = found is not FileFormat.SUBTITLES
        self._joins_turns = mapping.split is NotesSplit.TURNS
        self._joins_rows = mapping.joins_rows
        self._said = list_said_places(mapping.cuts)
        fields = Counter(detail[0] for each in passages if (detail := parse_detail(each.text)))
        self._turn_keys = {field for field, count in fields.items() if count > 1 and field in SPEAKING_FIELDS}
        said = [
            each.text
            for each in passages
            if each.role is not PassageRole.HEADING
            and not each.speaker
            and not _find_reason(each, each.text.strip())
            and ((detail := parse_detail(each.text)) is None or detail[0] in self._turn_keys)
        ]
        self._longest_name = measure_names(said)
        self._head = find_transcript_head(passages, longest=self._longest_name)
        self.findings.title = self._head.title
        if self._head.held_on:
            self.findings.details["held_on"] = self._head.held_on
        self._has_dashes = has_dashed_speakers(said)
        self._awaits_name = False
        self._speaker = ""
        self._goes_on = False

    def take_page(self, passages: Sequence[Passage]) -> None:
        """Sort paragraphs or lines that stand below each other into voices and the rest."""
        for lines in group_lines(passages) if self._is_plain_text else ((each,) for each in passages):
            if len(lines) == 1:
                self.take(lines[0])
            else:
                self._take_lines_of_table(lines)

    def take(self, passage: Passage) -> None:
        """Sort one paragraph or line into voices and the rest."""
        text = passage.text.strip()
        level = self._find_heading_level(passage)
        place = (passage.part, passage.line, passage.column_name)
        if place in self._said:
            self._take_voice(passage)
        elif place in self._head.places:
            self._set_aside(PROGRAM_LINES, passage)
        elif reason := _find_reason(passage, text):
            self._set_aside(reason, passage)
            self._awaits_name = bool(TIMES_FROM_TO.fullmatch(text))
        elif name := self._find_next_speaker(text):
            self._set_aside(SPEAKERS, passage)
            self._speaker, self.is_at_top, self._goes_on, self._awaits_name = name, False, False, False
        elif detail := self._find_detail(passage):
            self.findings.details.setdefault(*detail)
            self._set_aside(DETAILS, passage)
        elif level is not None or self._is_title(passage):
            self._take_heading(passage, level or 0)
        else:
            self._take_voice(passage)

    def take_table(self, cells: Sequence[Passage]) -> None:
        """Sort the cells of one table into voices and the rest."""
        n_before = len(self.findings.voices)
        find_table_voices(
            self.findings, cells, self._prompts, self.prompt, self.is_at_top, joins_rows=self._joins_rows
        )
        self.is_at_top = self.is_at_top and len(self.findings.voices) == n_before

    def _take_lines_of_table(self, lines: Sequence[Passage]) -> None:
        self.is_at_top = False
        find_pipe_voices(self.findings, lines, self._prompts, self.prompt, joins_rows=self._joins_rows)

    def _find_next_speaker(self, text: str) -> str:
        name = find_turn_head(text, longest=self._longest_name)
        match = NAME_ALONE.fullmatch(text) if self._awaits_name and not name else None
        return match[1] if match else name

    def _find_detail(self, passage: Passage) -> tuple[str, str] | None:
        """Read a detail of the occasion at the top of the page; a key that comes back is who speaks."""
        if not self.is_at_top or passage.role is PassageRole.LIST_ITEM or passage.speaker:
            return None
        detail = parse_detail(passage.text.strip())
        return None if detail is None or detail[0] in self._turn_keys else detail

    def _is_title(self, passage: Passage) -> bool:
        """Tell whether the first line of a page on which people speak in turns is what it is called."""
        text, found = passage.text.strip(), self.findings
        is_first = self._is_plain_text and not found.aside and not found.voices
        if (
            not is_first
            or (self._longest_name == ONLY_CERTAIN and not self._has_dashes)
            or text[-1] in ".?!"
            or find_bullet_end(text, 0)
        ):
            return False
        is_said = bool(self._find_speaker(passage, 0)[0])
        return not is_said and count_words(text) <= MAX_HEADING_WORDS

    def _find_heading_level(self, passage: Passage) -> int | None:
        if passage.role is PassageRole.HEADING:
            return passage.level
        text = passage.text.strip()
        if passage.role is PassageRole.LIST_ITEM or count_words(text) > MAX_HEADING_WORDS:
            return None
        is_marked = passage.is_bold and not find_speaker(text, 0, longest=self._longest_name)[0]
        if self._is_plain_text:
            ends_open = text.endswith(":") and not EMOJI_END.search(text)
            is_marked = ends_open or bool(HASHES.match(text))
        return BOLD_LEVEL if is_marked or is_same_prompt(text, self._prompts) else None

    def _take_heading(self, passage: Passage, level: int) -> None:
        self._set_aside(HEADINGS, passage)
        self._goes_on = False
        text = passage.text.strip()
        heading = HASHES.sub("", text).rstrip(":").strip() if self._is_plain_text else text
        prompt = match_prompt(heading, self._prompts)
        if prompt is None and looks_like_question(heading) and level > 0:
            prompt = heading
        if prompt is not None:
            self.prompt, self._prompt_level, self.is_at_top = prompt, level, False
        elif level <= self._prompt_level and not self.is_at_top:
            self.prompt = ""
        elif level == 0 or not self.findings.title:
            self.findings.title = self.findings.title or heading

    def _take_voice(self, passage: Passage) -> None:
        self._awaits_name = False
        self.is_at_top = self.is_at_top and passage.role is not PassageRole.LIST_ITEM
        text = passage.text
        start = find_bullet_end(text, 0) if self._has_typed_bullets else 0
        self.is_at_top = self.is_at_top and start == 0
        head, after = ("", 0) if passage.speaker else split_turn_head(text, longest=self._longest_name)
        is_timed = bool(TIMED_SPEAKER.match(text, start))
        marked, start = (head, after) if head else self._find_speaker(passage, start)
        self._set_aside(SPEAKERS, passage, start)
        self.is_at_top = self.is_at_top and not head
        if marked and (head or is_timed or self._has_dashes or self._longest_name == FULL_NAMES):
            self._speaker = marked
        elif TIMED_LINE.match(text):
            self._speaker = ""  # what a program says between two messages is not the last one's
        start_at, end_at = trim_range(text, start, len(text))
        voice = PreviewVoice(
            text[start_at:end_at],
            passage.part,
            passage.line,
            start_at,
            end_at,
            column_name=passage.column_name,
            prompt=self.prompt,
            respondent=marked or passage.speaker or self._speaker,
        )
        self._keep_voice(voice, is_new_turn=bool(marked))

    def _find_speaker(self, passage: Passage, start: int) -> tuple[str, int]:
        """Find who speaks by a mark; where the file itself says who it is, all else is what they say."""
        text = passage.text
        if passage.speaker:
            return "", start
        dashed = find_dashed_speaker(text, start) if self._has_dashes else ("", start)
        return dashed if dashed[0] else find_speaker(text, start, longest=self._longest_name)

    def _keep_voice(self, voice: PreviewVoice, *, is_new_turn: bool) -> None:
        """Keep a voice, or join it to the one before when it goes on with the same turn."""
        voices = self.findings.voices
        if self._joins_turns and self._goes_on and voice.respondent and not is_new_turn:
            voice = join_voices(voices.pop(), voice)
        voices.append(voice)
        self._goes_on = True

    def _set_aside(self, reason: str, passage: Passage, end: int | None = None) -> None:
        speaker = self._speaker if end is None else ""
        self.findings.set_aside(reason, passage, 0, end, prompt=self.prompt, respondent=speaker)


def _find_reason(passage: Passage, text: str) -> str:
    """Say why a paragraph or line is no voice, whatever stands around it; "" when it may be one."""
    if TIMES_ALONE.fullmatch(text):
        return TIMES
    if text.startswith("[") and text.endswith("]"):
        return NOTES
    if passage.role is PassageRole.CONTENTS:
        return CONTENTS
    return DIVIDERS if DIVIDER.fullmatch(text) else ""
