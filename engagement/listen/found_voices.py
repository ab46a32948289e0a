"""What the splitting of a file finds: voices that are not saved yet, and all that is not a voice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from engagement.listen.contents import N_SAMPLES, SAMPLE_LENGTH, LeftOut, Passage, Place, count_words
from engagement.listen.slices import JOINT, Slice, count_slice_words, trim_slice

HEADINGS = "headings and prompts"
DETAILS = "details at the top of the page"
NOTES = "the facilitator's notes in square brackets"
TIMES = "times at which it was said"
DIVIDERS = "lines that only divide the page"
SPEAKERS = "marks of who spoke, and bullets"
CONTENTS = "the table of contents"
TRANSLATIONS = "translations, kept beside the words they translate"
NOTES_BY_HAND = "marked by hand as the facilitator's notes"
LEFT_OUT_BY_HAND = "left out by hand"


@dataclass(frozen=True)
class PreviewVoice:
    """One voice as it would be saved: the exact slice of its passage, and where that stands.

    ``further`` are the slices of a voice that was joined; their words follow, each after a line break.
    """

    text: str
    part: str
    line: int
    start_at: int
    end_at: int
    column_name: str = ""
    prompt: str = ""
    respondent: str = ""
    translation: str = ""
    language: str = ""
    said_on: date | None = None
    area: str = ""
    characteristics: tuple[tuple[str, str], ...] = ()
    consents: tuple[tuple[str, bool], ...] = ()
    further: tuple[Slice, ...] = ()

    @property
    def slices(self) -> tuple[Slice, ...]:
        """List where its words stand, in order."""
        first = Slice(self.part, self.line, self.column_name, self.start_at, self.end_at)
        return first, *self.further


def join_voices(first: PreviewVoice, second: PreviewVoice) -> PreviewVoice:
    """Join two voices to one, which has the prompt and the speaker of the first."""
    text = f"{first.text}{JOINT}{second.text}"
    return replace(first, text=text, further=(*first.further, *second.slices))


@dataclass(frozen=True)
class SetAside:
    """Words of notes that are no voice, and why; ``prompt`` is what they would answer if they were one."""

    slice: Slice
    text: str
    n_words: int
    reason: str
    prompt: str = ""
    respondent: str = ""


@dataclass
class Findings:
    """Collects voices and left-out words while a file is gone through.

    ``texts`` holds the whole text of every passage of notes, where voices are cut out of passages.
    """

    voices: list[PreviewVoice] = field(default_factory=list)
    details: dict[str, str] = field(default_factory=dict)
    title: str = ""
    n_left_out: dict[str, int] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)
    aside: list[SetAside] = field(default_factory=list)
    texts: dict[Place, str] = field(default_factory=dict)

    def count_captured(self) -> int:
        """Count the words in voices; a word that was cut in two counts in the first half."""
        if not self.texts:
            return sum(count_words(voice.text) for voice in self.voices)
        return sum(
            count_slice_words(self.texts[each.place], each.start_at, each.end_at)
            for voice in self.voices
            for each in voice.slices
        )

    def set_aside(
        self,
        reason: str,
        passage: Passage,
        start: int = 0,
        end: int | None = None,
        *,
        prompt: str = "",
        respondent: str = "",
    ) -> None:
        """Keep words of a passage that do not become a voice, and where they stand."""
        end = len(passage.text) if end is None else end
        whole = Slice(passage.part, passage.line, passage.column_name, start, end)
        for each in trim_slice(passage.text, whole):
            text = passage.text[each.start_at : each.end_at]
            n_words = count_slice_words(passage.text, each.start_at, each.end_at)
            self.aside.append(SetAside(each, text, n_words, reason, prompt, respondent))

    def leave_out(self, reason: str, text: str) -> None:
        """Count words that do not become a voice."""
        n_words = count_words(text)
        if not n_words:
            return
        self.n_left_out[reason] = self.n_left_out.get(reason, 0) + n_words
        samples = self.samples.setdefault(reason, [])
        if len(samples) < N_SAMPLES:
            samples.append(text.strip()[:SAMPLE_LENGTH])

    def list_left_out(self) -> tuple[LeftOut, ...]:
        """List what was left out, by reason."""
        counts, samples = dict(self.n_left_out), {name: list(own) for name, own in self.samples.items()}
        for each in self.aside:
            counts[each.reason] = counts.get(each.reason, 0) + each.n_words
            samples.setdefault(each.reason, []).append(each.text[:SAMPLE_LENGTH])
        return tuple(
            LeftOut(reason, n_words, tuple(samples[reason][:N_SAMPLES])) for reason, n_words in counts.items()
        )


def trim_range(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends of a range inwards past white space; the words themselves stay as they are."""
    slice_ = text[start:end]
    return start + len(slice_) - len(slice_.lstrip()), end - (len(slice_) - len(slice_.rstrip()))
