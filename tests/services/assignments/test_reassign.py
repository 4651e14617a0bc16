"""Giving work to another unit, and answering, without a chat."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.organisation.people import Person
from services.assignments.answer_question import (
    AnsweredBefore,
    NotTheirQuestion,
    QuestionAnswered,
    answer_question,
)
from services.assignments.ask_coordinator import QUESTION_LIMIT, QuestionAsked, ask_coordinator
from services.assignments.own_assignment import NotTheirAssignment
from services.assignments.reassign import Reassigned, reassign
from services.common.results import Refused
from services.requests.send_request import RequestSent, send_request
from storage.assignments import assignment_store
from storage.assignments.question_store import Kind
from storage.organisation import unit_store
from tests.cast import COMPILING, LEADING, SILENT, SUPPORTING, Stage
from tests.services.assignments.deed_kit import NOW, again, audited, bring_into, holder, owed_by
from tests.set_clock import at


async def put(
    conn: AsyncConnection, stage: Stage, about: Assignment, kind: Kind = "disclaim", duty: int | None = None
) -> QuestionAsked:
    """Let the unit of an assignment ask about it, or say that it is no work of its own."""
    by = await holder(conn, about.unit, "focal")
    result = await ask_coordinator(
        conn, "không phải", assignment_id=about.id, duty_id=duty, kind=kind, by=by, now=NOW, rules=stage.rules
    )
    assert isinstance(result, QuestionAsked)
    return result


async def give(conn: AsyncConnection, stage: Stage, asked: QuestionAsked, unit: str) -> Reassigned:
    """Let the coordinator give it to a unit."""
    by = await holder(conn, COMPILING, "coordinator")
    result = await reassign(conn, asked.question.id, unit, by=by, now=NOW, rules=stage.rules)
    assert isinstance(result, Reassigned)
    return result


async def owed(conn: AsyncConnection, unit: str) -> list[Assignment]:
    """All that a unit owes or owed."""
    return list(await assignment_store.of_units(conn, [(await unit_store.ids(conn))[unit]]))


async def compiler(conn: AsyncConnection) -> Person:
    """Who compiles the plan."""
    return await holder(conn, COMPILING, "coordinator")


async def test_a_dated_duty_is_asked_of_the_other_unit_by_the_same_date(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        (duty,) = [assignment for assignment in await owed(conn, LEADING) if assignment.kind == "duty"]
        result = await give(conn, stage, await put(conn, stage, duty), SILENT)
        assert (await again(conn, duty)).state == "cancelled"
        (come,) = [assignment for assignment in await owed(conn, SILENT) if assignment.kind == "duty"]
        assert result.come == come
        assert (come.due_on, come.text, come.state) == (duty.due_on, duty.text, "not_started")
        what, was, became = await audited(conn)
        ids = await unit_store.ids(conn)
        assert (what, was, became) == ("reassign", f"unit {ids[LEADING]}", f"unit {ids[SILENT]}")


async def test_a_supporting_part_stays_a_supporting_part(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report = await owed_by(conn, SUPPORTING)
        lines = await assignment_store.report_lines(conn, report)
        line = next(line for line in lines if line.part == "support")
        await give(conn, stage, await put(conn, stage, report, duty=line.duty_id), SILENT)
        theirs = await assignment_store.report_lines(conn, await owed_by(conn, SILENT))
        assert [report_line.part for report_line in theirs if report_line.duty_id == line.duty_id] == [
            "support"
        ]
        leads = await assignment_store.report_lines(conn, await owed_by(conn, LEADING))
        assert [lead.part for lead in leads if lead.duty_id == line.duty_id] in (["lead"], [])
        assert line.duty_id not in {
            line.duty_id for line in await assignment_store.report_lines(conn, await again(conn, report))
        }


async def test_what_a_request_asked_is_asked_of_the_other_unit_once(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        ids, by = await unit_store.ids(conn), await compiler(conn)
        sent = await send_request(
            conn,
            "Số đoàn khách",
            [ids[LEADING], ids[SUPPORTING]],
            at("2026-06-12 15:00"),
            by=by,
            now=NOW,
            rules=stage.rules,
        )
        assert isinstance(sent, RequestSent)
        first, second = sent.owed
        await give(conn, stage, await put(conn, stage, first), SILENT)
        assert (await again(conn, first)).state == "cancelled"
        asked = [assignment for assignment in await owed(conn, SILENT) if assignment.request_id == sent.id]
        assert [(assignment.due_at, assignment.state) for assignment in asked] == [
            (first.due_at, "not_started")
        ]
        await give(conn, stage, await put(conn, stage, second), SILENT)
        assert (
            len([assignment for assignment in await owed(conn, SILENT) if assignment.request_id == sent.id])
            == 1
        )


async def test_a_whole_report_goes_with_its_dates_and_the_duties_that_are_told_of_in_it(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report = await owed_by(conn, SUPPORTING)
        had = len(await assignment_store.report_lines(conn, report))
        result = await give(conn, stage, await put(conn, stage, report), "Sở Xây dựng")
        assert {one.state for one in await owed(conn, SUPPORTING)} == {"cancelled"}
        come = await owed(conn, "Sở Xây dựng")
        assert [(one.due_on.month, one.is_open) for one in come] == [(6, True), (11, True)]
        assert len(await assignment_store.report_lines(conn, come[0])) == had > 0
        assert result.come == come[0]


async def test_to_a_unit_that_reports_already_only_the_duties_go(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report = await owed_by(conn, SUPPORTING)
        reports = [one for one in await owed(conn, SILENT) if one.kind == "report"]
        await give(conn, stage, await put(conn, stage, report), SILENT)
        assert [one.id for one in await owed(conn, SILENT) if one.kind == "report"] == [
            one.id for one in reports
        ]
        lines = await assignment_store.report_lines(conn, await again(conn, reports[0]))
        assert len(lines) == 3


async def test_a_unit_keeps_its_own_and_work_goes_to_no_unit_that_is_unknown(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        by = await compiler(conn)
        facts = {"by": by, "now": NOW, "rules": stage.rules}
        duty = next(assignment for assignment in await owed(conn, LEADING) if assignment.kind == "duty")
        asked = (await put(conn, stage, duty)).question.id
        assert await reassign(conn, asked, LEADING, **facts) == Refused("same_unit")  # type: ignore[arg-type]
        assert await reassign(conn, asked, "Sở Trời", **facts) == Refused("no_unit")  # type: ignore[arg-type]
        assert (await again(conn, duty)).is_open


async def test_rights_are_checked_when_asking_and_when_answering(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report = await owed_by(conn, LEADING)
        other = await holder(conn, SUPPORTING, "focal")
        refused = await ask_coordinator(
            conn, "?", assignment_id=report.id, by=other, now=NOW, rules=stage.rules
        )
        assert refused == NotTheirAssignment(report.id)
        asked = (await put(conn, stage, report, "question")).question.id
        stranger = await holder(conn, SUPPORTING, "coordinator")
        for by in (other, stranger):
            result = await answer_question(conn, asked, "Mẫu 02", by=by, now=NOW, rules=stage.rules)
            assert result == NotTheirQuestion(asked)
        own = await compiler(conn)
        long = "a" * (QUESTION_LIMIT + 1)
        assert await answer_question(conn, asked, long, by=own, now=NOW, rules=stage.rules) == Refused(
            "too_long"
        )
        first = await answer_question(conn, asked, "Mẫu 02", by=own, now=NOW, rules=stage.rules)
        assert isinstance(first, QuestionAnswered)
        again_ = await answer_question(conn, asked, "Mẫu 03", by=own, now=NOW, rules=stage.rules)
        assert isinstance(again_, AnsweredBefore)
        assert again_.question.answer == "Mẫu 02"


async def test_what_is_over_cannot_be_disclaimed(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        duty = next(assignment for assignment in await owed(conn, LEADING) if assignment.kind == "duty")
        await bring_into(conn, duty, "done", NOW.date())
        by = await holder(conn, LEADING, "focal")
        result = await ask_coordinator(
            conn, "không phải", assignment_id=duty.id, kind="disclaim", by=by, now=NOW, rules=stage.rules
        )
        assert result == Refused("closed")
