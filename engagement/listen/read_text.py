"""Reading plain text: which encoding, then lines as an editor counts them."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileContents, FileFormat, Passage, count_words

LINE_END = re.compile(r"\r\n|\n|\r")
BLANK_LINES = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
OLD_CODECS = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "MS-DOS (code page 850)"}
"""Encodings of one byte for each letter, the most usual first; equal guesses go to the first."""
WRITTEN_MOST = frozenset("’‘“”–")
WRITTEN_HERE = frozenset("€—…•·éèêëàâáäãåçöôóòõüúûùïíîìñÉÀÇÖÜßøæŵŷ°½¼¾²³®™©«»\u00a0")
FIRST_OTHER = 0x80
MIN_WRITTEN_SHARE = 0.5
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Rationale: real notes hold no control characters at all; a stray one or two survive a bad copy and paste.
MAX_CONTROL_SHARE = 0.005
# Rationale: text of Western letters in UTF-16 has a zero in nearly every second byte, other text has none.
MIN_ZERO_SHARE, MAX_OTHER_SHARE = 0.7, 0.05


def decode_text(content: bytes) -> tuple[str, str]:
    """Turn bytes into text by a fixed rule: byte order mark, then strict UTF-8, then an encoding of one byte.

    UTF-16 without its mark is known by the zero in every second byte. Of one byte, that is Windows-1252 but
    where another one makes more of the signs that English notes hold, see `find_old_codec`.

    Returns
    -------
    tuple of str
        The text, and the name of the encoding for a person.
    """
    text, encoding = _decode(content)
    if "\0" in text:
        _refuse_nul(text)
    if len(CONTROL.findall(text)) > 2 + MAX_CONTROL_SHARE * len(text):
        raise UnreadableFileError(
            "does not hold text that can be read. Save it as plain text (UTF-8) and add it again."
        )
    return text, encoding


def read_txt(content: bytes) -> FileContents:
    """Read plain text as lines, and once more as paragraphs between blank lines."""
    text, encoding = decode_text(content)
    return FileContents(
        format=FileFormat.TXT,
        encoding=encoding,
        passages=tuple(_list_lines(text)),
        paragraphs=tuple(_list_paragraphs(text)),
        n_words=count_words(text),
    )


def looks_wrapped(lines: tuple[Passage, ...]) -> bool:
    """Tell whether an editor has broken long paragraphs into lines of nearly the same length.

    Rationale: of wrapped text, most lines that another line follows end between 50 and 100 characters,
    without a full stop; of notes with one voice to a line, few do.
    """
    full = {line.line: line.text.rstrip() for line in lines if line.text.strip()}
    followed = [text for number, text in full.items() if number + 1 in full]
    if len(followed) < 4:
        return False
    broken = [text for text in followed if 50 <= len(text) <= 100 and text[-1] not in ".!?:;\"'”’"]
    return len(broken) >= 0.6 * len(followed)


def _decode(content: bytes) -> tuple[str, str]:
    for mark, codec, name in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_marked(content[len(mark) :], codec, name), f"{name} (marked in the file)"
    if codec := _find_unmarked(content):
        return _decode_marked(content, codec, "UTF-16"), "UTF-16 (a guess: the file does not say so)"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    codec = find_old_codec(content)
    if not codec:
        raise UnreadableFileError(
            "is in an encoding that is not known here. Save it as plain text in UTF-8 and add it again."
        )
    return content.decode(codec), f"{OLD_CODECS[codec]} (a guess: look at £ and ’)"


def find_old_codec(content: bytes) -> str:
    """Guess in which encoding of one byte for each letter a text is; "" where it can be in none.

    Rationale: Excel saves a csv for the Macintosh or for MS-DOS when it is told to, and all encodings read
    all bytes. Only the right one turns most of them into signs that people here write.
    """
    others = Counter(byte for byte in content if byte >= FIRST_OTHER)
    scores = {codec: _count_written(content, others, codec) for codec in OLD_CODECS}
    best = max(scores, key=lambda codec: scores[codec])
    if scores["cp1252"] < 0:
        return best if scores[best] >= MIN_WRITTEN_SHARE * others.total() else ""
    return best


def _count_written(content: bytes, bytes_seen: Counter[int], codec: str) -> int:
    """Count the bytes that an encoding turns into signs written here; -1 where it knows one not.

    Those that nearly every page has count three times, a pound only before its number.
    """
    try:
        signs = {byte: bytes([byte]).decode(codec) for byte in bytes_seen}
    except UnicodeDecodeError:
        return -1
    weights = {byte: 3 * (sign in WRITTEN_MOST) + (sign in WRITTEN_HERE) for byte, sign in signs.items()}
    n_pounds = len(re.findall(re.escape("£".encode(codec)) + rb"\d", content))
    return 3 * n_pounds + sum(weights[byte] * count for byte, count in bytes_seen.items())


def _find_unmarked(content: bytes) -> str:
    """Tell which UTF-16 a text without a mark is in; "" where it is none."""
    even, odd = (content[start::2].count(0) / max(len(content) / 2, 1) for start in (0, 1))
    if odd >= MIN_ZERO_SHARE and even <= MAX_OTHER_SHARE:
        return "utf-16-le"
    return "utf-16-be" if even >= MIN_ZERO_SHARE and odd <= MAX_OTHER_SHARE else ""


def _decode_marked(content: bytes, codec: str, name: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"says that it is {name} but does not keep to it. Save it as plain text in UTF-8 and add it "
            "again."
        ) from error


def _refuse_nul(text: str) -> None:
    line = len(LINE_END.findall(text[: text.index("\0")])) + 1
    raise UnreadableFileError(
        f"holds a character of value zero (NUL) in line {line}, which the record cannot keep. Nothing was "
        "changed in "
        "your file. Open it in an editor, take the character out or save it as UTF-8 text, and add it again.",
        row=line,
    )


def _list_lines(text: str) -> list[Passage]:
    return [
        Passage("body", number, line)
        for number, line in enumerate(LINE_END.split(text), start=1)
        if line.strip()
    ]


def _list_paragraphs(text: str) -> list[Passage]:
    passages, start, line = [], 0, 1
    for gap in [*BLANK_LINES.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            passages.append(Passage("paragraphs", line, text[start:end]))
        if gap:
            line += len(LINE_END.findall(text[start : gap.end()]))
            start = gap.end()
    return passages
