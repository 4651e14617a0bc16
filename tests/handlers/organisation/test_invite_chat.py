"""Codes for all units that have nobody, in the chat and on the pages, without a shell."""

from io import BytesIO

import openpyxl

from tests.bot.web.page_kit import browser_at, come_in, pages_of, token
from tests.cast import HANG, LEADING, NGOAN, QUAN, SILENT, TUYEN, Press, Stage, Tap
from tests.handlers.test_typed_codes import is_kept


def codes_in(data: bytes) -> dict[str, str]:
    """The codes of a workbook, by unit."""
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    return {str(row[0]): str(row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)}


async def test_a_coordinator_takes_codes_for_all_units_without_anybody(stage: Stage) -> None:
    await stage.talk((HANG, "cấp mã", ("1 đơn vị", "Lấy mã cho 1 đơn vị")))
    (answer,) = await stage.hear(HANG, Tap("Lấy mã cho 1 đơn vị"))
    codes = codes_in(answer.papers[0].data)
    assert list(codes) == [SILENT]
    assert not is_kept(stage, codes[SILENT])
    await stage.talk((HANG, Press("codes:"), "gõ lại"))
    await stage.talk((NGOAN, f"/start {codes[SILENT]}", SILENT), (HANG, "/capma", "đã có người phụ trách"))


async def test_others_get_none(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/capma", "dành cho người tổng hợp"),
        (TUYEN, "/capma", "đã có người phụ trách"),
        (HANG, f"/capma {LEADING}", "đã có người phụ trách"),
        (HANG, f"/capma {SILENT}", "Lấy mã"),
    )


async def test_the_pages_give_the_same_file(stage: Stage) -> None:
    async with pages_of(stage) as url, browser_at(url) as client:
        await come_in(stage, HANG, client)
        assert "Lấy mã mời" in (await client.get("/don-vi?xem=goi")).text
        answer = await client.post("/don-vi/ma-moi", data={"csrf": await token(client)})
        assert list(codes_in(answer.content)) == [SILENT]
