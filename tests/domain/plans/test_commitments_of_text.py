"""A body that a plan names by its province rather than by "tỉnh" is the register's own."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from documents.reading import read_text
from domain.organisation.register_file import parse_register
from domain.plans.commitments import commit
from tests.documents.reading.test_layouts import HEAD

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("place", "kept"), [("Hà Khê", "Báo và Phát thanh, Truyền hình tỉnh"), ("Sông Xa", None)]
)
def test_the_own_province_is_no_part_of_the_name_in_the_register(place: str, kept: str | None) -> None:
    register = parse_register(tomllib.loads((ROOT / "config" / "units.toml").read_text(encoding="utf-8")))
    name = f"Báo và Phát thanh, Truyền hình {place}"
    plan = read_text(f"{HEAD}I. TỔ CHỨC THỰC HIỆN\n1. {name}\n- Đưa tin.\n2. Sở Y tế: Trực.\n", register)
    (line, _) = commit(plan, register, date(2026, 1, 1)).lines
    assert line.parts == ((kept or name, "lead"),)


def test_a_sentence_that_is_a_report_has_no_date_beside_the_reports() -> None:
    register = parse_register(tomllib.loads((ROOT / "config" / "units.toml").read_text(encoding="utf-8")))
    report = "- Báo cáo kết quả về Sở Du lịch trước ngày 20/11/2024."
    work = "- Hoàn thành bến thuyền trước ngày 15/5/2024."
    plan = read_text(f"{HEAD}I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n{report}\n{work}\n", register)
    kept = commit(plan, register, date(2024, 3, 1))
    assert [line.due for line in kept.lines] == [(), (date(2024, 5, 15),)]
    assert [regime.rule.due for regime in kept.regimes] == [(date(2024, 11, 20),)]
