from typing import Any

import pytest

from config.files import FOLDER, load_toml
from domain.reporting.report_kinds import BadReports, formal, is_under, parse_reports, place_of

CULTURE = "Sở Văn hóa, Thể thao và Du lịch"


def test_what_the_program_ships_can_be_read_and_its_templates_are_there() -> None:
    reports = parse_reports(load_toml("reports.toml"))
    assert reports.office(CULTURE, "UBND tỉnh Hà Khê").suffix == "BC-SVHTTDL"
    assert all((FOLDER / "templates" / definition.template).is_file() for definition in reports.definitions)


def test_a_letterhead_is_put_together_from_the_entries_that_fit_the_first_of_them_first() -> None:
    reports = parse_reports(
        {
            "office": [
                {"unit": "Sở Y tế", "place": "Hà Khê"},
                {"begins": "Sở", "signer": ["Giám đốc"], "place": "Nơi khác"},
                {"issuer": "UBND tỉnh Khác", "superior": "UBND tỉnh Khác"},
            ]
        }
    )
    office = reports.office("sở y tế", "UBND tỉnh Hà Khê")
    assert (office.place, office.signer, office.superior) == ("Hà Khê", ("Giám đốc",), None)
    assert reports.office("Sở Tài chính", "").place == "Nơi khác"
    assert reports.office("Công an tỉnh", "UBND tỉnh Khác").superior == "UBND tỉnh Khác"


def test_a_report_is_found_by_its_key_or_its_name_in_any_spelling() -> None:
    reports = parse_reports({"report": [{"key": "bao-chi", "name": "Báo cáo báo chí"}]})
    assert reports.named("bao-chi") == reports.named("BAO CAO bao chi") == reports.definitions[0]
    assert reports.named("bao") is None


def test_a_report_takes_its_parts_and_of_these_what_has_its_words() -> None:
    (report,) = parse_reports(
        {"report": [{"key": "a", "name": "A", "parts": ["II.3"], "words": ["báo chí"]}]}
    ).definitions
    assert report.takes("II.3.4.a", "Hợp tác với các cơ quan báo chí", "Sản xuất phóng sự")
    assert not report.takes("II.3.1", "Cổng thông tin", "Mở giao diện")
    assert not report.takes("II.30", "Hợp tác với báo chí", "")


def test_a_part_is_not_another_that_begins_alike() -> None:
    assert is_under("II.3", "II")
    assert not is_under("III.3", "II")
    assert is_under("Phụ lục I.4", "phụ lục i")
    assert not is_under("Phụ lục II.4", "Phụ lục I")


def test_names_and_places_as_they_stand_in_a_head() -> None:
    assert place_of("UBND tỉnh Hà Khê") == "Hà Khê"
    assert place_of("UBND thành phố Sông Khê") == "Sông Khê"
    assert place_of("Tỉnh ủy") is None
    assert formal("UBND tỉnh Hà Khê") == "Ủy ban nhân dân tỉnh Hà Khê"
    assert formal("Văn phòng UBND tỉnh") == "Văn phòng UBND tỉnh"


BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"offices": []}, "offices"),
    ({"office": {}}, r"\[\[office\]\]"),
    ({"office": [{"unit": "Sở Y tế", "sign": "x"}]}, "office Sở Y tế: sign"),
    ({"office": [{"unit": "Sở Y tế", "signer": "Giám đốc"}]}, "signer is no list"),
    ({"office": [{"unit": "Sở Y tế", "place": ""}]}, "place is no text"),
    ({"report": [{"key": "A B", "name": "A"}]}, "a key is"),
    ({"report": [{"key": "a"}]}, "report a: name"),
    ({"report": [{"key": "a", "name": "A", "round": "week"}]}, "round is one of"),
    ({"report": [{"key": "a", "name": "A", "template": "../x.docx"}]}, "template"),
    ({"report": [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]}, "there are two"),
    ({"report": [{"key": "a", "name": "A", "parts": [1]}]}, "parts is no text"),
)


@pytest.mark.parametrize(("data", "told"), BAD)
def test_what_is_wrong_in_the_file_is_named(data: dict[str, Any], told: str) -> None:
    with pytest.raises(BadReports, match=told):
        parse_reports(data)
