"""Units are imported on the pages: a table is uploaded, its changes are shown, and stored when wanted."""

import re
from html import unescape

import httpx
import pytest

from services.organisation.register_keepers import set_register_keepers
from storage.organisation import unit_store
from tests.bot.web.page_kit import rows, send, token, words
from tests.cast import SILENT, Stage

HERE = "/don-vi/danh-muc"
TABLE = "Tên đơn vị;Viết tắt\nBan Quản lý vùng chè Hà Khê;BQLC\nSở Y tế;SYTHK\n".encode()


async def upload(browser: httpx.AsyncClient, data: bytes, name: str = "don-vi.csv") -> httpx.Response:
    form = {"csrf": await token(browser)}
    return await browser.post(HERE, data=form, files={"file": (name, data)}, follow_redirects=True)


async def test_its_changes_are_shown_before_anything_is_stored(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    assert "Tải tệp lên" in words(await browser.get(HERE))
    shown = await upload(browser, TABLE)
    for told in ("thêm 1, đổi 1", "+ Ban Quản lý vùng chè Hà Khê", "± Sở Y tế: viết tắt", "Lưu vào danh mục"):
        assert told in words(shown)
    assert await rows(stage, "SELECT count(*) FROM unit WHERE name LIKE 'Ban Quản lý vùng chè%'") == [(0,)]
    found = re.search(r'name="rows" value="([^"]*)"', shown.text)
    assert found is not None
    assert "thêm 1, đổi 1" in await send(browser, f"{HERE}/luu", rows=unescape(found[1]))
    assert await rows(stage, "SELECT abbreviation FROM unit WHERE name = ?", SILENT) == [("SYTHK",)]
    assert "không có gì mới" in words(await upload(browser, TABLE))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("Tên đơn vị;Viết tắt\n;ABC\n".encode(), "dòng 2"),
        ("Nội dung;Đơn vị;Thời gian\nTrồng chè;Sở Y tế;T6\n".encode(), "không phải là bảng đơn vị"),
    ],
)
async def test_what_is_no_table_of_units_is_told(browser: httpx.AsyncClient, data: bytes, told: str) -> None:
    assert told in words(await upload(browser, data))


async def test_a_file_needs_the_token_of_the_form_and_a_session(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    file = {"file": ("don-vi.csv", TABLE)}
    assert (await browser.post(HERE, data={"csrf": "0" * 64}, files=file)).status_code == 403
    csrf = await token(browser)
    browser.cookies.clear()
    assert (await browser.post(HERE, data={"csrf": csrf}, files=file)).status_code == 401


async def test_who_does_not_keep_the_register_stores_nothing(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    async with stage.database.writing() as conn:
        await set_register_keepers(conn, [(await unit_store.ids(conn))["Sở Nội vụ"]])
    assert "giao cho đơn vị khác" in words(await browser.get(HERE))
    line = '[{"name": "Ban Lạ", "abbreviation": null, "spellings": [], "tags": [], "standing": null}]'
    assert "giao cho đơn vị khác" in await send(browser, f"{HERE}/luu", rows=line)
    assert "không thực hiện được" in await send(browser, f"{HERE}/luu", rows="[1]")
    assert await rows(stage, "SELECT count(*) FROM unit WHERE name = 'Ban Lạ'") == [(0,)]
