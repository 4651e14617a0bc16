"""Reports that are worded as no list foresees: what is sent by a day, calls at the end, what several owe."""

from datetime import date

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.reading.test_layouts import HEAD

PART = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Mở lớp.\n"


def rules(plan: Plan) -> list[tuple[str, str | None, list[str]]]:
    return [(rule.who, rule.via or rule.to, [str(day) for day in rule.due]) for rule in plan.reports]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Rà soát bến thuyền, gửi kết quả về Sở Du lịch trước ngày 15/10/2024.", ["2024-10-15"]),
        (
            "Cung cấp số liệu hằng quý (trước ngày 25 tháng cuối quý) cho Sở Du lịch.",
            ["2024-03-25", "2024-06-25", "2024-09-25", "2024-12-25"],
        ),
    ],
)
def test_what_is_sent_to_an_office_by_a_day_is_a_report(
    words: str, due: list[str], register: Register
) -> None:
    plan = read_text(f"{HEAD}{PART}2. Sở Y tế\n- {words}\n", register)
    assert rules(plan) == [("Sở Y tế", "Sở Du lịch", due)]


def test_what_two_groups_owe_both_owe(register: Register) -> None:
    plan = read_text(
        f"{HEAD}II. NỘI DUNG\n1. Rà soát\n"
        f"- Các sở; UBND cấp xã rà soát, gửi kết quả về Sở Du lịch trước ngày 15/10/2024.\n"
        f"{PART}",
        register,
    )
    (rule,) = plan.reports
    assert (rule.who, rule.also) == ("Các sở", ("UBND cấp xã",))


@pytest.mark.parametrize(
    ("end", "who"),
    [
        (
            (
                "Trên đây là Kế hoạch dọn hồ; yêu cầu các bộ phận chuyên môn thực hiện, báo cáo kết quả "
                "về Sở Du lịch"
                " trước ngày 20/11/2024 để tổng hợp./."
            ),
            "Các bộ phận chuyên môn",
        ),
        (
            (
                "Trên đây là Kế hoạch dọn hồ, yêu cầu các xã thực hiện. Kết quả báo cáo về Sở Du lịch "
                "trước ngày 20/11/2024"
                " (để tổng hợp)./."
            ),
            "Các xã",
        ),
        ("Kết quả báo cáo về Sở Du lịch trước ngày 20/11/2024.", ""),
    ],
)
def test_the_last_paragraph_may_call_for_a_report(end: str, who: str, register: Register) -> None:
    assert rules(read_text(f"{HEAD}{PART}{end}\n", register)) == [(who, "Sở Du lịch", ["2024-11-20"])]


def test_several_times_before_the_subject_leave_it_the_subject(register: Register) -> None:
    line = (
        "Định kỳ hằng quý, 6 tháng, năm (trước ngày 15 của tháng cuối kỳ báo cáo), các sở báo cáo UBND tỉnh"
    )
    plan = read_text(f"{HEAD}{PART}II. CHẾ ĐỘ BÁO CÁO\n{line} (qua Sở Du lịch).\n", register)
    assert rules(plan) == [("Các sở", "Sở Du lịch", ["2024-03-15", "2024-06-15", "2024-09-15", "2024-12-15"])]


def test_a_report_named_by_its_rhythm_recurs_and_two_in_one_clause_are_two(register: Register) -> None:
    line = (
        "- Báo cáo tháng trước ngày 25.\n"
        "- Báo cáo hằng tuần và báo cáo tổng kết trước ngày 20/12 gửi Sở Du lịch."
    )
    plan = read_text(f"{HEAD}{PART}2. Sở Y tế\n{line}\n", register)
    assert [(rule.recurrence, rule.to, len(rule.due)) for rule in plan.reports] == [
        ("monthly", None, 11),
        ("weekly", "Sở Du lịch", 0),
        ("once", "Sở Du lịch", 1),
    ]


def test_a_report_to_a_steering_committee_is_one(register: Register) -> None:
    plan = read_text(f"{HEAD}{PART}2. Sở Y tế\n- Báo cáo Ban Chỉ đạo tỉnh trước ngày 20/11/2024.\n", register)
    assert rules(plan)[0][2] == ["2024-11-20"]


REGIME = f"{PART}IV. CHẾ ĐỘ BÁO CÁO\n"


def test_what_goes_to_an_office_of_its_own_goes_through_nobody_else(register: Register) -> None:
    plan = read_text(
        f"{HEAD}{REGIME}1. Các sở báo cáo UBND tỉnh (qua Sở Du lịch) trước ngày 05/12/2024.\n"
        "2. Các xã báo cáo mực nước, số thuyền về Sở Y tế trước ngày 25/11/2024.\n",
        register,
    )
    assert [(rule.who, rule.to, rule.via) for rule in plan.reports] == [
        ("Các sở", "UBND tỉnh", "Sở Du lịch"),
        ("Các xã", "Sở Y tế", None),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "báo cáo 6 tháng trước ngày 10/6, báo cáo năm trước ngày 05/12 về {way}",
        "báo cáo {way} kết quả 6 tháng trước ngày 10/6/2024 và năm trước ngày 05/12/2024",
    ],
)
def test_each_rhythm_has_its_own_day(words: str, register: Register) -> None:
    words = words.format(way="Sở Du lịch (qua Phòng Bến bãi, lễ hội)")
    plan = read_text(f"{HEAD}{REGIME}Các sở {words} để tổng hợp.\n", register)
    assert rules(plan) == [
        ("Các sở", "Phòng Bến bãi, lễ hội", ["2024-06-10"]),
        ("Các sở", "Phòng Bến bãi, lễ hội", ["2024-12-05"]),
    ]
    assert [rule.recurrence for rule in plan.reports] == ["half-yearly", "yearly"]
    assert {rule.to for rule in plan.reports} == {"Sở Du lịch"}


