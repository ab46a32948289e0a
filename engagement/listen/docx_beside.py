"""What a Word document holds beside its body: headers, notes, comments, drawings, and files within it."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from engagement.listen.contents import (
    ASIDES,
    LeftOut,
    Passage,
    count_words,
    list_left_out,
    warn_of_pictures,
)
from engagement.listen.docx_styles import is_switched_on
from engagement.listen.docx_text import (
    CONTROL,
    WORD,
    is_unfilled,
    list_paragraphs,
    read_deleted,
    read_paragraph,
)
from engagement.listen.read_within import FileWithin, list_words_within
from engagement.listen.read_xml import parse_xml
from engagement.listen.zip_guard import read_entry

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
DESCRIBED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
DRAWING_FOLDERS = ("diagrams/data", "charts/chart")
MAX_NAMED = 3


def list_asides(archive: zipfile.ZipFile, main_path: str) -> Iterator[Passage]:
    """List the paragraphs of headers, footers, notes and comments, each kind as one part."""
    for part, names in _find_aside_parts(archive, main_path).items():
        texts = [
            text
            for name in sorted(names)
            for each in list_paragraphs(parse_xml(read_entry(archive, name) or b""))
            if (text := read_paragraph(each)).strip()
        ]
        for line, text in enumerate(texts, start=1):
            yield Passage(part, line, text)


def list_words_beside(
    archive: zipfile.ZipFile, main_path: str, body: etree._Element, within: list[FileWithin]
) -> list[LeftOut]:
    """Account for the words that are never taken: deleted, drawn, or only there to help whoever writes."""
    pages = [body, *_parse_pages(archive, main_path)]
    unfilled = [each for each in body.iter(CONTROL) if is_unfilled(each)]
    readings = [each for page in pages for each in page.iter(f"{WORD}rt")]
    word_art = [each for page in pages for each in page.iter(WORD_ART)]
    described = [each for page in pages for each in page.iter(DESCRIBED)]
    return [
        *list_left_out(
            "deleted with tracked changes", [read_deleted(each) for each in list_paragraphs(body)]
        ),
        *list_left_out("in form fields that nobody filled in", map(_join_text, unfilled)),
        *list_left_out("readings above the words (ruby)", map(_join_text, readings)),
        *list_left_out("in WordArt and watermarks", [str(each.get("string", "")) for each in word_art]),
        *list_left_out("in descriptions of pictures", [str(each.get("descr", "")) for each in described]),
        *list_left_out("in diagrams and charts", _list_drawn(archive, main_path)),
        *list_words_within(within),
    ]


def list_warnings(body: etree._Element, within: list[FileWithin]) -> Iterator[str]:
    """List what somebody has to look at: pictures, hidden words, files within the file."""
    n_pictures = sum(1 for _ in body.iter(PICTURE))
    if n_pictures:
        yield warn_of_pictures(n_pictures)
    n_hidden = sum(count_words(_join_text(run)) for run in body.iter(f"{WORD}r") if _is_hidden(run))
    if n_hidden:
        yield (
            f"Hidden in Word: {n_hidden} {'word' if n_hidden == 1 else 'words'}, which do not show on the "
            "printed page. They are read like all others: leave them out if they should stay hidden."
        )
    if within or any(True for _ in body.iter(f"{WORD}altChunk")):
        names = [each.name for each in within]
        named = f" ({', '.join(names[:MAX_NAMED])})" if names else ""
        yield (
            f"The file holds other files within it{named}, and their words are in no voice. Open the file in "
            "Word, save what is within as files of their own, and add those."
        )


def _find_aside_parts(archive: zipfile.ZipFile, main_path: str) -> dict[str, set[str]]:
    """Find the parts of each kind by what the document says of them, and by their usual names."""
    folder = posixpath.dirname(main_path)
    found: dict[str, set[str]] = {part: set() for part in ASIDES}
    for name in archive.namelist():
        stem = posixpath.basename(name).removesuffix(".xml").rstrip("0123456789")
        if posixpath.dirname(name) == folder and name.endswith(".xml") and stem in found:
            found[stem].add(name)
    relations = posixpath.join(folder, "_rels", f"{posixpath.basename(main_path)}.rels")
    for relation in parse_xml(read_entry(archive, relations) or b"<none/>"):
        kind = str(relation.get("Type")).rsplit("/", 1)[-1]
        target = posixpath.normpath(posixpath.join(folder, str(relation.get("Target")))).lstrip("/")
        if kind in found and target in archive.namelist():
            found[kind].add(target)
    return found


def _parse_pages(archive: zipfile.ZipFile, main_path: str) -> list[etree._Element]:
    names = chain.from_iterable(_find_aside_parts(archive, main_path).values())
    return [parse_xml(read_entry(archive, name) or b"") for name in sorted(names)]


def _list_drawn(archive: zipfile.ZipFile, main_path: str) -> Iterator[str]:
    for name in _list_names(archive, main_path, DRAWING_FOLDERS):
        if name.endswith(".xml"):
            root = parse_xml(read_entry(archive, name) or b"")
            labels = (each for cache in root.iter(f"{CHART}strCache") for each in cache.iter(f"{CHART}v"))
            yield from (each.text or "" for each in (*root.iter(DRAWN), *labels))


def _list_names(archive: zipfile.ZipFile, main_path: str, folders: tuple[str, ...]) -> list[str]:
    starts = tuple(posixpath.join(posixpath.dirname(main_path), each) for each in folders)
    return sorted(name for name in archive.namelist() if name.startswith(starts))


def _join_text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{WORD}t"))


def _is_hidden(run: etree._Element) -> bool:
    return bool(is_switched_on(run.find(f"{WORD}rPr/{WORD}vanish")))
