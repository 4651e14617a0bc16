"""Makes Word, PDF and Excel files out of a plan's plain text, the way offices make them."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Row = list[str]
_MARKS = (
    ("roman", re.compile(r"([IVX]+)\.\s+")),
    ("decimal", re.compile(r"(\d{1,2})\.\s+(?=\D)")),
    ("letter", re.compile(r"([a-c])\)\s+")),
    ("bullet", re.compile(r"-\s+")),
)
_FORMATS = {
    "roman": ("upperRoman", "%1."),
    "decimal": ("decimal", "%1."),
    "letter": ("lowerLetter", "%1)"),
    "bullet": ("bullet", "-"),
}


def pieces(text: str) -> Iterator[str | list[Row]]:
    """Yield the lines of a plan's text, and its tables (cells that begin with a tab, or one cell a line)."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if re.fullmatch(r"\t?(?:Số )?TT", lines[at]):
            rows, at = _table(lines, at)
            yield rows
        else:
            yield lines[at]
            at += 1


def _table(lines: Sequence[str], at: int) -> tuple[list[Row], int]:
    tabbed = lines[at].startswith("\t")
    cells: list[str] = []
    while at < len(lines):
        line = lines[at]
        ends = line.strip() and not line.startswith("\t") and (cells and not tabbed and line.isupper())
        if ends or (not line.strip() and not tabbed):
            break
        if (
            tabbed
            and line.strip()
            and not line.startswith("\t")
            and cells[-1].endswith((";", "số", "thương", "đơn vị", "Công", "Việt", "dân"))
        ):
            cells[-1] += f"\n{line.strip()}"
        elif tabbed and line.strip() and not line.startswith("\t"):
            break
        elif line.strip() or (tabbed and line.startswith("\t")):
            cells.append(line.strip())
        at += 1
    first = cells.index("1")
    rows = [cells[n : n + first] for n in range(0, len(cells), first)]
    return [row + [""] * (first - len(row)) for row in rows if any(row)], at


def make_docx(text: str) -> bytes:
    """Return a Word file of the text: numbers and bullets as lists of Word's own, tables as tables."""
    document = Document()
    lists = _Lists(document)
    for piece in pieces(text):
        if isinstance(piece, list):
            grid = document.add_table(len(piece), len(piece[0]))
            for row, cells in zip(piece, grid.rows, strict=True):
                for words, cell in zip(row, cells.cells, strict=True):
                    cell.text = words
        elif piece.strip():
            lists.add(piece.strip())
    document.sections[0].header.paragraphs[0].text = "Tài liệu của UBND tỉnh"
    return saved(document)


def saved(document: Any) -> bytes:
    """Return a python-docx document or an openpyxl workbook as the bytes of its file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class _Lists:
    """Adds paragraphs; what the text numbers Word numbers, a number out of turn by a list begun anew."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.numbering = document.part.numbering_part.element
        self.counts: dict[str, int] = {}
        self.nums: dict[str, int] = {}
        for key, (kind, shown) in _FORMATS.items():
            self.nums[key] = self._define(kind, shown)

    def add(self, line: str) -> None:
        for key, pattern in _MARKS:
            if found := pattern.match(line):
                self._numbered(key, found, line)
                return
        self.document.add_paragraph(line)

    def _numbered(self, key: str, found: re.Match[str], line: str) -> None:
        paragraph = self.document.add_paragraph(line[found.end() :])
        if key != "bullet":
            wanted = _order(found[1])
            if wanted != self.counts.get(key, 0) + 1:
                self.nums[key] = self._begun_anew(self.nums[key], wanted)
            self.counts[key] = wanted
        properties = paragraph._p.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = 0
        numbered.get_or_add_numId().val = self.nums[key]

    def _define(self, kind: str, shown: str) -> int:
        abstract = OxmlElement("w:abstractNum")
        number = 900 + len(self.nums)
        abstract.set(qn("w:abstractNumId"), str(number))
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), "0")
        for tag, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", shown)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
        self.numbering.insert(0, abstract)
        return int(self.numbering.add_num(number).numId)

    def _begun_anew(self, num: int, start: int) -> int:
        old = next(n for n in self.numbering.num_lst if n.numId == num)
        new = self.numbering.add_num(old.abstractNumId.val)
        new.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(new.numId)


def _order(label: str) -> int:
    if label.isdigit():
        return int(label)
    if label.islower():
        return ord(label) - ord("a") + 1
    return {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}[label]


WIDTH, HEIGHT, EDGE, SIZE, STEP = 595.0, 842.0, 60.0, 11.0, 14.0
CHARACTER = SIZE * 0.5
COLUMNS = int((WIDTH - 2 * EDGE) / CHARACTER)


FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H"
    " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
)
LETTERS = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500"
    " /FontDescriptor << /Type /FontDescriptor /FontName /Plain /Flags 4 /ItalicAngle 0 /Ascent 800"
    " /Descent -200 /CapHeight 700 /StemV 80 /FontBBox [0 -200 500 800] >> >>"
)


