"""However a plan was laid out on its way, the same is read from it."""

import re
import textwrap
import unicodedata
from collections.abc import Callable

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.conftest import SAMPLE, source
from tests.documents.reading.test_layouts import HEAD

COMMUNE = (
    HEAD.replace("TỈNH HÀ KHÊ\n", "XÃ KHÊ HẠ\n", 1)
    + """I. MỤC ĐÍCH
- Đón khách chu đáo, giữ cho ven hồ sạch sẽ trong suốt mùa lễ hội và những ngày nghỉ lễ của năm.
II. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND xã
- Chủ trì, phối hợp với Công an xã và các trường học trên địa bàn xã sắp xếp nơi đỗ xe ven hồ cho khách.
- Tổng hợp kết quả thực hiện, báo cáo UBND tỉnh (qua Sở Du lịch) trước ngày 20/12/2024.
2. Trạm Y tế xã
Cử người trực tại bến thuyền trong các ngày lễ, chuẩn bị thuốc men và áo phao cho khách đi thuyền.
3. Trưởng các thôn
- Vận động bà con giữ vệ sinh ven hồ, không để gia súc xuống bến thuyền trong những ngày đông khách.
Trên đây là Kế hoạch phát triển du lịch năm 2024 của xã./.
"""
)
Layout = Callable[[str], str]


def wrapped(width: int) -> Layout:
    def wrap(text: str) -> str:
        lines = text.split("\n")
        return "\n".join(
            line if "\t" in line else textwrap.fill(line, width, break_on_hyphens=False) for line in lines
        )

    return wrap


WIDTHS = (40, 43, 46, 50, 52, 53, 56, 59, 60, 65, 70, 75, 80, 90, 100, 110, 120)
LAYOUTS: dict[str, Layout] = {
    **{f"at {width} columns": wrapped(width) for width in WIDTHS},
    "blank lines dropped": lambda text: re.sub(r"\n{2,}", "\n", text),
    "blank lines doubled": lambda text: re.sub(r"\n+", "\n\n\n", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "unbreakable spaces": lambda text: re.sub(r"(?<=\w) (?=\w)", "\u00a0", text),
    "soft hyphens": lambda text: text.replace("thực hiện", "thực\u00ad hiện"),
    "other hyphens": lambda text: re.sub(r"(?<= )-(?= )|(?<=\w)-(?=\w)", "\u2011", text),
    "minus signs": lambda text: text.replace(" - ", " \u2212 "),
    "eth for Đ": lambda text: text.replace("Đ", "\u00d0"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
}


def read_from(plan: Plan) -> list[object]:
    return [plan.head, plan.units, plan.duties, plan.activities, plan.reports]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["commune", *SAMPLE])
def test_the_layout_changes_nothing(name: str, layout: str, register: Register) -> None:
    text = COMMUNE if name == "commune" else source(name)[0].read_text(encoding="utf-8")
    assert read_from(read_text(LAYOUTS[layout](text), register)) == read_from(read_text(text, register))


def test_items_from_a_hundred_on_are_items(register: Register) -> None:
    items = "".join(f"{n}. Sở Du lịch: Mở lớp thứ {n}.\n" for n in range(1, 100))
    plan = read_text(
        f"{HEAD}III. TỔ CHỨC THỰC HIỆN\n{items}100. Sở Y tế: Trực.\n101. Công an tỉnh: Gác.\n", register
    )
    assert [(duty.section, duty.unit) for duty in plan.duties[-2:]] == [
        ("III.100", "Sở Y tế"),
        ("III.101", "Công an tỉnh"),
    ]
