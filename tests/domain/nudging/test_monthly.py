"""Four messages a month while nothing is late; the last days ahead are reckoned in."""

import pytest

from domain.nudging.monthly import may_remind


@pytest.mark.parametrize(
    ("sent", "ahead", "goes"),
    [(0, 1, True), (2, 1, True), (3, 1, False), (3, 0, True), (4, 0, False), (0, 4, False), (1, 2, True)],
)
def test_a_reminder_gives_way_to_the_last_days_still_ahead(sent: int, ahead: int, goes: bool) -> None:
    assert may_remind(sent, ahead) is goes
