"""Some of the hostile updates of `make faults`, always the same ones."""

from config.database_url import Place
from tests.faults.fuzz import GROWTH, HOLD, fuzz


async def test_hostile_updates_break_nothing_hold_up_nothing_and_leave_nothing(
    furnished_place: Place,
) -> None:
    told = await fuzz(furnished_place, 1500, seed=1)
    assert told.faults == []
    assert told.answers > 200  # strangers beyond their share get silence
    assert told.longest < HOLD
    assert told.grown < GROWTH
