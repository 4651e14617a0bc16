"""A consistent copy of a database in use, with what belongs to it: evidence, and the audit's anchors."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path


def back_up(database: Path, folder: Path, *beside: Path) -> int:
    """Copy a database into a folder, made if need be, and the files and folders that lie `beside` it.

    The program may run meanwhile: what it writes from here on is not in the copy. Evidence is copied after
    the database that names it. Returns how many files were copied beside the database. Raises
    FileExistsError where the folder is not empty, OSError, sqlite3.Error.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    before = os.umask(0o077)
    try:
        with closing(sqlite3.connect(database, timeout=30)) as source:
            source.execute("VACUUM INTO ?", [str(folder / database.name)])
        return sum(_copy(path, folder / path.name) for path in beside if path.exists())
    finally:
        os.umask(before)


def _copy(path: Path, to: Path) -> int:
    if path.is_file():
        shutil.copy2(path, to)
        return 1
    shutil.copytree(path, to)
    return sum(found.is_file() for found in to.rglob("*"))
