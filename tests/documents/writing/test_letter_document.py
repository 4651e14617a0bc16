"""The letter that urges: a công văn's form, what is overdue since when, and kinder words to the Party."""

from dataclasses import replace

import pytest

from documents.writing.letter_document import write_letter
from tests.documents.measures import Paper
from tests.documents.papers import CULTURE, LETTER

PARTY = replace(LETTER, addressees=("Ban Tuyên giáo và Dân vận Tỉnh ủy",))
REPROACH = ("quá hạn", "đôn đốc", "chậm", "khẩn trương", "chưa nhận", "trễ")


@pytest.fixture(scope="module", params=[False, True], ids=["unit", "party"])
def paper(request: pytest.FixtureRequest) -> Paper:
    subject = "kết quả công tác thông tin đối ngoại năm 2026"
    return Paper(
        write_letter(replace(PARTY, subject=subject) if request.param else LETTER, party=request.param)
    )


def test_it_has_the_form_of_a_letter(paper: Paper) -> None:
    about = paper.line("V/v ")
    assert 12 <= about.size <= 13
    assert (about.bold, about.italic, about.align) == (False, False, "center")
    left = paper.tables()[0].rows[1].cells[0].text.split("\n")
    assert left[0].startswith("Số: ")
    assert left[0].endswith("/SVHTTDL-QLTTBC")
    assert left[1].startswith("V/v ")
    assert not any(line.text == "BÁO CÁO" for line in paper.lines())
    addressee = paper.line("Kính gửi: ")
    assert (addressee.align, addressee.size, addressee.bold) == ("center", 14, False)


def test_its_body_is_set_as_that_of_a_report(paper: Paper) -> None:
    body = paper.line("Thực hiện Kế hoạch")
    assert (body.align, body.font) == ("both", "Times New Roman")
    assert 13 <= body.size <= 14
    assert 10 <= body.first <= 12.75
    assert body.after >= 6


def test_it_is_a_draft_for_somebody_to_sign(paper: Paper) -> None:
    assert paper.line("DỰ THẢO").bold
    assert not any(char.isdigit() for char in paper.line("Hà Khê, ngày").text)
    left, right = paper.tables()[1].rows[0].cells
    assert left.text.split("\n")[1:] == ["- Như trên;", "- UBND tỉnh (để báo cáo);", "- Lưu: VT, ......"]
    assert right.text.split("\n")[:2] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]


def test_a_unit_reads_what_is_overdue_and_since_when() -> None:
    paper = Paper(write_letter(LETTER))
    assert paper.line("a) ").text == (
        "a) Báo cáo kết quả 6 tháng đầu năm 2026: hạn ngày 15/6/2026, quá hạn 16 ngày làm việc;"
    )
    assert paper.line("b) ").text == (
        "b) Xây dựng chuyên mục tiếng Anh: hạn ngày 25/6/2026 (đã gia hạn từ ngày 10/6/2026), "
        "quá hạn 06 ngày làm việc."
    )
    assert f"{CULTURE} đề nghị Đài Phát thanh và Truyền hình tỉnh" in paper.after("b) ").text
    assert "trước ngày 08/7/2026" in paper.after("b) ").text


def test_no_day_is_asked_for_where_none_is_given() -> None:
    words = Paper(write_letter(replace(LETTER, answer_by=None))).after("b) ").text
    assert "trước ngày" not in words


def test_a_body_of_the_party_is_asked_without_reproach() -> None:
    subject = "kết quả công tác thông tin đối ngoại năm 2026"
    lines = [line.text for line in Paper(write_letter(replace(PARTY, subject=subject), party=True)).lines()]
    words = "\n".join(lines).casefold()
    assert "kính đề nghị" in words
    assert [reproach for reproach in REPROACH if reproach in words] == []
    assert "a) Báo cáo kết quả 6 tháng đầu năm 2026 (thời gian theo kế hoạch: ngày 15/6/2026);" in lines


def test_the_page_is_the_same_as_that_of_a_report() -> None:
    section = Paper(write_letter(LETTER)).document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / 36000) for margin in margins] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer
