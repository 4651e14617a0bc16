"""Here a new database runs through every migration: that is what is tested."""

import pytest

from storage.database import migrate
from tests.shortcuts import UPGRADE


@pytest.fixture(autouse=True)
def _migrates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "_upgrade", UPGRADE)
