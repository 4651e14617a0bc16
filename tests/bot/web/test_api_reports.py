"""Systems report progress through the API: as a person of the unit, once, and never against the words."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select

from bot.web.api_document import document
from storage.database.schema import account
from tests.bot.web.api_kit import Caller, Seconds, api_of, token
from tests.bot.web.test_api_document import fields, names, schema_of
from tests.bot.web.test_api_server import problem
from tests.cast import HANG, LAM, LEADING, QUAN, SUPPORTING, Somebody, Stage, Tap, words_of

DONE = {"text": "Đã mời hai đoàn khách", "state": "done", "documents": ["12/BC-SNgV"]}


async def person(stage: Stage, who: Somebody) -> int:
    async with stage.database.reading() as conn:
        query = select(account.c.person_id).where(account.c.chat == who.chat)
        return int((await conn.execute(query)).scalar_one())


async def dated(caller: Caller) -> int:
    """The duty of 30 June."""
    (item,) = await caller.items("/assignments?due_from=2026-06-30&due_to=2026-06-30")
    return int(item["id"])


@pytest.fixture
async def writer(stage: Stage) -> AsyncIterator[Caller]:
    """A system that reports in the name of the leading unit's focal point."""
    issued = await token(stage, units=[LEADING], person_id=await person(stage, QUAN))
    async with api_of(stage, Seconds()) as url, httpx.AsyncClient(timeout=60) as client:
        yield Caller(client, url, issued.token)


async def test_what_a_system_reports_is_on_record_and_its_person_hears_it(
    stage: Stage, writer: Caller
) -> None:
    id_ = await dated(writer)
    answer = await writer.send(f"/assignments/{id_}/progress", DONE)
    assert answer.status_code == 200, answer.text
    taken = answer.json()
    assert (taken["assignment_id"], taken["waits_for"], taken["repeated"]) == (id_, None, False)
    assert (await writer.read(f"/assignments/{id_}"))["state"] == "done"
    (told,) = await writer.items(f"/progress?assignment={id_}")
    assert (told["id"], told["text"], told["documents"]) == (
        taken["progress_id"],
        DONE["text"],
        DONE["documents"],
    )
    await stage.post()
    (heard,) = [words_of(m) for m in stage.channel.to(QUAN) if "báo thay anh/chị" in words_of(m)]
    assert "Đã mời hai đoàn khách" in heard
    await stage.talk((QUAN, Tap("Hoàn tác"), "chưa"))
    assert (await writer.read(f"/assignments/{id_}"))["state"] == "not_started"
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT * FROM audit")
        assert any("api progress" in map(str, row) for row in rows)


async def test_the_same_call_is_done_once_and_a_key_is_good_for_one_call(
    stage: Stage, writer: Caller
) -> None:
    path = f"/assignments/{await dated(writer)}/progress"
    first = (await writer.send(path, DONE)).json()
    again = (await writer.send(path, DONE)).json()
    assert again == {**first, "repeated": True}
    assert len(await writer.items("/progress")) == 1
    assert problem(await writer.send(path, {**DONE, "text": "Đã mời ba đoàn"})) == (409, "key_reused")
    more = await writer.send(path, {**DONE, "text": "Đã mời ba đoàn"}, key="k-2")
    assert more.json()["repeated"] is False
    assert len(await writer.items("/progress")) == 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"text": "Chưa mời được đoàn nào"}, (422, "contradicts")),
        ({"state": "in_progress", "text": "Đã hoàn thành việc mời"}, (422, "contradicts")),
        ({"text": "TỐI MẬT\nĐã mời hai đoàn khách"}, (422, "marked")),
        ({"duty_id": 999}, (422, "no_line")),
        ({"percent": 80}, (400, "bad_body")),
        ({"blocked": True}, (400, "bad_body")),
        ({"state": "finished"}, (400, "bad_body")),
        ({"text": ""}, (400, "bad_body")),
        ({"note": "x"}, (400, "bad_body")),
        ({"text": "x" * 70_000}, (400, "bad_body")),
    ],
)
async def test_what_cannot_be_true_or_may_not_be_kept_is_refused(
    stage: Stage, writer: Caller, change: dict[str, Any], expected: tuple[int, str]
) -> None:
    before = await stage.everything()
    answer = await writer.send(f"/assignments/{await dated(writer)}/progress", {**DONE, **change})
    assert problem(answer) == expected
    assert await stage.everything() == before


async def test_a_call_without_a_key_is_refused(writer: Caller) -> None:
    path = f"/assignments/{await dated(writer)}/progress"
    assert problem(await writer.send(path, DONE, key="")) == (400, "no_key")
    assert problem(await writer.send(path, DONE, key="k" * 101)) == (400, "no_key")


async def test_a_token_that_reads_does_not_report_and_none_reports_for_others(
    stage: Stage, caller: Caller, writer: Caller
) -> None:
    before = await stage.everything()
    id_ = await dated(caller)
    assert problem(await caller.send(f"/assignments/{id_}/progress", DONE)) == (403, "forbidden")
    theirs = [item["id"] for item in await caller.items("/assignments") if item["unit"] == SUPPORTING]
    assert problem(await writer.send(f"/assignments/{theirs[0]}/progress", DONE)) == (404, "not_found")
    wide = await token(stage, person_id=await person(stage, QUAN))
    wider = Caller(writer.client, writer.url, wide.token)
    assert problem(await wider.send(f"/assignments/{theirs[0]}/progress", DONE)) == (403, "forbidden")
    assert await stage.everything() == before


async def test_a_token_reports_no_more_once_its_person_has_lost_the_seat(
    stage: Stage, writer: Caller
) -> None:
    path = f"/assignments/{await dated(writer)}/progress"
    await stage.talk((QUAN, "/thoi", "Thôi phụ trách"))
    await stage.hear(QUAN, Tap("Thôi phụ trách"))
    assert problem(await writer.send(path, DONE)) == (403, "forbidden")


async def test_what_a_system_finishes_waits_for_the_leader_where_they_want_that(
    stage: Stage, writer: Caller
) -> None:
    await stage.talk((LAM, "/duyet bat", "duyệt"))
    id_ = await dated(writer)
    taken = (await writer.send(f"/assignments/{id_}/progress", DONE)).json()
    assert taken["waits_for"] == "leader"
    assert await writer.items("/progress") == []
    await stage.post()
    await stage.talk((LAM, Tap("Duyệt"), "duyệt"))
    assert (await writer.read(f"/assignments/{id_}"))["state"] == "done"
    assert not any("báo thay" in words_of(m) for m in stage.channel.to(HANG))


async def test_what_is_sent_and_answered_is_that_of_the_document(writer: Caller) -> None:
    told = document()
    operation = told["paths"]["/assignments/{id}/progress"]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    Draft202012Validator(schema_of(told, body)).validate(DONE)
    answer = (await writer.send(f"/assignments/{await dated(writer)}/progress", DONE)).json()
    reference = operation["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator(schema_of(told, reference)).validate(answer)
    assert set(names(answer)) == set(fields(told, reference))
    assert [one["name"] for one in operation["parameters"]] == ["id", "Idempotency-Key"]
