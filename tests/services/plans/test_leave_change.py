"""Changes of a later version are taken or left one by one; what was corrected on a live plan outlives it."""

from domain.plans.version_diff import Changes
from services.common.results import Refused
from services.plans.apply_version import VersionApplied, apply_version
from services.plans.import_plan import LaterVersion
from services.plans.leave_change import ChangeLeft, leave_change
from services.plans.undo_correction import CorrectionUndone, undo_correction
from storage.plans import clause_store, version_store
from tests.cast import PLAN, Stage
from tests.services.plans.test_plan_deeds import Desk

LETTERS = "- Chủ trì gửi thư mời các đối tác, hoàn thành trước ngày 30/6/2026."
BOOK = "- Dịch sách giới thiệu chè sang tiếng nước ngoài."
FILM = "- Làm phim về chè cổ thụ, hoàn thành trước ngày 30/9/2026."
LATER = (
    PLAN.replace(f"{BOOK}\n\n", "").replace(LETTERS, f"{LETTERS}\n\n{FILM}").replace("30/6/2026", "20/7/2026")
)
"""The book is out, the film comes, the letters have longer."""


async def waits(desk: Desk, text: str = LATER) -> int:
    """Let a later version wait; return its id."""
    later = await desk.sends(text)
    assert isinstance(later, LaterVersion)
    return later.version_id


async def changes(desk: Desk, version: int) -> Changes:
    return await version_store.changes(desk.conn, version)


async def leave(desk: Desk, version: int, sign: str) -> object:
    """Leave the first change of that sign out."""
    key = next(key for at, key in (await changes(desk, version)).keys if at == sign)
    now, rules = desk.stage.clock.now(), desk.stage.rules
    return await leave_change(desk.conn, version, sign, key, by=None, now=now, rules=rules)


async def apply(desk: Desk, version: int) -> None:
    now, rules = desk.stage.clock.now(), desk.stage.rules
    result = await apply_version(desk.conn, version, by=None, now=now, rules=rules)
    assert isinstance(result, VersionApplied)


async def says(desk: Desk) -> dict[str, tuple[str, ...]]:
    """What the live plan says, by its words, with its dates."""
    stated = await clause_store.clauses(desk.conn, 1)
    return {clause.text: tuple(f"{day:%d/%m}" for day in clause.due) for clause in stated}


async def test_what_is_left_out_is_not_applied_and_the_rest_is(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, None)
        before = await says(desk)
        version = await waits(desk)
        assert [sign for sign, _ in (await changes(desk, version)).keys] == ["+", "-", "~"]
        assert isinstance(await leave(desk, version, "-"), ChangeLeft)
        assert isinstance(await leave(desk, version, "~"), ChangeLeft)
        assert [sign for sign, _ in (await changes(desk, version)).keys] == ["+"]
        await apply(desk, version)
        assert await says(desk) == before | {FILM.strip("- "): ("30/09",)}
        stays = await conn.exec_driver_sql("SELECT passage FROM duty WHERE text LIKE 'Dịch sách%'")
        assert stays.scalar_one() is None


async def test_what_would_be_added_can_be_left_out(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, None)
        version = await waits(desk)
        assert isinstance(await leave(desk, version, "+"), ChangeLeft)
        await apply(desk, version)
        assert FILM.strip("- ") not in await says(desk)


async def test_what_was_left_out_is_taken_again(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, None)
        version = await waits(desk)
        keys = (await changes(desk, version)).keys
        for sign in ("+", "-", "~"):
            await leave(desk, version, sign)
        assert (await changes(desk, version)).keys == ()
        for _ in range(3):
            undone = await undo_correction(conn, version, by=None, now=stage.clock.now())
            assert isinstance(undone, CorrectionUndone)
        assert [sign for sign, _ in (await changes(desk, version)).keys] == [sign for sign, _ in keys]


async def test_what_is_no_change_is_not_left_out(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, None)
        version, now = await waits(desk), stage.clock.now()
        wrong = ((version, "+", "line 1"), (version, "x", "y"), (1, "-", "line 2"), (999, "-", "line 2"))
        for plan, sign, key in wrong:
            result = await leave_change(conn, plan, sign, key, by=None, now=now, rules=stage.rules)
            assert result == Refused("gone")


async def test_a_date_that_was_left_stays_in_the_version_after(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, None)
        version = await waits(desk, PLAN.replace("30/6/2026", "20/7/2026"))
        await leave(desk, version, "~")
        await apply(desk, version)
        later = PLAN.replace("30/6/2026", "20/7/2026").replace("15/6 và", "16/6 và")
        letters, report = (await changes(desk, await waits(desk, later))).changed
        assert (letters.moved, letters.reworded, report.moved) == (False, True, True)


async def test_what_was_corrected_on_a_live_plan_outlives_a_later_version(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, None)
        await desk.corrects(1, await desk.row_of(1, "gửi thư mời"), "10/7/2026")
        await desk.corrects(1, await desk.row_of(1, "Kiểm tra an toàn"), "Sở Nội vụ")
        version = await waits(desk, PLAN.replace("15/6 và", "16/6 và"))
        (pair,) = (await changes(desk, version)).changed
        assert pair.old.kind == "report"
        await apply(desk, version)
        assert (await says(desk))[LETTERS.strip("- ")] == ("10/07",)


async def test_where_that_very_clause_has_changed_the_document_is_right(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, None)
        await desk.corrects(1, await desk.row_of(1, "gửi thư mời"), "10/7/2026")
        version = await waits(desk, PLAN.replace("30/6/2026", "20/7/2026"))
        (pair,) = (await changes(desk, version)).changed
        assert [f"{day:%d/%m}" for day in pair.new.due] == ["20/07"]
