"""The passages of a document are kept with its plan, and go with it."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from documents.reading import read_text
from domain.plans.commitments import commit
from services.plans.apply_version import VersionApplied, apply_version
from services.plans.import_plan import LaterVersion, import_plan
from storage.plans import draft_store, passage_store, plan_store
from tests.cast import PLAN, Stage

OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND")


async def kept(stage: Stage, conn: AsyncConnection) -> int:
    register = stage.rules.register
    read = read_text(OTHER, register)
    return await plan_store.add(conn, read, commit(read, register, date(2026, 6, 1)), stage.clock.now())


async def test_each_row_knows_the_passage_that_words_it(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        draft = await draft_store.load(conn, await kept(stage, conn), date(2026, 6, 1))
    texts = {passage.index: passage.text for passage in draft.passages}
    assert list(texts) == list(range(len(texts)))
    assert " ".join(texts.values()) in " ".join(OTHER.split())
    for row in draft.rows:
        assert row.passage is not None
        assert row.text.split()[-1] in texts[row.passage]


async def test_a_draft_that_is_thrown_away_takes_them_along(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        plan_id = await kept(stage, conn)
        assert await passage_store.load(conn, plan_id)
        await plan_store.drop(conn, plan_id)
        assert await passage_store.load(conn, plan_id) == ()


async def test_a_later_version_brings_its_own(stage: Stage) -> None:
    now, rules = stage.clock.now(), stage.rules
    async with stage.database.writing() as conn:
        later = PLAN.replace("- Dịch sách", "- In bản đồ vùng trồng.\n\n- Dịch sách")
        result = await import_plan(conn, read_text(later, rules.register), by=None, now=now, rules=rules)
        assert isinstance(result, LaterVersion)
        assert isinstance(
            await apply_version(conn, result.version_id, by=None, now=now, rules=rules), VersionApplied
        )
        texts = [passage.text for passage in await passage_store.load(conn, 1)]
        assert "- In bản đồ vùng trồng." in texts
        draft = await draft_store.load(conn, 1, date(2026, 6, 1))
        (row,) = [row for row in draft.rows if "Dịch sách" in row.text]
        assert row.passage == texts.index(next(text for text in texts if "Dịch sách" in text))
