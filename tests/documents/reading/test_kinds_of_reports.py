"""The kinds of wording by which plans ask for reports: each with a sample from a province that is not."""

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from tests.documents.reading.test_layouts import HEAD

PART = "III. TỔ CHỨC THỰC HIỆN\n"


@pytest.mark.parametrize(
    ("line", "who", "to", "via", "due", "recurrence"),
    [
        (
            "Giao các sở thực hiện; định kỳ trước ngày 30/11 hằng năm báo cáo UBND tỉnh (qua Sở Du lịch).",
            "Các sở",
            "UBND tỉnh",
            "Sở Du lịch",
            ["2024-11-30"],
            "yearly",
        ),
        (
            "2. Công an tỉnh\n- Báo cáo UBND tỉnh. Thời gian hoàn thành: trước ngày 31/5/2024.",
            "Công an tỉnh",
            "UBND tỉnh",
            None,
            ["2024-05-31"],
            "once",
        ),
        (
            "2. Công an tỉnh\n- Báo cáo kết quả về Phòng Lữ hành trước ngày 18/12.",
            "Công an tỉnh",
            "Phòng Lữ hành",
            None,
            ["2024-12-18"],
            "once",
        ),
        ("2. Công an tỉnh\n- Báo cáo UBND tỉnh 02 lần/ngày.", "Công an tỉnh", "UBND tỉnh", None, [], "daily"),
        (
            "2. Công an tỉnh\n- Báo cáo UBND tỉnh (qua Sở Du lịch) khi tổng kết.",
            "Công an tỉnh",
            "UBND tỉnh",
            "Sở Du lịch",
            [],
            "unspecified",
        ),
        (
            "2. Công an tỉnh\n- Báo cáo giữa kỳ (năm 2024) gửi UBND tỉnh.",
            "Công an tỉnh",
            "UBND tỉnh",
            None,
            ["2024-12-31"],
            "once",
        ),
        (
            "IV. THỦ TỤC\n1. Thời gian: Hồ sơ gửi về Sở Du lịch (qua Phòng Lữ hành) trước ngày 31/3/2024.",
            "",
            "Sở Du lịch",
            "Phòng Lữ hành",
            ["2024-03-31"],
            "once",
        ),
    ],
)
def test_a_report_is_read_wherever_its_date_and_recipient_stand(
    line: str, who: str, to: str | None, via: str | None, due: list[str], recurrence: str, register: Register
) -> None:
    (rule,) = read_text(f"{HEAD}{PART}1. Sở Y tế\n- Trực.\n{line}\n", register).reports
    assert (rule.who, rule.to, rule.via) == (who, to, via)
    assert ([str(day) for day in rule.due], rule.recurrence) == (due, recurrence)


def test_one_sentence_may_name_several_rhythms(register: Register) -> None:
    line = "hằng quý (trước ngày 16), 6 tháng (trước ngày 14/6), năm (trước ngày 20/11) hoặc khi có yêu cầu"
    plan = read_text(f"{HEAD}{PART}1. Sở Y tế\n- Trực; {line} báo cáo UBND tỉnh.\n", register)
    assert [rule.recurrence for rule in plan.reports] == ["quarterly", "half-yearly", "yearly", "ad hoc"]


def test_money_asked_for_is_no_report(register: Register) -> None:
    line = "Tổng hợp nhu cầu kinh phí báo cáo UBND tỉnh trình HĐND tỉnh"
    assert read_text(f"{HEAD}{PART}1. Sở Y tế\n- {line}.\n", register).reports == ()
