"""Three days of a province: its disk is full, its database locked, its program killed and paused."""

import tempfile
from pathlib import Path

from tests.e2e.kit import Warm
from tests.faults.play import play
from tests.faults.script import Injection, Script
from tests.faults.small_disk import can_mount

SCRIPT = Script(
    "sqlite",
    1,
    (
        Injection(0, 0.5, 3.0, "disk full"),
        Injection(1, 0.5, 3.0, "database locked"),
        Injection(2, 0.5, 3.0, "kill -9"),
        Injection(2, 1.0, 3.0, "SIGSTOP"),
    ),
)


def test_a_province_lives_through_what_fails(warm: Warm, imported: bytes, tmp_path: Path) -> None:
    (tmp_path / "imported.db").write_bytes(imported)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as held:
        outcome = play(warm, Path(held), SCRIPT, tmp_path / "imported.db", mounts=can_mount(tmp_path))
    assert outcome.broken == []
    assert outcome.injected.total() == len(SCRIPT.injections)
    assert outcome.recorded > 0
