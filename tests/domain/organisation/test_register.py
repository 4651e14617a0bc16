"""Who is meant: names, abbreviations, slips, groups, bodies that came and went."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from domain.organisation.register import EVERYONE, Group, Register, Unit
from domain.organisation.register_file import RegisterError, parse_register

ROOT = Path(__file__).parents[3]
BEFORE = date(2020, 1, 1)
SINCE = date(2026, 1, 1)


@pytest.fixture(scope="module")
def register() -> Register:
    return parse_register(tomllib.loads((ROOT / "config" / "units.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Sở Thông tin và Truyền thông", "Sở Thông tin và Truyền thông"),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở Truyền Thông và Thông tin", "Sở Thông tin và Truyền thông"),
        ("Sở Văn hóa TT và DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở văn hoá, thể thao và du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở VH-TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Ban Tuyên giáo Tỉnh uỷ", "Ban Tuyên giáo Tỉnh ủy"),
        ("Uỷ ban nhân dân tỉnh", "UBND tỉnh"),
        ("Đài Phát thanh - Truyền hình tỉnh Hà Khê", "Đài Phát thanh - Truyền hình tỉnh"),
        ("Đài PT-TH", "Đài Phát thanh - Truyền hình tỉnh"),
        ("Bộ chỉ huy Quân sự tỉnh", "Bộ Chỉ huy Quân sự tỉnh"),
        ("BCH Bộ đội Biên phòng tỉnh", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"),
        ("Bộ Chỉ huy Bộ đội Biên phòng", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"),
        ("Ủy ban MTQVN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("SO TAI CHINH", "Sở Tài chính"),
    ],
)
def test_a_body_is_found_by_any_of_its_spellings(register: Register, written: str, name: str) -> None:
    found = register.find(written)
    assert found is not None
    assert found.name == name


def test_an_abbreviation_of_two_bodies_finds_neither_and_tells_both(register: Register) -> None:
    assert register.find("SNV") is None
    assert {unit.name for unit in register.candidates("SNV")} == {"Sở Nội vụ", "Sở Ngoại vụ"}


@pytest.mark.parametrize("written", ["Sở Vũ trụ", "", "UBND thị xã Hà Khê", "UBND", "tình đoàn kết"])
def test_what_the_register_lacks_is_not_found(register: Register, written: str) -> None:
    assert register.find(written) is None


def test_every_successor_exists_when_the_work_comes_to_it(register: Register) -> None:
    for unit in register.units:
        if unit.until:
            assert register.successor(unit, SINCE).exists(SINCE), unit.name


def test_a_body_that_still_exists_has_its_own_work(register: Register) -> None:
    office = register.find("Sở Thông tin và Truyền thông")
    assert office is not None
    assert register.successor(office, BEFORE) is office
    assert register.successor(office, SINCE).name == "Sở Khoa học và Công nghệ"


COMMUNES = tuple(Unit(f"UBND xã {name}", tags=frozenset({"ubnd-xa"})) for name in ("Bản Mây", "Vọng Vân"))
DISTRICTS = tuple(
    Unit(f"UBND huyện {name}", tags=frozenset({"ubnd-huyen"}), until=date(2025, 6, 30))
    for name in ("Lam", "Trà")
)


def names(units: tuple[Unit, ...] | None) -> set[str]:
    assert units is not None
    return {unit.name for unit in units}


def test_a_group_means_the_members_that_bear_its_tags_on_that_day(register: Register) -> None:
    members = (*register.units, *DISTRICTS, *COMMUNES)
    expression = "Các sở, ban, ngành, UBND các huyện, thị xã, thành phố"
    meant = names(register.expand(expression, members, BEFORE))
    assert {"Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Công an tỉnh", "UBND huyện Lam"} <= meant
    assert not meant & {"Sở Nông nghiệp và Môi trường", "UBND xã Bản Mây", "Bộ Ngoại giao", "Tỉnh đoàn"}
    later = names(register.expand(expression, members, SINCE))
    assert "Sở Kế hoạch và Đầu tư" not in later
    assert "UBND huyện Lam" not in later
    assert names(register.expand("UBND các xã, phường", members, SINCE)) == {u.name for u in COMMUNES}


@pytest.mark.parametrize(
    "expression",
    ["các đơn vị liên quan", "Các cơ quan, đơn vị có liên quan", "các sở, ban, ngành…", "các nhà hảo tâm"],
)
def test_an_open_expression_means_nobody(register: Register, expression: str) -> None:
    assert register.expand(expression, register.units, SINCE) is None


def test_a_group_with_a_named_body_in_it_means_that_body_too(register: Register) -> None:
    expression = "Hội hữu nghị Việt - Lào tỉnh và các sở"
    meant = names(register.expand(expression, register.units, SINCE))
    assert {"Hội hữu nghị Việt - Lào tỉnh", "Sở Tài chính"} <= meant
    assert "Tỉnh đoàn" not in meant


def test_whoever_the_plan_gives_work_to_is_meant_by_the_general_words(register: Register) -> None:
    assert register.means_everyone("Các cơ quan, đơn vị")
    assert not register.means_everyone("Các sở, ban, ngành")
    assert not register.means_everyone("các cơ quan, đơn vị có liên quan")


@pytest.mark.parametrize(
    "expression",
    [
        "Các sở, ban, ngành",
        "UBND các huyện, thành phố",
        "UBND huyện, thành phố",
        "UBND xã",
        "một số sở, ngành",
    ],
)
def test_an_expression_for_many_is_a_group(register: Register, expression: str) -> None:
    assert register.is_group(expression)


@pytest.mark.parametrize("name", ["UBND thị xã Sa Mây", "Sở Tài chính", "UBND tỉnh", "Tạp chí Sông Khê"])
def test_one_body_is_no_group(register: Register, name: str) -> None:
    assert not register.is_group(name)


@pytest.mark.parametrize(
    ("name", "tag", "standing"),
    [
        ("Sở Vũ trụ", "so", "local"),
        ("UBND thị xã Sa Mây", "ubnd-huyen", "local"),
        ("Uỷ ban nhân dân huyện Lam", "ubnd-huyen", "local"),
        ("UBND phường Hà Khê", "ubnd-xa", "local"),
        ("Báo Hà Khê", "bao-chi", "local"),
        ("Tạp chí Sông Khê", "bao-chi", "local"),
        ("Bộ Chỉ huy Vùng", "luc-luong-vu-trang", "local"),
        ("Ban Kinh tế Tỉnh uỷ", "dang", "party"),
        ("Huyện ủy Lam", "huyen-uy", "party"),
    ],
)
def test_an_unknown_body_is_known_by_its_kind(register: Register, name: str, tag: str, standing: str) -> None:
    unit = register.infer(name)
    assert (unit.name, unit.standing) == (name, standing)
    assert tag in unit.tags


@pytest.mark.parametrize(
    "name",
    [
        "Bộ Ngoại giao",
        "Bộ Hàng hải",
        "Cục Báo chí",
        "Thông tấn xã Việt Nam",
        "VTV",
        "VOV",
        "Báo Nhân dân",
        "PACCOM",
    ],
)
def test_central_bodies_are_outside_the_province(register: Register, name: str) -> None:
    assert register.is_central(name)


@pytest.mark.parametrize("name", ["Bộ Chỉ huy Quân sự tỉnh", "Báo Hà Khê", "Cục Thuế tỉnh", "Sở Tài chính"])
def test_the_bodies_of_the_province_are_not_central(register: Register, name: str) -> None:
    assert not register.is_central(name)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"unit": [{"tags": ["so"]}]}, "no name"),
        ({"unit": [{"name": "Sở A", "tag": ["so"]}]}, "Sở A.*tag"),
        ({"unit": [{"name": "Sở A", "tags": "so"}]}, "Sở A.*tags"),
        ({"unit": [{"name": "Sở A", "since": "1/3/2025"}]}, "Sở A.*since"),
        ({"unit": [{"name": "Sở A", "standing": "foreign"}]}, "Sở A.*standing"),
        ({"unit": [{"name": "Sở A", "successor": "Sở B"}]}, "Sở A.*Sở B"),
        ({"unit": [{"name": "Sở A"}, {"name": "Sở A"}]}, "Sở A.*twice"),
        ({"unit": {"name": "Sở A"}}, "unit.*list"),
        ({"group": [{"phrases": ["các sở"]}]}, "các sở"),
    ],
)
def test_a_malformed_entry_is_named(data: dict[str, object], complaint: str) -> None:
    with pytest.raises(RegisterError, match=complaint):
        parse_register(data)


HEADS = Register(
    (
        Unit("Sở Y tế", tags=frozenset({"so"})),
        Unit("UBND huyện Ba Khe", tags=frozenset({"ubnd-huyen"})),
        Unit("UBND tỉnh", spellings=("Chủ tịch UBND tỉnh",)),
        Unit("Văn phòng UBND tỉnh"),
    ),
    (
        Group(("các sở, ban, ngành",), frozenset({"so"})),
        Group(("UBND các huyện, thành phố", "Ủy ban nhân dân cấp huyện"), frozenset({"ubnd-huyen"})),
        Group(("các cơ quan, đơn vị",), frozenset({EVERYONE})),
    ),
)


@pytest.mark.parametrize(
    ("expression", "members"),
    [
        ("Thủ trưởng các sở, ban, ngành", ["Sở Y tế"]),
        ("Chủ tịch UBND các huyện, thành phố", ["UBND huyện Ba Khe"]),
        ("Chủ tịch Ủy ban nhân dân cấp huyện", ["UBND huyện Ba Khe"]),
        (
            "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các huyện, thành phố",
            ["Sở Y tế", "UBND huyện Ba Khe"],
        ),
    ],
)
def test_who_leads_each_of_a_group_means_the_group(expression: str, members: list[str]) -> None:
    assert HEADS.is_group(expression)
    expanded = HEADS.expand(expression, HEADS.units, date(2024, 1, 1))
    assert expanded is not None
    assert [unit.name for unit in expanded] == members


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Giám đốc Sở Y tế", "Sở Y tế"),
        ("Chánh Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
        ("Trưởng thôn", None),
    ],
)
def test_who_leads_a_body_means_the_body(name: str, unit: str | None) -> None:
    found = HEADS.find(name)
    assert (found.name if found else None) == unit
    assert not HEADS.is_group(name)


def test_who_leads_whoever_has_work_means_everyone() -> None:
    assert HEADS.means_everyone("Người đứng đầu các cơ quan, đơn vị")
