"""Letters to late units, chosen and taken away on the pages."""

import re
from io import BytesIO
from zipfile import ZipFile

from tests.bot.web.page_kit import browser_at, come_in, pages_of, words
from tests.cast import HANG, LEADING, SILENT, SUPPORTING, TUYEN, Stage

LONG_LATE = "2026-07-01 09:00"


async def test_units_are_chosen_and_get_one_letter_or_one_each(stage: Stage) -> None:
    await stage.nudged(LONG_LATE)
    async with pages_of(stage) as url, browser_at(url) as client:
        await come_in(stage, HANG, client)
        page = await client.get("/cong-van")
        told = words(page)
        assert "đã được nhắc (2)" in told
        assert f"không đưa vào (1): {SILENT}" in told
        ids = re.findall(r'name="dv" value="(\d+)"', page.text)
        joint = await client.get("/cong-van/tai", params={"dv": ids, "cach": "chung"})
        assert "2-don-vi.docx" in joint.headers["content-disposition"]
        each = await client.get("/cong-van/tai", params={"dv": ids, "cach": "rieng"})
        names = ZipFile(BytesIO(each.content)).namelist()
        assert [name[:2] for name in names] == ["01", "02"]
        assert (await client.get("/cong-van/tai", params={"cach": "chung"})).status_code == 404


async def test_of_other_plans_nobody_is_seen(stage: Stage) -> None:
    await stage.nudged(LONG_LATE)
    async with pages_of(stage) as url, browser_at(url) as client:
        await come_in(stage, TUYEN, client)
        told = words(await client.get("/cong-van"))
        assert LEADING not in told
        assert SUPPORTING not in told