def test_whom_the_issuer_calls_on_owe_the_report(register: Register) -> None:
    plan = read_text(
        f"{HEAD}{PART}UBND tỉnh yêu cầu các sở, UBND xã nghiêm túc thực hiện; trước ngày 30/11/2024 báo cáo"
        " kết quả về UBND tỉnh (qua Sở Du lịch)./.\n",
        register,
    )
    assert rules(plan) == [("Các sở, UBND xã", "Sở Du lịch", ["2024-11-30"])]


def test_what_is_reported_whenever_it_happens_is_a_report_of_all(register: Register) -> None:
    plan = read_text(
        f"{HEAD}II. NỘI DUNG\n1. Canh gác\n- Khi nước tràn, báo cáo ngay về Sở Y tế.\n"
        f"- Báo cáo nhanh hằng ngày gửi UBND tỉnh.\n{PART}",
        register,
    )
    assert [(rule.who, rule.to, rule.recurrence) for rule in plan.reports] == [
        ("", "Sở Y tế", "ad hoc"),
        ("", "UBND tỉnh", "daily"),
    ]


def test_difficulties_are_nobodys_report(register: Register) -> None:
    plan = read_text(
        f"{HEAD}{REGIME}1. Các sở báo cáo Sở Du lịch trước ngày 05/12/2024.\n"
        "2. Nếu có vướng mắc, các sở phản ánh về Sở Du lịch để tổng hợp, báo cáo UBND tỉnh xem xét.\n",
        register,
    )
    assert rules(plan) == [("Các sở", "Sở Du lịch", ["2024-12-05"])]


def test_checks_under_the_regime_of_reports_are_duties_and_no_reports(register: Register) -> None:
    plan = read_text(
        f"{HEAD}II. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Dọn hồ.\n2. Sở Y tế\n- Trực.\n"
        "III. KIỂM TRA VÀ CHẾ ĐỘ BÁO CÁO\n1. Kiểm tra\n"
        "- Sở Nội vụ chủ trì, phối hợp với Sở Y tế kiểm tra chéo, mỗi năm 02 lần.\n"
        "2. Chế độ báo cáo\n- Các sở báo cáo kết quả về Sở Du lịch trước ngày 15/11/2024.\n",
        register,
    )
    assert [duty.unit for duty in plan.duties] == ["Sở Du lịch", "Sở Y tế", "Sở Nội vụ"]
    assert [(rule.who, rule.quote) for rule in plan.reports] == [("Các sở", "trước ngày 15/11/2024")]


def test_an_office_named_for_compiling_does_not_compile(register: Register) -> None:
    part = "II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- {}\n2. Sở Du lịch\n- Trực.\n"
    sent = "Chọn việc cần làm, gửi về Phòng Kế hoạch tổng hợp trước ngày 15/11/2024{}."
    plain, compiled = (
        read_text(HEAD + part.format(sent.format(end)), register).reports[0]
        for end in ("", " để trình Hội đồng phê duyệt")
    )
    assert (plain.to, plain.via) == ("Phòng Kế hoạch tổng hợp", None)
    assert compiled.via == "Phòng Kế hoạch tổng hợp"


def test_the_days_between_which_numbers_are_counted_are_no_deadline(register: Register) -> None:
    report = (
        "Các sở báo cáo hằng năm về Sở Du lịch chậm nhất ngày 17 tháng 12. Thời gian báo cáo tính từ ngày"
        " 15 tháng 12 năm trước đến ngày 14 tháng 12 của kỳ báo cáo."
    )
    plan = read_text(f"{HEAD}II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Trực.\n2. {report}\n", register)
    assert [str(day) for rule in plan.reports for day in rule.due] == ["2024-12-17"]


ON_ITS_TITLE = (
    "5. Chế độ báo cáo: Các sở báo cáo kết quả trước ngày 15/6 và trước ngày 25/11 hằng năm,"
    " gửi Sở Du lịch tổng hợp"
)
FINAL = "báo cáo tổng kết gửi trước ngày 31/12/2024"
CLOSING = "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan phản ánh về Sở Du lịch./."


@pytest.mark.parametrize("closing", ["", f"\n\n{CLOSING}"], ids=["at the end", "before a closing paragraph"])
def test_a_regime_worded_on_its_title_line_is_read_whole(closing: str, register: Register) -> None:
    plan = read_text(
        f"{HEAD}II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Trực.\n{ON_ITS_TITLE}; {FINAL}.{closing}\n", register
    )
    due = [[str(day) for day in rule.due] for rule in plan.reports]
    assert due == [["2024-06-15", "2024-11-25"], ["2024-12-31"]]
    assert {rule.via for rule in plan.reports} == {"Sở Du lịch"}
    assert plan.unread == ()


@pytest.mark.parametrize(
    ("heading", "period"),
    [("Mục tiêu và thời gian thực hiện", (date(2024, 4, 1), date(2024, 9, 30))), ("Tập huấn", None)],
)
def test_a_bullet_under_a_heading_of_time_gives_the_period(
    heading: str, period: tuple[date, date] | None, register: Register
) -> None:
    when = "- Thời gian thực hiện: Từ tháng 4 năm 2024 đến hết tháng 9 năm 2024."
    body = f"1. {heading}\n{when}\n2. Tổ chức thực hiện\na) Sở Y tế\n- Trực.\n"
    head = HEAD.replace(" TỈNH HÀ KHÊ NĂM 2024", " TRONG MÙA MƯA")
    assert read_text(f"{head}{body}", register).head.period == period
