"""One plan: units on Telegram, on Zalo, on e-mail, on the page, on two of them, on none."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.bot.web.page_kit import words
from tests.botapi import User
from tests.e2e.kit import Office, Running, joins, nudges
from tests.e2e.test_health import free_port
from tests.e2e.test_zalo import joins_on_zalo
from tests.mailserver import MailServer
from tests.mailserver.server import OWN, PASSWORD
from tests.zaloapi import ZaloApi, ZaloUser

EVENING, SEVEN_DAYS_BEFORE = "2026-06-03T18:00+07:00", "2026-06-04T08:00+07:00"
COMPILING = "Sở Văn hóa, Thể thao và Du lịch"
TELEGRAM, ZALO, MAIL = "Sở Ngoại vụ", "Sở Y tế", "Sở Tư pháp"
PAGE, TWO, NOBODY = "Sở Nội vụ", "Sở Công Thương", "Sở Xây dựng"
MAY = "may@sotuphap.example"
MINUTE = 60.0


@pytest.fixture
def zalo(office: Office) -> Iterator[ZaloApi]:
    with ZaloApi() as api:
        office.settings |= {
            "NHACVIEC_ZALO_TOKENS": api.token,
            "NHACVIEC_ZALO_API_URL": api.url,
            "NHACVIEC_ZALO_MODE": "polling",
            "NHACVIEC_WEB_PORT": str(free_port()),
        }
        yield api


@pytest.fixture
def mail(office: Office) -> Iterator[MailServer]:
    with MailServer() as server:
        server.opens(MAY)
        office.settings |= {
            "LOOKS_INTO_MAILBOX_EVERY": "1",  # of the tests' own: it is every twenty seconds
            "NHACVIEC_MAIL_ADDRESS": OWN,
            "NHACVIEC_MAIL_SMTP": f"smtp://127.0.0.1:{server.smtp_port}",
            "NHACVIEC_MAIL_IMAP": f"imap://{OWN.replace('@', '%40')}:{PASSWORD}@127.0.0.1:{server.imap_port}",
        }
        yield server


@pytest.fixture
def page(office: Office, zalo: ZaloApi) -> Iterator["OnThePage"]:
    browser = OnThePage(office.settings["NHACVIEC_WEB_PORT"])
    yield browser
    browser.browser.close()


class OnThePage:
    """Somebody with a browser and nothing else."""

    def __init__(self, port: str) -> None:
        url = f"http://127.0.0.1:{port}"
        headers = {"Origin": url}
        self.browser = httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=30)

    def joins(self, code: str) -> None:
        self.browser.post("/toi/vao", data={"key": code, "name": "Lò Thị Mây"})
        assert "Lò Thị Mây" in self.says("đồng ý")

    def says(self, text: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.browser.get("/toi").text)
        assert found is not None
        self.browser.post("/toi/noi", data={"csrf": found[1], "text": text})
        return words(self.browser.get("/toi"))


class ByMail:
    """Somebody with a mailbox and nothing else."""

    def __init__(self, office: Office, mail: MailServer) -> None:
        self.office, self.mail = office, mail

    def letter(self, count: int, program: Running) -> str:
        """The words of the letter that came as so many."""
        self.office.waits_for(lambda: len(self.mail.letters(MAY)) >= count, program, MINUTE)
        body = self.mail.letters(MAY)[-1].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def joins(self, code: str, program: Running) -> None:
        self.mail.writes(MAY, f"/start {code}", name="Lò Thị May")
        self.letter(1, program)
        self.mail.answers(MAY, "đồng ý", name="Lò Thị May")
        self.letter(2, program)


def links(telegram: User, zalo: ZaloUser) -> None:
    """Let somebody on Telegram have Zalo as well."""
    telegram.types("/lienket")
    code = telegram.wait_for("Mã nối kênh: ").text.partition("Mã nối kênh: ")[2][:9]
    zalo.types_once_asked(f"/start {code}")
    zalo.wait_for("Bùi Quốc Toản")


def test_each_unit_is_asked_and_answers_where_it_is(
    office: Office, zalo: ZaloApi, mail: MailServer, page: OnThePage
) -> None:
    coordinator, foreign = office.api.user(101, "Lê Thu Hằng"), office.api.user(102, "Trần Minh Quân")
    health, trade_zalo = zalo.user("z-103", "Nông Văn Đức"), zalo.user("z-105", "Bùi Quốc Toản")
    trade, justice = office.api.user(105, "Bùi Quốc Toản"), ByMail(office, mail)
    with office.running(EVENING) as program:
        joins(coordinator, office.code(COMPILING, "coordinator"))
        joins(foreign, office.code(TELEGRAM, "focal"))
        joins(trade, office.code(TWO, "focal"))
        joins_on_zalo(health, office.code(ZALO, "focal"))
        justice.joins(office.code(MAIL, "focal"), program)
        page.joins(office.code(PAGE, "focal"))
        links(trade, trade_zalo)
    with office.running(SEVEN_DAYS_BEFORE) as program:
        assert "Sở Tư pháp" in justice.letter(3, program)
        mail.answers(MAY, "1 xong, BC số 31/BC-STP")
        office.waits_for(lambda: bool(nudges(foreign)), program)
        health.wait_for("Đã xong")
        trade_zalo.wait_for("Đã xong")
        foreign.types("1 xong, BC số 12/BC-SNgV")
        foreign.wait_for("Đã ghi")
        health.types_once_asked("1 xong, BC số 13/BC-SYT")
        health.wait_for("Đã ghi")
        trade_zalo.types_once_asked("1 xong, BC số 14/BC-SCT")
        trade_zalo.wait_for("Đã ghi")
        page.says("/viec")
        assert "15/BC-SNV" in page.says("1 xong, BC số 15/BC-SNV")
        assert "31/BC-STP" in justice.letter(4, program)
        coordinator.types(f"/lienlac {NOBODY}")
        assert NOBODY in coordinator.wait_for("Chưa có đầu mối").text
        coordinator.types(f"/lienlac {PAGE}")
        assert "Lò Thị Mây" in coordinator.wait_for("không kênh nào tới được").text
    assert nudges(trade) == [], "one nudge a day, by the channel that comes first"
    each_counts_where_it_was_said(office)
    assert PASSWORD not in office.printed()


def each_counts_where_it_was_said(office: Office) -> None:
    """All units but the one without anybody are done, and the ledger names the channels."""
    done = _done(office)
    for unit in (TELEGRAM, ZALO, MAIL, PAGE, TWO):
        assert done(unit) > 0, unit
    assert done(NOBODY) == 0
    rows = office.does("nudges", "--on", "2026-06-04", "--json").json
    sent = {str(row["channel"]).partition(":")[0] for row in rows if row["state"] == "sent"}
    assert {"telegram", "zalo", "mail"} <= sent


def _done(office: Office) -> Callable[[str], int]:
    shown = office.does("status", "--json", as_of="2026-06-04T12:00+07:00").json
    (plan,) = shown
    units = {unit["unit"]: unit["done"] for unit in plan["units"]}
    return lambda unit: int(units[unit])
