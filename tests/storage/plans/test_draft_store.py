"""A draft's rows, and that each correction changes what it should and nothing else."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from documents.reading import read_text
from domain.plans.commitments import commit
from domain.plans.draft import Row
from domain.plans.plan import without_undated_own_reports
from storage.organisation import unit_store
from storage.plans import clause_dates, draft_store, plan_store
from storage.plans.draft_store import Target
from tests.cast import COMPILING, LEADING, PLAN, SILENT, SUPPORTING, Stage

TODAY = date(2026, 6, 1)
GROUP = "Các đơn vị liên quan"
TEXT = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong").replace("CHÈ", "MẬT ONG")
TEXT = TEXT.replace("phối hợp với Sở Công Thương mời", "phối hợp với các đơn vị liên quan mời")
TEXT = TEXT.replace("3. Sở Y tế:", "3. Trung tâm Giống ong:")
STRANGER = "Trung tâm Giống ong"


@pytest.fixture
async def conn(empty: Stage) -> AsyncIterator[AsyncConnection]:
    """A database that holds the draft of one plan, its id 1."""
    read = without_undated_own_reports(read_text(TEXT, empty.rules.register))
    async with empty.database.writing() as conn:
        asks = commit(read, empty.rules.register, TODAY)
        assert await plan_store.add(conn, read, asks, empty.clock.now()) == 1
        yield conn


async def row(conn: AsyncConnection, place: int) -> Row:
    return (await draft_store.load(conn, 1, TODAY)).rows[place]


def target(one: Row) -> Target:
    kind, _, id_ = one.key.partition(" ")
    return Target(kind, int(id_))


async def ids(conn: AsyncConnection, *names: str) -> list[int]:
    known = await unit_store.ids(conn)
    return [known[name] for name in names]


async def test_the_rows_stand_in_the_order_of_the_document(conn: AsyncConnection) -> None:
    draft = await draft_store.load(conn, 1, TODAY)
    assert [one.section for one in draft.rows] == ["II.1", "II.1", "II.1", "II.2", "II.2", "II.3", "II.4"]
    assert draft.rows[0].units == (LEADING,)
    assert draft.rows[0].others == ((GROUP, "partner"),)
    assert draft.rows[2].due == (date(2026, 6, 30),)
    assert (draft.rows[3].units, draft.rows[3].partners) == ((SUPPORTING,), (LEADING,))
    assert draft.rows[6].due == (date(2026, 6, 15), date(2026, 11, 15))
    assert draft.rows[6].units == (LEADING, SUPPORTING, STRANGER)
    assert [group.expression for group in draft.open_groups] == [GROUP]
    assert [unit.name for _, unit in draft.strangers] == [STRANGER]
    assert draft.coordinator == COMPILING
    assert draft.period == (date(2026, 1, 1), date(2026, 12, 31))


async def test_a_line_is_given_units_and_its_partners_stay(conn: AsyncConnection) -> None:
    line = await row(conn, 3)
    await draft_store.set_units(conn, 1, target(line), await ids(conn, SILENT))
    changed = await row(conn, 3)
    assert (changed.units, changed.partners) == ((SILENT,), (LEADING,))


async def test_who_has_work_now_reports_and_who_has_none_does_not(conn: AsyncConnection) -> None:
    await draft_store.set_units(conn, 1, target(await row(conn, 5)), await ids(conn, SILENT))
    assert set((await row(conn, 6)).units) == {LEADING, SUPPORTING, SILENT}


async def test_the_coordinator_that_gets_work_does_not_report_to_itself(conn: AsyncConnection) -> None:
    await draft_store.set_units(conn, 1, target(await row(conn, 5)), await ids(conn, COMPILING))
    assert set((await row(conn, 6)).units) == {LEADING, SUPPORTING}


async def test_a_rule_of_chosen_units_is_left_alone_by_other_corrections(conn: AsyncConnection) -> None:
    await draft_store.set_units(conn, 1, target(await row(conn, 6)), await ids(conn, SUPPORTING))
    assert (await row(conn, 6)).units == (SUPPORTING,)


async def test_dates_are_replaced(conn: AsyncConnection) -> None:
    await clause_dates.set_dates(conn, target(await row(conn, 0)), [date(2026, 7, 1)])
    await clause_dates.set_dates(conn, target(await row(conn, 6)), [date(2026, 12, 20)], "yearly")
    assert (await row(conn, 0)).due == (date(2026, 7, 1),)
    report = await row(conn, 6)
    assert (report.due, report.recurrence) == ((date(2026, 12, 20),), "yearly")
    await clause_dates.set_dates(conn, target(report), ())
    assert (await row(conn, 6)).due == ()
    assert (await row(conn, 6)).recurrence == "yearly"


async def test_what_is_left_out_is_gone(conn: AsyncConnection) -> None:
    for place in (6, 5, 2):
        await draft_store.leave_out(conn, 1, target(await row(conn, place)))
    draft = await draft_store.load(conn, 1, TODAY)
    assert [one.section for one in draft.rows] == ["II.1", "II.1", "II.2", "II.2"]
    await draft_store.leave_out(conn, 1, Target("group", int(draft.open_groups[0].key.split()[1])))
    assert (await draft_store.load(conn, 1, TODAY)).open_groups == ()


async def test_an_open_group_means_its_units_wherever_it_is_named(conn: AsyncConnection) -> None:
    await draft_store.mean(conn, 1, GROUP, await ids(conn, SILENT, LEADING))
    draft = await draft_store.load(conn, 1, TODAY)
    assert draft.open_groups == ()
    assert draft.rows[0].units == (LEADING,), "a unit keeps the greater of its two parts"
    assert draft.rows[0].partners == (SILENT,)
    assert SILENT not in draft.rows[6].units, "a partner is not asked"


async def test_a_stranger_is_replaced_everywhere_and_forgotten(conn: AsyncConnection) -> None:
    (key, _), *_ = (await draft_store.load(conn, 1, TODAY)).strangers
    await draft_store.replace_unit(conn, 1, int(key.split()[1]), await ids(conn, SILENT, LEADING))
    draft = await draft_store.load(conn, 1, TODAY)
    assert draft.rows[5].units == (SILENT, LEADING)
    assert set(draft.rows[6].units) == {LEADING, SUPPORTING, SILENT}
    assert draft.strangers == ()
    assert STRANGER not in await unit_store.ids(conn)


async def test_a_partner_that_takes_the_lead_is_a_partner_no_more(conn: AsyncConnection) -> None:
    (stranger,) = await ids(conn, STRANGER)
    await draft_store.set_units(conn, 1, target(await row(conn, 3)), [stranger])
    await draft_store.replace_unit(conn, 1, stranger, await ids(conn, LEADING))
    changed = await row(conn, 3)
    assert (changed.units, changed.partners) == ((LEADING,), ())


async def test_a_unit_of_the_register_is_never_forgotten(conn: AsyncConnection) -> None:
    (silent,) = await ids(conn, SILENT)
    await draft_store.replace_unit(conn, 1, silent, await ids(conn, LEADING))
    assert SILENT in await unit_store.ids(conn)


async def test_a_unit_that_is_only_named_keeps_its_place_and_is_asked_nothing(conn: AsyncConnection) -> None:
    (stranger,) = await ids(conn, STRANGER)
    await draft_store.only_name(conn, 1, stranger)
    draft = await draft_store.load(conn, 1, TODAY)
    assert (draft.rows[5].units, draft.rows[5].partners) == ((), (STRANGER,))
    assert set(draft.rows[6].units) == {LEADING, SUPPORTING}


async def test_what_was_settled_is_told_once_and_goes_with_the_draft(conn: AsyncConnection) -> None:
    await draft_store.settle(conn, 1, "line 3")
    await draft_store.settle(conn, 1, "line 3")
    assert (await draft_store.load(conn, 1, TODAY)).settled == {"line 3"}
    assert await plan_store.drop(conn, 1)
    for table in ("settled", "duty_name"):
        assert (await conn.exec_driver_sql(f"SELECT * FROM {table}")).all() == []  # noqa: S608 - names of ours
