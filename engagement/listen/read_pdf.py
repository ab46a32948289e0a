"""Reading a PDF that holds text: paragraphs page by page; scans and locked files are refused kindly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileContents, FileFormat, count_words
from engagement.listen.pdf_beside import list_passages_beside
from engagement.listen.pdf_lines import UNKNOWN, Line, list_lines, read_page_words
from engagement.listen.pdf_paragraphs import has_columns, join_paragraphs

FEWEST_WORDS_PER_PAGE = 3
MAX_PAGES_NAMED = 10
UNREADABLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
# Rationale: a font without a table of its letters makes nearly every sign unreadable, its own bullets few.
MAX_UNREADABLE_SHARE = 0.1


def read_pdf(content: bytes) -> FileContents:
    """Read the text of every page as passages.

    Raises
    ------
    UnreadableFileError
        When the file is locked, damaged, or a scan without text.
    """
    document = open_document(content)
    _refuse_made_by_adobe(document)
    beside = list_passages_beside(document)
    pages, words, n_pictures = list[list[Line]](), list[str](), list[int]()
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        pages.append(list_lines(text_page))
        words.append(read_page_words(text_page))
        n_pictures.append(_count_pictures(page))
        text_page.close()
        page.close()
    n_words = sum(map(count_words, words)) + sum(count_words(each.text) for each in beside)
    if n_words < FEWEST_WORDS_PER_PAGE * len(pages) and any(n_pictures):
        raise UnreadableFileError(
            "is a scan: its pages are pictures, and no words can be read from them. Type the words up, or "
            "have them recognised (OCR) and checked, save that as .docx or .txt and add it."
        )
    n_unknown = _count_unknown(words)
    passages = [*join_paragraphs(pages), *beside]
    return FileContents(
        format=FileFormat.PDF,
        passages=tuple(passages),
        n_words=n_words,
        warnings=(*_list_warnings(pages, n_pictures), *_tell_unknown(n_unknown)),
    )


def open_document(content: bytes) -> Any:
    """Open a PDF; one that is locked or damaged is refused."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFileError(
                "is protected by a password. Open it, print it as a PDF without one, and add that copy."
            ) from error
        raise UnreadableFileError(
            "is damaged or no PDF. Open it in its own program, save or print it as a PDF again and add that "
            "copy."
        ) from error


def _refuse_made_by_adobe(document: Any) -> None:
    """Refuse a form whose pages are only made while a program of Adobe shows them (XFA)."""
    import pypdfium2.raw as pdfium

    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        raise UnreadableFileError(
            "is a form that only Adobe Reader can show (XFA). Open it there, print it as a PDF, and add that "
            "copy."
        )


def _count_unknown(words: Sequence[str]) -> int:
    """Count the signs of which the file does not say which letters they are.

    Raises
    ------
    UnreadableFileError
        When they are so many that nothing can be read.
    """
    n_signs = sum(len(text) - sum(map(str.isspace, text)) for text in words)
    n_unknown = sum(len(UNREADABLE.findall(text)) for text in words)
    if n_unknown > MAX_UNREADABLE_SHARE * n_signs:
        raise UnreadableFileError(
            "shows words, but does not say which letters they are made of, so they cannot be read. Open what "
            "it was made from and save that as .docx, or have its pages recognised (OCR) and checked."
        )
    return sum(text.count(UNKNOWN) for text in words)


def _tell_unknown(n_unknown: int) -> Iterator[str]:
    if n_unknown:
        yield (
            f"Signs of which the file does not say what they are: {n_unknown}. They are shown as “{UNKNOWN}”"
            ". Look at the page beside the voices."
        )


def _count_pictures(page: Any) -> int:
    import pypdfium2.raw as pdfium

    return sum(1 for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)))


def _list_warnings(pages: Sequence[Sequence[Line]], n_pictures: Sequence[int]) -> Iterator[str]:
    columns = [number for number, lines in enumerate(pages, start=1) if has_columns(lines)]
    if columns:
        yield (
            f"Set in columns: {_name_pages(columns)}. Look at the page beside the voices: the lines of one "
            "column must not run into the next."
        )
    mute = [number for number, lines in enumerate(pages, start=1) if not lines and n_pictures[number - 1]]
    if mute:
        yield f"Pictures without words that can be read: {_name_pages(mute)}. Type those up if they matter."


def _name_pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:MAX_PAGES_NAMED])
    more = f" and {len(numbers) - MAX_PAGES_NAMED} more" if len(numbers) > MAX_PAGES_NAMED else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {shown}{more}"
