"""Some of the hostile updates of `make faults`, always the same ones."""

import shutil
from pathlib import Path

from tests.faults.fuzz import GROWTH, HOLD, fuzz


async def test_hostile_updates_break_nothing_hold_up_nothing_and_leave_nothing(
    furnished: Path, tmp_path: Path
) -> None:
    path = tmp_path / "fuzz.db"
    shutil.copy(furnished, path)
    told = await fuzz(path, 1500, seed=1)
    assert told.faults == []
    assert told.answers > 200  # strangers beyond their share get silence
    assert told.longest < HOLD
    assert told.grown < GROWTH
