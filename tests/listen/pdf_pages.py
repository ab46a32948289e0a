"""A short way to write PDF pages, word by word where they shall stand."""

from __future__ import annotations

from collections.abc import Sequence

PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    b"/Length 1 >>\nstream\n\x7f\nendstream"
)
LOCK = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") >>"

Placed = tuple[float, float, float, str]


def write_pdf(
    pages: Sequence[Sequence[Placed]],
    *,
    has_picture: bool = False,
    is_locked: bool = False,
    beside: Sequence[bytes] = (),
    is_of_adobe: bool = False,
) -> bytes:
    """Write a PDF; each piece of text is given as x, y (points from the lower left), size and words.

    ``beside`` are the annotations of every page; ``is_of_adobe`` makes a form whose pages Adobe Reader draws.
    """
    fonts = b"<< /F1 3 0 R /F2 4 0 R >>"
    first = 7 + 2 * len(pages)
    links = b" ".join(b"%d 0 R" % (first + number) for number in range(len(beside)))
    kids = b" ".join(b"%d 0 R" % (7 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] %s >>"
        % (links, b"/XFA (x) >> /NeedsRendering true" if is_of_adobe else b">>"),
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        PICTURE,
        LOCK,
    ]
    for number, page in enumerate(pages):
        drawn = b"".join(_draw(*piece) for piece in page) + (
            b"q 99 0 0 99 9 9 cm /P Do Q" if has_picture else b""
        )
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Annots [%s] /Resources << /Font %s /XObject << /P 5 0 R >> >> >>"
            % (8 + 2 * number, links, fonts),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        ]
    objects += beside
    return _assemble(objects, is_locked=is_locked)


def set_lines(texts: Sequence[str], *, x: float = 50, y: float = 780, size: float = 12) -> list[Placed]:
    """Set lines of a column below each other, as close as the lines of a paragraph."""
    return [(x, y - 1.2 * size * number, size, text) for number, text in enumerate(texts)]


def _draw(x: float, y: float, size: float, text: str) -> bytes:
    font = b"F2" if text.startswith("**") else b"F1"
    words = text.removeprefix("**").encode("cp1252").replace(b"\\", b"\\\\")
    words = words.replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s %.1f Tf %.1f %.1f Td (%s) Tj ET\n" % (font, size, x, y, words)


def _assemble(objects: Sequence[bytes], *, is_locked: bool) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b" /Encrypt 6 0 R /ID [(a) (a)]" if is_locked else b""
    n_objects = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF"
    return body + end % (n_objects, table, n_objects, lock, len(body))
