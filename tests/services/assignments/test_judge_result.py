"""Confirming what a unit says is done, or giving it back, without a chat."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from services.assignments.judge_result import (
    REASON_LIMIT,
    NotWaiting,
    ResultConfirmed,
    ResultReturned,
    confirm,
    return_,
)
from services.assignments.own_assignment import NotTheirAssignment
from services.common.results import Refused
from tests.cast import COMPILING, LEADING, SILENT, Stage
from tests.services.assignments.deed_kit import NOW, again, audited, bring_into, holder, owed_by

HANDED_IN = date(2026, 6, 9)


async def handed_in(conn: AsyncConnection) -> Assignment:
    """The leading unit's report of 15/6, which waits to be confirmed since the ninth."""
    report = await owed_by(conn, LEADING)
    await bring_into(conn, report, "submitted", HANDED_IN)
    return await again(conn, report)


async def test_what_is_confirmed_was_done_on_the_day_it_was_handed_in(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report, by = await handed_in(conn), await holder(conn, COMPILING, "coordinator")
        result = await confirm(conn, report.id, by=by, now=NOW, rules=stage.rules)
        assert isinstance(result, ResultConfirmed)
        assert len(result.to_tell) == 2  # the unit's leader and its focal point
        now = await again(conn, report)
        assert (now.state, now.finished_on) == ("done", HANDED_IN)
        assert await audited(conn) == ("confirm", "submitted", "done")


async def test_what_is_given_back_is_open_and_asked_for_again(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report, by = await handed_in(conn), await holder(conn, COMPILING, "coordinator")
        result = await return_(conn, report.id, "thiếu phụ lục", by=by, now=NOW, rules=stage.rules)
        assert isinstance(result, ResultReturned)
        assert (result.count, result.reason) == (1, "thiếu phụ lục")
        now = await again(conn, report)
        assert (now.state, now.finished_on, now.returned) == ("returned", None, 1)
        assert await audited(conn) == ("return", "submitted", "returned")


async def test_only_the_coordinating_unit_judges_and_only_what_waits(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report, rules = await handed_in(conn), stage.rules
        other, own = await holder(conn, SILENT, "coordinator"), await holder(conn, LEADING, "leader")
        for by in (other, own):
            turned_away = NotTheirAssignment(report.id)
            assert await confirm(conn, report.id, by=by, now=NOW, rules=rules) == turned_away
            assert await return_(conn, report.id, "…", by=by, now=NOW, rules=rules) == turned_away
        by = await holder(conn, COMPILING, "coordinator")
        too_long = "a" * (REASON_LIMIT + 1)
        assert await return_(conn, report.id, too_long, by=by, now=NOW, rules=rules) == Refused("too_long")
        assert await again(conn, report) == report
        await confirm(conn, report.id, by=by, now=NOW, rules=rules)
        assert isinstance(await confirm(conn, report.id, by=by, now=NOW, rules=rules), NotWaiting)
        assert isinstance(await return_(conn, report.id, "…", by=by, now=NOW, rules=rules), NotWaiting)
