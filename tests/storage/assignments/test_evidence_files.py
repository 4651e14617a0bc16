"""Bytes beside the database: each once, private, whole or not at all, swept when nobody knows them."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from storage.assignments.evidence_files import EvidenceStore, folder_of, sweep

DATA = b"%PDF-1.4 mot to bao cao"
HASH = hashlib.sha256(DATA).hexdigest()


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_bytes_lie_under_their_hash_beside_the_database(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "nhacviec.db")
    store = EvidenceStore(folder)
    assert store.put(DATA) == HASH
    assert folder == tmp_path / "nhacviec.db.files"
    assert files(folder) == [f"{HASH[:2]}/{HASH}"]
    assert store.get(HASH) == DATA


def test_nobody_else_on_the_machine_can_read_them(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path / "x.files")
    path = store.path(store.put(DATA))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    assert store.put(DATA) == store.put(DATA)
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("step", ["fsync", "rename"])
def test_a_full_disk_leaves_nothing_half_stored(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, fails)
    with pytest.raises(OSError, match="No space"):
        EvidenceStore(tmp_path).put(DATA)
    assert files(tmp_path) == []


def test_what_no_row_knows_is_swept_after_a_day(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    known, unknown, fresh = (store.put(data) for data in (b"1", b"2", b"3"))
    part = store.path(unknown).with_name("0123.part")
    part.write_bytes(b"left by a crash")
    long_ago = time.time() - 90_000
    for path in (store.path(known), store.path(unknown), part):
        os.utime(path, (long_ago, long_ago))
    assert sweep(tmp_path, {known}) == 2
    assert {Path(file).name for file in files(tmp_path)} == {known, fresh}


def test_what_comes_again_is_not_swept_before_its_row_is_written(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    path = store.path(store.put(DATA))
    os.utime(path, (1, 1))
    store.put(DATA)
    assert sweep(tmp_path, ()) == 0


def test_a_folder_that_is_not_there_has_nothing_to_sweep(tmp_path: Path) -> None:
    assert sweep(tmp_path / "none", ()) == 0
