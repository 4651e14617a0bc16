"""What `make audit` concludes from what pip-audit prints."""

import json

import pytest

from tests.audit_pins import read_audit, word_audit

SOUND = {"name": "a", "version": "1", "vulns": []}
FLAWED = {"name": "b", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("rows", "words", "status"),
    [
        ([SOUND], "1 pins looked up, 0 known", 0),
        ([SOUND, FLAWED], "b 2: CVE-1, mended in 3", 1),
        ([SOUND, SKIPPED], "NOT AUDITED: c", 0),
        ([SKIPPED], "NOTHING WAS AUDITED", 0),
        ([], "NOTHING WAS AUDITED", 0),
    ],
)
def test_what_was_not_looked_up_is_never_called_sound(
    rows: list[dict[str, object]], words: str, status: int
) -> None:
    printed, exit_status = word_audit(read_audit(json.dumps({"dependencies": rows, "fixes": []})))
    assert words in printed
    assert exit_status == status


@pytest.mark.parametrize("printed", ["", "ERROR: no connection", "[]"])
def test_a_service_that_gave_no_answer_has_audited_nothing(printed: str) -> None:
    assert "NOTHING WAS AUDITED" in word_audit(read_audit(printed))[0]
