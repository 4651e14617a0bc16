"""The sandbox's page on a real server, with a toy in place of the handlers and of the nudger."""

import asyncio
import contextlib
import socket
import tomllib
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import uvicorn
from markupsafe import Markup, escape

from bot.channels.base import Raw
from bot.channels.sandbox import Phone, WebChannel
from bot.web.sandbox_server import sandbox_app
from bot.web.sandbox_view import Mark
from handlers.common.conversation import Choice, MenuEntry, Outgoing, Paper

TEXTS: dict[str, str] = tomllib.loads(
    (Path(__file__).parents[2] / "config" / "texts" / "sandbox.vi.toml").read_text(encoding="utf-8")
)
HANOI = timezone(timedelta(hours=7))
DUE = date(2026, 6, 15)
MARKS = (
    Mark(date(2026, 6, 10), "3 ngày làm việc trước hạn"),
    Mark(DUE, "Hạn báo cáo 6 tháng", due=True),
    Mark(date(2026, 12, 10), "Hạn báo cáo năm", due=True),
)
PHONES = (
    Phone("focal", "Trần Thị Lan", "Đầu mối, Sở Ngoại vụ", "LAN-2026", ("1 xong, BC 12/BC-SNgV",)),
    Phone("leader", "Vũ Quốc Hùng", "Lãnh đạo, Sở Ngoại vụ", "HUNG-2026"),
    Phone("coordinator", "Phạm Minh Đức", "Đơn vị tổng hợp, Văn phòng UBND tỉnh", "DUC-2026"),
    Phone("stranger", "Người lạ", "Không có mã tham gia", None),
)
MENU = (MenuEntry("viec", "Việc của tôi"), MenuEntry("capnhat", "Cập nhật tiến độ"))
BUTTONS = ((Choice("Đã xong", "done:1"), Choice("Vướng", "stuck:1")),)


class Toy:
    """Repeats what it is told, offers buttons after /start, nudges the focal point each day that passes."""

    def __init__(self, phones: Sequence[Phone] = PHONES) -> None:
        self.time = datetime(2026, 6, 8, 9, 0, tzinfo=HANOI)
        self.channel = WebChannel(phones, lambda: self.time.astimezone(UTC))
        self.app = sandbox_app(self.channel, self, "Kế hoạch 12/KH-UBND", self.healthy, MARKS, TEXTS)

    def now(self) -> datetime:
        return self.time

    async def advance(self, to: datetime) -> None:
        while self.time < to:
            self.time = min(self.time + timedelta(days=1), to)
            left = (DUE - self.time.date()).days
            await self.channel.send(
                "focal", Outgoing(Markup("<b>Còn {} ngày</b> đến hạn báo cáo").format(left))
            )
            await asyncio.sleep(0.02)

    async def healthy(self) -> dict[str, object]:
        return {"ok": True}

    async def accept(self, updates: Sequence[Raw]) -> None:
        for raw in updates:
            said = self.channel.parse(raw)
            assert said is not None
            if said.attachment is not None:
                data = await self.channel.fetch(said.attachment)
                await self.channel.send(said.chat, Outgoing(Markup(), papers=(Paper("tra-lai.txt", data),)))
            elif said.press is not None:
                await self.channel.send(said.chat, Outgoing(Markup("Đã ghi: ") + said.press))
            elif said.text.startswith("/start"):
                text = Markup("Chào <b>") + said.name + Markup("</b>\nanh/chị còn <i>1 việc</i>")
                await self.channel.send(said.chat, Outgoing(text, BUTTONS, menu=MENU))
            else:
                await self.channel.send(said.chat, Outgoing(escape(f"Nhận được: {said.text}")))


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextlib.asynccontextmanager
async def receiving(toy: Toy) -> AsyncIterator[None]:
    """Let the toy receive what is said at its phones."""
    task = asyncio.create_task(toy.channel.run(toy.accept))
    await asyncio.sleep(0)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.asynccontextmanager
async def served(toy: Toy, port: int) -> AsyncIterator[str]:
    """Serve the toy's page and let it receive; the value is the page's address."""
    config = uvicorn.Config(toy.app, port=port, log_level="warning", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    async with receiving(toy):
        serving = asyncio.create_task(server.serve())
        try:
            async with asyncio.timeout(10):
                while not server.started:
                    await asyncio.sleep(0.01)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.should_exit = True
            await serving
