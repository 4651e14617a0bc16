"""Here a new database runs through every migration, and each commit is synced: that is what is tested."""

import pytest

from storage.database import migrate, sqlite_database
from tests.shortcuts import PRAGMAS, UPGRADE


@pytest.fixture(autouse=True)
def _migrates_and_syncs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "_upgrade", UPGRADE)
    monkeypatch.setattr(sqlite_database, "_PRAGMAS", PRAGMAS)
