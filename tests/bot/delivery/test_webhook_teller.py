"""Systems of the province are told of changes: signed, in order, again until they take them."""

import base64
import contextlib
import hashlib
import hmac
import json
from collections import deque
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.delivery.webhook_teller import WebhookTeller
from bot.web.embedded_server import serving
from bot.web.ports import listen
from services.organisation.webhooks_out import add_webhook, revoke_webhook, secret_of
from services.plans.confirm_draft import confirm_draft
from services.plans.join_version import keep_apart
from storage.common import audit_log
from storage.database.schema import webhook
from storage.organisation import unit_store, webhook_store
from storage.organisation.webhook_store import WebhookRow
from tests.cast import HANG, LAM, PLAN, QUAN, SUPPORTING, TOAN, File, Stage

KEY = "khoa-cua-tinh-ha-khe"


class Receiver:
    """A system that takes events, but for what it was told to answer first."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: deque[int] = deque()
        self.calls: list[tuple[dict[str, str], bytes]] = []

    async def take(self, request: Request) -> Response:
        self.calls.append((dict(request.headers), await request.body()))
        status = self.answers.popleft() if self.answers else 204
        return Response(status_code=status, headers={"Location": f"{self.url}/khac"} if status == 307 else {})

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.calls]

    @property
    def events(self) -> list[Any]:
        return [json.loads(body) for _, body in self.calls]


class Wall:
    """A clock of its own for the telling."""

    def __init__(self) -> None:
        self.shown = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.shown


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving(Receiver()) as started:
        yield started


@contextlib.asynccontextmanager
async def receiving(receiver: Receiver) -> AsyncIterator[Receiver]:
    app = Starlette(routes=[Route("/{path:path}", receiver.take, methods=["POST"])])
    with listen("127.0.0.1", 0) as listening:
        receiver.url = f"http://127.0.0.1:{listening.getsockname()[1]}/tin"
        async with serving(app, listening):
            yield receiver


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def teller(stage: Stage, wall: Wall) -> WebhookTeller:
    return WebhookTeller(stage.database, KEY, wall)


async def tells(stage: Stage, url: str, *, units: Sequence[str] = (), plans: Sequence[int] = ()) -> int:
    """Let an address be told of changes, as the command line does."""
    async with stage.database.writing() as conn:
        ids = await unit_store.ids(conn)
        return await add_webhook(
            conn,
            url,
            unit_ids=tuple(ids[unit] for unit in units) or None,
            plan_ids=tuple(plans) or None,
            now=stage.clock.now(),
        )


async def kept(stage: Stage) -> WebhookRow:
    async with stage.database.reading() as conn:
        (row,) = await webhook_store.listing(conn)
    return row


async def test_a_change_is_told_with_a_signature_and_without_its_content(
    stage: Stage, receiver: Receiver, teller: WebhookTeller, wall: Wall
) -> None:
    webhook_id = await tells(stage, receiver.url)
    await stage.talk((QUAN, "1 vướng, thiếu kinh phí", "Đã ghi"))
    await teller.round()
    ((headers, body),) = receiver.calls
    event = json.loads(body)
    assert event.keys() == {"type", "timestamp", "data"}
    assert event["type"] == "assignment_changed"
    assert event["timestamp"] == stage.clock.now().isoformat()
    assert event["data"].keys() == {"plan_id", "assignment_id", "unit_id"}
    assert event["data"]["plan_id"] == 1
    assert "kinh" not in body.decode()
    secret = base64.b64decode(secret_of(KEY, webhook_id).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{int(wall.shown.timestamp())}.".encode() + body
    expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(wall.shown.timestamp()))
    await teller.round()
    assert len(receiver.calls) == 1


async def test_what_is_not_taken_comes_again_under_the_same_id_before_what_follows(
    stage: Stage, receiver: Receiver, teller: WebhookTeller, wall: Wall
) -> None:
    await tells(stage, receiver.url)
    receiver.answers.extend([500, 429, 307])
    await stage.talk((QUAN, "1 xong", "Đã ghi"), (TOAN, "1 xong", "Đã ghi"))
    for attempts in (1, 2, 3):
        await teller.round()
        await teller.round()  # it is not time yet
        assert (await kept(stage)).attempts == attempts
        wall.shown += timedelta(hours=1)
    await teller.round()
    first, second = receiver.ids[0], receiver.ids[-1]
    assert receiver.ids == [first] * 4 + [second]
    assert first != second
    assert ((await kept(stage)).attempts, (await kept(stage)).failing_since) == (0, None)


async def test_a_receiver_that_was_away_for_days_misses_nothing(
    stage: Stage, teller: WebhookTeller, wall: Wall
) -> None:
    receiver = Receiver()
    async with receiving(receiver):
        await tells(stage, receiver.url)
    began = wall.shown
    for who in (QUAN, TOAN):
        await stage.talk((who, "1 xong", "Đã ghi"))
        await teller.round()
        wall.shown += timedelta(days=1)
    assert (await kept(stage)).failing_since == began
    async with stage.database.reading() as conn:
        assert await webhook_store.failing(conn) == {1: began}
    async with receiving(receiver):
        async with stage.database.writing() as conn:
            await conn.execute(update(webhook).values(url=receiver.url))
        await teller.round()
    assert len(set(receiver.ids)) == 2
    changed = [event["data"]["unit_id"] for event in receiver.events]
    assert len(set(changed)) == 2
    async with stage.database.reading() as conn:
        assert await webhook_store.failing(conn) == {}


async def test_an_event_that_a_killed_program_may_have_sent_comes_again_under_its_id(
    stage: Stage, receiver: Receiver, teller: WebhookTeller, wall: Wall
) -> None:
    webhook_id = await tells(stage, receiver.url)
    await stage.talk((QUAN, "1 xong", "Đã ghi"))
    async with stage.database.writing() as conn:
        row = await webhook_store.claim(conn, webhook_id, wall.shown)  # by the one that is killed
        assert row is not None
        assert await webhook_store.claim(conn, webhook_id, wall.shown) is None
    await teller.round()
    assert receiver.calls == []
    wall.shown += webhook_store.LEASE
    await teller.round()
    assert len(receiver.calls) == 1


async def test_an_address_of_some_units_or_plans_is_told_of_nothing_else(
    stage: Stage, receiver: Receiver, teller: WebhookTeller
) -> None:
    await tells(stage, f"{receiver.url}/don-vi", units=[SUPPORTING])
    await tells(stage, f"{receiver.url}/khac", plans=[77])
    await stage.talk((QUAN, "1 xong", "Đã ghi"), (TOAN, "1 xong", "Đã ghi"))
    await teller.round()
    async with stage.database.reading() as conn:
        ids = await unit_store.ids(conn)
    assert [event["data"]["unit_id"] for event in receiver.events] == [ids[SUPPORTING]]


async def test_of_words_that_wait_for_the_leader_only_the_new_state_is_told_of(
    stage: Stage, receiver: Receiver, teller: WebhookTeller
) -> None:
    await stage.hear(LAM, "/duyet bat")
    await tells(stage, receiver.url)
    await stage.hear(QUAN, "1 xong")
    await teller.round()
    async with stage.database.reading() as conn:
        noted = [line.what for line in await audit_log.after(conn, 0, 10_000)][-2:]
    assert sorted(noted) == ["laid before", "progress"]
    assert [event["type"] for event in receiver.events] == ["assignment_changed"]


async def test_a_plan_is_told_of_once_it_is_live(
    stage: Stage, receiver: Receiver, teller: WebhookTeller
) -> None:
    await tells(stage, receiver.url)
    await stage.hear(HANG, File("khac.txt", PLAN.replace("33/KH", "34/KH").encode()))
    await teller.round()
    assert receiver.calls == []
    async with stage.database.writing() as conn:
        waved = {"unasked_too": True, "unread_too": True, "passed_too": True}
        await keep_apart(conn, 2, by=None, now=stage.clock.now())
        await confirm_draft(conn, 2, by=None, now=stage.clock.now(), rules=stage.rules, **waved)
    await teller.round()
    assert {event["data"]["plan_id"] for event in receiver.events} == {2}
    assert {event["type"] for event in receiver.events} == {"plan_changed"}


async def test_a_revoked_address_is_told_nothing_more(
    stage: Stage, receiver: Receiver, teller: WebhookTeller
) -> None:
    webhook_id = await tells(stage, receiver.url)
    await stage.talk((QUAN, "1 xong", "Đã ghi"))
    async with stage.database.writing() as conn:
        assert await revoke_webhook(conn, webhook_id, stage.clock.now())
        assert not await revoke_webhook(conn, webhook_id, stage.clock.now())
    await teller.round()
    assert receiver.calls == []


async def test_an_address_that_takes_nothing_holds_up_no_other(
    stage: Stage, receiver: Receiver, teller: WebhookTeller
) -> None:
    await tells(stage, "http://127.0.0.1:9/tin")  # nobody listens there
    await tells(stage, receiver.url)
    await stage.talk((QUAN, "1 xong", "Đã ghi"))
    await teller.round()
    assert len(receiver.calls) == 1


def test_each_address_has_a_secret_of_its_own_that_the_key_makes() -> None:
    assert secret_of(KEY, 1) == secret_of(KEY, 1)
    assert len({secret_of(KEY, 1), secret_of(KEY, 2), secret_of(f"{KEY}x", 1)}) == 3
    assert len(base64.b64decode(secret_of(KEY, 1).removeprefix("whsec_"))) == 32
