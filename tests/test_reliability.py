"""The table of faults: each has its row, and each test that it names exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (\d+) \| [^|]+ \| (.+) \|$", PAGE, re.MULTILINE))


def test_each_of_the_faults_has_a_row_with_a_test() -> None:
    assert list(ROWS) == [str(number) for number in range(1, 25)]
    assert all("::test_" in tests for tests in ROWS.values())


def test_each_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    missing = [(path, name) for path, name in named if not _is_there(ROOT / path, name)]
    assert len(named) > 40
    assert missing == []


def _is_there(file: Path, name: str) -> bool:
    return (
        re.search(rf"^\s*(?:async )?def {name}\(", file.read_text(encoding="utf-8"), re.MULTILINE) is not None
    )
