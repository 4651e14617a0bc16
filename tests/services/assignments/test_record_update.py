"""Recording, correcting and taking back what people say, and a leader's approval, without a chat."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.organisation.people import Person
from domain.updates import Update
from services.assignments.approve import (
    LeaderDecided,
    NewerWords,
    NothingToApprove,
    approve,
    disapprove,
)
from services.assignments.correct_update import correct_update
from services.assignments.own_assignment import NotTheirAssignment
from services.assignments.record_update import KeptAside, record_line, record_update
from services.assignments.statement import Recorded, Statement
from services.assignments.undo_update import UNDO_WITHIN, UpdateUndone, undo_update
from services.common.results import Refused
from storage.assignments import approval_store, confirmation_store
from tests.cast import LEADING, SUPPORTING, Stage
from tests.services.assignments.deed_kit import NOW, again, audited, bring_into, holder, owed_by

DONE, DOING = Update(state="done"), Update(state="in_progress")


class Unit:
    """The leading unit's focal point, with its first report, in one transaction."""

    def __init__(self, conn: AsyncConnection, stage: Stage, by: Person, report: Assignment) -> None:
        self.conn, self.stage, self.by, self.report = conn, stage, by, report

    def says(self, update: Update, text: str = "đã xong", duty_id: int | None = None) -> Statement:
        return Statement(self.report, duty_id, text, update, self.by, NOW, self.stage.rules, NOW)

    async def records(self, update: Update, text: str = "đã xong") -> Recorded:
        recorded = await record_update(self.conn, self.says(update, text))
        assert isinstance(recorded, Recorded)
        return recorded

    async def wants_approval(self) -> Person:
        """Let the leader's word be wanted; return a leader."""
        await approval_store.want(self.conn, [self.report.unit_id], wanted=True)
        return await holder(self.conn, LEADING, "leader")

    async def stands(self) -> tuple[str, date | None]:
        now = await again(self.conn, self.report)
        return now.state, now.finished_on


@pytest.fixture
async def unit(stage: Stage) -> AsyncIterator[Unit]:
    async with stage.database.writing() as conn:
        yield Unit(conn, stage, await holder(conn, LEADING, "focal"), await owed_by(conn, LEADING))


async def test_what_is_said_to_be_done_is_done_on_that_day(unit: Unit) -> None:
    recorded = await unit.records(DONE)
    assert (recorded.is_pending, recorded.leaders, recorded.coordinators) == (False, (), None)
    assert await unit.stands() == ("done", NOW.date())
    assert await audited(unit.conn) == ("progress", "not_started", "done")


async def test_nobody_records_for_a_unit_without_a_seat_there(unit: Unit) -> None:
    unit.by = await holder(unit.conn, SUPPORTING, "focal")
    turned_away = NotTheirAssignment(unit.report.id)
    assert await record_update(unit.conn, unit.says(DONE)) == turned_away
    assert await record_line(unit.conn, unit.says(DONE)) == turned_away
    assert await correct_update(unit.conn, 1, unit.says(DONE)) == turned_away
    assert await unit.stands() == ("not_started", None)


async def test_what_arrives_late_never_replaces_what_was_said_after_it(unit: Unit) -> None:
    await unit.records(DONE, "xong rồi")
    earlier = Statement(
        unit.report, None, "đang làm", DOING, unit.by, NOW, unit.stage.rules, NOW - timedelta(hours=1)
    )
    assert await record_update(unit.conn, earlier) == KeptAside("xong rồi")
    assert (await unit.stands())[0] == "done"


async def test_what_was_called_off_takes_no_update(unit: Unit) -> None:
    await bring_into(unit.conn, unit.report, "cancelled")
    assert await record_update(unit.conn, unit.says(DONE)) == Refused("closed")
    assert await record_line(unit.conn, unit.says(DOING)) == Refused("closed")
    assert await correct_update(unit.conn, 1, unit.says(DONE)) == Refused("cancelled")


