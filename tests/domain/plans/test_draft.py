"""What is doubtful in a draft, the replies that correct it, and the names that somebody types."""

import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.organisation.name_lookup import read_names
from domain.organisation.register import Unit
from domain.organisation.register_file import parse_register
from domain.plans.correction_replies import Correction, read_corrections
from domain.plans.draft import Draft, OpenGroup, Row
from domain.plans.draft_doubts import find_doubts

ROOT = Path(__file__).parents[3]
REGISTER = parse_register(tomllib.loads((ROOT / "config" / "units.toml").read_text(encoding="utf-8")))
DAY = date(2026, 3, 2)


def row(key: str, **facts: Any) -> Row:
    """A duty of Sở Y tế, but for what is said of it."""
    known: dict[str, Any] = {
        "kind": "duty",
        "section": "II.1",
        "heading": "",
        "text": "Khám bệnh cho người nuôi ong",
    }
    known |= {"units": ("Sở Y tế",), "partners": (), "others": (), "due": ()}
    return Row(key, **(known | facts))


def draft(*rows: Row, **facts: Any) -> Draft:
    """A draft of these rows, coordinated by Sở Ngoại vụ."""
    known: dict[str, Any] = {
        "coordinator": "Sở Ngoại vụ",
        "open_groups": (),
        "strangers": (),
        "settled": frozenset(),
    }
    period = (date(2026, 1, 1), date(2026, 12, 31))
    return Draft(1, period, rows=rows, **(known | facts))


def doubts(one: Draft) -> list[tuple[str, str]]:
    """The doubts but for whom it never asks, which test_rhythms tells of."""
    found = [(doubt.kind, doubt.key) for doubt in find_doubts(one, REGISTER)]
    return [(kind, key) for kind, key in found if kind != "unasked"]


def report(key: str, *due: date, who: str = "Sở Y tế", **facts: Any) -> Row:
    return row(key, kind="report", who=who, due=due, text="báo cáo kết quả", **facts)


def test_what_is_clear_is_not_doubted() -> None:
    assert doubts(draft(row("line 1", due=(DAY,)), report("rule 1", DAY))) == []


@pytest.mark.parametrize(
    ("recurrence", "doubted"),
    [("quarterly", True), ("unspecified", True), ("ad hoc", False), ("continuous", False)],
)
def test_a_report_without_a_date_is_doubted_where_it_needs_one(recurrence: str, doubted: bool) -> None:
    found = doubts(draft(report("rule 4", recurrence=recurrence)))
    assert found == ([("undated", "rule 4")] if doubted else [])


def test_a_duty_of_nobody_is_doubted_unless_a_group_or_a_central_body_has_it() -> None:
    assert doubts(draft(row("line 1", units=()))) == [("nobody", "line 1")]
    assert doubts(draft(row("line 1", units=(), partners=("Sở Y tế",)))) == [("nobody", "line 1")]
    assert doubts(draft(row("line 1", units=(), others=(("Bộ Y tế", "lead"),)))) == []
    assert doubts(draft(row("line 1", units=(), others=(("các sở", "partner"),)))) == [("nobody", "line 1")]


@pytest.mark.parametrize(
    ("when", "doubted"), [("Theo tiến độ", True), ("Thường xuyên", False), ("Quý II", False), (None, False)]
)
def test_a_time_that_cannot_be_read_is_doubted(when: str | None, doubted: bool) -> None:
    found = doubts(draft(row("line 1", kind="activity", when=when)))
    assert found == ([("unread", "line 1")] if doubted else [])


def test_units_that_only_this_plan_knows_are_doubted_and_abbreviations_asked_about() -> None:
    strangers = (("unit 1", REGISTER.infer("Trung tâm Giống ong")), ("unit 2", REGISTER.infer("SNV")))
    unknown, which = find_doubts(draft(strangers=strangers), REGISTER)
    assert (unknown.kind, unknown.about) == ("unknown", "Trung tâm Giống ong")
    assert which.kind == "which"
    assert {unit.name for unit in which.choices} == {"Sở Nội vụ", "Sở Ngoại vụ"}


