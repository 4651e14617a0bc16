"""The bytes of evidence: files beside the database, each under the SHA-256 of what is in it."""

import hashlib
import os
import secrets
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

_UNFINISHED = ".part"
_A_DAY = 86_400.0


def folder_of(database: Path) -> Path:
    """Return the folder of a database's files: `nhacviec.db` has `nhacviec.db.files`."""
    return database.with_name(f"{database.name}.files")


class EvidenceStore:
    """Keeps files under `folder`, made with the first one; only the program's own user can read them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this hash lie, or would."""
        return self._folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keep bytes, once however often they come; return their hash. They are on the disk when it returns.

        Raises OSError; then nothing is left of them.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            os.utime(path)  # as young as a new one: `sweep` leaves it for the row that is about to be written
            return sha256
        part = path.with_name(f"{secrets.token_hex(8)}{_UNFINISHED}")
        try:
            _write(part, data)
            part.rename(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        _sync(path.parent)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes with this hash. Raises OSError where they are not there."""
        return self.path(sha256).read_bytes()


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make a rename last: without it a power cut may bring the old name back."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path, hashes: Collection[str], age: float = _A_DAY) -> int:
    """Remove the files that no row knows any more; return how many.

    `hashes` are those of all rows. What was written in the last `age` seconds stays: its row may be about to
    be written, or it belongs to a question that is still open.
    """
    if not folder.is_dir():
        return 0
    before = time.time() - age
    gone = [path for path in folder.glob("??/*") if path.name not in hashes and path.stat().st_mtime < before]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
