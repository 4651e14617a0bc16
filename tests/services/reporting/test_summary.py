"""What was done in a round, asked without a chat."""

from datetime import date

from domain.reporting.report_kinds import Reports
from services.reporting.report_scope import Scope
from services.reporting.summary import asked_in, rounds, summarize
from tests.cast import LEADING, QUAN, SUPPORTING, TOAN, Stage

TODAY = date(2026, 6, 16)


async def test_a_round_holds_what_units_owed_and_what_they_said(stage: Stage) -> None:
    await stage.hear(TOAN, "1 xong, BC 4/BC-SCT")
    async with stage.database.reading() as conn:
        found = await summarize(conn, Scope(1, "half-2026-1"), Reports(), TODAY)
    assert found is not None
    assert [(told.unit, told.documents) for told in found.updates] == [(SUPPORTING, ("4/BC-SCT",))]
    assert {owing.planned_on for owing in found.owing} == {date(2026, 6, 15)}
    assert (found.stands.reported, found.stands.asked) == (1, 3)


async def test_a_scope_of_one_unit_holds_nothing_of_others(stage: Stage) -> None:
    await stage.hear(TOAN, "1 xong, BC 4/BC-SCT")
    await stage.hear(QUAN, "1.2 vướng kinh phí")
    async with stage.database.reading() as conn:
        whole = await summarize(conn, Scope(1), Reports(), TODAY)
        assert whole is not None
        mine = next(owing.unit_id for owing in whole.owing if owing.unit == LEADING)
        found = await summarize(conn, Scope(1, unit_ids=(mine,)), Reports(), TODAY)
    assert found is not None
    assert {owing.unit for owing in found.owing} == {told.unit for told in found.updates} == {LEADING}
    assert [unit.unit for unit in found.stands.units] == [LEADING]


async def test_what_is_not_there_has_no_summary(stage: Stage) -> None:
    async with stage.database.reading() as conn:
        for scope in (Scope(99), Scope(1, "month-2026-1"), Scope(1, report="khac")):
            assert await summarize(conn, scope, Reports(), TODAY) is None


async def test_every_round_in_which_units_report_was_asked_for(stage: Stage) -> None:
    async with stage.database.reading() as conn:
        known = await rounds(conn, 1)
        assert [round_.due_on for round_ in known] == [date(2026, 6, 15), date(2026, 11, 15)]
        assert [await asked_in(conn, 1, round_, TODAY) for round_ in known] == [True, True]
