"""How a cycle ended, asked without a chat."""

from datetime import date

from services.reporting.cycle import cycle
from tests.cast import LEADING, SILENT, SUPPORTING, TOAN, Stage
from tests.set_clock import at

JUNE = "half-2026-1"


async def test_each_unit_has_a_row_a_period(stage: Stage) -> None:
    stage.clock.set(at("2026-06-10 09:00"))
    await stage.hear(TOAN, "1 xong, BC 4/BC-SCT")
    async with stage.database.reading() as conn:
        found = await cycle(conn, 1, date(2026, 6, 20))
    ended = {one.unit: (one.figures.on_time, one.figures.late, one.figures.missing) for one in found.ended}
    assert ended == {SUPPORTING: (1, 0, 0), LEADING: (0, 0, 1), SILENT: (0, 0, 1)}
    assert [str(period) for period in found.periods] == [JUNE]
    (often,) = found.often_late
    assert (often.duty, often.owed, often.late, set(often.units)) == (None, 3, 2, {LEADING, SILENT})


async def test_a_period_and_units_narrow_it_down(stage: Stage) -> None:
    after = date(2026, 12, 1)
    async with stage.database.reading() as conn:
        whole = await cycle(conn, 1, after)
        june = await cycle(conn, 1, after, period=JUNE)
        assert {str(ended.period) for ended in june.ended} == {JUNE}
        assert june.periods == whole.periods
        assert await cycle(conn, 1, after, [10**6]) == type(whole)((), (), ())


async def test_nothing_is_over_before_its_date(stage: Stage) -> None:
    async with stage.database.reading() as conn:
        assert (await cycle(conn, 1, date(2026, 6, 1))).ended == ()