def test_a_unit_that_the_province_entered_itself_is_not_doubted() -> None:
    own = Unit("Trung tâm Giống ong", abbreviation="TTGO")
    assert doubts(draft(strangers=(("unit 1", own),))) == []


def test_open_groups_come_before_contradictions_and_these_before_partners() -> None:
    named = row("line 1", others=(("các hội", "partner"),))
    asked = row("line 2", others=(("các đội", "lead"),))
    inner = report("rule 1", date(2026, 6, 15), date(2026, 11, 15))
    outer = report("rule 2", date(2026, 6, 30), date(2026, 12, 31), who="Sở Ngoại vụ", units=("Sở Ngoại vụ",))
    groups = (OpenGroup("group 1", "các hội"), OpenGroup("group 2", "các đội"))
    found = find_doubts(draft(named, asked, inner, outer, open_groups=groups), REGISTER)
    assert [(doubt.kind, doubt.row) for doubt in found] == [
        ("group", asked),
        ("order", inner),
        ("partners", named),
    ]
    assert found[1].second == outer


def test_reports_that_follow_the_units_within_a_month_are_no_contradiction() -> None:
    outer = report("rule 2", date(2026, 6, 30), who="Sở Ngoại vụ", units=("Sở Ngoại vụ",))
    assert doubts(draft(report("rule 1", date(2026, 6, 15)), outer)) == []
    assert doubts(draft(report("rule 1", date(2026, 7, 1)), outer)) == [("order", "order 1 2")]


def test_two_reports_of_one_unit_by_one_day_may_be_one() -> None:
    wide = report("rule 2", DAY, units=("Sở Y tế", "Sở Nội vụ"))
    narrow = report("rule 1", DAY, date(2026, 11, 15), units=("Sở Y tế",))
    (found,) = find_doubts(draft(narrow, wide), REGISTER)
    assert (found.kind, found.key, found.second) == ("twice", "rule 1", wide)
    assert doubts(draft(narrow, wide, settled=frozenset({"rule 1"}))) == []
    for other in (
        report("rule 2", DAY, units=("Sở Nội vụ",)),
        report("rule 2", DAY, units=("Sở Y tế",), recurrence="monthly"),
        report("rule 2", date(2026, 6, 20), units=("Sở Y tế",)),
    ):
        assert doubts(draft(narrow, other)) == []


def test_what_is_settled_is_doubted_no_more() -> None:
    assert doubts(draft(row("line 1", units=()), settled=frozenset({"line 1"}))) == []


def test_a_row_is_doubted_once() -> None:
    both = row("line 1", kind="activity", units=(), when="Theo tiến độ")
    assert doubts(draft(both)) == [("nobody", "line 1")]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("3 la Sở Tài chính, Sở Ngoại vụ", Correction(3, "who", "Sở Tài chính, Sở Ngoại vụ")),
        ("3 gom cac so, ban, nganh", Correction(3, "who", "cac so, ban, nganh")),
        ("3. Gồm các sở", Correction(3, "who", "các sở")),
        ("3: giao cho STC", Correction(3, "who", "STC")),
        ("5 han 20/6", Correction(5, "when", "han 20/6")),
        ("5 trước ngày 20/6 và 20/12", Correction(5, "when", "trước ngày 20/6 và 20/12")),
        ("5 20/6", Correction(5, "either", "20/6")),
        ("3 Sở Tài chính", Correction(3, "either", "Sở Tài chính")),
        ("4 bo", Correction(4, "drop", "")),
        ("4 BỎ", Correction(4, "drop", "")),
        ("4 bỏ qua.", Correction(4, "drop", "")),
        ("7 khong nhac", Correction(7, "quiet", "")),
        ("7 Không nhắc nữa", Correction(7, "quiet", "")),
        ("7 đừng nhắc", Correction(7, "quiet", "")),
        ("7 đúng rồi", Correction(7, "right", "")),
        ("7 Bộ Ngoại giao", Correction(7, "either", "Bộ Ngoại giao")),
    ],
)
def test_a_short_reply_is_read(said: str, read: Correction) -> None:
    assert read_corrections(said) == (read,)


