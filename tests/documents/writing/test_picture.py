"""The status picture: what is on which page, and that it can be read: in any colours, in Vietnamese."""

import io
import itertools
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from documents.writing.board import Board, BoardUnit, Tile, pages_of, worst_first
from documents.writing.drawing import WIDTH, font, wrapped
from documents.writing.picture import draw_status
from documents.writing.symbols import symbol
from domain.assignments.lifecycle import Timeliness

ALL: tuple[Timeliness, ...] = get_args(Timeliness)
RED, GREEN, AMBER = (198, 40, 40), (46, 125, 50), (249, 168, 37)
VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"


def unit(name: str, *lights: Timeliness) -> BoardUnit:
    return BoardUnit(name, tuple(Tile(f"1.{n}", light) for n, light in enumerate(lights, 1)))


def board(*units: BoardUnit) -> Board:
    return Board(
        title="Kế hoạch công tác thông tin đối ngoại tỉnh Hà Khê năm 2026",
        subtitle="Số 17/KH-UBND · hạn 15/6/2026",
        day="Đến 8 giờ 30, 10/6/2026",
        units=units,
        legend=(("overdue", "Quá hạn"), ("in_time", "Trong hạn"), ("done_in_time", "Đúng hạn")),
        paging="Trang {page}/{pages}",
    )


def images(drawn: tuple[bytes, ...]) -> list[Image.Image]:
    found = [Image.open(io.BytesIO(one)) for one in drawn]
    assert {image.format for image in found} == {"PNG"}
    return [image.convert("RGB") for image in found]


def pixels(image: Image.Image, colour: tuple[int, int, int]) -> int:
    found = image.getcolors(image.width * image.height) or []
    return sum(count for count, shade in found if shade == colour)


def test_a_page_is_as_wide_as_a_phone_and_holds_forty_units() -> None:
    drawn = images(draw_status(board(*(unit(f"Đơn vị {n}", "in_time") for n in range(41)))))
    assert [image.width for image in drawn] == [1080, 1080]
    assert drawn[0].height < 3000
    assert drawn[1].height < drawn[0].height / 3
    assert len(draw_status(board(*(unit(f"Đơn vị {n}", "in_time") for n in range(40))))) == 1


def test_units_with_very_many_duties_do_not_make_a_page_that_messengers_refuse() -> None:
    busy = [unit(f"Đơn vị {n}", *ALL * 9) for n in range(40)]
    drawn = images(draw_status(board(*busy)))
    assert len(drawn) > 1
    assert all(image.width + image.height < 10_000 for image in drawn)
    assert sum(len(page.units) for page in pages_of(board(*busy))) == 40


def test_the_worst_come_first() -> None:
    units = [
        unit("xong", "done_in_time", "done_late"),
        unit("nửa chừng", "done_in_time", "in_time"),
        unit("chưa làm", "in_time", "in_time"),
        unit("hôm nay", "due", "done_in_time"),
        unit("quá một", "overdue", "done_in_time"),
        unit("quá hai", "overdue", "overdue"),
        unit("không việc"),
    ]
    names = [board_unit.name for board_unit in worst_first(units)]
    assert names == ["quá hai", "quá một", "hôm nay", "chưa làm", "nửa chừng", "xong", "không việc"]


def test_the_worst_come_first_over_all_pages_and_the_counts_are_of_the_whole() -> None:
    units = [unit(f"Đơn vị {n}", "in_time", "done_in_time") for n in range(79)]
    first, second = pages_of(board(*units, unit("Sở Y tế", "overdue")))
    assert first.units[0].name == "Sở Y tế"
    assert (first.paging, second.paging) == ("Trang 1/2", "Trang 2/2")
    assert first.counts == second.counts == {"overdue": 1, "in_time": 79, "done_in_time": 79}


def test_one_page_has_no_number() -> None:
    (page,) = pages_of(board(unit("Sở Y tế", "due")))
    assert page.paging == ""


COLOURS: dict[Timeliness, tuple[int, int, int] | None] = {
    "overdue": RED,
    "due": AMBER,
    "done_in_time": GREEN,
    "in_time": None,
}


@pytest.mark.parametrize("light", COLOURS)
def test_lights_have_the_colours_of_traffic_lights(light: Timeliness) -> None:
    (image,) = images(draw_status(replace(board(unit("Sở Y tế", light)), legend=())))
    seen = [colour for colour in (RED, AMBER, GREEN) if pixels(image, colour) > 50]
    assert seen == [colour for colour in (COLOURS[light],) if colour]


def shape(light: Timeliness) -> Image.Image:
    """The sign without its colour: what is drawn, and what is left out."""
    white = Image.new("RGBA", (56, 56), "white")
    white.alpha_composite(symbol(light, 56))
    return white.convert("L").point(lambda level: 255 * (level > 200))


@pytest.mark.parametrize(("timeliness", "other"), tuple(itertools.combinations(ALL, 2)))
def test_each_light_has_a_shape_of_its_own(timeliness: Timeliness, other: Timeliness) -> None:
    pairs = zip(shape(timeliness).tobytes(), shape(other).tobytes(), strict=True)
    unlike = sum(a != b for a, b in pairs)
    assert unlike > 0.1 * 56 * 56


@pytest.mark.parametrize("bold", [False, True])
def test_the_font_has_every_letter_of_vietnamese(bold: bool) -> None:
    face = font(40, bold)
    missing = bytes(face.getmask("\uffff"))
    for char in VIETNAMESE + VIETNAMESE.upper() + "·…–“”":
        assert bytes(face.getmask(char)) != missing, char
        assert bytes(face.getmask(char)), char


def test_the_font_ships_with_the_program_and_its_licence() -> None:
    shipped = Path(__file__).parents[3] / "config" / "fonts"
    for bold in (False, True):
        assert Path(str(font(20, bold).path)).parent == shipped
    assert "Permission is hereby granted" in (shipped / "LICENSE-DejaVu.txt").read_text(encoding="utf-8")


def test_a_long_name_takes_two_lines_and_no_more() -> None:
    name = "Liên hiệp các tổ chức hữu nghị tỉnh Hà Khê và các hội thành viên ở các xã vùng cao biên giới"
    lines = wrapped(name, 25, 372, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert name.startswith(lines[0])
    assert wrapped("Sở Y tế", 25, 372, 2) == ["Sở Y tế"]
    (endless,) = wrapped("x" * 300, 25, 372, 2)
    assert endless.endswith("x…")
    for line in (*lines, endless):
        assert font(25, bold=False).getlength(line) <= 372


def test_nothing_runs_over_the_edge() -> None:
    rude = board(unit("x" * 300 + "\n\x00", *ALL), unit("Sở Y tế"))
    (image,) = images(draw_status(replace(rude, title="Kế hoạch " * 60, subtitle="y" * 400)))
    margin = image.crop((WIDTH - 20, 0, WIDTH, 250))
    assert set(margin.tobytes()) == {255}


def test_without_units_there_is_a_page_that_says_which_plan_and_day() -> None:
    (image,) = images(draw_status(board()))
    assert image.height < 600
    assert pixels(image, (17, 17, 17)) > 500
