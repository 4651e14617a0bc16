"""One plan: one unit is reached on Telegram, another on Zalo, and each answers there."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.e2e.kit import PLAN, Office, joins, nudges
from tests.e2e.test_health import free_port
from tests.zaloapi import ZaloApi, ZaloUser

PUBLIC = "https://tinh.example/nhacviec"
EVENING = "2026-06-03T18:00+07:00"
SEVEN_DAYS_BEFORE = "2026-06-04T08:00+07:00"
CULTURE, HEALTH, FOREIGN = "Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "Sở Ngoại vụ"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n"


@pytest.fixture
def zalo(office: Office) -> Iterator[ZaloApi]:
    """A Zalo server that finds the office's web server behind its public address."""
    port = free_port()
    with ZaloApi() as api:
        api.state.proxied[PUBLIC] = f"http://127.0.0.1:{port}"
        office.settings |= {
            "NHACVIEC_ZALO_TOKENS": api.token,
            "NHACVIEC_ZALO_API_URL": api.url,
            "NHACVIEC_WEB_PORT": str(port),
            "NHACVIEC_WEB_URL": PUBLIC,
        }
        yield api
    assert api.token.partition(":")[2] not in office.printed()
    assert api.state.webhook is not None
    assert api.state.webhook[1] not in office.printed()


def joins_on_zalo(user: ZaloUser, code: str) -> None:
    user.types_once_asked(f"/start {code}")
    user.wait_for("1 Đồng ý")
    user.types_once_asked("1")
    user.wait_for("Từ nay anh/chị là")


def link_in(text: str, path: str) -> str:
    found = re.search(rf"{re.escape(PUBLIC)}/{path}/[\w-]+", text)
    assert found is not None, text
    return found[0]


def test_one_plan_on_two_messengers(office: Office, zalo: ZaloApi) -> None:
    assert PLAN.exists()
    coordinator, health = office.api.user(101, "Lê Thu Hằng"), zalo.user("z-102", "Nông Văn Đức")
    foreign = office.api.user(103, "Trần Minh Quân")
    near = zalo.state.proxied[PUBLIC]
    with office.running(EVENING):
        zalo.wait_until(lambda: zalo.state.webhook is not None)
        joins(coordinator, office.code(CULTURE, "coordinator"))
        joins(foreign, office.code(FOREIGN, "focal"))
        joins_on_zalo(health, office.code(HEALTH, "focal"))
    with office.running(SEVEN_DAYS_BEFORE) as program:
        asked = health.wait_for("Đã xong")
        office.waits_for(lambda: bool(nudges(foreign)), program)
        assert asked.text.count("Đã xong") >= 1
        assert any(style == "b" for _, _, style in asked.styles)
        health.types("1 Đã xong")
        health.wait_for("Đã ghi")
        foreign.types("2.1 được 60%")
        foreign.wait_for("Đã ghi")
        _a_file_comes_by_the_form(zalo, health, near)
        assert httpx.get(f"{near}/readyz", trust_env=False).status_code == 200
    shown = office.does("status", "--json").json
    assert HEALTH in str(shown)
    sent = office.does("nudges", "--on", "2026-06-04", "--json").json
    told = {str(row["channel"]).partition(":")[0] for row in sent if row["state"] == "sent"}
    assert {"telegram", "zalo"} <= told


def _a_file_comes_by_the_form(zalo: ZaloApi, user: ZaloUser, near: str) -> None:
    user.sends("message.voice.received", voice_url="https://zalo.example/a.aac")
    user.wait_for("tin thoại")
    user.sends("message.unsupported.received")
    link = link_in(user.wait_for("/gui/").text, "gui").replace(PUBLIC, f"{near}/nhacviec")
    with httpx.Client(trust_env=False) as browser:
        assert browser.get(link).status_code == 200
        sent = browser.post(
            link,
            files={"tep": ("bao cao.pdf", PDF)},
            data={"loi": "1"},
            headers={"Origin": "https://tinh.example"},
        )
    assert sent.status_code == 200
    user.wait_for("bao cao.pdf")
