"""A plan without a number that comes again is not doubled in silence."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from documents.reading import read_text
from services.common.results import Refused
from services.plans.apply_version import VersionApplied, apply_version
from services.plans.carry_over import Carried
from services.plans.confirm_draft import AsksVersion, Confirmed, confirm_draft
from services.plans.import_plan import Imported, LaterVersion, import_plan
from services.plans.join_version import DraftReplaced, KeptApart, join_version, keep_apart
from services.plans.own_plan import NotTheirPlan
from storage.plans import draft_store, plan_store
from tests.cast import COMPILING, LEADING, PLAN, SILENT, Stage
from tests.services.plans.test_plan_deeds import Desk, compiler

NAMELESS = PLAN.replace("Số: 33/KH-UBND", "Số:     /KH-UBND")


async def enter(stage: Stage, conn: AsyncConnection, text: str) -> Imported:
    now, rules = stage.clock.now(), stage.rules
    result = await import_plan(conn, read_text(text, rules.register), by=None, now=now, rules=rules)
    assert isinstance(result, Imported)
    return result


async def test_it_does_not_go_live_before_somebody_said_which_it_is(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    async with stage.database.writing() as conn:
        entered = await enter(stage, conn, NAMELESS)
        assert entered.resembles is not None
        assert entered.resembles.id == 1
        asked = await confirm_draft(conn, entered.plan.id, by=None, now=now, rules=rules)
        assert isinstance(asked, AsksVersion)
        assert asked.other.id == 1
        kept = await keep_apart(conn, entered.plan.id, by=None, now=now)
        assert isinstance(kept, KeptApart)
        assert isinstance(
            await confirm_draft(conn, entered.plan.id, by=None, now=now, rules=rules), Confirmed
        )


async def test_a_version_of_a_live_plan_waits_and_brings_what_it_changes(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    async with stage.database.writing() as conn:
        entered = await enter(stage, conn, NAMELESS.replace("30/6/2026", "20/6/2026"))
        later = await join_version(conn, entered.plan.id, by=None, now=now, rules=rules)
        assert isinstance(later, LaterVersion)
        assert (later.plan.id, later.version_id) == (1, entered.plan.id)
        assert len(await plan_store.listing(conn)) == 1
        applied = await apply_version(conn, later.version_id, by=None, now=now, rules=rules)
        assert isinstance(applied, VersionApplied)
        assert (applied.applied.new, applied.applied.moved, applied.applied.cancelled) == (0, 1, 0)


async def test_an_older_draft_gives_way_and_its_corrections_are_made_again(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    other = NAMELESS.replace("QUẢNG BÁ CHÈ", "TRỒNG QUẾ").replace("chè", "quế")
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, None)
        first = await enter(stage, conn, other)
        key = await desk.row_of(first.plan.id, "gửi thư mời")
        await desk.corrects(first.plan.id, key, "20/6")
        second = await enter(stage, conn, other.replace("Số:     /KH-UBND", "Số: 55/KH-UBND"))
        assert second.resembles is not None
        joined = await join_version(conn, second.plan.id, by=None, now=now, rules=rules)
        assert isinstance(joined, DraftReplaced)
        assert joined.carried == Carried(1, ())
        assert await plan_store.find(conn, first.plan.id) is None
        draft = await draft_store.load(conn, second.plan.id, date(2026, 6, 1))
        (row,) = [row for row in draft.rows if "gửi thư mời" in row.text]
        assert (row.units, row.due) == ((LEADING,), (date(2026, 6, 20),))


async def test_only_who_compiles_both_says_so_and_only_once(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    async with stage.database.writing() as conn:
        entered = await enter(stage, conn, NAMELESS)
        stranger = await compiler(conn, SILENT)
        refused = NotTheirPlan(f"plan {entered.plan.id}", COMPILING)
        assert await join_version(conn, entered.plan.id, by=stranger, now=now, rules=rules) == refused
        assert await keep_apart(conn, entered.plan.id, by=stranger, now=now) == refused
        await keep_apart(conn, entered.plan.id, by=None, now=now)
        assert await join_version(conn, entered.plan.id, by=None, now=now, rules=rules) == Refused("gone")
        assert await join_version(conn, 1, by=None, now=now, rules=rules) == Refused("gone")


async def test_the_plan_of_another_coordinator_is_never_named(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        entered = await enter(stage, conn, NAMELESS.replace(COMPILING, "Sở Tài chính"))
        assert entered.resembles is None


async def test_a_question_that_was_not_answered_stays_when_the_document_is_sent_anew(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    numbered = NAMELESS.replace("Số:     /KH-UBND", "Số: 55/KH-UBND")
    async with stage.database.writing() as conn:
        await enter(stage, conn, numbered)
        again = await enter(stage, conn, numbered.replace("30/6/2026", "20/6/2026"))
        assert again.resembles is not None
        await keep_apart(conn, again.plan.id, by=None, now=now)
        third = await enter(stage, conn, numbered.replace("30/6/2026", "10/6/2026"))
        assert third.resembles is None
        assert isinstance(await confirm_draft(conn, third.plan.id, by=None, now=now, rules=rules), Confirmed)
