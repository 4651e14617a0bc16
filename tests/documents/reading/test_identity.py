"""What makes a document another one: its words, who is named in it, its dates; never the register."""

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from domain.plans.plan import fingerprint
from tests.cast import PLAN

ACTIVITIES = """II. NỘI DUNG

1. Tổ chức hội chợ chè

- Đơn vị chủ trì: Sở Công Thương.

- Đơn vị phối hợp: Sở Ngoại vụ.

- Thời gian: Quý II.

2. In sách

Giao Sở Y tế chủ trì in sách giới thiệu.

III. TỔ CHỨC THỰC HIỆN

Các đơn vị thực hiện như sau.

Sở Ngoại vụ:
"""
DOCUMENT = PLAN.replace("II. TỔ CHỨC THỰC HIỆN\n\n1. Sở Ngoại vụ:\n", ACTIVITIES).replace(
    "III. KINH", "IV. KINH"
)
CHANGES = {
    "another leads": ("chủ trì: Sở Công Thương", "chủ trì: Sở Y tế"),
    "another supports": ("phối hợp: Sở Ngoại vụ", "phối hợp: Sở Y tế"),
    "leading and supporting change places": (
        "chủ trì: Sở Công Thương.\n\n- Đơn vị phối hợp: Sở Ngoại vụ",
        "chủ trì: Sở Ngoại vụ.\n\n- Đơn vị phối hợp: Sở Công Thương",
    ),
    "another is charged in a sentence": ("Giao Sở Y tế", "Giao Sở Công Thương"),
    "another answers for what stands under an unnumbered heading": ("\nSở Ngoại vụ:\n", "\nSở Y tế:\n"),
    "an activity has another time": ("Quý II.", "Quý III."),
    "a report is due on another day": ("15/11", "20/11"),
}


def read(text: str, register: Register) -> str:
    return fingerprint(read_text(text, register))


@pytest.mark.parametrize("change", CHANGES)
def test_a_document_is_another_one_where(change: str, register: Register) -> None:
    before, after = CHANGES[change]
    assert before in DOCUMENT
    assert read(DOCUMENT, register) != read(DOCUMENT.replace(before, after), register)


def test_a_document_stays_the_same_whatever_register_it_is_read_by(register: Register) -> None:
    fewer = Register(tuple(unit for unit in register.units if unit.name != "Sở Công Thương"), register.groups)
    assert read(DOCUMENT, register) == read(DOCUMENT, fewer)


def test_other_spaces_and_spellings_of_a_name_make_no_other_document(register: Register) -> None:
    spaced = DOCUMENT.replace("chủ trì: Sở Công Thương", "chủ trì:  Sở Công thương ")
    assert spaced != DOCUMENT
    assert read(DOCUMENT, register) == read(spaced, register)