class Pages:
    """A PDF written by hand: one font in which every letter is as wide, so that no font file is needed."""

    def __init__(self, header: str = "") -> None:
        self.header = header
        self.streams: list[list[str]] = []
        self.fields: list[str] = []
        self.y = 0.0
        self._open()

    def _open(self) -> None:
        self.streams.append([])
        number = len(self.streams)
        if self.header:
            self.show(EDGE, HEIGHT - 40, self.header)
        self.show(WIDTH / 2, 30, str(number))
        self.y = HEIGHT - EDGE

    def show(self, x: float, y: float, words: str) -> None:
        codes = "".join(f"{ord(c):04X}" for c in words if ord(c) < 0x10000)
        self.streams[-1].append(f"BT /F1 {SIZE} Tf {x:.1f} {y:.1f} Td <{codes}> Tj ET")

    def show_apart(self, words: str, *, spaces: bool) -> None:
        """Write a line with its letters drawn apart; without `spaces` wider steps alone part its words."""
        self.y -= STEP
        blank = "<0020> -600" if spaces else "-1600"
        codes = " ".join(blank if c == " " else f"<{ord(c):04X}> -600" for c in words)
        self.streams[-1].append(f"BT /F1 {SIZE} Tf {EDGE:.1f} {self.y:.1f} Td [{codes}] TJ ET")

    def field(self, x: float, y: float, words: str) -> None:
        """Put a field of a form on the first page, filled in and not drawn: that is for who shows it."""
        value = ("\ufeff" + words).encode("utf-16-be").hex()
        box = f"{x} {y - 4} {x + CHARACTER * len(words) + 8} {y + SIZE}"
        self.fields.append(f"/FT /Tx /V <{value}> /DA (/F1 {SIZE} Tf) /Rect [{box}]")

    def signature(self, message: bytes) -> None:
        """Put a signature into the file that holds this CMS message."""
        held = f"/Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <{message.hex()}{'0' * 64}>"
        self.fields.append(f"/FT /Sig /V << {held} >> /Rect [0 0 0 0]")

    def paragraph(self, words: str) -> None:
        for line in textwrap.wrap(words, COLUMNS, break_on_hyphens=False) or [""]:
            if self.y < EDGE + STEP:
                self._open()
            self.y -= STEP
            self.show(EDGE, self.y, line)

    def table(
        self, rows: Sequence[Row], *, level: bool = True, upright: bool = True, middle: bool = False
    ) -> None:
        """Draw a table with those rules; `middle`: each cell in the middle of its row, not at its top."""
        self.y -= STEP
        count = len(rows[0])
        widths = [0.08, *[0.92 / (count - 1)] * (count - 1)]
        lefts = [EDGE + (WIDTH - 2 * EDGE) * sum(widths[:n]) for n in range(count + 1)]
        for row in rows:
            cells = [_wrapped(words, lefts[n + 1] - lefts[n] - 6) for n, words in enumerate(row)]
            height = STEP * max(1, *(len(cell) for cell in cells)) + 6
            if self.y - height < EDGE:
                self._open()
            top, self.y = self.y, self.y - height
            for n, cell in enumerate(cells):
                lower = (height - 6 - STEP * len(cell)) / 2 if middle else 0
                for at, line in enumerate(cell):
                    self.show(lefts[n] + 3, top - lower - STEP * (at + 1), line)
            for x in lefts if upright else ():
                self._rule(x, top, x, self.y)
            for y in (top, self.y) if level else ():
                self._rule(lefts[0], y, lefts[-1], y)

    def _rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self.streams[-1].append(f"0.5 w {x:.1f} {y:.1f} m {to_x:.1f} {to_y:.1f} l S")

    def file(self, *, sideways: bool = False, turn: int = 0) -> bytes:
        """Return the whole file; `sideways`: drawn from the bottom up, `turn`: shown turned so far."""
        size, lying = (
            (f"{HEIGHT} {WIDTH}", f"0 1 -1 0 {HEIGHT} 0 cm\n") if sideways else (f"{WIDTH} {HEIGHT}", "")
        )
        first = 6
        kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(self.streams)))
        fields = [f"{first + 2 * len(self.streams) + n} 0 R" for n in range(len(self.fields))]
        form = f"/AcroForm << /Fields [{' '.join(fields)}] /DR << /Font << /F1 3 0 R >> >> >>"
        annots = f" /Annots [{' '.join(fields)}]" if fields else ""
        objects = [
            f"<< /Type /Catalog /Pages 2 0 R {form if fields else ''} >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.streams)} >>",
            FONT,
            LETTERS,
            _stream(_meanings()),
        ]
        for n, stream in enumerate(self.streams):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size}] /Rotate {turn}"
                f" /Contents {first + 2 * n + 1} 0 R /Resources << /Font << /F1 3 0 R >> >>"
                f"{annots if n == 0 else ''} >>"
            )
            objects.append(_stream(lying + "\n".join(stream)))
        for number, own in enumerate(self.fields):
            named = f"/Type /Annot /Subtype /Widget /T (f{number}) /F 4 /P {first} 0 R"
            objects.append(f"<< {named} {own} >>")
        return _file(objects)


def _meanings() -> str:
    """The map from the codes in the file to letters: each code is its letter's own in Unicode."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = [ranges[start : start + 100] for start in range(0, 256, 100)]
    ranges_in_blocks = "\n".join(
        f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{ranges_in_blocks}\nendcmap end end"
    )


def _wrapped(words: str, width: float) -> list[str]:
    return [line for part in words.split("\n") for line in textwrap.wrap(part, int(width / CHARACTER))]


def _stream(content: str) -> str:
    return f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def _is_tabbed(piece: str | list[Row]) -> bool:
    """Tell whether a line is a row of a table, its cells between tabs."""
    return isinstance(piece, str) and piece.count("\t") > 1


def make_pdf(text: str) -> bytes:
    """Return a PDF of the text: broken at the margin and at page ends, with a header and page numbers."""
    pages = Pages("Tài liệu của UBND tỉnh")
    for tabbed, group in groupby(pieces(text), key=_is_tabbed):
        if tabbed:
            rows = [str(piece).strip("\n").split("\t") for piece in group]
            longest = max(map(len, rows))
            pages.table([row + [""] * (longest - len(row)) for row in rows])
            continue
        for piece in group:
            if isinstance(piece, list):
                pages.table(deepcopy(piece))
            elif piece.strip():
                pages.paragraph(piece.strip())
    return pages.file()