def test_several_replies_stand_on_lines_or_behind_semicolons() -> None:
    found = read_corrections("1 bo; 2 la Sở Y tế\n 3. han 20/6")
    assert [(correction.number, correction.verb) for correction in found] == [
        (1, "drop"),
        (2, "who"),
        (3, "when"),
    ]


def test_what_opens_with_no_number_goes_on_from_the_reply_before_it() -> None:
    assert read_corrections("3 la Sở Y tế;\nSở Du lịch\n4 bo;") == (
        Correction(3, "who", "Sở Y tế; Sở Du lịch"),
        Correction(4, "drop", ""),
    )


def test_a_long_run_of_separators_costs_no_more_than_its_length() -> None:
    began = time.process_time()
    read_corrections("1 bo" + "\n;" * 50_000 + "x")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "said", ["", "cảm ơn", "1", "1.1 xong", "20/6", "bo 4", "cảm ơn; 1 bo", "2026 la gi"]
)
def test_other_words_are_no_correction(said: str) -> None:
    assert read_corrections(said) == ()


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Sở Tài chính, Sở Ngoại vụ", ["Sở Tài chính", "Sở Ngoại vụ"]),
        ("so tai chinh va so ngoai vu", ["Sở Tài chính", "Sở Ngoại vụ"]),
        ("Sở Văn hóa, Thể thao và Du lịch, STC", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Tài chính"]),
        ("so van hoa, the thao va du lich", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("cong an tinh, so y te", ["Công an tỉnh", "Sở Y tế"]),
        ("Sở Y tế; Sở Y tế", ["Sở Y tế"]),
        ("các đơn vị", ["Sở Công Thương"]),
    ],
)
def test_names_are_read_with_and_without_diacritics(said: str, names: list[str]) -> None:
    working = [unit for unit in REGISTER.units if unit.name == "Sở Công Thương"]
    meant = read_names(said, REGISTER, working, DAY)
    assert meant.whole
    assert [unit.name for unit in meant.units] == names


@pytest.mark.parametrize("said", ["cac so, ban, nganh", "các sở, ban, ngành"])
def test_a_group_means_its_members(said: str) -> None:
    meant = {unit.name for unit in read_names(said, REGISTER, (), DAY).units}
    assert {"Sở Tài chính", "Sở Ngoại vụ", "Sở Y tế"} <= meant
    assert not any(name.startswith("UBND huyện") for name in meant)


def test_what_names_nobody_and_what_fits_two_are_told() -> None:
    unclear = read_names("Sở Y tế và phường Mây", REGISTER, (), DAY)
    assert (unclear.whole, unclear.unclear) == (False, "phường Mây")
    two = read_names("Sở Y tế, SNV", REGISTER, (), DAY)
    assert not two.whole
    assert {unit.name for unit in two.choices} == {"Sở Nội vụ", "Sở Ngoại vụ"}
    assert not read_names("và", REGISTER, (), DAY).whole


@pytest.mark.parametrize(
    "said",
    [
        "3 đúng, 4 bỏ, 5 hạn 20/6 và 6 là Sở Y tế",
        "3 dung 4 bo, 5 han 20/6, 6 la Sở Y tế",
        "3. đúng; 4. bỏ; 5. hạn 20/6\n6: là Sở Y tế",
    ],
)
def test_several_corrections_may_stand_on_one_line(said: str) -> None:
    assert read_corrections(said) == (
        Correction(3, "right", ""),
        Correction(4, "drop", ""),
        Correction(5, "when", "hạn 20/6" if "hạn" in said else "han 20/6"),
        Correction(6, "who", "Sở Y tế"),
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("5 hạn 15/6, 15/11", "hạn 15/6, 15/11"),
        ("5 hạn ngày 20 tháng 6, 20 tháng 12", "hạn ngày 20 tháng 6, 20 tháng 12"),
        ("5 hạn trước ngày 15 và 30 hằng tháng", "hạn trước ngày 15 và 30 hằng tháng"),
    ],
)
def test_a_number_within_a_date_begins_no_other_correction(said: str, words: str) -> None:
    assert read_corrections(said) == (Correction(5, "when", words),)


def test_a_line_that_is_no_correction_in_one_piece_is_none() -> None:
    assert read_corrections("em chào anh, 4 bỏ") == ()
