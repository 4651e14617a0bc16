"""A plan that gives units no dates does not go live before somebody chose when they report."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from documents.reading import read_text
from domain.plans.rhythms import Rhythm, make_rhythm
from services.plans.choose_rhythm import RhythmChosen, RuleWording, choose_rhythm
from services.plans.confirm_draft import AsksRhythm, Confirmed, confirm_draft
from services.plans.import_plan import Imported, LaterVersion, import_plan
from services.plans.open_draft import open_draft
from storage.assignments import assignment_store
from storage.plans import plan_store
from tests.cast import LEADING, SILENT, SUPPORTING, Stage

PROGRAMME = """ỦY BAN NHÂN DÂN
TỈNH HÀ KHÊ
Số: 77/KH-UBND
Hà Khê, ngày 10 tháng 01 năm 2026
KẾ HOẠCH
Phát triển du lịch cộng đồng giai đoạn 2026 - 2028
I. TỔ CHỨC THỰC HIỆN
1. Sở Ngoại vụ:
- Chủ trì mời các đối tác nước ngoài đến khảo sát.
2. Sở Công Thương:
- Chủ trì xây dựng điểm bán hàng.
3. Sở Y tế:
- Chủ trì hướng dẫn vệ sinh an toàn thực phẩm.
"""
WORDING = RuleWording("Các đơn vị", "Báo cáo 6 tháng và năm")


async def entered(stage: Stage, conn: AsyncConnection, text: str) -> int:
    now, rules = stage.clock.now(), stage.rules
    result = await import_plan(conn, read_text(text, rules.register), by=None, now=now, rules=rules)
    assert isinstance(result, Imported)
    return result.plan.id


async def decree(stage: Stage, conn: AsyncConnection, plan_id: int) -> Rhythm:
    draft, _ = await open_draft(conn, plan_id, stage.rules, stage.clock.now().date())
    rhythm = make_rhythm("decree", draft)
    assert rhythm is not None
    return rhythm


async def test_it_asks_first_and_then_everybody_in_every_year(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    async with stage.database.writing() as conn:
        plan_id = await entered(stage, conn, PROGRAMME)
        asked = await confirm_draft(conn, plan_id, by=None, now=now, rules=rules)
        assert isinstance(asked, AsksRhythm)
        assert set(asked.doubt.units) == {LEADING, SUPPORTING, SILENT}
        assert (await plan_store.get(conn, plan_id)).state == "draft"
        rhythm = await decree(stage, conn, plan_id)
        chosen = await choose_rhythm(conn, plan_id, rhythm, WORDING, by=None, now=now, rules=rules)
        assert isinstance(chosen, RhythmChosen)
        assert chosen.coverage.unasked == ()
        confirmed = await confirm_draft(conn, plan_id, by=None, now=now, rules=rules)
        assert isinstance(confirmed, Confirmed)
        owed = await assignment_store.of_plan(conn, plan_id)
        assert {(assignment.unit, assignment.due_on) for assignment in owed} == {
            (unit, date(year, month, 15))
            for unit in (LEADING, SUPPORTING, SILENT)
            for year in (2026, 2027, 2028)
            for month in (6, 12)
        }


async def test_what_was_waved_through_goes_live_and_asks_nobody(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    async with stage.database.writing() as conn:
        plan_id = await entered(stage, conn, PROGRAMME)
        confirmed = await confirm_draft(conn, plan_id, by=None, now=now, rules=rules, unasked_too=True)
        assert isinstance(confirmed, Confirmed)
        assert confirmed.open == 0


async def test_the_chosen_rhythm_stays_when_a_later_version_is_sent(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    async with stage.database.writing() as conn:
        plan_id = await entered(stage, conn, PROGRAMME)
        rhythm = await decree(stage, conn, plan_id)
        await choose_rhythm(conn, plan_id, rhythm, WORDING, by=None, now=now, rules=rules)
        again = await entered(stage, conn, PROGRAMME.replace("điểm bán hàng", "năm điểm bán hàng"))
        assert isinstance(await confirm_draft(conn, again, by=None, now=now, rules=rules), Confirmed)
        later = PROGRAMME.replace("điểm bán hàng", "mười điểm bán hàng")
        result = await import_plan(conn, read_text(later, rules.register), by=None, now=now, rules=rules)
        assert isinstance(result, LaterVersion)
        draft, _ = await open_draft(conn, result.version_id, rules, now.date())
        (rule,) = [row for row in draft.rows if row.kind == "report"]
        assert (set(rule.units), rule.due) == ({LEADING, SUPPORTING, SILENT}, rhythm.due)
