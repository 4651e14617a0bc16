"""What was said that a name means is known when the next plan is read."""

from documents.reading import read_text
from domain.plans.draft_change import CorrectionNotUnderstood, read_change
from services.plans.apply_version import VersionApplied, apply_version
from services.plans.carry_over import Carried
from services.plans.confirm_draft import Confirmed, confirm_draft
from services.plans.correct_draft import Corrected, correct_draft
from services.plans.import_plan import LaterVersion, import_plan
from services.plans.open_draft import open_draft
from storage.organisation import learnt_store, unit_store
from tests.cast import LEADING, SILENT, SUPPORTING, Stage
from tests.services.plans.test_settle_passages import TEXT, WATER, Desk

GROUP = "các hội chè"
WITH_GROUP = TEXT.replace("2. Sở Công Thương:", f"2. {GROUP.capitalize()}:").replace(
    "đến khảo sát.", "đến khảo sát, trước ngày 30/6/2026."
)


async def explain(desk: Desk, key: str, words: str) -> None:
    stage, now = desk.stage, desk.stage.clock.now()
    draft, register = await open_draft(desk.conn, desk.plan_id, stage.rules, now.date())
    change = read_change(draft, register, key, "who", words)
    assert not isinstance(change, CorrectionNotUnderstood)
    result = await correct_draft(desk.conn, draft, register, change, by=None, now=now, rules=stage.rules)
    assert isinstance(result, Corrected)


async def goes_live(desk: Desk) -> None:
    now, rules = desk.stage.clock.now(), desk.stage.rules
    waved = {"unasked_too": True, "unread_too": True}
    result = await confirm_draft(desk.conn, desk.plan_id, by=None, now=now, rules=rules, **waved)
    assert isinstance(result, Confirmed)


async def test_a_group_that_was_explained_is_not_asked_about_again(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(WITH_GROUP)
        (group,) = [group for group in (await desk.draft()).open_groups if "hội chè" in group.expression]
        await explain(desk, group.key, "Sở Y tế, Sở Công Thương")
        assert await learnt_store.names(conn) == {}, "it is a draft still"
        await goes_live(desk)
        await desk.sends(WITH_GROUP.replace("77/KH-UBND", "78/KH-UBND").replace("du lịch", "nghề chè"))
        assert not [group for group in (await desk.draft()).open_groups if "hội chè" in group.expression]
        (row,) = await desk.rows("điểm bán hàng")
        assert set(row.units) == {SILENT, SUPPORTING}


async def test_a_heading_that_was_explained_is_known_by_its_name(stage: Stage) -> None:
    unknown = TEXT.replace("2. Sở Công Thương:", "2. Tổ rừng già:")
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(unknown)
        (stranger,) = [key for key, unit in (await desk.draft()).strangers if unit.name == "Tổ rừng già"]
        await explain(desk, stranger, "Sở Y tế")
        await goes_live(desk)
        register = await learnt_store.load_register(conn, stage.rules.register.groups)
        found = register.find("tổ rừng già")
        assert found is not None
        assert found.name == SILENT
        await desk.sends(unknown.replace("77/KH-UBND", "78/KH-UBND").replace("du lịch", "nghề chè"))
        assert (await desk.draft()).strangers == ()
        (row,) = await desk.rows("điểm bán hàng")
        assert row.units == (SILENT,)


async def test_a_name_that_is_explained_anew_means_what_was_said_last(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        ids = await unit_store.ids(conn)
        await learnt_store.learn(conn, "các hội", [ids[SILENT], ids[LEADING]])
        await learnt_store.learn(conn, "Các Hội", [ids[SUPPORTING]])
        assert await learnt_store.names(conn) == {"Các Hội": (SUPPORTING,)}


async def test_what_was_said_of_passages_holds_for_the_plans_later_versions(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage)
        await desk.sends(TEXT)
        await desk.is_("duty", WATER, who="Sở Y tế")
        await goes_live(desk)
        for words in ("đến xem vườn", "đến thăm vườn"):
            later = read_text(TEXT.replace("đến khảo sát", words), rules.register)
            version = await import_plan(conn, later, by=None, now=now, rules=rules)
            assert isinstance(version, LaterVersion)
            assert version.carried == Carried(1, ())
            applied = await apply_version(conn, version.version_id, by=None, now=now, rules=rules)
            assert isinstance(applied, VersionApplied)
            (row,) = await desk.rows(WATER)
            assert row.units == (SILENT,)


async def test_a_body_of_an_unconfirmed_draft_is_a_member_of_nobody_elses_groups(stage: Stage) -> None:
    boats = "Sở Thuyền bè"
    other = (
        TEXT.replace("77/KH-UBND", "78/KH-UBND")
        .replace("du lịch cộng đồng", "nghề chè")
        .replace("2. Sở Công Thương:", "2. Các sở:")
    )
    async with stage.database.writing() as conn:
        first, second = Desk(conn, stage), Desk(conn, stage)
        await first.sends(TEXT.replace("2. Sở Công Thương:", f"2. {boats}:"))
        await second.sends(other)
        (row,) = await second.rows("điểm bán hàng")
        assert SUPPORTING in row.units or LEADING in row.units
        assert boats not in row.units
