"""Asking for a later date, taking that back, and deciding on it, without a chat."""

from datetime import date

from domain.assignments.extension_replies import Decision
from services.assignments.ask_extension import (
    AlreadyAsked,
    ExtensionAsked,
    WishWithdrawn,
    ask_extension,
    withdraw_extension,
)
from services.assignments.decide_extension import (
    ExtensionDecided,
    TooEarly,
    WishClosed,
    decide_extension,
)
from services.assignments.own_assignment import NotTheirAssignment
from services.common.results import Refused
from tests.cast import COMPILING, LEADING, SILENT, SUPPORTING, Stage
from tests.services.assignments.deed_kit import NOW, again, audited, bring_into, holder, owed_by

DUE, WANTED, LATER = date(2026, 6, 15), date(2026, 6, 22), date(2026, 6, 25)
GRANTED, REFUSED = Decision(granted=True), Decision(granted=False, reason="đã quá gấp")


async def test_a_wish_waits_and_a_second_one_takes_its_place(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report, by = await owed_by(conn, LEADING), await holder(conn, LEADING, "focal")
        first = await ask_extension(conn, report.id, WANTED, "chờ số liệu", by=by, now=NOW, rules=stage.rules)
        assert isinstance(first, ExtensionAsked)
        assert (first.instead_of, len(first.to_tell)) == (None, 1)
        assert await audited(conn) == ("wish", "2026-06-15", "2026-06-22")
        assert (await again(conn, report)).wanted_on == WANTED
        same = await ask_extension(conn, report.id, WANTED, "", by=by, now=NOW, rules=stage.rules)
        assert isinstance(same, AlreadyAsked)
        second = await ask_extension(conn, report.id, LATER, "", by=by, now=NOW, rules=stage.rules)
        assert isinstance(second, ExtensionAsked)
        assert second.instead_of == WANTED
        coordinator = await holder(conn, COMPILING, "coordinator")
        put_aside = await decide_extension(
            conn, first.wish_id, GRANTED, by=coordinator, now=NOW, rules=stage.rules
        )
        assert put_aside == Refused("superseded")


async def test_only_a_later_date_of_ones_own_open_work_can_be_asked_for(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report, by = await owed_by(conn, LEADING), await holder(conn, LEADING, "focal")
        for wanted, has_passed in ((DUE, False), (NOW.date(), True)):
            asked = await ask_extension(conn, report.id, wanted, "", by=by, now=NOW, rules=stage.rules)
            assert isinstance(asked, TooEarly)
            assert asked.has_passed is has_passed
        other = await holder(conn, SUPPORTING, "focal")
        turned_away = await ask_extension(conn, report.id, WANTED, "", by=other, now=NOW, rules=stage.rules)
        assert turned_away == NotTheirAssignment(report.id)
        await bring_into(conn, report, "done", NOW.date())
        closed = await ask_extension(conn, report.id, WANTED, "", by=by, now=NOW, rules=stage.rules)
        assert closed == Refused("closed")


async def test_a_wish_that_is_taken_back_leaves_the_date(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report, by = await owed_by(conn, LEADING), await holder(conn, LEADING, "focal")
        rules = stage.rules
        assert await withdraw_extension(conn, report.id, by=by, now=NOW, rules=rules) == Refused("no_wish")
        await ask_extension(conn, report.id, WANTED, "", by=by, now=NOW, rules=rules)
        assert isinstance(
            await withdraw_extension(conn, report.id, by=by, now=NOW, rules=rules), WishWithdrawn
        )
        now = await again(conn, report)
        assert (now.due_on, now.wanted_on) == (DUE, None)


async def test_a_decision_moves_the_date_once_and_only_the_coordinator_makes_it(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report, by = await owed_by(conn, LEADING), await holder(conn, LEADING, "focal")
        rules = stage.rules
        wish = await ask_extension(conn, report.id, WANTED, "", by=by, now=NOW, rules=rules)
        assert isinstance(wish, ExtensionAsked)
        for other in (by, await holder(conn, SILENT, "coordinator")):
            turned_away = await decide_extension(conn, wish.wish_id, GRANTED, by=other, now=NOW, rules=rules)
            assert turned_away == NotTheirAssignment(report.id)
        coordinator = await holder(conn, COMPILING, "coordinator")
        early = await decide_extension(
            conn, wish.wish_id, Decision(granted=True, until=DUE), by=coordinator, now=NOW, rules=rules
        )
        assert isinstance(early, TooEarly)
        until = Decision(granted=True, until=LATER)
        decided = await decide_extension(conn, wish.wish_id, until, by=coordinator, now=NOW, rules=rules)
        assert isinstance(decided, ExtensionDecided)
        assert decided.due_on == LATER
        assert len(decided.to_tell) == 1
        now = await again(conn, report)
        assert (now.due_on, now.planned_on, now.wanted_on) == (LATER, DUE, None)
        second = await decide_extension(conn, wish.wish_id, REFUSED, by=coordinator, now=NOW, rules=rules)
        assert isinstance(second, WishClosed)
        assert second.by is not None
        assert (await again(conn, report)).due_on == LATER


async def test_a_refusal_leaves_the_date_and_asks_again(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        report, by = await owed_by(conn, LEADING), await holder(conn, LEADING, "focal")
        wish = await ask_extension(conn, report.id, WANTED, "", by=by, now=NOW, rules=stage.rules)
        assert isinstance(wish, ExtensionAsked)
        coordinator = await holder(conn, COMPILING, "coordinator")
        refused = await decide_extension(
            conn, wish.wish_id, REFUSED, by=coordinator, now=NOW, rules=stage.rules
        )
        assert isinstance(refused, ExtensionDecided)
        assert await audited(conn) == ("refused", "2026-06-15", "2026-06-15")
        assert (await again(conn, report)).due_on == DUE
