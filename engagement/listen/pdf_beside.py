"""What people typed or stuck onto the pages of a PDF: answers in the fields of a form, notes, comments."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any

from engagement.listen.contents import FORM_FIELDS, Passage

LINE_END = re.compile(r"\r\n|\r")
MAX_LENGTH = 1_000_000


def list_passages_beside(document: Any) -> list[Passage]:
    """List the filled fields of a form, then the comments of all pages, each kind as one part."""
    document.init_forms()
    form = document.formenv
    found: dict[str, list[str]] = {FORM_FIELDS: [], "comments": []}
    for number in range(len(document)):
        page = document[number]
        for part, text in _list_annotations(page, form):
            found[part].append(LINE_END.sub("\n", text))
        page.close()
    return [
        Passage(part, line, text)
        for part, texts in found.items()
        for line, text in enumerate((each for each in texts if each.strip()), start=1)
    ]


def _list_annotations(page: Any, form: Any) -> Iterator[tuple[str, str]]:
    import pypdfium2.raw as pdfium

    words_of_fields = (
        pdfium.FPDF_FORMFIELD_TEXTFIELD,
        pdfium.FPDF_FORMFIELD_COMBOBOX,
        pdfium.FPDF_FORMFIELD_LISTBOX,
    )
    without_words = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)
    for place in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, place)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET and form is not None:
            if pdfium.FPDFAnnot_GetFormFieldType(form.raw, annotation) in words_of_fields:
                yield FORM_FIELDS, _read_field(form, annotation)
        elif kind not in without_words:
            yield "comments", _read_contents(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)


def _read_field(form: Any, annotation: Any) -> str:
    import pypdfium2.raw as pdfium

    return _read(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form.raw, annotation, buffer, size))


def _read_contents(annotation: Any) -> str:
    import pypdfium2.raw as pdfium

    return _read(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size))


def _read(fill: Callable[[Any, int], int]) -> str:
    """Read a string of UTF-16 in two steps, as the library gives it: how long, then what."""
    import pypdfium2.raw as pdfium

    size = min(fill(None, 0), MAX_LENGTH)
    buffer = ctypes.create_string_buffer(size)
    fill(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\0", "\ufffd")
