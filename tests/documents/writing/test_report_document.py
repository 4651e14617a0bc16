"""The report by the ruler: every measure of the decree, and that it says what was said."""

import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from documents.writing import make_templates
from documents.writing.forms import Count, Remark, Signer, totals
from documents.writing.report_document import ReportItem, ReportPart, write_report
from documents.writing.word import TEMPLATES, BadTemplate, day, letter, number
from tests.documents.measures import Line, Paper
from tests.documents.papers import FOREIGN, REPORT, TRADE, large_report

EMU_PER_MM = 36000
MOTTO_MM = 56.1
"""Độc lập - Tự do - Hạnh phúc in Times New Roman, bold, 13 points, by a font of the same widths."""


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(write_report(REPORT))


def test_the_page_is_a4_with_the_margins_of_the_decree(paper: Paper) -> None:
    (section,) = paper.document.sections
    assert round(section.page_width / EMU_PER_MM) == 210
    assert round(section.page_height / EMU_PER_MM) == 297
    assert 20 <= round(section.top_margin / EMU_PER_MM, 1) <= 25
    assert 20 <= round(section.bottom_margin / EMU_PER_MM, 1) <= 25
    assert 30 <= round(section.left_margin / EMU_PER_MM, 1) <= 35
    assert 15 <= round(section.right_margin / EMU_PER_MM, 1) <= 20


def test_every_word_is_in_black_times_new_roman_of_at_least_11_points(paper: Paper) -> None:
    for line in paper.lines():
        if line.text.strip():
            assert line.font == "Times New Roman", line.text
            assert line.colour in ("000000", "auto"), line.text
            assert 11 <= line.size <= 14, line.text
            assert 1 <= line.line <= 1.5, line.text


def test_the_page_number_stands_centred_in_the_top_margin_from_page_2(paper: Paper) -> None:
    (section,) = paper.document.sections
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous  # none of its own: nothing on page 1
    assert section.header_distance < section.top_margin
    (line,) = section.header.paragraphs
    assert [field.get(qn("w:instr")).strip() for field in line._p.iter(qn("w:fldSimple"))] == ["PAGE"]
    measured = paper.measure(line)
    assert (measured.align, measured.font) == ("center", "Times New Roman")
    assert 13 <= measured.size <= 14


HEAD = {
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (12, 13, True, False),
    "Độc lập - Tự do - Hạnh phúc": (13, 14, True, False),
    "UBND TỈNH HÀ KHÊ": (12, 13, False, False),
    "SỞ VĂN HÓA,": (12, 13, True, False),
    "Số: ": (13, 13, False, False),
    "Hà Khê, ngày": (13, 14, False, True),
    "BÁO CÁO": (14, 14, True, False),
    "Kết quả công tác thông tin đối ngoại tỉnh": (14, 14, True, False),
    "Kính gửi": (14, 14, False, False),
}


@pytest.mark.parametrize("start", HEAD)
def test_the_head_is_set_as_the_decree_has_it(paper: Paper, start: str) -> None:
    low, high, bold, italic = HEAD[start]
    line = paper.line(start)
    assert low <= line.size <= high
    assert (line.bold, line.italic, line.align) == (bold, italic, "center")


