"""Passages of a draft become what a person says they are; each step can be taken back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from documents.reading import read_text
from domain.plans.draft import Draft, Row
from domain.plans.draft_change import CorrectionNotUnderstood, read_change
from domain.plans.judgements import Becomes, Judgement
from services.common.results import Refused
from services.plans.carry_over import Carried
from services.plans.confirm_draft import Confirmed, confirm_draft
from services.plans.correct_draft import correct_draft
from services.plans.import_plan import Imported, LaterVersion, import_plan
from services.plans.open_draft import open_draft
from services.plans.settle_passages import PassagesSettled, settle_passages
from services.plans.undo_correction import CorrectionUndone, undo_correction
from storage.plans import draft_steps
from tests.cast import LEADING, SILENT, SUPPORTING, Stage

TEXT = """ỦY BAN NHÂN DÂN
TỈNH HÀ KHÊ
Số: 77/KH-UBND
Hà Khê, ngày 10 tháng 01 năm 2026
KẾ HOẠCH
Phát triển du lịch cộng đồng năm 2026
I. TỔ CHỨC THỰC HIỆN
Bảo đảm nguồn nước tưới trong mùa khô, xong trước ngày 30/6/2026.
Báo cáo kết quả trước ngày 15/11/2026.
1. Sở Ngoại vụ:
- Chủ trì mời các đối tác nước ngoài đến khảo sát.
2. Sở Công Thương:
- Chủ trì xây dựng điểm bán hàng.
II. KINH PHÍ
Từ dự toán được giao.
"""
WATER, REPORT, SHOP, MONEY = "nguồn nước", "Báo cáo kết quả", "điểm bán hàng", "Từ dự toán"


@dataclass
class Desk:
    """A draft on the desk of the operator, in one transaction."""

    conn: AsyncConnection
    stage: Stage
    plan_id: int = 0

    async def sends(self, text: str) -> Imported:
        now, rules = self.stage.clock.now(), self.stage.rules
        result = await import_plan(self.conn, read_text(text, rules.register), by=None, now=now, rules=rules)
        assert isinstance(result, Imported)
        self.plan_id = result.plan.id
        return result

    async def draft(self) -> Draft:
        draft, _ = await open_draft(self.conn, self.plan_id, self.stage.rules, date(2026, 6, 1))
        return draft

    async def place(self, words: str) -> int:
        return next(passage.index for passage in (await self.draft()).passages if words in passage.text)

    async def fate(self, words: str) -> str:
        return next(passage.fate for passage in (await self.draft()).passages if words in passage.text)

    async def rows(self, words: str) -> list[Row]:
        return [row for row in (await self.draft()).rows if words in row.text]

    async def is_(self, becomes: Becomes, *words: str, who: str = "") -> object:
        places = tuple([await self.place(word) for word in words])
        now, rules = self.stage.clock.now(), self.stage.rules
        judgement = Judgement(places, becomes, who)
        return await settle_passages(self.conn, self.plan_id, judgement, by=None, now=now, rules=rules)

    async def undo(self) -> object:
        return await undo_correction(self.conn, self.plan_id, by=None, now=self.stage.clock.now())


async def test_an_unread_passage_becomes_a_duty_with_the_date_in_its_words(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT)
        assert await desk.fate(WATER) == "unread"
        settled = await desk.is_("duty", WATER, who="so y te")
        assert isinstance(settled, PassagesSettled)
        assert settled.units == (SILENT,)
        (row,) = await desk.rows(WATER)
        assert (row.kind, row.units, row.due) == ("duty", (SILENT,), (date(2026, 6, 30),))
        assert row.text == "Bảo đảm nguồn nước tưới trong mùa khô, xong trước ngày 30/6/2026."
        assert (await desk.draft()).unread != ()
        assert await desk.fate(WATER) == "duty"


async def test_without_a_name_a_duty_is_of_whoever_answers_for_the_one_before(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(
            TEXT.replace(f"- Chủ trì xây dựng {SHOP}.", f"- Chủ trì xây dựng {SHOP}.\n- Mở gian hàng.")
        )
        await desk.is_("background", "Mở gian hàng")
        assert await desk.rows("Mở gian hàng") == []
        await desk.is_("duty", "Mở gian hàng")
        (row,) = await desk.rows("Mở gian hàng")
        assert row.units == (SUPPORTING,)
        texts = [row.text for row in (await desk.draft()).rows if row.kind == "duty"]
        assert texts.index("Mở gian hàng.") == len(texts) - 1


async def test_a_report_of_nobody_is_of_all_who_have_work(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT)
        await desk.is_("report", REPORT)
        (row,) = await desk.rows(REPORT)
        assert (row.kind, set(row.units), row.due) == ("report", {LEADING, SUPPORTING}, (date(2026, 11, 15),))
        await desk.is_("report", REPORT, who="Sở Y tế")
        (row,) = await desk.rows(REPORT)
        assert row.units == (SILENT,)


async def test_a_heading_takes_what_is_unread_under_it(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT.replace("Bảo đảm nguồn nước", "Tổ rừng già:\nBảo đảm nguồn nước"))
        settled = await desk.is_("heading", "Tổ rừng già", who="Sở Y tế")
        assert isinstance(settled, PassagesSettled)
        assert settled.units == (SILENT,)
        assert [(row.units, row.heading) for row in await desk.rows(WATER)] == [((SILENT,), "Tổ rừng già")]
        assert await desk.fate("Tổ rừng già") == "heading"
        (other,) = await desk.rows("đối tác nước ngoài")
        assert other.units == (LEADING,), "the next heading ends it"


async def test_a_heading_gives_its_duties_to_another_unit(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT.replace("2. Sở Công Thương:", "2. Tổ rừng già:"))
        await desk.is_("heading", "Tổ rừng già", who="Sở Y tế")
        (row,) = await desk.rows(SHOP)
        assert row.units == (SILENT,)


async def test_a_heading_that_nobody_knows_is_a_new_unit(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT.replace("Bảo đảm nguồn nước", "Tổ rừng già:\nBảo đảm nguồn nước"))
        await desk.is_("heading", "Tổ rừng già")
        (row,) = await desk.rows(WATER)
        assert row.units == ("Tổ rừng già",)
        assert [unit.name for _, unit in (await desk.draft()).strangers] == ["Tổ rừng già"]
        await desk.undo()
        assert await desk.rows(WATER) == []


async def test_background_takes_the_rows_away_and_undo_brings_them_back(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT)
        before = await desk.draft()
        await desk.is_("background", SHOP, WATER)
        assert await desk.rows(SHOP) == []
        assert SUPPORTING not in (await desk.draft()).working
        assert isinstance(await desk.undo(), CorrectionUndone)
        assert await desk.draft() == before
        assert await desk.undo() == Refused("nothing")


async def test_a_correction_of_a_row_is_taken_back_too(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT)
        draft, register = await open_draft(conn, desk.plan_id, stage.rules, date(2026, 6, 1))
        key = next(row.key for row in draft.rows if SHOP in row.text)
        change = read_change(draft, register, key, "who", "Sở Y tế")
        assert not isinstance(change, CorrectionNotUnderstood)
        now = stage.clock.now()
        await correct_draft(conn, draft, register, change, by=None, now=now, rules=stage.rules)
        assert (await desk.rows(SHOP))[0].units == (SILENT,)
        await desk.undo()
        assert await desk.draft() == draft


async def test_a_name_that_is_not_known_changes_nothing(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT)
        before = await desk.draft()
        refused = await desk.is_("duty", WATER, who="Sở Trên Trời")
        assert isinstance(refused, CorrectionNotUnderstood)
        assert refused.reason == "no_unit"
        assert await desk.draft() == before
        assert await draft_steps.count(conn, desk.plan_id) == 0
        now, rules = stage.clock.now(), stage.rules
        for places in ((), (999,)):
            judgement = Judgement(places, "duty")
            result = await settle_passages(conn, desk.plan_id, judgement, by=None, now=now, rules=rules)
            assert result == Refused("no_passage")


async def test_what_was_settled_is_settled_again_in_the_next_version_of_the_draft(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT)
        await desk.is_("duty", WATER, who="Sở Y tế")
        await desk.is_("background", MONEY)
        again = await desk.sends(TEXT.replace("đến khảo sát", "đến xem vườn"))
        assert again.carried == Carried(2, ())
        (row,) = await desk.rows(WATER)
        assert row.units == (SILENT,)


async def test_a_heading_is_settled_again_under_another_number_and_in_later_versions_of_the_live_plan(
    stage: Stage,
) -> None:
    unknown = TEXT.replace("2. Sở Công Thương:", "2. Tổ rừng già:")
    moved = unknown.replace(
        "2. Tổ rừng già:", "2. Sở Tài chính:\n- Chủ trì cấp kinh phí.\n3. Tổ rừng già:"
    ).replace("điểm bán hàng.", "điểm bán hàng.\n- Chủ trì trồng cây dọc đường.")
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(unknown)
        await desk.is_("heading", "Tổ rừng già", who="Sở Y tế")
        await desk.is_("background", MONEY)
        now, rules = stage.clock.now(), stage.rules
        waved = {"unasked_too": True, "unread_too": True, "passed_too": True}
        result = await confirm_draft(conn, desk.plan_id, by=None, now=now, rules=rules, **waved)
        assert isinstance(result, Confirmed)
        later = await import_plan(conn, read_text(moved, rules.register), by=None, now=now, rules=rules)
        assert isinstance(later, LaterVersion)
        assert later.carried == Carried(2, ())
        desk.plan_id = later.version_id
        assert [row.units for row in await desk.rows("trồng cây")] == [(SILENT,)]
        assert [row.units for row in await desk.rows(SHOP)] == [(SILENT,)]
        await desk.undo()
        assert [row.units for row in await desk.rows("trồng cây")] != [(SILENT,)]


async def test_a_live_plan_is_not_judged_this_way(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        now, rules = stage.clock.now(), stage.rules
        judgement = Judgement((3,), "background")
        assert await settle_passages(conn, 1, judgement, by=None, now=now, rules=rules) == Refused("live")
        assert await undo_correction(conn, 1, by=None, now=now) == Refused("live")