async def test_what_is_done_waits_for_the_coordinator_where_the_plan_wants_that(unit: Unit) -> None:
    assert unit.report.plan_id is not None
    await confirmation_store.want(unit.conn, unit.report.plan_id, wanted=True)
    recorded = await unit.records(DONE)
    assert recorded.coordinators is not None
    assert len(recorded.coordinators) == 1
    assert await unit.stands() == ("submitted", NOW.date())
    assert (await unit.records(DONE, "số 12/BC")).coordinators is None  # it waits already


async def test_a_correction_counts_instead_and_asks_again_for_what_is_not_done(unit: Unit) -> None:
    first = await unit.records(DONE)
    corrected = await correct_update(unit.conn, first.progress_id, unit.says(DOING, "đang làm"))
    assert isinstance(corrected, Recorded)
    assert await unit.stands() == ("in_progress", None)
    twice = await correct_update(unit.conn, first.progress_id, unit.says(DONE))
    assert twice == Refused("not_last")


async def test_an_update_is_taken_back_within_its_time_by_who_made_it(unit: Unit) -> None:
    recorded, rules = await unit.records(DONE), unit.stage.rules
    late = NOW + UNDO_WITHIN + timedelta(seconds=1)
    too_late = await undo_update(unit.conn, recorded.progress_id, by=unit.by, now=late, rules=rules)
    assert too_late == Refused("too_late")
    other = await holder(unit.conn, SUPPORTING, "focal")  # who has left the unit since
    left = await undo_update(unit.conn, recorded.progress_id, by=other, now=NOW, rules=rules)
    assert left == NotTheirAssignment(unit.report.id)
    undone = await undo_update(unit.conn, recorded.progress_id, by=unit.by, now=NOW, rules=rules)
    assert isinstance(undone, UpdateUndone)
    assert undone.restored is None
    assert await unit.stands() == ("not_started", None)
    assert await audited(unit.conn) == ("undo", "done", "not_started")
    again_ = await undo_update(unit.conn, recorded.progress_id, by=unit.by, now=NOW, rules=rules)
    assert again_ == Refused("too_late")


async def test_what_finishes_the_work_waits_for_the_leader_where_that_is_wanted(unit: Unit) -> None:
    leader, rules = await unit.wants_approval(), unit.stage.rules
    recorded = await unit.records(DONE)
    assert recorded.is_pending
    assert len(recorded.leaders) == 1
    assert (await unit.stands())[0] == "in_progress"
    assert await record_update(unit.conn, unit.says(DONE)) == Refused("waits_already")
    turned_away = await approve(unit.conn, recorded.progress_id, by=unit.by, now=NOW, rules=rules)
    assert turned_away == NotTheirAssignment(unit.report.id)
    next_day = NOW + timedelta(days=1)
    approved = await approve(unit.conn, recorded.progress_id, by=leader, now=next_day, rules=rules)
    assert isinstance(approved, LeaderDecided)
    assert await unit.stands() == ("done", NOW.date())  # it counts from when it was said
    once_more = await approve(unit.conn, recorded.progress_id, by=leader, now=next_day, rules=rules)
    assert isinstance(once_more, NothingToApprove)


async def test_a_leader_is_shown_newer_words_before_they_count(unit: Unit) -> None:
    leader, rules = await unit.wants_approval(), unit.stage.rules
    first = await unit.records(DONE)
    newer = await unit.records(Update(state="done", documents=("12/BC-SNgV",)), "số 12/BC-SNgV")
    assert newer.leaders == ()  # they have been asked already
    shown = await approve(unit.conn, first.progress_id, by=leader, now=NOW, rules=rules)
    assert isinstance(shown, NewerWords)
    assert (await unit.stands())[0] == "in_progress"


async def test_what_a_leader_does_not_approve_stays_open(unit: Unit) -> None:
    leader, rules = await unit.wants_approval(), unit.stage.rules
    recorded = await unit.records(DONE)
    refused = await disapprove(
        unit.conn, recorded.progress_id, "thiếu số liệu", by=leader, now=NOW, rules=rules
    )
    assert isinstance(refused, LeaderDecided)
    assert len(refused.to_tell) == 1
    assert (await unit.stands())[0] == "in_progress"
    too_long = await disapprove(unit.conn, recorded.progress_id, "a" * 1001, by=leader, now=NOW, rules=rules)
    assert too_long == Refused("too_long")
