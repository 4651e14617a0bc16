"""A copy of the database to try something on: the file itself is only read."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_database(path: Path, to: Path) -> None:
    """Copy a database, also one that a running program writes to; `to` must not exist yet.

    Raises sqlite3.Error where it cannot be read.
    """
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target)
