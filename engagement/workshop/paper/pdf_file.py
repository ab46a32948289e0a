"""A PDF file, written from its parts: pages of shapes and lines, with the fonts that they use inside."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import uharfbuzz as hb

from engagement.workshop.paper.lines import Glyph, Line, Run
from engagement.workshop.paper.typefaces import Typeface

A4 = (595.28, 841.89)
"""Width and height in points, of which there are 72 to the inch."""
POINTS_PER_MM = 72 / 25.4
Place = tuple[float, float]


@dataclass
class Ink:
    """What one page holds so far. Places are points from the top left corner."""

    document: PdfDocument
    parts: list[str] = field(default_factory=list)

    def draw_line(self, line: Line, left: float, top: float, width: float, size: float) -> None:
        """Draw a line of words with its baseline ``top`` points down, from the right if it reads so."""
        start = left + (width - line.width if line.reads_from_right else 0.0)
        for offset, run in line.placed:
            self.parts.append(self.document.write_run(run, start + offset, A4[1] - top, size))

    def draw_rule(self, begin: Place, end: Place, *, dashed: bool = False) -> None:
        """Draw a thin straight line; a dashed one is for scissors."""
        dash = "[4 3] 0 d" if dashed else "[] 0 d"
        (x0, y0), (x1, y1) = begin, end
        self.parts.append(
            f"0.45 G 0.6 w {dash} {x0:.2f} {A4[1] - y0:.2f} m {x1:.2f} {A4[1] - y1:.2f} l S 0 G"
        )

    def draw_modules(self, rows: Sequence[Sequence[int]], left: float, top: float, side: float) -> None:
        """Draw the dark squares of a QR code into a square."""
        step = side / len(rows)
        squares = [
            f"{left + begin * step:.2f} {A4[1] - top - (row + 1) * step:.2f} {n * step:.2f} {step:.2f} re"
            for row, modules in enumerate(rows)
            for begin, n in _find_dark(modules)
        ]
        self.parts.append(f"0 g {' '.join(squares)} f")


class PdfDocument:
    """A document of A4 pages."""

    def __init__(self, title: str, language: str = "en-GB") -> None:
        self._title = title
        self._language = language
        self._pages: list[Ink] = []
        self._fonts: dict[tuple[str, int], _UsedFont] = {}

    def add_page(self) -> Ink:
        """Begin another page."""
        self._pages.append(Ink(self))
        return self._pages[-1]

    @property
    def n_pages(self) -> int:
        """Count the pages so far."""
        return len(self._pages)

    def write_run(self, run: Run, x: float, y: float, size: float) -> str:
        """Write the operators that draw a run from a place on; its letters can be read back."""
        font = self._fonts.setdefault(run.typeface.key, _UsedFont(run.typeface, f"F{len(self._fonts) + 1}"))
        shown = font.write_glyphs(run.glyphs, x, y, size)
        if font.tells(run.glyphs):
            return shown
        return f"/Span <</ActualText <{_write_utf16(run.text, marked=True)}>>> BDC {shown} EMC"

    def write(self) -> bytes:
        """Give the whole file."""
        file = _File()
        pages = file.reserve()
        fonts = " ".join(f"/{font.name} {font.write(file)} 0 R" for font in self._fonts.values())
        kids = []
        for ink in self._pages:
            content = file.add_stream("\n".join(ink.parts).encode("ascii"))
            kids.append(
                file.add(
                    f"<</Type /Page /Parent {pages} 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] "
                    f"/Resources <</Font <<{fonts}>>>> /Contents {content} 0 R>>"
                )
            )
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        file.fill(pages, f"<</Type /Pages /Count {len(kids)} /Kids [{listed}]>>")
        root = file.add(
            f"<</Type /Catalog /Pages {pages} 0 R /Lang ({self._language}) "
            "/ViewerPreferences <</DisplayDocTitle true>>>>"
        )
        info = file.add(f"<</Title <{_write_utf16(self._title, marked=True)}> /Producer (Common Thread)>>")
        return file.close(root, info)


@dataclass
class _UsedFont:
    """One font of a document: which shapes it draws, and the letters each stands for."""

    typeface: Typeface
    name: str
    texts: dict[int, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def tells(self, glyphs: Sequence[Glyph]) -> bool:
        """Tell whether shapes alone, each read for itself, give their letters back."""
        return all(glyph.text and self.texts.get(glyph.id) == glyph.text for glyph in glyphs)

    def write_glyphs(self, glyphs: Sequence[Glyph], x: float, y: float, size: float) -> str:
        """Write shapes; a new piece begins where one does not stand where the one before it ends."""
        pieces: list[str] = []
        pen, at, ids = x, (x, y), ""
        reached = x
        for glyph in glyphs:
            self.used.add(glyph.id)
            if glyph.text:
                self.texts.setdefault(glyph.id, glyph.text)
            place = (pen + glyph.x, y + glyph.y)
            if ids and (abs(place[0] - reached) > 0.01 or place[1] != at[1]):
                pieces.append(f"1 0 0 1 {at[0]:.2f} {at[1]:.2f} Tm <{ids}> Tj")
                ids = ""
            if not ids:
                at = place
            ids += f"{glyph.id:04x}"
            reached = place[0] + self._advance(glyph.id) * size / 1000
            pen += glyph.advance
        if ids:
            pieces.append(f"1 0 0 1 {at[0]:.2f} {at[1]:.2f} Tm <{ids}> Tj")
        return f"BT /{self.name} {size:g} Tf {' '.join(pieces)} ET"

    def write(self, file: _File) -> int:
        """Write the font with the shapes that were used, and give its number."""
        name = f"{self.typeface.name}-{self.typeface.weight}"
        program = file.add_stream(self._cut(), more="/Length1 {length}")
        extents = self.typeface.font.get_font_extents("ltr")
        up, down = (self._scale(each) for each in (extents.ascender, extents.descender))
        descriptor = file.add(
            f"<</Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-500 {down} 2000 {up}] "
            f"/ItalicAngle 0 /Ascent {up} /Descent {down} /CapHeight 700 /StemV 80 /FontFile2 {program} 0 R>>"
        )
        widths = " ".join(f"{glyph} [{self._advance(glyph)}]" for glyph in sorted(self.used))
        descendant = file.add(
            f"<</Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {descriptor} 0 R "
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
            f"/CIDToGIDMap /Identity /DW 0 /W [{widths}]>>"
        )
        letters = file.add_stream(_write_to_unicode(self.texts).encode("ascii"))
        return file.add(
            f"<</Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{descendant} 0 R] /ToUnicode {letters} 0 R>>"
        )

    def _cut(self) -> bytes:
        """Cut out of the font what is used, at its weight; shapes keep their numbers."""
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.glyph_set.update(self.used)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF"))
        wanted.pin_axis_location(self.typeface.face, "wght", float(self.typeface.weight))
        cut = wanted.subset(self.typeface.face)
        return bytes(cut.blob.data)

    def _advance(self, glyph_id: int) -> int:
        units: int = self.typeface.font.get_glyph_h_advance(glyph_id)
        return self._scale(units)

    def _scale(self, units: float) -> int:
        upem: int = self.typeface.face.upem
        return round(units * 1000 / upem)


class _File:
    """Numbered parts, and where each begins."""

    def __init__(self) -> None:
        self._parts: dict[int, bytes] = {}

    def reserve(self) -> int:
        number = len(self._parts) + 1
        self._parts[number] = b""
        return number

    def add(self, part: str) -> int:
        number = self.reserve()
        self.fill(number, part)
        return number

    def fill(self, number: int, part: str) -> None:
        self._parts[number] = part.encode("ascii")

    def add_stream(self, content: bytes, more: str = "") -> int:
        packed = zlib.compress(content, 6)
        head = f"<</Filter /FlateDecode /Length {len(packed)} {more.format(length=len(content))}>>"
        number = self.reserve()
        self._parts[number] = head.encode("ascii") + b"\nstream\n" + packed + b"\nendstream"
        return number

    def close(self, root: int, info: int) -> bytes:
        written = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        begins = []
        for number, part in self._parts.items():
            begins.append(len(written))
            written += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
        table = len(written)
        written += f"xref\n0 {len(begins) + 1}\n0000000000 65535 f \n".encode()
        written += b"".join(f"{begin:010d} 00000 n \n".encode() for begin in begins)
        trailer = f"<</Size {len(begins) + 1} /Root {root} 0 R /Info {info} 0 R>>"
        written += f"trailer\n{trailer}\nstartxref\n{table}\n%%EOF\n".encode()
        return bytes(written)


def _find_dark(modules: Iterable[int]) -> list[tuple[int, int]]:
    """Find the stretches of dark modules in a row: where each begins and how long it is."""
    stretches: list[tuple[int, int]] = []
    for place, is_dark in enumerate(modules):
        if not is_dark:
            continue
        if stretches and sum(stretches[-1]) == place:
            stretches[-1] = (stretches[-1][0], stretches[-1][1] + 1)
        else:
            stretches.append((place, 1))
    return stretches


def _write_utf16(text: str, *, marked: bool = False) -> str:
    return (b"\xfe\xff" * marked + text.encode("utf-16-be")).hex()


def _write_to_unicode(texts: dict[int, str]) -> str:
    lines = [f"<{glyph:04x}> <{_write_utf16(text)}>" for glyph, text in sorted(texts.items())]
    blocks = [lines[begin : begin + 100] for begin in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Letters def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
