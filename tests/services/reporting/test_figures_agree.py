"""Whatever happens to a plan, every place counts the same: random histories, counted by hand and compared.

`NHACVIEC_DEED_HISTORIES=1000` makes as many of them; tests/handlers/reporting/test_pure_figures.py makes
thousands without a database, and `make histories` both.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import load_texts
from documents.writing.tracking_workbook import Labels
from domain.reporting.figures import Figures, sum_of
from domain.reporting.report_kinds import Reports
from domain.reporting.standing import Standing
from handlers.common.wording import Wording
from handlers.nudging.digest_message import word_plan_head
from handlers.reporting.report_draft import report_of
from handlers.reporting.status_chat import word_status
from handlers.reporting.table_rows import board_of, tracking_of
from services.reporting.cycle import cycle
from services.reporting.passed_dates import passed_dates
from services.reporting.report_scope import Scope, view_of
from services.reporting.standing_marks import by_clause, by_day, by_unit
from services.reporting.status import status, unit_notes
from services.reporting.summary import Summary, rounds, summarize, summary_of
from services.reporting.unit_counts import assigned_units
from storage.database.schema import assignment, progress
from storage.organisation import contact_store
from storage.plans import plan_store
from tests.cast import Stage
from tests.histories import FIRST, SPAN, History, make

COUNT = int(os.environ.get("NHACVIEC_DEED_HISTORIES", "16"))
CHUNK = 8
NEVER = Labels("", ())


@dataclass(frozen=True)
class Row:
    """One assignment as the tables have it, counted by hand."""

    id: int
    unit_id: int
    is_report: bool
    upward: bool
    planned_on: date
    due_on: date
    is_over: bool
    counts: bool
    answer: str


class Undone(Exception):
    """Ends a transaction without a trace."""


@pytest.mark.parametrize("first", range(0, COUNT, CHUNK))
async def test_all_places_agree(stage: Stage, first: int) -> None:
    for seed in range(first, min(first + CHUNK, COUNT)):
        with pytest.raises(Undone):
            await one_history(stage, seed)


async def one_history(stage: Stage, seed: int) -> None:
    """Make and check a history; raise Undone, so that it leaves no trace."""

    async def make_and_check(conn: AsyncConnection) -> None:
        await check(await make(conn, stage.rules, seed), seed)
        raise Undone

    await stage.database.write(make_and_check)


async def check(history: History, seed: int) -> None:
    """Compare every place on the day on which the history ends, and on two others; its papers on one."""
    days = (history.today, history.today + timedelta(days=9), FIRST + timedelta(days=SPAN + 40))
    for day in days:
        rows = await by_hand(history, day)
        where = f"history {seed} on {day}"
        stands = await agrees_with_status(history, rows, day, where)
        if day == days[seed % len(days)]:
            await agrees_in_papers(history, rows, stands, day, where)
        await agrees_elsewhere(history, rows, day, where)


async def by_hand(history: History, today: date) -> list[Row]:
    """Count each assignment by the terms of docs/so-lieu.md, without a single query of the program."""
    conn, mine = history.conn, assignment.c.plan_id == history.plan_id
    found = (await conn.execute(select(assignment).where(mine))).all()
    words = (await conn.execute(select(progress).order_by(progress.c.id))).all()
    by_rule: dict[int | None, set[int]] = {}
    for row in found:
        by_rule.setdefault(row.rule_id, set()).add(row.unit_id)
    rows = []
    for row in found:
        said = [
            word for word in words if word.assignment_id == row.id and word.kind == "said" and not word.undone
        ]
        is_in = row.state in ("submitted", "done")
        is_late = is_in and row.finished_on is not None and row.finished_on > row.last_on
        answer = "missing" if not is_in else "late" if is_late else "nil" if is_nil(said) else "on_time"
        is_past = row.past and row.state != "done"
        rows.append(
            Row(
                id=row.id,
                unit_id=row.unit_id,
                is_report=row.rule_id is not None,
                upward=row.rule_id is not None and by_rule[row.rule_id] == {history.coordinator},
                planned_on=row.planned_on,
                due_on=row.due_on,
                is_over=is_in or row.last_on < today,
                counts=row.state != "cancelled" and not is_past,
                answer=answer,
            )
        )
    return [row for row in rows if row.counts]


def is_nil(said: Sequence[object]) -> bool:
    """Whether the last words on the whole, or those on every line that ended it, tell of nothing."""
    told = [one for one in said if one.state is not None]  # type: ignore[attr-defined]  # a row of progress
    nils = [one for one in told if one.state == "nil"]  # type: ignore[attr-defined]
    for nil in nils:
        later = [o for o in told if o.id > nil.id and o.state != "nil"]  # type: ignore[attr-defined]
        lines = nil.duty_id is not None and any(o.state == "done" for o in told)  # type: ignore[attr-defined]
        if not later and not lines:
            return True
    return False


def figures(rows: Iterable[Row]) -> Figures:
    counts = Counter(row.answer for row in rows)
    return Figures(counts.total(), counts["on_time"], counts["late"], counts["nil"], counts["missing"])


async def agrees_with_status(history: History, rows: list[Row], day: date, where: str) -> Standing:
    conn, plan_id = history.conn, history.plan_id
    found = await status(conn, plan_id, day)
    stands = found.standing
    own = [row for row in rows if not row.upward]
    focus = stands.focus or date.min
    now = [row for row in own if min(row.due_on, row.planned_on) <= focus]
    assert stands.figures == figures(now), where
    assert sum_of(unit.figures for unit in stands.units) == stands.figures, where
    assert stands.tally.total == stands.figures.expected, where
    for unit in stands.units:
        assert unit.figures == figures(row for row in now if row.unit_id == unit.unit_id), where
        assert 0 <= unit.done <= unit.total == unit.figures.expected, where
    of_round = [row for row in own if row.is_report and row.planned_on == stands.round]
    if stands.round is not None:
        asked = {row.unit_id for row in of_round}
        behind = {row.unit_id for row in of_round if row.answer == "missing"}
        assert (stands.reported, stands.asked) == (len(asked - behind), len(asked)), where
    assert 0 <= stands.reported <= stands.asked, where
    words = wording(history, day)
    told = await word_status(conn, words, await plan_store.get(conn, plan_id), found)
    numbers = re.search(
        r"Phải có (\d+): đúng hạn (\d+) · muộn (\d+) · không phát sinh (\d+) · chưa có (\d+)", told
    )
    assert numbers is not None, where
    assert Figures(*map(int, numbers.groups())) == stands.figures, where
    head = word_plan_head(words, history.rules.ladders, await plan_store.get(conn, plan_id), stands)
    share = re.search(r"(\d+)/(\d+) đơn vị", head)
    assert share is None or tuple(map(int, share.groups())) == (stands.reported, stands.asked), where
    notes = await unit_notes(conn, plan_id, stands, [unit.unit_id for unit in stands.units], day)
    assert all(note.lines is None or note.lines[0] <= note.lines[1] for note in notes.values()), where
    return stands


def wording(history: History, day: date) -> Wording:
    return Wording(load_texts("vi"), day, history.rules.days, history.rules.zone)


async def agrees_in_papers(
    history: History, rows: list[Row], stands: Standing, day: date, where: str
) -> None:
    conn, plan_id, words = history.conn, history.plan_id, wording(history, day)
    view = await view_of(conn, Scope(plan_id), Reports(), day)
    assert view is not None
    drawn = await summary_of(conn, type(view)(view.scope, view.plan, None, view.rounds, None), day)
    tiles = Counter(tile.light for unit in board_of(words, drawn, history.now).units for tile in unit.tiles)
    assert tiles.total() == stands.figures.expected, where
    assert tiles["done_in_time"] == stands.tally.done_in_time, where
    assert tiles["done_late"] == stands.tally.done_late, where
    for round_ in await rounds(conn, plan_id):
        found = await summarize(conn, Scope(plan_id, str(round_.period)), Reports(), day)
        assert found is not None, where
        agrees_in_round(words, found, rows, where)
        if found.view.round and found.view.round.due_on == stands.round:
            assert (found.stands.reported, found.stands.asked) == (stands.reported, stands.asked), where


def agrees_in_round(words: Wording, found: Summary, rows: list[Row], where: str) -> None:
    ids = {owing.id for owing in found.owing}
    stands = found.stands
    assert stands.figures == figures(row for row in rows if row.id in ids), where
    due = found.view.round.due_on if found.view.round else None
    of_round = {row.id for row in rows if row.is_report and row.planned_on == due and not row.upward}
    assert of_round <= ids, where
    table = tracking_of(words, found, NEVER)
    assert sum_of(tally.figures for tally in table.tallies) == stands.figures, where
    assert sum(tally.tally.total for tally in table.tallies) == stands.figures.expected, where
    report = report_of(words, Reports(), found)
    assert (report.figures.reported, report.figures.asked) == (stands.reported, stands.asked), where
    assert report.figures.tally == stands.tally, where
    assert sum(annex_row.duties for annex_row in report.annex) == stands.figures.expected, where
    assert all(annex_row.done <= annex_row.duties for annex_row in report.annex), where


async def agrees_elsewhere(history: History, rows: list[Row], day: date, where: str) -> None:
    conn, plan_id = history.conn, history.plan_id
    contacts = await contact_store.asked_since(conn, [history.coordinator])
    assert contacts.keys() == {row.unit_id for row in rows}, where
    assert await assigned_units(conn, plan_id) == len(contacts), where
    ended = await cycle(conn, plan_id, day)
    over = [row for row in rows if row.is_over and not row.upward]
    assert sum_of(one.figures for one in ended.ended) == figures(over), where
    assert all(late_thing.late <= late_thing.owed for late_thing in ended.often_late), where
    first, last = date(2020, 1, 1), date(2030, 1, 1)
    marks = (
        await by_unit(conn, [plan_id], day),
        await by_clause(conn, plan_id, day),
        await by_day(conn, plan_id, first, last, day),
    )
    totals = [sum(count for some in mark.values() for _, count in some) for mark in marks]
    assert totals == [len(rows)] * 3, where
    for passed in await passed_dates(conn, plan_id, first, day):
        those = [row for row in rows if row.planned_on == passed.planned_on and not row.upward]
        assert passed.units == len({row.unit_id for row in those}), where
        assert 0 <= passed.answered <= passed.units, where
        assert {owing.id for owing in passed.missing} == {r.id for r in those if r.answer == "missing"}, where
