"""Several programs on one server: webhooks come to one, the pages stand at another, a third answers."""

import asyncio
import re
from collections.abc import Iterator
from functools import partial

import httpx
import pytest

from tests.botapi import User
from tests.e2e.conftest import fill
from tests.e2e.kit import Office, Running, joins
from tests.e2e.test_health import free_port
from tests.e2e.test_zalo import FOREIGN, HEALTH, PDF, PUBLIC, joins_on_zalo, link_in
from tests.postgres_server import PostgresServer
from tests.zaloapi import ZaloApi, ZaloUser

BEFORE = "2026-06-04T08:00+07:00"
PATH = "/nhacviec"


@pytest.fixture
def office(empty: Office, imported: bytes, server: PostgresServer) -> Office:
    empty.database.touch(mode=0o600)
    empty.database.write_bytes(imported)
    empty.stands_on(asyncio.run(server.furnished("office", partial(fill, empty.database))))
    return empty


@pytest.fixture
def zalo(office: Office) -> Iterator[ZaloApi]:
    with ZaloApi() as api:
        office.settings |= {
            "NHACVIEC_TELEGRAM_MODE": "webhook",
            "NHACVIEC_ZALO_TOKENS": api.token,
            "NHACVIEC_ZALO_API_URL": api.url,
            "NHACVIEC_WEB_URL": PUBLIC,
        }
        yield api


def begins(office: Office, role: str, port: int | None = None) -> Running:
    """Start a program that knows only of its own port."""
    office.settings.pop("NHACVIEC_WEB_PORT", None)
    office.settings |= {} if port is None else {"NHACVIEC_WEB_PORT": str(port)}
    return office.begins("run", "--role", role, as_of=BEFORE)


def test_webhooks_pages_and_answers_are_the_work_of_three(office: Office, zalo: ZaloApi) -> None:
    brought_to, shown_at = free_port(), free_port()
    near = f"http://127.0.0.1:{brought_to}{PATH}"
    zalo.state.proxied[PUBLIC] = near
    office.api.serves(PUBLIC, near)
    receiver = begins(office, "receive", brought_to)
    pages, worker = begins(office, "web", shown_at), begins(office, "work")
    mai, lan = zalo.user("z-102", "Nông Thị Mai"), office.api.user(103, "Trần Thị Lan")
    office.waits_for(lambda: zalo.state.webhook is not None, receiver)
    joins(lan, office.code(FOREIGN, "focal"))
    joins_on_zalo(mai, office.code(HEALTH, "focal"))
    with httpx.Client(trust_env=False, headers={"Origin": "https://tinh.example"}) as browser:
        _by_the_form(browser, mai, f"http://127.0.0.1:{shown_at}{PATH}")
        _by_the_page(browser, lan, f"http://127.0.0.1:{shown_at}{PATH}")
    receiver.kill()
    lan.types("1 xong")
    office.waits_for(lambda: 0 in office.api.brought, worker)
    receiver = begins(office, "receive", brought_to)
    lan.wait_for("hoàn thành")
    for one in (receiver, pages, worker):
        one.stop()


def _by_the_form(browser: httpx.Client, mai: ZaloUser, near: str) -> None:
    """Send a file by the form, which the pages take and the worker handles."""
    mai.sends("message.unsupported.received")
    link = link_in(mai.wait_for("/gui/").text, "gui").replace(PUBLIC, near)
    sent = browser.post(link, files={"tep": ("bao cao.pdf", PDF)}, data={"loi": "1"})
    assert sent.status_code == 200
    mai.wait_for("bao cao.pdf")


def _by_the_page(browser: httpx.Client, lan: User, near: str) -> None:
    """Ask on the page of one's own, which shows what the worker answers."""
    lan.types("/trang")
    key = re.search(rf"{re.escape(PUBLIC)}/toi/vao/([\w-]+)", lan.wait_for("/toi/vao/").text)
    assert key is not None
    entered = browser.post(f"{near}/toi/vao", data={"key": key[1]})
    cookie = {"Cookie": entered.headers["set-cookie"].partition(";")[0]}  # it is for https alone
    page = browser.get(f"{near}/toi", headers=cookie).text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)
    assert csrf is not None
    said = browser.post(f"{near}/toi/noi", data={"csrf": csrf[1], "text": "1 được 60%"}, headers=cookie)
    assert said.headers["location"] == f"{PATH}/toi#moi"
    assert "Đã ghi" in browser.get(f"{near}/toi", headers=cookie).text
