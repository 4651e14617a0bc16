"""Sending and closing a request, without a chat."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.organisation.people import Person
from services.common.results import Refused
from services.requests.close_request import RequestClosed, close_request
from services.requests.send_request import RequestSent, send_request
from storage.database.schema import outgoing
from storage.organisation import people_store, unit_store
from tests.cast import HANG, LEADING, QUAN, SUPPORTING, Somebody, Stage
from tests.set_clock import at

NOW = at("2026-04-10 09:00")
DUE = NOW + timedelta(hours=6)


@pytest.fixture
async def office(empty: Stage) -> Stage:
    """Hằng asks; Quân's unit has people, the other one has none."""
    empty.clock.set("2026-04-10 09:00")
    for who in (HANG, QUAN):
        await empty.joins(who)
    return empty


async def person(stage: Stage, who: Somebody) -> Person:
    async with stage.database.reading() as conn:
        found = await people_store.find(conn, stage.channel.name, who.chat, NOW.date())
    assert found is not None
    return found


async def send(
    stage: Stage, text: str = "số hộ thiệt hại", by: Somebody = HANG, due: datetime = DUE
) -> object:
    asker = await person(stage, by)
    async with stage.database.writing() as conn:
        ids = await unit_store.ids(conn)
        units = [ids[LEADING], ids[SUPPORTING]]
        return await send_request(conn, text, units, due, by=asker, now=NOW, rules=stage.rules)


async def test_each_unit_owes_an_answer_and_its_people_get_a_message(office: Stage) -> None:
    sent = await send(office)
    assert isinstance(sent, RequestSent)
    assert [(each.unit, each.due_at) for each in sent.owed] == [(LEADING, DUE), (SUPPORTING, DUE)]
    assert sent.reached == {(await person(office, QUAN)).id}
    async with office.database.reading() as conn:
        rows = (await conn.execute(select(outgoing.c.kind, outgoing.c.day))).all()
    assert [tuple(row) for row in rows] == [("request", NOW.date())]


async def test_what_is_not_whole_over_or_not_theirs_is_refused(office: Stage) -> None:
    assert await send(office, text="") == Refused("incomplete")
    assert await send(office, due=NOW) == Refused("passed")
    assert await send(office, by=QUAN) == Refused("not_yours")


async def test_a_request_is_closed_once_and_by_its_own_coordinator(office: Stage) -> None:
    sent = await send(office)
    assert isinstance(sent, RequestSent)
    hang, quan = await person(office, HANG), await person(office, QUAN)
    async with office.database.writing() as conn:
        results = [
            await close_request(conn, sent.id, by=by, now=NOW, rules=office.rules)
            for by in (quan, hang, hang)
        ]
    assert results[0] == Refused("not_yours")
    assert isinstance(results[1], RequestClosed)
    assert len(results[1].called_off) == 2
    assert results[1].to_tell == ()  # nobody's message is out yet
    assert results[2] == Refused("closed")
