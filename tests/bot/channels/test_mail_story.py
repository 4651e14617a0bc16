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

LAN = "lan@soyte.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as server:
        server.opens(LAN)
        yield server


@asynccontextmanager
async def with_mail(stage: Stage, server: MailServer) -> AsyncIterator[MailChannel]:
    """Let the program of a stage speak by mail too."""
    read_update("xong", today=date(2026, 6, 1), due=None)  # as the program does when it starts
    channel = channel_of(server, stage.database)
    stage.program = build(stage.settings, stage.database, stage.rules, stage.clock, [stage.channel, channel])
    receiving = asyncio.create_task(channel.run(partial(stage.program.intake.accept, channel)))
    try:
        yield channel
    finally:
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
        await stage.program.intake.idle()


def said(server: MailServer) -> str:
    """The words of the newest letter."""
    body = server.letters(LAN)[-1].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_a_unit_without_any_messenger_joins_is_nudged_and_answers(
    stage: Stage, server: MailServer
) -> None:
    code = await stage.code(SILENT, "focal")
    async with with_mail(stage, server):
        server.writes(LAN, f"/start {code}", name="Lò Thị Mây")
        await until(lambda: len(server.letters(LAN)) == 1)
        server.answers(LAN, "đồng ý\n\nTrân trọng,\nMây", name="Lò Thị Mây")
        await until(lambda: len(server.letters(LAN)) == 2)
        assert "Lò Thị Mây" in said(server)
        sent = await stage.nudged("2026-06-10 08:00")
        assert QUAN.chat in [message.chat for message in sent]
        await until(lambda: len(server.letters(LAN)) == 3)
        assert "Báo cáo 6 tháng" in said(server)
        server.answers(LAN, "1 xong, BC số 12/BC-SYT\n--\nLò Thị Mây, Sở Y tế")
        await until(lambda: len(server.letters(LAN)) == 4)
        assert "Đã ghi" in said(server)
        assert "12/BC-SYT" in said(server)
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            "SELECT a.state, p.text FROM progress p JOIN assignment a ON a.id = p.assignment_id"
        )
        assert [tuple(row) for row in found] == [("done", "xong, BC số 12/BC-SYT")]


async def test_a_letter_in_somebodys_name_records_nothing(stage: Stage, server: MailServer) -> None:
    code = await stage.code(SILENT, "focal")
    async with with_mail(stage, server):
        server.writes(LAN, f"/start {code}")
        await until(lambda: len(server.letters(LAN)) == 1)
        server.answers(LAN, "đồng ý")
        await until(lambda: len(server.letters(LAN)) == 2)
        server.writes(LAN, "1 xong")
        await until(lambda: len(server.letters(LAN)) == 3)
        assert "Báo cáo 6 tháng" in said(server)
    async with stage.database.reading() as conn:
        assert (await conn.exec_driver_sql("SELECT id FROM progress")).all() == []
