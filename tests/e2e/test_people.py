"""Who comes to the bot, and what each of them gets: a morning on which the plan is live."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from tests.botapi import BotApi, User
from tests.e2e.kit import Office, Warm, installed, joins, serving, texts

MORNING, AN_HOUR_LATER = "2026-06-04T08:00+07:00", "2026-06-04T09:01+07:00"
CULTURE, JUSTICE, HEALTH = "Sở Văn hóa, Thể thao và Du lịch", "Sở Tư pháp", "Sở Y tế"
_CHATS = count(301)
TO_A_STRANGER = "Anh/chị cần mã tham gia do đơn vị tổng hợp cấp; gõ: /start MÃ"


@dataclass
class Town:
    """The program running, and two people who have joined."""

    office: Office
    api: BotApi
    coordinator: User
    justice: User


@pytest.fixture(scope="module")
def town(warm: Warm, imported: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One morning, shared: each test brings people of its own."""
    folder = tmp_path_factory.mktemp("town")
    with serving() as api, installed(warm, folder, api) as office:
        office.database.write_bytes(imported)
        people = office.seats({201: (CULTURE, "coordinator"), 202: (JUSTICE, "focal")})
        with office.running(MORNING):
            people[1].wait_for("Sở Tư pháp có 1 việc cần báo cáo")
            yield Town(office, api, *people)


class TestAStranger:
    @pytest.mark.parametrize(
        "text", ["/start", "/help", "/viec", "/tinhhinh", "/tonghop", "/nothing", "chào em", "1 đã xong"]
    )
    def test_learns_only_how_to_ask_for_a_code(self, town: Town, text: str) -> None:
        stranger = town.api.user(next(_CHATS), "Người lạ")
        stranger.types(text)
        stranger.wait_for(TO_A_STRANGER)
        assert len(stranger.messages) == 1
        assert "17/KH-UBND" not in texts(stranger)[0]

    def test_who_sends_a_file_learns_no_more(self, town: Town) -> None:
        stranger = town.api.user(320)
        stranger.uploads("ke-hoach.txt", b"noi dung")
        stranger.wait_for(TO_A_STRANGER)
        assert len(stranger.messages) == 1

    def test_is_shut_out_for_an_hour_after_ten_wrong_codes(self, office: Office) -> None:
        """Six messages a minute are heard from a stranger; a program that starts anew counts anew."""
        guesser = office.api.user(330)
        code = office.code(HEALTH, "focal")
        for guesses in (range(5), range(5, 10)):
            with office.running(MORNING):
                for guess in guesses:
                    guesser.types(f"/start ABCD-22{guess:02}")
                    guesser.wait_for("Mã này không đúng")
        with office.running(MORNING):
            guesser.types(f"/start {code}")
            guesser.wait_for("Đề nghị thử lại sau một giờ")
        with office.running(AN_HOUR_LATER):
            joins(guesser, code)


class TestJoining:
    def test_typing_agrees_as_well_as_the_button(self, town: Town) -> None:
        user = town.api.user(340, "Nông Thị Hoa")
        user.types(f"/start {town.office.code(HEALTH, 'focal')}")
        notice = user.wait_for("đầu mối của Sở Y tế")
        assert notice.labels == ["Đồng ý", "Không"]
        assert "chương trình lưu" in notice.text
        user.types("để tôi xem đã")
        user.wait_for("Để tham gia, chọn Đồng ý")
        user.types("đồng ý")
        user.wait_for("Cảm ơn anh/chị Nông Thị Hoa. Từ nay anh/chị là đầu mối của Sở Y tế")

    def test_who_declines_is_not_kept_and_the_code_still_serves(self, town: Town) -> None:
        user, code = town.api.user(341), town.office.code(HEALTH, "leader")
        user.types(f"/start {code}")
        user.wait_for("lãnh đạo phụ trách")
        user.presses("Không")
        user.wait_for("Chưa lưu gì về anh/chị")
        user.types("/viec")
        user.wait_for(TO_A_STRANGER)
        joins(town.api.user(342), code)

    def test_a_code_serves_one_person_only(self, town: Town) -> None:
        code = town.office.code("Sở Nội vụ", "focal")
        joins(town.api.user(343), code)
        late = town.api.user(344)
        late.types(f"/start {code}")
        late.wait_for("Mã này không đúng, đã dùng hoặc đã hết hạn")

    def test_the_menu_is_a_strangers_until_one_has_joined(self, town: Town) -> None:
        user = town.api.user(345)
        assert [command for command, _ in user.menu] == ["start", "help"]
        joins(user, town.office.code("Sở Xây dựng", "focal"))
        town.api.wait_until(lambda: "viec" in dict(user.menu))
        assert {"viec", "capnhat", "trogiup"} <= dict(user.menu).keys()
        assert "start" not in dict(user.menu)

    def test_a_member_sees_only_their_own_unit(self, town: Town) -> None:
        town.justice.types("/tinhhinh")
        assert "Sở Nội vụ" not in town.justice.wait_for("Sở Tư pháp").text
        town.justice.types("/tonghop")
        assert "Sở Nội vụ" not in town.justice.wait_for("Tổng hợp kết quả").text


class TestALaterDate:
    def test_is_wished_for_granted_with_a_tap_and_told_to_who_asked(self, town: Town) -> None:
        asks, grants = town.justice, town.coordinator
        asks.presses("1 Xin gia hạn")
        offered = asks.wait_for("xin lùi đến ngày nào")
        assert offered.labels == ["18/6", "22/6", "29/6"]
        asks.presses("22/6")
        asks.wait_for("đã chuyển đơn vị tổng hợp")
        wish = grants.wait_for("Sở Tư pháp xin gia hạn")
        assert "từ 15/6/2026 đến 22/6/2026" in wish.text
        grants.presses("Đồng ý gia hạn")
        grants.wait_for("Đã đồng ý: Sở Tư pháp")
        asks.wait_for("hạn mới 22/6/2026 (hạn gốc 15/6/2026)")
        grants.presses("Không đồng ý")
        grants.wait_for("đã được trả lời rồi")
        asks.types("/viec")
        asks.wait_for("hạn 22/6")
