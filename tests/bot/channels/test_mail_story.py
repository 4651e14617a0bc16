"""One unit on a messenger, one on e-mail: both are asked, both answer in one line, both count alike."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from functools import partial

import pytest

from bot.app.wiring import build
from bot.channels.mail import MailChannel
from domain.updates import read_update
from tests.bot.channels.mail_kit import channel_of
from tests.bot.channels.telegram_kit import until
from tests.cast import QUAN, SILENT, Stage
from tests.mailserver import MailServer

LAN = "van-thu.phong-hanh-chinh-tong-hop-quan-tri@so-y-te.tinh-ha-khe.example"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as running:
        running.opens(LAN)
        yield running


@asynccontextmanager
async def with_mail(stage: Stage, mail: MailServer) -> AsyncIterator[MailChannel]:
    """Let the program of a stage speak by mail too."""
    read_update("xong", today=date(2026, 6, 1), due=None)  # as the program does when it starts
    channel = channel_of(mail, stage.database)
    stage.program = build(stage.settings, stage.database, stage.rules, stage.clock, [stage.channel, channel])
    receiving = asyncio.create_task(channel.run(partial(stage.program.intake.accept, channel)))
    try:
        yield channel
    finally:
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
        await stage.program.intake.idle()


def said(mail: MailServer) -> str:
    """The words of the newest letter."""
    body = mail.letters(LAN)[-1].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_a_unit_without_any_messenger_joins_is_nudged_and_answers(
    stage: Stage, mail: MailServer
) -> None:
    code = await stage.code(SILENT, "focal")
    async with with_mail(stage, mail):
        mail.writes(LAN, f"/start {code}", name="Lò Thị Mây")
        await until(lambda: len(mail.letters(LAN)) == 1)
        mail.answers(LAN, "đồng ý\n\nTrân trọng,\nMây", name="Lò Thị Mây")
        await until(lambda: len(mail.letters(LAN)) == 2)
        assert "Lò Thị Mây" in said(mail)
        sent = await stage.nudged("2026-06-10 08:00")
        assert QUAN.chat in [message.chat for message in sent]
        await until(lambda: len(mail.letters(LAN)) == 3)
        assert "Báo cáo 6 tháng" in said(mail)
        mail.answers(LAN, "1 xong, BC số 12/BC-SYT\n--\nLò Thị Mây, Sở Y tế")
        await until(lambda: len(mail.letters(LAN)) == 4)
        assert "Đã ghi" in said(mail)
        assert "12/BC-SYT" in said(mail)
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            "SELECT a.state, p.text FROM progress p JOIN assignment a ON a.id = p.assignment_id"
        )
        assert [tuple(row) for row in found] == [("done", "xong, BC số 12/BC-SYT")]


async def test_a_letter_in_somebodys_name_records_nothing(stage: Stage, mail: MailServer) -> None:
    code = await stage.code(SILENT, "focal")
    async with with_mail(stage, mail):
        mail.writes(LAN, f"/start {code}")
        await until(lambda: len(mail.letters(LAN)) == 1)
        mail.answers(LAN, "đồng ý")
        await until(lambda: len(mail.letters(LAN)) == 2)
        mail.writes(LAN, "1 xong")
        await until(lambda: len(mail.letters(LAN)) == 3)
        assert "Báo cáo 6 tháng" in said(mail)
    async with stage.database.reading() as conn:
        assert (await conn.exec_driver_sql("SELECT id FROM progress")).all() == []
