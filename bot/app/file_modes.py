"""Which of the program's files other users of the machine may read."""

from collections.abc import Iterator
from pathlib import Path

from config.settings import HOME
from storage.assignments.evidence_files import folder_of

_OTHERS = 0o077
"""The permission bits of the group and of all others."""
_BESIDE = ("", "-wal", "-shm", ".lock", ".audit-key", ".audit-anchors")
"""What stands behind the database's name in the names of its files."""


def wide_files(database: Path) -> list[Path]:
    """Return the program's files and folders that others than their owner may read or write, sorted.

    They are the database, what lies beside it, the folder of evidence, and the files `.env` with the token.
    """
    return sorted({path for path in _files(database) if path.exists() and path.stat().st_mode & _OTHERS})


def _files(database: Path) -> Iterator[Path]:
    yield from (database.with_name(database.name + ending) for ending in _BESIDE)
    yield folder_of(database)
    yield from (HOME / ".env", Path(".env").resolve())
