"""Moving the sandbox's clock lets days pass, and nobody is put out of the pages by it."""

from datetime import timedelta

from bot.app.clock import MovableClock
from bot.app.demo import DemoCalendar
from storage.organisation import web_session_store
from tests.cast import HANG, Stage
from tests.set_clock import at


async def test_who_is_on_the_pages_stays_there_when_the_clock_is_moved(stage: Stage) -> None:
    clock = MovableClock(at("2026-06-01 09:00"))
    calendar = DemoCalendar(stage.program, clock, stage.database)
    async with stage.database.writing() as conn:
        found = await conn.exec_driver_sql("SELECT person_id FROM account WHERE chat = ?", (HANG.chat,))
        await web_session_store.offer(conn, "KEY", int(found.scalar_one()), clock.now())
        assert await web_session_store.exchange(conn, "KEY", "SESSION", clock.now())
    await calendar.advance(at("2026-06-04 09:00"))
    async with stage.database.reading() as conn:
        assert await web_session_store.find(conn, "SESSION", clock.now())
        later = clock.now() + web_session_store.IDLE_LASTS + timedelta(minutes=1)
        assert await web_session_store.find(conn, "SESSION", later) is None
