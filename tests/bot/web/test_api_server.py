"""Who is let in to the API, how often, and what they are told where they are not."""

import hashlib
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.web.api_limits import OF_STRANGER, OF_TOKEN, CallLimit
from handlers.common.capabilities import Limit
from services.organisation.api_tokens import revoke_token
from storage.organisation import api_token_store
from tests.bot.web.api_kit import Caller, Seconds, token
from tests.cast import QUAN, Stage


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and the code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told.keys() == {"type", "status", "code", "title", "detail"}
    assert told["status"] == answer.status_code
    return told["status"], told["code"]


def is_written(words: str, folder: Path) -> bool:
    """Whether any file of a folder has these words."""
    return any(words.encode() in path.read_bytes() for path in folder.iterdir() if path.is_file())


@pytest.mark.parametrize("shown", ["", "nhacviec_khong-co", "nhacviec_" + "x" * 5000, "' OR 1=1 --"])
async def test_nothing_is_told_without_a_token_that_is_good(caller: Caller, shown: str) -> None:
    answer = await Caller(caller.client, caller.url, shown).ask("/plans")
    assert problem(answer) == (401, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_token_ends_with_its_days_or_when_it_is_revoked(stage: Stage, caller: Caller) -> None:
    short = await token(stage, lasts=timedelta(days=30))
    theirs = Caller(caller.client, caller.url, short.token)
    stage.clock.let_pass(days=29)
    assert (await theirs.ask("/plans")).status_code == 200
    stage.clock.let_pass(days=1)
    assert problem(await theirs.ask("/plans")) == (401, "unauthorized")
    async with stage.database.writing() as conn:
        assert await revoke_token(conn, 1, stage.clock.now())
        assert not await revoke_token(conn, 1, stage.clock.now())
    assert problem(await caller.ask("/plans")) == (401, "unauthorized")


async def test_a_token_is_kept_as_a_hash_only(stage: Stage, caller: Caller, tmp_path: Path) -> None:
    await caller.read("/plans")
    async with stage.database.reading() as conn:
        rows = str((await conn.exec_driver_sql("SELECT * FROM api_token")).all())
    assert hashlib.sha256(caller.token.encode()).hexdigest() in rows
    assert caller.token not in rows
    assert not is_written(caller.token, tmp_path)


async def test_the_last_use_of_a_token_is_kept_to_the_hour(stage: Stage, caller: Caller) -> None:
    first = stage.clock.now()
    await caller.read("/plans")
    stage.clock.let_pass(minutes=59)
    await caller.read("/plans")
    async with stage.database.reading() as conn:
        (row,) = await api_token_store.listing(conn)
    assert row.used_at == first
    stage.clock.let_pass(minutes=1)
    await caller.read("/plans")
    async with stage.database.reading() as conn:
        (row,) = await api_token_store.listing(conn)
    assert row.used_at == stage.clock.now()


async def test_what_has_not_changed_is_not_sent_again(stage: Stage, caller: Caller) -> None:
    first = await caller.ask("/assignments")
    mark = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for known in (mark, f"W/{mark}", f'"other", {mark}', "*"):
        again = await caller.ask("/assignments", **{"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)
    assert (await caller.ask("/assignments", **{"If-None-Match": '"other"'})).status_code == 200
    await stage.hear(QUAN, "1 xong")
    changed = await caller.ask("/assignments", **{"If-None-Match": mark})
    assert changed.status_code == 200
    assert changed.headers["etag"] != mark


async def test_who_calls_too_often_is_told_when_to_call_again(caller: Caller, seconds: Seconds) -> None:
    first = await caller.ask("/plans")
    assert first.headers["ratelimit-remaining"] == str(OF_TOKEN.messages - 1)
    for _ in range(OF_TOKEN.messages - 1):
        assert (await caller.ask("/plans/99")).status_code == 404
    refused = await caller.ask("/plans")
    assert problem(refused) == (429, "too_many_requests")
    assert refused.headers["retry-after"] == "60"
    seconds.now += 60
    assert (await caller.ask("/plans")).status_code == 200


async def test_who_guesses_tokens_is_slowed_down_and_who_has_one_is_not(stage: Stage, caller: Caller) -> None:
    guessing = Caller(caller.client, caller.url, "nhacviec_khong-co")
    statuses = [(await guessing.ask("/plans")).status_code for _ in range(OF_STRANGER.messages + 2)]
    assert statuses == [401] * OF_STRANGER.messages + [429] * 2
    assert (await caller.ask("/plans")).status_code == 200


def test_calls_beyond_the_limit_do_not_make_one_wait_longer() -> None:
    limit = CallLimit(Limit(2, 10.0))
    assert [limit.take("a", now).seconds for now in (0.0, 4.0, 5.0, 9.5)] == [0, 0, 5, 1]
    assert limit.take("b", 9.5).is_open
    assert limit.take("a", 10.0).is_open
    assert limit.take("a", 10.0).seconds == 4


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/plans?limit=0", "limit"),
        ("/plans?limit=201", "limit"),
        ("/plans?limit=nhieu", "limit"),
        ("/plans?cursor=khong-phai", "cursor"),
        ("/plans?cursor=%C4%91", "cursor"),
        ("/plans?trang=2", "trang"),
        ("/plans?limit=1&limit=2", "limit"),
        ("/assignments?state=xong", "state"),
        ("/assignments?due_from=15/6/2026", "due_from"),
        ("/progress?since=2026-06-01T08:00:00", "since"),
        ("/nudges", "from, to"),
        ("/nudges?from=2026-06-02&to=2026-06-01", "from, to"),
        ("/nudges?from=2026-06-01&to=2026-07-02", "from, to"),
    ],
)
async def test_a_wrong_parameter_is_named(caller: Caller, path: str, names: str) -> None:
    answer = await caller.ask(path)
    assert problem(answer) == (400, "bad_query")
    assert answer.json()["detail"] == f"Xin xem lại tham số: {names}."


@pytest.mark.parametrize("path", ["/plans/99", "/plans/99999999999999999999", "/khong-co", "/plans/mot", "/"])
async def test_what_is_not_there_is_told_as_a_problem(caller: Caller, path: str) -> None:
    assert problem(await caller.ask(path)) == (404, "not_found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_nothing_can_be_changed(caller: Caller, method: str) -> None:
    bearer = {"Authorization": f"Bearer {caller.token}"}
    answer = await caller.client.request(method, f"{caller.url}/plans", headers=bearer)
    assert problem(answer) == (405, "bad_method")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


async def test_a_fault_is_told_as_a_problem_and_logged_without_the_token(
    stage: Stage, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("hỏng")

    monkeypatch.setattr("storage.reporting.api_pages.plans", broken)
    assert problem(await caller.ask("/plans")) == (500, "failed")
    stage.faults = [event for event in stage.log if event["event"] == "api_failed"]
    assert len(stage.faults) == 1
    assert caller.token not in str(stage.log)
