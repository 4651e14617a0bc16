"""The sheet that Nghị định 30/2020/NĐ-CP, Phụ lục I prescribes, as building blocks for a Word template.

Each kind of line is a named style, so that a department changes it once, in Word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell

from documents.writing.heading_rules import RULE_STYLE
from domain.common.text import fold

FONT = "Times New Roman"
LEFT, CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
TEXT_WIDTH = Mm(210 - 30 - 15)
_NAMES, _MOTTO = Mm(72), Mm(93)
_MOTTO_LENGTH = Mm(56.1)
"""How long "Độc lập - Tự do - Hạnh phúc" is in Times New Roman, bold, 13 points: the rule is as long."""


@dataclass(frozen=True, slots=True)
class Look:
    """One kind of line; `size`, `before` and `after` are points, the indents millimetres."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = CENTRE
    first: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False


BODY, PART, ITEM, DUTY, SAID, BLANK = "Thân bài", "Mục I", "Mục 1", "Mục a", "Ý -", "Dòng để điền"
LOOKS = (
    Look("Quốc hiệu", 12, bold=True),
    Look("Tiêu ngữ", 13, bold=True),
    Look("Nét gạch tiêu ngữ", 2, before=2),
    Look("Cơ quan cấp trên", 12),
    Look("Cơ quan ban hành", 12, bold=True),
    Look(RULE_STYLE, 2, before=2),
    Look("Số, ký hiệu", 13, before=3),
    Look("Trích yếu công văn", 12, before=6),
    Look("Địa danh, ngày tháng", 13, italic=True, before=3),
    Look("Dự thảo", 13, bold=True, before=8),
    Look("Tên loại", 14, bold=True, before=18),
    Look("Trích yếu", 14, bold=True, before=0),
    Look("Kính gửi", 14, before=12, after=6),
    Look("Kính gửi, nhiều nơi", 14, align=LEFT, left=35, before=12),
    Look("Nơi gửi", 14, align=LEFT, left=50, after=6),
    Look(BODY, 14, align=JUSTIFY, first=12.7, after=6),
    Look(PART, 14, bold=True, align=JUSTIFY, first=12.7, before=6, after=6, keep_next=True),
    Look(ITEM, 14, bold=True, align=JUSTIFY, first=12.7, after=6, keep_next=True),
    Look(DUTY, 14, align=JUSTIFY, first=12.7, after=6, keep_next=True),
    Look(SAID, 14, align=JUSTIFY, first=12.7, after=6),
    Look(BLANK, 14, align=LEFT, first=12.7, after=6),
    Look("Nơi nhận", 12, bold=True, italic=True, align=LEFT, before=8),
    Look("Danh sách nơi nhận", 11, align=LEFT),
    Look("Quyền hạn, chức vụ", 14, bold=True, before=8, keep_next=True),
    Look("Chỗ ký", 14, keep_next=True),
    Look("Họ tên", 14, bold=True),
    Look("Phụ lục", 14, bold=True),
    Look("Tên phụ lục", 14, bold=True),
    Look("Chỉ dẫn phụ lục", 14, italic=True),
    Look("Đầu bảng", 12, bold=True, before=2, after=2),
    Look("Ô bảng", 12, align=LEFT, before=2, after=2),
    Look("Ô bảng, giữa", 12, before=2, after=2),
    Look("Số trang", 14),
)


def new_sheet() -> Any:
    """Return a python-docx document: A4 upright, its margins, its styles, its page numbers, no text."""
    document = Document()
    normal = document.styles["Normal"]
    _set_font(normal, 14)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for look in LOOKS:
        _add_style(document, look)
    for style in ("Nơi gửi", "Quyền hạn, chức vụ"):
        _close_up(document.styles[style].element.get_or_add_pPr())
    for style in ("Nét gạch tiêu ngữ", RULE_STYLE):
        _border(document.styles[style].element.get_or_add_pPr(), "top")
    _indent_rule(document.styles["Nét gạch tiêu ngữ"])
    tabs = document.styles[BLANK].paragraph_format.tab_stops
    tabs.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    _set_page(document.sections[0])
    _tidy(document)
    return document


