"""Reading a PDF that holds text: paragraphs page by page; scans and locked files are refused kindly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileContents, FileFormat, count_words
from engagement.listen.pdf_lines import Line, list_lines, read_page_words
from engagement.listen.pdf_paragraphs import has_columns, join_paragraphs

FEWEST_WORDS_PER_PAGE = 3
MAX_PAGES_NAMED = 10


def read_pdf(content: bytes) -> FileContents:
    """Read the text of every page as passages.

    Raises
    ------
    UnreadableFileError
        When the file is locked, damaged, or a scan without text.
    """
    document = open_document(content)
    pages, n_words, n_pictures = list[list[Line]](), 0, list[int]()
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        pages.append(list_lines(text_page))
        n_words += count_words(read_page_words(text_page))
        n_pictures.append(_count_pictures(page))
        text_page.close()
        page.close()
    if n_words < FEWEST_WORDS_PER_PAGE * len(pages) and any(n_pictures):
        raise UnreadableFileError(
            "is a scan: its pages are pictures, and no words can be read from them. Type the words up, or "
            "have them recognised (OCR) and checked, save that as .docx or .txt and add it."
        )
    passages = join_paragraphs(pages)
    return FileContents(
        format=FileFormat.PDF,
        passages=tuple(passages),
        n_words=n_words,
        warnings=tuple(_list_warnings(pages, n_pictures)),
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
