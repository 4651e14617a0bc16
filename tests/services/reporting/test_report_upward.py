"""The coordinator's own report is done, asked without a chat."""

from datetime import date

from services.assignments.own_assignment import NotTheirAssignment
from services.common.results import Refused
from services.reporting.report_upward import SentUp, report_upward
from services.reporting.status import next_upward
from storage.assignments import assignment_store
from tests.cast import COMPILING, HANG, LEADING, Stage, enter
from tests.services.assignments.deed_kit import NOW, again, audited, holder, owed_by
from tests.storage.reporting.test_plan_status import WITH_DATES


async def test_what_is_due_on_one_date_is_done_at_once(empty: Stage) -> None:
    plan_id = await enter(empty, WITH_DATES, empty.rules.register)
    await empty.joins(HANG)
    async with empty.database.writing() as conn:
        hang = await holder(conn, COMPILING, "coordinator")
        upward = await next_upward(conn, plan_id)
        assert upward is not None
        done = await report_upward(conn, upward.ids[0], "xong", by=hang, now=NOW, rules=empty.rules)
        assert done == SentUp(upward)
        (mine,) = await assignment_store.get(conn, upward.ids)
        assert (mine.state, mine.finished_on) == ("done", date(2026, 6, 10))
        assert await audited(conn) == ("progress", "not_started", "done")
        left = await next_upward(conn, plan_id)
        assert left is not None
        assert left.due_on == date(2026, 11, 30)


async def test_neither_a_units_report_nor_anothers_plan_is_meant(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        owed = await owed_by(conn, LEADING)
        hang, quan = await holder(conn, COMPILING, "coordinator"), await holder(conn, LEADING, "focal")
        refused = await report_upward(conn, owed.id, "xong", by=hang, now=NOW, rules=stage.rules)
        assert refused == Refused("not_upward")
        barred = await report_upward(conn, owed.id, "xong", by=quan, now=NOW, rules=stage.rules)
        assert barred == NotTheirAssignment(owed.id)
        assert (await again(conn, owed)).state == "not_started"
