"""Paragraphs that were broken at a width are put together again, and not with the next one."""

import textwrap

import pytest

from documents.reading import read_plan, read_text
from domain.organisation.register import Register
from tests.documents.making import COLUMNS, Pages
from tests.documents.reading.test_layouts import HEAD

PARAGRAPHS = (
    "Sở Du lịch chủ trì xây dựng kế hoạch đón khách, bố trí người trực tại các bến thuyền và báo kết quả.",
    "Sở Y tế cử cán bộ khám sức khỏe cho người chèo thuyền, cấp thuốc cho các trạm ven hồ trong mùa lễ hội.",
    "Công an tỉnh phối hợp giữ trật tự tại các bến thuyền, hướng dẫn khách đi lại an toàn trong ngày lễ.",
    "Sở Tài chính cân đối kinh phí cho các hoạt động nêu trên, trình cấp có thẩm quyền xem xét, quyết định.",
    "Các sở, ban, ngành và UBND các xã, phường cử người tham gia, tuyên truyền đến nhân dân trên địa bàn.",
)
BODIES = ["Sở Du lịch", "Sở Y tế", "Công an tỉnh", "Sở Tài chính"]


def wrapped(width: int, *, indent: str = "") -> str:
    lines = [textwrap.fill(paragraph, width, initial_indent=indent) for paragraph in PARAGRAPHS]
    return f"{HEAD}III. TỔ CHỨC THỰC HIỆN\n" + "\n".join(lines)


@pytest.mark.parametrize("width", range(50, 106))
def test_a_paragraph_that_ends_at_the_margin_does_not_swallow_the_next_body(
    width: int, register: Register
) -> None:
    plan = read_text(wrapped(width), register)
    assert [duty.text for duty in plan.duties] == list(PARAGRAPHS)
    assert [duty.unit for duty in plan.duties][:4] == BODIES


@pytest.mark.parametrize("width", range(50, 106, 5))
def test_an_indented_line_begins_a_paragraph_whatever_it_opens_with(width: int, register: Register) -> None:
    words = "Rà soát các bến thuyền, thay phao cũ và kẻ lại vạch neo đậu trước mùa lễ hội đầu xuân."
    full = next(words[:end] for end in range(width, 0, -1) if words[end : end + 1] in (" ", ""))
    lines = [
        f"    {full[:-1].rstrip(',')}.",
        *(f"    {textwrap.fill(line, width)}" for line in PARAGRAPHS[1:]),
    ]
    body = "\n".join(["III. TỔ CHỨC THỰC HIỆN", "1. Sở Du lịch", *lines[:1] * 3, "2. Sở Y tế", *lines[1:]])
    plan = read_text(HEAD + body, register)
    assert sum(duty.unit == "Sở Du lịch" for duty in plan.duties) == 3


def test_a_sentence_that_ends_at_the_margin_goes_on_in_its_paragraph(register: Register) -> None:
    first, second = (
        "Chủ trì mở lớp dạy chèo thuyền cho thanh niên ven hồ.",
        "Việc mở lớp do hội làng giúp sức.",
    )
    body = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- {first}\n{second}\n" + "\n".join(
        textwrap.fill(f"- {paragraph}", len(first) + 2) for paragraph in PARAGRAPHS
    )
    assert read_text(HEAD + body, register).duties[0].text == f"{first} {second}"


def test_on_a_page_a_body_begins_its_paragraph_though_the_line_before_is_full(register: Register) -> None:
    pages = Pages()
    for line in [*HEAD.splitlines(), "III. TỔ CHỨC THỰC HIỆN"]:
        pages.paragraph(line)
    for paragraph in PARAGRAPHS:
        first, *_ = textwrap.wrap(paragraph, COLUMNS - 1)
        pages.paragraph(f"{first.rstrip(',.')}".ljust(COLUMNS - 1, "a") + ".")
    plan = read_plan(pages.file(), "a.pdf", register)
    assert [duty.unit for duty in plan.duties][:4] == BODIES
