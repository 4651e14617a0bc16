"""A live plan is recalled: nothing is asked for any more, and its history is kept."""

from services.common.results import Refused
from services.plans.recall_plan import Recalled, recall_plan
from storage.assignments import assignment_store
from storage.plans import plan_store
from tests.cast import QUAN, Stage


async def test_what_is_open_is_called_off_and_what_was_said_stays(stage: Stage) -> None:
    await stage.hear(QUAN, "1 đang gửi thư mời")
    now, rules = stage.clock.now(), stage.rules
    async with stage.database.writing() as conn:
        before = await assignment_store.of_plan(conn, 1)
        recalled = await recall_plan(conn, 1, "thay bằng kế hoạch khác", by=None, now=now, rules=rules)
        assert isinstance(recalled, Recalled)
        assert recalled.cancelled == len(before) > 0
        assert (await plan_store.get(conn, 1)).state == "recalled"
        said = (await conn.exec_driver_sql("SELECT count(*) FROM progress")).scalar_one()
        assert said == 1
        again = await recall_plan(conn, 1, "lần nữa", by=None, now=now, rules=rules)
        assert again == Refused("not_live")
    sent = await stage.nudged("2026-06-15 08:00")
    assert not [one for one in sent if one.chat == QUAN.chat]


async def test_a_reason_is_needed(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        refused = await recall_plan(conn, 1, "  ", by=None, now=stage.clock.now(), rules=stage.rules)
        assert refused == Refused("no_reason")
