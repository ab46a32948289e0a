"""What the splitting of a file finds: voices that are not saved yet, and all that is not a voice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from engagement.listen.contents import N_SAMPLES, SAMPLE_LENGTH, LeftOut, count_words

HEADINGS = "headings and prompts"
DETAILS = "details at the top of the page"
NOTES = "the facilitator's notes in square brackets"
SPEAKERS = "marks of who spoke, and bullets"
CONTENTS = "the table of contents"
TRANSLATIONS = "translations, kept beside the words they translate"


@dataclass(frozen=True)
class PreviewVoice:
    """One voice as it would be saved: the exact slice of its passage, and where that stands."""

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


@dataclass
class Findings:
    """Collects voices and left-out words while a file is gone through."""

    voices: list[PreviewVoice] = field(default_factory=list)
    details: dict[str, str] = field(default_factory=dict)
    title: str = ""
    n_left_out: dict[str, int] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)

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
        return tuple(
            LeftOut(reason, n_words, tuple(self.samples[reason]))
            for reason, n_words in self.n_left_out.items()
        )


def trim_range(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends of a range inwards past white space; the words themselves stay as they are."""
    slice_ = text[start:end]
    return start + len(slice_) - len(slice_.lstrip()), end - (len(slice_) - len(slice_.rstrip()))
