"""Plans without a chat: imported, corrected, confirmed, amended, and refused to whom they do not belong."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from documents.reading import read_text
from domain.organisation.people import Person, Seat
from domain.plans.draft_change import CorrectionNotUnderstood, DraftChange, read_change
from services.common.results import Refused
from services.plans.apply_version import VersionApplied, apply_version
from services.plans.carry_over import Carried
from services.plans.confirm_draft import Confirmed, NoDraft, confirm_draft, discard_draft
from services.plans.correct_draft import Corrected, correct_draft
from services.plans.import_plan import AlreadyKept, Imported, LaterVersion, import_plan
from services.plans.open_draft import open_draft
from services.plans.own_plan import NotTheirPlan
from storage.organisation import unit_store
from storage.plans import plan_store
from tests.cast import COMPILING, LEADING, PLAN, SILENT, Stage

OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong").replace("CHÈ", "MẬT ONG")


@dataclass
class Desk:
    """Somebody who compiles for a unit, in one transaction."""

    conn: AsyncConnection
    stage: Stage
    by: Person | None

    async def sends(self, text: str) -> Imported | AlreadyKept | LaterVersion | NotTheirPlan:
        read = read_text(text, self.stage.rules.register)
        now, rules = self.stage.clock.now(), self.stage.rules
        return await import_plan(self.conn, read, by=self.by, now=now, rules=rules)

    async def corrects(
        self, plan_id: int, key: str, words: str
    ) -> Corrected | CorrectionNotUnderstood | object:
        now, rules = self.stage.clock.now(), self.stage.rules
        draft, register = await open_draft(self.conn, plan_id, rules, now.date())
        change = read_change(draft, register, key, "either", words)
        if not isinstance(change, DraftChange):
            return change
        return await correct_draft(self.conn, draft, register, change, by=self.by, now=now, rules=rules)

    async def row_of(self, plan_id: int, words: str) -> str:
        draft, _ = await open_draft(self.conn, plan_id, self.stage.rules, self.stage.clock.now().date())
        return next(row.key for row in draft.rows if words in row.text)


async def compiler(conn: AsyncConnection, unit: str) -> Person:
    return Person(1, "Lê Thu Hằng", "vi", (Seat((await unit_store.ids(conn))[unit], unit, "coordinator"),))


async def test_the_same_document_again_changes_nothing(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        again = await Desk(conn, stage, None).sends(PLAN)
        assert isinstance(again, AlreadyKept)
        assert len(await plan_store.listing(conn)) == 1


async def test_a_draft_of_others_is_neither_replaced_nor_lost(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        first = await Desk(conn, stage, None).sends(OTHER)
        assert isinstance(first, Imported)
        other = Desk(conn, stage, await compiler(conn, SILENT))
        assert await other.sends(OTHER.replace("30/6", "29/6")) == NotTheirPlan(
            f"plan {first.plan.id}", COMPILING
        )
        assert await other.sends(OTHER) == NotTheirPlan(f"plan {first.plan.id}", COMPILING)
        assert await plan_store.find(conn, first.plan.id) is not None


async def test_nobody_enters_a_plan_that_another_unit_compiles(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        refused = await Desk(conn, stage, await compiler(conn, SILENT)).sends(OTHER)
        assert refused == NotTheirPlan("a plan of others", COMPILING)
        assert len(await plan_store.listing(conn)) == 1


async def test_a_correction_is_made_again_in_the_next_version_of_the_draft(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, await compiler(conn, COMPILING))
        first = await desk.sends(OTHER)
        assert isinstance(first, Imported)
        key = await desk.row_of(first.plan.id, "gửi thư mời")
        corrected = await desk.corrects(first.plan.id, key, "20/6")
        assert isinstance(corrected, Corrected)
        assert corrected.change.verb == "when"
        second = await desk.sends(OTHER.replace("Dịch sách giới thiệu", "Dịch và in sách giới thiệu"))
        assert isinstance(second, Imported)
        assert second.carried == Carried(1, ())
        assert len(await plan_store.listing(conn)) == 2


async def test_a_draft_goes_live_once(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, await compiler(conn, COMPILING))
        first = await desk.sends(OTHER)
        assert isinstance(first, Imported)
        now, rules, plan_id = stage.clock.now(), stage.rules, first.plan.id
        confirmed = await confirm_draft(conn, plan_id, by=desk.by, now=now, rules=rules)
        assert isinstance(confirmed, Confirmed)
        assert (confirmed.open, confirmed.past) == (7, 0)
        again = await confirm_draft(conn, plan_id, by=desk.by, now=now, rules=rules)
        assert isinstance(again, NoDraft)
        assert isinstance(await discard_draft(conn, plan_id, by=desk.by, now=now), NoDraft)
        gone = await confirm_draft(conn, 999, by=desk.by, now=now, rules=rules)
        assert gone == Refused("gone")


async def test_a_later_version_waits_and_is_applied_by_who_compiles(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, await compiler(conn, COMPILING))
        later = await desk.sends(PLAN.replace("30/6/2026", "20/6/2026"))
        assert isinstance(later, LaterVersion)
        now, rules = stage.clock.now(), stage.rules
        stranger = await compiler(conn, SILENT)
        refused = await apply_version(conn, later.version_id, by=stranger, now=now, rules=rules)
        assert refused == NotTheirPlan("plan 1", COMPILING)
        applied = await apply_version(conn, later.version_id, by=desk.by, now=now, rules=rules)
        assert isinstance(applied, VersionApplied)
        assert [news.turn for news in applied.applied.news] == ["moved"]
        gone = await apply_version(conn, later.version_id, by=desk.by, now=now, rules=rules)
        assert gone == Refused("gone")


async def test_a_live_plan_takes_another_day_and_its_unit_hears(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        desk = Desk(conn, stage, await compiler(conn, COMPILING))
        key = await desk.row_of(1, "gửi thư mời")
        corrected = await desk.corrects(1, key, "22/6")
        assert isinstance(corrected, Corrected)
        ids = await unit_store.ids(conn)
        assert [(news.unit_id, news.turn) for news in corrected.news] == [(ids[LEADING], "moved")]
        wrong = await desk.corrects(1, key, "xyz")
        assert wrong == CorrectionNotUnderstood("unclear", "xyz")
