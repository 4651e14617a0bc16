"""How old the last good backup is, at the foot of the coordinator's overview."""

from datetime import timedelta

import pytest

from storage.common import backup_facts
from tests.bot.web.page_kit import browser_at, come_in, pages_of, words
from tests.cast import HANG, Stage


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (None, "Chưa có bản sao lưu nào: đề nghị báo người quản trị"),
        (8, "Bản sao lưu tốt gần nhất: 01:00, 1/6 (8 giờ trước)"),
        (31, "Bản sao lưu tốt gần nhất đã 31 giờ (02:00, 31/5): đề nghị báo người quản trị"),
    ],
)
async def test_a_coordinator_sees_how_old_the_last_backup_is(
    stage: Stage, hours: int | None, told: str
) -> None:
    if hours is not None:
        async with stage.database.writing() as conn:
            await backup_facts.note(conn, stage.clock.now() - timedelta(hours=hours))
    async with pages_of(stage) as url, browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        assert told in words(await browser.get("/"))
