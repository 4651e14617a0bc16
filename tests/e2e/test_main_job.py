"""The main job, from a plan to a compiled summary, as the people of a province live it."""

from pathlib import Path

import openpyxl
import pytest

from tests.botapi import User
from tests.e2e.kit import PLAN, UNITS, Office, joins, lines_with, nudges, texts

EVENING = "2026-06-03T18:00+07:00"
SEVEN_DAYS_BEFORE = "2026-06-04T08:00+07:00"
THE_DAY_AFTER = "2026-06-05T08:00+07:00"
DUE_DAY = "2026-06-15T08:00+07:00"
CULTURE, HEALTH, BORDER = "Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "UBND xã Sương Lĩnh"
FOREIGN = "Sở Ngoại vụ"

ASK = ("Hỏi đơn vị tổng hợp", "Không phải việc của đơn vị tôi")


class TestAtTheCommandLine:
    def test_a_plan_is_imported_once_however_often_it_is_given(self, empty: Office) -> None:
        empty.does("unit", "import", UNITS, "--yes")
        kept = ("plan", "import", PLAN, "--dates", "keep", "--json")
        first = empty.does(*kept, as_of="2026-05-04T08:00+07:00").json
        assert (first["number"], first["coordinator"], first["state"]) == ("17/KH-UBND", CULTURE, "live")
        assert first["imported"] is True
        again = empty.does("plan", "import", PLAN, "--json", as_of="2026-07-01T08:00+07:00").json
        assert again == {**first, "imported": False, "dates": []}
        (listed,) = empty.does("plan", "list", "--json").json
        assert listed.items() <= first.items()

    def test_the_register_lists_the_provinces_own_units(self, office: Office) -> None:
        units = {unit["name"]: unit for unit in office.does("unit", "list", "--json").json}
        assert "xã Sương Lĩnh" in units[BORDER]["spellings"]
        assert {CULTURE, HEALTH, FOREIGN} <= units.keys()

    def test_codes_for_every_unit_that_has_nobody_go_into_a_workbook(
        self, office: Office, tmp_path: Path
    ) -> None:
        office.seats({1: (HEALTH, "focal")})
        office.does("invite", "--all", "--role", "focal", "--out", tmp_path / "ma.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "ma.xlsx").worksheets[0]
        _, *rows = sheet.iter_rows(values_only=True)
        named = {str(row[0]): str(row[2]) for row in rows}
        assert {FOREIGN, BORDER, "UBND phường Hà Khê"} <= named.keys()
        assert HEALTH not in named
        assert len(set(named.values())) == len(rows) > 40


class TestTheMainJob:
    @pytest.fixture
    def cast(self, office: Office) -> dict[str, User]:
        """The people, each of whom joins by a code in the evening before."""
        api = office.api
        cast = {
            "coordinator": api.user(101, "Lê Thu Hằng"),
            "health": api.user(102, "Nông Văn Đức"),
            "director": api.user(103, "Vi Thị Sen"),
            "border": api.user(104, "Sùng Thị Mỷ"),
            "chairman": api.user(105, "Lù A Páo"),
        }
        with office.running(EVENING):
            joins(cast["coordinator"], office.code(CULTURE, "coordinator"))
            joins(cast["health"], office.code("So Y te", "focal"))
            joins(cast["director"], office.code(HEALTH, "leader"))
            joins(cast["border"], office.code("xã Sương Lĩnh", "focal"))
            joins(cast["chairman"], office.code(BORDER, "leader"))
            assert [nudges(user) for user in cast.values()] == [[], [], [], [], []]
        return cast

    def test_from_an_imported_plan_to_a_compiled_summary(
        self, office: Office, cast: dict[str, User], tmp_path: Path
    ) -> None:
        with office.running(SEVEN_DAYS_BEFORE):
            self._everybody_is_asked_for_what_is_theirs(cast)
            self._they_answer(cast)
            self._the_coordinator_sees_it(cast["coordinator"])
        self._the_terminal_shows_it(office, tmp_path / "tong-hop.txt")
        before = {name: len(one.messages) for name, one in cast.items()}
        with office.running(THE_DAY_AFTER):
            cast["coordinator"].types("/help")
            cast["coordinator"].wait_for("/tinhhinh")
            assert {name for name, one in cast.items() if len(one.messages) > before[name]} == {"coordinator"}
        with office.running(DUE_DAY):
            self._who_is_silent_on_the_day_is_heard_of_by_the_leader(cast)

    def _everybody_is_asked_for_what_is_theirs(self, cast: dict[str, User]) -> None:
        asked = cast["health"].wait_for("Báo cáo 6 tháng đầu năm 2026")
        assert "hạn 15/6, còn 7 ngày làm việc" in asked.text
        assert asked.labels == ["1 Đã xong", "1 Đang làm", "1 Vướng", "1 Xin gia hạn", "Đã nhận", *ASK]
        both = cast["border"].wait_for("2. Báo cáo 6 tháng đầu năm 2026")
        assert "1. Chủ trì rà soát, làm mới các cụm pano" in both.text
        assert "quá 8 ngày làm việc" in both.text
        assert [label[:2] for label in both.labels[:8]] == ["1 "] * 4 + ["2 "] * 4
        assert both.labels[8:] == ["Báo cáo lần lượt", *ASK]
        late = cast["chairman"].wait_for("UBND xã Sương Lĩnh")
        assert "pano" in late.text
        assert "Báo cáo" not in late.text
        assert nudges(cast["director"]) == []

    def _they_answer(self, cast: dict[str, User]) -> None:
        border, health = cast["border"], cast["health"]
        border.presses("1 Đã xong")
        border.wait_for("Đã ghi việc 1: hoàn thành")
        border.types("2.1 da xong, BC so 87/BC-UBND")
        border.wait_for("Đã ghi việc 2.1: hoàn thành, 87/BC-UBND")
        health.types("duoc 60%, dang cho so lieu cua trung tam y te")
        health.wait_for("60%")

    def _the_coordinator_sees_it(self, coordinator: User) -> None:
        coordinator.types("/tinhhinh")
        status = coordinator.wait_for("17/KH-UBND").text
        assert lines_with(status, ["Hoàn thành đúng hạn 0 · quá hạn 1"])
        assert lines_with(status, [BORDER, "1/2", "đã có 1/"])
        assert lines_with(status, [HEALTH, "0/1"])
        assert lines_with(status, ["UBND xã Bản Mây", "chưa có đầu mối"])
        coordinator.types("/status")
        assert coordinator.wait_for("17/KH-UBND").text == status
        coordinator.types("/summary")
        summary = coordinator.wait_for("Tổng hợp kết quả 17/KH-UBND").text
        assert lines_with(summary, [BORDER, "da xong, BC so 87/BC-UBND"])
        assert lines_with(summary, [HEALTH, "duoc 60%, dang cho so lieu"])
        assert "Chưa báo cáo" in summary
        coordinator.types("/tonghop")
        assert coordinator.wait_for("Tổng hợp kết quả 17/KH-UBND").text == summary

    def _the_terminal_shows_it(self, office: Office, out: Path) -> None:
        (stands,) = office.does("status", "--json", as_of=SEVEN_DAYS_BEFORE).json
        by_unit = {unit["unit"]: unit for unit in stands["units"]}
        assert (by_unit[BORDER]["done"], by_unit[BORDER]["total"]) == (1, 2)
        assert stands["tally"]["done_late"] == 1
        office.does("summary", "--out", out, as_of=SEVEN_DAYS_BEFORE)
        assert lines_with(out.read_text(encoding="utf-8"), [BORDER, "da xong, BC so 87/BC-UBND"])

    def _who_is_silent_on_the_day_is_heard_of_by_the_leader(self, cast: dict[str, User]) -> None:
        cast["health"].wait_for("hôm nay")
        heard = cast["director"].wait_for("hôm nay")
        assert "Sở Y tế" in heard.text
        assert len(nudges(cast["director"])) == 1
        assert all("pano" not in text for text in nudges(cast["border"])[1:])
        cast["health"].types("1 đã xong, BC số 12/BC-SYT")
        cast["health"].wait_for("12/BC-SYT")
        cast["director"].types("/viec")
        cast["director"].wait_for("Đã hoàn thành: 1 việc")
        assert not any("Traceback" in text for user in cast.values() for text in texts(user))