def test_the_bodies_stand_at_the_left_and_the_nation_at_the_right(paper: Paper) -> None:
    head = paper.tables()[0]
    texts = [[cell.text for cell in row.cells] for row in head.rows]
    assert texts[0][0].split("\n")[0] == "UBND TỈNH HÀ KHÊ"
    assert texts[0][1].split("\n")[:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert texts[1][0].startswith("Số: ")
    assert texts[1][0].split("\n")[0].endswith("/BC-SVHTTDL")
    assert texts[1][1].startswith("Hà Khê, ngày")


def test_a_body_without_a_superior_stands_alone() -> None:
    sender = replace(REPORT.sender, superior="", body="Ủy ban nhân dân tỉnh")
    head = Paper(write_report(replace(REPORT, sender=sender))).tables()[0]
    assert head.rows[0].cells[0].text.split("\n") == ["ỦY BAN NHÂN DÂN TỈNH", ""]


def cell_width(paper: Paper, column: int) -> float:
    return float(paper.tables()[0].rows[0].cells[column].width or 0) / EMU_PER_MM


def rule_length(line: Line, room: float) -> float:
    assert "top" in line.borders or "bottom" in line.borders
    assert not line.text
    assert line.left == pytest.approx(line.right, abs=0.1)
    return room - line.left - line.right


def test_the_rule_under_the_motto_is_as_long_as_the_line(paper: Paper) -> None:
    rule = paper.after("Độc lập - Tự do")
    assert rule_length(rule, cell_width(paper, 1)) == pytest.approx(MOTTO_MM, abs=1)


WIDTHS = {  # in millimetres, bold, 12 points, measured with a font of the same widths as Times New Roman
    "Ban Dân tộc": 29.4,
    "Sở Nội vụ": 21.9,
    "Sở Khoa học và Công nghệ": 64.8,
    "UBND phường Nậm Khê": 53.6,
}


@pytest.mark.parametrize("name", WIDTHS)
def test_the_rule_under_the_body_is_between_a_third_and_a_half_of_its_line(name: str) -> None:
    paper = Paper(write_report(replace(REPORT, sender=replace(REPORT.sender, body=name))))
    length = rule_length(paper.after(name.upper()), cell_width(paper, 0))
    assert 1 / 3 <= length / WIDTHS[name] <= 1 / 2


def test_a_name_too_long_for_its_place_breaks_evenly(paper: Paper) -> None:
    assert paper.line("SỞ VĂN HÓA").text == "SỞ VĂN HÓA,\nTHỂ THAO VÀ DU LỊCH"
    length = rule_length(paper.after("SỞ VĂN HÓA"), cell_width(paper, 0))
    assert 1 / 3 <= length / 48.7 <= 1 / 2  # THỂ THAO VÀ DU LỊCH


def test_the_subject_has_a_rule_below(paper: Paper) -> None:
    rule = paper.after("Kết quả công tác thông tin")
    assert 1 / 3 <= rule_length(rule, paper.text_width) / 151.6 <= 1 / 2


def test_the_body_is_justified_with_a_first_line_and_six_points_between_paragraphs(paper: Paper) -> None:
    for start in ("Thực hiện Kế hoạch", "Tính đến ngày", "a) Rà soát", "- Sở Công Thương", "Trên đây"):
        line = paper.line(start)
        assert line.align == "both"
        assert 10 <= line.first <= 12.75
        assert line.after >= 6
        assert 13 <= line.size <= 14
        assert not line.bold


def test_parts_and_items_are_bold_and_stay_with_what_follows(paper: Paper) -> None:
    for start in ("I. ", "II. ", "III. ", "IV. ", "V. ", "1. Kiện toàn", "2. Quảng bá", "2. Tồn tại"):
        line = paper.line(start)
        assert line.bold, start
        assert line.keeps_next, start
        assert 13 <= line.size <= 14, start
    assert not paper.line("b) Mời phóng viên").bold


def test_its_parts_come_in_the_usual_order(paper: Paper) -> None:
    starts = ("BÁO CÁO", "Kính gửi", "I. ", "II. ", "1. Kiện", "2. Quảng", "III. ", "IV. ", "V. ", "Nơi nhận")
    lines = [line.text for line in paper.lines()]
    places = [next(n for n, text in enumerate(lines) if text.startswith(start)) for start in starts]
    assert places == sorted(places)


def test_where_nothing_was_said_there_is_a_dotted_line(paper: Paper) -> None:
    for start in ("I. ", "a) Đăng tin", "1. Kết quả đạt được", "3. Nguyên nhân", "IV. "):
        assert paper.after(start).dotted, start
    silent = Paper(write_report(replace(REPORT, difficulties=(), proposals=(), parts=())))
    assert silent.after("2. Tồn tại").dotted
    assert silent.after("V. ").dotted
    assert silent.after("Tính đến ngày").dotted


def test_what_a_unit_said_stays_in_its_words_under_its_name(paper: Paper) -> None:
    assert paper.line("- Sở Ngoại vụ: đang").text == (
        "- Sở Ngoại vụ: đang làm thủ tục <mời> R&D; dự kiến tháng 7."
    )
    assert paper.after("2. Tồn tại").text == (
        "- Sở Ngoại vụ; Sở Công Thương: kinh phí được giao chậm, đến tháng 5 mới có."
    )


def test_what_was_counted_is_summed_over_the_units(paper: Paper) -> None:
    assert paper.line("- Tổng cộng").text == "- Tổng cộng: 04 hội nghị; 140 lượt người."


def test_sums_take_one_thing_for_one_however_it_is_typed() -> None:
    said = (
        Remark(("A", "B", "C"), "mỗi nơi một", (Count(1, "Hội nghị"),)),
        Remark(("D",), "hai", (Count(2, "hoi nghi"), Count(5, "tin"))),
    )
    assert totals(said) == (Count(5, "Hội nghị"), Count(5, "tin"))


def test_one_unit_alone_is_not_summed_up() -> None:
    said = Remark((FOREIGN,), "02 hội nghị", (Count(2, "hội nghị"),))
    assert ReportItem("x", (said, Remark((TRADE,), "đang làm"))).totals == ()


def test_the_figures_are_told(paper: Paper) -> None:
    words = paper.line("Tính đến ngày 16/6/2026").text
    assert "21/23 đơn vị" in words
    assert "Trong 70 việc" in words
    for part in ("đúng hạn 41;", "quá hạn 02;", "trong hạn 24;", "quá hạn 03 "):
        assert part in words


def test_the_recipients_and_the_signature_stand_at_the_foot(paper: Paper) -> None:
    left, right = paper.tables()[1].rows[0].cells
    assert left.text.split("\n") == [
        "Nơi nhận:",
        "- Như trên;",
        "- Sở Ngoại vụ (để phối hợp);",
        "- Lưu: VT, ......",
    ]
    title, *rest = [paper.measure(p) for p in left.paragraphs]
    assert (title.size, title.bold, title.italic, title.align) == (12, True, True, "left")
    assert {(line.size, line.bold, line.italic) for line in rest} == {(11, False, False)}
    signed = [paper.measure(p) for p in right.paragraphs]
    assert [line.text for line in signed if line.text] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    for line in signed[:2]:
        assert line.bold
        assert line.align == "center"
        assert 13 <= line.size <= 14


def test_a_signer_with_a_name_has_it_in_ordinary_letters_below() -> None:
    paper = Paper(write_report(replace(REPORT, signer=Signer(("TL. Chủ tịch",), "Lò Thị Mai"))))
    line = paper.line("Lò Thị Mai")
    assert (line.bold, line.align) == (True, "center")
    assert paper.line("TL. CHỦ TỊCH").bold


def test_it_is_a_draft_without_number_and_date(paper: Paper) -> None:
    draft = paper.line("DỰ THẢO")
    assert draft.bold
    assert draft.borders == {"top", "left", "bottom", "right"}
    assert paper.line("Số: ").text.strip("Số: .") == "/BC-SVHTTDL"
    assert not any(char.isdigit() for char in paper.line("Hà Khê, ngày").text)


def test_one_addressee_stands_on_the_line_and_several_as_a_list() -> None:
    assert Paper(write_report(REPORT)).line("Kính gửi").text == "Kính gửi: Ủy ban nhân dân tỉnh Hà Khê"
    paper = Paper(write_report(replace(REPORT, addressees=("UBND tỉnh Hà Khê", "Bộ Ngoại giao"))))
    assert paper.line("Kính gửi").text == "Kính gửi:"
    assert [paper.after("Kính gửi", n).text for n in (1, 2)] == ["- UBND tỉnh Hà Khê;", "- Bộ Ngoại giao."]
    assert paper.line("- Bộ Ngoại giao").size == 14


def test_the_annex_lists_the_units_with_a_sum_and_repeats_its_head(paper: Paper) -> None:
    table = paper.tables()[2]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[1] == ["1", "Đài Phát thanh và Truyền hình tỉnh", "5", "0", "3", "Chưa báo cáo"]
    assert rows[-1] == ["", "Cộng", "19", "13", "3", ""]
    assert len(rows) == 5
    first = table.rows[0]._tr.trPr
    assert first is not None
    assert first.find(qn("w:tblHeader")) is not None
    total = sum(cell.width or 0 for cell in table.rows[0].cells) / EMU_PER_MM
    assert total <= paper.text_width + 0.5
    title = paper.line("Phụ lục")
    assert (title.size, title.bold, title.align) == (14, True, "center")


def test_without_units_there_is_no_annex() -> None:
    paper = Paper(write_report(replace(REPORT, annex=())))
    assert len(paper.tables()) == 2
    assert not any("Phụ lục" in line.text for line in paper.lines())


HOSTILE = 'a\x07b\x0cc\td\ne {{ 7*7 }} {% raw %} <w:p/> & "q" \x00\ud800 \u202fo\u0302\u0301'


def test_what_people_type_is_never_taken_for_a_tag_or_a_page() -> None:
    plain = write_report(REPORT)
    part = ReportPart("", HOSTILE, (ReportItem(HOSTILE, (Remark((FOREIGN,), HOSTILE),)),))
    report = write_report(replace(REPORT, parts=(part,), proposals=(Remark((HOSTILE,), HOSTILE),)))
    with zipfile.ZipFile(io.BytesIO(report)) as unpacked, zipfile.ZipFile(io.BytesIO(plain)) as other:
        assert unpacked.namelist() == other.namelist()
    line = Paper(report).line("1. ab")
    assert line.text == '1. abc d e {{ 7*7 }} {% raw %} <w:p/> & "q" ố'


def test_a_department_may_change_words_in_its_template(tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    document = Document()
    document.add_paragraph("Báo cáo của chúng tôi: {{ subject|upper }}, {{ parts|length }} phần")
    document.save(str(own))
    words = [line.text for line in Paper(write_report(REPORT, own)).lines()]
    assert words == [f"Báo cáo của chúng tôi: {REPORT.subject.upper()}, 2 phần"]


@pytest.mark.parametrize(
    "tag", ["{{ subjcet }}", "{{ subject", "{%p for x in parts %}", "{{ ''.__class__.mro() }}"]
)
def test_a_template_with_a_wrong_tag_is_named(tmp_path: Path, tag: str) -> None:
    own = tmp_path / "own.docx"
    document = Document()
    document.add_paragraph(tag)
    document.save(str(own))
    with pytest.raises(BadTemplate, match=r"own\.docx"):
        write_report(REPORT, own)


def test_a_template_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(b"%PDF")
    with pytest.raises(BadTemplate, match=r"own\.docx"):
        write_report(REPORT, own)
    with pytest.raises(FileNotFoundError):
        write_report(REPORT, tmp_path / "none.docx")


def words_in(path: Path) -> bytes:
    with zipfile.ZipFile(path) as file:
        return file.read("word/document.xml") + file.read("word/styles.xml")


def test_the_maker_makes_what_ships_and_writes_over_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["make_templates", str(tmp_path)])
    assert make_templates.main() == 0
    for name in ("report.docx", "letter.docx", "letter-party.docx"):
        assert words_in(tmp_path / name) == words_in(TEMPLATES / name)
    (tmp_path / "report.docx").write_bytes(b"a department's own")
    assert make_templates.main() == 1
    assert (tmp_path / "report.docx").read_bytes() == b"a department's own"
    assert "report.docx" in capsys.readouterr().err


def test_many_units_are_all_in_it() -> None:
    document = Document(io.BytesIO(write_report(large_report(30, 10))))
    said = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.text.startswith("- Ủy ban nhân dân xã")
    ]
    assert len(said) == len(set(said)) == 300
    assert len(document.tables[2].rows) == 32


def test_letters_count_as_offices_do() -> None:
    assert [letter(n) for n in (1, 4, 5, 6, 23, 24)] == ["a", "d", "đ", "e", "y", "aa"]


def test_days_and_numbers_are_written_as_offices_do() -> None:
    assert day(REPORT.figures.as_of.replace(month=2, day=5)) == "05/02/2026"
    assert day(REPORT.figures.as_of.replace(month=3, day=5)) == "05/3/2026"
    assert [number(n) for n in (0, 3, 12, 1250)] == ["00", "03", "12", "1.250"]
