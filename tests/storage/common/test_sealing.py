"""A sealed backup: opened with its own key alone, whole or not at all, and by age too."""

import io
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.common import sealing
from storage.common.backup import BackupDiffers, back_up
from storage.common.restore import find_backup
from storage.common.sealing import BadKey, NotOpened, new_key, seal, unseal
from tests.cast import furnish
from tests.postgres_server import PostgresServer

SECRET, PUBLIC = new_key()
BIG = bytes(range(256)) * 8192


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Two files and a folder, sealed; one that is named is not there."""
    (tmp_path / "nhacviec.db").write_bytes(BIG)
    (tmp_path / "nhacviec.db.files" / "ab").mkdir(parents=True)
    (tmp_path / "nhacviec.db.files" / "ab" / "abcd").write_bytes(b"%PDF bao cao")
    paths = [tmp_path / name for name in ("nhacviec.db", "nhacviec.db.files", "nhacviec.db.audit-anchors")]
    assert seal(paths, tmp_path / "kept.tar.age", PUBLIC)
    return tmp_path / "kept.tar.age"


def list_of(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def out_of(sealed: Path, secret: str) -> dict[str, bytes]:
    folder = sealed.parent / "out"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    unseal(sealed, folder, secret)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_put_in_comes_out(sealed: Path) -> None:
    held = {"nhacviec.db": BIG, "nhacviec.db.files/ab/abcd": b"%PDF bao cao"}
    assert out_of(sealed, f"# of the office\n\n{SECRET}\n") == held
    assert b"bao cao" not in sealed.read_bytes()
    assert b"nhacviec" not in sealed.read_bytes()


@pytest.mark.parametrize(
    "key", ["", "# nothing but a comment", "khóa", PUBLIC], ids=["none", "comment", "words", "public"]
)
def test_what_holds_no_secret_key_is_told_apart(sealed: Path, key: str) -> None:
    with pytest.raises(BadKey):
        out_of(sealed, key)


def test_another_key_opens_nothing(sealed: Path) -> None:
    with pytest.raises(NotOpened):
        out_of(sealed, new_key()[0])


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut in its midst": lambda data: data[: len(data) // 2],
    "its last byte cut off": lambda data: data[:-1],
    "one bit turned": lambda data: data[:-100] + bytes([data[-100] ^ 1]) + data[-99:],
    "no age file": lambda data: b"khac" + data,
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_damaged_one_is_not_taken_for_whole(sealed: Path, how: str) -> None:
    sealed.write_bytes(SPOILT[how](sealed.read_bytes()))
    with pytest.raises(NotOpened):
        out_of(sealed, SECRET)


@pytest.mark.parametrize(("name", "kind"), [("../outside", tarfile.REGTYPE), ("link", tarfile.SYMTYPE)])
def test_a_sealed_file_of_somebody_else_writes_nothing_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: bytes
) -> None:
    member = tarfile.TarInfo(name)
    member.type, member.linkname, member.size = kind, "/etc", 0

    def pack(write_end: int, paths: object) -> None:
        with open(write_end, "wb") as writer, tarfile.open(fileobj=writer, mode="w|") as tar:
            tar.addfile(member, io.BytesIO())

    monkeypatch.setattr(sealing, "_pack", pack)
    assert seal([], tmp_path / "bad.tar.age", PUBLIC)
    with pytest.raises(NotOpened):
        out_of(tmp_path / "bad.tar.age", SECRET)
    assert list((tmp_path / "out").iterdir()) == []
    assert not (tmp_path / "outside").exists()


async def test_one_that_does_not_open_again_is_no_backup(
    furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "nhacviec.db"
    shutil.copy(furnished, path)
    encrypt = sealing._encrypt

    def encrypt_badly(source: sealing._Tee, file: io.BufferedWriter, keys: list[object]) -> None:
        encrypt(source, file, keys)  # type: ignore[arg-type]
        file.flush()
        file.truncate(file.tell() - 1)

    monkeypatch.setattr(sealing, "_encrypt", encrypt_badly)
    with pytest.raises(BackupDiffers):
        await back_up(path, tmp_path / "copy", key=PUBLIC)
    assert list_of(tmp_path / "copy") == []
    assert [name for name in list_of(tmp_path) if "to-seal" in name] == []


async def test_a_full_disk_is_told_and_leaves_nothing(
    furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "nhacviec.db"
    shutil.copy(furnished, path)

    class Full(io.BytesIO):
        def write(self, data: object, /) -> int:
            raise OSError(28, "No space left on device")

    encrypt = sealing._encrypt
    monkeypatch.setattr(sealing, "_encrypt", lambda source, file, keys: encrypt(source, Full(), keys))
    with pytest.raises(OSError, match="No space"):
        await back_up(path, tmp_path / "copy", key=PUBLIC)
    assert list((tmp_path / "copy").iterdir()) == []


async def test_a_server_is_sealed_as_a_file_is(server: PostgresServer, tmp_path: Path) -> None:
    place = await server.furnished("cast", furnish)
    evidence = place.folder / "nhacviec.db.files"
    evidence.mkdir()
    (evidence / "abcd").write_bytes(b"%PDF")
    made = await back_up(place, tmp_path / "copy", evidence, key=PUBLIC)
    (found,) = (tmp_path / "copy").iterdir()
    assert (found.name, found.stat().st_mode & 0o077) == ("nhacviec.db.tar.age", 0)
    assert find_backup(tmp_path / "copy") == found
    held = out_of(found, SECRET)
    assert (sorted(held), made.files, made.rows > 50) == (["nhacviec.db", "nhacviec.db.files/abcd"], 1, True)
    assert held["nhacviec.db"].startswith(b"SQLite format 3\0")


@pytest.mark.skipif(shutil.which("age") is None, reason="NOT COMPARED WITH age: it is not installed")
def test_age_itself_opens_it(sealed: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(SECRET)
    opened = subprocess.run(
        ["age", "--decrypt", "-i", f"{tmp_path}/key", f"{sealed}"], check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        assert tar.extractfile("nhacviec.db").read() == BIG  # type: ignore[union-attr]
