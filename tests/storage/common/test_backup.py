"""A backup on either engine: whole, compared with its source, and gone where it is not the same."""

import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage.common import audit_log, backup, fact_store
from storage.common.backup import BackupDiffers, back_up
from storage.common.copy_rows import CopyDiffers
from storage.database.opening import open_database
from tests.cast import QUAN, furnish, open_stage
from tests.postgres_server import PostgresServer
from tests.set_clock import at

Spoil = Callable[[str], None]


@pytest.fixture
async def worked(furnished: Path, tmp_path: Path) -> Path:
    """A file in which somebody has said something, whichever engine the tests run on."""
    path = tmp_path / "nhacviec.db"
    shutil.copy(furnished, path)
    stage = await open_stage(path, "2026-06-01 09:00")
    await stage.hear(QUAN, "1 xong, gửi 2 ảnh 'đẹp' rồi ạ 🙏")
    await stage.database.close()
    return path


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """Let a copy lose something before it is compared, as by a fault of the disk."""

    def plan(statement: str) -> None:
        vacuum = backup._vacuum

        def vacuum_badly(path: Path, part: Path) -> None:
            vacuum(path, part)
            with closing(sqlite3.connect(part, isolation_level=None)) as file:
                for (name,) in file.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                ).fetchall():
                    file.execute(f"DROP TRIGGER {name}")
                file.execute(statement)

        monkeypatch.setattr(backup, "_vacuum", vacuum_badly)

    return plan


def audit_lines(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("SELECT count(*) FROM audit").fetchone()[0])


async def test_a_server_is_backed_up_into_a_file(server: PostgresServer, tmp_path: Path) -> None:
    place = await server.furnished("cast", furnish)
    evidence = place.folder / "nhacviec.db.files" / "ab"
    evidence.mkdir(parents=True)
    (evidence / "abcd").write_bytes(b"%PDF")
    made = await back_up(place, tmp_path / "copy", evidence.parent)
    names = {
        str(path.relative_to(tmp_path / "copy")) for path in (tmp_path / "copy").rglob("*") if path.is_file()
    }
    assert (names, made.files) == ({"nhacviec.db", "nhacviec.db.files/ab/abcd"}, 1)
    assert (tmp_path / "copy" / "nhacviec.db").stat().st_mode & 0o077 == 0
    again = await open_database(tmp_path / "copy" / "nhacviec.db")
    source = await open_database(place)
    async with again.reading() as here, source.reading() as there:
        assert await backup.contents(here) == await backup.contents(there)
        assert sum((await backup.contents(here)).rows.values()) == made.rows > 50
    await again.close()
    await source.close()


@pytest.mark.parametrize(
    "fault",
    [
        "DELETE FROM person WHERE id = (SELECT max(id) FROM person)",
        "UPDATE audit SET what = 'khác' WHERE id = 1",
        "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
        "DROP TABLE fact",
    ],
)
async def test_a_copy_that_differs_is_removed(worked: Path, tmp_path: Path, spoil: Spoil, fault: str) -> None:
    spoil(fault)
    with pytest.raises(BackupDiffers):
        await back_up(worked, tmp_path / "copy")
    assert list((tmp_path / "copy").iterdir()) == []


async def test_a_servers_copy_that_differs_is_removed(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def differ(*_: object) -> int:
        raise CopyDiffers("person")

    monkeypatch.setattr(backup, "copy_rows", differ)
    with pytest.raises(CopyDiffers):
        await back_up(await server.migrated(), tmp_path / "copy")
    assert list((tmp_path / "copy").iterdir()) == []


def write_meanwhile(monkeypatch: pytest.MonkeyPatch, writes: Callable[[], Awaitable[None]]) -> None:
    read, calls = backup._read, []

    async def read_and_write(database: object) -> backup.Contents:
        found = await read(database)  # type: ignore[arg-type]
        calls.append(found)
        if len(calls) in (1, 2):  # after the source, and after the copy
            await writes()
        return found

    monkeypatch.setattr(backup, "_read", read_and_write)


@pytest.mark.parametrize("fault", [None, "UPDATE audit SET what = 'khác' WHERE id = 1"])
async def test_a_source_that_moves_on_is_compared_by_its_chain(
    worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Spoil, fault: str | None
) -> None:
    database = await open_database(worked)

    async def writes() -> None:
        async with database.writing() as conn:
            await audit_log.note(conn, at("2026-06-01 10:00"), "moved", "database")
            await fact_store.set_fact(conn, f"new {await audit_log.last_id(conn)}", "1")

    write_meanwhile(monkeypatch, writes)
    if fault is None:
        await back_up(worked, tmp_path / "copy")
        assert audit_lines(tmp_path / "copy" / worked.name) == audit_lines(worked) - 1
    else:
        spoil(fault)
        with pytest.raises(BackupDiffers):
            await back_up(worked, tmp_path / "copy")
    await database.close()


async def test_files_that_cannot_be_copied_leave_no_backup(worked: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "files"
    evidence.mkdir()
    (evidence / "gone").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OSError, match="No such file"):
        await back_up(worked, tmp_path / "copy", evidence)
    assert list((tmp_path / "copy").iterdir()) == []
