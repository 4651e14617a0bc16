"""Numbers that a document's items lack or bear twice are asked about, from 100 on as well."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from documents.reading import read_text
from domain.organisation.register_file import parse_register
from domain.plans.draft import Draft
from domain.plans.draft_change import CorrectionNotUnderstood, read_change
from domain.plans.draft_doubts import find_doubts
from domain.plans.numbering import number_faults
from tests.documents.reading.test_layouts import HEAD

REGISTER = parse_register(
    tomllib.loads((Path(__file__).parents[3] / "config" / "units.toml").read_text(encoding="utf-8"))
)
MANY = "".join(f"{n}. Sở Du lịch: Mở lớp thứ {n}.\n" for n in range(1, 100))


def draft(items: str) -> Draft:
    plan = read_text(f"{HEAD}I. MỤC ĐÍCH\n1. Vui.\n3. Khỏe.\nII. TỔ CHỨC THỰC HIỆN\n{items}", REGISTER)
    year = (date(2024, 1, 1), date(2024, 12, 31))
    return Draft(1, year, None, (), (), (), frozenset(), date(2024, 2, 2), plan.passages)


@pytest.mark.parametrize(
    ("items", "faults"),
    [
        ("1. Sở Du lịch: Mở lớp.\n2. Sở Y tế\na) Trực.\nb) Gác.\n3. Công an tỉnh: Gác.\n", []),
        ("1. Sở Du lịch: Mở lớp.\n3. Sở Y tế: Trực.\n", [("gap", "3. Sở Y tế: Trực.")]),
        ("1. Sở Y tế: Trực.\n2. Sở X.\n2. Công an tỉnh: Gác.\n", [("doubled", "2. Công an tỉnh: Gác.")]),
        ("1. Sở Du lịch\n1.1. Mở lớp.\n1.3. Dọn bến.\n2. Sở Y tế: Trực.\n", [("gap", "1.3. Dọn bến.")]),
        (f"{MANY}101. Sở Y tế: Trực.\n", [("gap", "101. Sở Y tế: Trực.")]),
        (f"{MANY}100. Sở Y tế: Trực.\n101. Sở Xây dựng: Kẻ vạch.\n", []),
    ],
)  # fmt: skip
def test_numbers_that_do_not_follow_each_other_are_told(items: str, faults: list[tuple[str, str]]) -> None:
    found = number_faults(draft(items).passages)
    assert [(fault.kind, fault.after.text) for fault in found] == faults


def test_such_a_number_is_a_doubt_that_can_only_be_waved_through() -> None:
    gap = draft("1. Sở Du lịch: Mở lớp.\n3. Sở Y tế: Trực.\n")
    (doubt,) = [doubt for doubt in find_doubts(gap, REGISTER) if doubt.kind == "gap"]
    assert doubt.about == "1. Sở Du lịch: Mở lớp. … 3. Sở Y tế: Trực."
    assert read_change(gap, REGISTER, doubt.key, "who", "Sở Y tế") == CorrectionNotUnderstood("number_how")
    waved = read_change(gap, REGISTER, doubt.key, "right", "")
    assert not isinstance(waved, CorrectionNotUnderstood)