def _tidy(document: Any) -> None:
    """Let Word check the spelling as Vietnamese and not call the file old; drop what the blank brought."""
    language = next(document.styles.element.iter(qn("w:lang")))
    language.set(qn("w:val"), "vi-VN")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    properties = document.core_properties
    properties.author = properties.comments = ""
    for stamp in properties._element.xpath("dcterms:created | dcterms:modified"):
        properties._element.remove(stamp)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _add_style(document: Any, look: Look) -> None:
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.styleId = "".join(filter(str.isalnum, fold(look.name).title()))  # ASCII: other editors mind
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _set_font(style, look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    form = style.paragraph_format
    form.alignment, form.keep_with_next = look.align, look.keep_next
    form.first_line_indent, form.left_indent = Mm(look.first), Mm(look.left)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.widow_control = True


def _set_font(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _indent_rule(style: Any) -> None:
    indent = Length(round((_MOTTO - _MOTTO_LENGTH) / 2))
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = indent


def _set_page(section: Any) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Số trang"
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "2"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def _close_up(properties: Any) -> None:
    """Leave no space between lines of one style; the element stands before the alignment in the schema."""
    place = next((n for n, child in enumerate(properties) if child.tag == qn("w:jc")), len(properties))
    properties.insert(place, OxmlElement("w:contextualSpacing"))


def _border(properties: Any, *sides: str) -> None:
    """Add borders of 0.75 points at the place among a paragraph's properties where the schema wants them."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    after = {qn(f"w:{tag}") for tag in ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "jc", "rPr")}
    place = next((n for n, child in enumerate(properties) if child.tag in after), len(properties))
    properties.insert(place, borders)


def add_head(document: Any, lines_: dict[str, Any], about: str = "") -> None:
    """Add the head of a document: bodies and number at the left, the nation's name and the date at the right.

    `words` are those of config/templates/words/common.toml; `about` is the "V/v ..." of a letter.
    """
    table = bare_table(document, (_NAMES, _MOTTO))
    left, right = table.rows[0].cells
    for words_above in ("{%p if sender.superior %}", lines_["superior"], "{%p endif %}"):
        write(left, "Cơ quan cấp trên", words_above)
    write(left, "Cơ quan ban hành", lines_["body"])
    write(left, RULE_STYLE, "")
    write(right, "Quốc hiệu", lines_["nation"])
    write(right, "Tiêu ngữ", lines_["motto"])
    write(right, "Nét gạch tiêu ngữ", "")
    left, right = table.add_row().cells
    write(left, "Số, ký hiệu", lines_["number"])
    if about:
        write(left, "Trích yếu công văn", about)
    draft = write(left, "Dự thảo", lines_["draft"])
    draft.paragraph_format.left_indent = draft.paragraph_format.right_indent = Mm(22)
    _border(draft._p.get_or_add_pPr(), "top", "left", "bottom", "right")
    write(right, "Địa danh, ngày tháng", lines_["place"])


def bare_table(document: Any, widths: Sequence[Length]) -> Any:
    """Add a table of one row without borders or inner margins; its rows do not break over pages."""
    table = document.add_table(1, len(widths))
    table.autofit = False
    set_widths(table, widths)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # where the schema wants it
    whole(table.rows[0])
    return table


def set_widths(table: Any, widths: Sequence[Length]) -> None:
    """Set the widths of all columns."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def write(place: Any, style: str, text: str) -> Any:
    """Add a line to a document or a cell and return it; a cell's own first line is used up first."""
    unused = isinstance(place, _Cell) and len(place.paragraphs) == 1 and _is_fresh(place.paragraphs[0])
    paragraph = place.paragraphs[0] if unused else place.add_paragraph()
    paragraph.style = style
    if style == BLANK:
        text = "\t"  # the leader of the style's tab stop draws the dots
    if text:
        paragraph.add_run(text)
    return paragraph


def _is_fresh(paragraph: Any) -> bool:
    return not paragraph.text and paragraph.style.name == "Normal"
