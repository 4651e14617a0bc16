"""What people send in the demo lies beside the demo's database: nothing is left in the project's folder."""

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.app.wiring import prepare
from tests.cast import QUAN, File, Stage, settings_for
from tests.set_clock import SetClock, at


async def test_files_lie_beside_the_database_in_use_whatever_the_settings_name(
    furnished: Path, tmp_path: Path
) -> None:
    project, demo = tmp_path / "project", tmp_path / "demo"
    project.mkdir()
    demo.mkdir()
    shutil.copy(furnished, demo / "demo.db")
    database, rules = await prepare(settings_for(demo / "demo.db"))
    stage = Stage(database, rules, settings_for(project / "nhacviec.db"), SetClock(at("2026-06-01 09:00")))
    await stage.say(QUAN, File("anh.png", picture(), caption="1"))
    await database.close()
    assert list(project.iterdir()) == []
    assert any((demo / "demo.db.files").rglob("*"))


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()
