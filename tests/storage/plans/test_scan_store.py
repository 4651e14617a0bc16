"""The pictures of a scan's pages are kept as long as its draft waits, and no longer than two months."""

from dataclasses import replace
from datetime import date, timedelta

from documents.reading import read_text
from domain.plans.commitments import commit
from domain.plans.plan import ScannedPage
from services.plans.confirm_draft import Confirmed, confirm_draft
from storage.plans import plan_store, scan_store
from tests.cast import PLAN, Stage

OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("đối ngoại", "đối nội")
PAGES = (ScannedPage(0, (), b"\xff\xd8first"), ScannedPage(1, (), b"\xff\xd8second"))


async def scanned_draft(stage: Stage) -> int:
    register = stage.rules.register
    read = replace(read_text(OTHER, register), scan=PAGES)
    async with stage.database.writing() as conn:
        return await plan_store.add(conn, read, commit(read, register, date(2026, 6, 1)), stage.clock.now())


async def pictures(stage: Stage, plan: int) -> list[bytes | None]:
    async with stage.database.reading() as conn:
        return [await scan_store.picture(conn, plan, number) for number in (1, 2)]


async def test_a_confirmed_draft_keeps_no_picture(stage: Stage) -> None:
    plan = await scanned_draft(stage)
    assert await pictures(stage, plan) == [page.picture for page in PAGES]
    async with stage.database.writing() as conn:
        done = await confirm_draft(
            conn, plan, by=None, now=stage.clock.now(), rules=stage.rules,
            unasked_too=True, unread_too=True, passed_too=True,
        )  # fmt: skip
    assert isinstance(done, Confirmed)
    assert await pictures(stage, plan) == [None, None]


async def test_a_draft_that_nobody_confirms_loses_its_pictures_after_two_months(stage: Stage) -> None:
    plan = await scanned_draft(stage)
    began = stage.clock.now()
    stage.clock.set(began + timedelta(days=59))
    await stage.program._tidy()
    assert await pictures(stage, plan) == [page.picture for page in PAGES]
    stage.clock.set(began + timedelta(days=61))
    await stage.program._tidy()
    assert await pictures(stage, plan) == [None, None]
    async with stage.database.reading() as conn:
        assert (await plan_store.get(conn, plan)).state == "draft"


async def test_a_live_plan_from_before_loses_them_that_night(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await scan_store.add(conn, 1, PAGES)
    await stage.program._tidy()
    assert await pictures(stage, 1) == [None, None]
