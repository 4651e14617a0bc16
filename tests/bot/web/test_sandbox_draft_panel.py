"""The sandbox's panel of drafts on the whole program, without a browser."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from pydantic import SecretStr

from bot.app.wiring import build
from bot.channels.sandbox import Phone, WebChannel
from bot.web.sandbox_draft_panel import DraftPanel
from bot.web.sandbox_server import sandbox_app
from config.settings import Settings
from config.texts import load_texts
from documents.reading import read_text
from domain.plans.commitments import commit
from storage.plans import plan_store
from tests.browser.toy import TEXTS
from tests.cast import COMPILING, PLAN, Stage

HOST = "http://localhost"
OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND")


class Room:
    """A sandbox on a stage's database; nothing of its drafts was ever shown in its chats."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.channel = WebChannel([Phone("desk", "Lê Thu Hằng", "", None)], stage.clock.now)
        settings = Settings(database_url=SecretStr("sqlite+aiosqlite:///unused.db"), language="vi")
        self.program = build(settings, stage.database, stage.rules, stage.clock, [self.channel])
        panel = DraftPanel(stage.database, stage.rules, load_texts("vi"), stage.clock.now)
        self.app = sandbox_app(self.channel, self.program, "", self.healthy, [], TEXTS, drafts=panel)  # type: ignore[arg-type]  # no clock is moved here

    async def healthy(self) -> dict[str, object]:
        return {"ok": True}

    async def say(self, text: str) -> None:
        await self.channel.say("desk", text=text)
        await self.program.intake.idle()

    async def enter(self, text: str) -> int:
        """Keep a draft as the command line does."""
        register = self.stage.rules.register
        read, now = read_text(text, register), self.stage.clock.now()
        async with self.stage.database.writing() as conn:
            return await plan_store.add(conn, read, commit(read, register, now.date()), now)

    def heard(self) -> list[str]:
        return [str(message.text) for message in self.channel.since(0)]


@pytest_asyncio.fixture
async def room(stage: Stage) -> AsyncIterator[Room]:
    """A room whose phone is a coordinator's."""
    room = Room(stage)

    async def accept(updates: object) -> None:
        await room.program.intake.accept(room.channel, updates)  # type: ignore[arg-type]  # a list of Raw

    running = asyncio.create_task(room.channel.run(accept))
    await asyncio.sleep(0)
    await room.say(f"/start {await stage.code(COMPILING, 'coordinator')}")
    await room.say("đồng ý")
    yield room
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


@pytest_asyncio.fixture
async def page(room: Room) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=room.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=HOST, headers={"Origin": HOST}) as client:
        yield client


async def test_a_draft_that_the_chat_never_showed_is_confirmed_at_the_panel(
    room: Room, page: httpx.AsyncClient
) -> None:
    plan_id = await room.enter(OTHER)
    answer = await page.post("/api/draft/confirm", json={"phone": "desk", "plan": plan_id})
    assert answer.json() == {"ok": True}
    await room.program.intake.idle()
    *_, pressed, told = room.heard()
    assert pressed == "Xác nhận kế hoạch 41/KH-UBND"
    assert "đã có hiệu lực" in told
    async with room.stage.database.reading() as conn:
        assert (await plan_store.get(conn, plan_id)).state == "live"
    again = await page.post("/api/draft/confirm", json={"phone": "desk", "plan": plan_id})
    assert (again.status_code, again.json()) == (409, {"error": TEXTS["error_draft"]})


async def test_every_draft_of_the_coordinator_is_offered(room: Room, page: httpx.AsyncClient) -> None:
    first, second = await room.enter(OTHER), await room.enter(OTHER.replace("41/", "42/"))
    await room.enter(OTHER.replace("41/", "43/").replace(COMPILING, "Sở Tài chính"))
    panel = DraftPanel(room.stage.database, room.stage.rules, load_texts("vi"), room.stage.clock.now)
    waiting = await panel.waiting(["desk", "nobody"])
    assert waiting == {
        "desk": [{"plan": second, "name": "42/KH-UBND"}, {"plan": first, "name": "41/KH-UBND"}]
    }
    shown = (await page.get("/api/draft", params={"phone": "desk", "plan": first})).json()
    assert (shown["plan"], shown["name"]) == (first, "41/KH-UBND")


async def test_a_row_is_left_out_at_the_panel(room: Room, page: httpx.AsyncClient) -> None:
    plan_id = await room.enter(OTHER)
    whole = (await page.get("/api/draft", params={"phone": "desk", "plan": plan_id})).json()["items"]
    line = next(entry for entry in whole if "Dịch sách" in entry["text"])
    assert line["drop"] is True
    body = {"phone": "desk", "plan": plan_id, "key": line["key"], "drop": True}
    assert "→ đã bỏ" in (await page.post("/api/draft", json=body)).json()["told"]
    left = (await page.get("/api/draft", params={"phone": "desk", "plan": plan_id})).json()["items"]
    assert [one["key"] for one in left] == [one["key"] for one in whole if one is not line]
    assert (await page.post("/api/draft", json=body)).status_code == 409
